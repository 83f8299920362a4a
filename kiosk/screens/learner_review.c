/* Asking again: what waits, then (the pages of questions between) the word cards, then a
 * word of praise. Nothing is counted before the learner's eyes. */
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/screens.h"
#include "screens/word_card.h"

enum phase { OFFER, WORDS, END };

struct review_state {
    enum phase phase;
    size_t word; /* at hand, of WORDS */
};

static void review_enter(struct app *app, void *state, size_t arg)
{
    struct review_state *s = state;

    if (arg == REVIEW_ANSWERED && app->learning.review) {
        s->phase = app->plan.n_words ? WORDS : END;
        return;
    }
    if (!app->pack || !app->visit.open)
        app_goto(app, "attract", 0);
    else if (!app_review_waits(app))
        app_goto(app, "home", 0);
}

static void to_lessons(struct app *app)
{
    bool begun;
    long at = app_continue_index(app, &begun);

    if (at >= 0)
        app_open_lesson(app, (size_t)at);
    else
        app_goto(app, "home", 0);
}

/* --- what waits --------------------------------------------------------------------- */

struct row {
    const char *title, *sub, *title_id, *sub_id;
    const struct picture *picture;
    bool is_object; /* on a ground, not filling its place */
};

static void draw_row(struct ui *ui, const struct row *row, struct rect r)
{
    float size = ui_dim(ui, 29, 22, 24), small = ui_dim(ui, 25, 19, 21);
    struct ui_font title = { size, size * 1.28F, true };
    struct ui_font sub = { small, small * 1.28F, false };
    float pic_w = ui_dim(ui, 84, 58, 84), pic_h = ui_dim(ui, 70, 50, 70);
    struct rect in = rect_inset(r, ui_dim(ui, 24, 14, 16), 0), pic;

    ui_box(ui, r,
           &(struct ui_box_style){ .fill = SURFACE,
                                   .border = LINE,
                                   .line = LINE_DECORATIVE,
                                   .radius = ui_dim(ui, 24, 16, 24) });
    pic = rect_centre(rect_cut_left(&in, pic_w), pic_w, pic_h);
    rect_cut_left(&in, ui_dim(ui, 20, 12, 14));
    if (row->is_object) {
        ui_box(ui, pic, &(struct ui_box_style){ .fill = INDIGO_TINT, .radius = 14 });
        pic = rect_centre(pic, pic_h - 12, pic_h - 12);
    }
    if (row->picture)
        ui_picture(ui, pic, quiz_picture_source(ui, row->picture),
                   row->is_object ? UI_FIT_CONTAIN : UI_FIT_COVER, 14, 0);
    in = rect_centre(in, in.w, title.line + sub.line);
    while (title.size > 16 && ui_text_width(ui, row->title, title) > in.w)
        title.size -= 1; /* one line: the row ends below it */
    ui_label(ui, UI_ROLE_TEXT, row->title_id, row->title, rect_cut_top(&in, title.line),
             title, INK, UI_LEFT);
    ui_label(ui, UI_ROLE_TEXT, row->sub_id, row->sub, in, sub, INK2, UI_LEFT);
}

static const char *count(struct ui *ui, enum text_id id, size_t n)
{
    return text_fill(ui_arena(ui), text_of(id), "n", page_number(ui, (long long)n),
                     NULL);
}

/* One for each lesson, in the order of asking, and one for the words. */
static size_t list_rows(struct app *app, struct ui *ui,
                        struct row rows[REVIEW_LESSONS_MAX + 1])
{
    const struct plan *p = &app->plan;
    size_t n = 0, of[REVIEW_LESSONS_MAX] = { 0 }, items[REVIEW_LESSONS_MAX] = { 0 };
    const char *words = "";

