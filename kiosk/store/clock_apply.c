/* Learning when a run began: the event that says so, and the runs it dates. */
#include "store/clock_apply.h"

#include <inttypes.h>
#include <stdio.h>

#include "store/journal_private.h"
#include "store/private.h"

#define LOG_MODULE "run"
#include "base/log.h"

#define DAY_MS 86400000
#define PLAUSIBLE_DAYS 10950 /* thirty years after the build a clock is surely wrong */

struct learned {
    int64_t wall_ms;
    int64_t uncertainty_ms;
    enum run_trust trust;
};

/* A vaguer time that agrees with one that finds the day teaches nothing; only one that
 * contradicts it shows that somebody was wrong. */
static bool agrees_vaguely(const struct db *db, const struct learned *l)
{
    int64_t known_ms = db->run.start_ms + run_mono_ms(db);
    int64_t apart_ms =
        l->wall_ms > known_ms ? l->wall_ms - known_ms : known_ms - l->wall_ms;

    return db->run.trust >= RUN_TRUST_STAFF &&
           l->uncertainty_ms > db->run.uncertainty_ms &&
           apart_ms <= l->uncertainty_ms + db->run.uncertainty_ms;
}

static enum err write_clock(struct db *db, void *ctx)
{
    const struct learned *l = ctx;
    char body[96];
    struct event ev = { .kind = EVENT_CLOCK, .body = body };
    enum err err = run_need(db);

    if (err || !run_learns(&db->run, l->uncertainty_ms, (int)l->trust) ||
        agrees_vaguely(db, l))
        return err;
    (void)snprintf(body, sizeof(body), "{\"uncertainty_ms\":%" PRId64 ",\"trust\":%d}",
                   l->uncertainty_ms, (int)l->trust);
    ev.value = l->wall_ms - run_mono_ms(db);
    if (ev.value < 0)
        ev.value = 0;
    err = journal_write(db, &ev, NULL);
    if (err)
        return err;
    db->run.start_ms = ev.value;
    db->run.uncertainty_ms = l->uncertainty_ms;
    db->run.trust = (int)l->trust;
    return ERR_OK;
}

bool clock_is_plausible(const struct db *db, int64_t wall_ms)
{
    int64_t day = clock_day(wall_ms);

    return wall_ms >= 0 && day >= db->build_day &&
           (db->build_day == 0 || day <= db->build_day + PLAUSIBLE_DAYS);
}

enum err journal_learn_time(struct db *db, int64_t wall_ms, int64_t uncertainty_ms,
                            enum run_trust trust)
{
    struct learned l = { wall_ms, uncertainty_ms, trust };

    if (!db)
        return ERR_CORRUPT;
    if (!clock_is_plausible(db, wall_ms) || uncertainty_ms < 0 ||
        trust <= RUN_TRUST_NONE || trust > RUN_TRUST_RTC) {
        LOG_WARN("a time was refused: %" PRId64 " ms, trust %d", wall_ms, (int)trust);
        return ERR_REJECTED;
    }
    return db_transact(db, write_clock, &l);
}

/* Also the earlier runs of the same boot, whose monotonic clock is the same one: a
 * program that was restarted at 7:30 is dated by the time set at 8:00. A run that did
 * not end before this one began had another clock. Each gets a rev without a row, so
 * that its line is sent again. */
static const char learn_sql[] =
    "UPDATE run SET start_ms = max(0, ?2 - (SELECT mono_ms FROM run WHERE ord = ?1)"
    " + mono_ms), uncertainty_ms = ?3, trust = ?4, rev = rev + (ord <> ?1)"
    " WHERE (trust < ?4 OR (trust = ?4 AND uncertainty_ms > ?3)) AND (ord = ?1 OR"
    " (ord < ?1 AND boot_id <> '' AND boot_id = (SELECT boot_id FROM run WHERE ord = "
    "?1)"
    " AND mono_ms + ifnull((SELECT max(e.mono_ms) FROM event e WHERE e.run = run.ord), "
    "0)"
    " <= (SELECT mono_ms FROM run WHERE ord = ?1)))";

enum err clock_apply(struct apply *a)
{
    sqlite3_stmt *st =
        db_stmt(a->db, "SELECT value, json_extract(body, '$.uncertainty_ms'),"
                       " json_extract(body, '$.trust') FROM event WHERE seq = ?1");
    int64_t start_ms, uncertainty_ms, trust;
    bool row;
    enum err err;

    sqlite3_bind_int64(st, 1, a->ev.seq);
    err = db_row(a->db, st, &row);
    if (!row)
        return err ? err : ERR_CORRUPT;
    start_ms = sqlite3_column_int64(st, 0);
    uncertainty_ms = sqlite3_column_int64(st, 1);
    trust = sqlite3_column_int64(st, 2);
    sqlite3_reset(st);
    a->rev++; /* this run's, written with the event's others */
    st = db_stmt(a->db, learn_sql);
    sqlite3_bind_int64(st, 1, a->ev.run);
    sqlite3_bind_int64(st, 2, start_ms);
    sqlite3_bind_int64(st, 3, uncertainty_ms);
    sqlite3_bind_int64(st, 4, trust);
    return db_run(a->db, st, "learned time");
}
