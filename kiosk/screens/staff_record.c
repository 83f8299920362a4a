/* Recording a voice (a14): who speaks, then a lesson, then its sentences one by one. What is
 * kept is heard at once, and goes to the people who write lessons on a stick. */
#include <stdio.h>
#include <string.h>

#include "app/recordings.h"
#include "app/recordings_usb.h"
#include "app/upkeep.h"
#include "screens/bar.h"
#include "screens/class_words.h"
#include "screens/record.h"
#include "screens/screens.h"

#define SOON_MS 1 /* as soon as the page was shown */

static void record_enter(struct app *app, void *state, size_t arg)
{
    struct record_page *s = state;
    struct languages known;

    (void)arg;
    s->said = T_COUNT;
    languages_known(app, &known);
    /* Vietnamese has a voice: another language is what is wanted */
    (void)snprintf(s->lang, sizeof(s->lang), "%s", known.list[known.n > 1].code);
    recordings_copy_finish(&app->copy);
    if (!app->pack || !app->recordings || !app_may(app, MAY_EDIT_CONTENT))
        app_goto(app, "attract", 0);
}

/* --- the head ----------------------------------------------------------------------------- */

/* Which language; where the names do not fit side by side, one after the other. */
static void draw_languages(struct app *app, struct ui *ui, struct record_page *s,
                           struct rect *head)
{
    const char *ids[VOICE_LANGS_MAX], *names[VOICE_LANGS_MAX];
    struct languages known;
    size_t at = 0;
    float w;
    int got;

    languages_known(app, &known);
    for (size_t i = 0; i < known.n; i++) {
        ids[i] = arena_printf(ui_arena(ui), "lang.%s", known.list[i].code);
        names[i] = arena_strdup(ui_arena(ui), language_name(&known.list[i]));
        if (!strcmp(known.list[i].code, s->lang))
            at = i;
    }
    w = staff_segments_width(ui, names, known.n);
    if (w <= head->w * 0.62F) {
        got = staff_segments(ui, rect_cut_right(head, w), ids, names, known.n, at);
    } else {
        w = staff_button_width(ui, names[at], "speaker");
        got = staff_button(ui, ids[at], names[at], rect_cut_right(head, w),
                           UI_BUTTON_SECONDARY, "speaker", 0)
                  ? (int)((at + 1) % known.n)
                  : -1;
    }
    if (got < 0 || (size_t)got == at)
        return;
    recorder_forget(app);
    s->n_counted = 0;
    (void)snprintf(s->lang, sizeof(s->lang), "%s", known.list[got].code);
}

static struct rect draw_head(struct app *app, struct ui *ui, struct record_page *s,
                             bool *back_out)
{
    struct rect page = desk_frame(app, ui, DESK_PACKS, NULL, NULL), head, tool;
    float h = ui_dim(ui, 70, 62, 68);

    head = rect_cut_top(&page, h);
    rect_cut_top(&page, ui_dim(ui, 14, 7, 10));
    tool = rect_cut_left(&head, h);
    tool.h -= 4;
    *back_out = staff_button(ui, text_key(T_list_back), "", tool, UI_BUTTON_SECONDARY,
                             "back", 0);
    rect_cut_left(&head, ui_dim(ui, 16, 10, 10));
    draw_languages(app, ui, s, &head);
    head.w -= 8;
    ui_text_middle(ui, head, text_of(T_vo_title), staff_font(ui, STAFF_TITLE), INK,
                   UI_LEFT);
    ui_node(ui, UI_ROLE_TITLE, STR(vo_title), head, 0);
    return page;
}

/* --- lessons ------------------------------------------------------------------------------ */

struct lesson_rows {
    struct app *app;
    const struct record_page *page;
};

static const char *lesson_text(void *ctx, struct ui *ui, size_t i)
{
    const struct lesson_rows *rows = ctx;
    const struct pack_info *info = pack_info(rows->app->pack);

    (void)ui;
    return i < info->n_lessons ? info->lessons[i].title : text_of(T_vo_words);
}

static const char *lesson_note(void *ctx, struct ui *ui, size_t i)
{
    const struct record_page *s = ((const struct lesson_rows *)ctx)->page;

    if (i >= s->n_counted)
        return "";
    return text_fill(ui_arena(ui), text_of(T_vo_done), "i",
                     page_number(ui, s->counts[i].done), "n",
                     page_number(ui, s->counts[i].n), NULL);
}

/* One lesson a frame: reading one takes a moment. */
static void count_on(struct app *app, struct ui *ui, struct record_page *s)
{
    size_t n = pack_info(app->pack)->n_lessons + 1;
    struct arena arena = { 0 };
    struct record_lines lines = { 0 };

    if (s->n_counted >= n || s->n_counted >= RECORD_LESSONS_MAX)
        return;
    record_lines_read(app, s->n_counted, &arena, &lines);
    s->counts[s->n_counted++] =
        (struct record_count){ (short)record_lines_done(app, &lines, s->lang),
                               (short)lines.n };
    arena_finish(&arena);
    ui_wake_in(ui, SOON_MS);
}

