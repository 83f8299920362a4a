/* Statistics: five figures, bars and columns for a range, then one view for each
 * dimension. Người, lượt and tỷ lệ are always named. */
#include "app/board.h"
#include "screens/bar.h"
#include "screens/office.h"
#include "screens/range_pick.h"
#include "screens/screens.h"
#include "screens/stats_charts.h"
#include "screens/stats_lessons.h"
#include "screens/units_edit.h"

enum view { VIEW_MAIN, VIEW_THON, VIEW_GROUP, VIEW_JOB, VIEW_UNIT, VIEW_LESSON, VIEWS };

#define SPAN_HALF 2
#define SPAN_PICKED 4
#define SPANS 5

struct stats_state {
    struct board board;
    struct stats_lessons lessons;
    enum view view;
    size_t span;
    bool picking;
    struct range_pick pick;
};

static void read_range(struct app *app, struct stats_state *s,
                       const struct figure_range *range)
{
    struct figure_range kept = *range; /* it may stand in the board itself */

    if (!app->db)
        return;
    board_read(app, &kept, &app->nav.page_arena, &s->board);
    stats_lessons_read(app, &kept, &app->nav.page_arena, &s->lessons);
}

static void stats_enter(struct app *app, void *state, size_t arg)
{
    struct stats_state *s = state;
    struct figure_range range;

    (void)arg;
    s->span = SPAN_HALF;
    if (!app->db)
        return;
    range = figure_range_now(app->db, FIGURE_HALF);
    read_range(app, s, &range);
}

/* --- the head ---------------------------------------------------------------------------- */

static void choose_span(struct app *app, struct stats_state *s, int tapped)
{
    static const enum figure_now spans[] = { FIGURE_MONTH, FIGURE_QUARTER, FIGURE_HALF,
                                             FIGURE_YEAR };
    struct figure_range range;

    if (tapped < 0 || !app->db)
        return;
    if (tapped == SPAN_PICKED) {
        s->picking = true;
        range_pick_begin(&s->pick, &s->board.range);
        return;
    }
    s->span = (size_t)tapped;
    range = figure_range_now(app->db, spans[tapped]);
    read_range(app, s, &range);
}

static void draw_spans(struct app *app, struct stats_state *s, struct ui *ui,
                       struct rect r)
{
    static const enum text_id ids[SPANS] = { T_st_month, T_st_quarter, T_st_half,
                                             T_st_year, T_st_pick };
    const char *keys[SPANS], *labels[SPANS];

    for (size_t i = 0; i < SPANS; i++) {
        keys[i] = text_key(ids[i]);
        labels[i] = text_of(ids[i]);
    }
    choose_span(app, s, staff_segments(ui, r, keys, labels, SPANS, s->span));
}

static void draw_head(struct app *app, struct stats_state *s, struct ui *ui,
                      struct rect *page)
{
    struct ui_font font = staff_font(ui, STAFF_TITLE);
    float h = ui_dim(ui, 66, 56, 62), gap = ui_dim(ui, 14, 8, 8), w;
    bool upright = ui_panel(ui) == PANEL_POR;
    struct rect head = rect_cut_top(page, h + 4), at;
    float w_title = ui_text_width(ui, text_of(T_st_title), font) + 2 * gap;

    head.h = h;
    if (app_may(app, MAY_ADMINISTER)) {
        w = staff_button_width(ui, text_of(T_st_export), "usb");
        at = rect_cut_right(&head, w);
        if (staff_button(ui, STR(st_export), at, UI_BUTTON_PRIMARY, "usb", 0))
            app_goto(app, "admin_export", 0);
        rect_cut_right(&head, gap);
    }
    at = upright ? head : rect_cut_left(&head, w_title);
    ui_text_middle(ui, at, text_of(T_st_title), font, INK, UI_LEFT);
    ui_node(ui, UI_ROLE_TITLE, STR(st_title), at, 0);
    if (upright) {
        rect_cut_top(page, gap);
        head = rect_cut_top(page, h + 4);
        head.h = h;
    }
    draw_spans(app, s, ui, head);
    rect_cut_top(page, gap);
}

static void draw_views(struct stats_state *s, struct ui *ui, struct rect r)
{
    static const enum text_id ids[VIEWS] = { T_st_view_main,  T_st_view_thon,
                                             T_st_view_group, T_st_view_job,
                                             T_st_view_unit,  T_st_view_lesson };
    const char *keys[VIEWS], *labels[VIEWS];
    /* upright the six words have no room side by side */
    size_t in_line = ui_panel(ui) == PANEL_POR ? VIEWS / 2 : VIEWS;
    float gap = 8, n_lines = (float)(VIEWS / in_line);
    float h = (r.h - gap * (n_lines - 1)) / n_lines;
    int tapped;

    for (size_t i = 0; i < VIEWS; i++) {
        keys[i] = text_key(ids[i]);
        labels[i] = text_of(ids[i]);
    }
    for (size_t from = 0; from < VIEWS; from += in_line) {
        struct rect at = rect_cut_top(&r, h);

        rect_cut_top(&r, gap);
        tapped = staff_segments(ui, at, keys + from, labels + from, in_line,
                                (size_t)s->view - from);
        if (tapped >= 0)
            s->view = (enum view)(from + (size_t)tapped);
    }
}

/* --- the page ----------------------------------------------------------------------------- */

