/* A contest goes on: whose turn it is, the question with its time, and – once everybody
 * answered – the right answer with its reason. One question goes round all teams before it is
 * told. Nobody is called wrong: what counts is said as how many were right.
 *
 * READY --ready--> ASK --answer, or the time is over--> READY (next team) | TOLD --next--> READY
 * or the result; HELD: an answer that could not be written waits to be written again. */
#include <string.h>

#include "app/contest_run.h"
#include "base/check.h"
#include "items/choice_card.h"
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/contest_told.h"
#include "screens/desk.h"
#include "screens/screens.h"

#define QUIET_S 1800 /* a hall is seated, a speech is held: staff stay signed in */
#define MS 1000
#define COUNT_FROM_S 5 /* the last seconds are said aloud */

enum phase { READY, ASK, HELD, TOLD };

struct round_page {
    enum phase phase;
    struct contest_turn turn; /* of ASK, HELD and TOLD */
    bool begun;               /* somebody answered since the page came */
    bool late;                /* that one had no time left */
    long said_s;              /* the second that was said last */
};

static void round_enter(struct app *app, void *state, size_t arg)
{
    struct contest_turn turn;

    (void)state;
    (void)arg;
    if (!app_may(app, MAY_RUN_CLASS)) {
        app_goto(app, "attract", 0);
        return;
    }
    if (app_contest_read(app) || !app->contest.there || !app->pack ||
        app->contest.record.state != CONTEST_RUNNING)
        app_goto(app, "contest_setup", 0);
    else if (!contest_turn(&app->contest.record.game, &turn))
        app_goto(app, "contest_result", 0);
}

static const char *team_name(const struct app *app, size_t team)
{
    return app->contest.record.teams[team];
}

/* "Câu 3 trên 10", "Câu hỏi phụ 1". */
static const char *question_name(const struct app *app, struct ui *ui, size_t question)
{
    const struct contest *g = &app->contest.record.game;
    bool extra = question >= g->n_main;

    return text_fill(
        ui_arena(ui), text_of(extra ? T_ct_extra_n : T_quiz_n), "i",
        page_number(ui, (long long)(extra ? question - g->n_main : question) + 1), "n",
        page_number(ui, (long long)g->n_main), NULL);
}

/* --- whose turn it is ------------------------------------------------------------------- */

/* The next turn whose question the lessons have; false: there is none. */
static bool find_turn(struct app *app, struct contest_turn *out)
{
    while (contest_turn(&app->contest.record.game, out))
        if (app_contest_item(app, out->question))
            return true;
    return false;
}

static void draw_team(const struct app *app, struct ui *ui, struct rect r, size_t team,
                      bool now)
{
    const struct contest *g = &app->contest.record.game;
    float size = ui_dim(ui, 27, 20, 24), pad = ui_dim(ui, 18, 12, 14);
    struct ui_font bold = { size, size * 1.3F, true },
                   plain = { size * 0.84F, size * 1.1F, false };
    const char *points =
        text_fill(ui_arena(ui), text_of(T_ct_points), "n",
                  page_number(ui, (long long)contest_right_so_far(g, team)), NULL);
    struct rect in = rect_inset(r, pad, 0);
    float w = ui_text_width(ui, points, plain) + 2;

    ui_box(ui, r,
           &(struct ui_box_style){ .fill = now ? INDIGO_TINT : SURFACE,
                                   .border = now ? INDIGO : LINE,
                                   .line = now ? 3 : LINE_DECORATIVE,
                                   .radius = 14 });
    ui_text_middle(ui, rect_cut_right(&in, w), points, plain, now ? INDIGO : INK2,
                   UI_LEFT);
    rect_cut_right(&in, 10);
    staff_line(ui, in, team_name(app, team), bold, now ? INDIGO : INK);
    ui_node_value(ui, UI_ROLE_ROW, text_key_n(ui_arena(ui), T_ct_points, team + 1),
                  team_name(app, team), points, r, now ? UI_SELECTED : 0);
}