static void open_lesson(struct app *app, struct record_page *s, size_t lesson)
{
    s->lesson = lesson;
    s->at = s->first = 0;
    s->said = T_COUNT;
    record_lines_read(app, lesson, &app->nav.page_arena, &s->lines);
    if (s->lines.n)
        s->step = RECORD_SENTENCES;
}

/* One clip a frame, so that the page shows how far it is. */
static const char *copy_on(struct app *app, struct ui *ui, struct record_page *s)
{
    struct recordings_copy *c = &app->copy;

    if (c->state == COPY_GOES_ON) {
        recordings_copy_step(c, app->recordings, app->usb);
        ui_wake_in(ui, SOON_MS);
        if (c->state == COPY_DONE)
            upkeep_note(app, AUDIT_PACK, text_key(T_au_e_voice_usb),
                        page_number(ui, (long long)c->n_copied));
    }
    switch (c->state) {
    case COPY_NONE:
        return s->said == T_COUNT ? NULL : text_of(s->said);
    case COPY_GOES_ON:
        return text_fill(ui_arena(ui), text_of(T_vo_copying), "i",
                         page_number(ui, (long long)c->at), "n",
                         page_number(ui, (long long)c->n), NULL);
    case COPY_DONE:
        return text_fill(ui_arena(ui), text_of(T_vo_copied), "n",
                         page_number(ui, (long long)c->n_copied), NULL);
    case COPY_FAILED:
        return usb_words(c->verdict);
    }
    return NULL;
}

static void draw_lessons_foot(struct app *app, struct ui *ui, struct record_page *s,
                              struct rect foot, struct rect line)
{
    const char *who = text_of(T_vo_change), *words;
    bool busy = app->copy.state == COPY_GOES_ON;
    float gap = ui_dim(ui, 12, 8, 8);
    struct rect at =
        rect_cut_right(&foot, staff_button_width(ui, text_of(T_vo_usb), "usb"));

    if (staff_button(ui, STR(vo_usb), at, UI_BUTTON_SECONDARY, "usb",
                     busy ? UI_DISABLED : 0) &&
        !busy) {
        recordings_copy_finish(&app->copy);
        s->said = T_vo_none_yet;
        if (recordings_count(app->recordings, NULL))
            recordings_copy_begin(&app->copy, app->recordings, app->usb);
    }
    foot.w -= gap;
    at = rect_cut_right(&foot, staff_button_width(ui, who, "user"));
    if (staff_button(ui, STR(vo_change), at, UI_BUTTON_SECONDARY, "user", 0))
        s->step = RECORD_WHO;
    foot.w -= gap;
    words = copy_on(app, ui, s);
    line = line.h > 0 ? line : foot;
    if (words) {
        desk_say(ui, line, words,
                 app->copy.state == COPY_FAILED ? CHIP_NGHE
                 : app->copy.state == COPY_DONE ? CHIP_LUA
                                                : CHIP_SAND);
        return;
    }
    words =
        text_fill(ui_arena(ui), text_of(T_vo_speaker), "ten", s->speaker.name, NULL);
    staff_line(ui, line, words, staff_font(ui, STAFF_BODY), INK2);
    ui_node(ui, UI_ROLE_TEXT, text_key(T_vo_speaker), words, line, 0);
}

static void lessons_frame(struct app *app, struct ui *ui, struct record_page *s)
{
    struct lesson_rows rows = { app, s };
    bool back;
    struct rect r = draw_head(app, ui, s, &back);
    struct rect foot = rect_cut_bottom(&r, ui_dim(ui, 76, 60, 72)), line = { .h = 0 };
    struct pick p = { .id = "vo.lesson",
                      .n = pack_info(app->pack)->n_lessons + 1,
                      .chosen = SIZE_MAX,
                      .text = lesson_text,
                      .note = lesson_note,
                      .ctx = &rows };
    long got;

    foot.h -= 4;
    rect_cut_bottom(&r, 8);
    if (ui_panel(ui) == PANEL_POR) /* the buttons leave no room beside them */
        line = rect_cut_bottom(&r, 84);
    count_on(app, ui, s);
    got = pick_frame(ui, r, &p, &s->first_lesson);
    draw_lessons_foot(app, ui, s, foot, line);
    if (got >= 0)
        open_lesson(app, s, (size_t)got);
    if (back)
        app_goto(app, "admin_packs", 0);
}

/* --- sentences ---------------------------------------------------------------------------- */

