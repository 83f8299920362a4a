/* Taking the last bytes of a person out of the files. The database file is read through
 * SQLite's own handle: opening and closing it a second time would drop the lock. */
#define _GNU_SOURCE /* memmem */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "store/backup.h"
#include "store/erase_private.h"

#define LOG_MODULE "erase"
#include "base/log.h"

#define PATH_BYTES 4096
#define CHUNK 65536
#define ASIDE "kiosk.db.bad-"
#define SCRATCH "kiosk.db.copy"

/* A window over a file that keeps the end of the chunk before. */
struct window {
    unsigned char bytes[EVENT_TOKEN_BYTES - 1 + CHUNK];
    size_t kept;
};

static bool window_has(struct window *w, size_t n_new, erase_token *tokens, size_t n)
{
    size_t size = w->kept + n_new;
    size_t keep = size < EVENT_TOKEN_BYTES - 1 ? size : EVENT_TOKEN_BYTES - 1;
    bool found = false;

    for (size_t i = 0; !found && i < n; i++)
        found = memmem(w->bytes, size, tokens[i], EVENT_TOKEN_BYTES) != NULL;
    memmove(w->bytes, w->bytes + size - keep, keep);
    w->kept = keep;
    return found;
}

/* --- copies set aside --------------------------------------------------------------- */

static enum err file_has(const char *path, erase_token *tokens, size_t n, bool *out)
{
    struct window w = { .kept = 0 };
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t got = fd < 0 ? -1 : 1;

    *out = false;
    while (got > 0 && !*out) {
        got = read(fd, w.bytes + w.kept, CHUNK);
        if (got > 0)
            *out = window_has(&w, (size_t)got, tokens, n);
    }
    if (fd >= 0)
        close(fd);
    if (got >= 0)
        return ERR_OK;
    LOG_ERR("cannot read %s: %s", path, strerror(errno));
    return ERR_CORRUPT;
}

static enum err sweep_file(const char *dir, const char *name, erase_token *tokens,
                           size_t n)
{
    char path[PATH_BYTES];
    bool found;
    int len = snprintf(path, sizeof(path), "%s/%s", dir, name);
    enum err err;

    if (len < 0 || len >= PATH_BYTES)
        return ERR_REJECTED;
    err = file_has(path, tokens, n, &found);
    if (err || !found)
        return err;
    LOG_WARN("%s is removed: somebody in it was erased", name);
    return unlink(path) ? ERR_CORRUPT : ERR_OK;
}

enum err erase_sweep_aside(const char *dir, erase_token *tokens, size_t n)
{
    DIR *d = opendir(dir);
    struct dirent *e;
    enum err err = ERR_OK;

    while (d && !err && (e = readdir(d)))
        if (!strncmp(e->d_name, ASIDE, strlen(ASIDE)) || !strcmp(e->d_name, SCRATCH))
            err = sweep_file(dir, e->d_name, tokens, n);
    if (d)
        closedir(d);
    return err ? err : file_sync_folder(dir);
}

/* --- the database ------------------------------------------------------------------- */

static enum err empty_wal(struct db *db)
{
    return db_grade(
        db,
        sqlite3_wal_checkpoint_v2(db->sq, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL),
        "checkpoint");
}

static bool database_has(struct db *db, erase_token *tokens, size_t n)
{
    struct window w = { .kept = 0 };
    sqlite3_file *file = NULL;
    sqlite3_int64 size = 0, at = 0;

    if (sqlite3_file_control(db->sq, "main", SQLITE_FCNTL_FILE_POINTER, &file) ||
        !file || !file->pMethods || file->pMethods->xFileSize(file, &size))
        return true; /* not known: write it anew */
    while (at < size) {
        int got = size - at < CHUNK ? (int)(size - at) : CHUNK;

        if (file->pMethods->xRead(file, w.bytes + w.kept, got, at))
            return true;
        if (window_has(&w, (size_t)got, tokens, n))
            return true;
        at += got;
    }
    return false;
}

/* Deleted content is zeroed (secure_delete), but a page that was balanced may keep an old
 * cell in its gap: then the file is written anew. */
static enum err clean_database(struct db *db, erase_token *tokens, size_t n)
{
    enum err err = empty_wal(db);

    if (err || (n && !database_has(db, tokens, n)))
        return err;
    err = db_exec(db, "VACUUM");
    return err ? err : empty_wal(db);
}

enum err erase_sweep(struct db *db, erase_token *tokens, size_t n)
{
    enum err copies, err = db->sq ? clean_database(db, tokens, n) : ERR_CORRUPT;

    copies = backup_rewrite(db);
    if (!err)
        err = copies;
    if (!err)
        err = db_set(db, ERASE_SWEEP, "0");
    if (err)
        LOG_ERR("traces of somebody erased may be left until the next start: %s",
                err_name(err));
    return err;
}
