/* Somebody of the staff in two or three steps: the name on screen and a picture, role and
 * thôn, for a new one the PIN. Who it is: the place in staff_list + 1; 0 a new one. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "base/check.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/face.h"
#include "screens/register.h"
#include "screens/screens.h"
#include "screens/setup.h"
#include "screens/typing.h"

enum step { EDIT_NAME, EDIT_ROLE, EDIT_PIN };

struct staff_edit_state {
    enum step step;
    struct staff who; /* id "": new */
    struct field field;
    struct keyboard keyboard;
    struct pin_twice pins;
    struct commune_entry *thon;
    size_t n_thon;
    enum text_id said;
    bool has_said;
};

static const enum text_id roles[] = { [STAFF_VOLUNTEER] = T_sa_vol,
                                      [STAFF_ADMIN] = T_sa_admin,
                                      [STAFF_INSPECTOR] = T_sa_inspector,
                                      [STAFF_EDITOR] = T_sa_editor };

static void edit_enter(struct app *app, void *state, size_t arg)
{
    struct staff_edit_state *s = state;
    struct arena *arena = &app->nav.page_arena;
    struct staff *all;
    size_t n = 0, kept = 0;

    s->keyboard = (struct keyboard){ .with_digits = true };
    s->who = (struct staff){ .role = STAFF_VOLUNTEER };
    if (!app_may(app, MAY_ADMINISTER)) {
        app_goto(app, app_staff_door(app), 0);
        return;
    }
    if (arg && !staff_list(app->db, arena, &all, &n) && arg <= n)
        s->who = all[arg - 1];
    snprintf(s->field.text, sizeof(s->field.text), "%s", s->who.alias);
    if (commune_read(app->db, COMMUNE_THON, arena, &s->thon, &s->n_thon))
        s->n_thon = 0;
    for (size_t i = 0; i < s->n_thon; i++)
        if (!s->thon[i].gone)
            s->thon[kept++] = s->thon[i];
    s->n_thon = kept;
}

static void edit_say(struct staff_edit_state *s, enum text_id text)
{
    s->said = text;
    s->has_said = true;
}

/* Wiped, and back to the list. */
static void leave(struct app *app, struct staff_edit_state *s)
{
    hash_wipe(s, sizeof(*s));
    app_goto(app, "admin_staff", 0);
}

static void save(struct app *app, struct staff_edit_state *s)
{
    bool is_new = !s->who.id[0];
    enum err err = app_staff_act(app, is_new ? STAFF_ACT_ADD : STAFF_ACT_CHANGE,
                                 &s->who, s->pins.pin);

    if (err) {
        hash_wipe(&s->pins, sizeof(s->pins));
        edit_say(s, err != ERR_REJECTED ? T_list_unwritten
                    : is_new            ? T_list_refused
                                        : T_sa_last);
        return;
    }
    if (!strcmp(s->who.id, app->desk.who.id))
        app->desk.who = s->who; /* one's own picture and role, at once */
    leave(app, s);
}

/* --- name ------------------------------------------------------------------------------------ */

static void draw_faces(struct staff_edit_state *s, struct ui *ui, struct rect r)
{
    float side = r.h - 10 < 72 ? r.h - 10 : 72, dy = 0;

    for (int i = 0; i < STAFF_PICTURES && side > 30; i++) {
        struct rect at = { r.x + (float)i * (side + 10), r.y + 6, side, side - LIP };

        if (staff_row(
                ui, UI_ROLE_CHOICE, text_key_n(ui_arena(ui), T_sa_face, (size_t)i + 1),
                text_of(T_sa_face), at, i == s->who.picture ? UI_SELECTED : 0, &dy))
            s->who.picture = i;
        face_draw(ui, (struct rect){ at.x + 5, at.y + 3 + dy, side - 10, side - 10 },
                  i);
    }
}

static void draw_name(const struct app *app, struct staff_edit_state *s, struct ui *ui,
                      struct rect r)
{
    float h = keyboard_height(ui, &s->keyboard), w;
    struct rect keys = rect_cut_bottom(&r, h > r.h * 0.6F ? r.h * 0.6F : h), row;

    rect_cut_bottom(&r, 8);
    row = rect_cut_top(&r, ui_dim(ui, 76, 54, 68));
    w = staff_button_width(ui, text_of(T_reg_next), "next");
    if (staff_button(ui, STR(reg_next),
                     (struct rect){ row.x + row.w - w, row.y, w, row.h - LIP },
                     UI_BUTTON_PRIMARY, "next", s->field.text[0] ? 0 : UI_DISABLED) &&
        s->field.text[0]) {
        if (strlen(s->field.text) < STAFF_ALIAS_MAX) {
            snprintf(s->who.alias, sizeof(s->who.alias), "%s", s->field.text);
            s->step = EDIT_ROLE;
        } else {
            edit_say(s, T_sa_e_alias);
        }
    }
    rect_cut_right(&row, w + 10);
    field_frame(ui, "sa.field", text_of(T_su_alias_field), row, &s->field, true);
    rect_cut_top(&r, 8);
    draw_faces(s, ui, r);
    if (keyboard_frame(ui, keys, &s->keyboard, &s->field, typing_names(app, true)))
        s->has_said = false;
}

