/* One network: what it is, joining, forgetting; its password, or its name where it does not call
 * it out. A password stands in the page's memory only, and is wiped with it. */
#include <string.h>

#include "app/upkeep.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/network_page.h"
#include "screens/typing.h"

const char *network_words(struct ui *ui, const struct wifi_network *n)
{
    static const enum text_id airs[] = { [WIFI_AIR_AWAY] = T_nw_s_away,
                                         [WIFI_AIR_WEAK] = T_nw_s_weak,
                                         [WIFI_AIR_FAIR] = T_nw_s_fair,
                                         [WIFI_AIR_STRONG] = T_nw_s_strong };
    const char *air = text_of(airs[wifi_air_of(n->strength)]);
    const char *lock = n->strength < 0 ? ""
                       : n->lock == WIFI_LOCK_NONE || n->lock == WIFI_LOCK_OWE
                           ? text_of(T_nw_l_open)
                           : text_of(T_nw_l_locked);

    return arena_printf(ui_arena(ui), "%s%s%s%s%s", air, *lock ? " · " : "", lock,
                        n->known ? " · " : "", n->known ? text_of(T_nw_l_known) : "");
}

void network_type(struct network_page *s, enum network_part part)
{
    hash_wipe(&s->field, sizeof(s->field));
    s->field.hidden = s->field.secret = part == NETWORK_PASSWORD;
    s->keyboard = (struct keyboard){ .plain = part == NETWORK_PASSWORD, .ascii = true };
    s->too_short = s->too_long = false;
    s->part = part;
}

void network_choose(struct app *app, struct network_page *s,
                    const struct wifi_network *one)
{
    wifi_join_seen(app->machine->wifi);
    s->one = *one;
    s->asks_forget = false;
    s->part = NETWORK_ONE;
    if (!one->known && !one->joined && wifi_has_password(one->lock))
        network_type(s, NETWORK_PASSWORD);
}

static void join(struct app *app, struct network_page *s, const char *password)
{
    wifi_join(app->machine->wifi, &s->one, password, clock_mono_ms(app->clock));
    hash_wipe(&s->field, sizeof(s->field));
    s->part = NETWORK_LIST;
    s->first = 0;
    if (app->desk.open)
        upkeep_note(app, AUDIT_SETTING, "au.e.wifi", NULL);
}

/* --- what it is ------------------------------------------------------------------------ */

static enum text_id advice(const struct wifi_network *n)
{
    if (n->joined)
        return T_nw_a_joined;
    if (n->strength < 0)
        return T_nw_a_away;
    switch (n->lock) {
    case WIFI_LOCK_OLD:
        return T_nw_a_old;
    case WIFI_LOCK_OFFICE:
        return T_nw_a_office;
    case WIFI_LOCK_NONE:
    case WIFI_LOCK_OWE:
        return T_nw_a_open;
    case WIFI_LOCK_PSK:
    case WIFI_LOCK_SAE:
        break;
    }
    return T_nw_a_known;
}

static bool can_join(const struct wifi_network *n)
{
    return !n->joined && n->strength >= 0 && n->lock != WIFI_LOCK_OLD &&
           (n->known || n->lock != WIFI_LOCK_OFFICE);
}

static void ask_forget(struct app *app, struct network_page *s, struct ui *ui)
{
    int answer = desk_ask(
        ui, "nw.forget.ask",
        text_fill(ui_arena(ui), text_of(T_nw_forget_ask), "ten", s->one.name, NULL),
        text_of(T_nw_forget_sub), text_of(T_nw_forget_no), text_of(T_nw_forget),
        UI_BUTTON_DANGER);

    if (answer)
        s->asks_forget = false;
    if (answer <= 0)
        return;
    wifi_forget(app->machine->wifi, &s->one.ssid);
    if (app->desk.open)
        upkeep_note(app, AUDIT_SETTING, "au.e.wifi_forget", NULL);
    s->part = NETWORK_LIST;
}

/* One after the other, each as wide as its words; upright one below the other. */
static bool next_button(struct ui *ui, struct rect *r, enum text_id word,
                        enum ui_button_kind kind, const char *icon)
{
    bool upright = ui_panel(ui) == PANEL_POR;
    float gap = ui_dim(ui, 14, 8, 12), h = ui_dim(ui, 84, 66, 76);
    struct rect at = { r->x, r->y, staff_button_width(ui, text_of(word), icon), h };

    if (upright) {
        at.w = r->w;
        rect_cut_top(r, h + LIP + gap);
    } else {
        rect_cut_left(r, at.w + gap);
    }
    return staff_button(ui, text_key(word), text_of(word), at, kind, icon, 0);
}

static void draw_one(struct app *app, struct network_page *s, struct ui *ui)
{
    const struct wifi_network *n = &s->one;
    bool back;
    struct rect r = desk_step(ui, T_of_back, "back", "nw.one", n->name, 0, 0, &back);
    struct ui_font body = staff_font(ui, STAFF_BODY);

    r.y += ui_label(ui, UI_ROLE_TEXT, "nw.one.words", network_words(ui, n), r,
                    staff_font(ui, STAFF_BOLD), INK, UI_LEFT) +
           ui_dim(ui, 12, 6, 10);
    r.y += ui_label(ui, UI_ROLE_TEXT, text_key(advice(n)), text_of(advice(n)), r, body,
                    INK2, UI_LEFT) +
           ui_dim(ui, 28, 14, 20);
    if (can_join(n) && next_button(ui, &r, T_nw_join, UI_BUTTON_PRIMARY, "wifi"))
        join(app, s, NULL);
    if (can_join(n) && n->known && wifi_has_password(n->lock) &&
        next_button(ui, &r, T_nw_retype, UI_BUTTON_SECONDARY, "keyb"))
        network_type(s, NETWORK_PASSWORD);
    if (n->known && next_button(ui, &r, T_nw_forget, UI_BUTTON_SECONDARY, "trash"))
        s->asks_forget = true;
    if (s->asks_forget)
        ask_forget(app, s, ui);
    else if (back)
        s->part = NETWORK_LIST;
}

