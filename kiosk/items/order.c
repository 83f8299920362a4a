/* What comes first, what next? Touch the steps one after the other; touch one again to
 * take it back. After a miss the right beginning stays. No dragging. */
#include <stdio.h>
#include <string.h>

#include "items/choice_card.h"
#include "items/item_types.h"
#include "items/quiz_answer.h"

#define RIGHT_PCT 100
#define STEPS_MIN 3
#define STEPS_MAX 4
#define GRID_GAP 14.0F /* dp */

struct order {
    unsigned char at[STEPS_MAX]; /* 1 + option at each place; 0: empty from here on */
    unsigned char given;         /* seen again, it was missed */
    unsigned char asked;         /* the button was touched before the last step */
};

_Static_assert(sizeof(struct order) <= ITEM_STATE_MAX, "fits the session");

/* The options stand in the right order; all of them belong to it. */
static enum err order_parse(struct item *item, const json_value *source,
                            struct arena *arena, char *why, size_t n_why)
{
    (void)source;
    (void)arena;
    for (size_t i = 0; i < item->n_options; i++) {
        if (*item->options[i].text && item->options[i].right)
            continue;
        snprintf(why, n_why, "step %zu has no text or is not marked right", i + 1);
        return ERR_REJECTED;
    }
    if (item->n_options >= STEPS_MIN && item->n_options <= STEPS_MAX)
        return ERR_OK;
    snprintf(why, n_why, "%zu steps: give three or four", item->n_options);
    return ERR_REJECTED;
}

static size_t n_steps(const struct item *item)
{
    return item->n_options < STEPS_MAX ? item->n_options : STEPS_MAX;
}

static size_t n_right(const struct item *item, const struct order *s)
{
    size_t n = 0;

    while (n < n_steps(item) && s->at[n] == n + 1)
        n++;
    return n;
}

static size_t n_taken(const struct item *item, const struct order *s)
{
    size_t n = 0;

    while (n < n_steps(item) && s->at[n])
        n++;
    return n;
}

static int order_grade(const struct item *item, const void *state)
{
    size_t n = n_steps(item);

    return n ? (int)(n_right(item, state) * RIGHT_PCT / n) : 0;
}

/* Of a miss: why the step that belongs to the first wrong place stands there. */
static const char *order_feedback(const struct item *item, const void *state)
{
    const struct order *s = state;
    size_t n = n_right(item, s), steps = n_steps(item);

    if (steps && n == steps)
        return item->why ? item->why : item->options[n - 1].feedback;
    return n < steps && s->at[n] && s->at[n] <= steps ? item->options[n].feedback : "";
}

static void begin(const struct item *item, struct order *s)
{
    size_t n = n_right(item, s);

    if (!s->given)
        return;
    s->given = 0;
    memset(s->at + n, 0, sizeof(s->at) - n);
}

static bool is_taken(const struct order *s, size_t option)
{
    return memchr(s->at, (int)option + 1, sizeof(s->at)) != NULL;
}

static void take_back(struct order *s, size_t place)
{
    memmove(s->at + place, s->at + place + 1, sizeof(s->at) - place - 1);
    s->at[STEPS_MAX - 1] = 0;
}

/* --- the two lists ------------------------------------------------------------------ */

static struct ui_font row_font(struct ui *ui)
{
    float size = ui_dim(ui, 30, 23, 24);

    return (struct ui_font){ size, size * 1.28F, true };
}

static void draw_slot(struct ui *ui, struct rect r)
{
    ui_box(ui, r,
           &(struct ui_box_style){ .border = LINE2,
                                   .line = 4,
                                   .radius = ui_dim(ui, 28, 22, 24),
                                   .dashed = true });
}

static struct rect number_at(struct ui *ui, struct rect r)
{
    float side = ui_dim(ui, 70, 40, 52);

