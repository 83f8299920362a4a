/* One card of a lesson: a picture, a heading, at most two sentences, perhaps a rule.
 * The letters may grow; then the picture gives way, and the buttons stay. */
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/screens.h"
#include "screens/word_card.h"

struct card_look {
    struct rect pic; /* w 0: none */
    struct rect text;
    float block_h; /* heading, sentences and note together */
    struct ui_font title, body;
    float gap;
};

static float note_height(struct ui *ui, const struct card *card, struct rect r)
{
    return card->note ? page_note(ui, text_key(T_lesson_note), card->note, card->warns,
                                  r, false)
                      : 0;
}

static float block_height(struct ui *ui, const struct card *card,
                          const struct card_look *look)
{
    float h = ui_text(ui, look->text, card->title, look->title, 0, UI_LEFT) +
              look->gap + ui_text(ui, look->text, card->text, look->body, 0, UI_LEFT);

    return card->note ? h + look->gap + note_height(ui, card, look->text) : h;
}

/* Side by side, the picture of width `pic_w`. */
static void place_beside(struct ui *ui, const struct card *card, struct rect body,
                         float pic_w, struct card_look *look)
{
    look->text = body;
    look->pic = rect_cut_left(&look->text, card->picture ? pic_w : 0);
    if (card->picture)
        rect_cut_left(&look->text, ui_dim(ui, 36, 20, 0));
    look->block_h = block_height(ui, card, look);
}

/* One below the other; the picture takes what the words leave. */
static void place_below(struct ui *ui, const struct card *card, struct rect body,
                        bool low, struct card_look *look)
{
    float room;

    look->text = body;
    look->block_h = block_height(ui, card, look);
    room = body.h - look->block_h - look->gap;
    if (card->picture && !low && room >= 120) {
        float h = room < 333 ? room : 333;

        look->pic = rect_cut_top(&look->text, h);
        rect_cut_top(&look->text, 14);
    }
}

static struct card_look place_card(struct ui *ui, const struct card *card,
                                   struct rect body, bool low)
{
    float title = ui_dim(ui, 46, 29, 32), size = ui_dim(ui, 36, 27, 30);
    float scale = ui_text_scale(ui);
    float leading = scale > 1.2F ? 1.42F : ui_dim(ui, 1.52F, 1.45F, 1.46F);
    struct card_look look = {
        .title = { title, title * 1.3F, true },
        .body = { size * scale, size * scale * leading, false },
        .gap = ui_dim(ui, 20, 8, 14),
    };
    float room = body.h - (low ? ui_dim(ui, 200, 130, 190) : 0);

    if (scale > 1.2F)
        look.gap = ui_dim(ui, 12, 5, 14);
    if (ui_panel(ui) == PANEL_POR) {
        place_below(ui, card, body, low, &look);
        return look;
    }
    place_beside(ui, card, body,
                 scale > 1.2F ? ui_dim(ui, 430, 230, 0) : ui_dim(ui, 560, 318, 0),
                 &look);
    if (look.block_h > room)
        place_beside(ui, card, body, ui_dim(ui, 430, 230, 0), &look);
    if (look.block_h > room)
        place_beside(ui, card, body, ui_dim(ui, 300, 160, 0), &look);
    return look;
}

static void draw_picture(struct ui *ui, const struct card *card, struct rect r,
                         bool low)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    float h = r.w * 5 / 6;
    struct rect at =
        portrait ? rect_centre(r, r.h * 1.2F, r.h) : rect_centre(r, r.w, h);

    if (low && !portrait)
        at.y = r.y + r.h - h;
    ui_picture(ui, at, quiz_picture_source(ui, card->picture), UI_FIT_CONTAIN, 0, 0);
    ui_node(ui, UI_ROLE_IMAGE, text_key(T_lesson_picture), card->picture->alt, at, 0);
}

