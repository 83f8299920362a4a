/* A class is opened: proposed from the calendar and the kiosk's place, changed by choosing. */
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "screens/bar.h"
#include "screens/class_opening.h"
#include "screens/class_words.h"
#include "screens/screens.h"

void class_opening_look_back(struct app *app, struct class_opening *s)
{
    if (class_expected(app->db, &s->plan, &s->all, &s->last))
        s->last = -1;
}

static size_t drop_gone(struct commune_entry *list, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++)
        if (!list[i].gone)
            list[kept++] = list[i];
    return kept;
}

static void open_enter(struct app *app, void *state, size_t arg)
{
    struct class_opening *s = state;
    int weekday;

    (void)arg;
    app_class_refresh(app);
    if (app->desk.klass.seq) {
        app_goto(app, "class", 0);
        return;
    }
    s->arena = &app->nav.page_arena;
    if (!app->db) {
        app_goto(app, "problem", 0);
        return;
    }
    s->guessed = class_propose(app->db, &s->plan, &weekday, &s->minute);
    if (commune_read(app->db, COMMUNE_THON, s->arena, &s->thon, &s->n_thon))
        s->n_thon = 0;
    if (commune_read(app->db, COMMUNE_UNIT, s->arena, &s->units, &s->n_units))
        s->n_units = 0;
    if (commune_calendar(app->db, s->arena, &s->slots, &s->n_slots))
        s->n_slots = 0;
    s->n_thon = drop_gone(s->thon, s->n_thon);
    s->n_units = drop_gone(s->units, s->n_units);
    if (!*s->plan.thon && s->n_thon == 1)
        snprintf(s->plan.thon, sizeof(s->plan.thon), "%s", s->thon[0].code);
    class_opening_look_back(app, s);
}

/* --- what is proposed ----------------------------------------------------------------------- */

static float draw_fact(struct ui *ui, struct rect in, const char *id, const char *icon,
                       const char *text)
{
    struct ui_font font = { ui_dim(ui, 27, 20, 22), ui_dim(ui, 35, 26, 29), false };
    float glyph = ui_dim(ui, 34, 26, 28), gap = ui_dim(ui, 12, 10, 10), h;
    struct rect words = { in.x + glyph + gap, in.y, in.w - glyph - gap, 0 };

    h = ui_text(ui, words, text, font, 0, UI_LEFT);
    words.h = h;
    ui_icon(ui, (struct rect){ in.x, in.y + (font.line - glyph) / 2, glyph, glyph },
            icon, INDIGO);
    ui_label(ui, UI_ROLE_TEXT, id, text, words, font, INK, UI_LEFT);
    return h + ui_dim(ui, 18, 5, 10);
}

static const char *when_words(struct app *app, struct class_opening *s, struct ui *ui)
{
    struct class_when w = class_when(ui, class_today(app), s->minute);

    return w.date && w.Part ? text_fill(ui_arena(ui), text_of(T_open_when), "buoi",
                                        w.Part, "thu", w.weekday, "ngay", w.date, NULL)
                            : text_of(T_day_unsure);
}

static void draw_facts(struct app *app, struct class_opening *s, struct ui *ui,
                       struct rect in)
{
    struct ui_font label = { ui_dim(ui, 20, 16, 17), ui_dim(ui, 26, 21, 22), true };
    struct ui_font big = { ui_dim(ui, 46, 25, 32), ui_dim(ui, 57, 32, 40), true };
    enum text_id guess = s->guessed && !s->changed ? T_open_guess : T_open_chosen;
    const char *people;

    in.y += ui_label(ui, UI_ROLE_TEXT, text_key(T_open_guess), text_of(guess), in,
                     label, INK2, UI_LEFT);
    in.y += ui_label(ui, UI_ROLE_TEXT, text_key(T_open_when), when_words(app, s, ui),
                     in, big, INK, UI_LEFT) +
            ui_dim(ui, 14, 4, 8);
    in.y += draw_fact(ui, in, text_key(T_open_where), "pin",
                      class_where(app, ui, &s->plan));
    in.y += draw_fact(ui, in, text_key(T_open_lesson), "book",
                      *s->plan.lesson
                          ? text_fill(ui_arena(ui), text_of(T_open_lesson), "bai",
                                      class_lesson(app, s->plan.lesson), NULL)
                          : text_of(T_open_lesson_none));
    people = s->last < 0 ? text_of(T_open_people_first)
                         : text_fill(ui_arena(ui), text_of(T_open_people), "n",
                                     class_number(ui, s->all), "m",
                                     class_number(ui, s->last), NULL);
    in.y += draw_fact(ui, in, text_key(T_open_people), "users", people);
    if (*s->plan.unit && ui_panel(ui) != PANEL_CMP)
        draw_fact(
            ui, in, text_key(T_open_unit), "flag",
            text_fill(ui_arena(ui), text_of(T_open_unit), "donvi",
                      commune_name(app->db, COMMUNE_UNIT, s->plan.unit, ui_arena(ui)),
                      NULL));
}

