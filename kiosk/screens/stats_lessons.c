/* One row for each lesson that was started: lượt begun and finished, the part finished, and
 * how often an answer was right at once. */
#include "screens/stats_lessons.h"

#include "screens/bar.h"
#include "screens/office.h"

#define WEAK_PCT 50 /* below it the bar asks for attention */
#define COLUMNS 5

void stats_lessons_read(struct app *app, const struct figure_range *range,
                        struct arena *arena, struct stats_lessons *out)
{
    *out = (struct stats_lessons){ .first = 0 };
    board_lessons(app, range, arena, &out->rows, &out->n);
    out->hardest = board_hardest(app, range, arena, &out->right_pct);
}

/* Left edges of the columns, as parts of the width; the narrow panel has no room for bars
 * longer than a hand's breadth either way. */
static float column_x(const struct ui *ui, struct rect r, size_t i)
{
    static const float lying[COLUMNS + 1] = { 0, 0.40F, 0.50F, 0.58F, 0.79F, 1 };
    static const float upright[COLUMNS + 1] = { 0, 0.34F, 0.46F, 0.58F, 0.79F, 1 };

    return r.x + r.w * (ui_panel(ui) == PANEL_POR ? upright : lying)[i];
}

static struct rect column(const struct ui *ui, struct rect r, size_t i)
{
    float x = column_x(ui, r, i);

    return (struct rect){ x + 6, r.y, column_x(ui, r, i + 1) - x - 12, r.h };
}

static void draw_titles(struct ui *ui, struct rect r)
{
    static const enum text_id titles[COLUMNS] = { T_sl_c1, T_sl_c2, T_sl_c3, T_sl_c4,
                                                  T_sl_c5 };
    struct ui_font font = staff_font(ui, STAFF_SMALL);

    font.bold = true;
    for (size_t i = 0; i < COLUMNS; i++) {
        ui_text_middle(ui, column(ui, r, i), text_of(titles[i]), font, INK2, UI_LEFT);
        ui_node(ui, UI_ROLE_TEXT, text_key(titles[i]), text_of(titles[i]),
                column(ui, r, i), 0);
    }
    ui_box(ui, (struct rect){ r.x, r.y + r.h - 2, r.w, 2 },
           &(struct ui_box_style){ .fill = LINE2 });
}

/* A bar and its "84%"; no denominator, no bar. */
static void draw_part(struct ui *ui, struct rect r, int64_t part, int64_t whole,
                      bool warns)
{
    struct ui_font font = staff_font(ui, STAFF_SMALL);
    float w_text = ui_dim(ui, 62, 48, 48), h = ui_dim(ui, 18, 12, 14), w;
    int pct = whole > 0 && part >= 0 ? (int)(part * 100 / whole) : -1;
    bool weak = warns && pct < WEAK_PCT;

    font.bold = true;
    if (pct < 0) {
        staff_line(ui, r, "–", font, INK2);
        return;
    }
    w = (r.w - w_text) * (float)(pct > 100 ? 100 : pct) / 100;
    w = w < h ? h : w;
    ui_box(ui, (struct rect){ r.x, r.y + (r.h - h) / 2, w, h },
           &(struct ui_box_style){ .fill = weak ? NGHE : INDIGO,
                                   .border = weak ? NGHE_PRESS : 0,
                                   .line = LINE_DECORATIVE,
                                   .radius = 5 });
    staff_line(ui, (struct rect){ r.x + w + 8, r.y, w_text, r.h },
               arena_printf(ui_arena(ui), "%d%%", pct), font, INK);
}

static void draw_lesson(struct ui *ui, struct rect r, const struct board_lesson *row,
                        size_t i)
{
    struct ui_font bold = staff_font(ui, STAFF_BOLD), body = staff_font(ui, STAFF_BODY);

    bold.size = body.size = ui_dim(ui, 20, 16, 17);
    staff_line(ui, column(ui, r, 0), row->title, bold, INK);
    staff_line(ui, column(ui, r, 1), office_count(ui, row->starts), body, INK);
    staff_line(ui, column(ui, r, 2),
               row->completions < 0 ? "–" : office_count(ui, row->completions), body,
               INK);
    draw_part(ui, column(ui, r, 3), row->completions, row->starts, false);
    draw_part(ui, column(ui, r, 4), row->right, row->shown, true);
    ui_box(ui, (struct rect){ r.x, r.y + r.h - 1, r.w, 1 },
           &(struct ui_box_style){ .fill = SAND });
    ui_node_value(ui, UI_ROLE_ROW, text_key_n(ui_arena(ui), T_sl_c1, i + 1), row->title,
                  office_count(ui, row->completions), r, 0);
}

static void draw_hardest(struct ui *ui, struct rect r, const struct stats_lessons *s)
{
    const char *bold =
        text_fill(ui_arena(ui), text_of(T_sl_hard), "cau", s->hardest, NULL);
    const char *small = text_fill(ui_arena(ui), text_of(T_sl_hard2), "pt",
                                  page_number(ui, s->right_pct), NULL);

    office_line(ui, r, text_key(T_sl_hard), "bulb", bold, small, 0, true);
}

void stats_lessons_frame(struct ui *ui, struct rect r, struct stats_lessons *s)
{
    float gap = ui_dim(ui, 14, 7, 10), h_row = ui_dim(ui, 54, 38, 48);
    struct rect pager = { 0 }, in;
    size_t rows, shown;

    if (s->hardest) {
        draw_hardest(ui, rect_cut_bottom(&r, ui_dim(ui, 90, 62, 92)), s);
        rect_cut_bottom(&r, gap);
    }
    rows = (size_t)((r.h - h_row) / h_row);
    if (s->n > rows) {
        pager = rect_cut_bottom(&r, ui_dim(ui, 62, 52, 58));
        pager.h -= LIP;
        rect_cut_bottom(&r, gap);
        rows = (size_t)((r.h - h_row) / h_row);
    }
    rows = rows < 1 ? 1 : rows;
    staff_panel(ui, r);
    in = rect_inset(r, 10, 4);
    draw_titles(ui, rect_cut_top(&in, h_row - 8));
    s->first = s->first >= s->n ? 0 : s->first;
    shown = s->n - s->first > rows ? rows : s->n - s->first;
    for (size_t i = 0; i < shown; i++)
        draw_lesson(ui, rect_cut_top(&in, h_row), &s->rows[s->first + i], s->first + i);
    if (!s->n)
        ui_text_middle(ui, in, text_of(T_of_none), staff_font(ui, STAFF_BODY), INK2,
                       UI_CENTRE);
    if (pager.h > 0)
        s->first +=
            (size_t)(staff_pager(ui, pager, s->first, shown, s->n, NULL) * (int)rows);
}
