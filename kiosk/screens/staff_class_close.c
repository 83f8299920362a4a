/* The class is closed: what came of it, who taught; then the names are no longer shown. */
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "screens/bar.h"
#include "screens/class_words.h"
#include "screens/face.h"
#include "screens/screens.h"

#define STAFF_SHOWN 24
#define NEEDS_SHOWN 4

struct close_page {
    struct class_person list[CLASS_MAX];
    const char *lesson_of[CLASS_MAX]; /* where they stopped */
    size_t n;
    struct class_summary sum;
    int64_t counts[COUNT(((struct class_summary *)0)->lessons)];
    struct staff *staff;
    size_t n_staff;
    bool taught[STAFF_SHOWN];
    int minute;
    const char *say;
};

static void read_stops(struct app *app, struct close_page *s)
{
    struct class_member *list = NULL;
    size_t n = 0;

    if (class_members(app->db, &app->nav.page_arena, &list, &n))
        return;
    for (size_t i = 0; i < s->n; i++) {
        s->lesson_of[i] = "";
        for (size_t k = 0; k < n; k++)
            if (!memcmp(list[k].token, s->list[i].token, EVENT_TOKEN_BYTES))
                s->lesson_of[i] = list[k].lesson;
    }
}

static void close_enter(struct app *app, void *state, size_t arg)
{
    struct close_page *s = state;
    struct arena *arena = &app->nav.page_arena;

    (void)arg;
    app_class_refresh(app);
    if (!app->desk.klass.seq) {
        app_goto(app, "class_open", 0);
        return;
    }
    s->minute = class_minute(app);
    if (class_people(app, s->list, &s->n) || class_summary(app->db, arena, &s->sum) ||
        class_lesson_counts(app->db, s->sum.lessons, s->sum.n_lessons, s->counts))
        s->say = text_of(T_list_unwritten);
    read_stops(app, s);
    if (staff_list(app->db, arena, &s->staff, &s->n_staff))
        s->n_staff = 0;
    s->n_staff = s->n_staff > STAFF_SHOWN ? STAFF_SHOWN : s->n_staff;
    for (size_t i = 0; i < s->n_staff; i++)
        s->taught[i] = !strcmp(s->staff[i].id, app->desk.who.id) ||
                       !strcmp(s->staff[i].id, app->desk.klass.opened_by);
}

/* --- what came of it -------------------------------------------------------------------------- */

static void draw_title(struct app *app, struct close_page *s, struct ui *ui,
                       struct rect *body)
{
    struct class_when w = class_when(ui, app->desk.klass.day, s->minute);
    struct ui_font font = staff_font(ui, STAFF_TITLE);
    struct rect at = rect_cut_top(body, font.line);
    const char *title = w.part && w.date
                            ? text_fill(ui_arena(ui), text_of(T_close_title), "buoi",
                                        w.part, "ngay", w.date, NULL)
                            : text_of(T_close_title_plain);

    staff_line(ui, at, title, font, INK);
    ui_node(ui, UI_ROLE_TITLE, text_key(T_close_title), title, at, 0);
    if (s->sum.minutes >= 0) {
        const char *time =
            text_fill(ui_arena(ui),
                      text_of(s->sum.minutes < 60 ? T_close_long_min : T_close_long),
                      "gio", class_number(ui, s->sum.minutes / 60), "phut",
                      class_number(ui, s->sum.minutes % 60), NULL);
        struct ui_font chip = { ui_dim(ui, 18, 16, 16), 0, true };
        float w_chip = ui_text_width(ui, time, chip) + ui_dim(ui, 66, 54, 52);

        staff_chip(ui, text_key(T_close_long), time, "clock", at.x + at.w - w_chip,
                   at.y + at.h / 2, CHIP_SAND);
    }
    rect_cut_top(body, ui_dim(ui, 14, 6, 10));
}

static void draw_figures(struct close_page *s, struct ui *ui, struct rect *body)
{
    const struct {
        enum text_id word;
        int64_t value;
    } figures[] = { { T_ses_present, s->sum.present },
                    { T_close_k2, s->sum.finished },
                    { T_close_k3, s->sum.registered },
                    { T_ses_log, s->sum.helps } };
    size_t columns = ui_panel(ui) == PANEL_POR ? 2 : 4;
    float gap = ui_dim(ui, 14, 8, 8), h = ui_dim(ui, 106, 66, 76);
    float w = (body->w - gap * (float)(columns - 1)) / (float)columns;

    for (size_t i = 0; i < COUNT(figures); i++) {
        struct rect at = { body->x + (float)(i % columns) * (w + gap),
                           body->y + (float)(i / columns) * (h + gap), w, h };
        const char *rest = i ? NULL
                             : text_fill(ui_arena(ui), text_of(T_ses_of), "n",
                                         class_number(ui, s->sum.members), NULL);

        staff_figure(ui, text_key(figures[i].word), class_number(ui, figures[i].value),
                     rest, text_of(figures[i].word), at);
    }
    rect_cut_top(body, (h + gap) * (float)(COUNT(figures) / columns));
}

