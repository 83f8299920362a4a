/* Whole files. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

#define LOG_MODULE "file"
#include "base/log.h"

#define READ_CHUNK 65536
#define PATH_BYTES 4096

static enum err read_with(const char *path, struct buf *out, int flags)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
    char chunk[READ_CHUNK];
    struct stat st;
    ssize_t n;
    enum err err = ERR_OK;

    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR ? ERR_OFFLINE : ERR_REJECTED;
    if (fstat(fd, &st) || !S_ISREG(st.st_mode) || (size_t)st.st_size > out->max) {
        close(fd);
        return ERR_REJECTED;
    }
    buf_reserve(out, (size_t)st.st_size);
    while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            LOG_ERR("cannot read %s: %s", path, strerror(errno));
            err = ERR_CORRUPT;
            break;
        }
        buf_add(out, chunk, (size_t)n);
    }
    close(fd);
    if (!err && out->overflow)
        err = ERR_REJECTED;
    return err;
}

enum err file_read(const char *path, struct buf *out)
{
    return read_with(path, out, 0);
}

enum err file_read_nofollow(const char *path, struct buf *out)
{
    return read_with(path, out,
                     O_NOFOLLOW | O_NONBLOCK); /* a pipe does not hold us up */
}

static enum err from_errno(const char *what, const char *path)
{
    int e = errno;

    LOG_ERR("cannot %s %s: %s", what, path, strerror(e));
    return e == ENOSPC || e == EDQUOT ? ERR_FULL : ERR_CORRUPT;
}

static enum err parent_of(const char *path, char out[PATH_BYTES])
{
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) : 0;

    if (n >= PATH_BYTES)
        return ERR_REJECTED;
    memcpy(out, path, n);
    if (n == 0)
        out[n++] = slash ? '/' : '.';
    out[n] = 0;
    return ERR_OK;
}

enum err file_sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum err err = ERR_OK;

    if (fd < 0)
        return from_errno("open folder", path);
    if (fsync(fd))
        err = from_errno("sync folder", path);
    close(fd);
    return err;
}

static enum err write_all(int fd, const char *path, const void *bytes, size_t n)
{
    const char *p = bytes;

    while (n) {
        ssize_t done = write(fd, p, n);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return from_errno("write", path);
        p += done;
        n -= (size_t)done;
    }
    return fsync(fd) ? from_errno("sync", path) : ERR_OK;
}

enum err file_replace(const char *path, const void *bytes, size_t n, unsigned mode)
{
    char folder[PATH_BYTES];
    char temp[PATH_BYTES];
    enum err err = parent_of(path, folder);
    int fd;

    if (err || (size_t)snprintf(temp, sizeof(temp), "%s.new", path) >= sizeof(temp))
        return ERR_REJECTED;
    /* On a stick a pipe of that name would make open(2) wait for ever. */
    fd = open(temp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK,
              (mode_t)mode);
    if (fd < 0)
        return from_errno("create", temp);
    err = write_all(fd, temp, bytes, n);
    if (close(fd) && !err)
        err = from_errno("close", temp);
    if (!err && rename(temp, path))
        err = from_errno("rename", temp);
    if (err) {
        unlink(temp);
        return err;
    }
    return file_sync_folder(folder);
}

enum err file_make_folder(const char *path)
{
    char part[PATH_BYTES];
    size_t n = strlen(path);

    if (n == 0 || n >= sizeof(part))
        return ERR_REJECTED;
    for (size_t i = 1; i <= n; i++) {
        if (path[i] != '/' && path[i])
            continue;
        memcpy(part, path, i);
        part[i] = 0;
        if (mkdir(part, 0700) && errno != EEXIST)
            return from_errno("make folder", part);
    }
    return ERR_OK;
}

bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static void fit_times(const char *path)
{
    struct stat st;

    if (stat(path, &st) ||
        (st.st_mtim.tv_sec <= INT32_MAX && st.st_atim.tv_sec <= INT32_MAX &&
         st.st_ctim.tv_sec <= INT32_MAX))
        return;
    LOG_WARN("%s: was touched while the clock was wrong", path);
    if (utimensat(AT_FDCWD, path, NULL, 0))
        LOG_WARN("%s: its times cannot be set: %s", path, strerror(errno));
}

void file_fit_times(const char *path)
{
    char wal[PATH_BYTES];

    fit_times(path);
    if (snprintf(wal, sizeof(wal), "%s-wal", path) < (int)sizeof(wal))
        fit_times(wal);
}