/* --- typing ---------------------------------------------------------------------------- */

static void take_password(struct app *app, struct network_page *s)
{
    size_t n = strlen(s->field.text);

    if (s->one.hidden)
        s->one.lock = n ? WIFI_LOCK_PSK : WIFI_LOCK_NONE;
    if (!wifi_has_password(s->one.lock)) {
        join(app, s, NULL);
    } else if (wifi_password_fits(s->one.lock, s->field.text)) {
        join(app, s, s->field.text);
    } else {
        s->too_short = n < WIFI_PASSWORD_LEAST;
        s->too_long = !s->too_short;
    }
}

static void take_name(struct network_page *s)
{
    struct wifi_network typed;

    s->too_long = !wifi_typed(s->field.text, true, &typed);
    if (s->too_long)
        return;
    s->one = typed;
    network_type(s, NETWORK_PASSWORD);
}

static const char *words_of(struct ui *ui, const struct network_page *s)
{
    bool secret = s->part == NETWORK_PASSWORD;

    if (s->too_short)
        return text_of(T_nw_p_short);
    if (s->too_long)
        return text_of(secret ? T_nw_p_long : T_nw_n_long);
    if (!secret)
        return text_of(T_nw_n_sub);
    return text_fill(ui_arena(ui), text_of(s->one.hidden ? T_nw_p_hidden : T_nw_p_sub),
                     "ten", s->one.name, NULL);
}

static void draw_field(struct app *app, struct network_page *s, struct ui *ui,
                       struct rect row, struct rect *below)
{
    bool secret = s->part == NETWORK_PASSWORD;
    struct rect field = row;
    enum text_id word = secret ? T_nw_join : T_reg_next;
    const char *icon = secret ? "wifi" : "next";
    float gap = ui_dim(ui, 12, 6, 8);
    bool can = s->field.text[0] || s->one.hidden;
    bool upright = ui_panel(ui) == PANEL_POR;
    struct rect at;

    if (upright) { /* the buttons have a line of their own */
        rect_cut_top(below, gap);
        row = rect_cut_top(below, row.h);
    }
    at = rect_cut_right(&row, staff_button_width(ui, text_of(word), icon));
    at.h -= LIP;
    rect_cut_right(&row, gap);
    if (staff_button(ui, text_key(word), text_of(word), at, UI_BUTTON_PRIMARY, icon,
                     can ? 0 : UI_DISABLED) &&
        can) {
        if (secret)
            take_password(app, s);
        else
            take_name(s);
        return;
    }
    if (secret) {
        at = rect_cut_right(&row, staff_button_width(ui, text_of(T_nw_show), "eye"));
        at.h -= LIP;
        rect_cut_right(&row, gap);
        if (staff_button(ui, STR(nw_show), at, UI_BUTTON_SECONDARY, "eye",
                         s->field.hidden ? 0 : UI_SELECTED))
            s->field.hidden = !s->field.hidden;
    }
    if (!upright)
        field = row;
    (void)field_frame(ui, secret ? "nw.password" : "nw.name",
                      text_of(secret ? T_nw_p_field : T_nw_n_field), field, &s->field,
                      true);
}

static void draw_typing(struct app *app, struct network_page *s, struct ui *ui)
{
    bool secret = s->part == NETWORK_PASSWORD, back;
    const char *title = secret ? s->one.name : text_of(T_nw_hidden);
    struct rect r = desk_step(ui, T_of_back, "back", "nw.one", title, 0, 0, &back);
    float h = keyboard_height(ui, &s->keyboard), row_h = ui_dim(ui, 80, 62, 72);
    struct rect keys = rect_cut_bottom(&r, h > r.h * 0.62F ? r.h * 0.62F : h), row;

    rect_cut_bottom(&r, 8);
    row = rect_cut_top(&r, row_h);
    draw_field(app, s, ui, row, &r);
    rect_cut_top(&r, ui_dim(ui, 12, 4, 8));
    if (s->too_short || s->too_long)
        desk_say(ui, r, words_of(ui, s), CHIP_NGHE);
    else
        ui_label(ui, UI_ROLE_TEXT, "nw.words", words_of(ui, s), r,
                 staff_font(ui, STAFF_BODY), INK2, UI_LEFT);
    if (s->part == NETWORK_LIST)
        return; /* it was joined by this tap */
    if (keyboard_frame(ui, keys, &s->keyboard, &s->field,
                       secret ? typing_secret() : typing_text(app, false)))
        s->too_short = s->too_long = false;
    if (back)
        network_type(s, NETWORK_LIST);
}

void network_one_frame(struct app *app, struct network_page *s, struct ui *ui)
{
    if (s->part == NETWORK_ONE)
        draw_one(app, s, ui);
    else
        draw_typing(app, s, ui);
}
