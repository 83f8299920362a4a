/* Counted guesses. */
#include "store/waiting.h"

#include <string.h>

#include "store/private.h"
#include "store/run.h"

struct wait {
    int64_t misses, until_ms, wait_ms;
    bool same_boot;
};

static enum err read_wait(struct db *db, const char *key, struct wait *out)
{
    sqlite3_stmt *st = db_stmt(
        db, "SELECT misses, until_ms, wait_ms, boot = ?2 FROM guess WHERE key = ?1");
    char boot[RUN_BOOT_CHARS];
    bool row;
    enum err err;

    *out = (struct wait){ 0 };
    run_boot_id(boot);
    db_bind_text(st, 1, key);
    db_bind_text(st, 2, boot);
    err = db_row(db, st, &row);
    if (!row)
        return err;
    *out = (struct wait){ sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1),
                          sqlite3_column_int64(st, 2), sqlite3_column_int(st, 3) != 0 };
    sqlite3_reset(st);
    return ERR_OK;
}

static int64_t left_of(const struct db *db, const struct wait *w)
{
    int64_t now_ms = clock_mono_ms(&db->clock);
    int64_t left = (w->same_boot ? w->until_ms : w->wait_ms) - now_ms;

    return left < 0 ? 0 : left > w->wait_ms ? w->wait_ms : left;
}

enum err waiting_miss(struct db *db, const char *key, int free_misses, int64_t first_ms,
                      int64_t most_ms)
{
    sqlite3_stmt *st;
    struct wait w;
    char boot[RUN_BOOT_CHARS];
    int64_t wait_ms = 0;
    enum err err = read_wait(db, key, &w);

    if (err)
        return err;
    run_boot_id(boot);
    w.misses++;
    for (int64_t i = free_misses; i <= w.misses && wait_ms < most_ms; i++)
        wait_ms = wait_ms ? 2 * wait_ms : first_ms;
    wait_ms = wait_ms > most_ms ? most_ms : wait_ms;
    st = db_stmt(db, "INSERT INTO guess(key, misses, boot, until_ms, wait_ms)"
                     " VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET"
                     " misses = excluded.misses, boot = excluded.boot,"
                     " until_ms = excluded.until_ms, wait_ms = excluded.wait_ms");
    db_bind_text(st, 1, key);
    sqlite3_bind_int64(st, 2, w.misses);
    db_bind_text(st, 3, boot);
    sqlite3_bind_int64(st, 4, clock_mono_ms(&db->clock) + wait_ms);
    sqlite3_bind_int64(st, 5, wait_ms);
    return db_run(db, st, "guess");
}

enum err waiting_clear(struct db *db, const char *key)
{
    sqlite3_stmt *st = db_stmt(db, "DELETE FROM guess WHERE key = ?1");

    db_bind_text(st, 1, key);
    return db_run(db, st, "guess");
}

int64_t waiting_left_ms(struct db *db, const char *key)
{
    struct wait w;

    return read_wait(db, key, &w) ? 0 : left_of(db, &w);
}

int waiting_misses(struct db *db, const char *key)
{
    struct wait w;

    return read_wait(db, key, &w) ? 0 : (int)w.misses;
}
