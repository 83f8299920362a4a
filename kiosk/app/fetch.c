/* See fetch.h. */
#include "app/fetch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"

#define LOG_MODULE "fetch"
#include "base/log.h"

#define PATH_BYTES 4096
#define CHUNK 65536

static void part_path(const struct fetch_wish *w, char out[PATH_BYTES])
{
    if (snprintf(out, PATH_BYTES, "%s.part", w->path) >= PATH_BYTES)
        out[0] = 0; /* opens nothing */
}

static int64_t part_size(const struct fetch_wish *w)
{
    char path[PATH_BYTES];
    struct stat st;

    part_path(w, path);
    return !lstat(path, &st) && S_ISREG(st.st_mode) ? st.st_size : 0;
}

static enum err trouble(const char *what, const char *path)
{
    int e = errno;

    LOG_ERR("cannot %s %s: %s", what, path, strerror(e));
    return e == ENOSPC || e == EDQUOT || e == EFBIG ? ERR_FULL : ERR_CORRUPT;
}

void fetch_reset(struct fetch *f)
{
    if (f->verifying)
        close(f->fd);
    *f = (struct fetch){ .offset = 0 };
}

bool fetch_is_full(const struct fetch_wish *w)
{
    return part_size(w) == w->size;
}

void fetch_ask(struct fetch *f, const struct fetch_wish *w, size_t piece,
               struct fetch_file *out)
{
    int64_t there = part_size(w);

    f->offset = there < w->size ? there : 0;
    out->offset = (size_t)f->offset;
    out->in_pieces = piece > 0;
    out->max = (size_t)(piece ? w->size - f->offset : w->size);
    if (piece && out->max > piece)
        out->max = piece;
    f->asked = piece ? out->max : 0;
    snprintf(out->etag, sizeof(out->etag), "\"%s\"", w->sha256);
}

/* --- what came ------------------------------------------------------------------------------ */

static enum err write_at(int fd, const char *path, int64_t at, const char *bytes,
                         size_t n)
{
    if (ftruncate(fd, (off_t)at))
        return trouble("cut", path);
    while (n) {
        ssize_t done = pwrite(fd, bytes, n, (off_t)at);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return trouble("write", path);
        bytes += done;
        at += done;
        n -= (size_t)done;
    }
    return fsync(fd) ? trouble("sync", path) : ERR_OK;
}

enum err fetch_came(struct fetch *f, const struct fetch_wish *w, const void *bytes,
                    size_t n, bool continues, bool whole)
{
    int64_t at = continues ? f->offset : 0, end = at + (int64_t)n;
    char path[PATH_BYTES];
    enum err err = ERR_OK;
    int fd;

    if (end > w->size || (whole && (!n || (continues && f->asked && n != f->asked))))
        return ERR_REJECTED;
    if (!n)
        return ERR_RETRY;
    part_path(w, path);
    fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return trouble("create", path);
    if (at == 0)
        f->own = true;
    err = write_at(fd, path, at, bytes, n);
    if (close(fd) && !err)
        err = trouble("close", path);
    if (err)
        return err;
    return end < w->size ? ERR_RETRY : ERR_OK;
}

/* --- whether it is the right one ---------------------------------------------------------------- */

static enum err begin_verify(struct fetch *f, const char *path)
{
    f->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (f->fd < 0)
        return trouble("open", path);
    f->verifying = true;
    hash_sha256_begin(&f->sum);
    return ERR_OK;
}

/* ERR_OK at the end of the file. */
static enum err read_on(struct fetch *f, const char *path, int budget_ms)
{
    int64_t start_ms = clock_mono_ms(&clock_real);
    char chunk[CHUNK];

    for (;;) {
        ssize_t n = read(f->fd, chunk, sizeof(chunk));

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return trouble("read", path);
        if (!n)
            return ERR_OK;
        hash_sha256_more(&f->sum, chunk, (size_t)n);
        if (clock_mono_ms(&clock_real) - start_ms >= budget_ms)
            return ERR_RETRY;
    }
}

enum err fetch_verify(struct fetch *f, const struct fetch_wish *w, int budget_ms)
{
    char path[PATH_BYTES], sha256[HASH_SHA256_HEX];
    bool own = f->own;
    enum err err = ERR_OK;

    part_path(w, path);
    if (!f->verifying)
        err = begin_verify(f, path);
    if (!err)
        err = read_on(f, path, budget_ms);
    if (err == ERR_RETRY)
        return err;
    if (!err)
        hash_sha256_end(&f->sum, sha256);
    fetch_reset(f);
    if (err)
        return err;
    if (strcmp(sha256, w->sha256) != 0) {
        unlink(path);
        return own ? ERR_REJECTED : ERR_RETRY;
    }
    return rename(path, w->path) ? trouble("rename", path) : ERR_OK;
}
