/* The card of the selected person as it will be printed (v08): after a registration, or
 * again from the search. The argument: enum card_arg. After a registration the lessons of a
 * guest who sat here just before are offered. */
#include <string.h>

#include "app/app.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/card_paper.h"
#include "screens/class_words.h"
#include "screens/desk.h"
#include "screens/screens.h"

struct card_state {
    struct person_record record;
    struct qr qr;
    bool fresh, known, copying;
    struct claim claim; /* of a guest just before; n 0: nothing is asked */
    size_t n_claimed;
    enum text_id said; /* of claim and pictures */
    bool has_said, bad;
};

/* While the vault is locked the name is still that of the draft, for its card. */
static void add_draft_name(struct app *app, struct card_state *s)
{
    const struct registration *r = &app->registration;

    if (s->record.details.name[0] || !r->saved ||
        memcmp(r->token, s->record.token, sizeof(r->token)) != 0)
        return;
    if (registration_name(app, s->record.details.name) != NAME_OK)
        s->record.details.name[0] = 0;
    s->record.details.year = registration_year(app) > 0 ? registration_year(app) : 0;
}

static void card_enter(struct app *app, void *state, size_t arg)
{
    struct card_state *s = state;
    char text[CARD_TEXT_CHARS];

    printing_forget(&app->printing);
    s->fresh = arg & CARD_FRESH;
    s->known = !app_person_read(app, &s->record);
    if (!s->known)
        return;
    add_draft_name(app, s);
    if (app_person_card(app, text) || qr_make(text, &s->qr))
        s->qr.side = 0;
    hash_wipe(text, sizeof(text));
    if (arg & CARD_OFFERS && app->db && claim_find(app->db, &s->claim))
        s->claim.n = 0;
}

static void say(struct card_state *s, enum text_id text, bool bad)
{
    s->said = text;
    s->has_said = true;
    s->bad = bad;
}

static void leave(struct app *app, bool next)
{
    printing_forget(&app->printing);
    registration_wipe(app);
    if (next)
        registration_begin(app); /* with the thôn of the class */
    app_goto(app, next ? "register_name" : app_people_home(app), 0);
}

static void draw_head(struct card_state *s, struct ui *ui, struct rect *r)
{
    struct ui_font head = { ui_dim(ui, 37, 24, 30), ui_dim(ui, 47, 30, 38), true };
    struct ui_font body = staff_font(ui, STAFF_BODY);
    float glyph = ui_dim(ui, 68, 44, 50);
    const char *hint = page_say(ui, T_card_hint);
    struct rect row = rect_cut_top(r, glyph);

    ui_icon(ui, rect_cut_left(&row, glyph), s->fresh ? "check" : "card", LUA);
    rect_cut_left(&row, ui_dim(ui, 18, 12, 12));
    ui_text_middle(ui, row, text_of(s->fresh ? T_card_done : T_card_h), head, LUA,
                   UI_LEFT);
    ui_node(ui, UI_ROLE_TITLE, text_key(s->fresh ? T_card_done : T_card_h),
            text_of(s->fresh ? T_card_done : T_card_h), row, 0);
    rect_cut_top(r, ui_dim(ui, 10, 4, 8));
    ui_label(ui, UI_ROLE_TEXT, text_key(T_card_hint), hint,
             rect_cut_top(r, ui_text(ui, *r, hint, body, 0, UI_LEFT)), body, INK,
             UI_LEFT);
    rect_cut_top(r, ui_dim(ui, 18, 8, 10));
}

static void draw_pictures(struct app *app, struct card_state *s, struct ui *ui,
                          struct rect r)
{
    if (staff_button(ui, text_key(T_card_pic), page_say(ui, T_card_pic), r,
                     UI_BUTTON_SECONDARY, "pic", 0) &&
        app_pictures_begin(app, "card", s->fresh ? CARD_FRESH : 0))
        say(s, T_card_pic_failed, true);
}

/* What was done last, else how printing goes. */
static void draw_said(struct app *app, const struct card_state *s, struct ui *ui,
                      struct rect r)
{
    if (s->has_said)
        ui_label(ui, UI_ROLE_TEXT, text_key(s->said),
                 text_fill(ui_arena(ui), text_of(s->said), "n",
                           page_number(ui, (long long)s->n_claimed), NULL),
                 r, staff_font(ui, STAFF_BODY), s->bad ? SON : LUA, UI_LEFT);
    else
        paper_state(app, ui, r);
}

static void draw_actions(struct app *app, struct card_state *s, struct ui *ui,
                         struct rect r)
{
    float h = ui_dim(ui, 80, 64, 72), gap = ui_dim(ui, 14, 8, 12);

