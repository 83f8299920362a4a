/* Who stands where after a contest; extra questions for who shares a place; the sheet on
 * paper. "Đã lưu" is said once the end is on the disk. */
#include "app/contest_run.h"
#include "base/buf.h"
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/card_paper.h"
#include "screens/desk.h"
#include "screens/screens.h"

#define QUIET_S 1800 /* prizes are given out */
#define COLUMN 4     /* places below each other */

struct result_page {
    bool open;   /* the contest is running: it is not decided how it ends */
    bool failed; /* the end could not be written */
};

static void keep(struct app *app, struct result_page *s)
{
    s->failed = contests_end(app->db, &app->contest.record, CONTEST_DONE) != ERR_OK;
    s->open = s->failed;
    if (!s->failed)
        app_cue(app, CUE_DONE);
}

static void result_enter(struct app *app, void *state, size_t arg)
{
    struct result_page *s = state;
    struct contest_record *r = &app->contest.record;
    struct contest_turn turn;

    (void)arg;
    printing_forget(&app->printing);
    if (!app_may(app, MAY_RUN_CLASS)) {
        app_goto(app, "attract", 0);
        return;
    }
    if (app_contest_read(app) || !app->contest.there ||
        r->state == CONTEST_CALLED_OFF ||
        (r->state == CONTEST_RUNNING && contest_turn(&r->game, &turn))) {
        app->contest.there = false;
        app_goto(app, "contest_setup", 0);
        return;
    }
    s->open = r->state == CONTEST_RUNNING;
    if (s->open && !(contest_is_tied(&r->game) && contest_can_extra(&r->game)))
        keep(app, s); /* there is nothing left to decide */
}

/* --- places ------------------------------------------------------------------------------ */

static const char *row_words(const struct app *app, struct ui *ui,
                             const struct contest_place *p)
{
    bool extra = app->contest.record.game.n_extra > 0;

    return text_fill(ui_arena(ui), text_of(extra ? T_ct_row_extra : T_ct_row), "n",
                     page_number(ui, (long long)p->n_right), "s",
                     page_number(ui, p->seconds), "m",
                     page_number(ui, (long long)p->n_extra_right), NULL);
}

static void draw_place(const struct app *app, struct ui *ui, struct rect r,
                       const struct contest_place *p, size_t i)
{
    bool first = p->place == 1;
    float size = ui_dim(ui, 29, 21, 26), pad = ui_dim(ui, 18, 10, 14);
    float side =
        r.h - 2 * pad < ui_dim(ui, 64, 46, 58) ? r.h - 2 * pad : ui_dim(ui, 64, 46, 58);
    struct ui_font bold = { size, size * 1.25F, true },
                   plain = { size * 0.78F, size * 1.02F, false };
    struct ui_font number = { side * 0.52F, side * 0.6F, true };
    struct rect in = rect_inset(r, pad, 0), mark, name;
    const char *words = row_words(app, ui, p);

    ui_box(ui, r,
           &(struct ui_box_style){ .fill = first ? NGHE_TINT : SURFACE,
                                   .border = first ? NGHE_DEEP : LINE,
                                   .line = first ? 3 : LINE_DECORATIVE,
                                   .radius = 18 });
    mark = rect_centre(rect_cut_left(&in, side), side, side);
    ui_box(ui, mark,
           &(struct ui_box_style){ .fill = first ? NGHE : INDIGO_TINT,
                                   .radius = side / 2 });
    ui_text_middle(ui, mark, page_number(ui, (long long)p->place), number,
                   first ? INK : INDIGO, UI_CENTRE);
    rect_cut_left(&in, pad);
    in = rect_centre(in, in.w, bold.line + plain.line);
    if (p->shared)
        words = arena_printf(ui_arena(ui), "%s · %s", words, text_of(T_ct_shared));
    name = rect_cut_top(&in, bold.line);
    staff_line(ui, name, app->contest.record.teams[p->team], bold, INK);
    staff_line(ui, in, words, plain, INK2);
    ui_node_value(ui, UI_ROLE_TEXT, text_key_n(ui_arena(ui), T_ct_place, i + 1),
                  app->contest.record.teams[p->team],
                  page_number(ui, (long long)p->place), name, 0);
    ui_node(ui, UI_ROLE_TEXT, text_key_n(ui_arena(ui), T_ct_row, i + 1), words, in, 0);
}

/* Beside the places, or below them; cut off `*r`. */
static void draw_flower(struct ui *ui, struct rect *r)
{
    float w = ui_dim(ui, 420, 300, 340), h = w * 5 / 6;
    bool portrait = ui_panel(ui) == PANEL_POR;
    struct rect at = portrait ? rect_cut_bottom(r, h) : rect_cut_right(r, w);

    ui_picture(ui, rect_centre(at, w, h), "art:canh-hoa", UI_FIT_CONTAIN, 0, 0);
    if (portrait)
        rect_cut_bottom(r, 16);
    else
        rect_cut_right(r, ui_dim(ui, 36, 20, 0));
}