/* `low`: the pop-over of the text sizes hangs over the upper part. */
static void draw_card(struct ui *ui, const struct card *card, struct rect body,
                      bool low)
{
    struct card_look look = place_card(ui, card, body, low);
    struct rect r = look.text;

    if (look.pic.w > 0)
        draw_picture(ui, card, look.pic, low);
    if (low)
        r.y += r.h - look.block_h;
    else if (ui_panel(ui) != PANEL_POR)
        r.y += (r.h - look.block_h) / 2;
    r.y += ui_label(ui, UI_ROLE_TITLE, text_key(T_lesson_title), card->title, r,
                    look.title, INK, UI_LEFT) +
           look.gap;
    r.y += ui_label(ui, UI_ROLE_TEXT, text_key(T_lesson_text), card->text, r, look.body,
                    INK, UI_LEFT) +
           look.gap;
    if (card->note)
        page_note(ui, text_key(T_lesson_note), card->note, card->warns, r, true);
}

static void draw_foot(struct app *app, struct ui *ui)
{
    const struct session *s = &app->learning.session;
    bool portrait = ui_panel(ui) == PANEL_POR;
    float margin = page_margin(ui), page_w = ui_page(ui).w;
    struct ui_button_style prev = { .kind = UI_BUTTON_SECONDARY,
                                    .icon_left = "back",
                                    .font = ui_dim(ui, 30, 26, 25) };
    struct ui_button_style next = { .kind = UI_BUTTON_PRIMARY,
                                    .icon_right = "next",
                                    .font = ui_dim(ui, 30, 26, 25) };
    struct rect left = page_foot_button(ui, 0), right, dots;
    float w_next = ui_button_width(ui, text_of(T_lesson_next), &next);
    float w_least = ui_dim(ui, 250, 190, 0);
    const char *step = text_fill(ui_arena(ui), text_of(T_lesson_page), "i",
                                 page_number(ui, (long long)s->at + 1), "n",
                                 page_number(ui, (long long)s->lesson->n_cards), NULL);

    left.x = margin;
    left.w = ui_button_width(ui, text_of(T_lesson_prev), &prev);
    right = page_foot_button(ui, w_next > w_least ? w_next : w_least);
    dots = (struct rect){ left.x + left.w, left.y, right.x - left.x - left.w,
                          left.h + LIP };
    if (portrait) {
        left.w = right.w = (page_w - 2 * margin - 20) / 2;
        right.x = margin + left.w + 20;
        dots = (struct rect){ margin, left.y - 38, page_w - 2 * margin, 18 };
    }
    if (session_can_prev(s) && ui_button(ui, STR(lesson_prev), left, &prev))
        app_prev(app);
    ui_dots(ui, dots, session_n_steps(s), s->at, UI_CENTRE);
    ui_node_value(ui, UI_ROLE_PROGRESS, text_key(T_lesson_page), step,
                  page_number(ui, (long long)s->at + 1), dots, 0);
    if (ui_button(ui, STR(lesson_next), right, &next))
        app_next(app);
}

static void lesson_frame(struct app *app, void *state, struct ui *ui)
{
    const struct learning *l = &app->learning;
    bool low = app->nav.cover == &screen_text_size;
    struct bar bar = {
        .left = BAR_BACK, .text = true, .help = true, .id = text_key(T_lesson_name)
    };
    const struct card *card;
    struct rect body;

    (void)state;
    if (!page_fits_session(app, SESSION_CARD))
        return;
    card = &l->lesson->cards[l->session.at];
    bar.title = l->lesson->title;
    if (card->say) {
        bar.id = text_key(T_word_title);
        bar.title = text_of(T_word_title);
    }
    if (bar_frame(app, ui, &bar))
        app_goto(app, "module", pack_info(app->pack)->lessons[l->index].module);
    body = page_body(ui, ui_dim(ui, 138, 118, 170));
    if (card->say)
        word_card(app, ui, card, body, low);
    else
        draw_card(ui, card, body, low);
    draw_foot(app, ui);
}

const struct screen screen_lesson = { .name = "lesson", .frame = lesson_frame };