    draw_head(s, ui, &r);
    if (staff_button(ui, STR(card_print), rect_cut_top(&r, h), UI_BUTTON_PRIMARY,
                     "print", printing_busy(&app->printing) ? UI_DISABLED : 0) &&
        !printing_busy(&app->printing))
        paper_card_print(app, ui, &s->record);
    rect_cut_top(&r, gap);
    if (staff_button(ui, STR(card_hand), rect_cut_top(&r, h), UI_BUTTON_SECONDARY,
                     "edit", 0))
        s->copying = true;
    rect_cut_top(&r, gap);
    if (app_may(app, MAY_CHANGE_PEOPLE)) {
        draw_pictures(app, s, ui, rect_cut_top(&r, h));
        rect_cut_top(&r, gap);
    }
    if (s->fresh && staff_button(ui, STR(card_next), rect_cut_top(&r, h), UI_BUTTON_OK,
                                 "userplus", 0))
        leave(app, true);
    rect_cut_top(&r, s->fresh ? gap : 0);
    if (staff_button(ui, STR(card_back), rect_cut_top(&r, ui_dim(ui, 70, 56, 66)),
                     UI_BUTTON_SECONDARY, "check", 0) ||
        (!s->copying && ui_key(ui, UI_KEY_BACK)))
        leave(app, false);
    rect_cut_top(&r, gap);
    draw_said(app, s, ui, r);
}

static void draw_copying(struct card_state *s, struct ui *ui)
{
    const char *text = text_fill(ui_arena(ui), page_say(ui, T_card_hand_text), "ten",
                                 *s->record.details.name ? s->record.details.name
                                                         : text_of(T_card_sealed),
                                 "so", paper_code(ui, s->record.code), NULL);

    if (desk_ask(ui, "card.copy", text_of(T_card_hand), text, text_of(T_reg_prev),
                 text_of(T_card_back), UI_BUTTON_PRIMARY))
        s->copying = false;
}

/* --- a guest's lessons ---------------------------------------------------------------- */

static const char *lesson_title(const struct app *app, const char *id)
{
    long at = app->pack ? pack_find_lesson(app->pack, id) : -1;

    return at >= 0 ? pack_info(app->pack)->lessons[at].title : id;
}

/* "Bài vừa học là của bác?" */
static const char *claim_question(struct app *app, struct ui *ui,
                                  const struct person_record *record)
{
    const char *form = class_form(app, record->details.year, record->cohort.sex);

    return *form ? text_fill(ui_arena(ui), text_of(T_card_claim), "xh", form, NULL)
                 : page_say(ui, T_card_claim);
}

/* Two answers that look alike: nobody is led to take what is somebody else's. */
static void ask_claim(struct app *app, struct card_state *s, struct ui *ui)
{
    bool one = s->claim.n == 1;
    const char *text =
        text_fill(ui_arena(ui), text_of(one ? T_card_claim_one : T_card_claim_more),
                  "bai", lesson_title(app, s->claim.lessons[0]), "n",
                  page_number(ui, (long long)s->claim.n - 1), NULL);
    int answer = desk_ask(ui, "card.claim", claim_question(app, ui, &s->record), text,
                          text_of(T_card_claim_no), text_of(T_card_claim_yes),
                          UI_BUTTON_SECONDARY);

    if (answer > 0 && app_person_claim(app, &s->claim, &s->n_claimed))
        say(s, T_card_claim_failed, true); /* and it is asked again */
    else if (answer > 0)
        say(s, T_card_claimed, false);
    if (answer < 0 || (answer > 0 && !s->bad))
        s->claim.n = 0;
}

static void card_frame(struct app *app, void *state, struct ui *ui)
{
    struct card_state *s = state;
    struct rect page = ui_page(ui), card;
    float w = ui_dim(ui, 700, 480, 520), h = ui_dim(ui, 440, 330, 350);
    bool portrait = ui_panel(ui) == PANEL_POR;

    ui_fill_page(ui, PAPER);
    ui_band(ui, rect_cut_top(&page, BAND_H));
    page = rect_inset(page, ui_dim(ui, 40, 16, 16), ui_dim(ui, 20, 8, 14));
    if (!s->known) { /* nobody is selected, or they are no more */
        leave(app, false);
        return;
    }
    if (portrait) {
        card = rect_cut_top(&page, h);
        rect_cut_top(&page, 24);
    } else {
        card = rect_centre(rect_cut_left(&page, w), w, h);
        rect_cut_left(&page, ui_dim(ui, 44, 20, 0));
        rect_cut_top(&page, ui_dim(ui, 90, 6, 0));
    }
    paper_card_draw(app, ui, card, &s->record, &s->qr);
    draw_actions(app, s, ui, page);
    if (s->copying)
        draw_copying(s, ui);
    else if (s->claim.n)
        ask_claim(app, s, ui);
}

const struct screen screen_card = { .name = "card",
                                    .shows_names = true,
                                    .state_size = sizeof(struct card_state),
                                    .enter = card_enter,
                                    .frame = card_frame };
