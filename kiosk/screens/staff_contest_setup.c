/* Contests: the one that is under way or was last, and the steps to a new one: name,
 * questions, teams, time. */
#include <string.h>

#include "base/check.h"
#include "screens/bar.h"
#include "screens/class_words.h"
#include "screens/contest_setup.h"
#include "screens/office.h"
#include "screens/screens.h"

#define ANSWER_EXTRA_S 15 /* of a turn beside the answer: who comes, what is told */
#define S_PER_MIN 60

static const struct {
    enum text_id id;
    int seconds;
} times[] = {
    { T_ct_t_15, 15 }, { T_ct_t_30, 30 }, { T_ct_t_45, 45 }, { T_ct_t_60, 60 }
};
#define TIME_FIRST 1

static const enum text_id names[] = { T_ct_name_1, T_ct_name_2, T_ct_name_3,
                                      T_ct_name_4 };

/* --- the first page -------------------------------------------------------------------- */

static void setup_enter(struct app *app, void *state, size_t arg)
{
    struct contest_setup *s = state;
    struct arena *arena = &app->nav.page_arena;
    size_t n_modules = app->pack ? pack_info(app->pack)->n_modules : 0, kept = 0;

    (void)arg;
    if (!app_may(app, MAY_RUN_CLASS) || !app->db) {
        app_goto(app, app->db ? "attract" : "problem", 0);
        return;
    }
    if (app_contest_read(app)) {
        s->say = text_of(T_ct_unread);
        s->tone = CHIP_SON;
    }
    s->modules = arena_alloc(arena, (n_modules + 1) * sizeof(bool));
    memset(s->modules, 0, (n_modules + 1) * sizeof(bool));
    if (commune_read(app->db, COMMUNE_THON, arena, &s->thon, &s->n_thon))
        s->n_thon = 0;
    for (size_t i = 0; i < s->n_thon; i++)
        if (!s->thon[i].gone)
            s->thon[kept++] = s->thon[i];
    s->n_thon = kept;
    s->thon_on = arena_alloc(arena, (kept + 1) * sizeof(bool));
    memset(s->thon_on, 0, (kept + 1) * sizeof(bool));
    s->n_ones = CONTEST_TEAMS_LEAST;
    s->time = TIME_FIRST;
}

static const struct contest_record *running(const struct app *app)
{
    return app->contest.there && app->contest.record.state == CONTEST_RUNNING
               ? &app->contest.record
               : NULL;
}

/* How far it has come. */
static const char *how_far(struct ui *ui, const struct contest_record *r)
{
    struct contest_turn turn;

    if (!contest_turn(&r->game, &turn))
        return text_of(T_ct_open_end);
    if (turn.question >= r->game.n_main)
        return text_fill(
            ui_arena(ui), text_of(T_ct_extra_n), "i",
            page_number(ui, (long long)(turn.question - r->game.n_main) + 1), NULL);
    return text_fill(ui_arena(ui), text_of(T_ct_open_at), "i",
                     page_number(ui, (long long)turn.question + 1), "n",
                     page_number(ui, (long long)r->game.n_main), NULL);
}

static void draw_running(struct app *app, struct ui *ui, struct contest_setup *s,
                         struct rect r)
{
    const struct contest_record *c = &app->contest.record;
    float w_go = staff_button_width(ui, text_of(T_ct_go_on), "play");
    float w_off = staff_button_width(ui, text_of(T_ct_off), NULL);
    const char *title =
        text_fill(ui_arena(ui), text_of(T_ct_open), "ten", c->name, NULL);
    bool upright = ui_panel(ui) == PANEL_POR;
    float h = ui_dim(ui, 76, 62, 70), gap = 12;
    struct rect at;

    if (upright) {
        at = rect_cut_bottom(&r, h);
        rect_cut_bottom(&r, gap);
        office_line(ui, r, text_key(T_ct_open), "flag", title, how_far(ui, c), 0, true);
    } else {
        at = office_line(ui, r, text_key(T_ct_open), "flag", title, how_far(ui, c),
                         w_go + w_off + gap, true);
        at = rect_centre(at, at.w, h);
    }
    if (staff_button(ui, STR(ct_off), rect_cut_left(&at, w_off), UI_BUTTON_SECONDARY,
                     NULL, 0))
        s->ask = true;
    rect_cut_left(&at, gap);
    at.w = at.w < w_go ? at.w : w_go;
    if (staff_button(ui, STR(ct_go_on), at, UI_BUTTON_PRIMARY, "play",
                     app->pack ? 0 : UI_DISABLED) &&
        app->pack)
        app_goto(app, "contest_round", 0);
}