static void open_now(struct app *app, struct class_opening *s)
{
    enum err err;

    if (!*s->plan.thon) {
        s->say = text_of(s->n_thon ? T_open_need_thon : T_open_no_thon);
        return;
    }
    err = class_open(app->db, &s->plan, app_actor(app));
    s->say = class_trouble(err);
    if (err)
        return;
    app_class_refresh(app);
    app_names_refresh(app);
    app_goto(app, "class", 0);
}

static void draw_left(struct app *app, struct class_opening *s, struct ui *ui,
                      struct rect r)
{
    struct rect in = rect_inset(r, ui_dim(ui, 26, 16, 18), ui_dim(ui, 18, 8, 12)), at;
    float gap = ui_dim(ui, 10, 8, 8);

    ui_box(ui, r,
           &(struct ui_box_style){ .fill = SURFACE,
                                   .border = INDIGO,
                                   .line = 4,
                                   .radius = ui_dim(ui, 22, 16, 16) });
    at = rect_cut_bottom(&in, ui_dim(ui, 76, 62, 66));
    at.h -= 4;
    if (staff_button(ui, STR(open_edit), at, UI_BUTTON_SECONDARY, "edit", 0))
        s->step = OPENING_THON;
    rect_cut_bottom(&in, gap);
    at = rect_cut_bottom(&in, ui_dim(ui, 96, 76, 92));
    at.h -= 4;
    if (staff_button(ui, STR(open_yes), at, UI_BUTTON_OK, "check", 0))
        open_now(app, s);
    desk_say(ui, rect_cut_bottom(&in, ui_dim(ui, 74, 40, 60)), s->say, CHIP_NGHE);
    draw_facts(app, s, ui, in);
}

/* --- switches, and what the machine knows of itself ------------------------------------------- */

static float draw_switch(struct ui *ui, struct rect in, const char *icon,
                         enum text_id text, enum text_id note, bool *on)
{
    struct ui_font body = staff_font(ui, STAFF_BODY),
                   small = staff_font(ui, STAFF_SMALL);
    float w = ui_dim(ui, 118, 98, 104), side = ui_dim(ui, 60, 44, 50), h;
    struct rect words = { in.x + side, in.y, in.w - side - w, 0 };
    float pad = ui_dim(ui, 10, 4, 6);

    words.y += pad;
    h = ui_text(ui, words, text_of(text), body, INK, UI_LEFT);
    h += ui_text(ui, (struct rect){ words.x, words.y + h, words.w, 0 }, text_of(note),
                 small, INK2, UI_LEFT);
    h = h < 54 ? 54 : h;
    class_mark(ui, in.x, words.y + h / 2, icon, CHIP_SAND);
    if (staff_switch(ui, text_key(text), text_of(text),
                     (struct rect){ in.x, words.y, in.w, h }, *on))
        *on = !*on;
    return h + 2 * pad;
}

static float draw_state(struct ui *ui, struct rect in, const char *id, const char *icon,
                        const char *text, enum chip_tone tone)
{
    struct ui_font body = staff_font(ui, STAFF_BODY);
    float side = ui_dim(ui, 60, 44, 50), h;
    struct rect words = { in.x + side, in.y, in.w - side, 0 };

    h = ui_text(ui, words, text, body, 0, UI_LEFT);
    words.h = h = h < side - 14 ? side - 14 : h;
    class_mark(ui, in.x, in.y + h / 2, icon, tone);
    ui_text_middle(ui, words, text, body, INK, UI_LEFT);
    ui_node(ui, UI_ROLE_TEXT, id, text, words, 0);
    return h + ui_dim(ui, 12, 4, 8);
}

