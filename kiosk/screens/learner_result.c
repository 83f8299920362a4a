/* The end of a lesson: words before numbers, what was missed can be done again, and
 * "saved" is said only when it is true. */
#include "app/certificates.h"
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/screens.h"

static const char *score(struct ui *ui, const struct session *s)
{
    return text_fill(ui_arena(ui), text_of(T_res_score), "i",
                     page_number(ui, (long long)session_n_right(s)), "n",
                     page_number(ui, (long long)s->lesson->n_items), NULL);
}

static enum text_id saved_words(const struct app *app)
{
    switch (app->learning.saved) {
    case SAVED_WAITING:
        return T_res_saving;
    case SAVED_NO:
        return T_res_unsaved;
    case SAVED_NOTHING: /* the completion was saved before the machine was restarted */
    case SAVED_YES:
        break;
    }
    return session_n_missed(&app->learning.session) ? T_res_saved_redo : T_res_saved;
}

static void draw_items(struct ui *ui, const struct session *s, struct rect r)
{
    float gap = ui_dim(ui, 14, 14, 9), most = ui_dim(ui, 112, 84, 110);
    float n = (float)s->lesson->n_items;
    float w = (r.w - (n - 1) * gap) / n;
    float icon = ui_dim(ui, 60, 44, 44);

    if (w > most)
        w = most;
    for (size_t i = 0; i < s->lesson->n_items; i++) {
        bool right = s->items[i].right;
        struct rect at = { r.x + (float)i * (w + gap), r.y, w, r.h };
        float glyph = icon < w * 0.7F ? icon : w * 0.7F;

        ui_box(ui, at,
               &(struct ui_box_style){ .fill = right ? LUA_TINT : NGHE_TINT,
                                       .border = right ? LUA : NOTYET_LINE,
                                       .line = 3,
                                       .radius = 24 });
        ui_icon(ui, rect_centre(at, glyph, glyph), right ? "check" : "retry",
                right ? LUA : NGHE_DEEP);
    }
    ui_node_value(ui, UI_ROLE_PROGRESS, text_key(T_res_items), score(ui, s),
                  page_number(ui, (long long)session_n_right(s)), r, 0);
}

static void draw_words(struct app *app, struct ui *ui, struct rect r)
{
    const struct session *s = &app->learning.session;
    bool portrait = ui_panel(ui) == PANEL_POR;
    float good = ui_dim(ui, 54, 34, 36), size = ui_dim(ui, 32, 24, 27);
    struct ui_font good_font = { good, good * 1.25F, true };
    struct ui_font font = { size, size * 1.42F, false };
    float gap = ui_dim(ui, 20, 10, 12), items_h = ui_dim(ui, 112, 76, 84);
    enum text_id praise = session_passed(s) ? T_res_good : T_res_done;
    enum text_id saved = saved_words(app);
    uint32_t saved_ink = saved == T_res_unsaved ? NGHE_DEEP : INK2;
    float saved_h = ui_text(ui, r, text_of(saved), font, 0, UI_LEFT);
    float all = good_font.line + font.line + items_h + saved_h + 3 * gap;

    if (!portrait)
        r.y += (r.h - all) / 2;
    ui_label(ui, UI_ROLE_TITLE, text_key(praise), page_say(ui, praise), r, good_font,
             LUA, UI_LEFT);
    r.y += good_font.line + gap;
    ui_label(ui, UI_ROLE_TEXT, text_key(T_res_score), score(ui, s), r, font, INK,
             UI_LEFT);
    r.y += font.line + gap;
    draw_items(ui, s, (struct rect){ r.x, r.y, r.w, items_h });
    r.y += items_h + gap;
    ui_label(ui, UI_ROLE_TEXT, text_key(saved), text_of(saved), r, font, saved_ink,
             UI_LEFT);
}

/* To what this lesson earned, beside what was missed in it. */
static void draw_paper(struct app *app, struct ui *ui, struct rect go, struct rect redo)
{
    const struct pack_lesson *l = &pack_info(app->pack)->lessons[app->learning.index];
    struct ui_button_style style = { .kind = UI_BUTTON_SECONDARY,
                                     .icon_left = "award" };
    struct rect r = go;

    if (!app_certificate_now(app))
        return;
    if (ui_panel(ui) == PANEL_POR) {
        style.font = 24;
        style.icon = 30;
        r = redo;
        r.x = go.x + go.w - redo.w;
    } else {
        r.w = ui_button_width(ui, text_of(T_res_cert), &style);
        r.x -= r.w + ui_dim(ui, 20, 14, 0);
    }
    if (ui_button(ui, STR(res_cert), r, &style))
        app_goto(app, "certificate", l->module);
}