static void draw_note(struct stats_state *s, struct ui *ui, struct rect r)
{
    const struct figure_range *range = &s->board.range;
    const char *words = text_of(T_of_all);

    if (range->to_day >= 0)
        words = text_fill(ui_arena(ui), text_of(T_of_range), "a",
                          office_day(ui, range->from_day), "b",
                          office_day(ui, range->to_day), NULL);
    words = text_fill(ui_arena(ui), text_of(T_st_note), "ky", words, "luc",
                      office_moment(ui, s->board.read_ms), NULL);
    if (s->board.unplaced > 0)
        words = arena_printf(ui_arena(ui), "%s %s", words,
                             text_fill(ui_arena(ui), text_of(T_st_unplaced), "n",
                                       office_count(ui, s->board.unplaced), NULL));
    office_note(ui, r, text_key(T_st_note), words);
}

/* Tỷ lệ stand apart from the bars of người, and only over what the commune entered. */
static const char *rates_words(struct ui *ui, const struct board *b, size_t most_rows)
{
    struct arena *arena = ui_arena(ui);
    const char *words = text_of(T_st_nobase);

    if (!b->thon_adults)
        return words;
    words = text_fill(arena, text_of(T_st_base), "nguon", b->base_source, "ngay",
                      office_day(ui, b->base_day), NULL);
    for (size_t i = 0; i < b->thon.n && i < most_rows; i++) {
        const struct figure_row *row = &b->thon.rows[i];
        int64_t adults = b->thon_adults[i];

        words = adults > 0 && row->value >= 0
                    ? arena_printf(arena, "%s %s %d%%.", words, row->code,
                                   (int)(row->value * 100 / adults))
                    : arena_printf(arena, "%s %s: %s.", words, row->code,
                                   text_of(T_of_none));
    }
    return words;
}

static void draw_rates(struct ui *ui, struct rect *r, const char *words)
{
    struct ui_font font = staff_font(ui, STAFF_SMALL);
    struct rect at = *r;
    float h;

    at.w -= 48; /* the sign before it, and some air */
    h = ui_text(ui, at, words, font, 0, UI_LEFT);
    office_note(ui, rect_cut_bottom(r, h + 8), "st.rates", words);
}

/* Where the denominators of a view, or what it is measured against, are entered. */
static const struct door {
    enum text_id word;
    const char *screen; /* NULL: none */
    size_t arg;
} doors[VIEWS] = {
    [VIEW_THON] = { T_st_door_base, "admin_units", UNITS_BASE },
    [VIEW_GROUP] = { T_st_targets, "admin_targets", 0 },
    [VIEW_UNIT] = { T_st_units, "admin_units", UNITS_UNIT },
};

static void draw_door(struct app *app, struct ui *ui, const struct door *door,
                      struct rect *foot)
{
    struct rect at;

    at = rect_cut_right(foot, staff_button_width(ui, text_of(door->word), NULL));
    at.h -= LIP;
    if (staff_button(ui, text_key(door->word), text_of(door->word), at,
                     UI_BUTTON_SECONDARY, NULL, 0))
        app_goto(app, door->screen, door->arg);
}

static void draw_view(struct stats_state *s, struct ui *ui, struct rect r)
{
    size_t rows = ui_panel(ui) == PANEL_CMP ? 7 : 14;

    switch (s->view) {
    case VIEW_THON:
        draw_rates(ui, &r, rates_words(ui, &s->board, rows));
        stats_people(ui, r, T_st_bython, &s->board.thon, rows);
        return;
    case VIEW_GROUP:
        stats_ages(ui, rect_inset(rect_cut_bottom(&r, ui_dim(ui, 76, 66, 68)), 8, 6),
                   &s->board);
        stats_people(ui, r, T_st_bygroup, &s->board.group, rows);
        return;
    case VIEW_JOB:
        stats_people(ui, r, T_st_byjob, &s->board.job, rows);
        return;
    case VIEW_UNIT:
        stats_people(ui, r, T_st_byunit, &s->board.unit, rows);
        return;
    case VIEW_LESSON:
        stats_lessons_frame(ui, r, &s->lessons);
        return;
    case VIEW_MAIN:
    case VIEWS:
        break;
    }
    stats_overview(ui, r, &s->board);
}

static void stats_frame(struct app *app, void *state, struct ui *ui)
{
    struct stats_state *s = state;
    struct figure_range range;
    struct rect r, foot, views;
    bool door;
    int picked = s->picking ? range_pick_frame(app, ui, &s->pick, &range) : 0;

    if (picked == 1) {
        s->span = SPAN_PICKED;
        read_range(app, s, &range);
    }
    if (picked)
        s->picking = false;
    if (s->picking)
        return;
    if (picked) /* the page itself is drawn at once, in the next frame */
        ui_wake_in(ui, 0);
    r = desk_frame(app, ui, DESK_STATS, NULL, NULL);
    draw_head(app, s, ui, &r);
    if (!app->db) {
        desk_say(ui, r, text_of(T_of_nodb), CHIP_SON);
        return;
    }
    views = rect_cut_top(&r, ui_dim(ui, 56, 48, 116));
    draw_views(s, ui, views);
    rect_cut_top(&r, ui_dim(ui, 12, 6, 8));
    door = app_may(app, MAY_SEE_FIGURES) && doors[s->view].screen;
    foot = rect_cut_bottom(&r, door ? ui_dim(ui, 64, 54, 60) : ui_dim(ui, 40, 26, 46));
    if (door)
        draw_door(app, ui, &doors[s->view], &foot);
    draw_note(s, ui, foot);
    draw_view(s, ui, r);
}

const struct screen screen_admin_stats = {
    .name = "admin_stats",
    .state_size = sizeof(struct stats_state),
    .enter = stats_enter,
    .frame = stats_frame,
};
