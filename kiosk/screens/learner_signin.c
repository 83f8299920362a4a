/* Who is learning: the ways in, each a picture and a few words. The camera looks already. */
#include "base/check.h"
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/card_scan.h"
#include "screens/screens.h"

struct way {
    const char *key, *word, *sub_key, *sub;
    const char *icon; /* NULL: the digits */
    uint32_t fill, ink;
};

/* A big picture with words below it; in portrait beside it. */
static bool draw_way(struct ui *ui, struct rect r, const struct way *way)
{
    bool tall = ui_panel(ui) != PANEL_POR;
    float pic = ui_dim(ui, 230, 130, 150);
    float size = ui_dim(ui, 38, 29, 30), sub = ui_dim(ui, 27, 22, 23);
    struct ui_font big = { size, size * 1.3F, true };
    struct ui_font small = { sub, sub * 1.38F, false };
    float dy, pad = ui_dim(ui, 30, 16, 24), gap = ui_dim(ui, 26, 14, 22);
    bool tapped = ui_card(ui, UI_ROLE_BUTTON, way->key, way->word, r, 0, &dy);
    struct rect in = rect_inset(r, pad, pad / 2), at, words = in;
    float h_word;

    in.y += dy;
    if (!tall)
        words.w -= pic + gap;
    h_word = ui_text(ui, words, way->word, big, 0, UI_CENTRE);
    if (tall) {
        /* as if each had two lines, so that pictures stand on one line */
        in = rect_centre(in, in.w, pic + gap + h_word + 4 + 2 * small.line);
        at = rect_cut_top(&in, pic);
        rect_cut_top(&in, gap);
    } else {
        at = rect_cut_left(&in, pic);
        rect_cut_left(&in, gap);
        in = rect_centre(in, in.w,
                         h_word + 4 + ui_text(ui, in, way->sub, small, 0, UI_LEFT));
    }
    at = rect_centre(at, pic, pic);
    ui_box(ui, at, &(struct ui_box_style){ .fill = way->fill, .radius = 30 });
    if (way->icon)
        ui_icon(ui, rect_centre(at, pic * 0.62F, pic * 0.62F), way->icon, way->ink);
    else
        ui_text_middle(ui, at, "123", (struct ui_font){ pic / 3, pic / 2.5F, true },
                       way->ink, UI_CENTRE);
    ui_text(ui, in, way->word, big, INK, tall ? UI_CENTRE : UI_LEFT);
    rect_cut_top(&in, h_word + 4);
    ui_text(ui, in, way->sub, small, INK2, tall ? UI_CENTRE : UI_LEFT);
    ui_node(ui, UI_ROLE_TEXT, way->sub_key, way->sub, in, 0);
    return tapped;
}

/* Side by side, in portrait one below the other. */
static struct rect place_of(struct ui *ui, size_t i, size_t n)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    struct rect body = page_body(ui, ui_dim(ui, 16, 10, 16));
    float gap = ui_dim(ui, 26, 16, 20), side;

    body.h -= LIP;
    if (portrait) {
        side = (body.h - (float)(n - 1) * (gap + LIP)) / (float)n;
        side = side < 300 ? side : 300;
        body = rect_centre(body, body.w, (float)n * (side + gap + LIP) - gap - LIP);
        return (struct rect){ body.x, body.y + (float)i * (side + gap + LIP), body.w,
                              side };
    }
    side = (body.w - (float)(n - 1) * gap) / (float)n;
    body = rect_centre(body, body.w, ui_dim(ui, 540, 400, 0));
    return (struct rect){ body.x + (float)i * (side + gap), body.y, side, body.h };
}

static void signin_frame(struct app *app, void *state, struct ui *ui)
{
    const struct way ways[] = {
        { STR(who_card), STR(who_card_sub), "qr", INDIGO_TINT, INDIGO },
        { STR(who_code), STR(who_code_sub), NULL, NGHE_TINT, NGHE_DEEP },
        { STR(who_guest), STR(who_guest_sub), "hand", LUA_TINT, LUA },
    };
    size_t n = COUNT(ways) - (app->settings.value[SETTING_GUEST] ? 0 : 1);
    struct bar bar = { .left = BAR_HOME,
                       .help = true,
                       .id = text_key(T_who_title),
                       .title = text_of(T_who_title) };

    (void)state;
    if (bar_frame(app, ui, &bar))
        app_goto(app, "attract", 0);
    app->looks = true; /* a card that is held up needs no touch */
    card_scan(app, ui);
    if (draw_way(ui, place_of(ui, 0, n), &ways[0]))
        app_goto(app, "scan", 0);
    if (draw_way(ui, place_of(ui, 1, n), &ways[1]))
        app_goto(app, "code", 0);
    if (n > 2 && draw_way(ui, place_of(ui, 2, n), &ways[2]))
        app_visit_guest(app);
}

const struct screen screen_signin = { .name = "signin", .frame = signin_frame };
