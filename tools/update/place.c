/* See place.h. */
#include "place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/check.h"
#include "base/file.h"

#define LOG_MODULE "update"
#include "base/log.h"

#define CHUNK 65536

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

int64_t place_free(const char *path)
{
    struct statvfs fs;

    return statvfs(path, &fs) ? 0 : (int64_t)fs.f_bavail * (int64_t)fs.f_frsize;
}

/* --- copying -------------------------------------------------------------------------- */

static enum err pour(int from, int to, const char *path, int64_t max)
{
    char chunk[CHUNK];
    int64_t total = 0;

    for (;;) {
        ssize_t n = read(from, chunk, sizeof(chunk));

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return trouble("read for", path);
        if (!n)
            return ERR_OK;
        total += n;
        if (total > max)
            return ERR_REJECTED;
        for (ssize_t done = 0; done < n;) {
            ssize_t k = write(to, chunk + done, (size_t)(n - done));

            if (k < 0 && errno == EINTR)
                continue;
            if (k < 0)
                return trouble("write", path);
            done += k;
        }
    }
}

enum err place_hash(const char *path, char sha256[HASH_SHA256_HEX], int64_t *size_out)
{
    struct hash_sha256_sum sum;
    unsigned char chunk[CHUNK];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    ssize_t n;

    *size_out = 0;
    if (fd < 0)
        return ERR_OFFLINE;
    hash_sha256_begin(&sum);
    while ((n = read(fd, chunk, sizeof(chunk))) > 0 || (n < 0 && errno == EINTR)) {
        if (n < 0)
            continue;
        hash_sha256_more(&sum, chunk, (size_t)n);
        *size_out += n;
    }
    close(fd);
    hash_sha256_end(&sum, sha256);
    return n ? ERR_CORRUPT : ERR_OK;
}

enum err place_copy(int from, const char *to, int64_t max, char sha256[HASH_SHA256_HEX],
                    int64_t *size_out)
{
    int fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    enum err err;

    if (fd < 0)
        return trouble("create", to);
    err = pour(from, fd, to, max);
    if (!err && fsync(fd))
        err = trouble("sync", to);
    if (close(fd) && !err)
        err = trouble("close", to);
    return err ? err : place_hash(to, sha256, size_out);
}

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
    err = place_copy(fd, temp, INT64_MAX, sha256, &size);
    if (!err && (!hand_over(temp, &st) || rename(temp, to)))
        err = ERR_CORRUPT;
    close(fd);
    if (err)
        unlink(temp);
    return err;
}
