/* Who is learning: the ways in, each a picture and a few words. The camera looks already. */
#include <string.h>

#include "app/class_day.h"
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/card_scan.h"
#include "screens/screens.h"

#define WAYS_MAX 4

struct way {
    const char *key, *word, *sub_key, *sub;
    const char *icon; /* NULL: the digits */
    uint32_t fill, ink;
};

/* A big picture with words below it, or beside it. */
static bool draw_way(struct ui *ui, struct rect r, const struct way *way, bool tall)
{
    float pic = tall ? ui_dim(ui, 230, 130, 0) : ui_dim(ui, 190, 120, 150);
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

static const char *class_size(struct app *app, struct ui *ui)
{
    struct class_member *list;
    size_t n = 0;

    if (class_members(app->db, ui_arena(ui), &list, &n))
        n = 0;
    return text_fill(ui_arena(ui), text_of(T_who_name_sub), "n",
                     page_number(ui, (long long)n), NULL);
}

/* Up to three side by side, four in two rows; in portrait one below the other. */
static struct rect place_of(struct ui *ui, size_t i, size_t n)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    size_t columns = portrait ? 1 : n > 3 ? 2 : n, rows = (n + columns - 1) / columns;
    struct rect body = page_body(ui, ui_dim(ui, 16, 10, 16));
    float gap = ui_dim(ui, 26, 16, 20), dy = gap + LIP, w, h;

    body.h -= LIP;
    w = (body.w - (float)(columns - 1) * gap) / (float)columns;
    h = (body.h - (float)(rows - 1) * dy) / (float)rows;
    if (portrait && h > 300)
        h = 300;
    else if (rows == 1 && h > ui_dim(ui, 540, 400, 0))
        h = ui_dim(ui, 540, 400, 0);
    body = rect_centre(body, body.w, (float)rows * (h + dy) - dy);
    return (struct rect){ body.x + (float)(i % columns) * (w + gap),
                          body.y + (float)(i / columns) * (h + dy), w, h };
}

/* The ways that are open now, in the order of the drawing. */
static size_t list_ways(struct app *app, struct ui *ui, struct way out[WAYS_MAX])
{
    size_t n = 0;

    if (app_class_has_names(app))
        out[n++] = (struct way){ STR(who_name),       text_key(T_who_name_sub),
                                 class_size(app, ui), "users",
                                 INDIGO_TINT,         INDIGO };
    out[n++] =
        (struct way){ STR(who_card), STR(who_card_sub), "qr", INDIGO_TINT, INDIGO };
    out[n++] =
        (struct way){ STR(who_code), STR(who_code_sub), NULL, NGHE_TINT, NGHE_DEEP };
    if (app->settings.value[SETTING_GUEST])
        out[n++] =
            (struct way){ STR(who_guest), STR(who_guest_sub), "hand", LUA_TINT, LUA };
    return n;
}

static void go(struct app *app, const char *key)
{
    if (!strcmp(key, text_key(T_who_name)))
        app_goto(app, "names", 0);
    else if (!strcmp(key, text_key(T_who_card)))
        app_goto(app, "scan", 0);
    else if (!strcmp(key, text_key(T_who_code)))
        app_goto(app, "code", 0);
    else
        app_visit_guest(app);
}

static void signin_frame(struct app *app, void *state, struct ui *ui)
{
    struct bar bar = { .left = BAR_HOME,
                       .help = true,
                       .id = text_key(T_who_title),
                       .title = text_of(T_who_title) };
    struct way ways[WAYS_MAX];
    size_t n = list_ways(app, ui, ways);
    bool tall = ui_panel(ui) != PANEL_POR && n < WAYS_MAX;

    (void)state;
    if (bar_frame(app, ui, &bar))
        app_goto(app, "attract", 0);
    app->looks = true; /* a card that is held up needs no touch */
    card_scan(app, ui);
    for (size_t i = 0; i < n; i++)
        if (draw_way(ui, place_of(ui, i, n), &ways[i], tall))
            go(app, ways[i].key);
}

const struct screen screen_signin = { .name = "signin", .frame = signin_frame };
