/* Compares, row by row and without any code of the program, what the cards hold, what
 * was ever counted and what the server holds. */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "histories_world.h"
#include "totals.h"

struct oracle {
    sqlite3 *sq;
    sqlite3_stmt *add;
};

static void exec(sqlite3 *sq, const char *sql)
{
    char *why = NULL;

    if (sqlite3_exec(sq, sql, NULL, NULL, &why) != SQLITE_OK)
        fprintf(stderr, "histories: %s: %s\n", sql, why);
    ASSERT(!why);
}

#define KEY "stat, period, unit, dims"
#define COLUMNS                                                              \
    "(run TEXT, stat TEXT, period TEXT, unit TEXT, dims TEXT, plus INTEGER," \
    " minus INTEGER, PRIMARY KEY(run, stat, period, unit, dims)) WITHOUT ROWID"
#define KEEP_GREATER                                              \
    " ON CONFLICT DO UPDATE SET plus = max(plus, excluded.plus)," \
    " minus = max(minus, excluded.minus)"

struct oracle *oracle_create(void)
{
    struct oracle *o = check_alloc(sizeof(*o));

    ASSERT(sqlite3_open(":memory:", &o->sq) == SQLITE_OK);
    exec(o->sq, "CREATE TABLE counted" COLUMNS ";"
                "CREATE TABLE cards" COLUMNS ";"
                "CREATE TEMP TABLE server" COLUMNS);
    ASSERT(sqlite3_prepare_v2(o->sq,
                              "INSERT INTO counted VALUES(printf('%016x', ?1), ?2, ?3, "
                              "?4, ?5, ?6, ?7)" KEEP_GREATER,
                              -1, &o->add, NULL) == SQLITE_OK);
    return o;
}

void oracle_forget(struct oracle *o)
{
    exec(o->sq, "DELETE FROM counted; DELETE FROM cards; DELETE FROM server");
}

void oracle_destroy(struct oracle *o)
{
    sqlite3_finalize(o->add);
    sqlite3_close(o->sq);
    free(o);
}

void oracle_counted(struct oracle *o, const struct bundle *b)
{
    exec(o->sq, "BEGIN");
    for (size_t i = 0; i < b->n_counts; i++) {
        const struct bundle_count *c = &b->counts[i];

        sqlite3_bind_int64(o->add, 1, (int64_t)b->runs[c->run].id);
        sqlite3_bind_text(o->add, 2, c->stat, -1, SQLITE_STATIC);
        sqlite3_bind_text(o->add, 3, c->period, -1, SQLITE_STATIC);
        sqlite3_bind_text(o->add, 4, c->unit, -1, SQLITE_STATIC);
        sqlite3_bind_text(o->add, 5, c->dims, -1, SQLITE_STATIC);
        sqlite3_bind_int64(o->add, 6, c->plus);
        sqlite3_bind_int64(o->add, 7, c->minus);
        ASSERT(sqlite3_step(o->add) == SQLITE_DONE);
        sqlite3_reset(o->add);
    }
    exec(o->sq, "COMMIT");
}

static int64_t count(sqlite3 *sq, const char *sql)
{
    sqlite3_stmt *st = NULL;
    int64_t n;

    ASSERT(sqlite3_prepare_v2(sq, sql, -1, &st, NULL) == SQLITE_OK);
    ASSERT(sqlite3_step(st) == SQLITE_ROW);
    n = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return n;
}

static void attach_card(sqlite3 *sq, const char *dir)
{
    char sql[256];

    snprintf(sql, sizeof(sql), "ATTACH '%s/kiosk.db' AS k", dir);
    exec(sq, sql);
}

/* Takes in the card `k`; counts gauges that the server shows otherwise. */
static void read_card(sqlite3 *sq, struct verdict *v, bool gauges_too)
{
    exec(sq,
         "INSERT INTO cards SELECT printf('%016x', r.id), " KEY ", t.plus, t.minus"
         " FROM k.total AS t JOIN k.run AS r ON r.ord = t.run WHERE true" KEEP_GREATER);
    if (gauges_too)
        v->stale += count(sq, "SELECT count(*) FROM k.gauge AS g LEFT JOIN s.gauge AS c"
                              " USING(" KEY ") WHERE ifnull(c.value, 0) <> g.value");
}

/* A control that renames runs is judged by the sums over runs. */
static void forget_runs(sqlite3 *sq)
{
    static const char *const tables[] = { "counted", "cards", "server" };

    for (size_t i = 0; i < COUNT(tables); i++) {
        char sql[512];

        snprintf(sql, sizeof(sql),
                 "CREATE TEMP TABLE sums AS SELECT 'all' AS run, " KEY
                 ", sum(plus) AS plus, sum(minus) AS minus FROM %s GROUP BY " KEY ";"
                 "DELETE FROM %s; INSERT INTO %s SELECT * FROM sums; DROP TABLE sums",
                 tables[i], tables[i], tables[i]);
        exec(sq, sql);
    }
}

#define LESS "(ifnull(b.plus, 0) < a.plus OR ifnull(b.minus, 0) < a.minus)"

static bool totals_differ(struct world *w)
{
    struct buf kiosk;
    struct buf server;
    bool differ;

    buf_init(&kiosk, 1 << 22);
    buf_init(&server, 1 << 22);
    ASSERT(!journal_totals_json(w->machines[0].db, &kiosk));
    ASSERT(!totals_json(&w->rig->server, "", &server));
    differ = strcmp(buf_text(&kiosk), buf_text(&server)) != 0;
    buf_finish(&kiosk);
    buf_finish(&server);
    return differ;
}

struct verdict world_judge(struct world *w)
{
    struct verdict v = { 0 };
    sqlite3 *sq = w->oracle->sq;

    if (w->n_machines == 1 && !w->rewound)
        v.unequal = totals_differ(w);
    server_close(&w->rig->server);
    copies_attach_server(w, sq);
    exec(sq, "INSERT INTO server SELECT run, " KEY ", plus, minus FROM s.counter");
    for (size_t i = 0; i < w->n_machines; i++) {
        machine_switch_off(&w->machines[i]);
        attach_card(sq, w->machines[i].dir);
        read_card(sq, &v, w->n_machines == 1);
        exec(sq, "DETACH k");
    }
    exec(sq, "DETACH s");
    exec(sq, "INSERT INTO counted SELECT * FROM cards WHERE true" KEEP_GREATER);
    if (w->variant == VARIANT_INCREMENTS || w->variant == VARIANT_NO_RUN)
        forget_runs(sq);
    v.lost = count(sq, "SELECT count(*) FROM cards AS a LEFT JOIN server AS b"
                       " USING(run, " KEY ") WHERE " LESS);
    v.doubled = count(sq, "SELECT count(*) FROM server AS a LEFT JOIN counted AS b"
                          " USING(run, " KEY ") WHERE " LESS);
    return v;
}
