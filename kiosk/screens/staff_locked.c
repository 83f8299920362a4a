/* After the power came back names are sealed: a staff card, the passphrase or the recovery
 * code opens them. Lessons, cards and registering go on without. */
#include <stdio.h>
#include <string.h>

#include "app/people.h"
#include "app/staff.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/screens.h"
#include "screens/typing.h"

enum step { LOCKED_ASK, LOCKED_NEW_PASSPHRASE, LOCKED_LOST };

#define PATIENCE_FRAMES \
    3 /* the page says "opening" before the key is derived: up to 2 s */

struct locked_state {
    struct field field;
    struct keyboard keyboard;
    enum vault_way way;
    enum step step;
    int opening;       /* frames since the button; 0: nothing is asked */
    enum text_id said; /* 0: nothing */
    char card[VAULT_SECRET_CHARS];
};

static void enter_by(struct app *app, struct locked_state *s, enum vault_way way,
                     const char *secret)
{
    enum err err = app_staff_open_names(app, way, secret);

    hash_wipe(&s->field.text, sizeof(s->field.text));
    hash_wipe(s->card, sizeof(s->card));
    s->said = err == ERR_OK         ? T_lk_open
              : err == ERR_RETRY    ? 0 /* the wait says itself */
              : err == ERR_REJECTED ? T_lk_no
                                    : T_lk_disk;
    if (err)
        return;
    if (way == VAULT_RECOVERY)
        s->step = LOCKED_NEW_PASSPHRASE;
    else
        app_goto(app, "staff_signin", 0);
}

static void set_passphrase(struct app *app, struct locked_state *s)
{
    enum err err = vault_set_passphrase(app->desk.vault, s->field.text);

    hash_wipe(&s->field.text, sizeof(s->field.text));
    s->said = err == ERR_REJECTED ? T_lk_short : T_lk_disk;
    if (!err)
        app_goto(app, "staff_signin", 0);
}

/* What was asked for, once the page has said that it takes a moment. */
static void go_on(struct app *app, struct locked_state *s, struct ui *ui)
{
    if (!s->opening)
        return;
    if (s->opening++ < PATIENCE_FRAMES) {
        ui_wake_in(ui, 1);
        return;
    }
    s->opening = 0;
    if (s->card[0])
        enter_by(app, s, VAULT_CARD, s->card);
    else if (s->step == LOCKED_NEW_PASSPHRASE)
        set_passphrase(app, s);
    else
        enter_by(app, s, s->way, s->field.text);
}

static void take_card(struct app *app, struct locked_state *s, struct ui *ui)
{
    unsigned char token[EVENT_TOKEN_BYTES];
    const char *scanned = ui_scanned(ui);

    app->looks = s->step == LOCKED_ASK;
    if (!scanned || s->step != LOCKED_ASK || s->opening)
        return;
    if (app_card_read(app, scanned, token) != CARD_STAFF) {
        s->said = T_lk_no; /* and no try is lost to a learner who passes by */
        return;
    }
    snprintf(s->card, sizeof(s->card), "%s", scanned);
    s->opening = 1;
    ui_wake_in(ui, 1); /* nobody touches anything after a scan */
}

/* --- what stands above the keys ---------------------------------------------------------------- */

static const char *say(struct app *app, struct locked_state *s, struct ui *ui,
                       enum chip_tone *tone)
{
    long wait_s = vault_wait_s(app->desk.vault);

    *tone = CHIP_NGHE;
    if (s->opening) {
        *tone = CHIP_SAND;
        return text_of(T_lk_opening);
    }
    if (wait_s) {
        ui_wake_in(ui, 1000);
        return text_fill(ui_arena(ui), text_of(T_lk_wait), "n", page_number(ui, wait_s),
                         NULL);
    }
    if (s->said)
        return text_of(s->said);
    *tone = CHIP_SAND;
    return text_of(s->step == LOCKED_NEW_PASSPHRASE ? T_lk_new_sub : T_lk_sub);
}

static void draw_ways(struct locked_state *s, struct ui *ui, struct rect r)
{
    static const char *const ids[] = { "lk.passphrase", "lk.recovery" };
    const char *const words[] = { text_of(T_lk_passphrase), text_of(T_lk_recovery) };
    int chosen = staff_segments(ui, r, ids, words, 2, s->way == VAULT_RECOVERY);

    if (chosen < 0)
        return;
    s->way = chosen ? VAULT_RECOVERY : VAULT_PASSPHRASE;
    s->field.hidden = s->way == VAULT_PASSPHRASE;
    hash_wipe(&s->field.text, sizeof(s->field.text));
    s->said = 0;
}

/* Work goes on without names. At the right end of `row`, whose first `used` are taken; where
 * that is too narrow (upright), in a line of its own off the top of `rest`. */
static void draw_without(struct app *app, struct ui *ui, struct rect *rest,
                         struct rect row, float used)
{
    float w = staff_button_width(ui, text_of(T_lk_without), NULL);
    struct rect at = { row.x + row.w - w, row.y, w, row.h - LIP };

    if (used + w > row.w) {
        rect_cut_top(rest, ui_dim(ui, 12, 6, 10));
        at = rect_cut_top(rest, row.h);
        at.h -= LIP;
    }
    if (staff_button(ui, STR(lk_without), at, UI_BUTTON_SECONDARY, NULL, 0))
        app_goto(app, "staff_signin", 0);
}

