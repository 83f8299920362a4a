/* The six digits of the card. No key to confirm: the sixth digit enters. A miss never
 * says which digit; after some of them there is a wait and a way to learn all the
 * same, never a lock. */
#include <string.h>

#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/card_scan.h"
#include "screens/not_matched.h"
#include "screens/screens.h"

#define N_DIGITS 6
#define N_KEYS 11
#define ERASE_PLACE 9

struct code_state {
    char digits[N_DIGITS + 1];
    size_t n;
    bool missed; /* the last try */
};

static void enter_code(struct app *app, struct code_state *s)
{
    s->missed = app_visit_code(app, s->digits) != CODE_OK;
    memset(s->digits, 0, sizeof(s->digits));
    s->n = 0;
}

static void add_digit(struct app *app, struct code_state *s, char digit)
{
    if (s->n >= N_DIGITS)
        return;
    s->digits[s->n++] = digit;
    s->missed = false;
    if (s->n == N_DIGITS)
        enter_code(app, s);
}

static void erase_digit(struct code_state *s)
{
    if (s->n)
        s->digits[--s->n] = 0;
}

/* --- the keys ---------------------------------------------------------------------- */

static bool draw_digit_key(struct ui *ui, enum text_id id, struct rect r)
{
    float size = ui_dim(ui, 54, 42, 54), dy;
    struct ui_font font = { size, size, true };
    bool tapped = ui_card(ui, UI_ROLE_KEY, text_key(id), text_of(id), r, 0, &dy);

    r.y += dy;
    ui_text_middle(ui, r, text_of(id), font, INK, UI_CENTRE);
    return tapped;
}

/* The erase key has a word, because the arrow alone is not known to everybody. */
static bool draw_erase_key(struct ui *ui, struct rect r)
{
    float size = ui_dim(ui, 26, 22, 26), icon = ui_dim(ui, 56, 40, 56);
    float gap = ui_dim(ui, 4, 0, 4), dy;
    struct ui_font font = { size, size * 1.2F, true };
    bool tapped =
        ui_card(ui, UI_ROLE_KEY, text_key(T_code_del), text_of(T_code_del), r, 0, &dy);
    struct rect at;

    if (dy <= 0)
        ui_box(
            ui, rect_inset(r, 3, 3),
            &(struct ui_box_style){ .fill = SAND, .radius = ui_dim(ui, 25, 19, 21) });
    r.y += dy;
    at = rect_centre(r, r.w, icon + gap + font.line);
    ui_icon(ui, rect_centre(rect_cut_top(&at, icon), icon, icon), "back2", INK);
    rect_cut_top(&at, gap);
    ui_text(ui, at, text_of(T_code_del), font, INK, UI_CENTRE);
    return tapped;
}

static void draw_pad(struct app *app, struct code_state *s, struct rect pad,
                     struct ui *ui)
{
    float gap = ui_dim(ui, 16, 8, 16);
    float w = (pad.w - 2 * gap) / 3;
    float pitch = (pad.h + gap) / 4;

    for (int i = 0; i < N_KEYS; i++) {
        struct rect r = { pad.x + (float)(i % 3) * (w + gap),
                          pad.y + (float)(i / 3) * pitch, w, pitch - gap - LIP };
        int digit = (i + 1) % N_KEYS; /* 1 … 9, erase, 0 */

        if (i == ERASE_PLACE) {
            if (draw_erase_key(ui, r))
                erase_digit(s);
        } else if (draw_digit_key(ui, (enum text_id)(T_code_0 + digit), r)) {
            add_digit(app, s, (char)('0' + digit));
        }
    }
}

/* --- the digits -------------------------------------------------------------------- */

static void draw_boxes(struct ui *ui, const struct code_state *s, float x, float y)
{
    float w = ui_dim(ui, 84, 64, 70), h = ui_dim(ui, 108, 80, 90);
    float gap = ui_dim(ui, 14, 8, 8), middle = ui_dim(ui, 18, 8, 18);
    float size = ui_dim(ui, 54, 42, 54);
    struct ui_font font = { size, size, true };
    struct rect all = { x, y, 6 * w + 5 * gap + middle, h };

    for (size_t i = 0; i < N_DIGITS; i++) {
        struct rect r = { x + (float)i * (w + gap) + (i >= 3 ? middle : 0), y, w, h };
        char digit[2] = { s->digits[i], 0 };

        ui_box(ui, r,
               &(struct ui_box_style){ .fill = SURFACE,
                                       .border = i == s->n ? INDIGO : LINE2,
                                       .line = i == s->n ? 6 : 4,
                                       .radius = 20 });
        if (i < s->n)
            ui_text_middle(ui, r, digit, font, INK, UI_CENTRE);
    }
    ui_node_value(ui, UI_ROLE_FIELD, text_key(T_code_typed),
                  text_fill(ui_arena(ui), text_of(T_code_typed), "n",
                            page_number(ui, (long long)s->n), NULL),
                  page_number(ui, (long long)s->n), all, 0);
}

