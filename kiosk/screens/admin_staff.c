/* Staff (a06): who there is, PINs, letting in again, another one, letting go; a new recovery
 * code. What is done stands in the log. */
#include <stdio.h>
#include <string.h>

#include "app/lists.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/face.h"
#include "screens/screens.h"
#include "screens/setup.h"
#include "screens/typing.h"

enum mode { STAFF_LIST, STAFF_PIN, STAFF_DROP, STAFF_AGAIN, STAFF_CODE };

struct staff_state {
    enum mode mode;
    size_t first;
    size_t at;        /* place of `who` in the list + 1 */
    struct staff who; /* being changed */
    struct pin_twice pins;
    struct desk_pin again;
    char recovery[VAULT_SECRET_CHARS];
    enum text_id said;
    bool has_said, bad;
};

static const enum text_id roles[] = { [STAFF_VOLUNTEER] = T_sa_vol,
                                      [STAFF_ADMIN] = T_sa_admin,
                                      [STAFF_INSPECTOR] = T_sa_inspector,
                                      [STAFF_EDITOR] = T_sa_editor };

static void say(struct staff_state *s, enum text_id text, bool bad)
{
    s->said = text;
    s->has_said = true;
    s->bad = bad;
}

/* What `err` means, else `good`. */
static void done(struct staff_state *s, enum err err, enum text_id good)
{
    s->mode = STAFF_LIST;
    if (err)
        say(s, err == ERR_REJECTED ? T_list_refused : T_list_unwritten, true);
    else
        say(s, good, false);
}

/* --- the list -------------------------------------------------------------------------------- */

static const char *last_in(struct ui *ui, int64_t day)
{
    int y, m, d;

    if (day < 0)
        return text_of(T_sa_never);
    clock_day_civil(day, &y, &m, &d);
    return arena_printf(ui_arena(ui), "%02d/%02d/%d", d, m, y);
}

static void draw_buttons(struct app *app, struct staff_state *s, struct ui *ui,
                         struct rect r, const struct staff *who, size_t i)
{
    enum text_id id = who->locked ? T_sa_unlock : T_sa_pin;
    struct rect drop = rect_cut_right(&r, r.h);
    float w = staff_button_width(ui, text_of(id), NULL);

    drop.h -= LIP;
    if (staff_button(ui, text_key_n(ui_arena(ui), T_sa_drop, i), "", drop,
                     UI_BUTTON_SECONDARY, "trash", 0)) {
        s->who = *who;
        s->mode = STAFF_DROP;
        s->has_said = false;
    }
    r.x += r.w - w - 10;
    if (!staff_button(ui, text_key_n(ui_arena(ui), id, i), text_of(id),
                      (struct rect){ r.x, r.y, w, r.h - LIP }, UI_BUTTON_SECONDARY,
                      NULL, 0))
        return;
    if (who->locked) {
        s->who = *who;
        done(s, app_staff_act(app, STAFF_ACT_UNLOCK, &s->who, NULL), T_sa_done_unlock);
        return;
    }
    s->who = *who;
    s->at = i;
    s->mode = STAFF_PIN;
    s->has_said = false;
    hash_wipe(&s->pins, sizeof(s->pins));
}

static void draw_row(struct app *app, struct staff_state *s, struct ui *ui,
                     struct rect r, const struct staff *who, size_t i)
{
    struct ui_font bold = staff_font(ui, STAFF_BOLD), body = staff_font(ui, STAFF_BODY);
    bool narrow = ui_panel(ui) == PANEL_POR;
    float w_buttons = ui_dim(ui, 230, 200, 190);
    struct rect in = rect_inset(r, 14, 6), buttons = rect_cut_right(&in, w_buttons), at;
    const char *thon = who->thon[0]
                           ? list_words(app->db, LIST_THON, who->thon, ui_arena(ui))
                           : text_of(T_sa_whole);
    enum text_id role = who->locked ? T_sa_locked : roles[who->role];

    ui_box(ui, (struct rect){ r.x, r.y + r.h - 1, r.w, 1 },
           &(struct ui_box_style){ .fill = SAND2 });
    at = rect_cut_left(&in, in.w * (narrow ? 0.44F : 0.28F));
    staff_line(ui, at, who->alias, bold, INK);
    ui_node(ui, UI_ROLE_ROW, text_key_n(ui_arena(ui), T_sa_c1, i), who->alias, at, 0);
    at = rect_cut_left(&in, narrow ? in.w : in.w * 0.4F);
    staff_chip(ui, text_key_n(ui_arena(ui), T_sa_c2, i), text_of(role),
               who->locked ? "lock" : NULL, at.x, at.y + at.h / 2,
               who->locked ? CHIP_SON : CHIP_SAND);
    if (!narrow) {
        at = rect_cut_left(&in, in.w * 0.5F);
        staff_line(ui, at, thon, body, INK);
        staff_line(ui, in, last_in(ui, who->last_in_day), body, INK);
    }
    draw_buttons(app, s, ui, buttons, who, i);
}

