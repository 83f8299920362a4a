/* A file that only takes up room: given up when the disk is full, so that the last
 * events still fit, and taken back when there is room again. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "store/private.h"

#define LOG_MODULE "db"
#include "base/log.h"

#define BALLAST_BYTES (16 << 20)
#define ROOM_WANTED_MB 64 /* free space that must be there to take it back */
#define PATH_BYTES 4096

static bool ballast_path(const struct db *db, char out[PATH_BYTES])
{
    int n = snprintf(out, PATH_BYTES, "%s/ballast", db->dir);

    return n > 0 && n < PATH_BYTES;
}

int64_t db_free_mb(const struct db *db)
{
    struct statvfs s;

    if (!db || statvfs(db->dir, &s))
        return -1;
    return (int64_t)((uint64_t)s.f_bavail * s.f_frsize >> 20);
}

void ballast_take(struct db *db)
{
    char path[PATH_BYTES];
    int fd, rc;

    if (!ballast_path(db, path))
        return;
    if (file_exists(path)) {
        db->ballast_given_up = false;
        return;
    }
    if (db_free_mb(db) < ROOM_WANTED_MB)
        return;
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        LOG_WARN("cannot make %s: %s", path, strerror(errno));
        return;
    }
    rc = posix_fallocate(fd, 0, BALLAST_BYTES);
    close(fd);
    if (rc) {
        LOG_WARN("cannot fill %s: %s", path, strerror(rc));
        (void)unlink(path);
        return;
    }
    db->ballast_given_up = false;
}

bool ballast_give_up(struct db *db)
{
    char path[PATH_BYTES];

    if (!ballast_path(db, path) || unlink(path))
        return false;
    db->ballast_given_up = true;
    LOG_WARN("the disk is full: gave up %s", path);
    return true;
}
