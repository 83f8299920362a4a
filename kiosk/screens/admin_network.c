/* The machine's ways to a network. What works without one is said first; then how it stands,
 * and which Wi-Fi are heard. */
#include "app/network.h"
#include "app/setup.h"
#include "app/upkeep.h"
#include "app/uplink.h"
#include "base/check.h"
#include "screens/bar.h"
#include "screens/network_page.h"
#include "screens/office.h"
#include "screens/screens.h"
#include "screens/setup.h"

#define LOOK_MS 3000 /* somebody plugs and waits */

static bool has_wifi(const struct app *app)
{
    return app->machine && app->machine->wifi;
}

static void look(const struct app *app, struct wifi_status *out)
{
    *out = (struct wifi_status){ .state = WIFI_NO_BUS, .address = "" };
    if (has_wifi(app))
        wifi_status(app->machine->wifi, out);
}

static void network_enter(struct app *app, void *state, size_t arg)
{
    struct network_page *s = state;

    (void)arg;
    s->for_setup = setup_is_due(app);
    if (!s->for_setup && !app_may(app, MAY_ADMINISTER))
        app_goto(app, app_staff_door(app), 0);
}

static void leave(struct app *app, const struct network_page *s)
{
    if (has_wifi(app))
        wifi_join_seen(app->machine->wifi);
    if (s->for_setup)
        app_goto(app, "setup", SETUP_NET);
    else
        app_goto(app, "admin_settings", 0);
}

/* --- how it stands --------------------------------------------------------------------- */

/* What is the matter, and what to do; of a Wi-Fi that works: nothing. */
static const enum text_id matters[] = {
    [WIFI_ASKING] = T_nw_m_asking,   [WIFI_NO_BUS] = T_nw_m_no_bus,
    [WIFI_NO_MANAGER] = T_nw_m_none, [WIFI_SILENT] = T_nw_m_silent,
    [WIFI_REFUSED] = T_nw_m_refused, [WIFI_NO_CARD] = T_nw_m_card,
    [WIFI_FOREIGN] = T_nw_m_foreign, [WIFI_BLOCKED] = T_nw_m_blocked,
    [WIFI_OFF] = T_nw_m_off,         [WIFI_READY] = T_nw_pick,
};

static const char *matter(const struct app *app, const struct wifi_status *st)
{
    return text_of(has_wifi(app) ? matters[st->state] : T_nw_m_hand);
}

static const char *joined_words(struct ui *ui, const struct wifi_status *st)
{
    if (!st->joined)
        return text_fill(ui_arena(ui), text_of(T_nw_notyet), "n",
                         page_number(ui, (long long)st->n_known), NULL);
    if (!*st->address)
        return text_of(T_nw_noaddr);
    return text_fill(ui_arena(ui), text_of(T_nw_on), "dia", st->address, NULL);
}

static void draw_wifi(struct app *app, struct ui *ui, struct rect r,
                      const struct wifi_status *st)
{
    bool switchable = st->state == WIFI_READY || st->state == WIFI_OFF;
    float w = switchable ? 110 : 0;
    const char *head = st->joined
                           ? arena_printf(ui_arena(ui), "Wi-Fi: %s", st->joined->name)
                           : text_of(T_nw_wifi);
    const char *small = st->refused               ? text_of(T_nw_j_may_not)
                        : st->state == WIFI_READY ? joined_words(ui, st)
                        : st->state == WIFI_OFF   ? text_of(T_nw_m_off)
                                                  : text_of(T_nw_off);
    struct rect at =
        office_line(ui, r, "nw.state", st->joined ? "wifi" : "wifioff", head, small, w,
                    st->refused || (st->joined && !*st->address));

    if (!switchable || !staff_switch(ui, "nw.switch", text_of(T_nw_wifi),
                                     rect_centre(at, 104, 58), st->state == WIFI_READY))
        return;
    wifi_switch(app->machine->wifi, st->state == WIFI_OFF);
    if (app->desk.open)
        upkeep_note(app, AUDIT_SETTING, "au.e.wifi", NULL);
}

/* The cable that carries something, else the first. */
static void draw_cable(struct ui *ui, struct rect r)
{
    struct network_port ports[NETWORK_PORTS_MAX];
    size_t n = network_read(NETWORK_SYS, ports);
    const struct network_port *best = NULL;

    for (size_t i = 0; i < n; i++)
        if (!ports[i].air && (!best || (!best->up && ports[i].up)))
            best = &ports[i];
    office_line(ui, r, "nw.port", best && best->up ? "link" : "wifioff",
                text_of(T_nw_wire),
                !best              ? text_of(T_nw_no_port)
                : best->address[0] ? text_fill(ui_arena(ui), text_of(T_nw_on), "dia",
                                               best->address, NULL)
                : best->up         ? text_of(T_nw_noaddr)
                                   : text_of(T_nw_off),
                0, best && best->up && !best->address[0]);
}

