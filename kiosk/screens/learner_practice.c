/* The mock phone beside the tutor (r12–r14, r30–r32): watched first, then done. Hints come
 * when they are asked for: said, framed, pointed at, and at last shown. Nothing touched here
 * does any harm. */
#include "app/voice.h"
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/phone.h"
#include "screens/screens.h"

#define TUTOR_LEAST 142.0F /* dp, in portrait */
#define SHOWN_MS 2600      /* how long the next screen is shown by the last hint */

struct practice_page {
    struct phone_hold hold;
    bool begun;        /* what is shown was announced */
    enum text_id coax; /* what to do otherwise, 0: nothing */
    bool has_coax;
    unsigned char coaxed_at; /* on that screen */
    int64_t shown_until_ms;  /* monotonic; the last hint shows where it leads */
};

static bool is_shown(const struct session *s)
{
    return s->phase == SESSION_SHOW;
}

/* --- the tutor -------------------------------------------------------------------------- */

/* The words, the last sentence of the screen's bold: it asks or says what to do. */
static const char *words_of(const struct practice_page *page, const struct session *s,
                            const struct practice_screen *screen)
{
    if (is_shown(s) && !page->begun && !s->practice.at && s->lesson->show)
        return s->lesson->show;
    if (page->has_coax && page->coaxed_at == s->practice.at)
        return text_of(page->coax);
    if (!is_shown(s) && s->practice.help >= HELP_SAID && screen->hint)
        return screen->hint;
    return screen->say;
}

static size_t last_sentence(const char *text)
{
    size_t at = 0;

    for (size_t i = 0; text[i]; i++)
        if ((text[i] == '.' || text[i] == '?' || text[i] == '!') &&
            text[i + 1] == ' ' && text[i + 2])
            at = i + 2;
    return at;
}

/* Its height; drawn unless the colour is 0. */
static float draw_words(struct ui *ui, struct rect r, const char *text, float size,
                        bool draw)
{
    struct ui_font plain = { size, size * 1.42F, false }, bold = plain;
    size_t cut = last_sentence(text);
    const char *first = arena_printf(ui_arena(ui), "%.*s", (int)cut, text);
    float h = cut ? ui_text(ui, r, first, plain, draw ? INK : 0, UI_LEFT) : 0;

    bold.bold = true;
    r.y += h;
    return h + ui_text(ui, r, text + cut, bold, draw ? INK : 0, UI_LEFT);
}

/* Returns the lower edge of the bubble. */
static float draw_tutor(struct ui *ui, struct rect area, const char *text)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    float face = ui_dim(ui, 140, 88, 100), gap = ui_dim(ui, 30, 18, 24);
    float pad = ui_dim(ui, 26, 16, 18),
          size = ui_dim(ui, 31, 24, 25) * ui_text_scale(ui);
    struct rect bubble = area, in;
    float h;

    rect_cut_left(&bubble, face + gap);
    in = rect_inset(bubble, pad, 0);
    for (h = draw_words(ui, in, text, size, false); h + 2 * pad > area.h && size > 17;
         h = draw_words(ui, in, text, size, false))
        size *= 0.94F;
    bubble.h = h + 2 * pad;
    bubble.y = portrait ? area.y : area.y + (area.h - bubble.h) / 2;
    ui_box(ui, bubble,
           &(struct ui_box_style){
               .fill = SURFACE, .border = INDIGO, .line = 3, .radius = 28 });
    ui_picture(ui,
               (struct rect){ area.x, bubble.y + (bubble.h - face) / 2, face, face },
               "art:nguoi-tnv", UI_FIT_CONTAIN, 0, 0);
    for (int i = 0; i < 3; i++) { /* its tip */
        float d = ui_dim(ui, 12, 9, 10) * (float)(3 - i) / 2;

        ui_box(ui,
               (struct rect){ bubble.x - 7 - (float)i * gap / 4,
                              bubble.y + bubble.h / 2 - d / 2, d, d },
               &(struct ui_box_style){ .fill = INDIGO, .radius = d / 2 });
    }
    in = (struct rect){ bubble.x + pad, bubble.y + pad, bubble.w - 2 * pad, h };
    draw_words(ui, in, text, size, true);
    ui_node(ui, UI_ROLE_TEXT, text_key(T_p_say), text, in, 0);
    return bubble.y + bubble.h;
}

