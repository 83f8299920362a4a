/* See backup.h. */
#include "backup.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"

#define LOG_MODULE "backup"
#include "base/log.h"

#define NUMBERS_MAX 1000 /* names that are looked at */

/* The folder of `path`, and where its name begins. */
static const char *folder_of(struct arena *a, const char *path, const char **name_out)
{
    const char *slash = strrchr(path, '/');

    *name_out = slash ? slash + 1 : path;
    if (!slash)
        return ".";
    return slash == path ? "/" : arena_printf(a, "%.*s", (int)(slash - path), path);
}

static enum err mark_as_copy(struct arena *a, const char *path)
{
    struct store *copy = NULL;
    enum err err =
        store_open(arena_printf(a, "sqlite:%s", path), STORE_EXISTING, &copy);

    if (!err)
        err = store_run(copy, Q_IDENTITY_SET, NULL, NULL, PARAM_TEXT("restored"),
                        PARAM_TEXT("yes"));
    store_close(copy);
    return err;
}

enum err backup_write(struct server *s, const char *path)
{
    struct arena a = { 0 };
    const char *part = arena_printf(&a, "%s.part", path);
    const char *name;
    enum err err;

    /* what a power cut left of an earlier one */
    (void)unlink(part);
    (void)unlink(arena_printf(&a, "%s-wal", part));
    err = store_backup(s->store, part);
    if (!err)
        err = mark_as_copy(&a, part);
    if (!err && rename(part, path)) {
        LOG_ERR("%s: %s", path, strerror(errno));
        err = ERR_CORRUPT;
    }
    if (!err)
        err = file_sync_folder(folder_of(&a, path, &name));
    if (err)
        (void)unlink(part);
    arena_finish(&a);
    return err;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

/* The numbers of <name>.backup-<n> in `folder`, ascending. */
static size_t list_numbers(const char *folder, const char *name,
                           int64_t out[NUMBERS_MAX])
{
    DIR *dir = opendir(folder);
    size_t n_name = strlen(name);
    struct dirent *e;
    size_t n = 0;

    while (dir && n < NUMBERS_MAX && (e = readdir(dir))) {
        int end = 0;

        if (!strncmp(e->d_name, name, n_name) &&
            sscanf(e->d_name + n_name, ".backup-%9" SCNd64 "%n", &out[n], &end) == 1 &&
            !e->d_name[n_name + (size_t)end] && out[n] > 0)
            n++;
    }
    if (dir)
        closedir(dir);
    qsort(out, n, sizeof(*out), by_number);
    return n;
}

enum err backup_rotate(struct server *s, struct buf *path_out)
{
    struct arena a = { 0 };
    int64_t numbers[NUMBERS_MAX];
    const char *name;
    const char *path;
    const char *folder = folder_of(&a, s->path, &name);
    size_t n = list_numbers(folder, name, numbers);
    enum err err;

    path = arena_printf(&a, "%s.backup-%" PRId64, s->path, n ? numbers[n - 1] + 1 : 1);
    err = backup_write(s, path);
    for (size_t i = 0; !err && i + BACKUPS_KEPT <= n; i++) {
        const char *old = arena_printf(&a, "%s.backup-%" PRId64, s->path, numbers[i]);

        if (unlink(old))
            LOG_WARN("%s: %s", old, strerror(errno));
    }
    if (!err)
        buf_str(path_out, path);
    arena_finish(&a);
    return err;
}