/* --- role and thôn ---------------------------------------------------------------------------- */

static void draw_thon(struct staff_edit_state *s, struct ui *ui, struct rect r)
{
    size_t columns = ui_panel(ui) == PANEL_POR ? 2 : 4, n = s->n_thon + 1;
    size_t rows = (n + columns - 1) / columns;
    float gap = ui_dim(ui, 12, 7, 10), most = ui_dim(ui, 72, 58, 70);
    float w = (r.w - gap * (float)(columns - 1)) / (float)columns;
    float h = (r.h - gap * (float)(rows - 1)) / (float)rows;

    h = h < most ? h : most;
    for (size_t i = 0; i < n; i++) {
        const char *code = i ? s->thon[i - 1].code : "";
        const char *name = i ? s->thon[i - 1].name : text_of(T_sa_whole);
        struct rect at = { r.x + (float)(i % columns) * (w + gap),
                           r.y + (float)(i / columns) * (h + gap), w, h - LIP };

        if (register_choice(ui, text_key_n(ui_arena(ui), T_sa_c3, i), name, at,
                            !strcmp(s->who.thon, code), NULL))
            snprintf(s->who.thon, sizeof(s->who.thon), "%s", code);
    }
}

static void draw_role(struct app *app, struct staff_edit_state *s, struct ui *ui,
                      struct rect r)
{
    static const char *const ids[] = { "sa.role#1", "sa.role#2", "sa.role#3",
                                       "sa.role#4" };
    const char *const words[] = { text_of(roles[1]), text_of(roles[2]),
                                  text_of(roles[3]), text_of(roles[4]) };
    bool is_new = !s->who.id[0];
    enum text_id word = is_new ? T_reg_next : T_sa_save;
    const char *icon = is_new ? "next" : "check";
    struct ui_font label = staff_font(ui, STAFF_SMALL);
    float gap = ui_dim(ui, 18, 10, 14), w = staff_button_width(ui, text_of(word), icon);
    struct rect foot = rect_cut_bottom(&r, ui_dim(ui, 92, 72, 84)), go = foot;
    int role;

    ui_label(ui, UI_ROLE_TEXT, STR(sa_c2), rect_cut_top(&r, label.line + 4), label,
             INK2, UI_LEFT);
    role = staff_segments(ui, rect_cut_top(&r, ui_dim(ui, 66, 52, 60)), ids, words,
                          COUNT(words), (size_t)s->who.role - 1);
    if (role >= 0) {
        s->who.role = (enum staff_role)(role + 1);
        s->has_said = false;
    }
    rect_cut_top(&r, gap);
    ui_label(ui, UI_ROLE_TEXT, STR(sa_c3), rect_cut_top(&r, label.line + 4), label,
             INK2, UI_LEFT);
    rect_cut_bottom(&r, gap);
    draw_thon(s, ui, r);
    go.w = w + ui_dim(ui, 44, 34, 10);
    go.x += foot.w - go.w;
    go.h -= LIP;
    rect_cut_right(&foot, go.w + gap);
    if (staff_button(ui, text_key(word), text_of(word), go, UI_BUTTON_PRIMARY, icon,
                     0)) {
        if (is_new)
            s->step = EDIT_PIN;
        else
            save(app, s);
    }
    if (s->has_said)
        desk_say(ui, foot, text_of(s->said), CHIP_NGHE);
}

/* --- page ------------------------------------------------------------------------------------ */

static void draw_pin(struct app *app, struct staff_edit_state *s, struct ui *ui,
                     struct rect r)
{
    struct rect say = { r.x, r.y, r.w / 2, r.h };
    enum text_id said = s->pins.has_said ? s->pins.said : s->said;

    if (s->pins.has_said || s->has_said)
        desk_say(ui, say, text_of(said), CHIP_NGHE);
    if (pin_twice_frame(ui, r, &s->pins))
        save(app, s);
}

static void edit_frame(struct app *app, void *state, struct ui *ui)
{
    struct staff_edit_state *s = state;
    bool back, is_new = !s->who.id[0];
    enum text_id title = is_new ? T_sa_add : T_sa_edit;
    struct rect r = desk_step(ui, T_bar_back, "back", text_key(title), text_of(title),
                              (size_t)s->step + 1, is_new ? 3 : 2, &back);

    if (back && s->step == EDIT_NAME) {
        leave(app, s);
        return;
    }
    if (back) {
        s->step--;
        s->has_said = false;
        hash_wipe(&s->pins, sizeof(s->pins));
    }
    switch (s->step) {
    case EDIT_NAME:
        draw_name(app, s, ui, r);
        if (s->has_said)
            desk_say(ui, r, text_of(s->said), CHIP_NGHE);
        break;
    case EDIT_ROLE:
        draw_role(app, s, ui, r);
        break;
    case EDIT_PIN:
        draw_pin(app, s, ui, r);
        break;
    }
}

const struct screen screen_admin_staff_edit = {
    .name = "admin_staff_edit",
    .state_size = sizeof(struct staff_edit_state),
    .enter = edit_enter,
    .frame = edit_frame,
};
