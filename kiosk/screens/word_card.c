/* A word of the phone, drawn as large as it fits. Lessons and reviews show it. */
#include "screens/word_card.h"

#include <stdio.h>

#include "items/quiz_page.h"
#include "screens/bar.h"

struct word_look {
    struct ui_font lead, word, say, what;
    struct ui_button_style hear;
    const char *say_text;
    float gap, hear_w, hear_h; /* hear_w 0: there is no voice */
    float row_h, block_h;
    bool says_below; /* the button stands below how it is said */
};

/* Shrinks the font until the text fits on one line of `w`. */
static struct ui_font fitted(struct ui *ui, const char *text, struct ui_font font,
                             float w)
{
    float have = ui_text_width(ui, text, font);

    if (have > w) {
        font.size *= w / have * 0.98F;
        font.line *= w / have * 0.98F;
    }
    return font;
}

static struct word_look look_at(struct app *app, struct ui *ui, const struct card *card,
                                float w)
{
    float lead = ui_dim(ui, 28, 22, 24), word = ui_dim(ui, 150, 86, 104);
    float say = ui_dim(ui, 46, 32, 31);
    float what = ui_dim(ui, 36, 26, 29) * ui_text_scale(ui);
    struct word_look look = {
        .lead = { lead, lead * 1.42F, false },
        .word = { word, word, true },
        .say = { say, say * 1.2F, true },
        .what = { what, what * ui_dim(ui, 1.46F, 1.36F, 1.46F), false },
        .hear = { .kind = UI_BUTTON_SECONDARY,
                  .icon_left = "speaker",
                  .font = ui_dim(ui, 30, 26, 25) },
        .gap = ui_dim(ui, 16, 6, 12),
        .hear_h = ui_dim(ui, 104, 84, 92),
    };

    look.say_text = text_fill(ui_arena(ui), text_of(T_word_say), "am", card->say, NULL);
    look.word = fitted(ui, card->title, look.word, w);
    look.say = fitted(ui, look.say_text, look.say, w);
    look.row_h = look.say.line;
    if (voice_is_there(app)) {
        look.hear_w = ui_button_width(ui, text_of(T_word_hear), &look.hear);
        look.says_below =
            ui_text_width(ui, look.say_text, look.say) + 20 + look.hear_w > w;
        look.row_h = look.says_below ? look.say.line + look.gap + look.hear_h + LIP
                                     : look.hear_h + LIP;
    }
    look.block_h =
        look.lead.line + look.word.line + look.row_h + 3 * look.gap +
        ui_text(ui, (struct rect){ 0, 0, w, 0 }, card->text, look.what, 0, UI_LEFT);
    return look;
}

static void hear(struct app *app, const struct card *card, const char *say)
{
    struct voice_line lines[2] = { { .text = card->title }, { .text = say } };

    (void)snprintf(lines[0].id, sizeof(lines[0].id), "%s", text_key(T_word_w));
    (void)snprintf(lines[1].id, sizeof(lines[1].id), "%s", text_key(T_word_say));
    voice_say_lines(app, lines, 2);
}

/* How it is said, and the button to hear it; cut off `*r`. */
static void draw_say(struct app *app, struct ui *ui, const struct card *card,
                     const struct word_look *look, struct rect *r)
{
    float say_w = ui_text_width(ui, look->say_text, look->say) + 14;
    struct rect row = rect_cut_top(r, look->row_h), at = row;
    struct rect button = { row.x, 0, look->hear_w, look->hear_h };

    at.h = look->says_below || look->hear_w <= 0 ? look->say.line : look->hear_h;
    at = (struct rect){ at.x, at.y + (at.h - look->say.line) / 2, say_w,
                        look->say.line };
    ui_label(ui, UI_ROLE_TEXT, text_key(T_word_say), look->say_text, at, look->say, INK,
             UI_LEFT);
    if (look->hear_w <= 0)
        return;
    button.y = row.y + row.h - look->hear_h - LIP;
    if (!look->says_below)
        button.x = ui_panel(ui) == PANEL_POR ? row.x + row.w - look->hear_w
                                             : row.x + say_w - 14 + 20;
    if (ui_button(ui, STR(word_hear), button, &look->hear))
        hear(app, card, look->say_text);
}

/* The object on its ground; a drawing with a ground of its own fills it. */
static void draw_picture(struct ui *ui, const struct card *card, struct rect r)
{
    float side = ui_dim(ui, 340, 220, 230);
    struct rect in;

    if (side > r.h - 24)
        side = r.h - 24;
    in = rect_centre(r, side, side);
    ui_box(ui, r, &(struct ui_box_style){ .fill = INDIGO_TINT, .radius = 28 });
    ui_picture(ui, in, quiz_picture_source(ui, card->picture), UI_FIT_CONTAIN, 0, 0);
    ui_node(ui, UI_ROLE_IMAGE, text_key(T_lesson_picture), card->picture->alt, r, 0);
}

/* Cuts the place of the picture off `*body`. */
static struct rect cut_picture(struct app *app, struct ui *ui, const struct card *card,
                               struct rect *body)
{
    float gap = ui_dim(ui, 44, 22, 18), w = ui_dim(ui, 520, 300, 0);
    float h = ui_dim(ui, 428, 264, 266), block_h, room;
    struct rect column;

    if (ui_panel(ui) == PANEL_POR) {
        block_h = look_at(app, ui, card, body->w).block_h;
        room = body->h - block_h - gap;
        column = rect_cut_top(body, room < h ? room : h);
        rect_cut_top(body, gap);
        return column;
    }
    /* larger letters: the picture gives way */
    if (look_at(app, ui, card, body->w - w - gap).block_h > body->h)
        w = ui_dim(ui, 340, 200, 0);
    column = rect_cut_left(body, w);
    rect_cut_left(body, gap);
    return rect_centre(column, w, h < body->h ? h : body->h);
}

void word_card(struct app *app, struct ui *ui, const struct card *card,
               struct rect body, bool low)
{
    struct word_look look;
    struct rect r = body, at;

    if (card->picture) {
        struct rect pic = cut_picture(app, ui, card, &r);

        if (pic.h >= 100)
            draw_picture(ui, card, pic);
    }
    look = look_at(app, ui, card, r.w);
    if (low)
        r.y += r.h - look.block_h;
    else if (ui_panel(ui) != PANEL_POR && look.block_h < r.h)
        r.y += (r.h - look.block_h) / 2;
    at = rect_cut_top(&r, look.lead.line);
    ui_label(ui, UI_ROLE_TEXT, STR(word_pre), at, look.lead, INK2, UI_LEFT);
    rect_cut_top(&r, look.gap);
    at = rect_cut_top(&r, look.word.line);
    ui_label(ui, UI_ROLE_TITLE, text_key(T_word_w), card->title, at, look.word, INDIGO,
             UI_LEFT);
    rect_cut_top(&r, look.gap);
    draw_say(app, ui, card, &look, &r);
    rect_cut_top(&r, look.gap);
    ui_label(ui, UI_ROLE_TEXT, text_key(T_word_is), card->text, r, look.what, INK,
             UI_LEFT);
}
