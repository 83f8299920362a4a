/* After an answer: the reason comes with the praise, and a miss is no blame. */
#include "items/message.h"
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/screens.h"

struct way {
    const char *id, *word;
    struct ui_button_style style;
};

/* The one way forward, always in the same corner. */
static struct way way_on(const struct session *s, const struct verdict *v, bool review)
{
    bool last = true, again = !s->items[s->at].done;
    struct way way = { text_key(T_fb_next),
                       text_of(T_fb_next),
                       { .kind = v->right ? UI_BUTTON_OK : UI_BUTTON_PRIMARY,
                         .icon_right = "next" } };

    for (size_t i = 0; i < s->lesson->n_items; i++)
        last = last && s->items[i].done;
    if (again)
        return (struct way){ text_key(T_fb_retry),
                             text_of(T_fb_retry),
                             { .kind = UI_BUTTON_PRIMARY, .icon_left = "retry" } };
    if (last)
        way.word = text_of(review ? T_lesson_next : T_fb_end);
    return way;
}

static void draw_sheet(struct app *app, struct ui *ui, const struct verdict *v)
{
    struct sheet sheet = quiz_sheet(ui, v);
    uint32_t edge = v->right ? LUA : NOTYET_LINE;
    uint32_t ink = v->right ? LUA : NGHE_DEEP;
    struct rect inner = sheet.all;
    struct way way = way_on(&app->learning.session, v, app->learning.review);
    enum text_id title = quiz_verdict_title(v);
    float icon = sheet.sign.w * 0.64F;

    ui_box(ui, sheet.all,
           &(struct ui_box_style){
               .fill = edge, .radius = 36, .corners = UI_CORNERS_TOP });
    rect_cut_top(&inner, 6);
    ui_box(ui, inner,
           &(struct ui_box_style){ .fill = v->right ? LUA_TINT : NGHE_TINT,
                                   .radius = 36,
                                   .corners = UI_CORNERS_TOP });
    ui_box(ui, sheet.sign,
           &(struct ui_box_style){ .fill = v->right ? LUA : NGHE_BULB,
                                   .radius = sheet.sign.w / 2 });
    ui_icon(ui, rect_centre(sheet.sign, icon, icon), v->right ? "check" : "bulb",
            SURFACE);
    ui_label(ui, UI_ROLE_TITLE, text_key(title), text_of(title), sheet.title,
             sheet.title_font, ink, UI_LEFT);
    if (*v->why)
        ui_label(ui, UI_ROLE_TEXT, text_key(T_fb_why), v->why, sheet.why,
                 sheet.why_font, INK, UI_LEFT);
    if (ui_panel(ui) != PANEL_POR) {
        float w = ui_button_width(ui, way.word, &way.style);

        if (w < sheet.button.w) {
            sheet.button.x += sheet.button.w - w;
            sheet.button.w = w;
        }
    }
    if (ui_button(ui, way.id, way.word, sheet.button, &way.style))
        app_next(app);
}

static void feedback_frame(struct app *app, void *state, struct ui *ui)
{
    struct session *s = &app->learning.session;
    struct bar bar = {
        .left = BAR_EXIT, .text = true, .help = true, .id = text_key(T_quiz_n)
    };
    const struct item *item;
    struct verdict v;
    bool show_right;

    (void)state;
    if (!page_fits_session(app, SESSION_FEEDBACK))
        return;
    item = &s->lesson->items[s->at];
    show_right = session_shows_right(s) && s->items[s->at].done;
    v = quiz_verdict(item, s->answer, show_right);
    bar.title = text_fill(ui_arena(ui), text_of(T_quiz_n), "i",
                          page_number(ui, (long long)s->at + 1), "n",
                          page_number(ui, (long long)s->lesson->n_items), NULL);
    if (bar_frame(app, ui, &bar))
        app_leave(app);
    ui_label(ui, UI_ROLE_TEXT, text_key(T_quiz_question),
             message_plain(ui_arena(ui), item->stem), quiz_asked_area(ui, item),
             quiz_asked_font(ui), INK, UI_LEFT);
    item->type->show(item, s->answer, show_right, ui);
    draw_sheet(app, ui, &v);
}

const struct screen screen_feedback = { .name = "feedback",
                                        .rises = true,
                                        .frame = feedback_frame };