static bool draw_row(struct app *app, struct ui *ui, struct rect r,
                     const struct record_page *s, size_t i)
{
    const struct record_line *line = &s->lines.list[i];
    bool on = i == s->at,
         done = recordings_find(app->recordings, s->lang, line->text) != NULL;
    bool tapped = ui_target(
        ui, UI_ROLE_ROW, arena_printf(ui_arena(ui), "vo.line#%zu", i + 1), line->label,
        r, (on ? UI_SELECTED : 0) | (done ? UI_CORRECT : 0), NULL);
    float mark;

    if (on)
        ui_box(ui, r, &(struct ui_box_style){ .fill = INDIGO_TINT, .radius = 14 });
    else if (i != s->at + 1)
        ui_box(ui, (struct rect){ r.x, r.y, r.w, 1 },
               &(struct ui_box_style){ .fill = LINE });
    r = rect_inset(r, ui_dim(ui, 7, 5, 6), 0);
    mark = class_mark(ui, r.x, r.y + r.h / 2,
                      on     ? "mic"
                      : done ? "check"
                             : "clock",
                      on     ? CHIP_SAND
                      : done ? CHIP_LUA
                             : CHIP_NGHE);
    rect_cut_left(&r, mark + ui_dim(ui, 15, 10, 12));
    staff_line(ui, r, line->label, staff_font(ui, on ? STAFF_BOLD : STAFF_BODY), INK);
    return tapped;
}

static void draw_list(struct app *app, struct ui *ui, struct record_page *s,
                      struct rect r)
{
    const char *title =
        text_fill(ui_arena(ui), text_of(T_vo_list), "bai", s->lines.title, NULL);
    const char *count = text_fill(
        ui_arena(ui), text_of(T_vo_count), "i",
        page_number(ui, (long long)record_lines_done(app, &s->lines, s->lang)), "n",
        page_number(ui, (long long)s->lines.n), NULL);
    float h = ui_dim(ui, 63, 48, 58), w = staff_chip_width(ui, count, NULL);
    struct rect head, foot;
    size_t page;

    staff_panel(ui, r);
    r = rect_inset(r, ui_dim(ui, 14, 10, 12), ui_dim(ui, 8, 4, 8));
    head = rect_cut_top(&r, ui_dim(ui, 54, 40, 48));
    staff_chip(ui, text_key(T_vo_count), count, NULL, head.x + head.w - w,
               head.y + head.h / 2, CHIP_SAND);
    head.w -= w + 8;
    head.x += 6;
    staff_line(ui, head, title, staff_font(ui, STAFF_BOLD), INK);
    ui_node(ui, UI_ROLE_TEXT, text_key(T_vo_list), title, head, 0);
    foot = rect_cut_bottom(&r, ui_dim(ui, 72, 58, 64));
    foot.h -= 4;
    page = r.h > h ? (size_t)(r.h / h) : 1;
    for (size_t i = s->first; i < s->lines.n && i < s->first + page; i++)
        if (draw_row(app, ui, rect_cut_top(&r, h), s, i)) {
            recorder_forget(app);
            s->said = T_COUNT;
            s->at = i;
        }
    if (s->lines.n > page) {
        size_t left = s->lines.n - s->first;

        s->first += (size_t)(staff_pager(ui, foot, s->first, left < page ? left : page,
                                         s->lines.n, NULL) *
                             (int)page);
    }
    if (app->recorder.state == RECORDER_IDLE && s->at == s->first + page)
        s->first = s->at; /* kept, and the next one is on the next page */
}

static void sentences_frame(struct app *app, struct ui *ui, struct record_page *s)
{
    bool back;
    struct rect r = draw_head(app, ui, s, &back), list;
    float gap = ui_dim(ui, 16, 10, 12);

    app->recorder.shown = true;
    if (ui_panel(ui) == PANEL_POR) {
        list = rect_cut_top(&r, r.h * 0.42F);
        rect_cut_top(&r, gap);
    } else {
        list = rect_cut_left(&r, (r.w - gap) / 2.45F);
        rect_cut_left(&r, gap);
    }
    draw_list(app, ui, s, list);
    record_sentence_frame(app, ui, s, r);
    if (back) {
        recorder_forget(app);
        s->said = T_COUNT;
        s->n_counted = 0;
        s->step = RECORD_LESSONS;
    }
}

static void record_frame(struct app *app, void *state, struct ui *ui)
{
    struct record_page *s = state;

    switch (s->step) {
    case RECORD_WHO:
        if (record_who_frame(app, ui, &s->speaker))
            s->step = RECORD_LESSONS;
        break;
    case RECORD_LESSONS:
        lessons_frame(app, ui, s);
        break;
    case RECORD_SENTENCES:
        sentences_frame(app, ui, s);
        break;
    }
}

const struct screen screen_record = {
    .name = "record",
    .state_size = sizeof(struct record_page),
    .enter = record_enter,
    .frame = record_frame,
};
