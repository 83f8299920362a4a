/* From and to, with three steppers each; the campaign's phase and everything in one tap. */
#include "screens/range_pick.h"

#include <stdio.h>

#include "app/app.h"
#include "base/clock.h"
#include "screens/bar.h"
#include "screens/office.h"

#define FIRST_YEAR 2025
#define LAST_YEAR 2045

enum { YEAR, MONTH, DAY };

void range_pick_begin(struct range_pick *pick, const struct figure_range *range)
{
    *pick = (struct range_pick){ .bad = false };
    clock_day_civil(range->from_day, &pick->from[YEAR], &pick->from[MONTH],
                    &pick->from[DAY]);
    clock_day_civil(range->to_day < 0 ? range->from_day : range->to_day,
                    &pick->to[YEAR], &pick->to[MONTH], &pick->to[DAY]);
}

static int64_t day_of(const int date[3])
{
    char text[32];

    (void)snprintf(text, sizeof(text), "%04d-%02d-%02d", date[YEAR], date[MONTH],
                   date[DAY]);
    return clock_day_parse(text);
}

/* Around within its limits; a 31st of a short month becomes its last day. */
static void step(int date[3], size_t part, int by)
{
    static const int least[] = { FIRST_YEAR, 1, 1 }, most[] = { LAST_YEAR, 12, 31 };

    date[part] += by;
    if (date[part] < least[part])
        date[part] = part == YEAR ? least[part] : most[part];
    if (date[part] > most[part])
        date[part] = part == YEAR ? most[part] : least[part];
    if (part == DAY && by > 0 && day_of(date) < 0)
        date[DAY] = 1;
    while (day_of(date) < 0 && date[DAY] > 1)
        date[DAY]--;
}

static void draw_date(struct ui *ui, struct rect r, enum text_id name, int date[3])
{
    static const enum text_id words[] = { T_rp_year, T_rp_month, T_rp_day };
    struct ui_font font = staff_font(ui, STAFF_BOLD);
    float gap = ui_dim(ui, 14, 8, 8), w;
    struct rect head = rect_cut_top(&r, font.line + 6);

    ui_label(ui, UI_ROLE_TEXT, text_key(name), text_of(name), head, font, INK, UI_LEFT);
    w = (r.w - 2 * gap) / 3;
    for (size_t i = 0; i < 3; i++) {
        size_t part = DAY - i;
        const char *value = text_fill(ui_arena(ui), text_of(words[part]), "n",
                                      page_number(ui, date[part]), NULL);
        struct rect at = { r.x + (float)i * (w + gap), r.y, w, r.h };
        int by =
            staff_stepper(ui, arena_printf(ui_arena(ui), "%s.%zu", text_key(name), i),
                          value, value, at);

        if (by)
            step(date, part, by);
    }
}

int range_pick_frame(struct app *app, struct ui *ui, struct range_pick *pick,
                     struct figure_range *out)
{
    bool back, upright = ui_panel(ui) == PANEL_POR;
    struct rect r = desk_step(ui, T_of_back, "back", text_key(T_rp_title),
                              text_of(T_rp_title), 0, 0, &back);
    float h_row = ui_dim(ui, 130, 98, 110), h_button = ui_dim(ui, 84, 68, 76);
    float gap = ui_dim(ui, 16, 8, 10), w;
    struct rect foot = rect_cut_bottom(&r, h_button + LIP), row;
    int64_t from, to;

    row = rect_cut_top(&r, h_row);
    draw_date(ui, row, T_rp_from, pick->from);
    rect_cut_top(&r, gap);
    row = rect_cut_top(&r, h_row);
    draw_date(ui, row, T_rp_to, pick->to);
    if (pick->bad)
        desk_say(ui, rect_inset(r, 0, gap), text_of(T_rp_bad), CHIP_NGHE);
    foot.h -= LIP;
    w = upright ? (foot.w - 2 * gap) / 3 : ui_dim(ui, 260, 210, 0);
    if (staff_button(ui, STR(rp_p1), rect_cut_left(&foot, w), UI_BUTTON_SECONDARY, NULL,
                     0)) {
        *out = figure_range_now(app->db, FIGURE_PHASE);
        return 1;
    }
    rect_cut_left(&foot, gap);
    if (staff_button(ui, STR(of_all), rect_cut_left(&foot, w), UI_BUTTON_SECONDARY,
                     NULL, 0)) {
        *out = figure_range_now(app->db, FIGURE_ALL);
        return 1;
    }
    if (staff_button(ui, STR(rp_ok), rect_cut_right(&foot, w), UI_BUTTON_PRIMARY, NULL,
                     0)) {
        from = day_of(pick->from);
        to = day_of(pick->to);
        pick->bad = from > to;
        if (!pick->bad) {
            *out = figure_range_of(app->db, from, to);
            return 1;
        }
    }
    return back ? -1 : 0;
}
