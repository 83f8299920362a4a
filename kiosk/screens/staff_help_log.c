/* Help that was given, by kind: one tap is one lượt; the last one can be taken back. */
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "screens/class_words.h"
#include "screens/screens.h"

struct log_page {
    int64_t n[HELP_KINDS];
    char last[3]; /* kind of the last tap, "" for none */
    bool for_person, choosing;
    unsigned char token[EVENT_TOKEN_BYTES];
    struct class_person list[CLASS_MAX];
    size_t n_list, first;
    const char *say;
    enum chip_tone tone;
};

static const enum text_id kinds[HELP_KINDS] = { T_hl_h1, T_hl_h2, T_hl_h3,
                                                T_hl_h4, T_hl_h5, T_hl_h6 };
static const char *const icons[HELP_KINDS] = { "phone", "card",   "globe",
                                               "qr",    "shield", "help" };

static void log_enter(struct app *app, void *state, size_t arg)
{
    struct log_page *s = state;

    (void)arg;
    app_class_refresh(app);
    if (!app->db || help_today(app->db, s->n)) {
        s->say = text_of(T_list_unwritten);
        s->tone = CHIP_SON;
    }
    if (app->desk.klass.seq && class_people(app, s->list, &s->n_list))
        s->n_list = 0;
}

static void told(struct app *app, struct log_page *s, enum err err, enum text_id done)
{
    s->say = err ? class_trouble(err) : text_of(done);
    s->tone = err ? CHIP_SON : CHIP_LUA;
    if (!err && help_today(app->db, s->n))
        s->say = text_of(T_list_unwritten);
}

static void add(struct app *app, struct log_page *s, size_t kind)
{
    const char *thon = app->desk.klass.seq ? app->desk.klass.plan.thon
                                           : db_setting(app->db, "place.thon", "");
    char code[3] = { 'h', (char)('1' + kind), 0 }, place[COMMUNE_CODE_MAX + 1];
    enum err err;

    snprintf(place, sizeof(place), "%s", thon);
    err =
        help_add(app->db, code, s->for_person ? s->token : NULL, place, app_actor(app));
    if (!err)
        memcpy(s->last, code, sizeof(code));
    told(app, s, err, kinds[kind]);
    if (!err)
        s->for_person = false; /* the next one is helped anew */
}

static void draw_kinds(struct app *app, struct log_page *s, struct ui *ui,
                       struct rect r)
{
    size_t columns = ui_panel(ui) == PANEL_POR ? 1 : 2, rows = HELP_KINDS / columns;
    float gap = ui_dim(ui, 16, 8, 10);
    float w = (r.w - gap * (float)(columns - 1)) / (float)columns;
    float h = (r.h - 4 - (gap + 4) * (float)(rows - 1)) / (float)rows;

    for (size_t i = 0; i < HELP_KINDS; i++) {
        struct rect at = { r.x + (float)(i % columns) * (w + gap),
                           r.y + (float)(i / columns) * (h + gap + 4), w, h };
        float dy = 0, glyph = ui_dim(ui, 44, 32, 38), pad = ui_dim(ui, 20, 12, 14);
        bool tapped = staff_row(ui, UI_ROLE_BUTTON, text_key(kinds[i]),
                                text_of(kinds[i]), at, 0, &dy);
        struct rect in = rect_inset(at, pad, 4), left;
        const char *n = class_number(ui, s->n[i]);
        struct ui_font figure = staff_font(ui, STAFF_FIGURE);

        in.y += dy;
        left = rect_cut_left(&in, glyph);
        ui_icon(ui, rect_centre(left, glyph, glyph), icons[i], INDIGO);
        left = rect_cut_right(&in, ui_text_width(ui, n, figure) + 4);
        ui_text_middle(ui, left, n, figure, INK, UI_LEFT);
        ui_node_value(ui, UI_ROLE_TEXT,
                      arena_printf(ui_arena(ui), "%s.n", text_key(kinds[i])),
                      text_of(kinds[i]), n, left, 0);
        ui_text_middle(ui, rect_inset(in, pad, 0), text_of(kinds[i]),
                       staff_font(ui, STAFF_BOLD), INK, UI_LEFT);
        if (tapped)
            add(app, s, i);
    }
}

struct who {
    struct app *app;
    struct log_page *s;
};

static const char *who_text(void *ctx, struct ui *ui, size_t i)
{
    const struct who *w = ctx;

    return i ? class_name(w->app, ui, w->s->list[i - 1].token) : text_of(T_hl_anybody);
}

static const char *who_note(void *ctx, struct ui *ui, size_t i)
{
    const struct who *w = ctx;

    return i ? class_born(w->app, ui, w->s->list[i - 1].token) : "";
}

static void draw_choosing(struct app *app, struct log_page *s, struct ui *ui)
{
    struct who w = { app, s };
    struct pick p = { "hl.who", s->n_list + 1, s->for_person ? s->n_list + 1 : 0,
                      who_text, who_note,      &w,
                      0,        NULL };
    bool back;
    struct rect body = desk_step(ui, T_list_back, "back", text_key(T_hl_who),
                                 text_of(T_hl_who), 0, 0, &back);
    long got = pick_frame(ui, body, &p, &s->first);

    if (got > 0)
        memcpy(s->token, s->list[got - 1].token, EVENT_TOKEN_BYTES);
    if (got >= 0)
        s->for_person = got > 0;
    s->choosing = got < 0 && !back;
}

static void log_frame(struct app *app, void *state, struct ui *ui)
{
    struct log_page *s = state;
    float gap = ui_dim(ui, 14, 8, 10);
    struct rect body, foot, at;
    const char *who;
    bool back;

    if (s->choosing) {
        draw_choosing(app, s, ui);
        return;
    }
    body = desk_step(ui, T_list_back, "back", STR(hl_title), 0, 0, &back);
    foot = rect_cut_bottom(&body, ui_dim(ui, 76, 60, 72));
    foot.h -= 4;
    rect_cut_bottom(&body, gap);
    draw_kinds(app, s, ui, body);
    who = s->for_person ? class_name(app, ui, s->token) : text_of(T_hl_anybody);
    at = rect_cut_left(&foot, foot.w * 0.36F);
    if (staff_button(ui, "hl.for", who, at, UI_BUTTON_SECONDARY, "user",
                     s->n_list ? 0 : UI_DISABLED) &&
        s->n_list)
        s->choosing = true;
    rect_cut_left(&foot, gap);
    if (*s->last) {
        at = rect_cut_right(&foot, staff_button_width(ui, text_of(T_hl_undo), "undo"));
        if (staff_button(ui, STR(hl_undo), at, UI_BUTTON_SECONDARY, "undo", 0)) {
            told(app, s, help_undo(app->db, s->last, app_actor(app)), T_hl_undone);
            s->last[0] = 0;
        }
        rect_cut_right(&foot, gap);
    }
    desk_say(ui, foot, s->say ? s->say : text_of(T_hl_note),
             s->say ? s->tone : CHIP_SAND);
    if (back)
        app_goto(app, app->desk.klass.seq ? "class" : "class_open", 0);
}

const struct screen screen_help_log = {
    .name = "help_log",
    .shows_names = true,
    .state_size = sizeof(struct log_page),
    .enter = log_enter,
    .frame = log_frame,
};
