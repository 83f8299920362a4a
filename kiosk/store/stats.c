/* THE TABLE of statistics, and how counters are booked. A new statistic is one row. */
#include "store/stats.h"

#include <stdio.h>
#include <string.h>

#include "store/cohort.h"
#include "store/private.h"

#define WHOLE "-"
#define EVERY_CUBE "- band group job sex thon unit band;thon sex;thon"

/* A completion, or what is known of one that was not made with a card here. */
#define LEARNT(event) event ".kind IN (4, 25)"

/* Units of the curriculum that the event's person has passed whole, by now. */
#define FINISHED(kind)                                                                 \
    "SELECT c.id FROM event e JOIN curriculum c ON c.kind = '" kind "'"                \
    " AND c.lesson = e.unit WHERE e.seq = ?1 AND " LEARNT(                             \
        "e") " AND e.flags & 1"                                                        \
             " AND NOT EXISTS(SELECT 1 FROM curriculum m WHERE m.kind = c.kind AND "   \
             "m.id = c.id"                                                             \
             " AND NOT EXISTS(SELECT 1 FROM event p WHERE p.token IN (SELECT k.token " \
             "FROM"                                                                    \
             " person k WHERE k.root = (SELECT root FROM person WHERE token = "        \
             "e.token))"                                                               \
             " AND " LEARNT(                                                           \
                 "p") " AND p.unit = m.lesson AND p.flags & 1 AND p.seq <= e.seq AND " \
                      "NOT EXISTS("                                                    \
                      "SELECT 1 FROM voided v WHERE v.seq = p.seq))) ORDER BY c.id"

#define OF_EVENT " FROM event WHERE seq = ?1 AND kind = "

/* kinds: 1 start, 2 step, 3 item, 4 complete, 6 person, 15 class, 17 present, 18 heads,
 * 19 help, 20 sign-off, 21 VNeID, 22 volunteer, 23 certificate, 25 credit, 28 practice,
 * 29 notice;
 * flags: 1 passed, 2 assisted, 4 group, 8 visitor (lesson/event.h). Numbers, because the
 * text is constant. */
const struct stat_def stats_defs[] = {
    { "starts", STAT_COUNT, "lesson", EVERY_CUBE, "SELECT unit, 1" OF_EVENT "1" },
    { "completions", STAT_COUNT, "lesson", EVERY_CUBE, "SELECT unit, 1" OF_EVENT "4" },
    { "passes", STAT_COUNT, "lesson", EVERY_CUBE,
      "SELECT unit, flags & 1" OF_EVENT "4" },
    { "seconds", STAT_COUNT, "lesson", EVERY_CUBE,
      "SELECT unit, CASE json_type(body, '$.seconds') WHEN 'integer'"
      " THEN max(0, min(86400, json_extract(body, '$.seconds'))) ELSE 0 END" OF_EVENT
      "4" },
    { "item_shown", STAT_COUNT, "item", WHOLE, "SELECT unit, 1" OF_EVENT "3" },
    { "item_first_right", STAT_COUNT, "item", WHOLE,
      "SELECT unit, value" OF_EVENT "3" },
    { "practice_done", STAT_COUNT, "lesson", WHOLE, "SELECT unit, 1" OF_EVENT "28" },
    { "practice_hints", STAT_COUNT, "lesson", WHOLE,
      "SELECT unit, value" OF_EVENT "28" },
    { "guest_completions", STAT_COUNT, "lesson", WHOLE,
      "SELECT unit, who IS NULL AND NOT flags & 8" OF_EVENT "4" },
    { "assisted_completions", STAT_COUNT, "lesson", EVERY_CUBE,
      "SELECT unit, (flags & 2) / 2" OF_EVENT "4" },
    { "group_completions", STAT_COUNT, "lesson", EVERY_CUBE,
      "SELECT unit, (flags & 4) / 4" OF_EVENT "4" },
    { "visitor_completions", STAT_COUNT, "lesson", WHOLE,
      "SELECT unit, (flags & 8) / 8" OF_EVENT "4" },
    { "attendance", STAT_COUNT, "-", EVERY_CUBE, "SELECT '-', 1" OF_EVENT "17" },
    { "classes", STAT_COUNT, "-", "- thon unit", "SELECT '-', 1" OF_EVENT "15" },
    { "head_count", STAT_COUNT, "-", "- thon",
      "SELECT '-', value" OF_EVENT "18 AND unit = 'all'" },
    { "head_count", STAT_COUNT, "-", "sex sex;thon",
      "SELECT '-', value" OF_EVENT "18 AND unit = 'women'" },
    { "head_count", STAT_COUNT, "-", "band band;thon",
      "SELECT '-', value" OF_EVENT "18 AND unit = 'old'" },
    { "help", STAT_COUNT, "kind", "- kind thon kind;thon",
      "SELECT unit, 1" OF_EVENT "19" },
    { "sign_offs", STAT_COUNT, "lesson", EVERY_CUBE, "SELECT unit, 1" OF_EVENT "20" },
    { "certificates", STAT_COUNT, "module", EVERY_CUBE,
      "SELECT unit, 1" OF_EVENT "23" },
    { "notice_plays", STAT_COUNT, "lesson", WHOLE, "SELECT unit, 1" OF_EVENT "29" },
    { "volunteer_minutes", STAT_COUNT, "-", WHOLE, "SELECT '-', value" OF_EVENT "22" },
    { "registered", STAT_STOCK, "-", EVERY_CUBE, "SELECT '-'" OF_EVENT "6" },
    { "active", STAT_PER_PERIOD, "-", EVERY_CUBE,
      "SELECT '-' FROM event WHERE seq = ?1 AND (kind BETWEEN 1 AND 4 OR kind = 17"
      " OR (kind = 25 AND value > 0))" },
    { "finished_one", STAT_PER_PERIOD, "-", EVERY_CUBE,
      "SELECT '-' FROM event e WHERE seq = ?1 AND " LEARNT("e") },
    { "lesson_firsts", STAT_FIRST_TIME, "lesson", EVERY_CUBE,
      "SELECT unit FROM event e WHERE seq = ?1 AND " LEARNT("e") " AND flags & 1" },
    { "module_finished", STAT_FIRST_TIME, "module", EVERY_CUBE, FINISHED("module") },
    { "path_finished", STAT_FIRST_TIME, "path", EVERY_CUBE, FINISHED("path") },
    { "vneid_status", STAT_STATUS, "s", "s s;thon group;s",
      "SELECT unit" OF_EVENT "21" },
};
const size_t stats_n_defs = COUNT(stats_defs);

