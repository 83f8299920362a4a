/* erasures --n N --seed S [--dirs strict|ordered] [--loud]: power cuts, and a disk that
 * gets full, while people are erased. When the power stays and the kiosk has opened, the
 * person is either whole (the erasure was not acknowledged) or gone: no byte of the token
 * in any file of the disk, and every total as before. Prints one JSON line; exit 0 when
 * all is well. */
#define _GNU_SOURCE /* memmem */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "cut_posix.h"
#include "cut_vfs.h"
#include "store/backup.h"
#include "store/journal.h"
#include "store/people.h"
#include "store/private.h"

#define OPS_MAX 160
#define OTHERS 12
#define CUTS_PER_ROUND 3

static struct {
    struct db_config config;
    int64_t cuts;
    int64_t gone;
    int64_t whole;
    int64_t traces; /* gone by the tables, but bytes are left; or there after "done" */
    int64_t broken; /* not opened, not whole, or another total */
} test = { .config = { .dir = CUT_ROOT, .vfs = CUT_VFS_NAME } };

static struct db *open_db(void)
{
    struct db *db = NULL;

    return db_open(&test.config, &db) ? NULL : db;
}

struct round {
    struct person_card card;
    int64_t n_lessons;
    bool told_gone;
};

static bool learn(struct db *db, const unsigned char *token, int64_t n)
{
    const struct event ev = {
        .kind = EVENT_COMPLETE, .unit = "m09-b03", .token = token, .value = 90
    };
    struct event_id id;

    for (int64_t i = 0; i < n; i++)
        if (journal_append(db, &ev, 1, &id))
            return false;
    return true;
}

/* Somebody among others, with lessons and two backups. */
static bool prepare(struct round *r)
{
    const struct person_cohort cohort = { .thon = "t07", .sex = "f" };
    struct db *db = open_db();
    struct person_card other;
    bool ok = db != NULL;

    for (int i = 0; ok && i < OTHERS; i++) {
        ok = person_add(db, &cohort, i == OTHERS / 2 ? &r->card : &other) == ERR_OK;
        if (ok && i == 2)
            ok = backup_make(db, NULL, 0) == ERR_OK;
    }
    r->n_lessons = 1 + cut_random_below(5);
    ok = ok && learn(db, r->card.token, r->n_lessons) &&
         backup_make(db, NULL, 0) == ERR_OK;
    db_close(db);
    return ok;
}

static void suffer(struct round *r)
{
    struct erase_receipt receipt;
    struct db *db;

    if (cut_random_below(4))
        cut_disk.cut_after = 1 + cut_random_below(OPS_MAX);
    else
        cut_disk.full_after = 1 + cut_random_below(OPS_MAX);
    db = open_db();
    if (db && people_erase(db, r->card.token, "s1", &receipt) == ERR_OK)
        r->told_gone = true;
    db_close(db);
    if (cut_disk.is_off)
        test.cuts++;
    cut_disk_power_on();
    cut_disk.full_after = 0; /* somebody made room */
    cut_disk.is_full = false;
}

static int64_t one(struct db *db, const char *sql)
{
    int64_t n = -1;

    return db_int(db, db_stmt(db, sql), -1, &n) ? -1 : n;
}

static bool token_is_known(struct db *db, const struct round *r)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT count(*) FROM event WHERE token = ?1");
    int64_t n;

    sqlite3_bind_blob(st, 1, r->card.token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    return !db_int(db, st, 0, &n) && n > 0;
}

/* Does the token stand in a file that has a name? */
static bool disk_has(const struct round *r)
{
    const char *name;
    bool found = false;

    for (size_t i = 0; !found && (name = disk_name(i)); i++) {
        const struct inode *f = *name ? disk_find(name) : NULL;
        int64_t size = f ? disk_size(f) : 0;
        char *bytes = check_alloc((size_t)size + 1);

        size = f ? disk_read(f, bytes, size, 0) : 0;
        found = memmem(bytes, (size_t)size, r->card.token, EVENT_TOKEN_BYTES) != NULL;
        free(bytes);
    }
    return found;
}

static bool is_whole(struct db *db, const struct round *r)
{
    struct buf report;
    bool whole;

    buf_init(&report, 1 << 16);
    whole = journal_rebuild(db, 0, &report) == ERR_OK;
    if (!whole)
        (void)fprintf(stderr, "erasures: %s\n", buf_text(&report));
    buf_finish(&report);
    return whole && one(db, "SELECT sum(plus - minus) FROM total WHERE stat ="
                            " 'completions' AND dims = '-'") == r->n_lessons;
}

static void judge(const struct round *r)
{
    struct db *db = open_db();
    bool known = db && token_is_known(db, r);
    int64_t registered =
        db ? one(db, "SELECT value FROM gauge WHERE stat = 'registered'"
                     " AND period = 'all' AND dims = '-'")
           : -1;

    if (!db || !is_whole(db, r) || registered != OTHERS - !known)
        test.broken++;
    else if (known && !r->told_gone)
        test.whole++;
    else if (known || disk_has(r))
        test.traces++;
    else
        test.gone++;
    db_close(db);
}

static void play(uint32_t seed, enum cut_dirs dirs)
{
    struct round r = { 0 };

    cut_disk_format(seed);
    cut_disk.dirs = dirs;
    if (!prepare(&r)) {
        test.broken++;
        return;
    }
    for (uint32_t i = 0; i <= cut_random_below(CUTS_PER_ROUND); i++)
        suffer(&r);
    judge(&r);
}

int main(int argc, char **argv)
{
    enum cut_dirs dirs = CUT_DIRS_STRICT;
    int64_t n = 300;
    uint32_t seed = 1;
    bool loud = false;

    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";

        if (!strcmp(argv[i], "--n"))
            n = strtoll(value, NULL, 10);
        else if (!strcmp(argv[i], "--seed"))
            seed = (uint32_t)strtoul(value, NULL, 10);
        else if (!strcmp(argv[i], "--dirs"))
            dirs = strcmp(value, "ordered") ? CUT_DIRS_STRICT : CUT_DIRS_ORDERED;
        else if (!strcmp(argv[i], "--loud"))
            loud = true;
    }
    hash_init();
    if (!loud && !freopen("/dev/null", "w", stderr)) /* every cut logs errors */
        return 1;
    cut_vfs_register();
    for (int64_t i = 0; i < n; i++)
        play(seed * 2654435761U + (uint32_t)i, dirs);
    printf("{\"dirs\":\"%s\",\"rounds\":%" PRId64 ",\"cuts\":%" PRId64
           ",\"gone\":%" PRId64 ",\"whole\":%" PRId64 ",\"traces\":%" PRId64
           ",\"broken\":%" PRId64 "}\n",
           dirs == CUT_DIRS_STRICT ? "strict" : "ordered", n, test.cuts, test.gone,
           test.whole, test.traces, test.broken);
    return test.traces || test.broken || !test.gone || !test.whole ? 1 : 0;
}
