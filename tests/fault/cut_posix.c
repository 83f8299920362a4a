/* The store's own file calls on the disk of cut_disk.h: with -Wl,--wrap every call that
 * names something under CUT_ROOT comes here, all others go to the system. Only what the
 * store does is there: files, names, folders to sync and to list. */
#include "cut_posix.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"
#include "cut_disk.h"

#define FIRST_FD 100000
#define OPEN_MAX_HERE 16

static struct {
    bool is_open;
    struct inode *inode; /* NULL: a folder */
    char path[CUT_NAME_BYTES];
    int64_t at;
} files[OPEN_MAX_HERE];

struct listing { /* what opendir gives out */
    char folder[CUT_NAME_BYTES];
    size_t at;
    struct dirent entry;
};
static struct listing listing;

static bool is_ours(const char *path)
{
    return !strncmp(path, CUT_ROOT, strlen(CUT_ROOT));
}

static bool is_our_fd(int fd)
{
    return fd >= FIRST_FD && fd < FIRST_FD + OPEN_MAX_HERE;
}

static int fail_with(int e)
{
    errno = e;
    return -1;
}

static int fail_as(enum disk_result r)
{
    return r == DISK_OK ? 0 : fail_with(r == DISK_FULL ? ENOSPC : EIO);
}

/* --- files -------------------------------------------------------------------------- */

static int open_here(const char *path, int flags)
{
    struct inode *f = disk_find(path);
    int i = 0;

    if (cut_disk.is_off)
        return fail_with(EIO);
    if (!f && (flags & O_CREAT))
        f = disk_create(path);
    else if (f && (flags & O_TRUNC) && disk_truncate(f, 0) != DISK_OK)
        return fail_with(EIO);
    if (!f && !(flags & O_DIRECTORY)) /* folders need no making here */
        return fail_with(cut_disk.is_off ? EIO : ENOENT);
    while (i < OPEN_MAX_HERE && files[i].is_open)
        i++;
    ASSERT(i < OPEN_MAX_HERE && strlen(path) < CUT_NAME_BYTES);
    files[i].is_open = true;
    files[i].inode = f;
    files[i].at = 0;
    memcpy(files[i].path, path, strlen(path) + 1);
    return FIRST_FD + i;
}

int __wrap_open64(const char *path, int flags, ...)
{
    va_list args;
    mode_t mode;

    va_start(args, flags);
    mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    return is_ours(path) ? open_here(path, flags) : __real_open64(path, flags, mode);
}

int __wrap_close(int fd)
{
    if (!is_our_fd(fd))
        return __real_close(fd);
    files[fd - FIRST_FD].is_open = false;
    return 0;
}

ssize_t __wrap_read(int fd, void *out, size_t n)
{
    int64_t got;

    if (!is_our_fd(fd))
        return __real_read(fd, out, n);
    if (cut_disk.is_off)
        return fail_with(EIO);
    got =
        disk_read(files[fd - FIRST_FD].inode, out, (int64_t)n, files[fd - FIRST_FD].at);
    files[fd - FIRST_FD].at += got;
    return (ssize_t)got;
}

ssize_t __wrap_write(int fd, const void *bytes, size_t n)
{
    enum disk_result r;

    if (!is_our_fd(fd))
        return __real_write(fd, bytes, n);
    r = disk_write(files[fd - FIRST_FD].inode, bytes, (int64_t)n,
                   files[fd - FIRST_FD].at);
    files[fd - FIRST_FD].at += (int64_t)n;
    return r == DISK_OK ? (ssize_t)n : fail_as(r);
}

int __wrap_fstat64(int fd, struct stat *out)
{
    const struct inode *f;

    if (!is_our_fd(fd))
        return __real_fstat64(fd, out);
    f = files[fd - FIRST_FD].inode;
    memset(out, 0, sizeof(*out));
    out->st_mode = f ? S_IFREG : S_IFDIR;
    out->st_size = f ? disk_size(f) : 0;
    return cut_disk.is_off ? fail_with(EIO) : 0;
}

int __wrap_fsync(int fd)
{
    const char *path;

    if (!is_our_fd(fd))
        return __real_fsync(fd);
    path = files[fd - FIRST_FD].path;
    if (files[fd - FIRST_FD].inode)
        return fail_as(disk_sync(files[fd - FIRST_FD].inode));
    return fail_as(disk_sync_folder(path, strlen(path)));
}

/* --- names -------------------------------------------------------------------------- */

int __wrap_access(const char *path, int mode)
{
    if (!is_ours(path))
        return __real_access(path, mode);
    return disk_find(path) && !cut_disk.is_off ? 0 : fail_with(ENOENT);
}

int __wrap_mkdir(const char *path, mode_t mode)
{
    return is_ours(path) ? fail_with(EEXIST) : __real_mkdir(path, mode);
}

int __wrap_unlink(const char *path)
{
    if (!is_ours(path))
        return __real_unlink(path);
    if (!disk_find(path))
        return fail_with(ENOENT);
    return disk_set_name(path, NULL, NULL) ? 0 : fail_with(EIO);
}

int __wrap_link(const char *from, const char *to)
{
    if (!is_ours(from))
        return __real_link(from, to);
    if (!disk_find(from) || disk_find(to))
        return fail_with(disk_find(to) ? EEXIST : ENOENT);
    return disk_set_name(to, disk_find(from), NULL) ? 0 : fail_with(EIO);
}

int __wrap_rename(const char *from, const char *to)
{
    if (!is_ours(from))
        return __real_rename(from, to);
    if (!disk_find(from))
        return fail_with(ENOENT);
    return disk_set_name(to, disk_find(from), from) ? 0 : fail_with(EIO);
}

/* --- listing ------------------------------------------------------------------------ */

DIR *__wrap_opendir(const char *path)
{
    if (!is_ours(path))
        return __real_opendir(path);
    memset(&listing, 0, sizeof(listing));
    memcpy(listing.folder, path, strlen(path) + 1);
    return (DIR *)(void *)&listing;
}

struct dirent *__wrap_readdir64(DIR *dir)
{
    size_t n = strlen(listing.folder);
    const char *name;

    if ((void *)dir != (void *)&listing)
        return __real_readdir64(dir);
    while ((name = disk_name(listing.at++)))
        if (!strncmp(name, listing.folder, n) && name[n] == '/' &&
            !strchr(name + n + 1, '/') &&
            strlen(name + n + 1) < sizeof(listing.entry.d_name)) {
            memcpy(listing.entry.d_name, name + n + 1, strlen(name + n + 1) + 1);
            return &listing.entry;
        }
    return NULL;
}

int __wrap_closedir(DIR *dir)
{
    return (void *)dir == (void *)&listing ? 0 : __real_closedir(dir);
}
