/* Sending: what happened, what to do, how much is only here; now, by stick, or after
 * enrolling. Rows that the server set aside can be looked at. */
#include "app/health.h"
#include "app/upkeep.h"
#include "app/uplink.h"
#include "screens/bar.h"
#include "screens/clock_set.h"
#include "screens/enrol_steps.h"
#include "screens/office.h"
#include "screens/screens.h"

#define LOOK_MS 1000 /* the way to the server changes by itself */
#define ASIDE_MAX 6

enum part { PART_MAIN, PART_ENROL, PART_CLOCK, PART_ASIDE };

struct sync_state {
    enum part part;
    struct enrol_steps enrol;
    struct clock_set clock;
    enum text_id clock_words; /* of the health of the clock */
    bool clock_surely;
    enum text_id said; /* after the courier; T_COUNT: nothing */
    struct uplink_courier courier;
};

static void look_at_clock(struct app *app, struct sync_state *s)
{
    struct health health;

    health_read(app->db, HEALTH_SYS, &health);
    s->clock_words = health.clock;
    s->clock_surely = health.past.today >= 0;
}

static void sync_enter(struct app *app, void *state, size_t arg)
{
    struct sync_state *s = state;

    (void)arg;
    s->said = T_COUNT;
    look_at_clock(app, s);
}

/* --- main ------------------------------------------------------------------------------- */

static bool is_well(const struct uplink_status *st)
{
    return st->enrolled && (!st->heard || st->outcome == SYNC_VERIFIED);
}

static void draw_state(struct app *app, struct sync_state *s, struct ui *ui,
                       struct rect r, const struct uplink_status *st)
{
    bool well = is_well(st);
    bool may = app_may(app, MAY_ADMINISTER);
    enum text_id word = !st->enrolled ? T_sy_enrol
                        : st->sending ? T_sy_trying
                                      : T_sy_try;
    float w =
        may && app->uplink ? staff_button_width(ui, text_of(word), "retry") + 20 : 0;
    const char *head = app->uplink ? office_words(st->words) : text_of(T_sy_o_none);
    struct rect at = office_line(ui, r, "sy.state", well ? "cloud" : "wifioff", head,
                                 text_of(T_sy_safe), w, !well);

    if (w <= 0)
        return;
    at = rect_centre(at, w, ui_dim(ui, 72, 58, 64));
    at.x -= 12;
    if (!staff_button(ui, text_key(T_sy_try), text_of(word), at, UI_BUTTON_PRIMARY,
                      "retry", 0))
        return;
    if (!st->enrolled) {
        enrol_steps_begin(&s->enrol);
        s->part = PART_ENROL;
        return;
    }
    uplink_send_now(app->uplink);
    upkeep_note(app, AUDIT_SYNC, "au.e.send", NULL);
}

static void draw_box(struct ui *ui, struct rect r, enum text_id word, const char *value,
                     const char *note, bool warns)
{
    struct ui_font small = staff_font(ui, STAFF_SMALL),
                   big = staff_font(ui, STAFF_HEAD);
    struct rect in = rect_inset(r, ui_dim(ui, 22, 12, 12), ui_dim(ui, 14, 8, 10));

    big.size = ui_dim(ui, 32, 22, 22);
    big.line = ui_dim(ui, 44, 30, 30);
    if (warns)
        ui_box(ui, r,
               &(struct ui_box_style){ .fill = SURFACE,
                                       .border = NOTYET_LINE,
                                       .line = LINE_DECORATIVE,
                                       .radius = 22 });
    else
        staff_panel(ui, r);
    in.y += ui_text(ui, in, text_of(word), small, INK2, UI_LEFT);
    in.y += ui_text(ui, in, value, big, INK, UI_LEFT) + 2;
    ui_text(ui, in, note, small, warns ? NGHE_DEEP : INK2, UI_LEFT);
    ui_node_value(ui, UI_ROLE_TEXT, text_key(word), text_of(word),
                  arena_printf(ui_arena(ui), "%s. %s", value, note), r, 0);
}

