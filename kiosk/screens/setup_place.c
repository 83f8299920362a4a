/* Set-up: the way to the server, the lists of the commune, where the kiosk stands (a11, a12). */
#include <stdio.h>
#include <string.h>

#include "app/lists.h"
#include "app/uplink.h"
#include "base/check.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/setup.h"
#include "screens/typing.h"

#define CHOICES_MAX 60

/* Cuts the keys off the bottom of `r` and lets them write into `f`. */
static void draw_keys(struct setup_state *s, struct ui *ui, struct rect *r,
                      struct field *f, const struct keyboard_hands *hands)
{
    float h = keyboard_height(ui, &s->keyboard);
    struct rect keys;

    h = h > r->h * 0.66F ? r->h * 0.66F : h;
    keys = rect_cut_bottom(r, h);
    rect_cut_bottom(r, ui_dim(ui, 10, 4, 8));
    if (keyboard_frame(ui, keys, &s->keyboard, f, hands))
        s->has_said = false;
}

/* --- the way to the server ------------------------------------------------------------------- */

static enum text_id net_words(const struct uplink_status *status)
{
    if (status->enrolled)
        return T_su_net_done;
    switch (status->enrol) {
    case UPLINK_ENROL_ASKING:
        return T_su_net_asking;
    case UPLINK_ENROL_NUMBER:
        return T_su_net_number;
    case UPLINK_ENROL_CONFIRMING:
        return T_su_net_confirming;
    case UPLINK_ENROL_FAILED:
        return T_su_net_failed;
    case UPLINK_ENROL_NONE:
    case UPLINK_ENROL_DONE:
        break;
    }
    return T_su_net_sub;
}

static void ask_server(struct app *app, struct setup_state *s)
{
    enum err err = uplink_enrol(app->uplink, s->field.text, s->code.text);

    if (err)
        setup_say(s, err == ERR_RETRY ? T_su_net_asking : T_su_net_bad);
    hash_wipe(s->code.text, sizeof(s->code.text));
}

static void draw_number(struct app *app, struct ui *ui, struct rect r,
                        const struct uplink_status *status)
{
    struct ui_font font = { ui_dim(ui, 64, 44, 52), ui_dim(ui, 80, 56, 64), true };
    struct rect row;
    float w;

    ui_label(ui, UI_ROLE_TEXT, "su.number", status->number, rect_cut_top(&r, font.line),
             font, INDIGO, UI_LEFT);
    if (status->enrol != UPLINK_ENROL_NUMBER)
        return;
    rect_cut_top(&r, 12);
    row = rect_cut_top(&r, ui_dim(ui, 76, 60, 68));
    row.h -= LIP;
    w = staff_button_width(ui, text_of(T_su_net_same), "check");
    row.w = w;
    if (staff_button(ui, STR(su_net_same), row, UI_BUTTON_PRIMARY, "check", 0))
        uplink_enrol_confirm(app->uplink);
    row.x += w + 12;
    row.w = staff_button_width(ui, text_of(T_su_net_other), "close");
    if (staff_button(ui, STR(su_net_other), row, UI_BUTTON_SECONDARY, "close", 0))
        uplink_enrol_cancel(app->uplink);
}

bool setup_net(struct app *app, struct setup_state *s, struct ui *ui, struct rect r)
{
    struct uplink_status status;
    struct field *f = s->in_code ? &s->code : &s->field;
    struct rect row, url, code;
    float gap = ui_dim(ui, 12, 6, 10), used, w;
    bool full;

    uplink_status(app->uplink, &status);
    if (!status.enrolled && status.enrol != UPLINK_ENROL_NUMBER &&
        status.enrol != UPLINK_ENROL_CONFIRMING)
        draw_keys(s, ui, &r, f, typing_secret());
    used = ui_label(ui, UI_ROLE_TEXT, text_key(net_words(&status)),
                    text_of(net_words(&status)), r, staff_font(ui, STAFF_BODY), INK,
                    UI_LEFT);
    rect_cut_top(&r, used + gap);
    if (status.enrolled)
        return false;
    if (status.enrol == UPLINK_ENROL_NUMBER ||
        status.enrol == UPLINK_ENROL_CONFIRMING) {
        draw_number(app, ui, r, &status);
        ui_wake_in(ui, 1000);
        return false;
    }
    row = rect_cut_top(&r, ui_dim(ui, 76, 54, 68));
    w = staff_button_width(ui, text_of(T_su_net_ask), "link");
    full = s->field.text[0] && s->code.text[0];
    if (staff_button(ui, STR(su_net_ask),
                     (struct rect){ row.x + row.w - w, row.y, w, row.h - LIP },
                     UI_BUTTON_PRIMARY, "link", full ? 0 : UI_DISABLED) &&
        full)
        ask_server(app, s);
    rect_cut_right(&row, w + gap);
    url = rect_cut_left(&row, row.w * 0.6F);
    rect_cut_left(&row, gap);
    code = row;
    if (field_frame(ui, "su.url", text_of(T_su_url), url, &s->field, !s->in_code))
        s->in_code = false;
    if (field_frame(ui, "su.code", text_of(T_su_code), code, &s->code, s->in_code))
        s->in_code = true;
    if (status.enrol == UPLINK_ENROL_ASKING)
        ui_wake_in(ui, 500);
    return false;
}

/* --- lists ----------------------------------------------------------------------------------- */

