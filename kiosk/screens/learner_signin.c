/* Who is learning: two ways in, each a picture and a few words. */
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/card_scan.h"
#include "screens/screens.h"

struct way {
    const char *key, *word, *sub_key, *sub;
    const char *icon; /* NULL: the digits */
    uint32_t fill, ink;
};

/* A big picture with words below it; in portrait and on small panels beside it. */
static bool draw_way(struct ui *ui, struct rect r, const struct way *way)
{
    bool tall = r.h > 400 && ui_panel(ui) != PANEL_POR;
    float pic = tall ? 240 : ui_dim(ui, 190, 150, 150);
    float size = tall ? 40 : ui_dim(ui, 36, 30, 30);
    float sub = tall ? 28 : ui_dim(ui, 26, 22, 23);
    struct ui_font big = { size, size * 1.3F, true };
    struct ui_font small = { sub, sub * 1.38F, false };
    float dy, pad = ui_dim(ui, 34, 20, 24);
    bool tapped = ui_card(ui, UI_ROLE_BUTTON, way->key, way->word, r, 0, &dy);
    struct rect in = rect_inset(r, pad, pad / 2), at, words;

    in.y += dy;
    if (tall) {
        float h = pic + 28 + big.line + 4 + 2 * small.line;

        in = rect_centre(in, in.w, h);
        at = rect_cut_top(&in, pic);
        rect_cut_top(&in, 28);
    } else {
        at = rect_cut_left(&in, pic);
        rect_cut_left(&in, ui_dim(ui, 28, 20, 22));
    }
    at = rect_centre(at, pic, pic);
    ui_box(ui, at, &(struct ui_box_style){ .fill = way->fill, .radius = 30 });
    if (way->icon)
        ui_icon(ui, rect_centre(at, pic * 0.62F, pic * 0.62F), way->icon, way->ink);
    else
        ui_text_middle(ui, at, "123", (struct ui_font){ pic / 3, pic / 2.5F, true },
                       way->ink, UI_CENTRE);
    words = in;
    if (!tall) {
        float h = big.line + ui_text(ui, in, way->sub, small, 0, UI_LEFT);

        words = rect_centre(in, in.w, h + 4);
    }
    ui_text(ui, words, way->word, big, INK, tall ? UI_CENTRE : UI_LEFT);
    rect_cut_top(&words, big.line + 4);
    ui_text(ui, words, way->sub, small, INK2, tall ? UI_CENTRE : UI_LEFT);
    ui_node(ui, UI_ROLE_TEXT, way->sub_key, way->sub, words, 0);
    return tapped;
}

static void signin_frame(struct app *app, void *state, struct ui *ui)
{
    const struct way code = { STR(who_code), STR(who_code_sub), NULL, NGHE_TINT,
                              NGHE_DEEP };
    const struct way guest = { STR(who_guest), STR(who_guest_sub), "hand", LUA_TINT,
                               LUA };
    struct bar bar = { .left = BAR_HOME,
                       .help = true,
                       .id = text_key(T_who_title),
                       .title = text_of(T_who_title) };
    struct rect body, first, second;
    float gap = ui_dim(ui, 26, 16, 20);

    (void)state;
    if (bar_frame(app, ui, &bar))
        app_goto(app, "attract", 0);
    body = page_body(ui, ui_dim(ui, 16, 10, 16));
    body.h -= LIP;
    if (!app->settings.value[SETTING_GUEST]) {
        first =
            rect_centre(body, ui_dim(ui, 640, 440, body.w), ui_dim(ui, 540, 300, 300));
        second = (struct rect){ 0 };
    } else if (ui_panel(ui) == PANEL_POR) {
        body = rect_centre(body, body.w, 2 * 300 + gap + LIP);
        first = rect_cut_top(&body, 300);
        rect_cut_top(&body, gap + LIP);
        second = rect_cut_top(&body, 300);
    } else {
        body = rect_centre(body, body.w, ui_dim(ui, 540, 300, 0));
        first = rect_cut_left(&body, (body.w - gap) / 2);
        rect_cut_left(&body, gap);
        second = body;
    }
    card_scan(app, ui);
    if (draw_way(ui, first, &code))
        app_goto(app, "code", 0);
    if (second.w > 0 && draw_way(ui, second, &guest))
        app_visit_guest(app);
}

const struct screen screen_signin = { .name = "signin", .frame = signin_frame };