static const char *why_of(struct app *app, struct close_page *s, struct ui *ui,
                          size_t i)
{
    const struct class_person *p = &s->list[i];

    if (p->missed > 1 && !p->present)
        return text_fill(ui_arena(ui), text_of(T_close_why3), "n",
                         class_number(ui, p->missed), NULL);
    if (*s->lesson_of[i])
        return text_fill(ui_arena(ui), text_of(T_close_why1), "bai",
                         class_lesson(app, s->lesson_of[i]), NULL);
    return text_of(T_close_why4);
}

/* Those marked or who called come first, then those who stayed away. */
static size_t needs(const struct close_page *s, size_t *out, size_t max)
{
    size_t n = 0;

    for (size_t i = 0; i < s->n && n < max; i++)
        if (s->list[i].needs_help)
            out[n++] = i;
    for (size_t i = 0; i < s->n && n < max; i++)
        if (!s->list[i].needs_help && !s->list[i].present && s->list[i].missed > 1)
            out[n++] = i;
    return n;
}

static void draw_needs(struct app *app, struct close_page *s, struct ui *ui,
                       struct rect r)
{
    struct rect in = rect_inset(r, ui_dim(ui, 22, 14, 16), ui_dim(ui, 16, 8, 10));
    struct ui_font head = staff_font(ui, STAFF_HEAD), bold = staff_font(ui, STAFF_BOLD),
                   small = staff_font(ui, STAFF_SMALL);
    float h = bold.line + small.line + ui_dim(ui, 16, 4, 8);
    size_t at_of[NEEDS_SHOWN], n, room;

    staff_panel(ui, r);
    in.y += ui_label(ui, UI_ROLE_TEXT, STR(close_help), in, head, INK, UI_LEFT);
    room = (size_t)((r.y + r.h - in.y - 6) / h);
    n = needs(s, at_of, room < NEEDS_SHOWN ? room : NEEDS_SHOWN);
    if (!n)
        ui_label(ui, UI_ROLE_TEXT, STR(close_help_none), in, staff_font(ui, STAFF_BODY),
                 INK2, UI_LEFT);
    for (size_t k = 0; k < n; k++) {
        const unsigned char *token = s->list[at_of[k]].token;
        const char *name = class_name(app, ui, token),
                   *why = why_of(app, s, ui, at_of[k]);
        struct rect at = { in.x, in.y + (float)k * h, in.w, h };

        staff_line(ui, (struct rect){ at.x, at.y, at.w, bold.line }, name, bold, INK);
        staff_line(ui, (struct rect){ at.x, at.y + bold.line, at.w, small.line }, why,
                   small, INK2);
        ui_node_value(ui, UI_ROLE_TEXT, text_key_n(ui_arena(ui), T_close_help, k + 1),
                      name, why, at, 0);
    }
}

static const char *item_words(const struct app *app, struct ui *ui, const char *item)
{
    char lesson[EVENT_UNIT_MAX + 1];
    const char *dot = strrchr(item, '.');

    snprintf(lesson, sizeof(lesson), "%.*s",
             (int)(dot ? dot - item : (long)strlen(item)), item);
    if (app->pack && pack_find_lesson(app->pack, lesson) >= 0)
        return arena_strdup(ui_arena(ui), class_lesson(app, lesson));
    return item;
}

static void draw_learnt(struct app *app, struct close_page *s, struct ui *ui,
                        struct rect r)
{
    struct staff_bar bars[COUNT(s->counts)];
    size_t n = s->sum.n_lessons, most = ui_panel(ui) == PANEL_CMP ? 3 : 5;
    struct rect foot = rect_cut_bottom(&r, ui_dim(ui, 72, 44, 60));
    struct ui_font small = staff_font(ui, STAFF_SMALL);
    const char *words;

    n = n > most ? most : n;
    for (size_t i = 0; i < n; i++)
        bars[i] = (struct staff_bar){
            .name = class_lesson(app, s->sum.lessons[i]),
            .figure = class_number(ui, s->counts[i]),
            .part = s->counts[0] ? (double)s->counts[i] / (double)s->counts[0] : 0,
            .mark = -1
        };
    staff_bars(ui, r, text_key(T_close_learnt),
               text_of(n ? T_close_learnt : T_close_learnt_none), bars, n);
    words = s->sum.hard_item ? text_fill(ui_arena(ui), text_of(T_close_hard), "cau",
                                         item_words(app, ui, s->sum.hard_item), NULL)
                             : text_fill(ui_arena(ui), text_of(T_close_heads), "n",
                                         class_number(ui, s->sum.heads.all), "k",
                                         class_number(ui, s->sum.sign_offs), NULL);
    rect_cut_top(&foot, 4);
    ui_text_middle(ui, foot, words, small, INK2, UI_LEFT);
    ui_node(ui, UI_ROLE_TEXT, text_key(T_close_hard), words, foot, 0);
}

/* --- who taught ---------------------------------------------------------------------------------- */