    for (size_t i = 0; i < p->review.n_items; i++) {
        size_t k = 0;

        while (k < n && of[k] != p->review_of[i])
            k++;
        if (k == n)
            of[n++] = p->review_of[i];
        items[k]++;
    }
    for (size_t k = 0; k < n; k++) {
        const struct pack_lesson *l = &pack_info(app->pack)->lessons[of[k]];

        rows[k] = (struct row){ .title = l->title,
                                .sub = count(ui, T_rev_n, items[k]),
                                .title_id = text_key_n(ui_arena(ui), T_rev_row, k + 1),
                                .sub_id = text_key_n(ui_arena(ui), T_rev_n, k + 1),
                                .picture = l->cover };
    }
    for (size_t k = 0; k < p->n_words; k++)
        words = arena_printf(ui_arena(ui), "%s%s%s", words, k ? ", " : "",
                             p->words[k]->title);
    if (p->n_words)
        rows[n++] = (struct row){
            .title = text_fill(ui_arena(ui), text_of(T_rev_word), "tu", words, NULL),
            .sub = count(ui, T_rev_words, p->n_words),
            .title_id = text_key(T_rev_word),
            .sub_id = text_key(T_rev_words),
            .picture = p->words[0]->picture,
            .is_object = true,
        };
    return n;
}

static void draw_rows(struct app *app, struct ui *ui, struct rect r)
{
    struct row rows[REVIEW_LESSONS_MAX + 1];
    size_t n = list_rows(app, ui, rows);
    float size = ui_dim(ui, 46, 30, 34), gap = ui_dim(ui, 14, 7, 10);
    struct ui_font head = { size, size * 1.3F, true };
    float row_h = ui_dim(ui, 100, 68, 90), all, room;
    const char *say = text_fill(ui_arena(ui), text_of(T_rev_h), "phut",
                                page_number(ui, REVIEW_MINUTES), NULL);

    room = (r.h - head.line - (float)n * gap) / (float)n;
    if (row_h > room)
        row_h = room;
    all = head.line + (float)n * (row_h + gap);
    if (ui_panel(ui) != PANEL_POR)
        r = rect_centre(r, r.w, all);
    ui_label(ui, UI_ROLE_TITLE, text_key(T_rev_h), say, rect_cut_top(&r, head.line),
             head, INK, UI_LEFT);
    for (size_t i = 0; i < n; i++) {
        rect_cut_top(&r, gap);
        draw_row(ui, &rows[i], rect_cut_top(&r, row_h));
    }
}

/* The drawing beside or above, cut off `*body`. */
static void draw_picture(struct ui *ui, struct rect *body, const char *source,
                         float w_portrait)
{
    float w = ui_dim(ui, 469, 280, w_portrait), h = w * 5 / 6;
    bool portrait = ui_panel(ui) == PANEL_POR;
    struct rect at = portrait ? rect_cut_top(body, h) : rect_cut_left(body, w);

    ui_picture(ui, rect_centre(at, w, h), source, UI_FIT_CONTAIN, 0, 0);
    if (portrait)
        rect_cut_top(body, 14);
    else
        rect_cut_left(body, ui_dim(ui, 40, 22, 0));
}

static void draw_offer(struct app *app, struct ui *ui)
{
    struct ui_button_style other = { .kind = UI_BUTTON_SECONDARY, .icon_left = "book" };
    struct ui_button_style go = { .kind = UI_BUTTON_PRIMARY, .icon_left = "play" };
    bool portrait = ui_panel(ui) == PANEL_POR;
    struct rect body = page_body(ui, ui_dim(ui, 138, 118, 258));
    struct rect left = page_foot_button(ui, 0);
    struct rect right =
        page_foot_button(ui, ui_button_width(ui, text_of(T_rev_go), &go));

    draw_picture(ui, &body, "art:canh-on", 230);
    draw_rows(app, ui, body);
    left.x = page_margin(ui);
    left.w = ui_button_width(ui, text_of(T_rev_new), &other);
    if (portrait) {
        left.w = right.w = ui_page(ui).w - 2 * left.x;
        right.x = left.x;
        left.y = right.y - right.h - 26;
    }
    if (ui_button(ui, STR(rev_new), left, &other))
        to_lessons(app);
    if (ui_button(ui, STR(rev_go), right, &go))
        app_review_open(app);
}

