/* Gathers figures for the statistics pages. */
#include "app/board.h"

#include <string.h>

#define LOG_MODULE "board"
#include "app/app.h"
#include "app/lists.h"
#include "base/check.h"
#include "base/log.h"
#include "store/commune.h"
#include "store/health.h"

#define MONTHS 6
#define WHOLE "-"
#define PERSONS_UNIT "-"

static int64_t times(struct app *app, const char *stat,
                     const struct figure_range *range, int64_t *unplaced)
{
    int64_t n = FIGURE_NONE;

    if (figure_times(app->db, stat, NULL, WHOLE, range, &n, unplaced)) {
        LOG_ERR("no figure of %s can be read", stat);
        return FIGURE_NONE;
    }
    return n;
}

static struct figure_people people(struct app *app, const char *stat, const char *dims,
                                   const struct figure_range *range)
{
    struct figure_people got = { FIGURE_NONE, FIGURE_NONE };

    if (figure_people(app->db, stat, PERSONS_UNIT, dims, range, &got))
        LOG_ERR("no people of %s can be read", stat);
    return got;
}

/* Denominators of the year in which the range ends; the codes still stand in `thon`. */
static void read_bases(struct app *app, const struct figure_row *rows, size_t n,
                       struct arena *arena, struct board *out)
{
    int64_t day = out->range.to_day;
    struct commune_base *bases;
    size_t n_bases;
    int year, month, mday;

    clock_day_civil(day < 0 ? clock_day(clock_wall_ms(app->clock)) : day, &year, &month,
                    &mday);
    if (commune_bases(app->db, year, arena, &bases, &n_bases) || !n_bases)
        return;
    out->thon_adults = arena_alloc(arena, (n + 1) * sizeof(*out->thon_adults));
    out->base_day = -1;
    for (size_t i = 0; i < n; i++)
        out->thon_adults[i] = -1;
    for (size_t i = 0; i < n_bases; i++) {
        for (size_t k = 0; k < n; k++)
            if (!strcmp(rows[k].code, bases[i].thon))
                out->thon_adults[k] = bases[i].adults;
        if (bases[i].day >= out->base_day) {
            out->base_day = bases[i].day;
            out->base_source = bases[i].source;
        }
    }
}

static void bars(struct app *app, const char *dimension, enum list_kind list,
                 const struct figure_range *range, struct arena *arena,
                 struct board *board, struct board_bars *out)
{
    if (figure_by(app->db, "finished_one", PERSONS_UNIT, dimension, true, range, arena,
                  &out->rows, &out->n)) {
        LOG_ERR("no people by %s can be read", dimension);
        out->n = 0;
    }
    if (list == LIST_THON)
        read_bases(app, out->rows, out->n, arena, board);
    for (size_t i = 0; i < out->n; i++)
        out->rows[i].code = list_words(app->db, list, out->rows[i].code, arena);
}

void board_read(struct app *app, const struct figure_range *range, struct arena *arena,
                struct board *out)
{
    static const char *const bands[] = { "band=b0", "band=b1", "band=b2", "band=b3",
                                         "band=b4" };
    struct health_past past;

    *out = (struct board){ .range = *range };
    out->registered = people(app, "registered", WHOLE, range).most;
    out->finished = people(app, "finished_one", WHOLE, range);
    out->completions = times(app, "completions", range, &out->unplaced);
    out->certificates = times(app, "certificates", range, NULL);
    out->classes = times(app, "classes", range, NULL);
    bars(app, "thon", LIST_THON, range, arena, out, &out->thon);
    bars(app, "unit", LIST_UNIT, range, arena, out, &out->unit);
    bars(app, "group", LIST_GROUP, range, arena, out, &out->group);
    bars(app, "job", LIST_JOB, range, arena, out, &out->job);
    if (figure_by_month(app->db, "completions", NULL, WHOLE, range, MONTHS, arena,
                        &out->months.rows, &out->months.n))
        out->months.n = 0;
    out->women = people(app, "finished_one", "sex=f", range).most;
    out->men = people(app, "finished_one", "sex=m", range).most;
    for (size_t i = 0; i < COUNT(bands); i++)
        out->bands[i] = people(app, "finished_one", bands[i], range).most;
    if (!health_past_read(app->db, &past) && past.today >= 0)
        out->read_ms = clock_wall_ms(app->clock);
}

