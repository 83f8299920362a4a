/* The open class: one tap ticks a person, a second takes it back; cards are held before the
 * scanner at any time. */
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "screens/bar.h"
#include "screens/class_page.h"
#include "screens/class_words.h"
#include "screens/screens.h"

#define SHOWN_MS 8000 /* how long the words about a card stay */
#define LOOKS_MS 60000

void class_page_read(struct app *app, struct class_page *s)
{
    if (class_people(app, s->list, &s->n)) {
        s->say = text_of(T_list_unwritten);
        s->tone = CHIP_SON;
    }
}

static void class_enter_page(struct app *app, void *state, size_t arg)
{
    struct class_page *s = state;

    (void)arg;
    app_class_refresh(app);
    if (!app->desk.klass.seq) {
        app_goto(app, app->db ? "class_open" : "problem", 0);
        return;
    }
    s->minute = class_minute(app);
    class_page_read(app, s);
}

/* --- what happens --------------------------------------------------------------------------- */

void class_page_tell(struct app *app, struct class_page *s, const char *words,
                     enum chip_tone tone)
{
    s->say = words;
    s->tone = tone;
    s->until_ms = clock_mono_ms(app->clock) + SHOWN_MS;
}

static void tick(struct app *app, struct class_page *s, size_t i)
{
    struct class_person *p = &s->list[i];
    enum err err = class_present(app->db, p->token, !p->present, app_actor(app));

    if (err)
        class_page_tell(app, s, text_of(T_list_unwritten), CHIP_SON);
    else
        s->say = NULL;
    class_page_read(app, s);
}

/* From the button until a minute after the last card. */
static void look(struct app *app, struct class_page *s, struct ui *ui, bool card)
{
    int64_t now_ms = clock_mono_ms(app->clock), left = s->looks_until_ms - now_ms;

    app->looks = left > 0;
    if (left <= 0)
        return;
    if (card)
        s->looks_until_ms = now_ms + LOOKS_MS;
    ui_wake_in(ui, (int)left);
}

static void scan(struct app *app, struct class_page *s, struct ui *ui)
{
    static const enum text_id words[] = {
        [CARD_OURS] = T_ses_scan_ours,       [CARD_BLANK] = T_ses_scan_blank,
        [CARD_VISITOR] = T_ses_scan_visitor, [CARD_REVOKED] = T_ses_scan_revoked,
        [CARD_UNKNOWN] = T_ses_scan_unknown, [CARD_STAFF] = T_ses_scan_staff
    };
    unsigned char token[EVENT_TOKEN_BYTES];
    const char *scanned = app_is_covered(app) ? NULL : ui_scanned(ui);
    enum card_verdict verdict;
    enum err err;

    look(app, s, ui, scanned != NULL);
    if (!scanned)
        return;
    verdict = class_scan(app, scanned, token, &err);
    s->said[0] = 0;
    if (verdict == CARD_OURS && err) {
        class_page_tell(app, s, text_of(T_list_unwritten), CHIP_SON);
        return;
    }
    if (verdict == CARD_OURS) {
        class_page_read(app, s);
        snprintf(s->said, sizeof(s->said), "%s",
                 text_fill(ui_arena(ui), text_of(words[verdict]), "ten",
                           class_name(app, ui, token), NULL));
    }
    class_page_tell(app, s, verdict == CARD_OURS ? s->said : text_of(words[verdict]),
                    verdict == CARD_OURS ? CHIP_LUA : CHIP_NGHE);
}

/* --- head ------------------------------------------------------------------------------------ */

static void draw_title(struct app *app, struct class_page *s, struct ui *ui,
                       struct rect *body)
{
    const struct class_state *c = &app->desk.klass;
    struct class_when w = class_when(ui, c->day, s->minute);
    struct ui_font font = staff_font(ui, STAFF_TITLE);
    struct rect at = rect_cut_top(body, font.line);
    const char *title =
        text_fill(ui_arena(ui),
                  text_of(w.part && w.date ? T_ses_title
                          : w.date         ? T_ses_title_day
                                           : T_ses_title_plain),
                  "buoi", w.part ? w.part : "", "thu", w.weekday ? w.weekday : "",
                  "ngay", w.date ? w.date : "", NULL);

    staff_line(ui, at, title, font, INK);
    ui_node(ui, UI_ROLE_TITLE, text_key(T_ses_title), title, at, 0);
}

