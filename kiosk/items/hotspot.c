/* Touch the right place of a picture: a screen of the practice phone. What was touched
 * is framed and also said in words. */
#include <stdio.h>

#include "base/arena.h"
#include "items/choice_card.h"
#include "items/item_types.h"
#include "items/one_choice.h"
#include "items/quiz_answer.h"
#include "lesson/lesson.h"

#define SPOTS_MIN 2
#define FRAME_LINE 7.0F

/* The place of each option in the picture; per mille of its width and height. */
struct spots {
    int64_t at[ITEM_OPTIONS_MAX][4]; /* x, y, width, height */
};

#define WHOLE 1000
#define PICTURE_W 480.0F /* the content's frame of a picture: all hot ones have it */
#define PICTURE_H 400.0F

static enum err hotspot_parse(struct item *item, const json_value *source,
                              struct arena *arena, char *why, size_t n_why)
{
    struct spots *spots = arena_alloc(arena, sizeof(*spots));
    const json_value *list = json_get(source, "options");

    item->data = spots;
    if (!item->picture || item->n_options < SPOTS_MIN) {
        snprintf(why, n_why, "no picture, or %zu places: give one, and two or more",
                 item->n_options);
        return ERR_REJECTED;
    }
    for (size_t i = 0; i < item->n_options; i++) {
        const json_value *at = json_get(json_at(list, i), "at");
        int64_t *s = spots->at[i];
        enum err err = json_count(at) == 4 ? ERR_OK : ERR_REJECTED;

        for (size_t k = 0; !err && k < 4; k++)
            err = json_int(json_at(at, k), k < 2 ? 0 : 1, WHOLE, &s[k]);
        if (!err && s[0] + s[2] <= WHOLE && s[1] + s[3] <= WHOLE)
            continue;
        snprintf(why, n_why, "place %zu is not within the picture: x, y, w, h of 1000",
                 i + 1);
        return ERR_REJECTED;
    }
    return one_choice_check(item, ITEM_OPTIONS_MAX, why, n_why);
}

/* --- the picture -------------------------------------------------------------------- */

/* The largest picture with its frame that fits into `room`. */
static struct rect picture_in(struct rect room)
{
    float w = room.h * PICTURE_W / PICTURE_H;

    if (w > room.w)
        w = room.w;
    return rect_centre(room, w, w * PICTURE_H / PICTURE_W);
}

static struct rect draw_phone(const struct item *item, struct rect room, struct ui *ui)
{
    float line = ui_dim(ui, 14, 8, 14);
    struct rect at = picture_in(rect_inset(room, line, line));

    ui_box(ui, rect_inset(at, -line, -line),
           &(struct ui_box_style){ .fill = INK, .radius = ui_dim(ui, 44, 26, 44) });
    ui_picture(ui, at, quiz_picture_source(ui, item->picture), UI_FIT_CONTAIN,
               ui_dim(ui, 32, 20, 32), 0);
    ui_node(ui, UI_ROLE_IMAGE, text_key(T_quiz_picture), item->picture->alt, at, 0);
    return at;
}

static struct rect spot_at(const struct item *item, size_t option, struct rect picture)
{
    const struct spots *spots = item->data;
    const int64_t *s = spots->at[option];

    return (struct rect){ picture.x + picture.w * (float)s[0] / WHOLE,
                          picture.y + picture.h * (float)s[1] / WHOLE,
                          picture.w * (float)s[2] / WHOLE,
                          picture.h * (float)s[3] / WHOLE };
}

static void draw_frame(struct ui *ui, struct rect at, uint32_t colour, bool dashed)
{
    ui_box(ui, rect_inset(at, -4, -4),
           &(struct ui_box_style){
               .border = colour, .line = FRAME_LINE, .radius = 28, .dashed = dashed });
}

