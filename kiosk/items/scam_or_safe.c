/* A message as it comes on a phone: a swindle, or a true one? Sign, word and colour of
 * the two buttons agree. */
#include "items/item_types.h"
#include "items/message.h"
#include "items/quiz_answer.h"
#include "items/two_ways.h"

struct answer {
    const char *key, *word, *icon;
    enum ui_button_kind kind;
};

static struct answer answer_of(size_t option)
{
    return option == 0 ? (struct answer){ STR(quiz_scam), "stop", UI_BUTTON_DANGER }
                       : (struct answer){ STR(quiz_safe), "shield", UI_BUTTON_OK };
}

/* The round sign of the unknown sender. */
static void draw_sender(struct ui *ui, struct rect at)
{
    float icon = at.w * 7 / 12;

    ui_box(ui, at, &(struct ui_box_style){ .fill = SENDER_TINT, .radius = at.w / 2 });
    ui_icon(ui, rect_centre(at, icon, icon), "msg", SENDER_INK);
}

/* The largest size of three at which the message fits into `room`. */
static struct ui_font message_font(struct ui *ui, struct rect room, const char *text)
{
    float size = ui_dim(ui, 42, 30, 30) * ui_text_scale(ui);
    struct ui_font font = { size, size * ui_dim(ui, 1.46F, 1.4F, 1.46F), false };

    for (int i = 0; i < 4 && message_draw(ui, room, text, font, 0) > room.h; i++) {
        font.size *= 0.86F;
        font.line *= 0.86F;
    }
    return font;
}

static void draw_message(const struct item *item, struct rect card, struct ui *ui)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    float sign = ui_dim(ui, 120, 72, 84), small = ui_dim(ui, 28, 20, 28);
    struct ui_font from_font = { small, small * 1.4F, true };
    struct rect in = rect_inset(card, ui_dim(ui, 37, 21, 25), ui_dim(ui, 26, 10, 21));
    float from_h;
    struct ui_font font;
    struct rect at, room;
    float text_h;

    ui_box(
        ui, card,
        &(struct ui_box_style){
            .fill = SURFACE, .border = LINE, .line = LINE_DECORATIVE, .radius = 32 });
    at = portrait ? rect_cut_top(&in, sign) : rect_cut_left(&in, sign);
    if (portrait) {
        at.w = sign;
        rect_cut_top(&in, 14);
    } else {
        at = rect_centre(at, sign, sign);
        rect_cut_left(&in, ui_dim(ui, 32, 18, 0));
    }
    draw_sender(ui, at);
    from_h = item->from ? ui_text(ui, in, item->from, from_font, 0, UI_LEFT) : 0;
    room = in;
    rect_cut_top(&room, from_h);
    font = message_font(ui, room, item->stem);
    text_h = message_draw(ui, room, item->stem, font, 0);
    if (!portrait)
        in.y += (in.h - from_h - text_h) / 2;
    if (item->from)
        ui_label(ui, UI_ROLE_TEXT, text_key(T_quiz_from), item->from, in, from_font,
                 INK2, UI_LEFT);
    in.y += from_h;
    message_draw(ui, in, item->stem, font, INK);
    in.h = text_h;
    ui_node(ui, UI_ROLE_TEXT, text_key(T_quiz_message),
            message_plain(ui_arena(ui), item->stem), in, 0);
}

static bool scam_or_safe_frame(const struct item *item, const unsigned char *order,
                               void *state, struct ui *ui)
{
    struct two_ways *s = state;
    struct rect area = page_body(ui, quiz_foot_h(ui, ITEM_FOOT_COUNT));
    float gap = ui_dim(ui, 32, 16, 16);
    bool portrait = ui_panel(ui) == PANEL_POR;
    struct rect row = rect_cut_bottom(&area, ui_dim(ui, 164, 110, 170) + LIP);
    float w = (row.w - gap) / 2;
    bool given = false;

    (void)order; /* the buttons keep their places */
    two_ways_begin(s);
    rect_cut_bottom(&area, ui_dim(ui, 20, 10, 20));
    draw_message(item, area, ui);
    for (size_t i = 0; i < 2; i++) {
        struct answer a = answer_of(i);
        struct rect at = { row.x + (float)i * (w + gap), row.y, w, row.h - LIP };
        struct ui_button_style style = { .kind = a.kind,
                                         .icon_left = portrait ? NULL : a.icon,
                                         .icon_top = portrait ? a.icon : NULL,
                                         .icon = ui_dim(ui, 84, 56, 84),
                                         .font = ui_dim(ui, 42, 30, 31),
                                         .radius = 36,
                                         .state = two_ways_state(s, i) };

        if (ui_button(ui, a.key, a.word, at, &style))
            given |= two_ways_tapped(s, i);
    }
    return given;
}

static void scam_or_safe_show(const struct item *item, const void *state,
                              bool show_right, struct ui *ui)
{
    struct verdict v = quiz_verdict(item, state, show_right);
    struct answer a = answer_of(two_ways_shown(item, state, v.shown));

    quiz_answer(ui, item, &v,
                &(struct answer_look){
                    NULL, a.icon, a.kind == UI_BUTTON_DANGER ? SON : LUA, a.word });
}

const struct item_type item_scam_or_safe = {
    .name = "scam-or-safe",
    .state_size = sizeof(struct two_ways),
    .parse = two_ways_parse,
    .grade = two_ways_grade,
    .feedback = two_ways_feedback,
    .frame = scam_or_safe_frame,
    .show = scam_or_safe_show,
};
