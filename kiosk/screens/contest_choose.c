/* Which questions, and which teams: two steps of setting a contest up. */
#include <string.h>

#include "base/check.h"
#include "base/utf8.h"
#include "screens/bar.h"
#include "screens/class_words.h"
#include "screens/contest_setup.h"

struct choosing {
    struct app *app;
    struct contest_setup *s;
};

/* --- parts ----------------------------------------------------------------------------- */

static const struct {
    enum text_id id;
    size_t n;
} counts[] = {
    { T_ct_n_5, 5 }, { T_ct_n_10, 10 }, { T_ct_n_15, 15 }, { T_ct_n_all, 0 }
};

size_t contest_questions(const struct contest_setup *s)
{
    return counts[s->count].n;
}

static const struct pack_module *module_at(const struct app *app, size_t i)
{
    return &pack_info(app->pack)->modules[i];
}

static const char *part_text(void *ctx, struct ui *ui, size_t i)
{
    const struct choosing *c = ctx;

    (void)ui;
    return module_at(c->app, i)->title;
}

static const char *part_note(void *ctx, struct ui *ui, size_t i)
{
    const struct choosing *c = ctx;
    const struct pack_module *m = module_at(c->app, i);
    long long n = 0;

    for (size_t k = 0; k < m->n_lessons; k++)
        n += pack_info(c->app->pack)->lessons[m->first_lesson + k].n_items;
    return text_fill(ui_arena(ui), text_of(T_ct_part_n), "n", page_number(ui, n), NULL);
}

static bool part_on(void *ctx, size_t i)
{
    const struct choosing *c = ctx;

    return c->s->modules[i];
}

/* Why one cannot go on from the parts, or NULL. */
static const char *parts_trouble(const struct contest_setup *s, size_t pool,
                                 struct ui *ui)
{
    size_t n = contest_questions(s) ? contest_questions(s) : pool;

    if (!pool)
        return text_of(T_ct_need_part);
    if (n > pool)
        return text_of(T_ct_few);
    return n > CONTEST_MAIN_MAX ? text_fill(ui_arena(ui), text_of(T_ct_many), "n",
                                            page_number(ui, CONTEST_MAIN_MAX), NULL)
                                : NULL;
}

/* Segments over the whole width of `r`. */
static int segments(struct ui *ui, struct rect r, const enum text_id *texts, size_t n,
                    size_t chosen)
{
    const char *ids[COUNT(counts)], *labels[COUNT(counts)];
    float w;

    for (size_t i = 0; i < n; i++) {
        ids[i] = text_key(texts[i]);
        labels[i] = text_of(texts[i]);
    }
    w = staff_segments_width(ui, labels, n);
    r.w = w < r.w ? w : r.w;
    return staff_segments(ui, r, ids, labels, n, chosen);
}

void contest_parts_frame(struct app *app, struct ui *ui, struct contest_setup *s)
{
    static const enum text_id texts[] = { T_ct_n_5, T_ct_n_10, T_ct_n_15, T_ct_n_all };
    struct choosing c = { app, s };
    size_t pool = contest_pool(app, s->modules);
    struct pick p = { .id = "ct.parts",
                      .n = pack_info(app->pack)->n_modules,
                      .text = part_text,
                      .note = part_note,
                      .on = part_on,
                      .ctx = &c };
    const char *say = text_fill(ui_arena(ui), text_of(T_ct_pool), "n",
                                page_number(ui, (long long)pool), NULL);
    bool back, next;
    struct rect body =
        contest_step_frame(ui, s, T_ct_parts, T_list_next, say, &back, &next);
    long tapped;
    int got = segments(ui, rect_cut_top(&body, ui_dim(ui, 66, 58, 62)), texts,
                       COUNT(texts), s->count);

    rect_cut_top(&body, ui_dim(ui, 16, 8, 12));
    tapped = pick_frame(ui, body, &p, &s->first);
    if (tapped >= 0)
        s->modules[tapped] = !s->modules[tapped];
    if (got >= 0)
        s->count = (size_t)got;
    if (tapped >= 0 || got >= 0)
        s->say = NULL;
    if (back)
        contest_step_go(s, CONTEST_NAME);
    if (!next)
        return;
    s->tone = CHIP_NGHE;
    s->say = parts_trouble(s, pool, ui);
    if (s->say)
        s->say = arena_strdup(&app->nav.page_arena, s->say);
    else
        contest_step_go(s, CONTEST_TEAMS);
}

/* --- teams ----------------------------------------------------------------------------- */

size_t contest_n_teams(const struct contest_setup *s)
{
    size_t n = 0;

    if (s->by_one)
        return s->n_ones;
    for (size_t i = 0; i < s->n_thon; i++)
        n += s->thon_on[i];
    for (size_t i = 0; i < s->n_own; i++)
        n += s->own_on[i];
    return n;
}

static const char *thon_team(const struct contest_setup *s, struct ui *ui, size_t i)
{
    return text_fill(ui_arena(ui), text_of(T_ct_thon), "ten", s->thon[i].name, NULL);
}

/* As much of `from` as fits, no letter cut in two. */
static void copy_whole(char *out, size_t n_out, const char *from)
{
    size_t n = 0, one;
    uint32_t cp;

    while ((one = utf8_next(from + n, &cp)) > 0 && n + one < n_out)
        n += one;
    memcpy(out, from, n);
    out[n] = 0;
}

static void put_team(char out[CONTEST_TEAMS_MAX][CONTEST_TEAM_BYTES], size_t *n,
                     const char *name)
{
    if (*n < CONTEST_TEAMS_MAX)
        copy_whole(out[(*n)++], CONTEST_TEAM_BYTES, name);
}