/* --- by lesson -------------------------------------------------------------------------- */

static int64_t of_unit(const struct figure_row *rows, size_t n, const char *unit)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(rows[i].code, unit))
            return rows[i].value;
    return FIGURE_NONE;
}

/* Items are called after their lesson: "m09-b03-q2" belongs to "m09-b03". */
static int64_t of_items(const struct figure_row *rows, size_t n, const char *lesson)
{
    size_t len = strlen(lesson);
    int64_t sum = FIGURE_NONE;

    for (size_t i = 0; i < n; i++)
        if (!strncmp(rows[i].code, lesson, len) && rows[i].code[len] == '-' &&
            rows[i].value >= 0)
            sum = (sum < 0 ? 0 : sum) + rows[i].value;
    return sum;
}

struct by_unit {
    struct figure_row *rows;
    size_t n;
};

static struct by_unit read_by_unit(struct app *app, const char *stat,
                                   const struct figure_range *range,
                                   struct arena *arena)
{
    struct by_unit got = { NULL, 0 };

    if (figure_by_unit(app->db, stat, false, range, arena, &got.rows, &got.n)) {
        LOG_ERR("no %s by lesson can be read", stat);
        got.n = 0;
    }
    return got;
}

static const char *lesson_title(struct app *app, const char *id)
{
    long at = app->pack ? pack_find_lesson(app->pack, id) : -1;

    return at < 0 ? id : pack_info(app->pack)->lessons[at].title;
}

void board_lessons(struct app *app, const struct figure_range *range,
                   struct arena *arena, struct board_lesson **out, size_t *n_out)
{
    struct by_unit starts = read_by_unit(app, "starts", range, arena);
    struct by_unit done = read_by_unit(app, "completions", range, arena);
    struct by_unit shown = read_by_unit(app, "item_shown", range, arena);
    struct by_unit right = read_by_unit(app, "item_first_right", range, arena);
    struct board_lesson *list =
        arena_alloc(arena, (starts.n ? starts.n : 1) * sizeof(*list));
    size_t n = 0;

    for (size_t i = 0; i < starts.n; i++) {
        const char *id = starts.rows[i].code;

        if (starts.rows[i].value <= 0)
            continue;
        list[n++] =
            (struct board_lesson){ .title = lesson_title(app, id),
                                   .starts = starts.rows[i].value,
                                   .completions = of_unit(done.rows, done.n, id),
                                   .shown = of_items(shown.rows, shown.n, id),
                                   .right = of_items(right.rows, right.n, id) };
    }
    *out = list;
    *n_out = n;
}

static const char *item_stem(struct app *app, const char *id, struct arena *arena)
{
    const struct pack_info *info = app->pack ? pack_info(app->pack) : NULL;

    for (size_t i = 0; info && i < info->n_lessons; i++) {
        size_t len = strlen(info->lessons[i].id);
        struct lesson *lesson;

        if (strncmp(id, info->lessons[i].id, len) != 0 || id[len] != '-' ||
            pack_lesson(app->pack, i, arena, &lesson))
            continue;
        for (size_t k = 0; k < lesson->n_items; k++)
            if (!strcmp(lesson->items[k].id, id))
                return lesson->items[k].stem;
    }
    return id;
}

const char *board_hardest(struct app *app, const struct figure_range *range,
                          struct arena *arena, int *right_pct_out)
{
    struct figure_row row;

    if (!figure_hardest(app->db, range, arena, &row) || row.second <= 0)
        return NULL;
    *right_pct_out = (int)(row.value * 100 / row.second);
    return item_stem(app, row.code, arena);
}
