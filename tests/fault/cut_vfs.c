/* SQLite's side of the disk in memory. Syncs folders when SQLite's own unix VFS does:
 * at the first sync of a new journal or WAL, and after deleting one when asked to. */
#include "cut_vfs.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct cut_file {
    sqlite3_file base;
    struct inode *inode;
    bool syncs_folder;
    char path[CUT_NAME_BYTES];
};

static int result(enum disk_result r, int off)
{
    return r == DISK_OK ? SQLITE_OK : r == DISK_FULL ? SQLITE_FULL : off;
}

static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? (size_t)(slash - path) : 0;
}

static int file_close(sqlite3_file *file)
{
    (void)file;
    return SQLITE_OK;
}

static int file_read_at(sqlite3_file *file, void *out, int n, sqlite3_int64 offset)
{
    int64_t there;

    if (cut_disk.is_off)
        return SQLITE_IOERR_READ;
    there = disk_read(((struct cut_file *)file)->inode, out, n, offset);
    if (there == n)
        return SQLITE_OK;
    memset((char *)out + there, 0, (size_t)(n - there));
    return SQLITE_IOERR_SHORT_READ;
}

static int file_write_at(sqlite3_file *file, const void *bytes, int n,
                         sqlite3_int64 offset)
{
    return result(disk_write(((struct cut_file *)file)->inode, bytes, n, offset),
                  SQLITE_IOERR_WRITE);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return result(disk_truncate(((struct cut_file *)file)->inode, size),
                  SQLITE_IOERR_TRUNCATE);
}

static int file_sync_now(sqlite3_file *file, int flags)
{
    struct cut_file *f = (struct cut_file *)file;
    enum disk_result r = disk_sync(f->inode);

    (void)flags;
    if (r == DISK_OK && f->syncs_folder) {
        r = disk_sync_folder(f->path, folder_length(f->path));
        f->syncs_folder = false;
    }
    return result(r, SQLITE_IOERR_FSYNC);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *out)
{
    *out = disk_size(((struct cut_file *)file)->inode);
    return cut_disk.is_off ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

static int file_lock(sqlite3_file *file, int level)
{
    (void)file;
    (void)level;
    return SQLITE_OK;
}

static int file_is_locked(sqlite3_file *file, int *out)
{
    (void)file;
    *out = 0;
    return SQLITE_OK;
}

static int file_control(sqlite3_file *file, int op, void *arg)
{
    (void)file;
    (void)op;
    (void)arg;
    return SQLITE_NOTFOUND;
}

static int file_sector_size(sqlite3_file *file)
{
    (void)file;
    return 4096; /* what SQLite's unix VFS says */
}

static int file_device(sqlite3_file *file)
{
    (void)file;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE; /* likewise */
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = file_close,
    .xRead = file_read_at,
    .xWrite = file_write_at,
    .xTruncate = file_truncate,
    .xSync = file_sync_now,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_lock,
    .xCheckReservedLock = file_is_locked,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_device,
};

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
                    int *flags_out)
{
    struct cut_file *f = (struct cut_file *)file;

    (void)vfs;
    memset(f, 0, sizeof(*f));
    if (cut_disk.is_off || !path || strlen(path) >= CUT_NAME_BYTES)
        return SQLITE_CANTOPEN;
    f->inode = disk_find(path);
    if (!f->inode && (flags & SQLITE_OPEN_CREATE))
        f->inode = disk_create(path);
    if (!f->inode)
        return SQLITE_CANTOPEN;
    f->syncs_folder = (flags & SQLITE_OPEN_CREATE) &&
                      (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL));
    memcpy(f->path, path, strlen(path) + 1);
    f->base.pMethods = &methods;
    if (flags_out)
        *flags_out = flags;
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
    enum disk_result r = DISK_OK;

    (void)vfs;
    if (!disk_find(path))
        return SQLITE_IOERR_DELETE_NOENT;
    if (!disk_set_name(path, NULL, NULL))
        return SQLITE_IOERR_DELETE;
    if (sync_folder)
        r = disk_sync_folder(path, folder_length(path));
    return result(r, SQLITE_IOERR_DIR_FSYNC);
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
    struct inode *f = disk_find(path);

    (void)vfs;
    *out = f && (flags != SQLITE_ACCESS_EXISTS || disk_size(f) > 0);
    return cut_disk.is_off ? SQLITE_IOERR_ACCESS : SQLITE_OK;
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *path, int n, char *out)
{
    (void)vfs;
    if ((int)strlen(path) >= n)
        return SQLITE_CANTOPEN;
    memcpy(out, path, strlen(path) + 1);
    return SQLITE_OK;
}

static sqlite3_vfs *real;

static int vfs_randomness(sqlite3_vfs *vfs, int n, char *out)
{
    (void)vfs;
    for (int i = 0; i < n; i++)
        out[i] = (char)cut_random_below(256); /* WAL salts repeat with the seed */
    return n;
}

static int vfs_sleep(sqlite3_vfs *vfs, int us)
{
    (void)vfs;
    return us;
}

static int vfs_time(sqlite3_vfs *vfs, double *out)
{
    (void)vfs;
    return real->xCurrentTime(real, out);
}

static int vfs_last_error(sqlite3_vfs *vfs, int n, char *out)
{
    (void)vfs;
    (void)n;
    (void)out;
    return 0;
}

void cut_vfs_register(void)
{
    static sqlite3_vfs vfs = {
        .iVersion = 1,
        .szOsFile = sizeof(struct cut_file),
        .mxPathname = CUT_NAME_BYTES - 1,
        .zName = CUT_VFS_NAME,
        .xOpen = vfs_open,
        .xDelete = vfs_delete,
        .xAccess = vfs_access,
        .xFullPathname = vfs_full_path,
        .xRandomness = vfs_randomness,
        .xSleep = vfs_sleep,
        .xCurrentTime = vfs_time,
        .xGetLastError = vfs_last_error,
    };

    real = sqlite3_vfs_find(NULL);
    if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK)
        abort();
}
