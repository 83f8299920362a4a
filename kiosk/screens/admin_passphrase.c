/* Another passphrase for the names, after the PIN: typed where it can be read, so that it is
 * written down as it is. The old one is of no use from then on. */
#include "app/app.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/screens.h"
#include "screens/typing.h"

#define PATIENCE_FRAMES \
    3 /* the page says that it takes a moment before the key is derived */

struct passphrase_state {
    struct field field;
    struct keyboard keyboard;
    struct desk_pin pin;
    bool sure;   /* the PIN was right */
    int working; /* frames since the button; 0: nothing is asked */
    enum text_id said;
    bool has_said;
};

static void passphrase_enter(struct app *app, void *state, size_t arg)
{
    struct passphrase_state *s = state;

    (void)arg;
    s->keyboard = (struct keyboard){ .plain = true, .with_digits = true };
    if (!app_may(app, MAY_ADMINISTER))
        app_goto(app, app_staff_door(app), 0);
}

static void leave(struct app *app, struct passphrase_state *s)
{
    hash_wipe(s, sizeof(*s));
    app_goto(app, "admin_staff", 0);
}

static void set_it(struct app *app, struct passphrase_state *s)
{
    enum err err = vault_set_passphrase(app->desk.vault, s->field.text);

    if (!err)
        err = audit_add(app->db, AUDIT_STAFF, app_actor(app), "au.e.passphrase", NULL);
    s->has_said = err != ERR_OK;
    s->said = err == ERR_REJECTED  ? T_lk_short
              : err == ERR_OFFLINE ? T_sa_need_open
                                   : T_list_unwritten;
    if (!err)
        leave(app, s);
}

static void go_on(struct app *app, struct passphrase_state *s, struct ui *ui)
{
    if (!s->working)
        return;
    if (s->working++ < PATIENCE_FRAMES) {
        ui_wake_in(ui, 1);
        return;
    }
    s->working = 0;
    set_it(app, s);
}

static void draw_top(struct passphrase_state *s, struct ui *ui, struct rect r)
{
    float gap = ui_dim(ui, 12, 6, 10);
    struct rect row = rect_cut_top(&r, ui_dim(ui, 76, 54, 68)), go;
    bool can = s->field.text[0] && !s->working;

    go = rect_cut_right(&row, staff_button_width(ui, text_of(T_sa_save), "check"));
    go.h -= LIP;
    rect_cut_right(&row, gap);
    field_frame(ui, "pw.field", text_of(T_su_passphrase_field), row, &s->field, true);
    if (staff_button(ui, STR(sa_save), go, UI_BUTTON_PRIMARY, "check",
                     can ? 0 : UI_DISABLED) &&
        can)
        s->working = 1;
    rect_cut_top(&r, gap);
    if (s->working || s->has_said)
        desk_say(ui, r, text_of(s->working ? T_pw_working : s->said),
                 s->working ? CHIP_SAND : CHIP_NGHE);
    else
        ui_label(ui, UI_ROLE_TEXT, STR(pw_sub), r, staff_font(ui, STAFF_BODY), INK2,
                 UI_LEFT);
}

static void passphrase_frame(struct app *app, void *state, struct ui *ui)
{
    struct passphrase_state *s = state;
    bool back;
    struct rect r = desk_step(ui, T_bar_back, "back", text_key(T_pw_title),
                              text_of(T_pw_title), 0, 0, &back);
    float h = keyboard_height(ui, &s->keyboard);
    struct rect keys = rect_cut_bottom(&r, h > r.h * 0.6F ? r.h * 0.6F : h);
    int answer;

    go_on(app, s, ui);
    rect_cut_bottom(&r, 8);
    draw_top(s, ui, r);
    if (keyboard_frame(ui, keys, &s->keyboard, &s->field, typing_secret()))
        s->has_said = false;
    if (!s->sure) {
        answer = desk_pin(app, ui, &s->pin);
        s->sure = answer > 0;
        back |= answer < 0;
    }
    if (back)
        leave(app, s);
}

const struct screen screen_admin_passphrase = {
    .name = "admin_passphrase",
    .state_size = sizeof(struct passphrase_state),
    .enter = passphrase_enter,
    .frame = passphrase_frame,
};