static void draw_boxes(struct app *app, struct sync_state *s, struct ui *ui,
                       struct rect r, const struct uplink_status *st)
{
    bool upright = ui_panel(ui) == PANEL_POR;
    float gap = ui_dim(ui, 16, 8, 10);
    struct rect cell[3];
    const char *rows = text_fill(ui_arena(ui), text_of(T_sy_rows), "n",
                                 office_count(ui, st->rows_waiting), NULL);
    const char *only = text_fill(ui_arena(ui), text_of(T_sy_only), "n",
                                 office_count(ui, st->completions_only_here), NULL);
    const char *aside = st->rejected ? text_fill(ui_arena(ui), text_of(T_sy_aside), "n",
                                                 office_count(ui, st->rejected), NULL)
                                     : text_of(T_sy_noaside);

    for (size_t i = 0; i < 3; i++) {
        float w = (r.w - 2 * gap) / 3, h = (r.h - 2 * gap) / 3;

        cell[i] = upright ? (struct rect){ r.x, r.y + (float)i * (h + gap), r.w, h }
                          : (struct rect){ r.x + (float)i * (w + gap), r.y, w, r.h };
    }
    draw_box(ui, cell[0], T_sy_pending, rows, only, st->completions_only_here > 0);
    draw_box(ui, cell[1], T_sy_last,
             st->last_ack_ms ? office_moment(ui, st->last_ack_ms) : text_of(T_sy_never),
             st->last_ack_ms ? aside : "", st->rejected > 0);
    draw_box(ui, cell[2], T_sy_clock, office_moment(ui, clock_wall_ms(app->clock)),
             text_of(s->clock_words), !s->clock_surely);
}

static void run_courier(struct app *app, struct sync_state *s)
{
    switch (upkeep_courier(app, &s->courier)) {
    case ERR_OK:
        s->said = s->courier.written ? T_sy_copied : T_sy_nothing;
        break;
    case ERR_OFFLINE:
        s->said = T_sy_c_first;
        break;
    case ERR_FULL:
        s->said = T_sy_c_full;
        break;
    case ERR_RETRY:
    case ERR_REJECTED:
    case ERR_CORRUPT:
        s->said = T_sy_c_bad;
        break;
    }
}

static void draw_foot(struct app *app, struct sync_state *s, struct ui *ui,
                      struct rect r, const struct uplink_status *st)
{
    struct usb_status usb = { .present = false };
    float gap = ui_dim(ui, 14, 8, 8);
    enum text_id word;
    struct rect at;

    if (app->usb)
        usb_status(app->usb, &usb);
    word = usb.present ? T_sy_usb : T_sy_nousb;
    r.h -= LIP;
    at = rect_cut_right(&r, staff_button_width(ui, text_of(T_sy_setclock), "clock"));
    if (app_may(app, MAY_ADMINISTER) &&
        staff_button(ui, STR(sy_setclock), at, UI_BUTTON_SECONDARY, "clock", 0)) {
        clock_set_begin(app, &s->clock);
        s->part = PART_CLOCK;
    }
    rect_cut_right(&r, gap);
    at = rect_cut_right(&r, staff_button_width(ui, text_of(word), "usb"));
    if (staff_button(ui, text_key(T_sy_usb), text_of(word), at, UI_BUTTON_SECONDARY,
                     "usb", usb.present ? 0 : UI_DISABLED) &&
        usb.present)
        run_courier(app, s);
    rect_cut_right(&r, gap);
    if (st->rejected) {
        at = rect_cut_right(&r, staff_button_width(ui, text_of(T_sy_see), "eye"));
        if (staff_button(ui, STR(sy_see), at, UI_BUTTON_SECONDARY, "eye", 0))
            s->part = PART_ASIDE;
    }
}