static void draw_chips(struct app *app, struct ui *ui, struct rect *body)
{
    const struct class_state *c = &app->desk.klass;
    bool wide = ui_panel(ui) == PANEL_REG || ui_panel(ui) == PANEL_WIDE;
    bool por = ui_panel(ui) == PANEL_POR;
    float h = ui_dim(ui, 42, 30, 33), x = body->x;
    struct rect at = rect_cut_top(body, h);
    bool off = app->net && app->net(app->ctx) != APP_NET_ONLINE;

    x += staff_chip(ui, "ses.place", class_where(app, ui, &c->plan), "pin", x,
                    at.y + h / 2, CHIP_SAND) +
         10;
    if (wide && *c->plan.lesson)
        x += staff_chip(ui, "ses.lesson", class_lesson(app, c->plan.lesson), "book", x,
                        at.y + h / 2, CHIP_SAND) +
             10;
    if (por) {
        at = rect_cut_top(body, h);
        x = body->x;
    }
    if (!app->desk.index)
        staff_chip(ui, STR(ses_locked), "lock", x, at.y + h / 2, CHIP_NGHE);
    else if (off)
        staff_chip(ui, STR(net_off), "wifioff", x, at.y + h / 2, CHIP_NGHE);
    rect_cut_top(body, ui_dim(ui, 10, 6, 6));
}

struct counts {
    size_t present, finished, needs;
};

static struct counts count(const struct class_page *s)
{
    struct counts c = { 0 };

    for (size_t i = 0; i < s->n; i++) {
        c.present += s->list[i].present;
        c.finished += s->list[i].finished;
        c.needs += s->list[i].needs_help;
    }
    return c;
}

static void draw_figures(struct app *app, struct class_page *s, struct ui *ui,
                         struct rect *body)
{
    struct counts c = count(s);
    float h = ui_dim(ui, 106, 66, 76), gap = ui_dim(ui, 14, 10, 8), w;
    struct rect row = rect_cut_top(body, h), add, at;

    rect_cut_top(body, gap);
    if (ui_panel(ui) == PANEL_POR) {
        add = rect_cut_top(body, 80);
        rect_cut_top(body, gap);
    } else {
        float w_add = staff_button_width(ui, text_of(T_ses_add), "userplus");

        add = rect_cut_right(&row, w_add > row.w * 0.36F ? row.w * 0.36F : w_add);
        rect_cut_right(&row, gap);
    }
    add.h -= 4;
    w = (row.w - 2 * gap) / 3;
    at = rect_cut_left(&row, w);
    staff_figure(ui, text_key(T_ses_present), class_number(ui, (int64_t)c.present),
                 text_fill(ui_arena(ui), text_of(T_ses_of), "n",
                           class_number(ui, (int64_t)s->n), NULL),
                 text_of(T_ses_present), at);
    rect_cut_left(&row, gap);
    at = rect_cut_left(&row, w);
    staff_figure(ui, text_key(T_ses_done), class_number(ui, (int64_t)c.finished), NULL,
                 text_of(T_ses_done), at);
    rect_cut_left(&row, gap);
    staff_figure(ui, text_key(T_ses_help), class_number(ui, (int64_t)c.needs), NULL,
                 text_of(T_ses_help), row);
    if (staff_button(ui, STR(ses_add), add, UI_BUTTON_PRIMARY, "userplus", 0))
        app_goto(app, "register_name", 0);
}

static void draw_filter(struct app *app, struct class_page *s, struct ui *ui,
                        struct rect *body)
{
    static const char *const ids[] = { "ses.all", "ses.absent" };
    struct counts c = count(s);
    const char *labels[] = { text_fill(ui_arena(ui), text_of(T_ses_all), "n",
                                       class_number(ui, (int64_t)s->n), NULL),
                             text_fill(ui_arena(ui), text_of(T_ses_absent), "n",
                                       class_number(ui, (int64_t)(s->n - c.present)),
                                       NULL) };
    float h = ui_dim(ui, 66, 58, 60), gap = ui_dim(ui, 16, 12, 10);
    struct rect row = rect_cut_top(body, h + 4), at;
    enum text_id mark = s->marking ? T_ses_mark_end : T_ses_mark;
    enum text_id say = s->marking ? T_ses_mark_tap : T_ses_tap;
    int got;

    row.h = h;
    at = rect_cut_right(&row, staff_button_width(ui, text_of(T_ses_scan), "qr"));
    if (staff_button(ui, STR(ses_scan), at, UI_BUTTON_SECONDARY, "qr", 0)) {
        class_page_tell(app, s, text_of(T_ses_scan_say), CHIP_SAND);
        s->looks_until_ms = clock_mono_ms(app->clock) + LOOKS_MS;
    }
    rect_cut_right(&row, gap);
    at = rect_cut_right(&row, staff_segments_width(ui, labels, 2));
    got = staff_segments(ui, at, ids, labels, 2, s->absent_only);
    if (got >= 0) {
        s->absent_only = got == 1;
        s->first = 0;
    }
    rect_cut_right(&row, gap);
    at = rect_cut_right(&row, staff_button_width(ui, text_of(mark), NULL));
    if (staff_button(ui, "ses.mark", text_of(mark), at, UI_BUTTON_SECONDARY, NULL, 0))
        s->marking = !s->marking;
    rect_cut_right(&row, gap);
    if (row.w > ui_text_width(ui, text_of(say), staff_font(ui, STAFF_BOLD))) {
        ui_text_middle(ui, row, text_of(say), staff_font(ui, STAFF_BOLD), INK, UI_LEFT);
        ui_node(ui, UI_ROLE_TEXT, text_key(say), text_of(say), row, 0);
    }
    rect_cut_top(body, ui_dim(ui, 8, 4, 4));
}

