/* In which language the machine reads (r02). A card says a sentence of its language when it is
 * touched, and is the one from then on. The page below waits unchanged. */
#include <string.h>

#include "app/languages.h"
#include "app/recordings.h"
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/screens.h"

/* Whoever cannot read hears what is asked; where nobody said that yet in this language,
 * whatever somebody said. */
static const char *sample(const struct app *app, const char *code)
{
    const char *title = text_of(T_lang_title);
    const struct voice_index *packed = app->pack ? pack_voice(app->pack) : NULL;
    const struct recording *any = recordings_first(app->recordings, code);

    if (recordings_find(app->recordings, code, title) ||
        voice_index_find(packed, code, title) || !any)
        return title;
    return any->text;
}

static void choose(struct app *app, const char *code, const char *node)
{
    app_set_voice_language(app, code);
    if (voice_say(app, code, node, sample(app, code)))
        voice_stop(app); /* no loudspeaker: it is chosen all the same */
}

static struct rect place_of(struct ui *ui, size_t i, size_t n)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    size_t columns = portrait ? (n > 3 ? 2 : 1) : n > 4 ? 3 : n > 1 ? 2 : 1;
    size_t rows = (n + columns - 1) / columns;
    struct rect body = page_body(ui, page_foot_h(ui));
    float gap = ui_dim(ui, 32, 20, 20), dy = gap + LIP, w, h;

    w = (body.w - gap * (float)(columns - 1)) / (float)columns;
    h = (body.h - LIP - dy * (float)(rows - 1)) / (float)rows;
    return (struct rect){ body.x + (float)(i % columns) * (w + gap),
                          body.y + (float)(i / columns) * (h + dy), w, h };
}

/* "Tiếng Hrê" within a sentence: "tiếng Hrê". */
static const char *within(struct ui *ui, const char *name)
{
    char *small = arena_strdup(ui_arena(ui), name);

    if (*small >= 'A' && *small <= 'Z')
        *small = (char)(*small - 'A' + 'a');
    return small;
}

static void draw_hear(struct ui *ui, struct rect r, bool speaks)
{
    float size = ui_dim(ui, 26, 22, 26), icon = ui_dim(ui, 40, 32, 36), gap = 12;
    struct ui_font font = { size, size * 1.4F, true };
    const char *text = text_of(speaks ? T_lang_playing : T_lang_try);
    float w = icon + gap + ui_text_width(ui, text, font), h = r.h;
    struct rect at = { r.x + (r.w - w) / 2, r.y + (h - icon) / 2, icon, icon };

    ui_icon(ui, at, "speaker", INDIGO);
    at.x += icon + gap;
    ui_text(ui, (struct rect){ at.x, r.y + (h - font.line) / 2, w, font.line }, text,
            font, INDIGO, UI_LEFT);
}

static void draw_tick(struct ui *ui, struct rect card)
{
    float d = 56, glyph = 36;
    struct rect at = { card.x + card.w - 18 - d, card.y + 18, d, d };

    ui_box(ui, at, &(struct ui_box_style){ .fill = INDIGO, .radius = d / 2 });
    ui_icon(ui, rect_centre(at, glyph, glyph), "check", SURFACE);
}

/* Picture, name, what it is, the way to hear it: in the middle of the card; the picture gives
 * way where the card is low. */
static void draw_words(struct ui *ui, struct rect r, const struct language *l,
                       bool speaks)
{
    bool first = !strcmp(l->code, LANGUAGE_FIRST);
    const char *name = arena_strdup(ui_arena(ui), language_name(l));
    const char *sub =
        text_fill(ui_arena(ui), text_of(T_lang_sub), "tieng", within(ui, name), NULL);
    float size = ui_dim(ui, 42, 32, 36), small = ui_dim(ui, 26, 22, 23);
    float gap = ui_dim(ui, 14, 4, 6), pad = ui_dim(ui, 24, 10, 14);
    float picture = ui_dim(ui, 297, 122, 143), hear = ui_dim(ui, 40, 34, 38), h;
    struct ui_font head = { size, size * 1.3F, true };
    struct ui_font body = { small, small * 1.4F, false };

    r = rect_inset(r, pad, pad);
    h = head.line + ui_text(ui, r, sub, body, 0, UI_CENTRE) + hear + 2 * gap;
    picture = picture < r.h - h - gap ? picture : r.h - h - gap;
    if (picture > 60) {
        float all = picture + gap + h;

        r.y += (r.h - all) / 2;
        ui_picture(ui,
                   (struct rect){ r.x + (r.w - picture / 1.1F) / 2, r.y, picture / 1.1F,
                                  picture },
                   first ? "art:nguoi-tnv" : "art:nguoi-chi", UI_FIT_CONTAIN, 0, 0);
        r.y += picture + gap;
    }
    ui_text(ui, r, name, head, INK, UI_CENTRE);
    r.y += head.line + gap;
    r.y += ui_text(ui, r, sub, body, INK2, UI_CENTRE) + gap;
    r.h = hear;
    draw_hear(ui, r, speaks);
}

static void draw_card(struct app *app, struct ui *ui, struct rect r,
                      const struct language *l)
{
    const char *id = arena_printf(ui_arena(ui), "lang.%s", l->code);
    bool chosen = !strcmp(l->code, app_voice_language(app));
    bool speaks = voice_says(app, id);
    float dy;

    if (ui_card(ui, UI_ROLE_CHOICE, id, arena_strdup(ui_arena(ui), language_name(l)), r,
                (chosen ? UI_SELECTED : 0) | (speaks ? UI_PLAYING : 0), &dy))
        choose(app, l->code, id);
    r.y += dy;
    draw_words(ui, r, l, speaks);
    if (chosen)
        draw_tick(ui, r);
}

static void draw_foot(struct app *app, struct ui *ui)
{
    struct ui_button_style style = { .kind = UI_BUTTON_PRIMARY, .icon_right = "next" };
    struct rect go =
        page_foot_button(ui, ui_button_width(ui, text_of(T_lang_go), &style));
    float size = ui_dim(ui, 24, 20, 24), x = page_margin(ui);
    struct ui_font font = { size, size * 1.4F, false };
    struct rect note = { x, go.y, go.x - x - 16, go.h };

    ui_text_middle(ui, note, text_of(T_lang_note), font, INK2, UI_LEFT);
    ui_node(ui, UI_ROLE_TEXT, STR(lang_note), note, 0);
    if (ui_button(ui, STR(lang_go), go, &style))
        app_uncover(app);
}

static void language_frame(struct app *app, void *state, struct ui *ui)
{
    struct bar bar = { .left = BAR_HOME,
                       .listen = true,
                       .id = text_key(T_lang_title),
                       .title = text_of(T_lang_title) };
    struct languages heard;

    (void)state;
    languages_heard(app, &heard);
    if (bar_frame(app, ui, &bar))
        app_goto(app, app->visit.open ? "home" : "attract", 0);
    for (size_t i = 0; i < heard.n; i++)
        draw_card(app, ui, place_of(ui, i, heard.n), &heard.list[i]);
    draw_foot(app, ui);
}

const struct screen screen_language = {
    .name = "language",
    .kind = SCREEN_SHEET,
    .frame = language_frame,
};