static void draw_server(struct app *app, struct ui *ui, struct rect r)
{
    struct uplink_status st = { .words = "sy.o.none" };
    const char *last = text_of(T_sy_never);

    if (app->uplink)
        uplink_status(app->uplink, &st);
    if (st.last_ack_ms)
        last = text_fill(ui_arena(ui), text_of(T_nw_last), "luc",
                         office_moment(ui, st.last_ack_ms), NULL);
    office_line(ui, r, "nw.server", "cloud", office_words(st.words), last, 0, false);
}

static void draw_states(struct app *app, struct ui *ui, struct rect r,
                        const struct wifi_status *st)
{
    float gap = ui_dim(ui, 12, 7, 8), h = (r.h - 2 * gap) / 3;

    draw_wifi(app, ui, rect_cut_top(&r, h), st);
    rect_cut_top(&r, gap);
    draw_cable(ui, rect_cut_top(&r, h));
    rect_cut_top(&r, gap);
    draw_server(app, ui, r);
}

/* --- what is heard --------------------------------------------------------------------- */

static bool draw_row(struct ui *ui, struct rect r, const struct wifi_network *n,
                     size_t i)
{
    struct ui_font bold = staff_font(ui, STAFF_BOLD),
                   small = staff_font(ui, STAFF_SMALL);
    float pad = ui_dim(ui, 16, 10, 12), glyph = ui_dim(ui, 32, 24, 28), dy = 0;
    const char *words = network_words(ui, n);
    bool locked = n->lock != WIFI_LOCK_NONE && n->lock != WIFI_LOCK_OWE;
    bool tapped =
        staff_row(ui, UI_ROLE_ROW, arena_printf(ui_arena(ui), "nw.wifi#%zu", i + 1),
                  arena_printf(ui_arena(ui), "%s, %s", n->name, words), r,
                  n->joined ? UI_SELECTED : 0, &dy);
    struct rect in = rect_inset(r, pad, 0), icon;

    in.y += dy;
    icon = rect_cut_left(&in, glyph);
    ui_icon(ui, rect_centre(icon, glyph, glyph), n->strength < 0 ? "wifioff" : "wifi",
            INDIGO);
    rect_cut_left(&in, pad);
    icon = rect_cut_right(&in, glyph);
    if (n->joined || locked)
        ui_icon(ui, rect_centre(icon, glyph * 0.8F, glyph * 0.8F),
                n->joined ? "check" : "lock", INK2);
    in.y += (in.h - bold.line - small.line) / 2;
    staff_line(ui, (struct rect){ in.x, in.y, in.w, bold.line }, n->name, bold, INK);
    staff_line(ui, (struct rect){ in.x, in.y + bold.line, in.w, small.line }, words,
               small, INK2);
    return tapped;
}

static void draw_heard(struct app *app, struct network_page *s, struct ui *ui,
                       struct rect r, const struct wifi_status *st)
{
    float gap = ui_dim(ui, 12, 7, 8) + LIP, h = ui_dim(ui, 72, 54, 64);
    float pager_h = ui_dim(ui, 66, 56, 62);
    size_t fit = (size_t)((r.h + gap) / (h + gap)), shown;

    if (st->state != WIFI_READY || !st->n) {
        staff_panel(ui, r);
        r = rect_inset(r, ui_dim(ui, 24, 14, 16), ui_dim(ui, 18, 10, 12));
        ui_label(ui, UI_ROLE_TEXT, "nw.matter",
                 st->state == WIFI_READY ? text_of(T_nw_nothing) : matter(app, st), r,
                 staff_font(ui, STAFF_BODY), INK, UI_LEFT);
        return;
    }
    if (st->n > fit)
        fit = (size_t)((r.h - pager_h) / (h + gap));
    fit = fit ? fit : 1;
    if (s->first >= st->n)
        s->first = 0;
    shown = st->n - s->first > fit ? fit : st->n - s->first;
    for (size_t i = s->first; i < s->first + shown; i++) {
        if (draw_row(ui, rect_cut_top(&r, h), &st->networks[i], i)) {
            network_choose(app, s, &st->networks[i]);
            return;
        }
        rect_cut_top(&r, gap);
    }
    if (st->n > fit) {
        r = (struct rect){ r.x, r.y + r.h - pager_h, r.w, pager_h - LIP };
        s->first +=
            (size_t)(staff_pager(ui, r, s->first, shown, st->n, NULL) * (int)fit);
    }
}

/* --- what came of joining -------------------------------------------------------------- */

