/* Verified copies: made from the open database, put back in the place of a lost one.
 * File names and renames are POSIX; SQLite opens what it reads through the VFS of the
 * configuration. */
#include "store/backup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "store/erase.h"
#include "store/erased.h"
#include "store/private.h"
#include "store/replace.h"

#define LOG_MODULE "backup"
#include "base/log.h"

#define BACKUPS_KEPT 3
#define FRESH_MS 86400000 /* a day */
#define PATH_BYTES 4096

static bool join(char out[PATH_BYTES], const char *dir, const char *name)
{
    int n = snprintf(out, PATH_BYTES, "%s/%s", dir, name);

    return n > 0 && n < PATH_BYTES;
}

/* The numbers of kiosk-<n>.db in `dir`, ascending; returns how many (at most `max`). */
static int compare_numbers(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static size_t list_backups(const char *dir, int64_t *out, size_t max)
{
    DIR *d = opendir(dir);
    struct dirent *e;
    size_t n = 0;

    while (d && n < max && (e = readdir(d))) {
        int end = 0;

        if (sscanf(e->d_name, "kiosk-%" SCNd64 ".db%n", &out[n], &end) == 1 &&
            end > 0 && !e->d_name[end] && out[n] > 0)
            n++;
    }
    if (d)
        closedir(d);
    qsort(out, n, sizeof(*out), compare_numbers);
    return n;
}

static bool backup_path(char out[PATH_BYTES], const char *dir, int64_t number)
{
    char name[48];

    (void)snprintf(name, sizeof(name), "kiosk-%" PRId64 ".db", number);
    return join(out, dir, name);
}

/* --- making ------------------------------------------------------------------------- */

static enum err sync_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    int rc = fd < 0 ? -1 : fsync(fd);

    if (fd >= 0)
        close(fd);
    if (rc)
        LOG_ERR("cannot sync %s: %s", path, strerror(errno));
    return rc ? ERR_CORRUPT : ERR_OK;
}

static enum err write_copy(struct db *db, const char *path)
{
    sqlite3_stmt *st = db_stmt(db, "VACUUM INTO ?1");
    mode_t mask = umask(077);
    enum err err;

    db_bind_text(st, 1, path);
    err = db_run(db, st, "backup");
    umask(mask);
    return err;
}

/* What an attempt left that a power cut ended. A journal of it would be played back
 * into the next file of this name. */
static void clear_attempt(const char *path)
{
    char journal[PATH_BYTES + 16];

    (void)snprintf(journal, sizeof(journal), "%s-journal", path);
    (void)unlink(path);
    (void)unlink(journal);
}

/* All but the newest `kept`. */
static enum err forget_old(const char *dir, size_t kept)
{
    int64_t numbers[64];
    size_t n = list_backups(dir, numbers, COUNT(numbers));
    char path[PATH_BYTES];
    enum err err = ERR_OK;

    for (size_t i = 0; i + kept < n; i++)
        if (backup_path(path, dir, numbers[i]) && unlink(path)) {
            LOG_WARN("cannot remove %s: %s", path, strerror(errno));
            err = ERR_CORRUPT;
        }
    return err;
}

enum err backup_make(struct db *db, char *path_out, unsigned long n_path)
{
    char dir[PATH_BYTES], fresh[PATH_BYTES], path[PATH_BYTES];
    int64_t numbers[64];
    size_t n;
    enum err err;

    if (!db)
        return ERR_CORRUPT;
    if (!join(dir, db->dir, "backup") || !join(fresh, dir, "new.db"))
        return ERR_REJECTED;
    err = file_make_folder(dir);
    if (err)
        return err;
    n = list_backups(dir, numbers, COUNT(numbers));
    if (!backup_path(path, dir, n ? numbers[n - 1] + 1 : 1))
        return ERR_REJECTED;
    clear_attempt(fresh);
    err = write_copy(db, fresh);
    if (!err)
        err = sync_file(fresh);
    if (!err)
        err = replace_check(fresh, db->vfs);
    if (!err && rename(fresh, path))
        err = ERR_CORRUPT;
    if (!err)
        err = file_sync_folder(dir);
    if (err) {
        LOG_ERR("no backup was made: %s", err_name(err));
        (void)unlink(fresh);
        return err;
    }
    (void)forget_old(dir, BACKUPS_KEPT); /* it logs; the next one tries again */
    if (path_out)
        (void)snprintf(path_out, n_path, "%s", path);
    return ERR_OK;
}

enum err backup_rewrite(struct db *db)
{
    char dir[PATH_BYTES], fresh[PATH_BYTES];
    enum err made, err;

    if (!join(dir, db->dir, "backup") || !join(fresh, dir, "new.db"))
        return ERR_REJECTED;
    made = backup_make(db, NULL, 0);
    err = forget_old(dir, made ? 0 : 1); /* without a new one, too: they must go */
    if (made) {
        clear_attempt(fresh);
        made = backup_make(db, NULL, 0);
    }
    if (!err)
        err = file_sync_folder(dir);
    return err ? err : made;
}