/* The words, the ways in, the field with its button. */
static void draw_top(struct app *app, struct locked_state *s, struct ui *ui,
                     struct rect r)
{
    float gap = ui_dim(ui, 12, 6, 10), h_row = ui_dim(ui, 66, 54, 62);
    float h_field = ui_dim(ui, 84, 58, 76);
    struct rect row, field, button;
    enum chip_tone tone;
    const char *words = say(app, s, ui, &tone);
    float w;

    row = rect_cut_top(&r, h_row);
    if (s->step == LOCKED_ASK) {
        const char *const both[] = { text_of(T_lk_passphrase), text_of(T_lk_recovery) };
        struct rect ways = row;

        ways.w = staff_segments_width(ui, both, 2);
        ways.w = ways.w > row.w ? row.w : ways.w;
        draw_ways(s, ui, ways);
        draw_without(app, ui, &r, row, ways.w + gap);
    } else {
        ui_label(ui, UI_ROLE_TEXT, STR(lk_new), row, staff_font(ui, STAFF_BOLD), INK,
                 UI_LEFT);
    }
    rect_cut_top(&r, gap);
    field = rect_cut_top(&r, h_field);
    w = ui_dim(ui, 200, 150, 150);
    button = rect_cut_right(&field, w);
    rect_cut_right(&field, gap);
    field_frame(ui, "lk.field",
                text_of(s->way == VAULT_RECOVERY ? T_lk_field_code : T_lk_field), field,
                &s->field, true);
    if (staff_button(ui, STR(lk_go),
                     (struct rect){ button.x, button.y, w, h_field - LIP },
                     UI_BUTTON_PRIMARY, "lock", s->field.text[0] ? 0 : UI_DISABLED) &&
        s->field.text[0] && !s->opening)
        s->opening = 1;
    rect_cut_top(&r, gap);
    desk_say(ui, r, words, tone);
}

/* Upright, the state of the machine stands in a line of its own. */
static void draw_show(struct app *app, struct locked_state *s, struct ui *ui,
                      struct rect r)
{
    bool upright = ui_panel(ui) == PANEL_POR;
    struct rect own = upright ? rect_cut_bottom(&r, r.h / 2 + LIP) : r;
    float w = staff_button_width(ui, text_of(T_lk_show), "eye");

    if (staff_button(ui, STR(lk_show), (struct rect){ r.x + r.w - w, r.y, w, r.h },
                     UI_BUTTON_SECONDARY, "eye", 0))
        s->field.hidden = !s->field.hidden;
    w = staff_button_width(ui, text_of(T_lk_lost), "help");
    if (staff_button(ui, STR(lk_lost), (struct rect){ r.x, r.y, w, r.h },
                     UI_BUTTON_SECONDARY, "help", 0))
        s->step = LOCKED_LOST;
    r.x += w + 12;
    if (upright)
        r = (struct rect){ own.x, own.y + 2 * LIP, 0, own.h - 2 * LIP };
    r.w = staff_button_width(ui, text_of(T_su_state), "info");
    if (staff_button(ui, STR(su_state), r, UI_BUTTON_SECONDARY, "info", 0))
        app_goto(app, "problem", 0);
}

static void draw_lost(struct locked_state *s, struct ui *ui)
{
    if (desk_ask(ui, text_key(T_lk_lost), text_of(T_lk_lost), text_of(T_lk_lost_p),
                 text_of(T_lk_lost_back), text_of(T_lk_lost_ok), UI_BUTTON_PRIMARY))
        s->step = LOCKED_ASK;
}

static void locked_frame(struct app *app, void *state, struct ui *ui)
{
    struct locked_state *s = state;
    bool back;
    struct rect body = desk_step(ui, T_bar_back, "back", text_key(T_lk_title),
                                 text_of(T_lk_title), 0, 0, &back);
    float h_keys = keyboard_height(ui, &s->keyboard), gap = ui_dim(ui, 12, 6, 10);
    float h_show = ui_dim(ui, 60, 46, 2 * 56 + 12);
    struct rect keys, show;

    go_on(app, s, ui);
    if (h_keys > body.h * 0.6F)
        h_keys = body.h * 0.6F;
    keys = rect_cut_bottom(&body, h_keys);
    rect_cut_bottom(&body, gap);
    show = rect_cut_bottom(&body, h_show);
    rect_cut_bottom(&body, gap);
    draw_top(app, s, ui, body);
    draw_show(app, s, ui, (struct rect){ show.x, show.y, show.w, h_show - LIP });
    if (keyboard_frame(ui, keys, &s->keyboard, &s->field, typing_secret()))
        s->said = 0;
    take_card(app, s, ui);
    if (s->step == LOCKED_LOST)
        draw_lost(s, ui);
    if (back) {
        hash_wipe(s, sizeof(*s));
        app_goto(app, "attract", 0);
    }
}

static void locked_enter(struct app *app, void *state, size_t arg)
{
    struct locked_state *s = state;

    (void)arg;
    s->keyboard = (struct keyboard){ .plain = true, .with_digits = true };
    s->field.hidden = true;
    if (strcmp(app_staff_door(app), "locked") != 0)
        app_goto(app, app_staff_door(app), 0);
}

const struct screen screen_locked = {
    .name = "locked",
    .state_size = sizeof(struct locked_state),
    .enter = locked_enter,
    .frame = locked_frame,
};
