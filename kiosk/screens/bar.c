/* Top bar and small parts of pages. */
#include "screens/bar.h"

#include <stddef.h>

#include "app/languages.h"
#include "items/quiz_page.h"
#include "lesson/address.h"
#include "screens/screens.h"

#define BAND_DY 14.0F
#define SLACK 0.6F       /* of the font: room for rounding, lest one line becomes two */
#define TITLE_LEAST 0.7F /* of the title's size, before it wraps */

struct tool {
    enum text_id id;
    const char *icon;
};

static const struct tool left_tools[] = {
    [BAR_HOME] = { T_bar_home, "home" },
    [BAR_BACK] = { T_bar_back, "back" },
    [BAR_EXIT] = { T_bar_exit, "exit" },
};

static float edge(const struct ui *ui)
{
    return ui_dim(ui, 24, 14, 14);
}

static struct rect tool_at(const struct ui *ui, float x)
{
    return (struct rect){ x, ui_dim(ui, 21.5F, 18.5F, 22), ui_dim(ui, 112, 100, 100),
                          ui_dim(ui, 80, 72, 76) };
}

/* Learners have it where the pack has a voice; a dead button is worse than none. */
static bool can_listen(const struct app *app, const struct bar *bar)
{
    return (bar->help || bar->listen) && voice_is_there(app);
}

/* After "Nghe", where there is another language, and not on the page of languages itself. */
static bool offers_languages(const struct app *app, const struct bar *bar)
{
    struct languages heard;

    if (!bar->help || !voice_offers_languages(app))
        return false;
    languages_heard(app, &heard);
    return heard.n > 1;
}

/* Left edge of the tools at the right, from the left: the page's own, languages, text sizes,
 * listen, help. */
static float right_edge(const struct app *app, const struct ui *ui,
                        const struct bar *bar)
{
    float one = tool_at(ui, 0).w + ui_dim(ui, 16, 8, 8);
    int n = can_listen(app, bar) + offers_languages(app, bar) + bar->text + bar->help +
            (bar->tool != NULL);

    return ui_page(ui).w - bar->right - edge(ui) + ui_dim(ui, 16, 8, 8) -
           (float)n * one;
}

/* What is heard is not in the chosen language: a tag at the foot of "Nghe" says which. */
static void draw_fallback(struct ui *ui, struct rect tool)
{
    float size = ui_dim(ui, 15, 14, 13), h = size * 1.4F;
    struct ui_font font = { size, h, true };
    float w = ui_text_width(ui, text_of(T_bar_lang_vi), font) + 12;
    struct rect at = { tool.x + (tool.w - w) / 2, tool.y + tool.h - 3, w, h };

    ui_box(ui, at, &(struct ui_box_style){ .fill = NGHE_TINT, .radius = h / 2 });
    ui_text(ui, at, text_of(T_bar_lang_vi), font, NGHE_DEEP, UI_CENTRE);
    ui_node(ui, UI_ROLE_TEXT, STR(bar_lang_vi), at, 0);
}

static void draw_right(struct app *app, struct ui *ui, const struct bar *bar, bool keys)
{
    struct rect at = tool_at(ui, right_edge(app, ui, bar));
    bool speaks = voice_speaks(app);
    enum text_id word = speaks ? T_bar_pause : T_bar_listen;

    if (bar->tool) {
        bar->tool(app, ui, at);
        at.x += at.w + ui_dim(ui, 16, 8, 8);
    }
    if (offers_languages(app, bar)) {
        if (ui_tool(ui, text_key(T_bar_lang), "msg", text_of(T_bar_lang), at, 0))
            app_cover_name(app, "language");
        at.x += at.w + ui_dim(ui, 16, 8, 8);
    }
    if (bar->text) {
        if (ui_tool(ui, text_key(T_bar_text), "text", text_of(T_bar_text), at, 0))
            app_cover(app, &screen_text_size);
        at.x += at.w + ui_dim(ui, 16, 8, 8);
    }
    if (can_listen(app, bar)) {
        if (ui_tool(ui, text_key(T_bar_listen), speaks ? "pause" : "speaker",
                    text_of(word), at, speaks ? UI_PLAYING : UI_SELECTED) ||
            (keys && ui_key(ui, UI_KEY_LISTEN)))
            voice_listen(app);
        if (voice_fell_back(app))
            draw_fallback(ui, at);
        at.x += at.w + ui_dim(ui, 16, 8, 8);
    }
    if (bar->help &&
        (ui_tool(ui, text_key(T_bar_help), "raise", text_of(T_bar_help), at, 0) ||
         (keys && ui_key(ui, UI_KEY_HELP))))
        app_cover_name(app, "help");
}

float bar_low(const struct app *app, const struct ui *ui)
{
    if (!app->settings.value[SETTING_BAR_LOW] || ui_panel(ui) == PANEL_POR)
        return 0;
    return ui_page(ui).h - ui_dim(ui, 112, 98, 0);
}

bool bar_text_tool(const struct app *app, struct ui *ui)
{
    static const struct bar with_both = { .text = true, .help = true };
    bool tapped;

    ui_shift(ui, bar_low(app, ui));
    tapped = ui_tool(ui, text_key(T_text_tool), "text", text_of(T_text_tool),
                     tool_at(ui, right_edge(app, ui, &with_both)), UI_SELECTED);
    ui_shift(ui, 0);
    return tapped;
}