/* All of them as they were named: nobody is ranked before the end. */
static void draw_board(const struct app *app, struct ui *ui, struct rect r, size_t turn)
{
    size_t n = app->contest.record.game.n_teams;
    float gap = ui_dim(ui, 10, 6, 8), most = ui_dim(ui, 76, 58, 68);
    float h = (r.h - gap * (float)(n - 1)) / (float)n;

    h = h < most ? h : most;
    r = rect_centre(r, r.w, (h + gap) * (float)n - gap);
    for (size_t team = 0; team < n; team++) {
        draw_team(app, ui, rect_cut_top(&r, h), team, team == turn);
        rect_cut_top(&r, gap);
    }
}

static void draw_call(const struct app *app, struct ui *ui, struct rect r, size_t team)
{
    float size = ui_dim(ui, 30, 22, 26), large = ui_dim(ui, 58, 36, 44);
    struct ui_font label = { size, size * 1.4F, true },
                   say = { size, size * 1.4F, false };
    struct ui_font name = { large, large * 1.25F, true };
    float h = ui_text(ui, r, team_name(app, team), name, 0, UI_LEFT);
    float gap = ui_dim(ui, 16, 8, 10);

    r = rect_centre(r, r.w,
                    label.line + h + gap +
                        ui_text(ui, r, text_of(T_ct_turn_s), say, 0, UI_LEFT));
    ui_label(ui, UI_ROLE_TEXT, STR(ct_turn), rect_cut_top(&r, label.line), label, INK2,
             UI_LEFT);
    ui_label(ui, UI_ROLE_TEXT, text_key(T_ct_team), team_name(app, team),
             rect_cut_top(&r, h), name, INDIGO, UI_LEFT);
    rect_cut_top(&r, gap);
    ui_label(ui, UI_ROLE_TEXT, STR(ct_turn_s), r, say, INK, UI_LEFT);
}

/* What became of the answer before. */
static void draw_said(const struct app *app, struct ui *ui, const struct round_page *s,
                      struct rect r)
{
    if (s->begun)
        desk_say(ui, r,
                 s->late ? text_of(T_ct_late)
                         : text_fill(ui_arena(ui), text_of(T_ct_written), "ten",
                                     team_name(app, s->turn.team), NULL),
                 s->late ? CHIP_SAND : CHIP_LUA);
}

/* The foot: words at the left, the one button at the right. In portrait below each other. */
static bool draw_foot(const struct app *app, struct ui *ui, const struct round_page *s,
                      enum text_id word, const char *icon)
{
    struct ui_button_style go = { .kind = UI_BUTTON_PRIMARY, .icon_right = icon };
    struct rect at = page_foot_button(ui, ui_button_width(ui, text_of(word), &go));
    struct rect said = { page_margin(ui), at.y, at.x - 2 * page_margin(ui), at.h };

    if (ui_panel(ui) == PANEL_POR) {
        at.w = ui_page(ui).w - 2 * page_margin(ui);
        at.x = page_margin(ui);
        said = (struct rect){ at.x, at.y - 90, at.w, 80 };
    }
    draw_said(app, ui, s, said);
    return ui_button(ui, text_key(word), text_of(word), at, &go);
}

static void draw_ready(struct app *app, struct ui *ui, struct round_page *s)
{
    struct bar bar = {
        .left = BAR_EXIT, .listen = true, .text = true, .id = text_key(T_quiz_n)
    };
    struct rect body = page_body(ui, page_foot_h(ui) + ui_dim(ui, 0, 0, 90)), call;
    struct contest_turn turn;

    if (!find_turn(app, &turn)) {
        app_goto(app, "contest_result", 0);
        return;
    }
    bar.title = question_name(app, ui, turn.question);
    if (bar_frame(app, ui, &bar))
        app_goto(app, "contest_setup", 0);
    if (ui_panel(ui) == PANEL_POR) {
        call = rect_cut_top(&body, body.h * 0.36F);
    } else {
        call = rect_cut_left(&body, body.w * 0.52F);
        rect_cut_left(&body, ui_dim(ui, 36, 18, 0));
    }
    draw_call(app, ui, call, turn.team);
    draw_board(app, ui, body, turn.team);
    if (!draw_foot(app, ui, s, T_ct_ready, "play"))
        return;
    s->phase = ASK;
    s->turn = turn;
    s->said_s = 0;
    app_contest_start(app);
}

