/* What the kiosk holds about me, in sentences that are read aloud; and taking one's name out
 * again, alone: the code of the card, a question, the number of the receipt. */
#include <string.h>

#include "app/myself.h"
#include "base/hash.h"
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/digits.h"
#include "screens/screens.h"

enum step { ABOUT_LIST, ABOUT_CODE, ABOUT_ASK, ABOUT_DONE };

struct about_state {
    enum step step;
    struct digits code;
    size_t at;
    enum text_id said; /* T_COUNT: nothing */
    struct erase_receipt receipt;
};

static void about_enter(struct app *app, void *state, size_t arg)
{
    struct about_state *s = state;

    (void)arg;
    s->said = T_COUNT;
    s->code = (struct digits){ .id = text_key(T_me_code),
                               .label = text_of(T_me_code),
                               .kind = DIGITS_NUMBER,
                               .max = PERSON_CODE_CHARS - 1 };
    if (!app->visit.open)
        app_goto(app, "attract", 0);
}

/* --- what is held ---------------------------------------------------------------------------- */

struct fact {
    const char *icon, *text;
    enum text_id id;
};
#define FACTS_MAX 5

static bool nameless(const struct person_record *me)
{
    return !me->consent.text_version[0];
}

static const char *name_fact(struct ui *ui, const struct person_record *me)
{
    if (nameless(me))
        return text_of(T_me_nameless);
    return *me->details.name ? text_fill(ui_arena(ui), text_of(T_me_name), "ten",
                                         me->details.name, NULL)
                             : text_of(T_me_locked);
}

static size_t list_facts(struct app *app, struct ui *ui, struct fact out[FACTS_MAX])
{
    struct person_record me;
    size_t n = 0, done = 0;
    bool guest = myself_read(app, &me) != ERR_OK;

    for (size_t i = 0; i < app->visit.progress.n_lessons; i++)
        done += app->visit.progress.lessons[i].completed;
    if (guest) {
        out[n++] = (struct fact){ "user", text_of(T_me_guest), T_me_guest };
    } else {
        out[n++] = (struct fact){ "user", name_fact(ui, &me), T_me_name };
        out[n++] = nameless(&me)
                       ? (struct fact){ "list", text_of(T_me_band), T_me_band }
                       : (struct fact){ "list", text_of(T_me_cohort), T_me_cohort };
        out[n++] = (struct fact){ "book",
                                  text_fill(ui_arena(ui), text_of(T_me_lessons), "n",
                                            page_number(ui, (long long)done), NULL),
                                  T_me_lessons };
    }
    out[n++] = (struct fact){ "shield", text_of(T_me_never), T_me_never };
    out[n++] = (struct fact){ "cloud", text_of(T_me_totals), T_me_totals };
    hash_wipe(&me, sizeof(me));
    return n;
}

static void draw_facts(struct app *app, struct ui *ui, struct rect r)
{
    float size = ui_dim(ui, 30, 23, 25), glyph = ui_dim(ui, 48, 36, 40);
    float gap = ui_dim(ui, 14, 8, 12), pad = ui_dim(ui, 22, 14, 16);
    struct ui_font font = { size, size * 1.38F, false };
    struct fact facts[FACTS_MAX];
    size_t n = list_facts(app, ui, facts);

    for (size_t i = 0; i < n; i++) {
        struct rect text = { r.x + 2 * pad + glyph, 0, r.w - 3 * pad - glyph, 0 }, row;
        float h = ui_text(ui, text, facts[i].text, font, 0, UI_LEFT);

        row = rect_cut_top(&r, (h > glyph ? h : glyph) + pad);
        ui_box(ui, row,
               &(struct ui_box_style){ .fill = SURFACE,
                                       .border = LINE,
                                       .line = LINE_DECORATIVE,
                                       .radius = ui_dim(ui, 20, 14, 18) });
        ui_icon(ui,
                (struct rect){ row.x + pad, row.y + (row.h - glyph) / 2, glyph, glyph },
                facts[i].icon, INDIGO);
        text.y = row.y + (row.h - h) / 2;
        ui_label(ui, UI_ROLE_TEXT, text_key(facts[i].id), facts[i].text, text, font,
                 INK, UI_LEFT);
        rect_cut_top(&r, gap);
    }
}

static void draw_list(struct app *app, struct about_state *s, struct ui *ui,
                      struct rect body)
{
    const struct ui_button_style take = { .kind = UI_BUTTON_SECONDARY,
                                          .icon_left = "trash",
                                          .font = ui_dim(ui, 28, 22, 24) };
    float h = ui_dim(ui, 88, 72, 84),
          w = ui_button_width(ui, text_of(T_me_take), &take);
    struct rect foot = rect_cut_bottom(&body, h + LIP);

