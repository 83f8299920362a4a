/* The folders of <data>/update, from open descriptors: no link in them is followed. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/updates_state.h"
#include "base/file.h"

#define LOG_MODULE "updates"
#include "base/log.h"

static int open_folder(const struct updates *u, const char *name)
{
    char path[UPDATES_PATH_BYTES];

    updates_path(u, path, "%s", name);
    return open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

void updates_prune(const struct updates *u, const char *folder,
                   bool (*keep)(const struct updates *, const char *name))
{
    int fd = open_folder(u, folder);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    struct dirent *e;

    if (fd >= 0 && !dir)
        close(fd);
    while (dir && (e = readdir(dir)))
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 &&
            (!keep || !keep(u, e->d_name)))
            unlinkat(fd, e->d_name, 0);
    if (dir)
        closedir(dir);
}

void updates_remove_folder(const struct updates *u, const char *name)
{
    char path[UPDATES_PATH_BYTES];

    updates_prune(u, name, NULL);
    updates_path(u, path, "%s", name);
    if (rmdir(path) && errno != ENOENT)
        LOG_WARN("%s: cannot be removed: %s", path, strerror(errno));
}

enum err updates_put_in_place(struct updates *u)
{
    char from[UPDATES_PATH_BYTES], to[UPDATES_PATH_BYTES];
    enum err err;

    updates_path(u, from, "new");
    updates_path(u, to, "incoming");
    err = file_sync_folder(from);
    if (!err)
        err = updates_forget_incoming(u);
    if (!err && file_exists(to))
        err = file_sync_folder(to);
    if (err)
        return err;
    updates_remove_folder(u, "incoming");
    if (rename(from, to))
        return ERR_CORRUPT;
    return file_sync_folder(u->dir);
}