/* --- the question ---------------------------------------------------------------------- */

/* The answer stands on the disk, or is held. */
static void answered(struct app *app, struct round_page *s, bool written)
{
    const struct contest_record *r = &app->contest.record;
    const struct contest_answer *a = &r->game.answers[s->turn.question][s->turn.team];
    bool any = false;

    if (!written) {
        s->phase = HELD;
        return;
    }
    s->begun = true;
    s->late = a->verdict == CONTEST_LATE;
    s->phase = contest_told(&r->game, s->turn.question) ? TOLD : READY;
    if (s->phase == READY)
        return;
    for (size_t t = 0; t < r->game.n_teams; t++)
        any = any || r->game.answers[s->turn.question][t].verdict == CONTEST_RIGHT;
    if (any)
        app_cue(app, CUE_RIGHT);
}

/* A calm ring in the bar: the same colour to the end. */
static void draw_time(struct app *app, struct ui *ui, struct rect at)
{
    int64_t left = app_contest_left_ms(app), all = app->contest.record.seconds;
    long long s = (left + MS - 1) / MS;
    float side = at.h, size = ui_dim(ui, 30, 26, 28);
    struct ui_font font = { size, size * 1.2F, true };
    struct rect r = rect_centre(at, side, side);

    ui_ring(ui, r, 8, MS, SAND2);
    ui_ring(ui, r, 8, (int)(s * MS / all), INDIGO);
    ui_text_middle(ui, r, page_number(ui, s), font, INK, UI_CENTRE);
    ui_node(ui, UI_ROLE_PROGRESS, text_key(T_ct_left),
            text_fill(ui_arena(ui), text_of(T_ct_left), "s", page_number(ui, s), NULL),
            r, 0);
}

/* The last seconds, where there is sound; not over the page of letter sizes. */
static void say_seconds(struct app *app, struct round_page *s, int64_t left_ms)
{
    static const enum text_id words[COUNT_FROM_S + 1] = {
        T_ct_left, T_ct_s_1, T_ct_s_2, T_ct_s_3, T_ct_s_4, T_ct_s_5
    };
    long second = (long)((left_ms + MS - 1) / MS);

    if (second < 1 || second > COUNT_FROM_S || second == s->said_s ||
        app_is_covered(app))
        return;
    s->said_s = second;
    if (voice_is_there(app) && app->settings.value[SETTING_VOLUME] > 0 &&
        voice_say(app, "vi", text_key(T_ct_left), text_of(words[second])))
        return; /* without sound the ring says it */
}

/* In portrait the button takes the foot: the team stands in the title then. */
static bool names_in_title(const struct ui *ui, const struct item_look *look)
{
    return ui_panel(ui) == PANEL_POR && look->foot == ITEM_FOOT_BUTTON;
}

/* Who answers, beside the button of the type or alone; also the count, where the heading is a
 * question. */
static void draw_who(const struct app *app, struct ui *ui, const struct item_look *look,
                     const char *count, size_t team)
{
    struct rect page = ui_page(ui);
    float h = quiz_foot_h(ui, look->foot), margin = page_margin(ui);
    float size = ui_dim(ui, 28, 21, 25);
    struct ui_font font = { size, size * 1.3F, true };
    struct rect r = { margin, page.h - h, page.w - 2 * margin, h };
    const char *words = team_name(app, team);

    if (names_in_title(ui, look))
        return;
    if (look->foot == ITEM_FOOT_BUTTON)
        r.w -= confirm_width(ui, T_quiz_choose) + ui_dim(ui, 40, 30, 0);
    if (look->heading != T_quiz_n)
        words = arena_printf(ui_arena(ui), "%s · %s", words, count);
    staff_line(ui, r, words, font, INDIGO);
    ui_node(ui, UI_ROLE_ROW, text_key(T_ct_team), words, r, 0);
}

