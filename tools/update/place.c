/* See place.h. */
#include "place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"
#include "base/file.h"
#include "base/file_copy.h"

#define LOG_MODULE "update"
#include "base/log.h"

void place_path(const struct place *p, char out[PLACE_PATH_BYTES], const char *format,
                ...)
{
    int n = snprintf(out, PLACE_PATH_BYTES, "%s", p->root);
    va_list args;

    ASSERT(n >= 0 && n < PLACE_PATH_BYTES);
    va_start(args, format);
    n += vsnprintf(out + n, (size_t)(PLACE_PATH_BYTES - n), format, args);
    va_end(args);
    ASSERT(n < PLACE_PATH_BYTES);
}

static enum err trouble(const char *what, const char *path)
{
    int e = errno;

    LOG_ERR("cannot %s %s: %s", what, path, strerror(e));
    return e == ENOSPC || e == EDQUOT ? ERR_FULL : ERR_CORRUPT;
}

enum err place_remove(const char *folder)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    enum err err = ERR_OK;

    if (!dir)
        return errno == ENOENT ? ERR_OK : trouble("open", folder);
    while (!err && (entry = readdir(dir)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            unlinkat(dirfd(dir), entry->d_name, 0))
            err = trouble("remove from", folder);
    closedir(dir);
    if (!err && rmdir(folder))
        err = trouble("remove", folder);
    return err;
}

enum err place_empty(const char *folder)
{
    enum err err = place_remove(folder);

    return err ? err : file_make_folder(folder);
}

/* --- copying -------------------------------------------------------------------------- */

/* The folder may be the kiosk's user's, who could put a link in the place of what we just
 * wrote: only our own plain file is handed over. */
static bool hand_over(const char *path, const struct stat *like)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat st;
    bool done;

    if (fd < 0)
        return false;
    done = !fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
           st.st_nlink == 1 && !fchown(fd, like->st_uid, like->st_gid) &&
           !fchmod(fd, like->st_mode & 0777);
    close(fd);
    return done;
}

enum err place_copy_file(const char *from, const char *to)
{
    int fd = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    char temp[PLACE_PATH_BYTES], sha256[HASH_SHA256_HEX];
    struct stat st;
    int64_t size;
    enum err err;

    if (fd < 0)
        return errno == ENOENT ? ERR_OFFLINE : ERR_CORRUPT;
    if (fstat(fd, &st) || !S_ISREG(st.st_mode)) {
        close(fd);
        return ERR_CORRUPT;
    }
    if ((size_t)snprintf(temp, sizeof(temp), "%s.copy", to) >= sizeof(temp)) {
        close(fd);
        return ERR_CORRUPT;
    }
    unlink(temp); /* whoever made it: a new file is ours */
    err = file_pour(fd, temp, INT64_MAX, sha256, &size);
    if (!err && (!hand_over(temp, &st) || rename(temp, to)))
        err = ERR_CORRUPT;
    close(fd);
    if (err)
        unlink(temp);
    return err;
}