static float draw_ready(struct app *app, struct ui *ui, struct rect in)
{
    enum db_health health = db_health(app->db);
    int64_t mb = app->db ? db_free_mb(app->db) : -1;
    bool low = mb >= 0 && mb < app->settings.value[SETTING_DISK_LOW_MB];
    bool dated = class_today(app) >= 0;
    enum app_net net = app->net ? app->net(app->ctx) : APP_NET_NONE;
    float y = in.y;
    const char *disk = text_fill(ui_arena(ui),
                                 text_of(health != DB_OK ? T_open_disk_bad
                                         : low           ? T_open_disk_low
                                                         : T_open_disk),
                                 "n", class_number(ui, mb), NULL);

    in.y += draw_state(ui, in, text_key(T_open_disk),
                       health == DB_OK ? "check" : "warn", disk,
                       health != DB_OK ? CHIP_SON
                       : low           ? CHIP_NGHE
                                       : CHIP_LUA);
    in.y += draw_state(ui, in, text_key(T_open_clock), dated ? "check" : "clock",
                       text_of(dated ? T_open_clock : T_open_clock_bad),
                       dated ? CHIP_LUA : CHIP_NGHE);
    in.y += draw_state(ui, in, text_key(T_net_off),
                       net == APP_NET_ONLINE ? "wifi" : "wifioff",
                       text_of(net == APP_NET_ONLINE ? T_open_net : T_net_off),
                       net == APP_NET_ONLINE ? CHIP_LUA : CHIP_NGHE);
    return in.y - y;
}

static void draw_right(struct app *app, struct class_opening *s, struct ui *ui,
                       struct rect r)
{
    struct rect in = rect_inset(r, ui_dim(ui, 22, 14, 16), ui_dim(ui, 16, 8, 10)), at;
    struct rect off;
    struct ui_font head = staff_font(ui, STAFF_HEAD);

    staff_panel(ui, r);
    at = rect_cut_bottom(&in, ui_dim(ui, 70, 58, 62));
    at.h -= 4;
    if (staff_button(
            ui, STR(ct_title),
            rect_cut_right(&at, staff_button_width(ui, text_of(T_ct_title), "award")),
            UI_BUTTON_SECONDARY, "award", 0))
        app_goto(app, "contest_setup", 0);
    rect_cut_right(&at, ui_dim(ui, 12, 8, 10));
    if (ui_panel(ui) == PANEL_POR) { /* all in one line */
        off = rect_cut_right(&at, staff_button_width(ui, text_of(T_po_door), "power"));
        rect_cut_right(&at, 10);
    } else {
        rect_cut_bottom(&in, ui_dim(ui, 12, 8, 0));
        off = rect_cut_bottom(&in, ui_dim(ui, 70, 58, 0));
        off.h -= 4;
    }
    if (staff_button(ui, STR(po_door), off, UI_BUTTON_SECONDARY, "power", 0))
        app_goto(app, "power", POWER_FROM_CLASS);
    if (staff_button(ui, STR(open_away), at, UI_BUTTON_SECONDARY, "plus", 0))
        app_goto(app, "headcount", 1);
    in.y += ui_label(ui, UI_ROLE_TEXT, STR(open_set), in, head, INK, UI_LEFT);
    in.y += draw_switch(ui, in, "users", T_open_s1, T_open_s1s, &s->plan.tap_only);
    in.y +=
        draw_switch(ui, in, "speaker", T_open_s2, T_open_s2s, &s->plan.consent_once);
    if (ui_panel(ui) != PANEL_CMP)
        in.y += ui_label(ui, UI_ROLE_TEXT, STR(open_ready), in, head, INK, UI_LEFT);
    draw_ready(app, ui, in);
}

static void open_frame(struct app *app, void *state, struct ui *ui)
{
    struct class_opening *s = state;
    struct rect body, left;

    if (s->step != OPENING_ASK) {
        class_opening_choose(app, s, ui);
        return;
    }
    body = desk_frame(app, ui, DESK_CLASS, STR(open_title));
    if (ui_panel(ui) == PANEL_POR) {
        left = rect_cut_top(&body, body.h * 0.47F);
        rect_cut_top(&body, 10);
    } else {
        left = rect_cut_left(&body, body.w * 0.56F);
        rect_cut_left(&body, ui_dim(ui, 18, 10, 0));
    }
    draw_left(app, s, ui, left);
    draw_right(app, s, ui, body);
}

const struct screen screen_class_open = {
    .name = "class_open",
    .state_size = sizeof(struct class_opening),
    .enter = open_enter,
    .frame = open_frame,
};