    if (side > r.h - 8)
        side = r.h - 8;
    return rect_centre((struct rect){ r.x + ui_dim(ui, 24, 14, 24), r.y, side, r.h },
                       side, side);
}

static bool draw_step(struct ui *ui, struct rect r, size_t place,
                      const struct item_option *o)
{
    float dy;
    bool tapped =
        ui_card(ui, UI_ROLE_CHOICE, text_key_n(ui_arena(ui), T_quiz_choice, place + 1),
                o->text, r, 0, &dy);

    r.y += dy;
    ui_text_middle(ui, rect_inset(r, ui_dim(ui, 24, 14, 24), 0), o->text, row_font(ui),
                   INK, UI_LEFT);
    return tapped;
}

static bool draw_taken(struct ui *ui, struct rect r, size_t place,
                       const struct item_option *o)
{
    float cross = ui_dim(ui, 42, 28, 36), dy;
    bool tapped =
        ui_card(ui, UI_ROLE_CHOICE, text_key_n(ui_arena(ui), T_quiz_place, place + 1),
                o->text, r, UI_SELECTED, &dy);
    struct rect at;

    r.y += dy;
    at = number_at(ui, r);
    choice_number(ui, at, place + 1, true);
    rect_cut_left(&r, at.x + at.w - r.x + ui_dim(ui, 20, 12, 18));
    at = rect_cut_right(&r, cross + ui_dim(ui, 30, 18, 26));
    ui_icon(ui, rect_centre(at, cross, cross), "close", INK);
    ui_text_middle(ui, r, o->text, row_font(ui), INK, UI_LEFT);
    return tapped;
}

/* A heading and room for `n` rows of `row_h`; cuts both off `area`. */
static struct rect open_list(struct ui *ui, struct rect *area, enum text_id heading)
{
    float size = ui_dim(ui, 25, 20, 24);
    struct ui_font font = { size, size * 1.3F, true };
    float h = ui_label(ui, UI_ROLE_TEXT, text_key(heading), text_of(heading), *area,
                       font, INK2, UI_LEFT);

    rect_cut_top(area, h + ui_dim(ui, 12, 4, 8));
    return *area;
}

static float list_gap(const struct ui *ui)
{
    return ui_dim(ui, 16, 6, 6) + LIP;
}

/* On a small panel two lists of four would make rows lower than a finger: there the steps
 * stand two by two, and what was touched shows its number where it stands. */
static void draw_grid(const struct item *item, const unsigned char *order,
                      struct order *s, struct rect area, struct ui *ui)
{
    size_t taken = n_taken(item, s), back = STEPS_MAX;
    float w = (area.w - GRID_GAP) / 2, h = area.h / 2 - GRID_GAP;

    for (size_t i = 0; i < n_steps(item); i++) {
        size_t option = choice_mixed(order, item->n_options, i);
        const unsigned char *place = memchr(s->at, (int)option + 1, sizeof(s->at));
        struct rect r = { area.x + (float)(i % 2) * (w + GRID_GAP),
                          area.y + (float)(i / 2) * (h + GRID_GAP), w, h };

        if (!place && draw_step(ui, r, i, &item->options[option]) && taken < STEPS_MAX)
            s->at[taken] = (unsigned char)(option + 1);
        else if (place &&
                 draw_taken(ui, r, (size_t)(place - s->at), &item->options[option]))
            back = (size_t)(place - s->at);
    }
    if (back < STEPS_MAX)
        take_back(s, back);
}

/* On a portrait panel both lists stand one below the other: steps that were taken leave
 * no hole, and of the empty places only the next one is shown. */
static bool is_tight(const struct ui *ui)
{
    return ui_panel(ui) == PANEL_POR;
}

/* Steps to take; returns where they end. */
static float draw_steps(const struct item *item, const unsigned char *order,
                        struct order *s, struct rect list, float row_h, struct ui *ui)
{
    size_t taken = n_taken(item, s);