/* --- words, and the end ------------------------------------------------------------- */

static void draw_words(struct app *app, struct ui *ui, struct review_state *s)
{
    const struct plan *p = &app->plan;
    bool low = app->nav.cover == &screen_text_size;
    struct ui_button_style next = { .kind = UI_BUTTON_PRIMARY, .icon_right = "next" };
    float w = ui_button_width(ui, text_of(T_lesson_next), &next);
    float w_least = ui_dim(ui, 250, 190, 220);
    struct rect right = page_foot_button(ui, w > w_least ? w : w_least), dots;

    dots = (struct rect){ page_margin(ui), right.y, right.x - 2 * page_margin(ui),
                          right.h + LIP };
    word_card(app, ui, p->words[s->word], page_body(ui, ui_dim(ui, 138, 118, 150)),
              low);
    if (p->n_words > 1)
        ui_dots(ui, dots, p->n_words, s->word, UI_LEFT);
    if (!ui_button(ui, STR(lesson_next), right, &next))
        return;
    if (s->word + 1 < p->n_words) {
        s->word++;
        return;
    }
    s->phase = END;
    app_cue(app, CUE_DONE);
}

static void draw_end(struct app *app, struct ui *ui)
{
    struct ui_button_style go = { .kind = UI_BUTTON_PRIMARY, .icon_right = "next" };
    bool portrait = ui_panel(ui) == PANEL_POR;
    float good = ui_dim(ui, 54, 34, 36), size = ui_dim(ui, 32, 24, 27);
    struct ui_font good_font = { good, good * 1.25F, true };
    struct ui_font font = { size, size * 1.42F, false };
    float gap = ui_dim(ui, 20, 10, 12);
    struct rect body = page_body(ui, ui_dim(ui, 138, 118, 150));
    struct rect right =
        page_foot_button(ui, ui_button_width(ui, text_of(T_rev_new), &go));

    draw_picture(ui, &body, "art:canh-hoa", 420);
    if (!portrait)
        body = rect_centre(body, body.w,
                           good_font.line + gap +
                               ui_text(ui, body, text_of(T_rev_end), font, 0, UI_LEFT));
    ui_label(ui, UI_ROLE_TITLE, text_key(T_rev_good), page_say(ui, T_rev_good),
             rect_cut_top(&body, good_font.line), good_font, LUA, UI_LEFT);
    rect_cut_top(&body, gap);
    ui_label(ui, UI_ROLE_TEXT, STR(rev_end), body, font, INK, UI_LEFT);
    if (portrait) {
        right.x = page_margin(ui);
        right.w = ui_page(ui).w - 2 * right.x;
    }
    if (ui_button(ui, STR(rev_new), right, &go))
        to_lessons(app);
}

static void review_frame(struct app *app, void *state, struct ui *ui)
{
    struct review_state *s = state;
    struct bar bar = { .left = BAR_HOME,
                       .text = true,
                       .help = true,
                       .id = text_key(T_rev_title),
                       .title = text_of(T_rev_title) };

    if (s->phase == OFFER ? !app_review_waits(app) : !app->learning.review)
        return; /* on the way to another page */
    if (s->phase == WORDS) {
        bar.id = text_key(T_word_title);
        bar.title = text_of(T_word_title);
    }
    if (bar_frame(app, ui, &bar))
        app_goto(app, "home", 0);
    switch (s->phase) {
    case OFFER:
        draw_offer(app, ui);
        break;
    case WORDS:
        draw_words(app, ui, s);
        break;
    case END:
        draw_end(app, ui);
        break;
    }
}

const struct screen screen_review = {
    .name = "review",
    .state_size = sizeof(struct review_state),
    .enter = review_enter,
    .frame = review_frame,
};