static void draw_foot(struct app *app, struct ui *ui)
{
    const struct session *s = &app->learning.session;
    bool portrait = ui_panel(ui) == PANEL_POR, paper = app_certificate_now(app);
    long next = app_next_index(app);
    size_t missed = session_n_missed(s);
    struct ui_button_style redo = { .kind = UI_BUTTON_SECONDARY, .icon_left = "retry" };
    struct ui_button_style go = { .kind = UI_BUTTON_PRIMARY, .icon_right = "next" };
    enum text_id go_id = next >= 0 ? T_res_next : T_res_home;
    const char *redo_word = text_fill(ui_arena(ui), text_of(T_res_redo), "n",
                                      page_number(ui, (long long)missed), NULL);
    struct rect left = page_foot_button(ui, 0);
    struct rect right = page_foot_button(ui, ui_button_width(ui, text_of(go_id), &go));

    left.x = page_margin(ui);
    left.w = ui_button_width(ui, redo_word, &redo);
    if (portrait) {
        left.w = right.w = ui_page(ui).w - 2 * left.x;
        right.x = left.x;
        left.y = right.y - right.h - 26;
    }
    if (portrait && paper && missed) { /* side by side */
        left.w = (left.w - 12) / 2;
        redo.font = 24;
        redo.icon = 30;
    }
    if (missed && ui_button(ui, text_key(T_res_redo), redo_word, left, &redo))
        app_redo(app);
    draw_paper(app, ui, right, left);
    if (!ui_button(ui, text_key(go_id), text_of(go_id), right, &go))
        return;
    if (next >= 0)
        app_open_lesson(app, (size_t)next);
    else
        app_goto(app, "home", 0);
}

/* The flower, and below it the one sentence to remember. Returns the room left. */
static struct rect draw_picture(struct ui *ui, const struct lesson *l, struct rect body)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    float w = ui_dim(ui, 460, 280, 180), h = w * 5 / 6;
    float size = ui_dim(ui, 28, 21, 24), gap = ui_dim(ui, 12, 6, 8);
    struct ui_font font = { size, size * 1.32F, true };
    struct rect column, pic, words;
    float words_h, lowest;

    if (portrait) {
        words_h = ui_text(ui, body, l->remember, font, 0, UI_CENTRE);
        column = rect_cut_top(&body, h + gap + words_h);
        rect_cut_top(&body, 2 * gap);
    } else {
        column = rect_cut_left(&body, w);
        rect_cut_left(&body, ui_dim(ui, 40, 24, 0));
    }
    pic = rect_centre(column, w, h);
    words_h = ui_text(ui, column, l->remember, font, 0, UI_CENTRE);
    lowest = column.y + column.h - words_h - gap - h;
    if (portrait || pic.y > lowest)
        pic.y = lowest;
    ui_picture(ui, pic, "art:canh-hoa", UI_FIT_CONTAIN, 0, 0);
    words = column;
    words.y = pic.y + pic.h + gap;
    ui_label(ui, UI_ROLE_TEXT, text_key(T_res_remember), l->remember, words, font,
             INDIGO, UI_CENTRE);
    return body;
}

static void result_frame(struct app *app, void *state, struct ui *ui)
{
    struct bar bar = { .left = BAR_HOME, .help = true, .id = text_key(T_res_title) };
    struct rect body;

    (void)state;
    if (!page_fits_session(app, SESSION_RESULT))
        return;
    bar.title = text_fill(ui_arena(ui), text_of(T_res_title), "bai",
                          app->learning.lesson->title, NULL);
    if (bar_frame(app, ui, &bar))
        app_goto(app, "home", 0);
    body = page_body(ui, ui_dim(ui, 138, 118, 258));
    if (ui_panel(ui) == PANEL_POR) {
        body.y -= 8;
        body.h += 8;
    }
    draw_words(app, ui, draw_picture(ui, app->learning.lesson, body));
    draw_foot(app, ui);
}

const struct screen screen_result = { .name = "result", .frame = result_frame };
