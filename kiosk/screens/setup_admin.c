/* Set-up: name of the commune, the first administrator, the passphrase, the recovery code
 * (a13). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/setup.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/face.h"
#include "screens/setup.h"
#include "screens/typing.h"

#define PATIENCE_FRAMES 3
#define LOOK_MS 20000 /* the page counts as touched while the code stands there … */
#define LOOKS_MAX 30  /* … for ten minutes */

/* --- one field --------------------------------------------------------------------------- */

static void finish(struct app *app, struct setup_state *s)
{
    struct setup_admin admin = { .alias = s->alias,
                                 .pin = s->pins.pin,
                                 .passphrase = s->field.text,
                                 .picture = s->picture };
    enum err err = s->from_file ? setup_file_apply(app, s)
                                : setup_finish(app, &admin, s->recovery);

    if (err) {
        setup_say(s, err == ERR_OFFLINE                    ? T_su_file_gone
                     : err == ERR_REJECTED && s->from_file ? T_su_file_other
                     : err == ERR_REJECTED                 ? T_su_refused
                                                           : T_list_unwritten);
        return;
    }
    setup_goto(app, s, SETUP_RECOVERY);
    hash_wipe(&s->pins, sizeof(s->pins));
}

/* What stands in the field is taken. True: on to the next step. */
static bool take(struct app *app, struct setup_state *s)
{
    switch (s->step) {
    case SETUP_COMMUNE:
        if (!db_set(app->db, "commune.name", s->field.text))
            return true;
        setup_say(s, T_list_unwritten);
        return false;
    case SETUP_ADMIN:
        if (strlen(s->field.text) >= STAFF_ALIAS_MAX) {
            setup_say(s, T_sa_e_alias);
            return false;
        }
        snprintf(s->alias, sizeof(s->alias), "%s", s->field.text);
        return true;
    default:
        if (utf8_length(s->field.text) < VAULT_PASSPHRASE_MIN)
            setup_say(s, T_lk_short);
        else
            s->working = 1;
        return false;
    }
}

/* The key is derived once the page has said that it takes a moment. */
void setup_work(struct app *app, struct setup_state *s, struct ui *ui)
{
    if (!s->working)
        return;
    setup_say(s, T_su_working);
    if (s->working++ < PATIENCE_FRAMES) {
        ui_wake_in(ui, 1);
        return;
    }
    s->working = 0;
    finish(app, s);
    ui_wake_in(ui, 1); /* to show the page that comes */
}

static void draw_faces(struct setup_state *s, struct ui *ui, struct rect r)
{
    float side = fminf(ui_dim(ui, 96, 60, 72), r.h - LIP), gap = 10;

    if (side < 40)
        side = 40;

    for (int i = 0; i < STAFF_PICTURES; i++) {
        struct rect at = { r.x + (float)i * (side + gap), r.y, side, side };
        bool chosen = i == s->picture;
        float dy;

        if (at.x + at.w > r.x + r.w)
            break;
        if (staff_row(ui, UI_ROLE_CHOICE,
                      text_key_n(ui_arena(ui), T_sa_face, (size_t)i + 1),
                      text_of(T_sa_face), at, chosen ? UI_SELECTED : 0, &dy))
            s->picture = i;
        face_draw(ui, (struct rect){ at.x + 6, at.y + 6 + dy, at.w - 12, at.h - 12 },
                  i);
    }
}

bool setup_text(struct app *app, struct setup_state *s, struct ui *ui, struct rect r)
{
    bool secret = s->step == SETUP_PASSPHRASE, done = false;
    enum text_id words = s->step == SETUP_COMMUNE ? T_su_commune_field
                         : secret                 ? T_su_passphrase_field
                                                  : T_su_alias_field;
    enum text_id sub = s->step == SETUP_COMMUNE ? T_su_commune_sub
                       : secret                 ? T_su_passphrase_sub
                                                : T_su_alias_sub;
    float gap = ui_dim(ui, 12, 6, 10), w, h;
    struct rect keys, row, button;

    h = keyboard_height(ui, &s->keyboard);
    keys = rect_cut_bottom(&r, h > r.h * 0.66F ? r.h * 0.66F : h);
    rect_cut_bottom(&r, gap);
    row = rect_cut_top(&r, ui_dim(ui, 76, 54, 68));
    w = staff_button_width(ui, text_of(T_reg_next), "next");
    button = rect_cut_right(&row, w);
    button.h -= LIP;
    rect_cut_right(&row, gap);
    if (secret) {
        struct rect show = rect_cut_right(&row, row.h);

        show.h -= LIP;
        rect_cut_right(&row, gap);
        if (staff_button(ui, text_key(T_lk_show), "", show, UI_BUTTON_SECONDARY, "eye",
                         0))
            s->field.hidden = !s->field.hidden;
    }
    field_frame(ui, "su.field", text_of(words), row, &s->field, true);
    rect_cut_top(&r, gap);
    if (!s->has_said)
        rect_cut_top(&r, ui_label(ui, UI_ROLE_TEXT, text_key(sub), text_of(sub), r,
                                  staff_font(ui, STAFF_BODY), INK2, UI_LEFT) +
                             gap);
    if (s->step == SETUP_ADMIN && !s->has_said)
        draw_faces(s, ui, r);
    if (keyboard_frame(ui, keys, &s->keyboard, &s->field,
                       secret ? typing_secret() : typing_names(app, true)))
        s->has_said = false;
    if (staff_button(ui, STR(reg_next), button, UI_BUTTON_PRIMARY, "next",
                     s->field.text[0] ? 0 : UI_DISABLED) &&
        s->field.text[0])
        done = take(app, s);
    setup_work(app, s, ui);
    if (s->has_said && s->step != SETUP_RECOVERY)
        desk_say(ui, r, text_of(s->said), CHIP_NGHE);
    return done;
}

