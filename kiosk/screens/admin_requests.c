/* What people ask about their own data, by card number: what, until when, done or not. */
#include "app/upkeep.h"
#include "screens/bar.h"
#include "screens/office.h"
#include "screens/screens.h"

#define LIST_MAX 400
#define SOON_DAYS 3

struct requests_page {
    struct request *rows;
    size_t n, first;
    int64_t n_open, today;
    bool all;
    enum text_id said; /* T_COUNT: nothing */
};

static void look(struct app *app, struct requests_page *s)
{
    s->n = 0;
    s->n_open = 0;
    s->today = requests_today(app->db);
    if (!app->db ||
        requests_read(app->db, 0, LIST_MAX, &app->nav.page_arena, &s->rows, &s->n)) {
        s->said = T_of_nodb;
        return;
    }
    for (size_t i = 0; i < s->n; i++)
        s->n_open += s->rows[i].outcome == REQUEST_OPEN;
}

static void requests_enter(struct app *app, void *state, size_t arg)
{
    struct requests_page *s = state;

    (void)arg;
    s->said = T_COUNT;
    look(app, s);
}

static enum text_id kind_words(enum request_kind kind)
{
    static const enum text_id words[REQUEST_KIND_COUNT] = {
        [0] = T_of_none,
        [REQUEST_ERASE] = T_rq_t1,
        [REQUEST_CORRECT] = T_rq_t2,
        [REQUEST_SEE] = T_rq_t3,
        [REQUEST_STOP_UPLOAD] = T_rq_t4,
    };

    return kind < REQUEST_KIND_COUNT ? words[kind] : T_of_none;
}

static const char *due_words(struct ui *ui, const struct request *q, int64_t today,
                             enum chip_tone *tone)
{
    int64_t by = q->replied_day < 0 ? q->reply_by_day : q->done_by_day;
    int64_t left = by - today;
    enum text_id id = T_rq_left;

    *tone = left <= SOON_DAYS ? CHIP_NGHE : CHIP_SAND;
    if (q->outcome != REQUEST_OPEN) {
        *tone = CHIP_LUA;
        id = q->outcome == REQUEST_DONE ? T_rq_done : T_rq_refused;
    } else if (left < 0) {
        *tone = CHIP_SON;
        id = T_rq_late;
    }
    return text_fill(ui_arena(ui), text_of(id), "n",
                     page_number(ui, left < 0 ? -left : left), "ngay",
                     office_day(ui, q->done_day), NULL);
}

static void act(struct app *app, struct requests_page *s, const struct request *q)
{
    enum err err =
        q->replied_day < 0
            ? requests_reply(app->db, q->id, s->today, app_actor(app))
            : requests_close(app->db, q->id, REQUEST_DONE, s->today, app_actor(app));

    s->said = err ? T_of_unsaved : T_COUNT;
    if (!err)
        look(app, s);
}

static void draw_request(struct app *app, struct requests_page *s, struct ui *ui,
                         struct rect r, const struct request *q, size_t i)
{
    struct ui_font body = staff_font(ui, STAFF_BODY), bold = staff_font(ui, STAFF_BOLD);
    bool upright = ui_panel(ui) == PANEL_POR, may = app_may(app, MAY_ADMINISTER);
    enum chip_tone tone;
    const char *due = due_words(ui, q, s->today, &tone);
    enum text_id word = q->replied_day < 0 ? T_rq_reply : T_rq_close;
    const char *kind = text_of(kind_words(q->kind));
    float w = staff_button_width(ui, text_of(word), NULL);
    struct rect row = r, at;

