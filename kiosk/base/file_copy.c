/* See file_copy.h. */
#include "base/file_copy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define LOG_MODULE "file"
#include "base/log.h"

#define CHUNK 65536
#define PATH_BYTES 4096

static enum err trouble(const char *what, const char *path)
{
    int e = errno;

    LOG_ERR("cannot %s %s: %s", what, path, strerror(e));
    return e == ENOSPC || e == EDQUOT || e == EFBIG ? ERR_FULL : ERR_CORRUPT;
}

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

enum err file_hash(const char *path, char sha256[HASH_SHA256_HEX], int64_t *size_out)
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

enum err file_pour(int from, const char *to, int64_t max, char sha256[HASH_SHA256_HEX],
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
    return err ? err : file_hash(to, sha256, size_out);
}

enum err file_copy_hashed(const char *from, const char *to, int64_t size,
                          const char *sha256)
{
    int fd = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    char temp[PATH_BYTES], hash[HASH_SHA256_HEX];
    struct stat st;
    int64_t n = 0;
    enum err err = ERR_REJECTED;

    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR ? ERR_OFFLINE : ERR_REJECTED;
    if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size == size &&
        (size_t)snprintf(temp, sizeof(temp), "%s.new", to) < sizeof(temp)) {
        err = file_pour(fd, temp, size, hash, &n);
        if (!err && (n != size || strcmp(hash, sha256) != 0))
            err = ERR_REJECTED;
        if (!err && rename(temp, to))
            err = trouble("rename", temp);
        if (err)
            unlink(temp);
    }
    close(fd);
    return err;
}

int64_t file_free_bytes(const char *path)
{
    struct statvfs fs;

    return statvfs(path, &fs) ? 0 : (int64_t)fs.f_bavail * (int64_t)fs.f_frsize;
}