static void draw_title(struct ui *ui, const struct bar *bar, float x, float right)
{
    float size = ui_dim(ui, 32, 26, 28);
    struct ui_font font = { size, size * 1.3F, true };
    struct rect r = { x, 0, right - x, 0 };
    float h, w = ui_text_width(ui, bar->title, font);

    if (ui_panel(ui) == PANEL_POR)
        r = (struct rect){ 22, 0, ui_page(ui).w - 44, 0 };
    if (w > r.w) {
        float k = r.w / w > TITLE_LEAST ? r.w / w : TITLE_LEAST;

        font.size *= k * 0.98F;
        font.line *= k * 0.98F;
        w = ui_text_width(ui, bar->title, font);
    }
    h = ui_text(ui, r, bar->title, font, 0, UI_LEFT);
    r.y = ui_panel(ui) == PANEL_POR ? 130.6F - h / 2
                                    : BAND_DY + ui_dim(ui, 50, 43, 0) - h / 2;
    ui_text(ui, r, bar->title, font, INK, UI_LEFT);
    r.w = w < r.w ? w : r.w;
    r.h = h;
    ui_node(ui, UI_ROLE_TITLE, bar->id, bar->title, r, 0);
}

bool bar_frame(struct app *app, struct ui *ui, const struct bar *bar)
{
    bool keys = !app_is_covered(app);
    bool tapped = false;
    struct rect band = ui_page(ui), at = tool_at(ui, edge(ui));
    float x = edge(ui), low = bar->help ? bar_low(app, ui) : 0;

    ui_fill_page(ui, PAPER);
    band.h = BAND_H;
    ui_band(ui, band);
    ui_shift(ui, low);
    if (bar->left != BAR_NONE) {
        const struct tool *t = &left_tools[bar->left];

        tapped = ui_tool(ui, text_key(t->id), t->icon, text_of(t->id), at, 0) ||
                 (keys && ui_key(ui, UI_KEY_BACK));
        x = at.x + at.w + ui_dim(ui, 16, 8, 8);
    }
    if (bar->title)
        draw_title(ui, bar, x, right_edge(app, ui, bar) - ui_dim(ui, 16, 8, 8));
    draw_right(app, ui, bar, keys);
    if (low > 0) /* the rest of the page stands where the bar was */
        ui_shift(ui, BAND_H + low - ui_page(ui).h);
    return tapped;
}

const char *page_say(struct ui *ui, enum text_id id)
{
    return address_fill(ui_arena(ui), text_of(id));
}

const char *page_number(struct ui *ui, long long n)
{
    return arena_printf(ui_arena(ui), "%lld", n);
}

float page_chip(struct ui *ui, enum text_id id, const char *text, const char *icon,
                float x, float y_middle, float size)
{
    struct ui_font font = { size, size * 1.5F, true };
    float pad = 16, glyph = icon ? 24 : 0, gap = icon ? 10 : 0;
    float w = ui_text_width(ui, text, font);
    struct rect chip = { x, 0, w + glyph + gap + 2 * pad, font.line + 10 };

    chip.y = y_middle - chip.h / 2;
    ui_box(ui, chip, &(struct ui_box_style){ .fill = SAND, .radius = chip.h / 2 });
    if (icon)
        ui_icon(ui, (struct rect){ x + pad, y_middle - 12, glyph, glyph }, icon, INK);
    ui_label(
        ui, UI_ROLE_TEXT, text_key(id), text,
        (struct rect){ x + pad + glyph + gap, chip.y + 5, w + SLACK * size, font.line },
        font, INK, UI_LEFT);
    return chip.w;
}

float page_note(struct ui *ui, const char *id, const char *text, bool warns,
                struct rect r, bool draw)
{
    float size = ui_dim(ui, 31, 23, 25), icon = ui_dim(ui, 48, 36, 48);
    struct ui_font font = { size, size * 1.4F, true };
    float bar = 10, dx = ui_dim(ui, 22, 14, 22), dy = ui_dim(ui, 14, 7, 14);
    float gap = ui_dim(ui, 16, 10, 16), h;
    uint32_t ink = warns ? SON : INDIGO, tint = warns ? SON_TINT : INDIGO_TINT;
    struct rect text_at = { r.x + bar + dx + icon + gap, r.y + dy,
                            r.w - bar - 1.4F * dx - icon - gap, 0 };

    text_at.h = ui_text(ui, text_at, text, font, 0, UI_LEFT);
    h = (text_at.h > icon ? text_at.h : icon) + 2 * dy;
    if (!draw)
        return h;
    r.h = h;
    /* only as wide as it shows: under the tint its corners would shine through */
    ui_box(ui, (struct rect){ r.x, r.y, bar + 28, h },
           &(struct ui_box_style){ .fill = ink, .radius = 14 });
    ui_box(ui, (struct rect){ r.x + bar, r.y, r.w - bar, h },
           &(struct ui_box_style){ .fill = tint, .radius = 14 });
    ui_box(ui, (struct rect){ r.x + bar, r.y, 14, h },
           &(struct ui_box_style){ .fill = tint });
    ui_icon(ui, (struct rect){ r.x + bar + dx, r.y + (h - icon) / 2, icon, icon },
            warns ? "stop" : "bulb", ink);
    text_at.y = r.y + (h - text_at.h) / 2;
    ui_text(ui, text_at, text, font, ink, UI_LEFT);
    ui_node(ui, UI_ROLE_TEXT, id, text, text_at, 0);
    return h;
}

bool page_fits_session(struct app *app, enum session_phase phase)
{
    const struct learning *l = &app->learning;

    if (l->lesson && l->session.phase == phase)
        return true;
    app_goto(app, app->pack && app->visit.open ? "home" : "attract", 0);
    return false;
}