static void draw_last(struct app *app, struct ui *ui, struct rect r)
{
    const struct contest_record *c = &app->contest.record;
    float w = staff_button_width(ui, text_of(T_ct_see), "award");
    const char *title =
        text_fill(ui_arena(ui), text_of(T_ct_last), "ten", c->name, NULL);
    struct rect at = office_line(ui, r, text_key(T_ct_last), "award", title,
                                 office_day(ui, c->day), w, false);

    if (staff_button(ui, STR(ct_see), rect_centre(at, w, ui_dim(ui, 70, 60, 66)),
                     UI_BUTTON_SECONDARY, "award", 0))
        app_goto(app, "contest_result", 0);
}

static void draw_now(struct app *app, struct ui *ui, struct contest_setup *s,
                     struct rect *body)
{
    bool runs = running(app) != NULL;
    float h = ui_dim(ui, 124, 96, runs ? 190 : 110);

    if (runs)
        draw_running(app, ui, s, rect_cut_top(body, h));
    else if (app->contest.there && app->contest.record.state == CONTEST_DONE)
        draw_last(app, ui, rect_cut_top(body, h));
    else
        ui_label(ui, UI_ROLE_TEXT, STR(ct_none),
                 rect_cut_top(body, ui_dim(ui, 40, 30, 34)), staff_font(ui, STAFF_BODY),
                 INK2, UI_LEFT);
    rect_cut_top(body, ui_dim(ui, 24, 12, 18));
}

static void new_one(struct app *app, struct contest_setup *s)
{
    s->tone = CHIP_NGHE;
    if (!app->pack)
        s->say = text_of(T_ct_no_pack);
    else if (running(app))
        s->say = text_of(T_ct_busy);
    else
        contest_step_go(s, CONTEST_NAME);
}

static void call_off(struct app *app, struct ui *ui, struct contest_setup *s)
{
    int answer = desk_ask(ui, "ct.off.q", text_of(T_ct_off_q), text_of(T_ct_off_t),
                          text_of(T_ct_off_no), text_of(T_ct_off), UI_BUTTON_DANGER);

    if (!answer)
        return;
    s->ask = false;
    s->say = answer > 0 ? class_trouble(contests_end(app->db, &app->contest.record,
                                                     CONTEST_CALLED_OFF))
                        : NULL;
    s->tone = CHIP_SON;
}

/* How it goes, in three lines with a sign each. */
static void draw_rules(struct ui *ui, struct rect r)
{
    static const struct {
        enum text_id text;
        const char *icon;
        enum chip_tone tone;
    } lines[] = { { T_ct_how, "users", CHIP_SAND },
                  { T_ct_rule, "clock", CHIP_NGHE },
                  { T_ct_apart, "book", CHIP_LUA } };
    struct ui_font font = staff_font(ui, STAFF_BODY);
    float pad = ui_dim(ui, 22, 12, 16), gap = ui_dim(ui, 18, 10, 14), h[COUNT(lines)];
    float side = ui_dim(ui, 44, 34, 38), all = 2 * pad - gap;
    struct rect in = rect_inset(r, pad, pad), words = in;

    words.x += side + gap;
    words.w -= side + gap;
    for (size_t i = 0; i < COUNT(lines); i++) {
        h[i] = ui_text(ui, words, text_of(lines[i].text), font, 0, UI_LEFT);
        h[i] = h[i] < side ? side : h[i];
        all += h[i] + gap;
    }
    r.h = all < r.h ? all : r.h;
    staff_panel(ui, r);
    for (size_t i = 0; i < COUNT(lines); i++) {
        words.h = h[i];
        class_mark(ui, in.x, words.y + h[i] / 2, lines[i].icon, lines[i].tone);
        ui_text_middle(ui, words, text_of(lines[i].text), font, INK, UI_LEFT);
        ui_node(ui, UI_ROLE_TEXT, text_key(lines[i].text), text_of(lines[i].text),
                words, 0);
        words.y += h[i] + gap;
    }
}

static void draw_home(struct app *app, struct ui *ui, struct contest_setup *s)
{
    bool back;
    struct rect body = desk_step(ui, T_list_back, "back", text_key(T_ct_title),
                                 text_of(T_ct_title), 0, 0, &back),
                foot, at;

    foot = rect_cut_bottom(&body, ui_dim(ui, 84, 64, 78));
    foot.h -= 4;
    at = rect_cut_right(&foot, staff_button_width(ui, text_of(T_ct_new), "plus"));
    foot.w -= 14;
    desk_say(ui, foot, s->say, s->tone);
    rect_cut_bottom(&body, ui_dim(ui, 14, 8, 10));
    draw_now(app, ui, s, &body);
    draw_rules(ui, body);
    if (staff_button(ui, STR(ct_new), at, UI_BUTTON_PRIMARY, "plus",
                     app->pack && !running(app) ? 0 : UI_DISABLED))
        new_one(app, s);
    if (back)
        app_goto(app, app->desk.klass.seq ? "class" : "class_open", 0);
    if (s->ask)
        call_off(app, ui, s);
}

/* --- name ------------------------------------------------------------------------------- */

static const char *name_text(void *ctx, struct ui *ui, size_t i)
{
    (void)ctx;
    (void)ui;
    return text_of(i < COUNT(names) ? names[i] : T_ct_name_own);
}

