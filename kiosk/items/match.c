/* Which picture goes with which word? Touch one, touch the other; the pair carries the
 * same number, and a touch on either takes it apart. After a miss the right pairs stay.
 * No dragging, no lines. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "items/choice_card.h"
#include "items/item_types.h"
#include "items/quiz_answer.h"
#include "lesson/lesson.h"

#define RIGHT_PCT 100
#define PAIRS_MIN 2
#define PAIRS_MAX 4

/* Of the item: an option's words are the right side, its picture or `left` the left. */
struct pairs {
    const char *left[PAIRS_MAX]; /* what it is called; of a picture, what it shows */
    const char *missed[PAIRS_MAX];
    bool pictures;
};

struct match {
    unsigned char with[PAIRS_MAX]; /* of each left: 1 + option on the right; 0: none */
    unsigned char left, right;     /* 1 + touched and still alone; 0: none */
    unsigned char given;           /* seen again, it was missed */
    unsigned char asked;           /* the button was touched before the last pair */
};

_Static_assert(sizeof(struct match) <= ITEM_STATE_MAX, "fits the session");

/* --- the answer --------------------------------------------------------------------- */

static enum err match_parse(struct item *item, const json_value *source,
                            struct arena *arena, char *why, size_t n_why)
{
    struct pairs *pairs = arena_alloc(arena, sizeof(*pairs));
    const json_value *list = json_get(source, "options");

    if (item->n_options < PAIRS_MIN || item->n_options > PAIRS_MAX) {
        snprintf(why, n_why, "%zu pairs: give two to four", item->n_options);
        return ERR_REJECTED;
    }
    pairs->pictures = item->options[0].picture != NULL;
    for (size_t i = 0; i < item->n_options; i++) {
        const struct item_option *o = &item->options[i];

        pairs->left[i] =
            o->picture ? o->picture->alt
                       : lesson_read_text(json_get(json_at(list, i), "left"), arena);
        if (!pairs->left[i] || !*o->text || pairs->pictures != (o->picture != NULL)) {
            snprintf(why, n_why,
                     "pair %zu lacks a side: give words on the right, and on the left "
                     "a picture or words, alike in every pair",
                     i + 1);
            return ERR_REJECTED;
        }
        pairs->missed[i] =
            text_fill(arena, text_of(T_match_not), "loi", pairs->left[i], NULL);
    }
    item->data = pairs;
    return ERR_OK;
}

static void match_refill(struct item *item,
                         const char *(*fill)(struct arena *arena, const char *text),
                         struct arena *arena)
{
    struct pairs *pairs = item->data;

    for (size_t i = 0; i < item->n_options; i++) {
        pairs->left[i] = fill(arena, pairs->left[i]);
        pairs->missed[i] = fill(arena, pairs->missed[i]);
    }
}

static int match_grade(const struct item *item, const void *state)
{
    const struct match *s = state;
    size_t n = 0;

    for (size_t i = 0; i < item->n_options; i++)
        n += s->with[i] == i + 1;
    return (int)(n * RIGHT_PCT / item->n_options);
}

static const char *match_feedback(const struct item *item, const void *state)
{
    const struct match *s = state;
    const struct pairs *pairs = item->data;

    if (match_grade(item, s) == RIGHT_PCT)
        return item->why ? item->why : "";
    for (size_t i = 0; i < item->n_options; i++)
        if (s->with[i] && s->with[i] <= item->n_options && s->with[i] != i + 1)
            return pairs->missed[i];
    return "";
}

static void begin(const struct item *item, struct match *s)
{
    if (!s->given)
        return;
    s->given = 0;
    for (size_t i = 0; i < item->n_options; i++)
        s->with[i] = s->with[i] == i + 1 ? s->with[i] : 0;
}

/* The left that has `option` as its other half, or n_options. */
static size_t owner(const struct item *item, const struct match *s, size_t option)
{
    size_t i = 0;

    while (i < item->n_options && s->with[i] != option + 1)
        i++;
    return i;
}

static void join(struct match *s)
{
    if (!s->left || !s->right)
        return;
    s->with[s->left - 1] = s->right;
    s->left = 0;
    s->right = 0;
}

static void tap_left(struct match *s, size_t i)
{
    if (s->with[i])
        s->with[i] = 0;
    else
        s->left = s->left == i + 1 ? 0 : (unsigned char)(i + 1);
    join(s);
}

static void tap_right(const struct item *item, struct match *s, size_t option)
{
    size_t left = owner(item, s, option);

    if (left < item->n_options)
        s->with[left] = 0;
    else
        s->right = s->right == option + 1 ? 0 : (unsigned char)(option + 1);
    join(s);
}

/* --- the page ----------------------------------------------------------------------- */

static struct ui_font word_font(struct ui *ui)
{
    float size = ui_dim(ui, 32, 23, 26);

    return (struct ui_font){ size, size * 1.25F, true };
}

static struct rect number_at(const struct ui *ui, struct rect card)
{
    float side = ui_dim(ui, 46, 32, 44), inset = ui_dim(ui, 12, 7, 10);

    return (struct rect){ card.x + inset, card.y + inset, side, side };
}

static bool draw_left(const struct item *item, const struct match *s, size_t i,
                      struct rect r, struct ui *ui)
{
    const struct pairs *pairs = item->data;
    const struct picture *picture = item->options[i].picture;
    bool on = s->with[i] || s->left == i + 1;
    float pad = ui_dim(ui, 14, 8, 12), dy;
    bool tapped =
        ui_card(ui, UI_ROLE_CHOICE, text_key_n(ui_arena(ui), T_match_left, i + 1),
                pairs->left[i], r, on ? UI_SELECTED : 0, &dy);

