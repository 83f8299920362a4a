/* Who is learning: the ways in, each a picture and a few words. */
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
        float h = ui_text(ui, in, way->word, big, 0, UI_LEFT) +
                  ui_text(ui, in, way->sub, small, 0, UI_LEFT);

        words = rect_centre(in, in.w, h + 4);
    }
    rect_cut_top(&words,
                 ui_text(ui, words, way->word, big, INK, tall ? UI_CENTRE : UI_LEFT) +
                     4);
    ui_text(ui, words, way->sub, small, INK2, tall ? UI_CENTRE : UI_LEFT);
    ui_node(ui, UI_ROLE_TEXT, way->sub_key, way->sub, words, 0);
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

/* The cell of way `i` of `n`: one in the middle, two side by side, more in two columns. */
static struct rect cell(struct ui *ui, struct rect body, size_t i, size_t n)
{
    bool upright = ui_panel(ui) == PANEL_POR;
    float gap = ui_dim(ui, 26, 16, 20);
    size_t columns = upright || n == 1 ? 1 : 2, rows = (n + columns - 1) / columns;
    float most = upright ? 300 : rows > 1 ? 340 : ui_dim(ui, 540, 300, 0);
    float w = n == 1 ? ui_dim(ui, 640, 440, body.w)
                     : (body.w - gap * (float)(columns - 1)) / (float)columns;
    float h = (body.h - (gap + LIP) * (float)(rows - 1)) / (float)rows;

    h = h < most ? h : most;
    body = rect_centre(body, w * (float)columns + gap * (float)(columns - 1),
                       h * (float)rows + (gap + LIP) * (float)(rows - 1));
    return (struct rect){ body.x + (float)(i % columns) * (w + gap),
                          body.y + (float)(i / columns) * (h + gap + LIP), w, h };
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
    struct rect body;

    (void)state;
    if (bar_frame(app, ui, &bar))
        app_goto(app, "attract", 0);
    body = page_body(ui, ui_dim(ui, 16, 10, 16));
    body.h -= LIP;
    card_scan(app, ui);
    for (size_t i = 0; i < n; i++)
        if (draw_way(ui, cell(ui, body, i, n), &ways[i]))
            go(app, ways[i].key);
}

const struct screen screen_signin = { .name = "signin", .frame = signin_frame };