static void draw_main(struct app *app, struct sync_state *s, struct ui *ui)
{
    struct rect r =
        desk_frame(app, ui, DESK_SYNC, text_key(T_sy_title), text_of(T_sy_title));
    struct uplink_status st = { .words = "sy.o.none" };
    float gap = ui_dim(ui, 14, 8, 10);
    bool upright = ui_panel(ui) == PANEL_POR;
    struct rect foot = rect_cut_bottom(&r, ui_dim(ui, 62, 54, 60) + LIP);

    if (app->uplink)
        uplink_status(app->uplink, &st);
    draw_state(app, s, ui, rect_cut_top(&r, ui_dim(ui, 110, 84, 130)), &st);
    rect_cut_top(&r, gap);
    draw_boxes(app, s, ui, rect_cut_top(&r, upright ? 420 : ui_dim(ui, 172, 138, 0)),
               &st);
    rect_cut_top(&r, gap);
    if (s->said != T_COUNT)
        desk_say(ui, r,
                 text_fill(ui_arena(ui), text_of(s->said), "n",
                           page_number(ui, s->courier.written), "muc",
                           page_number(ui, s->courier.rows), "a",
                           page_number(ui, s->courier.acks), NULL),
                 s->said == T_sy_copied || s->said == T_sy_nothing ? CHIP_LUA
                                                                   : CHIP_NGHE);
    else
        office_note(ui, rect_cut_top(&r, ui_dim(ui, 40, 30, 60)), STR(sy_hand));
    draw_foot(app, s, ui, foot, &st);
    ui_wake_in(ui, LOOK_MS);
}

/* --- what was set aside ------------------------------------------------------------------- */

static void draw_aside(struct app *app, struct sync_state *s, struct ui *ui)
{
    bool back;
    struct rect r = desk_step(ui, T_of_back, "back", text_key(T_sy_a_title),
                              text_of(T_sy_a_title), 0, 0, &back);
    float gap = ui_dim(ui, 12, 6, 8), h = ui_dim(ui, 84, 54, 84);
    struct set_aside *rows;
    size_t n;

    if (set_aside_read(app->db, ASIDE_MAX, ui_arena(ui), &rows, &n)) {
        desk_say(ui, r, text_of(T_of_nodb), CHIP_SON);
        n = 0;
    }
    r.y += ui_label(ui, UI_ROLE_TEXT, STR(sy_a_sub), r, staff_font(ui, STAFF_BODY),
                    INK2, UI_LEFT) +
           gap;
    for (size_t i = 0; i < n; i++) {
        const char *what = arena_printf(ui_arena(ui), "%s · %s · %s · %s", rows[i].stat,
                                        rows[i].period, rows[i].unit, rows[i].dims);
        bool held = rows[i].code[0] == 'h';

        office_line(ui, rect_cut_top(&r, h), text_key_n(ui_arena(ui), T_sy_see, i + 1),
                    "warn", what, text_of(held ? T_sy_a_held : T_sy_a_grammar), 0,
                    false);
        rect_cut_top(&r, gap);
    }
    if (back)
        s->part = PART_MAIN;
}

static void draw_enrol(struct app *app, struct sync_state *s, struct ui *ui)
{
    bool back;
    struct rect r = desk_step(ui, T_of_back, "back", text_key(T_en_title),
                              text_of(T_en_title), 0, 0, &back);

    if (enrol_steps_frame(app, ui, r, &s->enrol))
        s->part = PART_MAIN;
    if (back) {
        enrol_steps_cancel(app);
        s->part = PART_MAIN;
    }
}

static void sync_frame(struct app *app, void *state, struct ui *ui)
{
    struct sync_state *s = state;
    enum part part = s->part;

    switch (part) {
    case PART_ENROL:
        draw_enrol(app, s, ui);
        break;
    case PART_CLOCK:
        if (clock_set_frame(app, ui, &s->clock)) {
            s->part = PART_MAIN;
            look_at_clock(app, s);
        }
        break;
    case PART_ASIDE:
        draw_aside(app, s, ui);
        break;
    case PART_MAIN:
        draw_main(app, s, ui);
        break;
    }
    if (s->part != part)
        ui_wake_in(ui, 0);
}

const struct screen screen_admin_sync = {
    .name = "admin_sync",
    .state_size = sizeof(struct sync_state),
    .enter = sync_enter,
    .frame = sync_frame,
};
