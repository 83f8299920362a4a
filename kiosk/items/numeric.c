/* Type a number on large keys. With a unit it is an amount and gets the dots of
 * Vietnamese thousands; without one it is shown as typed, as on a telephone. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "items/choice_card.h"
#include "items/item_types.h"
#include "items/quiz_answer.h"
#include "lesson/lesson.h"

#define RIGHT_PCT 100
#define DIGITS_MAX 9
#define NUMBER_MAX 999999999
#define N_KEYS 11
#define ERASE_PLACE 9

struct number {
    int64_t low, high; /* right is what lies between them */
    const char *unit;  /* may be NULL */
};

struct numeric {
    char digits[DIGITS_MAX + 1];
    unsigned char given; /* seen again, it was missed */
    unsigned char asked; /* the button was touched before a digit */
};

_Static_assert(sizeof(struct numeric) <= ITEM_STATE_MAX, "fits the session");

/* Option 0 is the number in words of digits, option 1 the reason for any other. */
static enum err numeric_parse(struct item *item, const json_value *source,
                              struct arena *arena, char *why, size_t n_why)
{
    struct number *number = arena_alloc(arena, sizeof(*number));
    const json_value *unit = json_get(source, "unit");

    item->data = number;
    if (item->n_options != 2 || !item->options[0].right || item->options[1].right ||
        !*item->options[0].text) {
        snprintf(why, n_why,
                 "%zu options: give the number and the reason for any other",
                 item->n_options);
        return ERR_REJECTED;
    }
    if (json_int(json_get(source, "low"), 0, NUMBER_MAX, &number->low) ||
        json_int(json_get(source, "high"), number->low, NUMBER_MAX, &number->high)) {
        snprintf(why, n_why, "low and high are not 0 to %d, in this order", NUMBER_MAX);
        return ERR_REJECTED;
    }
    number->unit = lesson_read_text(unit, arena);
    if (!unit || number->unit)
        return ERR_OK;
    snprintf(why, n_why, "unit is empty: name it or leave it out");
    return ERR_REJECTED;
}

static size_t n_digits(const struct numeric *s)
{
    size_t n = 0;

    while (n < DIGITS_MAX && s->digits[n] >= '0' && s->digits[n] <= '9')
        n++;
    return s->digits[n] ? 0 : n; /* anything else is no number */
}

static bool is_right(const struct item *item, const struct numeric *s)
{
    const struct number *number = item->data;
    size_t n = n_digits(s);
    int64_t value = 0;

    for (size_t i = 0; i < n; i++)
        value = value * 10 + (s->digits[i] - '0');
    return n && value >= number->low && value <= number->high;
}

static int numeric_grade(const struct item *item, const void *state)
{
    return is_right(item, state) ? RIGHT_PCT : 0;
}

static const char *numeric_feedback(const struct item *item, const void *state)
{
    if (!n_digits(state))
        return "";
    return item->options[is_right(item, state) ? 0 : 1].feedback;
}

static void add_digit(struct numeric *s, char digit)
{
    size_t n = n_digits(s);

    if (n < DIGITS_MAX)
        s->digits[n] = digit;
}

static void erase_digit(struct numeric *s)
{
    size_t n = n_digits(s);

    if (n)
        s->digits[n - 1] = 0;
}

/* "50000" as "50.000 đồng". */
static const char *spoken(struct arena *arena, const char *digits, const char *unit)
{
    char out[DIGITS_MAX + DIGITS_MAX / 3 + 1];
    size_t n = strlen(digits), k = 0;

    if (!unit || n == 0 || n > DIGITS_MAX)
        return digits;
    for (size_t i = 0; i < n; i++) {
        if (i && (n - i) % 3 == 0)
            out[k++] = '.';
        out[k++] = digits[i];
    }
    out[k] = 0;
    return arena_printf(arena, "%s %s", out, unit);
}

static const char *typed(struct arena *arena, const struct numeric *s)
{
    return arena_strndup(arena, s->digits, n_digits(s));
}

/* --- the page ----------------------------------------------------------------------- */

static bool draw_digit(struct ui *ui, int digit, struct rect r)
{
    float size = ui_dim(ui, 54, 40, 54), dy;
    struct ui_font font = { size, size, true };
    const char *text = arena_printf(ui_arena(ui), "%d", digit);
    bool tapped =
        ui_card(ui, UI_ROLE_KEY, text_key_n(ui_arena(ui), T_quiz_digit, (size_t)digit),
                text, r, 0, &dy);

    r.y += dy;
    ui_text_middle(ui, r, text, font, INK, UI_CENTRE);
    return tapped;
}

static bool draw_erase(struct ui *ui, struct rect r)
{
    float size = ui_dim(ui, 26, 22, 26), dy;
    struct ui_font font = { size, size * 1.2F, true };
    bool tapped = ui_card(ui, UI_ROLE_KEY, STR(quiz_erase), r, 0, &dy);

    if (dy <= 0)
        ui_box(
            ui, rect_inset(r, 3, 3),
            &(struct ui_box_style){ .fill = SAND, .radius = ui_dim(ui, 25, 19, 21) });
    r.y += dy;
    ui_text_middle(ui, r, text_of(T_quiz_erase), font, INK, UI_CENTRE);
    return tapped;
}

