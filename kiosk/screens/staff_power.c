/* Switching the machine off, or starting it anew. What was learnt is on the disk already; the
 * database is tidied first, and systemd ends the program in order before the power goes. */
#include "app/upkeep.h"
#include "base/check.h"
#include "machine/machine.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/screens.h"

#define SHOWN_FRAMES 3 /* the calm page is seen before anything ends */
#define QUIET_S 180

struct power_page {
    size_t from; /* enum power_from */
    enum power_what what;
    bool asks;
    int going;            /* frames since the yes; 0: not yet */
    enum power_state why; /* it does not end; POWER_NONE: nobody tried */
};

static struct power *power_of(const struct app *app)
{
    return app->machine ? app->machine->power : NULL;
}

static void power_enter(struct app *app, void *state, size_t arg)
{
    struct power_page *s = state;

    s->from = arg;
    if (!app_may(app, MAY_RUN_CLASS))
        app_goto(app, app_staff_door(app), 0);
}

static void leave(struct app *app, const struct power_page *s)
{
    app_goto(app, s->from == POWER_FROM_SETTINGS ? "admin_settings" : "class_open", 0);
}

/* --- it is ending ---------------------------------------------------------------------- */

static void draw_going(const struct power_page *s, struct ui *ui)
{
    bool off = s->what == POWER_OFF;
    enum text_id title = off ? T_po_going_off : T_po_going_again;
    enum text_id text = off ? T_po_going_off_p : T_po_going_again_p;
    float size = ui_dim(ui, 50, 33, 38), small = ui_dim(ui, 31, 24, 27);
    struct ui_font head = { size, size * 1.3F, true },
                   body = { small, small * 1.45F, false };
    float w = ui_dim(ui, 440, 220, 360), h = w * 0.668F, gap = ui_dim(ui, 24, 10, 20);
    struct rect page = ui_page(ui), at;
    float most = page.w - 48 < 960 ? page.w - 48 : 960;

    ui_fill_page(ui, PAPER);
    ui_band(ui, rect_cut_top(&page, BAND_H));
    at = rect_centre(page, most, h + 2 * gap + head.line + 2 * body.line);
    ui_picture(ui, (struct rect){ at.x + (at.w - w) / 2, at.y, w, h }, "art:canh-nui",
               UI_FIT_CONTAIN, 0, 0);
    rect_cut_top(&at, h + gap);
    at.y += ui_label(ui, UI_ROLE_TITLE, text_key(title), text_of(title), at, head, INK,
                     UI_CENTRE) +
            gap;
    ui_label(ui, UI_ROLE_TEXT, text_key(text), text_of(text), at, body, INK, UI_CENTRE);
}

static void end_machine(struct app *app, const struct power_page *s)
{
    bool off = s->what == POWER_OFF;

    upkeep_note(app, AUDIT_SETTING, off ? "au.e.off" : "au.e.again", NULL);
    if (app->db)
        db_checkpoint(app->db);
    power_ask(power_of(app), s->what, clock_mono_ms(app->clock));
}

static void go_on(struct app *app, struct power_page *s, struct ui *ui)
{
    enum power_state state;

    if (s->going < SHOWN_FRAMES) {
        s->going++;
        ui_wake_in(ui, 1);
        if (s->going == SHOWN_FRAMES)
            end_machine(app, s);
        return;
    }
    state = power_state(power_of(app));
    if (state == POWER_ASKED || state == POWER_GOING)
        return;
    s->why = state;
    s->going = 0;
    power_seen(power_of(app));
}

/* --- choosing -------------------------------------------------------------------------- */

static enum text_id why_words(enum power_state why)
{
    static const enum text_id words[] = {
        [POWER_NO_ONE] = T_po_no_one,    [POWER_MAY_NOT] = T_po_no_may,
        [POWER_HELD] = T_po_no_held,     [POWER_SILENT] = T_po_no_silent,
        [POWER_FAILED] = T_po_no_failed,
    };

