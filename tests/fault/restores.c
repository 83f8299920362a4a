/* restores --n N --seed S [--dirs strict|ordered] [--loud]: power cuts while backups are
 * made, put back by hand, and put back because the database is damaged. When the power
 * stays, the kiosk must open, and hold either everything (the old file) or exactly what
 * the newest acknowledged backup held (the new one): never less, never a mixture, never
 * nothing. Prints one JSON line; exit 0 when all is well. */
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
#include "store/private.h"

#define OPS_MAX 80
#define CUTS_PER_ROUND 3

static struct {
    struct db_config config;
    int64_t cuts;
    int64_t restored; /* rounds that ended with the backup */
    int64_t kept;     /* with the old file */
    int64_t wrong;    /* with anything else */
    int64_t broken;   /* not opened, or not whole */
} test = { .config = { .dir = CUT_ROOT, .vfs = CUT_VFS_NAME } };

static struct db *open_db(void)
{
    struct db *db = NULL;

    return db_open(&test.config, &db) ? NULL : db;
}

static int64_t append(struct db *db, int64_t n)
{
    const struct event ev = { .kind = EVENT_START, .unit = "m09-b03" };
    struct event_id id;
    int64_t done = 0;

    while (done < n && journal_append(db, &ev, 1, &id) == ERR_OK)
        done++;
    return done;
}

static int64_t count_events(struct db *db)
{
    int64_t n = -1;

    if (db_int(db, db_stmt(db, "SELECT count(*) FROM event"), 0, &n))
        return -1;
    return n;
}

static bool is_whole(struct db *db)
{
    struct buf report;
    bool whole;

    buf_init(&report, 1 << 16);
    whole = journal_rebuild(db, 0, &report) == ERR_OK;
    if (!whole)
        (void)fprintf(stderr, "restores: %s\n", buf_text(&report));
    buf_finish(&report);
    return whole;
}

/* Both what lasts and what is read go bad, past the header. */
static void damage(void)
{
    static const char junk[4096] = "\xa5";
    struct inode *f = disk_find(CUT_ROOT "/kiosk.db");
    int64_t page = 1 + cut_random_below(6);

    if (!f)
        return;
    (void)disk_write(f, junk, sizeof(junk), page * 4096);
    (void)disk_sync(f);
}

struct round {
    int64_t n_backup; /* events in the newest acknowledged backup */
    int64_t n_all;
    bool damaged;
    bool told_restored;
};

/* A database with a backup and more after it. */
static bool prepare(struct round *r, char *path, size_t n_path)
{
    struct db *db = open_db();
    bool ok = db != NULL;

    r->n_backup = ok ? append(db, 1 + cut_random_below(10)) : 0;
    ok = ok && backup_make(db, path, n_path) == ERR_OK;
    r->n_all = ok ? r->n_backup + append(db, 1 + cut_random_below(10)) : 0;
    if (ok && cut_random_below(2)) { /* the WAL stays, as after a cut */
        cut_disk.is_off = true;
        db_close(db);
        cut_disk_power_on();
        return true;
    }
    db_close(db);
    return ok;
}

/* What the power is cut in; up to three times in a row. */
static void suffer(struct round *r, const char *path, bool by_hand)
{
    struct db *db;

    cut_disk.cut_after = 1 + cut_random_below(OPS_MAX);
    if (by_hand && backup_restore(&test.config, path) == ERR_OK)
        r->told_restored = true;
    db = cut_disk.is_off ? NULL : open_db();
    if (db && !r->damaged && !r->told_restored && backup_make(db, NULL, 0) == ERR_OK)
        r->n_backup = r->n_all;
    db_close(db);
    if (cut_disk.is_off)
        test.cuts++;
    cut_disk_power_on();
}

static void judge(const struct round *r)
{
    struct db *db = open_db();
    int64_t n = db ? count_events(db) : -1;

    if (!db || !is_whole(db))
        test.broken++;
    else if (n == r->n_all && !r->told_restored)
        test.kept++;
    else if (n == r->n_backup)
        test.restored++;
    else
        test.wrong++;
    db_close(db);
}

static void play(uint32_t seed, enum cut_dirs dirs)
{
    char path[CUT_NAME_BYTES];
    struct round r = { 0 };
    bool by_hand;

    cut_disk_format(seed);
    cut_disk.dirs = dirs;
    if (!prepare(&r, path, sizeof(path))) {
        test.broken++;
        return;
    }
    by_hand = cut_random_below(2);
    r.damaged = !by_hand && cut_random_below(2);
    if (r.damaged)
        damage();
    for (uint32_t i = 0; i <= cut_random_below(CUTS_PER_ROUND); i++)
        suffer(&r, path, by_hand);
    judge(&r);
}

int main(int argc, char **argv)
{
    enum cut_dirs dirs = CUT_DIRS_STRICT;
    int64_t n = 500;
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
           ",\"restored\":%" PRId64 ",\"kept\":%" PRId64 ",\"wrong\":%" PRId64
           ",\"broken\":%" PRId64 "}\n",
           dirs == CUT_DIRS_STRICT ? "strict" : "ordered", n, test.cuts, test.restored,
           test.kept, test.wrong, test.broken);
    return test.wrong || test.broken || !test.restored || !test.kept ? 1 : 0;
}