static void draw_spots(const struct item *item, struct one_choice *s,
                       struct rect picture, struct ui *ui)
{
    for (size_t i = 0; i < item->n_options; i++) {
        unsigned state = one_choice_state(s, i);
        struct rect at = spot_at(item, i, picture);

        if (state)
            draw_frame(ui, at, state & UI_SELECTED ? INDIGO : NOTYET_LINE,
                       state & UI_DISABLED);
        if (ui_target(ui, UI_ROLE_HOTSPOT, text_key_n(ui_arena(ui), T_quiz_spot, i + 1),
                      item->options[i].text, at, state, NULL))
            one_choice_tapped(s, i);
    }
}

/* What to do, and what was touched. */
static void draw_tip(const struct item *item, const struct one_choice *s,
                     struct rect area, struct ui *ui)
{
    float size = ui_dim(ui, 28, 22, 24), gap = ui_dim(ui, 20, 10, 10);
    struct ui_font font = { size, size * 1.42F, false };
    const struct item_option *o = one_choice_of(item, s);
    float h = ui_text(ui, area, text_of(T_quiz_hot_tip), font, 0, UI_LEFT);

    if (ui_panel(ui) == PANEL_REG || ui_panel(ui) == PANEL_WIDE)
        area.y += (area.h - page_foot_h(ui) - h) / 2;
    ui_label(ui, UI_ROLE_TEXT, STR(quiz_hot_tip), area, font, INK, UI_LEFT);
    area.y += h + gap;
    if (o)
        quiz_chip(
            ui, T_quiz_hot_chosen,
            text_fill(ui_arena(ui), text_of(T_quiz_hot_chosen), "hinh", o->text, NULL),
            area);
}

static bool hotspot_frame(const struct item *item, const unsigned char *order,
                          void *state, struct ui *ui)
{
    struct one_choice *s = state;
    bool portrait = ui_panel(ui) == PANEL_POR;
    struct rect area =
        page_body(ui, portrait ? page_foot_h(ui) : quiz_foot_h(ui, ITEM_FOOT_DOTS));
    struct rect tip;

    (void)order; /* places do not move */
    one_choice_begin(s);
    quiz_question(ui, &area, text_key(T_quiz_question), item->stem, true);
    tip = portrait ? rect_cut_bottom(&area, 112)
                   : rect_cut_right(&area, ui_dim(ui, 380, 276, 0));
    if (!portrait)
        rect_cut_right(&area, ui_dim(ui, 40, 18, 0));
    draw_spots(item, s, draw_phone(item, area, ui), ui);
    draw_tip(item, s, tip, ui);
    return one_choice_confirm(s, ui);
}

/* The picture once more, the place framed. */
static void hotspot_show(const struct item *item, const void *state, bool show_right,
                         struct ui *ui)
{
    struct verdict v = quiz_verdict(item, state, show_right);
    const struct item_option *o = one_choice_shown(item, state, v.shown);
    float size = ui_dim(ui, 42, 29, 29);
    struct ui_font font = { size, size * 1.3F, true };
    bool portrait = ui_panel(ui) == PANEL_POR;
    struct rect in, at;

    if (!o)
        return;
    in = quiz_answer_box(ui, item, &v, o->text);
    at = portrait ? rect_cut_top(&in, in.h - 2 * font.line)
                  : rect_cut_left(&in, in.h * PICTURE_W / PICTURE_H);
    at = picture_in(at);
    ui_picture(ui, at, quiz_picture_source(ui, item->picture), UI_FIT_CONTAIN, 16, 0);
    draw_frame(ui, spot_at(item, (size_t)(o - item->options), at),
               v.right || v.shown ? LUA : NOTYET_LINE, false);
    rect_cut_left(&in, portrait ? 0 : 36);
    ui_text_middle(ui, in, o->text, font, INK, portrait ? UI_CENTRE : UI_LEFT);
}

const struct item_type item_hotspot = {
    .name = "hotspot",
    .state_size = sizeof(struct one_choice),
    .parse = hotspot_parse,
    .grade = one_choice_grade,
    .feedback = one_choice_feedback,
    .frame = hotspot_frame,
    .show = hotspot_show,
};