    rect_cut_bottom(&body, ui_dim(ui, 12, 8, 12));
    draw_facts(app, ui, body);
    foot.h = h;
    if (app->visit.by_code &&
        ui_button(ui, STR(me_take), (struct rect){ foot.x, foot.y, w, h }, &take)) {
        s->step = ABOUT_CODE;
        s->said = T_COUNT;
    }
}

/* --- taking it back -------------------------------------------------------------------------- */

static void draw_code(struct app *app, struct about_state *s, struct ui *ui,
                      struct rect body)
{
    enum code_result result;

    ui_label(ui, UI_ROLE_TEXT, text_key(s->said == T_COUNT ? T_me_code_sub : s->said),
             text_of(s->said == T_COUNT ? T_me_code_sub : s->said),
             rect_cut_top(&body, ui_dim(ui, 44, 34, 40)),
             (struct ui_font){ ui_dim(ui, 28, 22, 24), ui_dim(ui, 40, 31, 34), false },
             INK, UI_LEFT);
    rect_cut_top(&body, ui_dim(ui, 12, 8, 10));
    digits_frame(ui, body, &s->code, 1, &s->at);
    if (strlen(s->code.text) < PERSON_CODE_CHARS - 1)
        return;
    result = myself_is(app, s->code.text);
    hash_wipe(s->code.text, sizeof(s->code.text));
    s->said = result == CODE_MISSED ? T_code_retry : T_me_wait;
    if (result == CODE_OK) {
        s->step = ABOUT_ASK;
        s->said = T_COUNT;
    }
}

static void ask(struct app *app, struct about_state *s, struct ui *ui)
{
    int answer = desk_ask(ui, "me.ask", text_of(T_me_ask), text_of(T_ed_er_p),
                          text_of(T_me_keep), text_of(T_me_take), UI_BUTTON_DANGER);

    if (!answer)
        return;
    s->step = ABOUT_LIST;
    if (answer < 0)
        return;
    if (myself_erase(app, &s->receipt))
        s->said = T_me_failed;
    else
        s->step = ABOUT_DONE;
}

static void draw_done(struct app *app, struct about_state *s, struct ui *ui,
                      struct rect body)
{
    const struct ui_button_style go = { .kind = UI_BUTTON_PRIMARY,
                                        .icon_left = "play" };
    float size = ui_dim(ui, 34, 26, 28), h = ui_dim(ui, 104, 80, 100);
    struct ui_font big = { size * 1.2F, size * 1.5F, true },
                   plain = { size * 0.85F, size * 1.2F, false };
    const char *number =
        text_fill(ui_arena(ui), text_of(T_me_number), "so", s->receipt.number, NULL);
    struct rect foot = rect_cut_bottom(&body, h + LIP);

    rect_cut_top(&body, body.h * 0.15F);
    rect_cut_top(&body,
                 ui_label(ui, UI_ROLE_TITLE, STR(me_done), body, big, LUA, UI_CENTRE) +
                     20);
    rect_cut_top(&body, ui_label(ui, UI_ROLE_TEXT, text_key(T_me_number), number, body,
                                 big, INK, UI_CENTRE) +
                            20);
    ui_label(ui, UI_ROLE_TEXT, STR(me_done_sub), body, plain, INK, UI_CENTRE);
    foot.h = h;
    foot = rect_centre(foot, ui_button_width(ui, text_of(T_me_go), &go) + 40, h);
    if (ui_button(ui, STR(me_go), foot, &go))
        app_visit_guest(app);
}

static void about_frame(struct app *app, void *state, struct ui *ui)
{
    struct about_state *s = state;
    struct bar bar = { .left = BAR_BACK,
                       .help = true,
                       .id = text_key(T_me_title),
                       .title = page_say(ui, T_me_title) };
    struct rect body;

    if (bar_frame(app, ui, &bar)) {
        hash_wipe(s->code.text, sizeof(s->code.text));
        if (s->step == ABOUT_CODE)
            s->step = ABOUT_LIST;
        else if (s->step == ABOUT_DONE)
            app_visit_guest(app);
        else
            app_goto(app, "home", 0);
    }
    body = page_body(ui, ui_dim(ui, 16, 10, 16));
    switch (s->step) {
    case ABOUT_CODE:
        draw_code(app, s, ui, body);
        break;
    case ABOUT_DONE:
        draw_done(app, s, ui, body);
        break;
    case ABOUT_LIST:
    case ABOUT_ASK:
        draw_list(app, s, ui, body);
        break;
    }
    if (s->said == T_me_failed)
        desk_say(ui, body, text_of(s->said), CHIP_NGHE);
    if (s->step == ABOUT_ASK)
        ask(app, s, ui);
}

const struct screen screen_about = { .name = "about",
                                     .state_size = sizeof(struct about_state),
                                     .enter = about_enter,
                                     .frame = about_frame };