    if (picture)
        choice_ground(ui, r, on ? UI_SELECTED : 0, dy);
    r.y += dy;
    if (picture)
        ui_picture(ui, rect_inset(r, pad, pad), quiz_picture_source(ui, picture),
                   UI_FIT_CONTAIN, 18, 0);
    else
        ui_text_middle(ui, rect_inset(r, ui_dim(ui, 30, 22, 30), pad), pairs->left[i],
                       word_font(ui), INK, UI_CENTRE);
    if (on)
        choice_number(ui, number_at(ui, r), i + 1, true);
    return tapped;
}

static bool draw_right(const struct item *item, const struct match *s, size_t place,
                       size_t option, struct rect r, struct ui *ui)
{
    size_t left = owner(item, s, option);
    bool paired = left < item->n_options;
    unsigned state = paired || s->right == option + 1 ? UI_SELECTED : 0;
    float side = ui_dim(ui, 46, 32, 44), dy;
    const char *words = item->options[option].text;
    bool tapped =
        ui_card(ui, UI_ROLE_CHOICE, text_key_n(ui_arena(ui), T_quiz_choice, place + 1),
                words, r, state, &dy);

    r.y += dy;
    if (paired)
        choice_number(ui, number_at(ui, r), left + 1, true);
    ui_text_middle(ui, rect_inset(r, side * 0.5F, 4), words, word_font(ui), INK,
                   UI_CENTRE);
    return tapped;
}

/* Side by side on a portrait panel, else one row above the other. */
static struct rect place_of(const struct ui *ui, struct rect area, size_t n, size_t i,
                            bool right_side)
{
    float gap = ui_dim(ui, 20, 10, 14);
    float share = 0.6F; /* of the height, for the left side */
    float count = (float)n, w, h;

    if (ui_panel(ui) == PANEL_POR) {
        w = (area.w - gap) / 2;
        h = (area.h - (count - 1) * gap) / count - LIP;
        return (struct rect){ area.x + (right_side ? w + gap : 0),
                              area.y + (float)i * (h + LIP + gap), w, h };
    }
    w = (area.w - (count - 1) * gap) / count;
    h = area.h - 2 * LIP - gap;
    return (struct rect){ area.x + (float)i * (w + gap),
                          area.y + (right_side ? h * share + LIP + gap : 0), w,
                          h * (right_side ? 1 - share : share) };
}

/* Which number waits for its word; beside the dots, on a portrait panel above them. */
static void draw_hint(const struct item *item, const struct match *s, struct ui *ui)
{
    const struct pairs *pairs = item->data;
    enum text_id id = pairs->pictures ? T_match_wait : T_match_wait_words;
    struct rect r = page_foot_button(ui, 0);
    const char *text;

    if (!s->left)
        return;
    text = text_fill(ui_arena(ui), text_of(id), "i",
                     arena_printf(ui_arena(ui), "%u", (unsigned)s->left), NULL);
    r.x = page_margin(ui) + ui_dim(ui, 200, 150, 0);
    r.w = ui_page(ui).w - r.x - page_margin(ui) - ui_dim(ui, 280, 210, 0);
    r.y += ui_panel(ui) == PANEL_POR ? -66 : r.h * 0.5F - ui_dim(ui, 24, 21, 0);
    quiz_chip(ui, id, text, r);
}

static bool match_frame(const struct item *item, const unsigned char *order,
                        void *state, struct ui *ui)
{
    struct match *s = state;
    const struct pairs *pairs = item->data;
    struct rect area = page_body(ui, page_foot_h(ui) + ui_dim(ui, 0, 0, 58));
    struct confirm c = { T_quiz_check, T_quiz_all, true, &s->asked };
    size_t n = item->n_options;

    begin(item, s);
    quiz_question(ui, &area, text_key(T_quiz_question), item->stem, true);
    quiz_hint(ui, &area, pairs->pictures ? T_match_how : T_match_words);
    for (size_t i = 0; i < n; i++)
        if (draw_left(item, s, i, place_of(ui, area, n, i, false), ui))
            tap_left(s, i);
    for (size_t i = 0; i < n; i++) {
        size_t option = choice_mixed(order, n, i);

        if (draw_right(item, s, i, option, place_of(ui, area, n, i, true), ui))
            tap_right(item, s, option);
    }
    draw_hint(item, s, ui);
    for (size_t i = 0; i < n; i++)
        c.ready = c.ready && s->with[i];
    s->given = confirm_button(ui, &c);
    return s->given;
}

static void match_show(const struct item *item, const void *state, bool show_right,
                       struct ui *ui)
{
    struct verdict v = quiz_verdict(item, state, show_right);
    const struct match *s = state;
    const struct pairs *pairs = item->data;
    struct answer_row rows[PAIRS_MAX] = { 0 };
    size_t n = 0;

    for (; n < item->n_options; n++) {
        size_t option = v.shown ? n : (size_t)(s->with[n] - 1);
        const char *words;

        if (option >= item->n_options)
            break;
        words = item->options[option].text;
        rows[n].picture = item->options[n].picture;
        rows[n].text = rows[n].picture ? words
                                       : arena_printf(ui_arena(ui), "%s – %s",
                                                      pairs->left[n], words);
    }
    quiz_answer_rows(ui, item, &v, rows, n);
}

const struct item_type item_match = {
    .name = "match",
    .state_size = sizeof(struct match),
    .parse = match_parse,
    .refill = match_refill,
    .grade = match_grade,
    .feedback = match_feedback,
    .frame = match_frame,
    .show = match_show,
};
