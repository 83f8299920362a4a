/* The open class: one tap ticks a person, a second takes it back; cards are held before the
 * scanner at any time. */
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "screens/bar.h"
#include "screens/class_row.h"
#include "screens/class_words.h"
#include "screens/screens.h"

#define SHOWN_MS 8000 /* how long the words about a card stay */
#define LOOKS_MS 60000

struct class_page {
    struct class_person list[CLASS_MAX];
    size_t n, first;
    int minute;
    bool absent_only;
    bool marking; /* taps open the sheet of a person instead of ticking */
    bool sheet;
    size_t sheet_at; /* in list */
    bool more;       /* the other things to do lie open, on small panels */
    const char *say;
    enum chip_tone tone;
    char said[200];
    int64_t until_ms;
    int64_t looks_until_ms; /* the camera, for cards that are held up */
};

static void read_people(struct app *app, struct class_page *s)
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
    read_people(app, s);
}

/* --- what happens --------------------------------------------------------------------------- */

static void tell(struct app *app, struct class_page *s, const char *words,
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
        tell(app, s, text_of(T_list_unwritten), CHIP_SON);
    else
        s->say = NULL;
    read_people(app, s);
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
        tell(app, s, text_of(T_list_unwritten), CHIP_SON);
        return;
    }
    if (verdict == CARD_OURS) {
        read_people(app, s);
        snprintf(s->said, sizeof(s->said), "%s",
                 text_fill(ui_arena(ui), text_of(words[verdict]), "ten",
                           class_name(app, ui, token), NULL));
    }
    tell(app, s, verdict == CARD_OURS ? s->said : text_of(words[verdict]),
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
        tell(app, s, text_of(T_ses_scan_say), CHIP_SAND);
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

static const struct other {
    enum text_id text;
    const char *icon, *screen;
} others[] = {
    { T_ses_heads, "users", "headcount" }, { T_ses_log, "help", "help_log" },
    { T_ses_sign, "phone", "signoff" },    { T_ses_find, "search", "search" },
    { T_ses_group, "users", "group_who" }, { T_ct_title, "award", "contest_setup" }
};

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

/* --- what lies over the page --------------------------------------------------------------- */

static struct rect open_sheet(struct ui *ui, const char *id, const char *title, float h)
{
    float w = ui_dim(ui, 720, 620, 520);
    struct rect page = ui_page(ui), at;

    w = w > page.w - 32 ? page.w - 32 : w;
    at = rect_centre(page, w, h);
    ui_fill_page(ui, SCRIM);
    ui_dialog_begin(ui, id, title, at);
    ui_shadow(ui, at, 32);
    ui_box(ui, at, &(struct ui_box_style){ .fill = SURFACE, .radius = 32 });
    return rect_inset(at, ui_dim(ui, 32, 22, 22), ui_dim(ui, 26, 16, 20));
}

/* Two beside each other, but for portrait. */
static void draw_more(struct app *app, struct class_page *s, struct ui *ui)
{
    struct ui_font head = staff_font(ui, STAFF_HEAD);
    float h = ui_dim(ui, 76, 70, 72), gap = ui_dim(ui, 18, 12, 16), w;
    size_t columns = ui_panel(ui) == PANEL_POR ? 1 : 2;
    size_t rows = (COUNT(others) + columns - 1) / columns + 1;
    struct rect in = open_sheet(ui, "ses.more.sheet", text_of(T_ses_more),
                                head.line + (float)rows * (h + gap) + 60);

    ui_label(ui, UI_ROLE_TITLE, "ses.more.title", text_of(T_ses_more),
             rect_cut_top(&in, head.line), head, INK, UI_LEFT);
    rect_cut_top(&in, gap);
    w = (in.w - gap * (float)(columns - 1)) / (float)columns;
    for (size_t i = 0; i < COUNT(others); i++) {
        struct rect at = { in.x + (float)(i % columns) * (w + gap),
                           in.y + (float)(i / columns) * (h + gap), w, h };

        if (staff_button(ui, text_key(others[i].text), text_of(others[i].text), at,
                         UI_BUTTON_SECONDARY, others[i].icon, 0))
            app_goto(app, others[i].screen, 0);
    }
    rect_cut_top(&in, (float)(rows - 1) * (h + gap));
    if (staff_button(ui, STR(help_set_close), rect_cut_top(&in, h), UI_BUTTON_PRIMARY,
                     NULL, 0) ||
        ui_key(ui, UI_KEY_BACK))
        s->more = false;
    ui_dialog_end(ui);
}

static float draw_mark(struct ui *ui, struct rect in, enum text_id text,
                       enum text_id note, bool on, bool *tapped)
{
    struct ui_font bold = staff_font(ui, STAFF_BOLD),
                   small = staff_font(ui, STAFF_SMALL);
    float w = ui_dim(ui, 120, 100, 104);
    struct rect words = { in.x, in.y, in.w - w, 0 };
    float h = ui_text(ui, words, text_of(text), bold, INK, UI_LEFT);

    words.y += h;
    h += ui_text(ui, words, text_of(note), small, INK2, UI_LEFT);
    h = h < 60 ? 60 : h;
    *tapped = staff_switch(ui, text_key(text), text_of(text),
                           (struct rect){ in.x, in.y, in.w, h }, on);
    return h + ui_dim(ui, 18, 10, 14);
}

static void draw_sheet(struct app *app, struct class_page *s, struct ui *ui)
{
    struct class_person *p = &s->list[s->sheet_at];
    const char *name = class_name(app, ui, p->token);
    struct ui_font head = staff_font(ui, STAFF_HEAD);
    float h = ui_dim(ui, 76, 62, 72);
    struct rect in =
        open_sheet(ui, "ses.sheet", name, ui_dim(ui, 400, 316, 380) + head.line);
    bool need, hand;
    enum err err = ERR_OK;

    in.y += ui_label(ui, UI_ROLE_TITLE, text_key(T_help_who), name, in, head, INK,
                     UI_LEFT) +
            ui_dim(ui, 16, 8, 12);
    in.y += draw_mark(ui, in, T_help_set_need, T_help_set_need_s, p->needs_help, &need);
    in.y += draw_mark(ui, in, T_help_set_hand, T_help_set_hand_s, p->assisted, &hand);
    if (need)
        err = class_needs_help(app->db, p->token, !p->needs_help, app_actor(app));
    if (hand)
        err = class_assist(app->db, p->token, !p->assisted);
    if (staff_button(ui, STR(help_set_close), (struct rect){ in.x, in.y, in.w, h },
                     UI_BUTTON_PRIMARY, "check", 0) ||
        ui_key(ui, UI_KEY_BACK) || err)
        s->sheet = false;
    ui_dialog_end(ui);
    if (err)
        tell(app, s, text_of(T_list_unwritten), CHIP_SON);
    if (need || hand)
        read_people(app, s);
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
        draw_more(app, s, ui);
    else if (s->sheet && s->sheet_at < s->n)
        draw_sheet(app, s, ui);
}

const struct screen screen_class = {
    .name = "class",
    .shows_names = true,
    .state_size = sizeof(struct class_page),
    .enter = class_enter_page,
    .frame = class_frame,
};
