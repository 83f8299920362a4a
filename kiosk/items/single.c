/* Choose one act of two or three: touch it, then confirm. What was tried and missed
 * stays visible, faded. */
#include <stdio.h>

#include "items/item_types.h"
#include "items/quiz_page.h"

#define RIGHT_PCT 100

struct single {
    unsigned char chosen; /* 1 + option; 0: none */
    unsigned char given;  /* the answer was given; seen again, it was missed */
    unsigned char asked;  /* the button was touched before a choice */
    unsigned char missed; /* bit per option */
};

_Static_assert(sizeof(struct single) <= ITEM_STATE_MAX, "fits the session");

static enum err single_parse(struct item *item, const json_value *source,
                             struct arena *arena, char *why, size_t n_why)
{
    size_t n_right = 0;

    (void)source;
    (void)arena;
    for (size_t i = 0; i < item->n_options; i++) {
        n_right += item->options[i].right;
        if (!*item->options[i].text) {
            snprintf(why, n_why, "option %zu has no text: write what it does", i + 1);
            return ERR_REJECTED;
        }
    }
    if (item->n_options >= 2 && item->n_options <= 3 && n_right == 1)
        return ERR_OK;
    snprintf(why, n_why,
             "%zu options, %zu of them right: give two or three, one of them right",
             item->n_options, n_right);
    return ERR_REJECTED;
}

static const struct item_option *chosen_option(const struct item *item,
                                               const void *state)
{
    const struct single *s = state;

    if (s->chosen == 0 || s->chosen > item->n_options)
        return NULL;
    return &item->options[s->chosen - 1];
}

static int single_grade(const struct item *item, const void *state)
{
    const struct item_option *o = chosen_option(item, state);

    return o && o->right ? RIGHT_PCT : 0;
}

static const char *single_feedback(const struct item *item, const void *state)
{
    const struct item_option *o = chosen_option(item, state);

    return o ? o->feedback : "";
}

static void draw_tick(struct ui *ui, struct rect card)
{
    struct rect at = { card.x + card.w - 22 - 54, card.y + 22, 54, 54 };

    ui_box(ui, at, &(struct ui_box_style){ .fill = INDIGO, .radius = 27 });
    ui_icon(ui, rect_centre(at, 34, 34), "check", SURFACE);
}

static bool draw_choice(struct ui *ui, struct rect r, size_t place,
                        const struct item_option *o, unsigned state)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    float pad = ui_dim(ui, 17, 11, 13);
    float size = ui_dim(ui, 29, 22, 25);
    struct ui_font font = { size, size * 1.3F, true };
    struct rect in = rect_inset(r, pad, pad);
    float dy;
    bool tapped =
        ui_card(ui, UI_ROLE_CHOICE, text_key_n(ui_arena(ui), T_quiz_choice, place + 1),
                o->text, r, state, &dy);

    in.y += dy;
    if (o->picture && portrait) {
        struct rect at = rect_cut_left(&in, 190);

        ui_picture(ui, at, quiz_picture_source(ui, o->picture), UI_FIT_COVER, 18, 0);
        rect_cut_left(&in, 16);
    } else if (o->picture) {
        float gap = ui_dim(ui, 10, 2, 0);
        struct rect at = rect_cut_top(&in, in.h - ui_dim(ui, 84, 64, 0) - gap);

        ui_picture(ui, at, quiz_picture_source(ui, o->picture), UI_FIT_COVER, 18, 0);
        rect_cut_top(&in, gap);
    }
    ui_text_middle(ui, in, o->text, font, state & UI_DISABLED ? INK2 : INK,
                   portrait ? UI_LEFT : UI_CENTRE);
    if (state & UI_SELECTED) {
        r.y += dy;
        draw_tick(ui, r);
    }
    return tapped;
}

static void draw_choices(const struct item *item, const unsigned char *order,
                         struct single *s, struct rect area, struct ui *ui)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    float gap = ui_dim(ui, 26, 14, 20);
    float n = (float)item->n_options;
    float w = portrait ? area.w : (area.w - (n - 1) * gap) / n;
    float h = portrait ? (area.h - (n - 1) * gap) / n - LIP : area.h - LIP;

    for (size_t i = 0; i < item->n_options; i++) {
        unsigned char option = (unsigned char)(order[i] + 1U);
        unsigned missed = s->missed & (1U << order[i]);
        unsigned state = missed ? UI_DISABLED : option == s->chosen ? UI_SELECTED : 0;
        struct rect r =
            portrait
                ? (struct rect){ area.x, area.y + (float)i * (h + LIP + gap), w, h }
                : (struct rect){ area.x + (float)i * (w + gap), area.y, w, h };

        if (draw_choice(ui, r, i, &item->options[order[i]], state) && !missed)
            s->chosen = option;
    }
}

static bool single_frame(const struct item *item, const unsigned char *order,
                         void *state, struct ui *ui)
{
    struct single *s = state;
    struct rect area = page_body(ui, page_foot_h(ui));
    struct ui_button_style style = { .kind = UI_BUTTON_PRIMARY, .icon_right = "check" };
    float w = ui_button_width(ui, text_of(T_quiz_choose), &style);
    struct rect button = page_foot_button(ui, w > 260 ? w : ui_dim(ui, 260, 190, w));

    if (s->given) { /* a second try */
        s->missed |= (unsigned char)(s->chosen ? 1U << (s->chosen - 1U) : 0U);
        s->given = 0;
        s->chosen = 0;
    }
    quiz_question(ui, &area, text_key(T_quiz_question), item->stem, true);
    draw_choices(item, order, s, area, ui);
    if (s->chosen)
        s->asked = 0;
    style.state = s->chosen ? 0 : UI_DISABLED;
    if (s->asked) /* the button says itself why it does nothing */
        style.icon_right = NULL;
    if (!ui_button(ui, text_key(T_quiz_choose),
                   text_of(s->asked ? T_quiz_first : T_quiz_choose), button, &style))
        return false;
    s->asked = !s->chosen;
    s->given = s->chosen != 0;
    return s->given;
}

static void single_show(const struct item *item, const void *state, bool show_right,
                        struct ui *ui)
{
    struct verdict v = quiz_verdict(item, state, show_right);
    const struct item_option *o = chosen_option(item, state);

    for (size_t i = 0; v.shown && i < item->n_options; i++)
        if (item->options[i].right)
            o = &item->options[i];
    if (o)
        quiz_answer(ui, item, &v,
                    &(struct answer_look){ .picture = o->picture,
                                           .icon = "hand",
                                           .icon_colour = INDIGO,
                                           .text = o->text });
}

const struct item_type item_single = {
    .name = "single",
    .state_size = sizeof(struct single),
    .parse = single_parse,
    .grade = single_grade,
    .feedback = single_feedback,
    .frame = single_frame,
    .show = single_show,
};
