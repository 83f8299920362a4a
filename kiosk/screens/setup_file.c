/* Set-up from the file on a stick: what it would do is shown and asked, then done in one go.
 * What the file leaves out (PIN, passphrase) is typed on the pages after it. */
#include <stdio.h>
#include <string.h>

#include "app/provision_stick.h"
#include "app/usb.h"
#include "base/check.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/setup.h"

#define PATIENCE_FRAMES 3 /* the page says first that it takes a moment */

bool setup_file_came(struct app *app, struct setup_state *s)
{
    const char *path = usb_path(app->usb);

    if (!path)
        path = "";
    if (!strcmp(path, s->stick))
        return false;
    (void)snprintf(s->stick, sizeof(s->stick), "%s", path);
    return *path && provision_stick_is_there(app);
}

static void look(struct app *app, struct setup_state *s, struct ui *ui)
{
    if (s->looking > PATIENCE_FRAMES)
        return;
    if (s->looking++ == PATIENCE_FRAMES)
        provision_stick_look(app, &s->offer);
    ui_wake_in(ui, 1);
}

/* --- what is said of it ----------------------------------------------------------------- */

static const char *refusal(struct ui *ui, const struct provision_offer *offer,
                           enum text_id *id)
{
    static const enum text_id words[] = {
        [PROVISION_NO_FILE] = T_su_file_gone,
        [PROVISION_NO_KEY] = T_su_file_no_key,
        [PROVISION_UNSIGNED] = T_su_file_unsigned,
        [PROVISION_FAULTY] = T_su_file_faulty,
        [PROVISION_UNREADABLE] = T_su_file_unread,
    };

    *id = words[offer->kind];
    return text_fill(ui_arena(ui), text_of(*id), "cho", offer->fault, NULL);
}

static void line(struct ui *ui, struct rect *r, enum text_id id, const char *text,
                 uint32_t ink)
{
    rect_cut_top(r, ui_label(ui, UI_ROLE_TEXT, text_key(id), text, *r,
                             staff_font(ui, STAFF_BODY), ink, UI_LEFT) +
                        ui_dim(ui, 10, 4, 8));
}

static enum text_id asked(const struct provision_holds *h)
{
    return h->wants_pin && h->wants_passphrase ? T_su_file_asks_both
           : h->wants_pin                      ? T_su_file_asks_pin
                                               : T_su_file_asks_phrase;
}

static void draw_holds(struct ui *ui, struct rect r, const struct provision_holds *h)
{
    struct arena *a = ui_arena(ui);

    if (h->commune[0])
        line(ui, &r, T_su_file_commune,
             text_fill(a, text_of(T_su_file_commune), "xa", h->commune, NULL), INK);
    if (h->place[0])
        line(ui, &r, T_su_file_place,
             text_fill(a, text_of(T_su_file_place), "noi", h->place, NULL), INK);
    line(ui, &r, T_su_file_lists,
         text_fill(a, text_of(T_su_file_lists), "thon",
                   page_number(ui, (long long)h->n_thon), "donvi",
                   page_number(ui, (long long)h->n_units), "buoi",
                   page_number(ui, (long long)h->n_slots), "muc",
                   page_number(ui, (long long)h->n_settings), NULL),
         INK);
    line(ui, &r, T_su_file_staff,
         text_fill(a, text_of(T_su_file_staff), "n",
                   page_number(ui, (long long)h->n_staff), "ten", h->admin, NULL),
         INK);
    if (h->url[0])
        line(ui, &r, T_su_file_server,
             text_fill(a, text_of(T_su_file_server), "url", h->url, NULL), INK);
    if (h->wants_pin || h->wants_passphrase)
        line(ui, &r, asked(h), text_of(asked(h)), INDIGO);
    if (!h->wants_pin || !h->wants_passphrase)
        line(ui, &r, T_su_file_secret, text_of(T_su_file_secret), SON);
}

/* --- the page ----------------------------------------------------------------------------- */

/* On to what has to be typed, or to the end. */
static void take(struct app *app, struct setup_state *s)
{
    const struct provision_holds *h = &s->offer.holds;

    s->from_file = true;
    if (h->wants_pin)
        setup_goto(app, s, SETUP_PIN);
    else if (h->wants_passphrase)
        setup_goto(app, s, SETUP_PASSPHRASE);
    else
        s->working = 1;
}

static void draw_buttons(struct app *app, struct setup_state *s, struct ui *ui,
                         struct rect r)
{
    bool good = s->looking > PATIENCE_FRAMES && s->offer.kind == PROVISION_GOOD;
    struct rect b = { r.x, r.y, staff_button_width(ui, text_of(T_su_file_no), "keyb"),
                      r.h - LIP };

    if (s->working)
        return;
    if (staff_button(ui, STR(su_file_no), b, UI_BUTTON_SECONDARY, "keyb", 0)) {
        s->from_file = false;
        setup_goto(app, s, SETUP_RULER);
        return;
    }
    b.w = staff_button_width(ui, text_of(T_su_file_yes), "check");
    if (ui_panel(ui) == PANEL_POR)
        b.y -= r.h + 8; /* a line of its own */
    else
        b.x = r.x + r.w - b.w;
    if (good && staff_button(ui, STR(su_file_yes), b, UI_BUTTON_PRIMARY, "check", 0))
        take(app, s);
}

bool setup_file(struct app *app, struct setup_state *s, struct ui *ui, struct rect r)
{
    struct rect foot = rect_cut_bottom(&r, ui_dim(ui, 84, 66, 72));
    enum text_id id = T_su_file_looking;
    const char *text = text_of(id);

    look(app, s, ui);
    if (s->looking > PATIENCE_FRAMES && s->offer.kind == PROVISION_GOOD) {
        draw_holds(ui, r, &s->offer.holds);
    } else {
        if (s->looking > PATIENCE_FRAMES)
            text = refusal(ui, &s->offer, &id);
        line(ui, &r, id, text, INK);
    }
    draw_buttons(app, s, ui, foot);
    setup_work(app, s, ui);
    return false;
}

/* --- beside the other steps ------------------------------------------------------------------ */

enum err setup_file_apply(struct app *app, struct setup_state *s)
{
    const struct provision_holds *h = &s->offer.holds;
    struct provision_typed typed = { h->wants_pin ? s->pins.pin : NULL,
                                     h->wants_passphrase ? s->field.text : NULL };

    return provision_stick_apply(app, &typed, s->recovery);
}

bool setup_file_wants_more(const struct setup_state *s)
{
    return s->step == SETUP_PIN && s->offer.holds.wants_passphrase;
}

bool setup_file_joins(struct app *app, struct setup_state *s)
{
    const struct provision_holds *h = &s->offer.holds;

    /* half an address would lead elsewhere: the longest that can be typed, or none */
    if (!s->from_file || !h->url[0] || !app->uplink ||
        strlen(h->url) >= sizeof(s->field.text))
        return false;
    setup_goto(app, s, SETUP_NET);
    memcpy(s->field.text, h->url, strlen(h->url) + 1);
    (void)snprintf(s->code.text, sizeof(s->code.text), "%s", h->code);
    return true;
}