static void draw_name(struct app *app, struct ui *ui, struct contest_setup *s)
{
    struct pick p = { .id = "ct.name",
                      .n = COUNT(names) + 1,
                      .chosen = COUNT(names),
                      .text = name_text };
    bool back;
    struct rect body;
    long tapped;

    (void)app;
    if (s->typing) {
        if (contest_typed(app, ui, s, T_ct_name, NULL, s->name, sizeof(s->name)))
            contest_step_go(s, CONTEST_PARTS);
        return;
    }
    body = desk_step(ui, T_list_back, "back", text_key(T_ct_name), text_of(T_ct_name),
                     1, CONTEST_STEPS, &back);
    for (size_t i = 0; i < COUNT(names); i++)
        if (!strcmp(s->name, text_of(names[i])))
            p.chosen = i;
    if (p.chosen == COUNT(names) && !*s->name)
        p.chosen++;
    tapped = pick_frame(ui, body, &p, &s->first);
    if (back) {
        contest_step_go(s, CONTEST_HOME);
    } else if (tapped == (long)COUNT(names)) {
        contest_keys_open(s);
    } else if (tapped >= 0) {
        memcpy(s->name, text_of(names[tapped]), strlen(text_of(names[tapped])) + 1);
        contest_step_go(s, CONTEST_PARTS);
    }
}

/* --- time, and off they go ---------------------------------------------------------------- */

static void begin(struct app *app, struct ui *ui, struct contest_setup *s)
{
    struct contest_plan plan = { .modules = s->modules,
                                 .n_teams = contest_n_teams(s),
                                 .n_questions = contest_questions(s),
                                 .seconds = times[s->time].seconds };
    enum err err;

    memcpy(plan.name, s->name, sizeof(plan.name));
    contest_team_names(s, ui, plan.teams);
    err = app_contest_begin(app, &plan);
    s->say = class_trouble(err);
    s->tone = CHIP_SON;
    if (!err)
        app_goto(app, "contest_round", 0);
}

static const char *sum_words(const struct app *app, struct ui *ui,
                             const struct contest_setup *s)
{
    size_t pool = contest_pool(app, s->modules), teams = contest_n_teams(s);
    size_t n = contest_questions(s) ? contest_questions(s) : pool;
    int seconds = times[s->time].seconds;
    long long minutes = (long long)(n * teams) * (seconds + ANSWER_EXTRA_S) / S_PER_MIN;

    return text_fill(ui_arena(ui), text_of(T_ct_sum), "cau",
                     page_number(ui, (long long)n), "doi",
                     page_number(ui, (long long)teams), "s", page_number(ui, seconds),
                     "phut", page_number(ui, minutes < 1 ? 1 : minutes), NULL);
}

static const char *time_text(void *ctx, struct ui *ui, size_t i)
{
    (void)ctx;
    (void)ui;
    return text_of(times[i].id);
}

static void draw_time(struct app *app, struct ui *ui, struct contest_setup *s)
{
    struct pick p = {
        .id = "ct.time", .n = COUNT(times), .chosen = s->time, .text = time_text
    };
    struct ui_font font = staff_font(ui, STAFF_BODY);
    bool back, next;
    struct rect body =
        contest_step_frame(ui, s, T_ct_time, T_ct_begin, NULL, &back, &next);
    struct rect lines = rect_cut_bottom(&body, ui_dim(ui, 130, 96, 190));
    long tapped = pick_frame(ui, body, &p, &s->first);

    if (tapped >= 0)
        s->time = (size_t)tapped;
    rect_cut_top(&lines,
                 ui_label(ui, UI_ROLE_TEXT, text_key(T_ct_sum), sum_words(app, ui, s),
                          lines, staff_font(ui, STAFF_BOLD), INK, UI_LEFT) +
                     8);
    ui_label(ui, UI_ROLE_TEXT, STR(ct_rule), lines, font, INK2, UI_LEFT);
    if (back)
        contest_step_go(s, CONTEST_TEAMS);
    else if (next)
        begin(app, ui, s);
}

static void setup_frame(struct app *app, void *state, struct ui *ui)
{
    static void (*const frames[])(struct app *, struct ui *, struct contest_setup *) = {
        [CONTEST_HOME] = draw_home,
        [CONTEST_NAME] = draw_name,
        [CONTEST_PARTS] = contest_parts_frame,
        [CONTEST_TEAMS] = contest_teams_frame,
        [CONTEST_TIME] = draw_time,
    };
    struct contest_setup *s = state;

    if (!s->modules || !app_may(app, MAY_RUN_CLASS))
        return; /* on the way to another page */
    frames[s->step](app, ui, s);
}

const struct screen screen_contest_setup = {
    .name = "contest_setup",
    .state_size = sizeof(struct contest_setup),
    .enter = setup_enter,
    .frame = setup_frame,
};
