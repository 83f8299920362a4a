/* See notice_card.h. */
#include "screens/notice_card.h"

#include "app/app.h"
#include "base/check.h"
#include "screens/bar.h"

#define LEAST_HEIGHT 84 /* dp: of what is touched */

struct measures {
    float side; /* of the page, left and right */
    float pad, glyph, next_w;
};

static struct measures measures_of(struct ui *ui)
{
    return (struct measures){ .side = ui_dim(ui, 44, 24, 24),
                              .pad = ui_dim(ui, 16, 10, 14),
                              .glyph = ui_dim(ui, 48, 38, 46),
                              .next_w = ui_dim(ui, 150, 122, 132) };
}

/* Where the words stand within the strip. */
static struct rect words_in(struct ui *ui, const struct notice_card *card)
{
    struct measures m = measures_of(ui);
    struct rect in = rect_inset(card->r, m.pad, m.pad);

    rect_cut_left(&in, m.glyph + m.pad);
    if (card->has_next)
        rect_cut_right(&in, m.next_w + m.pad);
    return in;
}

static float words_height(struct ui *ui, const struct notice *n,
                          const struct notice_card *card)
{
    struct rect in = words_in(ui, card);
    float h = ui_text(ui, in, n->text, card->text, 0, UI_LEFT);

    return *n->source ? h + ui_text(ui, in, n->source, card->source, 0, UI_LEFT) : h;
}

bool notice_card_plan(const struct app *app, struct ui *ui, const struct notice *n,
                      float top, float foot, struct notice_card *out)
{
    static const float shares[] = { 1.0F, 0.9F, 0.8F, 0.72F };
    struct measures m = measures_of(ui);
    float size = ui_dim(ui, 30, 22, 28), h = 0;

    *out = (struct notice_card){ .speaks = notices_can_speak(app, n),
                                 .has_next = app->notices.n > 1 };
    for (size_t i = 0; i < COUNT(shares); i++) {
        float s = size * shares[i];

        out->r = (struct rect){ m.side, 0, ui_page(ui).w - 2 * m.side, 0 };
        out->text = (struct ui_font){ s, s * 1.3F, true };
        out->source = (struct ui_font){ s * 0.8F, s * 1.1F, false };
        h = words_height(ui, n, out) + 2 * m.pad;
        h = h < LEAST_HEIGHT ? LEAST_HEIGHT : h;
        if (foot - h >= top)
            break;
    }
    out->r.y = foot - h;
    out->r.h = h;
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

enum notice_card_tap notice_card_draw(struct app *app, struct ui *ui,
                                      const struct notice *n,
                                      const struct notice_card *card)
{
    struct measures m = measures_of(ui);
    enum notice_card_tap tap = NOTICE_CARD_NONE;
    struct rect face = card->r, next;
    float dy = 0;

    next = rect_cut_right(&face, card->has_next ? m.next_w + m.pad : 0);
    if (!card->speaks)
        ui_box(ui, card->r,
               &(struct ui_box_style){
                   .fill = SURFACE, .border = LINE, .line = 2, .radius = 20 });
    else if (ui_card(ui, UI_ROLE_BUTTON, STR(attract_notice_listen),
                     card->has_next ? face : card->r, 0, &dy))
        tap = NOTICE_CARD_LISTEN;
    draw_glyph(ui, card, dy, voice_says(app, NOTICE_NODE));
    draw_words(ui, n, card, dy);
    if (!card->has_next)
        return tap;
    next = rect_inset(next, m.pad, 0);
    next = (struct rect){ card->r.x + card->r.w - m.next_w,
                          card->r.y + (card->r.h - (LEAST_HEIGHT - 14)) / 2,
                          m.next_w - m.pad / 2, LEAST_HEIGHT - 20 };
    if (ui_button(ui, STR(attract_notice_next), next,
                  &(struct ui_button_style){ .kind = UI_BUTTON_SECONDARY,
                                             .icon_right = "next",
                                             .icon = 28,
                                             .radius = 16,
                                             .font = ui_dim(ui, 22, 19, 22) }))
        tap = NOTICE_CARD_NEXT;
    return tap;
}
