/* Charts of the statistics page: people by thôn and group, lượt by month, five figures. */
#include "screens/stats_charts.h"

#include <string.h>

#include "base/check.h"
#include "screens/office.h"
#include "screens/screens.h"

static const char *people_words(struct ui *ui, int64_t least, int64_t most)
{
    if (most < 0 || least == most || least < 0)
        return office_count(ui, most);
    return text_fill(ui_arena(ui), text_of(T_st_atmost), "a", office_count(ui, least),
                     "b", office_count(ui, most), NULL);
}

void stats_people(struct ui *ui, struct rect r, enum text_id title,
                  const struct board_bars *list, size_t most_rows)
{
    size_t n = list->n > most_rows ? most_rows : list->n;
    struct staff_bar *bars = arena_alloc(ui_arena(ui), (n + 1) * sizeof(*bars));
    int64_t most = 1;

    for (size_t i = 0; i < n; i++)
        most = list->rows[i].value > most ? list->rows[i].value : most;
    for (size_t i = 0; i < n; i++) {
        const struct figure_row *row = &list->rows[i];

        bars[i] = (struct staff_bar){
            .name = row->code,
            .figure = people_words(ui, row->second, row->value),
            .part = row->value < 0 ? 0 : (double)row->value / (double)most,
            .mark = -1
        };
    }
    staff_bars(ui, r, text_key(title), text_of(title), bars, n);
    if (!n)
        ui_text_middle(ui, r, text_of(T_of_none), staff_font(ui, STAFF_BODY), INK2,
                       UI_CENTRE);
}

static void draw_months(struct ui *ui, struct rect r, const struct board_bars *list)
{
    struct staff_bar *bars = arena_alloc(ui_arena(ui), (list->n + 1) * sizeof(*bars));
    int64_t most = 1;

    for (size_t i = 0; i < list->n; i++)
        most = list->rows[i].value > most ? list->rows[i].value : most;
    for (size_t i = 0; i < list->n; i++) {
        const struct figure_row *row = &list->rows[i];
        const char *month = strlen(row->code) > 5 ? row->code + 5 : row->code;

        bars[i] = (struct staff_bar){
            .name = arena_printf(ui_arena(ui), "T%s%s", month + (*month == '0'),
                                 row->second ? "*" : ""),
            .figure = row->value < 0 ? "–" : office_count(ui, row->value),
            .part = row->value < 0 ? 0 : (double)row->value / (double)most,
            .mark = -1,
            .pale = row->second != 0
        };
    }
    staff_columns(ui, r, text_key(T_st_bymonth), text_of(T_st_bymonth), bars, list->n);
}

static void draw_figures(struct ui *ui, struct rect r, const struct board *b)
{
    const struct {
        enum text_id word;
        const char *figure;
    } all[] = {
        { T_st_k1, office_count(ui, b->registered) },
        { T_st_k2, people_words(ui, b->finished.least, b->finished.most) },
        { T_st_k3, office_count(ui, b->completions) },
        { T_st_k4, office_count(ui, b->certificates) },
        { T_st_k5, office_count(ui, b->classes) },
    };
    float gap = ui_dim(ui, 14, 7, 8), w = (r.w - 4 * gap) / 5;

    for (size_t i = 0; i < 5; i++) {
        struct rect at = { r.x + (float)i * (w + gap), r.y, w, r.h };
        const char *figure = all[i].figure;

        /* words are no figure: "chưa có số liệu" is written small */
        if (*figure >= '0' && *figure <= '9')
            staff_figure(ui, text_key(all[i].word), figure, NULL, text_of(all[i].word),
                         at);
        else
            staff_figure(
                ui, text_key(all[i].word), "–", NULL,
                arena_printf(ui_arena(ui), "%s: %s", text_of(all[i].word), figure), at);
    }
}

/* Nobody was counted by them yet: they take no room. */
static bool has_ages(const struct board *b)
{
    return b->women >= 0 || b->men >= 0;
}

void stats_ages(struct ui *ui, struct rect r, const struct board *b)
{
    struct ui_font font = staff_font(ui, STAFF_SMALL);
    const char *age = text_fill(
        ui_arena(ui), text_of(T_st_age), "a", office_count(ui, b->bands[0]), "b",
        office_count(ui, b->bands[1]), "c", office_count(ui, b->bands[2]), "d",
        office_count(ui, b->bands[3]), "e", office_count(ui, b->bands[4]), NULL);
    const char *sex =
        text_fill(ui_arena(ui), text_of(T_st_sex), "a", office_count(ui, b->women), "b",
                  office_count(ui, b->men), NULL);

    if (!has_ages(b))
        return;
    r.y += ui_label(ui, UI_ROLE_TEXT, text_key(T_st_age), age, r, font, INK2, UI_LEFT);
    ui_label(ui, UI_ROLE_TEXT, text_key(T_st_sex), sex, r, font, INK2, UI_LEFT);
}

void stats_overview(struct ui *ui, struct rect r, const struct board *b)
{
    float gap = ui_dim(ui, 14, 7, 8), h_ages = has_ages(b) ? ui_dim(ui, 62, 52, 56) : 0;
    struct rect left, right, ages;
    /* words that say so need more room than a figure */
    bool nothing = b->registered < 0 || b->finished.most < 0 || b->completions < 0 ||
                   b->certificates < 0 || b->classes < 0;

    draw_figures(ui,
                 rect_cut_top(&r, nothing ? ui_dim(ui, 150, 112, 140)
                                          : ui_dim(ui, 124, 78, 104)),
                 b);
    rect_cut_top(&r, gap);
    if (ui_panel(ui) == PANEL_CMP) { /* the other charts are one tap away */
        left = rect_cut_left(&r, r.w * 0.55F);
        rect_cut_left(&r, gap);
        stats_people(ui, left, T_st_bython, &b->thon, 6);
        draw_months(ui, r, &b->months);
        return;
    }
    if (ui_panel(ui) == PANEL_POR) { /* so that no line of a chart lies on another */
        ages = rect_cut_bottom(&r, h_ages);
        stats_people(ui, rect_cut_top(&r, r.h * 0.62F), T_st_bython, &b->thon, 9);
        rect_cut_top(&r, gap);
        draw_months(ui, r, &b->months);
        stats_ages(ui, rect_inset(ages, 8, 6), b);
        return;
    }
    left = rect_cut_left(&r, r.w * 0.545F);
    rect_cut_left(&r, gap);
    stats_people(ui, left, T_st_bython, &b->thon, 9);
    right = rect_cut_top(&r, r.h * 0.36F);
    draw_months(ui, right, &b->months);
    rect_cut_top(&r, gap);
    ages = rect_cut_bottom(&r, h_ages);
    stats_people(ui, r, T_st_bygroup, &b->group, 5);
    stats_ages(ui, rect_inset(ages, 8, 6), b);
}