static float boxes_width(const struct ui *ui)
{
    return 6 * ui_dim(ui, 84, 64, 70) + 5 * ui_dim(ui, 14, 8, 8) +
           ui_dim(ui, 18, 8, 18);
}

/* What to do, the boxes, where help is; centred in `r`. */
static void draw_left(struct ui *ui, const struct code_state *s, struct rect r)
{
    enum text_id say = s->missed ? T_code_retry : T_code_sub;
    float size = ui_dim(ui, 32, 28, s->missed ? 25 : 28);
    struct ui_font font = { size, size * 1.35F, s->missed };
    float gap = ui_dim(ui, 30, 16, 18), box_h = ui_dim(ui, 108, 80, 90);
    float chip_h = 46;
    float say_h = ui_text(ui, r, text_of(say), font, 0, UI_CENTRE);
    float chip_font = 24;
    float chip_w = ui_text_width(ui, text_of(T_code_forgot),
                                 (struct ui_font){ chip_font, 36, true }) +
                   24 + 10 + 32;
    float y = r.y, w;
    struct rect at;

    if (ui_panel(ui) != PANEL_POR)
        y += (r.h - (say_h + box_h + chip_h + 2 * gap)) / 2;
    w = ui_text_width(ui, text_of(say), font);
    at = (struct rect){ r.x, y, r.w, say_h };
    ui_text(ui, at, text_of(say), font, s->missed ? NGHE_DEEP : INK, UI_CENTRE);
    if (!s->missed && w < r.w)
        at = rect_centre(at, w, say_h);
    ui_node(ui, UI_ROLE_TEXT, text_key(say), text_of(say), at, 0);
    y += say_h + gap;
    draw_boxes(ui, s, r.x + (r.w - boxes_width(ui)) / 2, y);
    y += box_h + gap;
    page_chip(ui, T_code_forgot, text_of(T_code_forgot), "help",
              r.x + (r.w - chip_w) / 2, y + chip_h / 2, chip_font);
}

/* --- the page ---------------------------------------------------------------------- */

static void code_frame(struct app *app, void *state, struct ui *ui)
{
    struct code_state *s = state;
    struct bar bar = { .left = BAR_BACK,
                       .help = true,
                       .id = text_key(T_code_title),
                       .title = text_of(T_code_title) };
    const struct not_matched way = { T_sign_no_sub, text_key(T_code_again),
                                     T_code_again, T_code_wait, app_code_wait_s(app) };
    struct rect body, left;
    uint32_t typed;

    if (bar_frame(app, ui, &bar))
        app_goto(app, "signin", 0);
    if (way.wait_s || app->code_guard.wait_until_ms) {
        if (not_matched(app, ui, &way))
            app_goto(app, "code", 0);
        return;
    }
    card_scan(app, ui);
    body = page_body(ui, ui_dim(ui, 14, 14, 14));
    if (ui_panel(ui) == PANEL_POR) {
        left = rect_cut_top(&body, 395.1F - body.y);
    } else {
        left = body;
        body = rect_cut_right(&left, ui_dim(ui, 560, 430, 0));
        rect_cut_right(&left, ui_dim(ui, 56, 24, 0));
    }
    draw_left(ui, s, left);
    draw_pad(app, s, body, ui);
    if (app_is_covered(app))
        return;
    typed = ui_typed(ui);
    if (typed >= '0' && typed <= '9')
        add_digit(app, s, (char)typed);
    if (ui_key(ui, UI_KEY_ERASE))
        erase_digit(s);
}

/* Entering again after the wait starts afresh. */
static void code_enter(struct app *app, void *state, size_t arg)
{
    (void)state;
    (void)arg;
    if (!app_code_wait_s(app))
        app->code_guard.wait_until_ms = 0;
}

const struct screen screen_code = {
    .name = "code",
    .state_size = sizeof(struct code_state),
    .enter = code_enter,
    .frame = code_frame,
};
