/* The card of one of the staff that opens names after a power cut: made, shown once, printed,
 * taken away. Who it is for: the place in staff_list + 1. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "base/buf.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/card_paper.h"
#include "screens/desk.h"
#include "screens/screens.h"

struct key_card_state {
    struct staff who;
    char secret[VAULT_SECRET_CHARS]; /* "": nothing was made */
    struct qr qr;
    enum text_id said; /* T_COUNT: nothing */
    bool bad;
};

static void key_card_enter(struct app *app, void *state, size_t arg)
{
    struct key_card_state *s = state;
    struct arena arena = { 0 };
    struct staff *all;
    size_t n = 0;

    s->said = T_COUNT;
    printing_forget(&app->printing);
    if (app_may(app, MAY_ADMINISTER) && !staff_list(app->db, &arena, &all, &n) && arg &&
        arg <= n)
        s->who = all[arg - 1];
    arena_finish(&arena);
}

static void leave(struct app *app, struct key_card_state *s)
{
    printing_forget(&app->printing);
    hash_wipe(s, sizeof(*s));
    app_goto(app, app_may(app, MAY_ADMINISTER) ? "admin_staff" : "attract", 0);
}

static void done(struct app *app, struct key_card_state *s, enum err err,
                 enum text_id good, const char *what)
{
    s->bad = err != ERR_OK;
    s->said = err == ERR_OFFLINE ? T_sa_need_open : err ? T_list_unwritten : good;
    if (!err && audit_add(app->db, AUDIT_STAFF, app_actor(app), what, NULL)) {
        s->bad = true;
        s->said = T_list_unwritten;
    }
}

static void make(struct app *app, struct key_card_state *s)
{
    enum err err = vault_card_make(app->desk.vault, s->who.id, s->secret);

    if (!err && qr_make(s->secret, &s->qr))
        s->qr.side = 0;
    done(app, s, err, T_kc_once, "au.e.key_card");
    s->who.has_card |= !err;
}

static void drop(struct app *app, struct key_card_state *s)
{
    enum err err = vault_card_drop(app->desk.vault, s->who.id);

    done(app, s, err, T_kc_dropped, "au.e.key_card_drop");
    s->who.has_card &= err != ERR_OK;
}

static void print(struct app *app, struct key_card_state *s, struct ui *ui)
{
    struct paper_place place = paper_place_here(app, ui, "");
    struct paper_card card = { .name = s->who.alias, .about = text_of(T_kc_go) };
    struct buf json;

    if ((size_t)snprintf(card.qr, sizeof(card.qr), "%s", s->secret) >=
        sizeof(card.qr)) {
        app->printing.state = PRINTING_FAILED;
        return;
    }
    buf_init(&json, PAPER_BYTES);
    paper_key_card(&place, &card, &json);
    hash_wipe(&card, sizeof(card));
    paper_print(app, &json, "the-can-bo.pdf");
}

/* Before: what such a card is for. Afterwards: the card. */
static void draw_buttons(struct app *app, struct key_card_state *s, struct ui *ui,
                         struct rect r)
{
    float h = ui_dim(ui, 90, 64, 80), gap = ui_dim(ui, 16, 10, 12);
    bool busy = printing_busy(&app->printing);
    enum text_id make_word = s->who.has_card ? T_kc_again : T_kc_make;

    if (s->secret[0]) {
        if (staff_button(ui, STR(kc_print), rect_cut_top(&r, h), UI_BUTTON_PRIMARY,
                         "print", busy ? UI_DISABLED : 0) &&
            !busy)
            print(app, s, ui);
        rect_cut_top(&r, gap);
        if (staff_button(ui, STR(kc_done), rect_cut_top(&r, h), UI_BUTTON_SECONDARY,
                         "check", 0)) {
            leave(app, s);
            return;
        }
    } else {
        if (staff_button(ui, "kc.make", text_of(make_word), rect_cut_top(&r, h),
                         UI_BUTTON_PRIMARY, "card", 0))
            make(app, s);
        rect_cut_top(&r, gap);
        if (s->who.has_card && staff_button(ui, STR(kc_drop), rect_cut_top(&r, h),
                                            UI_BUTTON_SECONDARY, "trash", 0))
            drop(app, s);
    }
    rect_cut_top(&r, gap);
    paper_state(app, ui, r);
}

static void key_card_frame(struct app *app, void *state, struct ui *ui)
{
    struct key_card_state *s = state;
    struct ui_font body = staff_font(ui, STAFF_BODY);
    const char *title =
        text_fill(ui_arena(ui), text_of(T_kc_title), "ten", s->who.alias, NULL);
    bool back, upright = ui_panel(ui) == PANEL_POR;
    struct rect r =
        desk_step(ui, T_bar_back, "back", text_key(T_kc_title), title, 0, 0, &back);
    struct rect left;
    float side = ui_dim(ui, 420, 260, 360), gap = ui_dim(ui, 32, 16, 20);

    if (back || !s->who.id[0]) {
        leave(app, s);
        return;
    }
    left = upright ? rect_cut_top(&r, r.h * 0.5F) : rect_cut_left(&r, r.w * 0.5F);
    if (upright)
        rect_cut_top(&r, gap);
    else
        rect_cut_left(&r, gap);
    if (s->secret[0] && s->qr.side > 0) {
        paper_qr_draw(ui, rect_centre(left, side, side), &s->qr);
    } else {
        rect_cut_top(&left,
                     ui_label(ui, UI_ROLE_TEXT, STR(kc_p), left, body, INK, UI_LEFT) +
                         gap);
        if (s->who.has_card)
            ui_label(ui, UI_ROLE_TEXT, STR(kc_has), left, body, INK, UI_LEFT);
    }
    if (s->said != T_COUNT) {
        struct rect words = rect_cut_top(&r, ui_dim(ui, 100, 72, 84));

        desk_say(ui, words, text_of(s->said), s->bad ? CHIP_SON : CHIP_LUA);
        rect_cut_top(&r, gap / 2);
    }
    draw_buttons(app, s, ui, r);
}

const struct screen screen_admin_key_card = {
    .name = "admin_key_card",
    .state_size = sizeof(struct key_card_state),
    .enter = key_card_enter,
    .frame = key_card_frame,
};