/* Whether one watches or does it oneself. */
static void draw_whose(struct ui *ui, struct rect *column, bool watched)
{
    enum text_id id = watched ? T_p_watch : T_p_turn;
    float size = ui_dim(ui, 24, 20, 22), h = size * 1.5F + 10;

    page_chip(ui, id, page_say(ui, id), watched ? "eye" : "hand", column->x,
              column->y + h / 2, size);
    rect_cut_top(column, h + 8);
}

/* --- what is touched --------------------------------------------------------------------- */

static void coax(struct practice_page *page, const struct session *s, size_t part,
                 char digit)
{
    const struct practice *p = session_practice_at(s);
    enum practice_part_kind kind = p->screens[s->practice.at].parts[part].kind;

    page->coax = digit                ? T_p_digit
                 : kind == PART_DIAL  ? T_p_dial
                 : kind == PART_SWIPE ? T_p_swipe
                                      : T_p_hold;
    page->has_coax = true;
    page->coaxed_at = s->practice.at;
}

static void act(struct app *app, struct practice_page *page, struct phone_touch touch)
{
    struct session *s = &app->learning.session;
    enum practice_result result;

    page->hold = (struct phone_hold){ 0 }; /* its end meets another screen's targets */
    page->has_coax = false;
    result = app_practise(app, touch.part, touch.digit, touch.gesture);
    if (result == PRACTICE_COAXES)
        coax(page, s, touch.part, touch.digit);
    else if (result == PRACTICE_DONE)
        app_next(app);
}

static void hint(struct app *app, struct practice_page *page)
{
    page->has_coax = false;
    if (app_practice_hint(app) == HELP_SHOWN)
        page->shown_until_ms = clock_mono_ms(app->clock) + SHOWN_MS;
}

/* --- the page ------------------------------------------------------------------------------ */

static struct rect phone_place(struct ui *ui, float top)
{
    struct rect page = ui_page(ui);
    float w = ui_dim(ui, 448, 388, 0);

    if (ui_panel(ui) == PANEL_POR)
        return (struct rect){ 0, top, page.w, page.h - top };
    if (ui_panel(ui) == PANEL_CMP)
        return (struct rect){ page.w - w, BAND_H, w, page.h - BAND_H };
    return (struct rect){ page.w - 36 - w, BAND_H + 18, w, page.h - BAND_H - 34 };
}

static void show_on(struct app *app, struct practice_page *page)
{
    const struct session *s = &app->learning.session;

    if (!page->begun && !s->practice.at && s->lesson->show)
        page->begun = true;
    else
        app_show_on(app);
}

/* In portrait the phone takes the foot, and the button stands in the bar. */
static void draw_tool(struct app *app, struct ui *ui, struct rect at)
{
    const struct ui_button_style next = { .kind = UI_BUTTON_PRIMARY, .font = 25 };
    struct practice_page *page = app->nav.page_state;
    const struct session *s = &app->learning.session;
    enum text_id id = s->practice.help == HELP_HAND ? T_p_show_short : T_p_hint_short;

    if (is_shown(s)) {
        if (ui_button(ui, STR(lesson_next), at, &next))
            show_on(app, page);
    } else if (ui_tool(ui, text_key(id), "bulb", text_of(id), at, 0)) {
        hint(app, page);
    }
}

/* Where one stands, and the button: a hint, or what is shown goes on. */
static void draw_foot(struct app *app, struct practice_page *page, struct ui *ui,
                      struct rect column)
{
    struct session *s = &app->learning.session;
    struct ui_button_style sun = { .kind = UI_BUTTON_SUN,
                                   .icon_left = "bulb",
                                   .font = ui_dim(ui, 27, 23, 25) };
    struct ui_button_style next = { .kind = UI_BUTTON_PRIMARY,
                                    .icon_right = "next",
                                    .font = ui_dim(ui, 30, 26, 25) };
    bool watched = is_shown(s);
    struct rect r = page_foot_button(ui, 0), dots;
    size_t at, n;
    enum text_id id = watched                         ? T_lesson_next
                      : s->practice.help == HELP_HAND ? T_p_show
                                                      : T_p_hint;