static void draw_join(struct ui *ui, struct rect r, const struct wifi_status *st)
{
    static const enum text_id words[] = {
        [WIFI_JOIN_ASKED] = T_nw_j_asked,     [WIFI_JOIN_DONE] = T_nw_j_done,
        [WIFI_JOIN_UNKEPT] = T_nw_j_unkept,   [WIFI_JOIN_PASSWORD] = T_nw_j_password,
        [WIFI_JOIN_NO_ADDRESS] = T_nw_j_addr, [WIFI_JOIN_AWAY] = T_nw_j_away,
        [WIFI_JOIN_MAY_NOT] = T_nw_j_may_not, [WIFI_JOIN_SILENT] = T_nw_j_silent,
        [WIFI_JOIN_FAILED] = T_nw_j_failed,
    };
    enum chip_tone tone = st->join == WIFI_JOIN_ASKED  ? CHIP_SAND
                          : st->join == WIFI_JOIN_DONE ? CHIP_LUA
                                                       : CHIP_NGHE;

    if (st->join != WIFI_JOIN_NONE)
        desk_say(ui, r,
                 text_fill(ui_arena(ui), text_of(words[st->join]), "ten", st->join_name,
                           NULL),
                 tone);
}

static void draw_foot(struct app *app, struct network_page *s, struct ui *ui,
                      struct rect r, const struct wifi_status *st)
{
    struct rect at;

    r.h -= LIP;
    at = rect_cut_right(&r, staff_button_width(ui, text_of(T_of_back), "back"));
    if (staff_button(ui, STR(of_back), at, UI_BUTTON_SECONDARY, "back", 0)) {
        leave(app, s);
        return;
    }
    if (st->state != WIFI_READY)
        return;
    at = rect_cut_left(&r, staff_button_width(ui, text_of(T_nw_hidden), "keyb"));
    if (staff_button(ui, STR(nw_hidden), at, UI_BUTTON_SECONDARY, "keyb", 0)) {
        wifi_join_seen(app->machine->wifi);
        s->one = (struct wifi_network){ .strength = -1 };
        network_type(s, NETWORK_NAME);
    }
    rect_cut_left(&r, ui_dim(ui, 12, 7, 8));
    if (st->join != WIFI_JOIN_PASSWORD || !s->one.ssid.n)
        return;
    at = rect_cut_left(&r, staff_button_width(ui, text_of(T_nw_retype), "edit"));
    if (staff_button(ui, STR(nw_retype), at, UI_BUTTON_PRIMARY, "edit", 0)) {
        wifi_join_seen(app->machine->wifi);
        network_type(s, NETWORK_PASSWORD);
    }
}

static struct rect draw_frame(struct app *app, const struct network_page *s,
                              struct ui *ui)
{
    bool back = false;
    struct rect r = s->for_setup
                        ? desk_step(ui, T_of_back, "back", text_key(T_nw_title),
                                    text_of(T_nw_title), 0, 0, &back)
                        : desk_frame(app, ui, DESK_SETTINGS, text_key(T_nw_title),
                                     text_of(T_nw_title));

    if (back)
        leave(app, s);
    return r;
}

static void draw_list(struct app *app, struct network_page *s, struct ui *ui)
{
    struct wifi_status st;
    bool upright = ui_panel(ui) == PANEL_POR;
    float gap = ui_dim(ui, 12, 7, 8);
    struct rect r = draw_frame(app, s, ui), foot, left;

    look(app, &st);
    foot = rect_cut_bottom(&r, ui_dim(ui, 66, 56, 62));
    rect_cut_bottom(&r, gap);
    office_line(ui, rect_cut_top(&r, ui_dim(ui, 84, 58, 96)), text_key(T_nw_first),
                "check", text_of(T_nw_first), text_of(T_nw_firsts), 0, false);
    rect_cut_top(&r, gap);
    if (st.join != WIFI_JOIN_NONE) {
        draw_join(ui, rect_cut_bottom(&r, ui_dim(ui, 78, 52, 96)), &st);
        rect_cut_bottom(&r, gap);
    }
    left = upright ? rect_cut_top(&r, 264) : rect_cut_left(&r, (r.w - gap) / 2);
    if (upright)
        rect_cut_top(&r, gap);
    else
        rect_cut_left(&r, gap);
    draw_states(app, ui, left, &st);
    draw_heard(app, s, ui, r, &st);
    if (s->part == NETWORK_LIST)
        draw_foot(app, s, ui, foot, &st);
}

static void network_frame(struct app *app, void *state, struct ui *ui)
{
    struct network_page *s = state;

    app->looks_at_network = true;
    if (s->part == NETWORK_LIST)
        draw_list(app, s, ui);
    else
        network_one_frame(app, s, ui);
    ui_wake_in(ui, LOOK_MS);
}

const struct screen screen_admin_network = {
    .name = "admin_network",
    .quiet_s = 120, /* a password is read from a slip of paper */
    .state_size = sizeof(struct network_page),
    .enter = network_enter,
    .frame = network_frame,
};