/* --- the list -------------------------------------------------------------------------------- */

/* Indices of those shown; returns how many. */
static size_t filter(const struct class_page *s, size_t *out)
{
    size_t n = 0;

    for (size_t i = 0; i < s->n; i++)
        if (!s->absent_only || !s->list[i].present)
            out[n++] = i;
    return n;
}

/* Returns how many fit on a page. */
static size_t draw_list(struct app *app, struct class_page *s, struct ui *ui,
                        struct rect r, const size_t *at_of, size_t n)
{
    struct class_grid grid = class_grid(ui, r);

    s->first = s->first >= n ? 0 : s->first;
    for (size_t k = 0; k < grid.n && s->first + k < n; k++) {
        size_t i = at_of[s->first + k];
        const struct class_person *p = &s->list[i];
        struct class_row row = { .number = s->first + k + 1,
                                 .on = p->present,
                                 .hand = s->marking,
                                 .state = p->needs_help && s->marking ? UI_NOT_YET
                                          : p->present                ? UI_CORRECT
                                                                      : 0 };

        if (!class_row(app, ui, class_grid_at(&grid, k), p, &row))
            continue;
        s->sheet = s->marking;
        s->sheet_at = i;
        if (!s->marking)
            tick(app, s, i);
    }
    if (!n)
        ui_label(ui, UI_ROLE_TEXT, "ses.empty",
                 text_of(s->n ? T_ses_empty_absent : T_ses_empty), r,
                 staff_font(ui, STAFF_BODY), INK2, UI_LEFT);
    return grid.n;
}

/* --- foot ------------------------------------------------------------------------------------ */

static void draw_foot(struct app *app, struct class_page *s, struct ui *ui,
                      struct rect foot, size_t shown, size_t page, size_t n)
{
    float gap = ui_dim(ui, 14, 8, 8), w_pager = 0;
    struct rect at = foot;
    bool small = ui_panel(ui) == PANEL_CMP || ui_panel(ui) == PANEL_POR;

    s->first +=
        (size_t)(staff_pager(ui, foot, s->first, shown, n, &w_pager) * (int)page);
    rect_cut_left(&foot, w_pager);
    at = rect_cut_right(&foot, staff_button_width(ui, text_of(T_ses_end), "check"));
    if (staff_button(ui, STR(ses_end), at, UI_BUTTON_SECONDARY, "check", 0))
        app_goto(app, "class_close", 0);
    rect_cut_right(&foot, gap);
    at = rect_cut_right(
        &foot, staff_button_width(ui, text_of(T_ses_more), small ? NULL : "list"));
    if (staff_button(ui, STR(ses_more), at, UI_BUTTON_SECONDARY, small ? NULL : "list",
                     0))
        s->more = true;
}

static void class_frame(struct app *app, void *state, struct ui *ui)
{
    struct class_page *s = state;
    size_t at_of[CLASS_MAX], n, page, shown;
    struct rect body = desk_frame(app, ui, DESK_CLASS, NULL, NULL), foot;
    int64_t left = s->until_ms - clock_mono_ms(app->clock);

    scan(app, s, ui);
    draw_title(app, s, ui, &body);
    draw_chips(app, ui, &body);
    draw_figures(app, s, ui, &body);
    draw_filter(app, s, ui, &body);
    foot = rect_cut_bottom(&body, ui_dim(ui, 74, 58, 66) + 4);
    foot.h -= 4;
    rect_cut_bottom(&body, ui_dim(ui, 12, 6, 8));
    if (s->say && left > 0) {
        struct rect said = rect_cut_bottom(&body, ui_dim(ui, 56, 42, 64));

        desk_say(ui, said, s->say, s->tone);
        rect_cut_bottom(&body, 6);
        ui_wake_in(ui, (int)left);
    }
    n = filter(s, at_of);
    page = draw_list(app, s, ui, body, at_of, n);
    shown = n - s->first > page ? page : n - s->first;
    draw_foot(app, s, ui, foot, n ? shown : 0, page, n);
    if (s->more)
        class_page_more(app, s, ui);
    else if (s->sheet && s->sheet_at < s->n)
        class_page_sheet(app, s, ui);
}

const struct screen screen_class = {
    .name = "class",
    .shows_names = true,
    .state_size = sizeof(struct class_page),
    .enter = class_enter_page,
    .frame = class_frame,
};