    for (size_t i = 0; i < n_steps(item); i++) {
        size_t option = choice_mixed(order, item->n_options, i);
        struct rect r = { list.x, list.y, list.w, row_h };

        if (is_taken(s, option)) {
            if (is_tight(ui))
                continue;
            draw_slot(ui, r);
        } else if (draw_step(ui, r, i, &item->options[option]) && taken < STEPS_MAX) {
            s->at[taken] = (unsigned char)(option + 1);
        }
        list.y += row_h + list_gap(ui);
    }
    return list.y;
}

static void draw_places(const struct item *item, struct order *s, struct rect list,
                        float row_h, struct ui *ui)
{
    size_t taken = n_taken(item, s), back = STEPS_MAX;

    for (size_t i = 0; i < n_steps(item); i++) {
        struct rect r = { list.x, list.y + (float)i * (row_h + list_gap(ui)), list.w,
                          row_h };

        if (i > taken && is_tight(ui))
            break;
        if (i >= taken) {
            draw_slot(ui, r);
            choice_number(ui, number_at(ui, r), i + 1, false);
        } else if (s->at[i] <= item->n_options &&
                   draw_taken(ui, r, i, &item->options[s->at[i] - 1])) {
            back = i;
        }
    }
    if (back < STEPS_MAX)
        take_back(s, back);
}

static void draw_lists(const struct item *item, const unsigned char *order,
                       struct order *s, struct rect area, struct ui *ui)
{
    struct rect left = area, right;
    bool portrait = is_tight(ui);
    float gap = list_gap(ui), n = (float)n_steps(item), row_h;

    if (!portrait)
        left.w = (area.w - 36) / 2;
    right = left;
    right.x = area.x + area.w - right.w;
    open_list(ui, &left, T_quiz_order_from);
    row_h = portrait ? (left.h - 50) / (n + 1) - gap : left.h / n - gap;
    if (row_h > 126)
        row_h = 126;
    if (portrait)
        right.y = draw_steps(item, order, s, left, row_h, ui) + 6;
    else
        draw_steps(item, order, s, left, row_h, ui);
    open_list(ui, &right, T_quiz_order_to);
    draw_places(item, s, right, row_h, ui);
}

static bool order_frame(const struct item *item, const unsigned char *order,
                        void *state, struct ui *ui)
{
    struct order *s = state;
    struct rect area = page_body(ui, page_foot_h(ui));
    struct confirm c = { T_quiz_check, T_quiz_all, false, &s->asked };

    begin(item, s);
    quiz_question(ui, &area, text_key(T_quiz_question), item->stem, true);
    if (ui_panel(ui) == PANEL_CMP) {
        open_list(ui, &area, T_quiz_order_from);
        draw_grid(item, order, s, area, ui);
    } else {
        draw_lists(item, order, s, area, ui);
    }
    c.ready = n_taken(item, s) == n_steps(item);
    s->given = confirm_button(ui, &c);
    return s->given;
}

static void order_show(const struct item *item, const void *state, bool show_right,
                       struct ui *ui)
{
    static const char *const marks[STEPS_MAX] = { "1.", "2.", "3.", "4." };
    struct verdict v = quiz_verdict(item, state, show_right);
    const struct order *s = state;
    struct answer_row rows[STEPS_MAX] = { 0 };
    size_t n = 0;

    for (; n < n_steps(item); n++) {
        size_t option = v.shown ? n : (size_t)(s->at[n] - 1);

        if (option >= item->n_options)
            break;
        rows[n] =
            (struct answer_row){ .mark = marks[n], .text = item->options[option].text };
    }
    quiz_answer_rows(ui, item, &v, rows, n);
}

const struct item_type item_order = {
    .name = "order",
    .state_size = sizeof(struct order),
    .parse = order_parse,
    .grade = order_grade,
    .feedback = order_feedback,
    .frame = order_frame,
    .show = order_show,
};