    practice_progress(session_practice_at(s), &s->practice, &at, &n);
    r.x = column.x;
    r.w = ui_button_width(ui, text_of(id), watched ? &next : &sun);
    dots = (struct rect){ r.x + r.w + 20, r.y, column.x + column.w - r.x - r.w - 20,
                          r.h + LIP };
    if (ui_panel(ui) == PANEL_POR)
        return;
    ui_dots(ui, dots, n, at, UI_CENTRE);
    if (!ui_button(ui, text_key(id), text_of(id), r, watched ? &next : &sun))
        return;
    if (watched)
        show_on(app, page);
    else
        hint(app, page);
}

static struct phone_view view_of(struct practice_page *page, const struct session *s,
                                 const struct practice_state *state)
{
    const struct practice *p = session_practice_at(s);
    const struct practice_screen *screen = &p->screens[state->at];
    bool watched = is_shown(s);
    struct phone_view v = { .practice = p,
                            .state = state,
                            .marked = screen->n_parts,
                            .hold = watched ? NULL : &page->hold };

    if (watched || state->help >= HELP_FRAME)
        v.marked = practice_meant(screen);
    v.hand = watched || state->help >= HELP_HAND;
    return v;
}

/* The last hint: where the meant part leads, for a while; then it is the learner's turn. */
static bool shows_ahead(struct app *app, struct practice_page *page, struct ui *ui,
                        struct practice_state *ahead)
{
    const struct session *s = &app->learning.session;
    const struct practice *p = session_practice_at(s);
    int64_t left = page->shown_until_ms - clock_mono_ms(app->clock);

    if (left <= 0 || is_shown(s))
        return false;
    ui_wake_in(ui, (int)left);
    *ahead = s->practice;
    return practice_gesture(p, ahead, practice_meant(&p->screens[ahead->at])) !=
           PRACTICE_DONE;
}

static void practice_frame(struct app *app, void *state, struct ui *ui)
{
    struct practice_page *page = state;
    struct session *s = &app->learning.session;
    bool portrait = ui_panel(ui) == PANEL_POR;
    struct bar bar = { .left = BAR_BACK, .help = true, .id = text_key(T_p_title) };
    struct practice_state ahead;
    struct phone_touch touch;
    struct phone_view view;
    struct rect phone, column;
    const char *words;
    bool leave, peek;
    float lowest;

    if (!app->learning.lesson ||
        (s->phase != SESSION_SHOW && s->phase != SESSION_PRACTICE)) {
        (void)page_fits_session(app, SESSION_PRACTICE);
        return;
    }
    bar.title = session_practice_at(s)->title;
    bar.tool = portrait ? draw_tool : NULL;
    phone = phone_place(ui, 0);
    bar.right = portrait ? 0 : ui_page(ui).w - phone.x + ui_dim(ui, 24, 4, 0);
    leave = bar_frame(app, ui, &bar);
    peek = shows_ahead(app, page, ui, &ahead);
    view = view_of(page, s, peek ? &ahead : &s->practice);
    if (peek) {
        view.hold = NULL;
        view.marked = view.practice->screens[ahead.at].n_parts;
    }
    words = words_of(page, s, &view.practice->screens[view.state->at]);
    column = (struct rect){ page_margin(ui), page_bar_bottom(ui) + 8,
                            ui_page(ui).w - 2 * page_margin(ui), 0 };
    if (portrait) {
        column.h = 186;
    } else {
        column.w = phone.x - column.x - ui_dim(ui, 40, 16, 0);
        column.h = ui_page(ui).h - page_foot_h(ui) - 8 - column.y;
        draw_whose(ui, &column, is_shown(s));
    }
    lowest = draw_tutor(ui, column, words);
    if (portrait) /* the phone stands as long as the words allow it */
        phone = phone_place(
            ui,
            (lowest > column.y + TUTOR_LEAST ? lowest : column.y + TUTOR_LEAST) + 10);
    touch = phone_frame(app, ui, phone, &view);
    draw_foot(app, page, ui, column);
    if (leave)
        app_prev(app);
    else if (touch.any)
        act(app, page, touch);
    if (touch.gesture) /* no finger was lifted: nothing else asks for the next frame */
        ui_wake_in(ui, 1);
}

const struct screen screen_practice = {
    .name = "practice",
    .quiet_s = 300, /* to look at it, or to ask somebody */
    .state_size = sizeof(struct practice_page),
    .frame = practice_frame,
};