static void add(struct app *app, struct setup_state *s, const char *name)
{
    struct commune_entry e = { .gone = false };
    enum err err;

    snprintf(e.name, sizeof(e.name), "%s", name);
    err = commune_set(app->db, s->step == SETUP_THON ? COMMUNE_THON : COMMUNE_UNIT, &e);
    if (err) {
        setup_say(s, err == ERR_REJECTED ? T_list_refused : T_list_unwritten);
        return;
    }
    s->has_said = false;
    hash_wipe(s->field.text, sizeof(s->field.text));
}

/* Names in rows of chips; the one tapped, or -1. */
static int draw_chips(struct ui *ui, struct rect *r, const char *const *names, size_t n,
                      size_t chosen)
{
    float h = ui_dim(ui, 62, 50, 58), gap = ui_dim(ui, 10, 8, 8), x = r->x, y = r->y;
    int tapped = -1;

    for (size_t i = 0; i < n; i++) {
        float w = staff_button_width(ui, names[i], NULL);

        if (x > r->x && x + w > r->x + r->w) {
            x = r->x;
            y += h + gap;
        }
        if (y + h > r->y + r->h)
            break;
        if (staff_button(ui, text_key_n(ui_arena(ui), T_list_pick, i + 1), names[i],
                         (struct rect){ x, y, w, h - LIP },
                         i == chosen ? UI_BUTTON_PRIMARY : UI_BUTTON_SECONDARY, NULL,
                         i == chosen ? UI_SELECTED : 0))
            tapped = (int)i;
        x += w + gap;
    }
    rect_cut_top(r, y + h + gap - r->y);
    return tapped;
}

static bool stands_there(const struct commune_entry *list, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (!list[i].gone && !strcmp(list[i].name, name))
            return true;
    return false;
}

static void draw_list(struct app *app, struct setup_state *s, struct ui *ui,
                      struct rect r)
{
    enum commune_list which = s->step == SETUP_THON ? COMMUNE_THON : COMMUNE_UNIT;
    const char *const *ideas =
        s->step == SETUP_THON ? list_thon_ideas : list_unit_ideas;
    const char *names[CHOICES_MAX];
    struct commune_entry *list;
    size_t n = 0, n_ideas = 0, n_here = 0;
    const char *so_far = "";
    int tapped;

    if (commune_read(app->db, which, ui_arena(ui), &list, &n))
        n = 0;
    for (size_t i = 0; i < n; i++)
        if (!list[i].gone) {
            so_far = arena_printf(ui_arena(ui), "%s%s%s", so_far, n_here ? ", " : "",
                                  list[i].name);
            n_here++;
        }
    if (!n_here)
        so_far = text_of(s->step == SETUP_THON ? T_su_thon_sub : T_su_units_sub);
    rect_cut_top(&r, ui_label(ui, UI_ROLE_TEXT, "su.list", so_far, r,
                              staff_font(ui, STAFF_SMALL), INK, UI_LEFT) +
                         8);
    for (size_t i = 0; ideas[i] && n_ideas < CHOICES_MAX; i++)
        if (!stands_there(list, n, ideas[i]))
            names[n_ideas++] = ideas[i];
    tapped = draw_chips(ui, &r, names, n_ideas, CHOICES_MAX);
    if (tapped >= 0)
        add(app, s, names[tapped]);
}

bool setup_list(struct app *app, struct setup_state *s, struct ui *ui, struct rect r)
{
    struct rect row;
    float gap = ui_dim(ui, 12, 6, 10), w;
    bool keys = s->typing || ui_panel(ui) != PANEL_CMP;

    if (keys)
        draw_keys(s, ui, &r, &s->field, typing_names(app, true));
    row = rect_cut_top(&r, ui_dim(ui, 76, 54, 68));
    rect_cut_top(&r, gap);
    w = staff_button_width(ui, text_of(T_su_add), "plus");
    if (staff_button(ui, STR(su_add),
                     (struct rect){ row.x + row.w - w, row.y, w, row.h - LIP },
                     UI_BUTTON_PRIMARY, "plus", s->field.text[0] ? 0 : UI_DISABLED) &&
        s->field.text[0]) {
        add(app, s, s->field.text);
        s->typing = s->has_said; /* refused: to be mended */
    }
    rect_cut_right(&row, w + gap);
    if (field_frame(ui, "su.field",
                    text_of(s->step == SETUP_THON ? T_su_thon_field : T_su_unit_field),
                    row, &s->field, keys))
        s->typing = true;
    draw_list(app, s, ui, r);
    return false;
}

/* --- where it stands ------------------------------------------------------------------------- */

bool setup_place(struct app *app, struct setup_state *s, struct ui *ui, struct rect r)
{
    const char *names[CHOICES_MAX];
    const char *now = db_setting(app->db, "place.thon", "");
    struct list_entry *list;
    size_t n = 0, chosen = CHOICES_MAX;
    struct ui_font head = staff_font(ui, STAFF_HEAD);
    int tapped;

    if (list_read(app->db, LIST_THON, ui_arena(ui), &list, &n))
        n = 0;
    n = n > CHOICES_MAX ? CHOICES_MAX : n;
    for (size_t i = 0; i < n; i++) {
        names[i] = list[i].words;
        chosen = !strcmp(list[i].code, now) ? i : chosen;
    }
    rect_cut_top(&r, ui_label(ui, UI_ROLE_TEXT, STR(su_thon), r, head, INK, UI_LEFT) +
                         ui_dim(ui, 12, 6, 10));
    tapped = draw_chips(ui, &r, names, n, chosen);
    if (tapped >= 0 && db_set(app->db, "place.thon", list[tapped].code))
        setup_say(s, T_list_unwritten);
    if (!n)
        ui_label(ui, UI_ROLE_TEXT, STR(open_no_thon), r, staff_font(ui, STAFF_BODY),
                 INK2, UI_LEFT);
    return false;
}