static void draw_places(const struct app *app, struct ui *ui, struct rect r)
{
    const struct contest *g = &app->contest.record.game;
    size_t columns = ui_panel(ui) == PANEL_POR || g->n_teams <= COLUMN ? 1 : 2;
    size_t rows = columns == 1 ? g->n_teams : COLUMN;
    float gap = ui_dim(ui, 14, 8, 10), most = ui_dim(ui, 116, 84, 104);
    float w = (r.w - gap * (float)(columns - 1)) / (float)columns;
    float h;
    struct contest_place places[CONTEST_TEAMS_MAX];

    if (g->n_teams <= COLUMN) { /* room for a picture */
        draw_flower(ui, &r);
        w = r.w;
    }
    h = (r.h - gap * (float)(rows - 1)) / (float)rows;
    h = h < most ? h : most;
    contest_places(g, places);
    for (size_t i = 0; i < g->n_teams; i++)
        draw_place(app, ui,
                   (struct rect){ r.x + (float)(i / rows) * (w + gap),
                                  r.y + (float)(i % rows) * (h + gap), w, h },
                   &places[i], i);
}

/* --- what is done with it ------------------------------------------------------------------ */

static void print(struct app *app, struct ui *ui)
{
    struct paper_place place = paper_place_here(app, ui, "");
    struct buf json;

    buf_init(&json, PAPER_BYTES);
    paper_result(&place, &app->contest.record, &json);
    paper_print(app, &json,
                arena_printf(ui_arena(ui), "hoi-thi-%lld.pdf",
                             (long long)app->contest.record.id));
}

static void draw_said(struct app *app, struct ui *ui, const struct result_page *s,
                      struct rect r)
{
    if (s->failed)
        desk_say(ui, r, text_of(T_ct_unsaved), CHIP_SON);
    else if (s->open)
        desk_say(ui, r, text_of(T_ct_tied), CHIP_SAND);
    else if (app->printing.state != PRINTING_IDLE)
        paper_state(app, ui, r);
    else
        desk_say(ui, r, text_of(T_ct_saved), CHIP_LUA);
}

struct deed {
    enum text_id word;
    const char *icon;
    enum ui_button_kind kind;
};

/* Two buttons at the right of the foot, the second one the usual way on: 0, 1; -1: none. */
static int draw_deeds(struct ui *ui, struct rect *foot, const struct deed deeds[2],
                      bool off)
{
    int got = -1;

    for (int i = 1; i >= 0; i--) {
        float w = staff_button_width(ui, text_of(deeds[i].word), deeds[i].icon);
        struct rect at = rect_cut_right(foot, w);
        bool dead = i == 0 && off;

        rect_cut_right(foot, ui_dim(ui, 16, 10, 12));
        if (staff_button(ui, text_key(deeds[i].word), text_of(deeds[i].word), at,
                         deeds[i].kind, deeds[i].icon, dead ? UI_DISABLED : 0) &&
            !dead)
            got = i;
    }
    return got;
}

static void draw_open(struct app *app, struct ui *ui, struct result_page *s,
                      struct rect *foot)
{
    bool more = contest_is_tied(&app->contest.record.game) &&
                contest_can_extra(&app->contest.record.game);
    const struct deed deeds[2] = { { more ? T_ct_equal : T_ct_keep, NULL,
                                     UI_BUTTON_SECONDARY },
                                   { T_ct_extra, "play", UI_BUTTON_PRIMARY } };
    const struct deed again[2] = { { T_ct_done, NULL, UI_BUTTON_SECONDARY },
                                   { T_ct_keep, "retry", UI_BUTTON_PRIMARY } };
    int got = draw_deeds(ui, foot, more ? deeds : again, false);

    if (got < 0)
        return;
    if (more && got == 1) {
        s->failed = contests_extra(app->db, &app->contest.record) != ERR_OK;
        if (!s->failed)
            app_goto(app, "contest_round", 0);
    } else if (!more && got == 0) {
        app_goto(app, "contest_setup", 0);
    } else {
        keep(app, s);
    }
}

static void draw_kept(struct app *app, struct ui *ui, struct rect *foot)
{
    static const struct deed deeds[2] = { { T_ct_print, "print", UI_BUTTON_SECONDARY },
                                          { T_ct_done, NULL, UI_BUTTON_PRIMARY } };
    int got = draw_deeds(ui, foot, deeds, printing_busy(&app->printing));

    if (got == 0)
        print(app, ui);
    else if (got == 1)
        app_goto(app, "contest_setup", 0);
}

static void result_frame(struct app *app, void *state, struct ui *ui)
{
    struct result_page *s = state;
    struct bar bar = { .left = BAR_EXIT, .listen = true, .id = text_key(T_ct_result) };
    struct rect body, foot, said;

    if (!app_may(app, MAY_RUN_CLASS) || !app->contest.there)
        return; /* on the way to another page */
    bar.title = app->contest.record.name;
    if (bar_frame(app, ui, &bar))
        app_goto(app, "contest_setup", 0);
    body = page_body(ui, ui_dim(ui, 20, 12, 16));
    foot = rect_cut_bottom(&body, ui_dim(ui, 84, 66, 78));
    foot.h -= 4;
    if (ui_panel(ui) == PANEL_POR)
        said = rect_cut_bottom(&body, 90);
    else
        said = foot;
    rect_cut_bottom(&body, ui_dim(ui, 16, 10, 12));
    draw_places(app, ui, body);
    if (s->open)
        draw_open(app, ui, s, &foot);
    else
        draw_kept(app, ui, &foot);
    if (ui_panel(ui) != PANEL_POR)
        said.w = foot.w;
    else
        said.h -= 10;
    draw_said(app, ui, s, said);
}

const struct screen screen_contest_result = {
    .name = "contest_result",
    .quiet_s = QUIET_S,
    .state_size = sizeof(struct result_page),
    .enter = result_enter,
    .frame = result_frame,
};
