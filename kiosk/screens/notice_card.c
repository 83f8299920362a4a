/* See notice_card.h. */
#include "screens/notice_card.h"

#include "app/app.h"
#include "base/check.h"
#include "screens/bar.h"

#define LEAST_HEIGHT 84 /* dp: of what is touched */

#define NEXT_HEIGHT 62 /* dp: of the button below a card */

struct measures {
    float side; /* of the page, left and right */
    float pad, glyph, next_w;
};

static struct measures measures_of(struct ui *ui)
{
    return (struct measures){ .side = ui_dim(ui, 44, 24, 24),
                              .pad = ui_dim(ui, 16, 10, 14),
                              .glyph = ui_dim(ui, 48, 38, 46),
                              .next_w = ui_dim(ui, 150, 122, 0) };
}

/* Where the words stand within the card. */
static struct rect words_in(struct ui *ui, const struct notice_card *card)
{
    struct measures m = measures_of(ui);
    struct rect in = rect_inset(card->r, m.pad, m.pad);

    rect_cut_left(&in, m.glyph + m.pad);
    return in;
}

static float words_height(struct ui *ui, const struct notice *n,
                          const struct notice_card *card)
{
    struct rect in = words_in(ui, card);
    float h = ui_text(ui, in, n->text, card->text, 0, UI_LEFT);

    return *n->source ? h + ui_text(ui, in, n->source, card->source, 0, UI_LEFT) : h;
}

/* Card and button beside each other, on an upright panel one below the other. Their
 * heights come later. */
static void divide(struct ui *ui, bool has_next, float foot, struct notice_card *card)
{
    struct measures m = measures_of(ui);

    card->r = (struct rect){ m.side, foot, ui_page(ui).w - 2 * m.side, 0 };
    if (!has_next)
        return;
    if (ui_panel(ui) == PANEL_POR) {
        card->next = card->r;
        card->next.h = NEXT_HEIGHT;
        card->next.y -= NEXT_HEIGHT;
        card->r.y = card->next.y - m.pad - LIP;
    } else {
        card->next = rect_cut_right(&card->r, m.next_w);
        rect_cut_right(&card->r, m.pad);
    }
}

bool notice_card_plan(const struct app *app, struct ui *ui, const struct notice *n,
                      float top, float foot, struct notice_card *out)
{
    static const float shares[] = { 1.0F, 0.9F, 0.8F, 0.72F };
    float size = ui_dim(ui, 30, 22, 27), pad = measures_of(ui).pad, h = 0;

    *out = (struct notice_card){ .speaks = notices_can_speak(app, n) };
    divide(ui, app->notices.n > 1, foot, out);
    for (size_t i = 0; i < COUNT(shares); i++) {
        float s = size * shares[i];

        out->text = (struct ui_font){ s, s * 1.3F, true };
        out->source = (struct ui_font){ s * 0.8F, s * 1.1F, false };
        h = words_height(ui, n, out) + 2 * pad;
        h = h < LEAST_HEIGHT ? LEAST_HEIGHT : h;
        if (out->r.y - h >= top)
            break;
    }
    out->r.y -= h;
    out->r.h = h;
    if (ui_panel(ui) != PANEL_POR) {
        out->next.y = out->r.y;
        out->next.h = h;
    }
    return out->r.y >= top;
}

static void draw_words(struct ui *ui, const struct notice *n,
                       const struct notice_card *card, float dy)
{
    struct rect in = words_in(ui, card);
    float h = words_height(ui, n, card);

    in.y = card->r.y + dy + (card->r.h - h) / 2;
    in.h = h;
    in.y +=
        ui_label(ui, UI_ROLE_TEXT, NOTICE_NODE, n->text, in, card->text, INK, UI_LEFT);
    if (*n->source)
        ui_label(ui, UI_ROLE_TEXT, "attract.notice.by", n->source, in, card->source,
                 INK2, UI_LEFT);
}

static void draw_glyph(struct ui *ui, const struct notice_card *card, float dy,
                       bool speaks_now)
{
    struct measures m = measures_of(ui);
    struct rect r = { card->r.x + m.pad, card->r.y + dy + (card->r.h - m.glyph) / 2,
                      m.glyph, m.glyph };

    ui_icon(ui, r, speaks_now ? "stop" : card->speaks ? "speaker" : "msg", INDIGO);
}

static bool draw_next(struct ui *ui, const struct notice_card *card)
{
    bool below = ui_panel(ui) == PANEL_POR;
    struct ui_button_style style = { .kind = UI_BUTTON_SECONDARY,
                                     .icon_top = below ? NULL : "next",
                                     .icon_right = below ? "next" : NULL,
                                     .icon = ui_dim(ui, 34, 28, 30),
                                     .radius = 20,
                                     .font = ui_dim(ui, 24, 20, 24) };

    return card->next.w > 0 &&
           ui_button(ui, STR(attract_notice_next), card->next, &style);
}

enum notice_card_tap notice_card_draw(struct app *app, struct ui *ui,
                                      const struct notice *n,
                                      const struct notice_card *card)
{
    enum notice_card_tap tap = NOTICE_CARD_NONE;
    float dy = 0;

    if (!card->speaks)
        ui_box(ui, card->r,
               &(struct ui_box_style){
                   .fill = SURFACE, .border = LINE, .line = 2, .radius = 20 });
    else if (ui_card(ui, UI_ROLE_BUTTON, STR(attract_notice_listen), card->r, 0, &dy))
        tap = NOTICE_CARD_LISTEN;
    draw_glyph(ui, card, dy, voice_says(app, NOTICE_NODE));
    draw_words(ui, n, card, dy);
    return draw_next(ui, card) ? NOTICE_CARD_NEXT : tap;
}