/* --- the PIN, twice ------------------------------------------------------------------------ */

static enum text_id pin_words(enum pin_trouble trouble)
{
    return trouble == PIN_EASY ? T_sa_e_easy : T_sa_e_short;
}

static void say(struct pin_twice *p, enum text_id text)
{
    p->said = text;
    p->has_said = true;
}

/* The sixth digit enters by itself. True: both are the same. */
static bool pin_entered(struct pin_twice *s)
{
    if (!s->again[0]) {
        enum pin_trouble trouble = staff_pin_check(s->pin);

        if (!trouble)
            return false;
        say(s, pin_words(trouble));
        hash_wipe(s->pin, sizeof(s->pin));
        return false;
    }
    if (!strcmp(s->pin, s->again))
        return true;
    say(s, T_sa_e_twice);
    hash_wipe(s->pin, sizeof(s->pin));
    hash_wipe(s->again, sizeof(s->again));
    return false;
}

bool pin_twice_frame(struct ui *ui, struct rect r, struct pin_twice *s)
{
    struct rect left = r, keys, row;
    struct ui_font bold = staff_font(ui, STAFF_BOLD);
    bool second = strlen(s->pin) == SETUP_PIN_DIGITS;
    char *into = second ? s->again : s->pin, key;
    size_t n = strlen(into);
    float h_dots = ui_dim(ui, 60, 44, 52);

    if (ui_panel(ui) == PANEL_POR) {
        left = rect_cut_top(&r, 320);
        keys = r;
    } else {
        keys = rect_cut_right(&left, ui_dim(ui, 560, 430, 0));
        rect_cut_right(&left, 30);
    }
    for (int i = 0; i < 2; i++) {
        const char *typed = i ? s->again : s->pin;
        enum text_id id = i ? T_su_pin2 : T_su_pin;

        rect_cut_top(&left, ui_label(ui, UI_ROLE_TEXT, i ? "su.pin2.l" : "su.pin.l",
                                     text_of(id), left, bold, INK, UI_LEFT));
        row = rect_cut_top(&left, h_dots);
        staff_pin_dots(ui, row, SETUP_PIN_DIGITS, strlen(typed));
        ui_node_value(ui, UI_ROLE_FIELD, text_key(id), text_of(id),
                      page_number(ui, (long long)strlen(typed)), row, 0);
        rect_cut_top(&left, 12);
    }
    ui_label(ui, UI_ROLE_TEXT, STR(sa_note), left, staff_font(ui, STAFF_SMALL), INK2,
             UI_LEFT);
    key = staff_keypad(ui, keys, NULL, NULL);
    if (key == '\b' && n > 0)
        into[n - 1] = 0;
    if (key < '0' || key > '9' || n >= SETUP_PIN_DIGITS)
        return false;
    into[n] = key;
    into[n + 1] = 0;
    s->has_said = false;
    return n + 1 == SETUP_PIN_DIGITS && pin_entered(s);
}

bool setup_pin(struct app *app, struct setup_state *s, struct ui *ui, struct rect r)
{
    bool done = pin_twice_frame(ui, r, &s->pins);

    (void)app;
    s->has_said = s->pins.has_said;
    s->said = s->pins.said;
    return done;
}

/* --- the recovery code --------------------------------------------------------------------- */

/* It must not vanish while somebody looks for a pen, nor stand there all night. */
static void stay(struct app *app, struct setup_state *s, struct ui *ui)
{
    if (s->looked >= LOOKS_MAX)
        return;
    if (clock_mono_ms(app->clock) - app->touched_ms >= LOOK_MS) {
        s->looked++;
        app_touched(app);
    }
    ui_wake_in(ui, LOOK_MS);
}

bool setup_recovery(struct app *app, struct setup_state *s, struct ui *ui,
                    struct rect r)
{
    struct ui_font code = { ui_dim(ui, 46, 30, 30), ui_dim(ui, 62, 42, 42), true };
    struct ui_font body = staff_font(ui, STAFF_BODY);
    struct rect row = rect_cut_bottom(&r, ui_dim(ui, 84, 60, 72)), box;
    float w = staff_button_width(ui, text_of(T_su_done), "next"), gap = 18;
    int answer = 0;

    stay(app, s, ui);
    rect_cut_top(
        &r,
        ui_label(ui, UI_ROLE_TEXT, STR(su_recovery_sub), r, body, INK, UI_LEFT) + gap);
    box = rect_cut_top(
        &r, ui_text(ui, rect_inset(r, 24, 0), s->recovery, code, 0, UI_CENTRE) + 40);
    staff_panel(ui, box);
    ui_label(ui, UI_ROLE_TEXT, "su.recovery.code", s->recovery, rect_inset(box, 24, 20),
             code, INDIGO, UI_CENTRE);
    rect_cut_top(&r, gap);
    ui_label(ui, UI_ROLE_TEXT, STR(su_recovery_why), r, body, INK2, UI_LEFT);
    if (staff_button(ui, STR(su_done),
                     (struct rect){ row.x + row.w - w, row.y, w, row.h - LIP },
                     UI_BUTTON_PRIMARY, "next", 0))
        s->asking = true;
    if (s->asking)
        answer = desk_ask(ui, text_key(T_su_written), text_of(T_su_written),
                          text_of(T_su_written_p), text_of(T_su_written_no),
                          text_of(T_su_written_yes), UI_BUTTON_PRIMARY);
    s->asking &= !answer;
    if (answer == 1) {
        s->done = true;
        if (!setup_file_joins(app, s))
            app_goto(app, "staff_signin", 0);
    }
    return false;
}
