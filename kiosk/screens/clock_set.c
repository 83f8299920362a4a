/* The clock by taps; what the store knows better is not overwritten. */
#include "screens/clock_set.h"

#include <stdio.h>

#include "app/upkeep.h"
#include "base/clock.h"
#include "screens/bar.h"
#include "screens/office.h"

#define DAY_MS 86400000
#define ZONE_MS 25200000 /* UTC+7 */
#define MIN_MS 60000

enum { DAY, MONTH, YEAR, HOUR, MINUTE, PARTS };

void clock_set_begin(struct app *app, struct clock_set *c)
{
    int64_t wall_ms = clock_wall_ms(app->clock);
    int64_t minute = (wall_ms + ZONE_MS) % DAY_MS / MIN_MS;

    *c = (struct clock_set){ .err = ERR_OK };
    clock_day_civil(clock_day(wall_ms), &c->part[YEAR], &c->part[MONTH], &c->part[DAY]);
    c->part[HOUR] = (int)(minute / 60);
    c->part[MINUTE] = (int)(minute % 60);
}

/* -1: there is no such day. */
static int64_t wall_of(const struct clock_set *c)
{
    char text[32];
    int64_t day;

    (void)snprintf(text, sizeof(text), "%04d-%02d-%02d", c->part[YEAR], c->part[MONTH],
                   c->part[DAY]);
    day = clock_day_parse(text);
    if (day < 0)
        return -1;
    return day * DAY_MS - ZONE_MS + (c->part[HOUR] * 60 + c->part[MINUTE]) * MIN_MS;
}

static void step(struct clock_set *c, size_t i, int by)
{
    static const int least[PARTS] = { 1, 1, 2025, 0, 0 };
    static const int most[PARTS] = { 31, 12, 2060, 23, 59 };

    c->part[i] += by;
    if (c->part[i] < least[i])
        c->part[i] = most[i];
    if (c->part[i] > most[i])
        c->part[i] = least[i];
    if (i == DAY && by > 0 && wall_of(c) < 0)
        c->part[DAY] = 1;
    while (wall_of(c) < 0 && c->part[DAY] > 28)
        c->part[DAY]--;
}

static void draw_parts(struct ui *ui, struct rect r, struct clock_set *c)
{
    static const enum text_id words[PARTS] = { T_rp_day, T_rp_month, T_rp_year,
                                               T_sy_t_hour, T_sy_t_min };
    size_t columns = ui_panel(ui) == PANEL_POR ? 2 : 3;
    float gap = ui_dim(ui, 16, 8, 10), h = ui_dim(ui, 90, 70, 80),
          w = (r.w - gap * (float)(columns - 1)) / (float)columns;

    for (size_t i = 0; i < PARTS; i++) {
        struct rect at = { r.x + (float)(i % columns) * (w + gap),
                           r.y + (float)(i / columns) * (h + gap), w, h };
        const char *value = text_fill(ui_arena(ui), text_of(words[i]), "n",
                                      page_number(ui, c->part[i]), NULL);
        int by = staff_stepper(ui, arena_printf(ui_arena(ui), "sy.t.%zu", i), value,
                               value, at);

        if (by)
            step(c, i, by);
    }
}

bool clock_set_draw(struct app *app, struct ui *ui, struct rect r, struct clock_set *c)
{
    struct rect foot = rect_cut_bottom(&r, ui_dim(ui, 84, 68, 76) + LIP);
    struct ui_font font = staff_font(ui, STAFF_BODY);

    foot.h -= LIP;
    r.y += ui_label(ui, UI_ROLE_TEXT, STR(sy_t_sub), r, font, INK2, UI_LEFT) + 16;
    draw_parts(ui, r, c);
    if (c->err)
        desk_say(ui, (struct rect){ foot.x, foot.y - 70, foot.w, 60 },
                 text_of(c->err == ERR_REJECTED ? T_sy_t_bad : T_of_unsaved),
                 CHIP_NGHE);
    if (!staff_button(ui, STR(sy_t_ok),
                      rect_cut_right(&foot, ui_dim(ui, 280, 220, 240)),
                      UI_BUTTON_PRIMARY, "check", 0))
        return false;
    c->err = app->db ? upkeep_set_clock(app, wall_of(c)) : ERR_CORRUPT;
    return !c->err;
}

int clock_set_frame(struct app *app, struct ui *ui, struct clock_set *c)
{
    bool back;
    struct rect r = desk_step(ui, T_of_back, "back", text_key(T_sy_t_title),
                              text_of(T_sy_t_title), 0, 0, &back);

    if (clock_set_draw(app, ui, r, c))
        return 1;
    return back ? -1 : 0;
}