/* Three by four; the last place is the button, in the corner where it always is. */
static bool draw_pad(struct numeric *s, struct rect pad, struct ui *ui)
{
    float gap = ui_dim(ui, 16, 8, 16);
    float w = (pad.w - 2 * gap) / 3, pitch = (pad.h + gap) / 4;
    struct confirm c = { T_quiz_check, T_quiz_number_first, false, &s->asked };
    struct rect r = { 0 };

    for (int i = 0; i <= N_KEYS; i++) {
        r = (struct rect){ pad.x + (float)(i % 3) * (w + gap),
                           pad.y + (float)(i / 3) * pitch, w, pitch - gap - LIP };
        if (i == N_KEYS)
            break;
        if (i == ERASE_PLACE) {
            if (draw_erase(ui, r))
                erase_digit(s);
        } else if (draw_digit(ui, (i + 1) % N_KEYS, r)) {
            add_digit(s, (char)('0' + (i + 1) % N_KEYS));
        }
    }
    c.ready = n_digits(s) > 0;
    return confirm_button_at(ui, r, &c);
}

static void draw_field(const struct item *item, const struct numeric *s, struct rect r,
                       struct ui *ui)
{
    const struct number *number = item->data;
    float size = ui_dim(ui, 54, 40, 50), line = ui_dim(ui, 24, 20, 24);
    struct ui_font font = { size, size * 1.2F, true };
    struct ui_font unit_font = { line, line * 1.4F, false };
    const char *digits = typed(ui_arena(ui), s);
    const char *text = spoken(ui_arena(ui), digits, number->unit);

    ui_box(ui, r,
           &(struct ui_box_style){
               .fill = SURFACE, .border = INDIGO, .line = 6, .radius = 20 });
    if (*text)
        ui_text_middle(ui, rect_inset(r, 20, 0), text, font, INK, UI_CENTRE);
    else if (number->unit)
        ui_text_middle(ui, rect_inset(r, 20, 0), number->unit, unit_font, INK2,
                       UI_CENTRE);
    ui_node_value(ui, UI_ROLE_FIELD, text_key(T_quiz_typed), text, digits, r, 0);
}

static bool numeric_frame(const struct item *item, const unsigned char *order,
                          void *state, struct ui *ui)
{
    struct numeric *s = state;
    bool portrait = ui_panel(ui) == PANEL_POR;
    float edge = ui_dim(ui, 24, 12, 0), field_h = ui_dim(ui, 120, 84, 110);
    struct rect area = page_body(ui, portrait ? quiz_foot_h(ui, ITEM_FOOT_DOTS) : edge);
    uint32_t key = ui_typed(ui);
    struct rect pad;

    (void)order;
    if (s->given || !n_digits(s))
        memset(s->digits, 0, sizeof(s->digits));
    s->given = 0;
    if (key >= '0' && key <= '9')
        add_digit(s, (char)key);
    if (ui_key(ui, UI_KEY_ERASE))
        erase_digit(s);
    pad = portrait ? area : rect_cut_right(&area, ui_dim(ui, 540, 376, 0));
    if (!portrait)
        rect_cut_right(&area, ui_dim(ui, 48, 20, 0));
    quiz_question(ui, &area, text_key(T_quiz_question), item->stem, true);
    if (item->picture && !portrait) {
        struct rect at = rect_inset(area, 0, 0);

        at.h -= field_h + ui_dim(ui, 84, 56, 0);
        ui_picture(ui, at, quiz_picture_source(ui, item->picture), UI_FIT_CONTAIN, 20,
                   0);
        ui_node(ui, UI_ROLE_IMAGE, text_key(T_quiz_picture), item->picture->alt, at, 0);
        rect_cut_top(&area, at.h + ui_dim(ui, 16, 8, 0));
    }
    area.h = field_h;
    draw_field(item, s, area, ui);
    if (portrait)
        rect_cut_top(&pad, area.y + field_h + 24 - pad.y);
    s->given = draw_pad(s, pad, ui);
    return s->given;
}

static void numeric_show(const struct item *item, const void *state, bool show_right,
                         struct ui *ui)
{
    struct verdict v = quiz_verdict(item, state, show_right);
    const struct number *number = item->data;
    const struct numeric *s = state;
    const char *digits = v.shown ? item->options[0].text : typed(ui_arena(ui), s);
    const char *text = spoken(ui_arena(ui), digits, number->unit);

    quiz_answer(ui, item, &v,
                &(struct answer_look){ item->picture, "hand", INDIGO, text });
}

const struct item_type item_numeric = {
    .name = "numeric",
    .state_size = sizeof(struct numeric),
    .parse = numeric_parse,
    .grade = numeric_grade,
    .feedback = numeric_feedback,
    .frame = numeric_frame,
    .show = numeric_show,
};