void backup_keep_fresh(struct db *db)
{
    int64_t now = clock_mono_ms(&db->clock), seq = 0;
    char text[24];

    erase_sweep_again(db);
    if (db->backup_mono_ms >= 0 && now - db->backup_mono_ms < FRESH_MS)
        return;
    if (db_int(db, db_stmt(db, "SELECT ifnull(max(seq), 0) FROM event"), 0, &seq))
        return;
    (void)snprintf(text, sizeof(text), "%" PRId64, seq);
    if (!strcmp(db_setting(db, "backup_seq", "0"), text))
        return;
    db->backup_mono_ms = now; /* a full disk is not asked again at every rest */
    if (backup_make(db, NULL, 0))
        return;
    if (db_set(db, "backup_seq", text))
        LOG_WARN("a backup was made, and will be made again");
}

/* --- looking ------------------------------------------------------------------------ */

static void look(const char *path, const char *vfs, struct backup_info *out)
{
    sqlite3_stmt *st = NULL;
    sqlite3 *sq = NULL;
    struct stat file;

    out->events = out->last_day = -1;
    out->bytes = stat(path, &file) ? 0 : (int64_t)file.st_size;
    if (!sqlite3_open_v2(path, &sq, SQLITE_OPEN_READONLY, vfs) &&
        !sqlite3_prepare_v2(
            sq, "SELECT ifnull(max(seq), 0), ifnull(max(day), -1) FROM event", -1, &st,
            NULL) &&
        sqlite3_step(st) == SQLITE_ROW) {
        out->events = sqlite3_column_int64(st, 0);
        out->last_day = sqlite3_column_int64(st, 1);
    }
    sqlite3_finalize(st);
    sqlite3_close(sq);
}

size_t backup_list(struct db *db, struct backup_info out[BACKUPS_SHOWN])
{
    char dir[PATH_BYTES];
    int64_t numbers[64];
    size_t n, shown = 0;

    if (!db || !join(dir, db->dir, "backup"))
        return 0;
    n = list_backups(dir, numbers, COUNT(numbers));
    while (n-- > 0 && shown < BACKUPS_SHOWN)
        if (backup_path(out[shown].path, dir, numbers[n])) {
            out[shown].number = numbers[n];
            look(out[shown].path, db->vfs, &out[shown]);
            shown++;
        }
    return shown;
}

int64_t backup_events_now(struct db *db)
{
    int64_t seq = -1;

    return !db || db_int(db, db_stmt(db, "SELECT ifnull(max(seq), 0) FROM event"), -1,
                         &seq)
               ? -1
               : seq;
}

/* --- putting back ------------------------------------------------------------------- */

/* The list of who was erased that lies beside a backup is obeyed, too. */
static enum err take_list(const struct db_config *config, const char *path)
{
    const char *slash = strrchr(path, '/');
    char from[PATH_BYTES];
    int n = snprintf(from, sizeof(from), "%.*s", slash ? (int)(slash - path) : 1,
                     slash ? path : ".");

    if (n < 0 || n >= PATH_BYTES)
        return ERR_REJECTED;
    return erased_merge(config->dir, n ? from : "/");
}

enum err backup_stage(struct db *db, const char *path, const char *by)
{
    struct db_config config = { 0 };
    enum err err;

    if (!db)
        return ERR_CORRUPT;
    config.dir = db->dir;
    config.vfs = db->vfs;
    err = take_list(&config, path);
    if (!err)
        err = replace_stage(&config, path, by);
    if (err)
        LOG_ERR("%s was not staged: %s", path, err_name(err));
    return err == ERR_OFFLINE ? ERR_CORRUPT : err;
}

static enum err put_back(const struct db_config *config, const char *path,
                         const char *by)
{
    enum err err = take_list(config, path);

    if (!err)
        err = replace_stage(config, path, by);
    if (!err)
        err = replace_finish(config);
    if (err) {
        LOG_ERR("%s was not restored: %s", path, err_name(err));
        return err == ERR_OFFLINE ? ERR_CORRUPT : err;
    }
    LOG_INFO("restored %s", path);
    return ERR_OK;
}

enum err backup_restore(const struct db_config *config, const char *path)
{
    return put_back(config, path, "ctl");
}

enum err backup_restore_newest(const struct db_config *config)
{
    char dir[PATH_BYTES], path[PATH_BYTES];
    int64_t numbers[64];
    bool unreadable = false;
    size_t n;
    enum err err;

    if (!join(dir, config->dir, "backup"))
        return ERR_REJECTED;
    n = list_backups(dir, numbers, COUNT(numbers));
    while (n-- > 0) {
        if (!backup_path(path, dir, numbers[n]))
            continue;
        err = replace_check(path, config->vfs);
        if (!err)
            return put_back(config, path, "machine");
        unreadable = unreadable || err == ERR_OFFLINE;
    }
    return unreadable ? ERR_CORRUPT : ERR_OFFLINE;
}