static void draw_list(struct app *app, struct staff_state *s, struct ui *ui,
                      struct rect r)
{
    float h = ui_dim(ui, 83, 62, 78), h_foot = ui_dim(ui, 72, 56, 66);
    struct rect foot = rect_cut_bottom(&r, h_foot), code = foot;
    bool upright = ui_panel(ui) == PANEL_POR;
    struct rect above = foot;
    size_t rows, n = 0;
    struct staff *list;

    if (staff_list(app->db, ui_arena(ui), &list, &n))
        n = 0;
    rect_cut_bottom(&r, ui_dim(ui, 10, 6, 8));
    if (upright) /* words and pager above the two buttons */
        above = rect_cut_bottom(&r, h_foot);
    staff_panel(ui, r);
    r = rect_inset(r, 8, 6);
    rows = r.h > h ? (size_t)(r.h / h) : 1;
    s->first = s->first >= n ? 0 : s->first;
    for (size_t i = s->first; i < n && i < s->first + rows; i++)
        draw_row(app, s, ui, rect_cut_top(&r, h), &list[i], i + 1);
    code.w = staff_button_width(ui, text_of(T_sa_recovery), "lock");
    code.h -= LIP;
    if (staff_button(ui, STR(sa_recovery), code, UI_BUTTON_SECONDARY, "lock", 0)) {
        if (vault_is_unlocked(app->desk.vault))
            s->mode = STAFF_AGAIN;
        else
            say(s, T_sa_need_open, true);
        hash_wipe(&s->again, sizeof(s->again));
    }
    rect_cut_left(&foot, code.w + 14);
    code = rect_cut_left(&foot, staff_button_width(ui, text_of(T_pw_title), "edit"));
    code.h -= LIP;
    if (staff_button(ui, STR(pw_title), code, UI_BUTTON_SECONDARY, "edit", 0)) {
        if (vault_is_unlocked(app->desk.vault))
            app_goto(app, "admin_passphrase", 0);
        else
            say(s, T_sa_need_open, true);
    }
    rect_cut_left(&foot, 14);
    if (upright)
        foot = above;
    if (n > rows)
        s->first +=
            (size_t)(staff_pager(ui, foot, s->first,
                                 n - s->first > rows ? rows : n - s->first, n, NULL) *
                     (int)rows);
    else if (!s->has_said)
        ui_label(ui, UI_ROLE_TEXT, STR(sa_note), foot, staff_font(ui, STAFF_SMALL),
                 INK2, UI_LEFT);
    if (s->has_said)
        desk_say(ui, foot, text_of(s->said), s->bad ? CHIP_SON : CHIP_LUA);
}

static void list_frame(struct app *app, struct staff_state *s, struct ui *ui)
{
    struct rect body =
        desk_frame(app, ui, DESK_STAFF, text_key(T_sa_title), text_of(T_sa_title));
    float w = staff_button_width(ui, text_of(T_sa_add), "userplus");
    float h = ui_dim(ui, 66, 54, 60);
    struct rect at = { body.x + body.w - w, body.y, w, h - LIP };

    if (ui_panel(ui) != PANEL_POR) /* beside the title */
        at.y -= ui_dim(ui, 58, 46, 0);
    else
        rect_cut_top(&body, h + 8);
    if (ui_panel(ui) != PANEL_POR)
        rect_cut_top(&body, ui_dim(ui, 14, 10, 0));
    if (staff_button(ui, STR(sa_add), at, UI_BUTTON_PRIMARY, "userplus", 0))
        app_goto(app, "admin_staff_edit", 0);
    draw_list(app, s, ui, body);
}

/* --- what belongs to one of them ------------------------------------------------------------- */

/* Ways to the other things of theirs: the card that opens names; name, role and thôn. */
static void draw_ways(struct app *app, struct staff_state *s, struct ui *ui,
                      struct rect r)
{
    static const struct {
        enum text_id word;
        const char *icon, *screen;
    } ways[] = { { T_kc_go, "card", "admin_key_card" },
                 { T_sa_edit, "edit", "admin_staff_edit" } };
    bool upright = ui_panel(ui) == PANEL_POR;
    float h = ui_dim(ui, 70, 56, 62), y = upright ? r.y + 250 : r.y + r.h - h;
    float x = r.x;