    return why < COUNT(words) && words[why] ? words[why] : T_po_no_failed;
}

static bool draw_choice(struct ui *ui, struct rect r, enum text_id word,
                        enum text_id sub, const char *icon)
{
    struct ui_font head = staff_font(ui, STAFF_HEAD), body = staff_font(ui, STAFF_BODY);
    float glyph = ui_dim(ui, 60, 40, 48), pad = ui_dim(ui, 28, 16, 20), dy = 0, h;
    bool tapped =
        staff_row(ui, UI_ROLE_BUTTON, text_key(word), text_of(word), r, 0, &dy);
    struct rect in = rect_inset(r, pad, 0), at;

    in.y += dy;
    at = rect_cut_left(&in, glyph);
    ui_icon(ui, rect_centre(at, glyph, glyph), icon, INDIGO);
    rect_cut_left(&in, pad);
    h = head.line + ui_text(ui, in, text_of(sub), body, 0, UI_LEFT);
    in.y += (in.h - h) / 2;
    in.y += ui_text(ui, in, text_of(word), head, INK, UI_LEFT);
    ui_text(ui, in, text_of(sub), body, INK2, UI_LEFT);
    ui_node(ui, UI_ROLE_TEXT, text_key(sub), text_of(sub), in, 0);
    return tapped;
}

static void draw_ask(struct power_page *s, struct ui *ui)
{
    bool off = s->what == POWER_OFF;
    int answer = desk_ask(ui, "po.ask", text_of(off ? T_po_ask_off : T_po_ask_again),
                          text_of(T_po_ask_sub), text_of(T_po_ask_no),
                          text_of(off ? T_po_off : T_po_again), UI_BUTTON_PRIMARY);

    if (answer)
        s->asks = false;
    if (answer > 0)
        s->going = 1;
}

static void draw_page(struct app *app, struct power_page *s, struct ui *ui)
{
    bool back, there = power_of(app) != NULL;
    struct rect r = desk_step(ui, T_of_back, "back", text_key(T_po_title),
                              text_of(T_po_title), 0, 0, &back);
    struct ui_font body = staff_font(ui, STAFF_BODY);
    float gap = ui_dim(ui, 20, 10, 16), h = ui_dim(ui, 150, 104, 150);
    const char *say = s->why != POWER_NONE  ? text_of(why_words(s->why))
                      : app->desk.klass.seq ? text_of(T_po_class)
                                            : NULL;

    rect_cut_top(&r,
                 ui_label(ui, UI_ROLE_TEXT, STR(po_sub), r, body, INK2, UI_LEFT) + gap);
    if (!there)
        ui_label(ui, UI_ROLE_TEXT, STR(po_no_hand), r, staff_font(ui, STAFF_BOLD), INK,
                 UI_LEFT);
    if (there && draw_choice(ui, rect_cut_top(&r, h), T_po_off, T_po_offs, "power")) {
        s->what = POWER_OFF;
        s->asks = true;
    }
    rect_cut_top(&r, there ? gap + LIP : 0);
    if (there &&
        draw_choice(ui, rect_cut_top(&r, h), T_po_again, T_po_agains, "retry")) {
        s->what = POWER_RESTART;
        s->asks = true;
    }
    rect_cut_top(&r, there ? gap + LIP : 0);
    desk_say(ui, r, say, CHIP_NGHE);
    if (s->asks)
        draw_ask(s, ui);
    else if (back)
        leave(app, s);
}

static void power_frame(struct app *app, void *state, struct ui *ui)
{
    struct power_page *s = state;

    if (s->going)
        go_on(app, s, ui);
    if (s->going)
        draw_going(s, ui);
    else
        draw_page(app, s, ui);
}

const struct screen screen_power = {
    .name = "power",
    .quiet_s = QUIET_S,
    .state_size = sizeof(struct power_page),
    .enter = power_enter,
    .frame = power_frame,
};