static bool draw_teacher(struct close_page *s, struct ui *ui, struct rect at, size_t i)
{
    float box = ui_dim(ui, 46, 36, 40), dy = 0;
    bool tapped =
        staff_row(ui, UI_ROLE_CHOICE, text_key_n(ui_arena(ui), T_close_who, i + 1),
                  s->staff[i].alias, at, s->taught[i] ? UI_CORRECT : 0, &dy);
    struct rect in = rect_inset(at, 12, 4), left;

    in.y += dy;
    left = rect_cut_right(&in, box);
    staff_check(ui, rect_centre(left, box, box), s->taught[i]);
    left = rect_cut_left(&in, box);
    face_draw(ui, rect_centre(left, box, box), s->staff[i].picture);
    rect_cut_left(&in, 10);
    staff_line(ui, in, s->staff[i].alias, staff_font(ui, STAFF_BOLD), INK);
    return tapped;
}

static void draw_teachers(struct close_page *s, struct ui *ui, struct rect r)
{
    size_t columns = ui_panel(ui) == PANEL_POR ? 2 : 3;
    float gap = ui_dim(ui, 14, 8, 8), h = ui_dim(ui, 76, 60, 66);
    float w = (r.w - gap * (float)(columns - 1)) / (float)columns;

    for (size_t i = 0; i < s->n_staff; i++) {
        struct rect at = { r.x + (float)(i % columns) * (w + gap),
                           r.y + (float)(i / columns) * (h + gap + 4), w, h };

        if (at.y + at.h + 4 > r.y + r.h)
            break;
        if (draw_teacher(s, ui, at, i))
            s->taught[i] = !s->taught[i];
    }
}

/* --- the end ---------------------------------------------------------------------------------------- */

static void close_now(struct app *app, struct close_page *s)
{
    const char *ids[STAFF_SHOWN];
    size_t n = 0;
    enum err err;

    for (size_t i = 0; i < s->n_staff; i++)
        if (s->taught[i])
            ids[n++] = s->staff[i].id;
    err = class_close(app->db, ids, n, app_actor(app));
    s->say = class_trouble(err);
    if (err)
        return;
    app_class_refresh(app);
    app_names_refresh(app);
    app_goto(app, "class_open", 0);
}

static void draw_foot(struct app *app, struct close_page *s, struct ui *ui,
                      struct rect foot)
{
    float gap = ui_dim(ui, 14, 8, 8);
    struct ui_font small = staff_font(ui, STAFF_SMALL);
    struct rect row = foot, at;

    at = rect_cut_left(&foot, staff_button_width(ui, text_of(T_close_back), "back"));

    if (staff_button(ui, STR(close_back), at, UI_BUTTON_SECONDARY, "back", 0))
        app_goto(app, "class", 0);
    at = rect_cut_right(&foot, staff_button_width(ui, text_of(T_ses_end), "check"));
    if (staff_button(ui, STR(ses_end), at, UI_BUTTON_PRIMARY, "check", 0))
        close_now(app, s);
    foot = rect_inset(foot, gap, 0);
    if (ui_panel(ui) == PANEL_POR) /* no room between the buttons */
        foot =
            (struct rect){ row.x, row.y - 2 * small.line - gap, row.w, 2 * small.line };
    if (s->say)
        desk_say(ui, foot, s->say, CHIP_SON);
    else
        ui_label(ui, UI_ROLE_TEXT, STR(close_note), foot, small, INK2, UI_LEFT);
}

static void close_frame(struct app *app, void *state, struct ui *ui)
{
    struct close_page *s = state;
    bool por = ui_panel(ui) == PANEL_POR;
    float gap = ui_dim(ui, 14, 8, 10);
    struct rect body = desk_frame(app, ui, DESK_CLASS, NULL, NULL), foot, left, who;
    const struct ui_font bold = staff_font(ui, STAFF_BOLD);
    enum text_id ask = s->sum.minutes < 0 ? T_close_who_no_time : T_close_who;

    draw_title(app, s, ui, &body);
    draw_figures(s, ui, &body);
    foot = rect_cut_bottom(&body, ui_dim(ui, 76, 60, 70));
    foot.h -= 4;
    rect_cut_bottom(&body, por ? 2 * staff_font(ui, STAFF_SMALL).line + 2 * gap : gap);
    who = rect_cut_bottom(&body, bold.line + (ui_dim(ui, 84, 66, 74) + gap) *
                                                 (por && s->n_staff > 2 ? 2 : 1));
    ui_label(ui, UI_ROLE_TEXT, text_key(ask), text_of(ask),
             rect_cut_top(&who, bold.line), bold, INK, UI_LEFT);
    if (s->sum.minutes >= 0)
        draw_teachers(s, ui, who);
    rect_cut_bottom(&body, gap);
    left = por ? rect_cut_top(&body, (body.h - gap) / 2)
               : rect_cut_left(&body, (body.w - gap) / 2);
    if (por)
        rect_cut_top(&body, gap);
    else
        rect_cut_left(&body, gap);
    draw_needs(app, s, ui, left);
    draw_learnt(app, s, ui, body);
    draw_foot(app, s, ui, foot);
}

const struct screen screen_class_close = {
    .name = "class_close",
    .shows_names = true,
    .state_size = sizeof(struct close_page),
    .enter = close_enter,
    .frame = close_frame,
};
