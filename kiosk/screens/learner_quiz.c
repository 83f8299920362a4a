/* One question. What it looks like is the item's; the page gives it bar, foot and
 * order. */
#include <string.h>

#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/quiz.h"
#include "screens/screens.h"

static const char *count_of(struct ui *ui, const struct session *s)
{
    return text_fill(ui_arena(ui), text_of(T_quiz_n), "i",
                     page_number(ui, (long long)s->at + 1), "n",
                     page_number(ui, (long long)s->lesson->n_items), NULL);
}

/* The dots, and the count where the heading does not say it. */
static void draw_foot(struct ui *ui, const struct session *s,
                      const struct item_look *look)
{
    struct rect page = ui_page(ui);
    float h = quiz_foot_h(ui, look->foot), margin = page_margin(ui);
    float size = 26;
    struct ui_font font = { size, size * 1.42F, false };
    struct rect r = { margin, 0, page.w - 2 * margin, 0 };
    const char *count = count_of(ui, s);

    r.y = page.h - h + ui_dim(ui, 10, 6, 8);
    r.h = h - ui_dim(ui, 10, 6, 8) - ui_dim(ui, 18, 10, 18);
    ui_dots(ui, r, s->lesson->n_items, s->at, UI_LEFT);
    if (look->heading == T_quiz_n)
        return;
    r.x += r.w - ui_text_width(ui, count, font);
    r.w = ui_text_width(ui, count, font) + 14;
    ui_label(ui, UI_ROLE_TEXT, text_key(T_quiz_n), count,
             (struct rect){ r.x, r.y + (r.h - font.line) / 2, r.w, font.line }, font,
             INK2, UI_LEFT);
}

void quiz_item_frame(struct app *app, struct ui *ui)
{
    struct session *s = &app->learning.session;
    const struct item *item = &s->lesson->items[s->at];
    unsigned char order[ITEM_OPTIONS_MAX];
    unsigned char before[ITEM_STATE_MAX];

    session_order(s, s->at, order);
    memcpy(before, s->answer, sizeof(before));
    if (item->type->frame(item, order, s->answer, ui))
        app_answer(app);
    else if (memcmp(before, s->answer, sizeof(before)) != 0)
        app_touch_answer(app);
}

static void quiz_frame(struct app *app, void *state, struct ui *ui)
{
    struct session *s = &app->learning.session;
    struct bar bar = { .left = BAR_EXIT, .text = true, .help = true };
    const struct item_look *look;

    (void)state;
    if (!page_fits_session(app, SESSION_ITEM))
        return;
    look = items_look(s->lesson->items[s->at].type);
    bar.id = text_key(look->heading);
    bar.title = look->heading == T_quiz_n ? count_of(ui, s) : text_of(look->heading);
    if (bar_frame(app, ui, &bar))
        app_leave(app);
    draw_foot(ui, s, look);
    quiz_item_frame(app, ui);
}

const struct screen screen_quiz = { .name = "quiz", .frame = quiz_frame };