void contest_team_names(const struct contest_setup *s, struct ui *ui,
                        char out[CONTEST_TEAMS_MAX][CONTEST_TEAM_BYTES])
{
    size_t n = 0;

    for (size_t i = 0; s->by_one && i < s->n_ones; i++)
        put_team(out, &n,
                 text_fill(ui_arena(ui), text_of(T_ct_one), "i",
                           page_number(ui, (long long)i + 1), NULL));
    for (size_t i = 0; !s->by_one && i < s->n_thon; i++)
        if (s->thon_on[i])
            put_team(out, &n, thon_team(s, ui, i));
    for (size_t i = 0; !s->by_one && i < s->n_own; i++)
        if (s->own_on[i])
            put_team(out, &n, s->own[i]);
}

static const char *team_text(void *ctx, struct ui *ui, size_t i)
{
    const struct contest_setup *s = ((const struct choosing *)ctx)->s;

    return i < s->n_thon ? thon_team(s, ui, i) : s->own[i - s->n_thon];
}

static bool *team_switch(struct contest_setup *s, size_t i)
{
    return i < s->n_thon ? &s->thon_on[i] : &s->own_on[i - s->n_thon];
}

static bool team_on(void *ctx, size_t i)
{
    return *team_switch(((const struct choosing *)ctx)->s, i);
}

static void say(struct contest_setup *s, enum text_id id)
{
    s->say = text_of(id);
    s->tone = CHIP_NGHE;
}

/* A typed team is in at once, unless there are enough; the same name only once. */
static void take_own(struct contest_setup *s, struct ui *ui, const char *name)
{
    for (size_t i = 0; i < s->n_thon + s->n_own; i++)
        if (!strcmp(team_text(&(struct choosing){ NULL, s }, ui, i), name)) {
            say(s, T_ct_same);
            return;
        }
    if (s->n_own >= CONTEST_OWN_MAX) {
        say(s, T_ct_full);
        return;
    }
    copy_whole(s->own[s->n_own], CONTEST_TEAM_BYTES, name);
    s->own_on[s->n_own] = contest_n_teams(s) < CONTEST_TEAMS_MAX;
    s->n_own++;
}

static void draw_ones(struct ui *ui, struct contest_setup *s, struct rect body)
{
    float h = ui_dim(ui, 84, 70, 76), w = ui_dim(ui, 420, 340, 400);
    struct rect at = rect_cut_top(&body, h);
    int by;

    at.w = at.w < w ? at.w : w;
    by = staff_stepper(ui, text_key(T_ct_count), text_of(T_ct_count),
                       page_number(ui, (long long)s->n_ones), at);
    if (by < 0 && s->n_ones > CONTEST_TEAMS_LEAST)
        s->n_ones--;
    else if (by > 0 && s->n_ones < CONTEST_TEAMS_MAX)
        s->n_ones++;
}

static void draw_teams(struct app *app, struct ui *ui, struct contest_setup *s,
                       struct rect body)
{
    struct choosing c = { app, s };
    struct pick p = { .id = "ct.teams",
                      .n = s->n_thon + s->n_own,
                      .text = team_text,
                      .on = team_on,
                      .ctx = &c };
    long tapped = pick_frame(ui, body, &p, &s->first);
    bool *on = tapped < 0 ? NULL : team_switch(s, (size_t)tapped);

    if (!on)
        return;
    s->say = NULL;
    if (*on || contest_n_teams(s) < CONTEST_TEAMS_MAX)
        *on = !*on;
    else
        say(s, T_ct_full);
}

/* Teams or persons; a team's name is typed. */
static void draw_kind(struct ui *ui, struct contest_setup *s, struct rect row)
{
    static const enum text_id texts[] = { T_ct_by_team, T_ct_by_one };
    float w = staff_button_width(ui, text_of(T_ct_own), "edit");
    struct rect own = rect_cut_right(&row, w);
    int got;

    rect_cut_right(&row, 12);
    got = segments(ui, row, texts, COUNT(texts), s->by_one);
    if (got >= 0)
        s->by_one = got == 1;
    if (!s->by_one &&
        staff_button(ui, STR(ct_own), own, UI_BUTTON_SECONDARY, "edit", 0))
        contest_keys_open(s);
}

void contest_teams_frame(struct app *app, struct ui *ui, struct contest_setup *s)
{
    char name[CONTEST_TEAM_BYTES];
    size_t n = contest_n_teams(s);
    struct rect body, row;
    bool back, next;

    if (s->typing) {
        if (contest_typed(app, ui, s, T_ct_own, text_of(T_ct_own_say), name,
                          sizeof(name)))
            take_own(s, ui, name);
        return;
    }
    body = contest_step_frame(ui, s, T_ct_teams, T_list_next,
                              text_fill(ui_arena(ui), text_of(T_ct_teams_n), "n",
                                        page_number(ui, (long long)n), NULL),
                              &back, &next);
    row = rect_cut_top(&body, ui_dim(ui, 66, 58, 62));
    rect_cut_top(&body, ui_dim(ui, 16, 10, 12));
    draw_kind(ui, s, row);
    if (s->by_one)
        draw_ones(ui, s, body);
    else
        draw_teams(app, ui, s, body);
    if (back)
        contest_step_go(s, CONTEST_PARTS);
    else if (next && n >= CONTEST_TEAMS_LEAST && n <= CONTEST_TEAMS_MAX)
        contest_step_go(s, CONTEST_TIME);
    else if (next)
        s->tone = CHIP_NGHE;
}