static void draw_ask(struct app *app, struct ui *ui, struct round_page *s)
{
    const struct item *item = app_contest_item(app, s->turn.question);
    const struct item_look *look;
    struct bar bar = {
        .left = BAR_EXIT, .listen = true, .text = true, .tool = draw_time
    };
    unsigned char order[ITEM_OPTIONS_MAX];
    const char *name = question_name(app, ui, s->turn.question);
    int64_t left = app_contest_left_ms(app);
    bool given;

    if (!item) {
        s->phase = READY;
        return;
    }
    look = items_look(item->type);
    bar.id = text_key(look->heading);
    bar.title = look->heading != T_quiz_n  ? text_of(look->heading)
                : names_in_title(ui, look) ? arena_printf(ui_arena(ui), "%s · %s", name,
                                                          team_name(app, s->turn.team))
                                           : name;
    if (bar_frame(app, ui, &bar)) {
        app_goto(app, "contest_setup", 0);
        return;
    }
    draw_who(app, ui, look, name, s->turn.team);
    app_contest_order(app, order);
    given = item->type->frame(item, order, app->contest.answer, ui);
    say_seconds(app, s, left);
    if (given)
        answered(app, s, app_contest_answer(app));
    else
        ui_wake_in(ui, (int)((left - 1) % MS) + 1);
}

/* --- an answer that could not be written ------------------------------------------------- */

static void draw_held(struct app *app, struct ui *ui, struct round_page *s)
{
    struct bar bar = { .left = BAR_EXIT,
                       .id = text_key(T_ct_held),
                       .title = text_of(T_ct_held) };
    float size = ui_dim(ui, 32, 24, 27);
    struct ui_font font = { size, size * 1.42F, false };
    struct ui_button_style go = { .kind = UI_BUTTON_PRIMARY, .icon_left = "retry" };

    if (bar_frame(app, ui, &bar)) /* that team is asked again */
        app_goto(app, "contest_setup", 0);
    ui_label(ui, UI_ROLE_TEXT, STR(ct_held_s), page_body(ui, page_foot_h(ui)), font,
             INK, UI_LEFT);
    if (ui_button(ui, STR(ct_again),
                  page_foot_button(ui, ui_button_width(ui, text_of(T_ct_again), &go)),
                  &go))
        answered(app, s, app_contest_again(app));
}

/* --- the right answer -------------------------------------------------------------------- */

static void draw_told(struct app *app, struct ui *ui, struct round_page *s)
{
    const struct item *item = app_contest_item(app, s->turn.question);
    struct bar bar = {
        .left = BAR_EXIT, .listen = true, .text = true, .id = text_key(T_quiz_n)
    };

    if (!item) {
        s->phase = READY;
        return;
    }
    bar.title = question_name(app, ui, s->turn.question);
    if (bar_frame(app, ui, &bar))
        app_goto(app, "contest_setup", 0);
    if (!contest_told_frame(&app->contest.record.game, ui, item, s->turn.question))
        return;
    s->phase = READY;
    s->begun = false;
}

static void round_frame(struct app *app, void *state, struct ui *ui)
{
    static void (*const frames[])(struct app *, struct ui *, struct round_page *) = {
        [READY] = draw_ready, [ASK] = draw_ask, [HELD] = draw_held, [TOLD] = draw_told
    };
    struct round_page *s = state;

    if (!app_may(app, MAY_RUN_CLASS) || !app->contest.there || !app->pack ||
        app->contest.record.state != CONTEST_RUNNING)
        return; /* on the way to another page */
    if (s->phase == ASK && app_contest_left_ms(app) <= 0)
        answered(app, s, app_contest_answer(app)); /* the time is over */
    frames[s->phase](app, ui, s);
}

const struct screen screen_contest_round = {
    .name = "contest_round",
    .quiet_s = QUIET_S,
    .state_size = sizeof(struct round_page),
    .enter = round_enter,
    .frame = round_frame,
};
