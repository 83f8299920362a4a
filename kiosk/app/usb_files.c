/* openat(2) all the way. */
#include "app/usb_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"

#define LOG_MODULE "usb"
#include "base/log.h"

#define CHUNK 65536
#define STEP (1U << 20)
#define TEMP_BYTES 256

static void nobody_asks(void)
{
}
static void (*on_step)(void) = nobody_asks;

static const struct verdict_row {
    const char *name;
    enum err err;
} verdicts[USB_VERDICT_COUNT] = {
    [USB_DONE] = { "done", ERR_OK },
    [USB_NONE] = { "not there", ERR_OFFLINE },
    [USB_GONE] = { "gone or broken", ERR_CORRUPT },
    [USB_FULL] = { "full", ERR_FULL },
    [USB_READ_ONLY] = { "read-only", ERR_REJECTED },
    [USB_STRANGE] = { "no plain file or folder", ERR_REJECTED },
    [USB_LARGE] = { "too large", ERR_REJECTED },
    [USB_DIFFERS] = { "read back differently", ERR_CORRUPT },
};

void usb_files_on_step(void (*step)(void))
{
    on_step = step ? step : nobody_asks;
}

enum err usb_err(enum usb_verdict verdict)
{
    return verdicts[verdict].err;
}

const char *usb_verdict_name(enum usb_verdict verdict)
{
    return verdicts[verdict].name;
}

static enum usb_verdict from_errno(const char *what)
{
    int e = errno;

    /* The name of the file may be a stranger's: it is not logged. */
    LOG_WARN("cannot %s: %s", what, strerror(e));
    switch (e) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return USB_FULL;
    case EROFS:
    case EACCES:
    case EPERM:
        return USB_READ_ONLY;
    case ELOOP:
    case ENOTDIR:
    case EISDIR:
    case EEXIST:
    case ENOTEMPTY:
        return USB_STRANGE;
    default: /* EIO, ENODEV, ENXIO, and ENOENT where a moment ago was a folder */
        return USB_GONE;
    }
}

/* --- folders -------------------------------------------------------------------------- */

enum usb_verdict usb_folder_open(const char *path, int *fd_out)
{
    *fd_out = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (*fd_out >= 0)
        return USB_DONE;
    return errno == ENOENT ? USB_NONE : from_errno("open the stick");
}

enum usb_verdict usb_folder_enter(int at, const char *name, bool make, int *fd_out)
{
    const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

    *fd_out = openat(at, name, flags);
    if (*fd_out < 0 && errno == ENOENT) {
        if (!make)
            return USB_NONE;
        /* Other users read the stick too. */
        if (mkdirat(at, name, 0755) && errno != EEXIST)
            return from_errno("make a folder");
        if (fsync(at))
            return from_errno("sync the folder above");
        *fd_out = openat(at, name, flags);
    }
    return *fd_out >= 0 ? USB_DONE : from_errno("open a folder");
}

/* --- reading -------------------------------------------------------------------------- */

enum usb_verdict usb_file_read(int at, const char *name, struct buf *out)
{
    /* A pipe would make open(2) wait for ever. */
    int fd = openat(at, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    enum usb_verdict verdict = USB_DONE;
    char chunk[CHUNK];
    struct stat st;
    ssize_t n;

    if (fd < 0 && errno == ENOENT)
        return USB_NONE;
    if (fd < 0)
        return errno == ENXIO ? USB_STRANGE : from_errno("open a file");
    if (fstat(fd, &st))
        verdict = from_errno("look at a file");
    else if (!S_ISREG(st.st_mode))
        verdict = USB_STRANGE;
    else if ((size_t)st.st_size > out->max)
        verdict = USB_LARGE;
    while (!verdict && (n = read(fd, chunk, sizeof(chunk))) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            verdict = from_errno("read a file");
        else
            buf_add(out, chunk, (size_t)n);
        if (!verdict && out->overflow)
            verdict = USB_LARGE;
    }
    close(fd);
    hash_wipe(chunk, sizeof(chunk));
    return verdict;
}

/* --- writing -------------------------------------------------------------------------- */

static bool name_is_plain(const char *name)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789._-";

    return name[0] != '.' && name[0] && strlen(name) < 128 &&
           strspn(name, allowed) == strlen(name);
}

/* In steps, so that a large file on a slow stick is no program that hangs. */
static enum usb_verdict write_all(int fd, const char *p, size_t n)
{
    size_t step = STEP;

