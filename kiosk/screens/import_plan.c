/* Four figures, then the rows that are not taken: no name of anybody is drawn. */
#include "screens/import_plan.h"

#include "app/people_file.h"
#include "base/check.h"
#include "screens/bar.h"
#include "ui/controls.h"

#define FIGURES 4

static void draw_figures(struct ui *ui, struct rect r, const struct people_counts *n)
{
    const struct {
        enum text_id word;
        size_t n;
    } figures[FIGURES] = { { T_im_new, n->n_new },
                           { T_im_changed, n->n_changed },
                           { T_im_same, n->n_same },
                           { T_im_refused, n->n_refused } };
    float gap = ui_dim(ui, 12, 8, 8), w = (r.w - gap * (FIGURES - 1)) / FIGURES;

    for (size_t i = 0; i < COUNT(figures); i++) {
        staff_figure(ui, text_key(figures[i].word),
                     page_number(ui, (long long)figures[i].n), NULL,
                     text_of(figures[i].word), rect_cut_left(&r, w));
        rect_cut_left(&r, gap);
    }
}

void import_plan_draw(struct ui *ui, struct rect r, const struct people_plan *plan,
                      size_t *first)
{
    float gap = ui_dim(ui, 12, 7, 8), h = ui_dim(ui, 48, 38, 44);
    /* upright a line is short, and why a row is not taken is what they need */
    struct ui_font body =
        staff_font(ui, ui_panel(ui) == PANEL_POR ? STAFF_SMALL : STAFF_BODY);
    const struct people_problem *problems;
    struct people_counts counts;
    size_t n, rows, shown;
    struct rect in, pager = { 0 };

    people_plan_counts(plan, &counts);
    problems = people_plan_problems(plan, &n);
    draw_figures(ui, rect_cut_top(&r, ui_dim(ui, 108, 76, 100)), &counts);
    rect_cut_top(&r, gap);
    rows = (size_t)((r.h - gap) / h);
    if (n > rows) {
        pager = rect_cut_bottom(&r, ui_dim(ui, 66, 56, 62));
        pager.h -= LIP;
        rect_cut_bottom(&r, gap);
        rows = (size_t)((r.h - gap) / h);
    }
    rows = rows < 1 ? 1 : rows;
    staff_panel(ui, r);
    in = rect_inset(r, ui_dim(ui, 20, 12, 14), gap / 2);
    *first = *first >= n ? 0 : *first;
    shown = n - *first > rows ? rows : n - *first;
    for (size_t i = *first; i < *first + shown; i++) {
        const char *words = text_fill(ui_arena(ui), text_of(T_im_row), "n",
                                      page_number(ui, problems[i].row), "vi",
                                      text_of(problems[i].why), NULL);
        struct rect at = rect_cut_top(&in, h);

        ui_node(ui, UI_ROLE_ROW, text_key_n(ui_arena(ui), T_im_row, i + 1), words, at,
                0);
        staff_line(ui, at, words, body, INK);
    }
    if (!n)
        ui_label(ui, UI_ROLE_TEXT, STR(im_all_good), in, body, INK2, UI_LEFT);
    if (pager.h > 0)
        *first += (size_t)(staff_pager(ui, pager, *first, shown, n, NULL) * (int)rows);
}