/* --- dims --------------------------------------------------------------------------- */

static const char *field(const struct person_cohort *c, const char *unit,
                         const char *name, size_t n)
{
    const struct {
        const char *name;
        const char *value;
    } fields[] = {
        { "band", c->band }, { "group", c->group }, { "job", c->job },
        { "kind", unit },    { "s", unit },         { "sex", c->sex },
        { "thon", c->thon }, { "unit", c->unit },
    };

    size_t i = 0;

    while (i < COUNT(fields) &&
           (strlen(fields[i].name) != n || memcmp(fields[i].name, name, n) != 0))
        i++;
    ASSERT(i < COUNT(fields)); /* else a cube of the table names an unknown field */
    /* cppcheck-suppress arrayIndexOutOfBoundsCond ; ASSERT does not return then */
    return fields[i].value;
}

const char *stats_row_unit(const struct stat_def *def, const char *unit)
{
    return !strcmp(def->unit, "kind") || !strcmp(def->unit, "s") ? "-" : unit;
}

bool stats_next_dims(const char **cubes, const struct person_cohort *cohort,
                     const char *unit, char out[STATS_DIMS_BYTES])
{
    const char *at = *cubes + strspn(*cubes, " ");
    const char *end = at + strcspn(at, " ");
    size_t used = 0;

    *cubes = end;
    if (at == end)
        return false;
    if (*at == '-') {
        memcpy(out, "-", 2);
        return true;
    }
    while (at < end) {
        size_t n = strcspn(at, "; ");
        const char *value = field(cohort, unit, at, n);

        out[0] = used ? out[0] : 0;
        if (!*value) {
            out[0] = 0;
            return true;
        }
        used += (size_t)snprintf(out + used, STATS_DIMS_BYTES - used, "%s%.*s=%s",
                                 used ? ";" : "", (int)n, at, value);
        ASSERT(used < STATS_DIMS_BYTES);
        at += n + (at[n] == ';');
    }
    return true;
}

/* --- counters ----------------------------------------------------------------------- */

static enum err add_to_total(struct apply *a, const char *stat, const char *period,
                             const char *unit, const char *dims, int64_t plus,
                             int64_t minus)
{
    sqlite3_stmt *st = db_stmt(
        a->db, "INSERT INTO total(run, stat, period, unit, dims, plus, minus, rev)"
               " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO UPDATE SET"
               " plus = plus + excluded.plus, minus = minus + excluded.minus,"
               " rev = excluded.rev");

    sqlite3_bind_int64(st, 1, a->ev.run);
    db_bind_text(st, 2, stat);
    db_bind_text(st, 3, period);
    db_bind_text(st, 4, unit);
    db_bind_text(st, 5, dims);
    sqlite3_bind_int64(st, 6, plus);
    sqlite3_bind_int64(st, 7, minus);
    sqlite3_bind_int64(st, 8, ++a->rev);
    return db_run(a->db, st, "total");
}

/* What `def` adds for event `seq`; 0 when the event is nothing to it. */
static enum err amount_of(struct db *db, const struct stat_def *def, int64_t seq,
                          char unit_out[APPLY_UNIT_BYTES], int64_t *out)
{
    sqlite3_stmt *st = db_stmt(db, def->sql);
    bool row;
    enum err err;

    *out = 0;
    sqlite3_bind_int64(st, 1, seq);
    err = db_row(db, st, &row);
    if (row) {
        (void)snprintf(unit_out, APPLY_UNIT_BYTES, "%s", db_column_text(st, 0));
        *out = sqlite3_column_int64(st, 1);
        sqlite3_reset(st);
    }
    return err;
}

enum err stats_book(struct apply *a, const struct event_row *from, const char *period,
                    bool taken_back)
{
    struct person_cohort cohort;
    char dims[STATS_DIMS_BYTES], unit[APPLY_UNIT_BYTES] = "";
    enum err err = cohort_read(a->db, from->cohort, &cohort);

    for (size_t i = 0; !err && i < stats_n_defs; i++) {
        const struct stat_def *def = &stats_defs[i];
        const char *cubes = def->dims;
        int64_t amount;

        if (def->kind != STAT_COUNT)
            continue;
        err = amount_of(a->db, def, from->seq, unit, &amount);
        amount = taken_back ? -amount : amount;
        while (!err && amount && stats_next_dims(&cubes, &cohort, unit, dims))
            if (*dims)
                err =
                    add_to_total(a, def->name, period, stats_row_unit(def, unit), dims,
                                 amount > 0 ? amount : 0, amount < 0 ? -amount : 0);
    }
    return err;
}