    while (n) {
        ssize_t done = write(fd, p, n < step ? n : step);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return from_errno("write");
        p += done;
        n -= (size_t)done;
        step -= (size_t)done;
        if (step)
            continue;
        if (fdatasync(fd))
            return from_errno("sync a part of a file");
        on_step();
        step = STEP;
    }
    return fsync(fd) ? from_errno("sync a file") : USB_DONE;
}

/* From the stick itself, not from memory: the pages are given back first. */
static enum usb_verdict same_bytes(int at, const char *name, const char *p, size_t n)
{
    int fd = openat(at, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    enum usb_verdict verdict = USB_DONE;
    char chunk[CHUNK];
    size_t seen = 0;
    ssize_t got;

    if (fd < 0)
        return from_errno("open what was written");
    (void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    while (!verdict && (got = read(fd, chunk, sizeof(chunk))) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            verdict = from_errno("read back");
        else if ((size_t)got > n - seen || memcmp(p + seen, chunk, (size_t)got))
            verdict = USB_DIFFERS;
        else
            seen += (size_t)got;
        if (seen % STEP == 0)
            on_step();
    }
    close(fd);
    hash_wipe(chunk, sizeof(chunk));
    return verdict || seen == n ? verdict : USB_DIFFERS;
}

/* On FAT the new name of a file says neither where it lies nor how long it is before the file
 * itself is synced once more: a stick that is pulled then has an empty file of that name. */
static enum usb_verdict settle(int at, const char *name)
{
    int fd = openat(at, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    enum usb_verdict verdict = USB_DONE;

    if (fd < 0)
        return from_errno("open what was renamed");
    if (fsync(fd))
        verdict = from_errno("sync a renamed file");
    close(fd);
    if (!verdict && fsync(at))
        verdict = from_errno("sync a folder");
    return verdict;
}

enum usb_verdict usb_file_write(int at, const char *name, const void *bytes, size_t n)
{
    enum usb_verdict verdict;
    char temp[TEMP_BYTES];
    struct stat st;
    int fd;

    ASSERT(name_is_plain(name));
    if (!fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) && !S_ISREG(st.st_mode))
        return USB_STRANGE;
    (void)snprintf(temp, sizeof(temp), "%s.new", name);
    if (unlinkat(at, temp, 0) && errno != ENOENT)
        return from_errno("remove an old temporary file");
    fd = openat(at, temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (fd < 0)
        return from_errno("create a file");
    verdict = write_all(fd, bytes, n);
    if (close(fd) && !verdict)
        verdict = from_errno("close a file");
    if (!verdict)
        verdict = same_bytes(at, temp, bytes, n);
    if (!verdict && renameat(at, temp, at, name))
        verdict = from_errno("rename a file");
    if (verdict)
        (void)unlinkat(at, temp, 0);
    else
        verdict = settle(at, name);
    return verdict;
}

/* --- listing -------------------------------------------------------------------------- */

static bool ends_in(const char *name, const char *const *suffixes)
{
    size_t n = strlen(name);

    for (; *suffixes; suffixes++) {
        size_t m = strlen(*suffixes);

        if (n > m && !strcmp(name + n - m, *suffixes))
            return true;
    }
    return false;
}

static int by_name(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;

    return strcmp(*x, *y);
}

enum usb_verdict usb_file_list(int at, const char *const *suffixes, struct arena *arena,
                               const char ***names_out, size_t *n_out, bool *more_out)
{
    int fd = openat(at, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    struct dirent *entry;
    int looked = 0;

    *n_out = 0;
    *more_out = false;
    *names_out = arena_alloc(arena, USB_FILES_MAX * sizeof(**names_out));
    if (!dir) {
        if (fd >= 0)
            close(fd);
        return from_errno("list a folder");
    }
    while ((entry = readdir(dir)) != NULL) {
        struct stat st;

        if (looked++ == USB_LOOKED_MAX || *n_out == USB_FILES_MAX) {
            *more_out = true;
            break;
        }
        if (entry->d_name[0] != '.' && ends_in(entry->d_name, suffixes) &&
            !fstatat(at, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) &&
            S_ISREG(st.st_mode))
            (*names_out)[(*n_out)++] = arena_strdup(arena, entry->d_name);
    }
    closedir(dir);
    qsort(*names_out, *n_out, sizeof(**names_out), by_name);
    return USB_DONE;
}
