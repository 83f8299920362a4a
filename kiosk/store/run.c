/* Runs: where one begins, and which of its days are certain. */
#include "store/run.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "store/clock_apply.h"
#include "store/journal.h"
#include "store/private.h"

#define LOG_MODULE "run"
#include "base/log.h"

#define DAY_MS 86400000
#define CHIP_MS 60000 /* what a clock chip drifts by between two looks */
#define UNKNOWN_MS ((int64_t)3650 * DAY_MS) /* what "no idea" is worth: ten years */

void run_boot_id(char out[RUN_BOOT_CHARS])
{
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, out, RUN_BOOT_CHARS - 1);

    if (fd >= 0)
        close(fd);
    out[n > 0 ? n : 0] = 0;
    out[strcspn(out, "\n")] = 0;
}

static enum err insert_run(struct db *db, const struct run *run)
{
    sqlite3_stmt *st;
    char boot_id[RUN_BOOT_CHARS];
    const char *pack = db_setting(db, "pack", "");

    run_boot_id(boot_id);
    st = db_stmt(db, "INSERT INTO run(ord, id, boot_id, mono_ms, start_ms,"
                     " uncertainty_ms, trust, born_start_ms, born_uncertainty_ms,"
                     " born_trust, program, pack)"
                     " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?5, ?6, ?7, ?8, ?9)");
    sqlite3_bind_int64(st, 1, run->ord);
    sqlite3_bind_int64(st, 2, (int64_t)run->id);
    db_bind_text(st, 3, boot_id);
    sqlite3_bind_int64(st, 4, run->mono_ms);
    sqlite3_bind_int64(st, 5, run->start_ms);
    sqlite3_bind_int64(st, 6, run->uncertainty_ms);
    sqlite3_bind_int(st, 7, run->trust);
    db_bind_text(st, 8, db->program);
    db_bind_text(st, 9, pack);
    return db_run(db, st, "run");
}

enum err run_begin(struct db *db, int64_t above)
{
    struct run run = { .id = hash_random_u64(), .uncertainty_ms = UNKNOWN_MS };
    int64_t floor_ms = clock_day_start(db->build_day);
    int64_t top;
    enum err err = db_int(db, db_stmt(db, "SELECT max(ord) FROM run"), 0, &top);

    if (err)
        return err;
    run.ord = 1 + (top > above ? top : above);
    run.mono_ms = clock_mono_ms(&db->clock);
    run.start_ms = clock_wall_ms(&db->clock);
    if (run.start_ms < floor_ms)
        run.start_ms = floor_ms;
    if (run.start_ms < 0)
        run.start_ms = 0;
    if (db->clock_kept && clock_is_plausible(db, run.start_ms) &&
        run.start_ms > floor_ms) {
        run.uncertainty_ms = CHIP_MS;
        run.trust = RUN_TRUST_RTC;
    }
    if (db->run.id) { /* the same life under a new name keeps its clock */
        run.start_ms = db->run.start_ms + run.mono_ms - db->run.mono_ms;
        run.uncertainty_ms = db->run.uncertainty_ms;
        run.trust = db->run.trust;
    }
    err = insert_run(db, &run);
    if (!err)
        db->run = run;
    return err;
}

enum err run_need(struct db *db)
{
    return db->run.ord ? ERR_OK : run_begin(db, 0);
}

int64_t run_mono_ms(const struct db *db)
{
    int64_t ms = clock_mono_ms(&db->clock) - db->run.mono_ms;

    return ms > 0 ? ms : 0;
}

int64_t run_day(const struct run *run, int64_t mono_ms)
{
    int64_t at = run->start_ms + mono_ms;
    int64_t day;

    if (run->trust < RUN_TRUST_STAFF || run->uncertainty_ms > DAY_MS)
        return -1;
    day = clock_day(at - run->uncertainty_ms);
    return day == clock_day(at + run->uncertainty_ms) ? day : -1;
}

bool run_learns(const struct run *run, int64_t uncertainty_ms, int trust)
{
    return trust > run->trust ||
           (trust == run->trust && uncertainty_ms < run->uncertainty_ms);
}