    for (size_t i = 0; i < COUNT(ways); i++) {
        float w = staff_button_width(ui, text_of(ways[i].word), ways[i].icon);

        if (staff_button(ui, text_key(ways[i].word), text_of(ways[i].word),
                         (struct rect){ x, y, w, h - LIP }, UI_BUTTON_SECONDARY,
                         ways[i].icon, 0))
            app_goto(app, ways[i].screen, s->at);
        x += w + ui_dim(ui, 14, 8, 10);
    }
}

static void pin_frame(struct app *app, struct staff_state *s, struct ui *ui)
{
    bool back;
    const char *title =
        text_fill(ui_arena(ui), text_of(T_sa_new_pin), "ten", s->who.alias, NULL);
    struct rect r =
        desk_step(ui, T_bar_back, "back", text_key(T_sa_new_pin), title, 0, 0, &back);

    if (pin_twice_frame(ui, r, &s->pins)) {
        done(s, app_staff_act(app, STAFF_ACT_PIN, &s->who, s->pins.pin), T_sa_done_pin);
        back = true;
    }
    if (!back)
        draw_ways(app, s, ui, r);
    if (s->pins.has_said)
        desk_say(ui, (struct rect){ r.x, r.y, r.w / 2, r.h }, text_of(s->pins.said),
                 CHIP_NGHE);
    if (back) {
        s->mode = STAFF_LIST;
        hash_wipe(&s->pins, sizeof(s->pins));
    }
}

/* --- questions ------------------------------------------------------------------------------- */

static void drop_frame(struct app *app, struct staff_state *s, struct ui *ui)
{
    int answer = desk_ask(
        ui, text_key(T_sa_drop_t),
        text_fill(ui_arena(ui), text_of(T_sa_drop_t), "ten", s->who.alias, NULL),
        text_of(T_sa_drop_p), text_of(T_sa_drop_no), text_of(T_sa_drop),
        UI_BUTTON_PRIMARY);
    bool self = !strcmp(s->who.id, app->desk.who.id);
    enum err err;

    if (!answer)
        return;
    s->mode = STAFF_LIST;
    if (answer < 0)
        return;
    err = app_staff_act(app, STAFF_ACT_DISMISS, &s->who, NULL);
    done(s, err, T_sa_done_drop);
    if (err == ERR_REJECTED)
        say(s, T_sa_last, true);
    if (!err && self)
        app_staff_leave(app);
}

static void again_frame(struct app *app, struct staff_state *s, struct ui *ui)
{
    int answer = desk_pin(app, ui, &s->again);
    enum err err;

    if (!answer)
        return;
    s->mode = STAFF_LIST;
    if (answer < 0)
        return;
    err = vault_set_recovery(app->desk.vault, s->recovery);
    if (!err)
        err = audit_add(app->db, AUDIT_STAFF, app_actor(app), "au.e.recovery", NULL);
    done(s, err, T_sa_recovery);
    s->has_said = err != ERR_OK;
    s->mode = err ? STAFF_LIST : STAFF_CODE;
}

static void code_frame(struct staff_state *s, struct ui *ui)
{
    const char *text =
        arena_printf(ui_arena(ui), "%s\n%s", s->recovery, text_of(T_sa_recovery_sub));
    int answer =
        desk_ask(ui, "sa.code", text_of(T_sa_recovery), text, text_of(T_su_written_no),
                 text_of(T_su_written_yes), UI_BUTTON_PRIMARY);

    if (answer != 1)
        return;
    hash_wipe(s->recovery, sizeof(s->recovery));
    s->mode = STAFF_LIST;
}

static void admin_staff_frame(struct app *app, void *state, struct ui *ui)
{
    struct staff_state *s = state;
    enum mode mode = s->mode;

    if (mode == STAFF_PIN) {
        pin_frame(app, s, ui);
        return;
    }
    list_frame(app, s, ui);
    if (mode == STAFF_DROP)
        drop_frame(app, s, ui);
    if (mode == STAFF_AGAIN)
        again_frame(app, s, ui);
    if (mode == STAFF_CODE)
        code_frame(s, ui);
}

static void admin_staff_enter(struct app *app, void *state, size_t arg)
{
    (void)state;
    (void)arg;
    if (!app_may(app, MAY_ADMINISTER))
        app_goto(app, app_staff_door(app), 0);
}

const struct screen screen_admin_staff = {
    .name = "admin_staff",
    .state_size = sizeof(struct staff_state),
    .enter = admin_staff_enter,
    .frame = admin_staff_frame,
};
