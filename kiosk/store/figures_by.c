/* Figures in rows: by a dimension, by unit, by month. Each row is figure_times or
 * figure_people of its own code, so that rows and single figures cannot differ. */
#include "store/figures.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "store/commune.h"
#include "store/figures_private.h"
#include "store/private.h"

#define ROWS_MAX 1000
#define SHOWN_MIN 5 /* before an item is called hard */

struct rows {
    struct arena *arena;
    struct figure_row *at;
    size_t n;
};

static struct rows rows_begin(struct arena *arena)
{
    return (struct rows){ .arena = arena,
                          .at = arena_alloc(
                              arena, ROWS_MAX * sizeof(*(struct rows){ 0 }.at)) };
}

/* Once each. */
static void add_code(struct rows *r, const char *code)
{
    for (size_t i = 0; i < r->n; i++)
        if (!strcmp(r->at[i].code, code))
            return;
    if (r->n < ROWS_MAX && *code)
        r->at[r->n++] = (struct figure_row){ .code = arena_strdup(r->arena, code),
                                             .value = FIGURE_NONE };
}

/* The codes that the program and the commune know, in their order. */
static enum err add_known(struct db *db, const char *dimension, struct rows *r)
{
    static const struct {
        const char *dimension;
        enum commune_list list;
    } lists[] = { { "thon", COMMUNE_THON },
                  { "unit", COMMUNE_UNIT },
                  { "group", COMMUNE_GROUP },
                  { "job", COMMUNE_JOB } };
    static const char *const bands[] = { "b0", "b1", "b2", "b3", "b4" };
    struct commune_entry *entries;
    size_t n;
    enum err err = ERR_OK;

    if (!strcmp(dimension, "sex")) {
        add_code(r, "f");
        add_code(r, "m");
    }
    for (size_t i = 0; !strcmp(dimension, "band") && i < COUNT(bands); i++)
        add_code(r, bands[i]);
    for (size_t i = 0; !err && i < COUNT(lists); i++) {
        if (strcmp(lists[i].dimension, dimension) != 0)
            continue;
        err = commune_read(db, lists[i].list, r->arena, &entries, &n);
        for (size_t k = 0; !err && k < n; k++)
            if (!entries[k].gone)
                add_code(r, entries[k].code);
    }
    return err;
}

/* Codes that only the figures know. */
static enum err add_found(struct db *db, const char *stat, const char *dimension,
                          bool people, struct rows *r)
{
    char like[40];
    sqlite3_stmt *st =
        people ? db_stmt(db, "SELECT DISTINCT substr(dims, ?3) FROM gauge"
                             " WHERE stat = ?1 AND dims GLOB ?2 AND value <> 0"
                             " AND instr(dims, ';') = 0 ORDER BY 1")
               : db_stmt(db, "SELECT DISTINCT substr(dims, ?3) FROM total"
                             " WHERE stat = ?1 AND dims GLOB ?2"
                             " AND instr(dims, ';') = 0 ORDER BY 1");
    bool row;
    enum err err;

    (void)snprintf(like, sizeof(like), "%s=*", dimension);
    db_bind_text(st, 1, stat);
    db_bind_text(st, 2, like);
    sqlite3_bind_int(st, 3, (int)strlen(dimension) + 2);
    while (!(err = db_row(db, st, &row)) && row)
        add_code(r, db_column_text(st, 0));
    return err;
}

static enum err fill(struct db *db, const char *stat, const char *unit,
                     const char *dims, bool people, const struct figure_range *range,
                     struct figure_row *row)
{
    struct figure_people n;
    enum err err;

    if (!people)
        return figure_times(db, stat, unit, dims, range, &row->value, &row->second);
    err = figure_people(db, stat, unit, dims, range, &n);
    row->value = n.most;
    row->second = n.least;
    return err;
}

enum err figure_by(struct db *db, const char *stat, const char *unit,
                   const char *dimension, bool people, const struct figure_range *range,
                   struct arena *arena, struct figure_row **out, size_t *n_out)
{
    struct rows r = rows_begin(arena);
    char dims[64];
    enum err err = add_known(db, dimension, &r);

    if (!err)
        err = add_found(db, stat, dimension, people, &r);
    for (size_t i = 0; !err && i < r.n; i++) {
        (void)snprintf(dims, sizeof(dims), "%s=%s", dimension, r.at[i].code);
        err = fill(db, stat, unit, dims, people, range, &r.at[i]);
    }
    *out = r.at;
    *n_out = r.n;
    return err;
}

enum err figure_by_unit(struct db *db, const char *stat, bool people,
                        const struct figure_range *range, struct arena *arena,
                        struct figure_row **out, size_t *n_out)
{
    struct rows r = rows_begin(arena);
    sqlite3_stmt *st =
        people ? db_stmt(db, "SELECT DISTINCT unit FROM gauge WHERE stat = ?1"
                             " AND dims = '-' ORDER BY unit")
               : db_stmt(db, "SELECT DISTINCT unit FROM total WHERE stat = ?1"
                             " AND dims = '-' ORDER BY unit");
    bool row;
    enum err err;

    db_bind_text(st, 1, stat);
    while (!(err = db_row(db, st, &row)) && row)
        add_code(&r, db_column_text(st, 0));
    for (size_t i = 0; !err && i < r.n; i++)
        err = fill(db, stat, r.at[i].code, "-", people, range, &r.at[i]);
    *out = r.at;
    *n_out = r.n;
    return err;
}

enum err figure_by_month(struct db *db, const char *stat, const char *unit,
                         const char *dims, const struct figure_range *range,
                         size_t n_months, struct arena *arena, struct figure_row **out,
                         size_t *n_out)
{
    struct rows r = rows_begin(arena);
    bool certain;
    int64_t today = figures_today(db, &certain);
    int64_t end = range->to_day < 0 || range->to_day > today ? today : range->to_day;
    int year, month, mday;
    enum err err = ERR_OK;

    n_months = n_months < ROWS_MAX ? n_months : ROWS_MAX;
    clock_day_civil(end, &year, &month, &mday);
    for (size_t i = 0; !err && i < n_months; i++) {
        int at = year * 12 + month - 1 - (int)(n_months - 1 - i);
        struct figure_range m;

        m.from_day = figures_day(at / 12, at % 12 + 1, 1);
        at++;
        m.to_day = figures_day(at / 12, at % 12 + 1, 1) - 1;
        m = figure_range_of(db, m.from_day, m.to_day);
        add_code(&r, m.period);
        err = figure_times(db, stat, unit, dims, &m, &r.at[i].value, NULL);
        r.at[i].second = today >= m.from_day && today <= m.to_day;
    }
    *out = r.at;
    *n_out = r.n;
    return err;
}

bool figure_hardest(struct db *db, const struct figure_range *range,
                    struct arena *arena, struct figure_row *out)
{
    struct figure_row *shown;
    bool found = false;
    size_t n;

    if (figure_by_unit(db, "item_shown", false, range, arena, &shown, &n))
        return false;
    for (size_t i = 0; i < n; i++) {
        int64_t right = 0, times = shown[i].value;

        if (times < SHOWN_MIN || figure_times(db, "item_first_right", shown[i].code,
                                              "-", range, &right, NULL))
            continue;
        right = right == FIGURE_NONE ? 0 : right;
        if (found && right * out->second >= out->value * times)
            continue;
        *out = (struct figure_row){ shown[i].code, right, times };
        found = true;
    }
    return found;
}