    body.size = bold.size = ui_dim(ui, 19, 15, 16);
    ui_node_value(ui, UI_ROLE_ROW, text_key_n(ui_arena(ui), T_rq_c2, i + 1), kind, due,
                  r, 0);
    if (may && q->outcome == REQUEST_OPEN && q->kind != REQUEST_ERASE) {
        at = rect_centre(rect_cut_right(&row, w), w, r.h - 14);
        if (staff_button(ui, text_key_n(ui_arena(ui), word, i + 1), text_of(word), at,
                         UI_BUTTON_SECONDARY, NULL, 0))
            act(app, s, q);
    } else if (may && q->outcome == REQUEST_OPEN && q->replied_day < 0) {
        at = rect_centre(rect_cut_right(&row, w), w, r.h - 14);
        if (staff_button(ui, text_key_n(ui_arena(ui), T_rq_reply, i + 1), text_of(word),
                         at, UI_BUTTON_SECONDARY, NULL, 0))
            act(app, s, q);
    } else {
        rect_cut_right(&row, upright ? 0 : w);
    }
    staff_line(ui, rect_cut_left(&row, ui_dim(ui, 140, 100, 100)),
               office_day(ui, q->received_day), body, INK);
    staff_line(ui, rect_cut_left(&row, ui_dim(ui, 120, 84, 84)), q->card, bold, INK);
    at = rect_cut_left(&row, row.w * (upright ? 0.45F : 0.55F));
    staff_line(ui, at, kind, body, INK);
    staff_chip(ui, text_key_n(ui_arena(ui), T_rq_c3, i + 1), due, NULL, row.x,
               row.y + row.h / 2, tone);
    ui_box(ui, (struct rect){ r.x, r.y + r.h - 1, r.w, 1 },
           &(struct ui_box_style){ .fill = SAND });
}

static void draw_list(struct app *app, struct requests_page *s, struct ui *ui,
                      struct rect r)
{
    float h = ui_dim(ui, 74, 54, 66);
    size_t n = s->all ? s->n : (size_t)s->n_open, rows,
           shown; /* open ones come first */
    struct rect pager = { 0 }, in;

    rows = (size_t)((r.h - 8) / h);
    if (n > rows) {
        pager = rect_cut_bottom(&r, ui_dim(ui, 66, 56, 62));
        pager.h -= LIP;
        rect_cut_bottom(&r, 8);
        rows = (size_t)((r.h - 8) / h);
    }
    rows = rows < 1 ? 1 : rows;
    staff_panel(ui, r);
    in = rect_inset(r, ui_dim(ui, 20, 10, 12), 4);
    s->first = s->first >= n ? 0 : s->first;
    shown = n - s->first > rows ? rows : n - s->first;
    for (size_t i = 0; i < shown && s->first + i < s->n; i++)
        draw_request(app, s, ui, rect_cut_top(&in, h), &s->rows[s->first + i],
                     s->first + i);
    if (!n)
        ui_text_middle(ui, in, text_of(T_rq_none), staff_font(ui, STAFF_BODY), INK2,
                       UI_CENTRE);
    if (pager.h > 0)
        s->first +=
            (size_t)(staff_pager(ui, pager, s->first, shown, n, NULL) * (int)rows);
}

static void requests_frame(struct app *app, void *state, struct ui *ui)
{
    struct requests_page *s = state;
    struct rect r =
        desk_frame(app, ui, DESK_SETTINGS, text_key(T_rq_title), text_of(T_rq_title));
    struct rect tabs = rect_cut_top(&r, ui_dim(ui, 60, 50, 56)), foot, back;
    const char *keys[] = { text_key(T_rq_open), text_key(T_rq_all) };
    const char *labels[] = { text_fill(ui_arena(ui), text_of(T_rq_open), "n",
                                       page_number(ui, s->n_open), NULL),
                             text_fill(ui_arena(ui), text_of(T_rq_all), "n",
                                       page_number(ui, (long long)s->n), NULL) };
    int tapped;

    back = rect_cut_right(&tabs, staff_button_width(ui, text_of(T_of_back), "back"));
    back.h -= LIP;
    if (staff_button(ui, STR(of_back), back, UI_BUTTON_SECONDARY, "back", 0))
        app_goto(app, "admin_settings", 0);
    tabs.w = staff_segments_width(ui, labels, 2);
    tapped = staff_segments(ui, tabs, keys, labels, 2, s->all);
    if (tapped >= 0)
        s->all = tapped == 1;
    rect_cut_top(&r, ui_dim(ui, 12, 6, 8));
    foot = rect_cut_bottom(&r, ui_dim(ui, 50, 42, 64));
    rect_cut_bottom(&r, 6);
    if (s->said == T_COUNT)
        office_note(ui, foot, STR(rq_note));
    else
        desk_say(ui, foot, text_of(s->said), CHIP_NGHE);
    draw_list(app, s, ui, r);
}

const struct screen screen_admin_requests = {
    .name = "admin_requests",
    .state_size = sizeof(struct requests_page),
    .enter = requests_enter,
    .frame = requests_frame,
};
