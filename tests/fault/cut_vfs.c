/* The disk in memory. A file is the bytes that last and the list of changes since its
 * last sync; what reads see is both. A cut replays the changes onto the lasting bytes
 * with luck. */
#include "cut_vfs.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"

#define SECTOR 512
#define FILES_MAX 16
#define NAME_BYTES 512
#define NAME_CHANGES_MAX 256

struct cut_disk cut_disk;

struct change { /* a write, or with `bytes` NULL a truncation to `offset` */
    int64_t offset;
    int64_t n;
    unsigned char *bytes;
    struct change *next;
};

struct bytes {
    unsigned char *data;
    int64_t size;
};

struct inode {
    struct bytes now;     /* what reads see */
    struct bytes lasting; /* what a cut cannot take */
    struct change *first;
    struct change **last;
    bool is_used;
};

struct name {
    char text[NAME_BYTES];
    struct inode *inode; /* NULL: the slot is free */
};

struct name_change { /* `inode` NULL: the name was removed */
    char text[NAME_BYTES];
    struct inode *inode;
};

static struct {
    struct inode inodes[FILES_MAX];
    struct name now[FILES_MAX];
    struct name lasting[FILES_MAX];
    struct name_change changes[NAME_CHANGES_MAX];
    size_t n_changes;
    uint32_t seed;
} disk;

uint32_t cut_random_below(uint32_t below)
{
    disk.seed ^= disk.seed << 13;
    disk.seed ^= disk.seed >> 17;
    disk.seed ^= disk.seed << 5;
    return disk.seed % below;
}

/* --- bytes -------------------------------------------------------------------------- */

static void bytes_resize(struct bytes *b, int64_t size)
{
    if (size > b->size) {
        b->data = check_realloc(b->data, (size_t)size);
        memset(b->data + b->size, 0, (size_t)(size - b->size));
    }
    b->size = size;
}

static void bytes_write(struct bytes *b, int64_t offset, const void *from, int64_t n)
{
    if (offset + n > b->size)
        bytes_resize(b, offset + n);
    memcpy(b->data + offset, from, (size_t)n);
}

static void bytes_copy(struct bytes *to, const struct bytes *from)
{
    bytes_resize(to, 0);
    if (from->size)
        bytes_write(to, 0, from->data, from->size);
}

/* --- files -------------------------------------------------------------------------- */

static void forget_changes(struct inode *f)
{
    while (f->first) {
        struct change *c = f->first;

        f->first = c->next;
        free(c->bytes);
        free(c);
    }
    f->last = &f->first;
}

static void add_change(struct inode *f, int64_t offset, const void *bytes, int64_t n)
{
    struct change *c = check_alloc(sizeof(*c));

    c->offset = offset;
    c->n = n;
    if (bytes) {
        c->bytes = check_alloc((size_t)n);
        memcpy(c->bytes, bytes, (size_t)n);
        bytes_write(&f->now, offset, bytes, n);
    } else {
        bytes_resize(&f->now, offset);
    }
    *f->last = c;
    f->last = &c->next;
}

static void file_sync(struct inode *f)
{
    bytes_copy(&f->lasting, &f->now);
    forget_changes(f);
}

enum luck { LUCK_MIXED, LUCK_ALL_KEPT, LUCK_ALL_DROPPED };

/* One sector of a write that was under way: kept, dropped, or its first bytes kept. */
static void land_sector(struct inode *f, int64_t offset, const unsigned char *bytes,
                        int64_t n, enum luck luck)
{
    uint32_t fate = luck == LUCK_ALL_KEPT      ? 0
                    : luck == LUCK_ALL_DROPPED ? 1
                                               : cut_random_below(3);

    if (fate == 2)
        n = cut_random_below((uint32_t)n + 1);
    if (fate != 1 && n)
        bytes_write(&f->lasting, offset, bytes, n);
}

static void land_changes(struct inode *f, enum luck luck)
{
    for (struct change *c = f->first; c; c = c->next) {
        if (!c->bytes) {
            if (luck == LUCK_ALL_KEPT || (luck == LUCK_MIXED && cut_random_below(2)))
                bytes_resize(&f->lasting, c->offset);
            continue;
        }
        for (int64_t at = 0; at < c->n;) {
            int64_t room = SECTOR - (c->offset + at) % SECTOR;
            int64_t n = c->n - at < room ? c->n - at : room;

            land_sector(f, c->offset + at, c->bytes + at, n, luck);
            at += n;
        }
    }
    forget_changes(f);
    bytes_copy(&f->now, &f->lasting);
}

static enum luck draw_luck(void)
{
    uint32_t dice = cut_random_below(10);

    return dice == 0 ? LUCK_ALL_KEPT : dice == 1 ? LUCK_ALL_DROPPED : LUCK_MIXED;
}

/* --- names -------------------------------------------------------------------------- */

static struct name *find_name(struct name *names, const char *text)
{
    for (size_t i = 0; i < FILES_MAX; i++)
        if (names[i].inode && !strcmp(names[i].text, text))
            return &names[i];
    return NULL;
}

static void set_name(struct name *names, const char *text, struct inode *inode)
{
    struct name *slot = find_name(names, text);

    for (size_t i = 0; !slot && inode && i < FILES_MAX; i++)
        if (!names[i].inode)
            slot = &names[i];
    if (!slot)
        return;
    memcpy(slot->text, text, strlen(text) + 1);
    slot->inode = inode;
}

static void change_name(const char *text, struct inode *inode)
{
    struct name_change *c = &disk.changes[disk.n_changes++];

    ASSERT(disk.n_changes < NAME_CHANGES_MAX);
    memcpy(c->text, text, strlen(text) + 1);
    c->inode = inode;
    set_name(disk.now, text, inode);
}

static void sync_names(void)
{
    memcpy(disk.lasting, disk.now, sizeof(disk.now));
    disk.n_changes = 0;
}

static void land_names(void)
{
    size_t kept = cut_random_below((uint32_t)disk.n_changes + 1);

    for (size_t i = 0; i < disk.n_changes; i++) {
        bool lasts = cut_disk.dirs == CUT_DIRS_ORDERED ? i < kept : cut_random_below(2);

        if (lasts)
            set_name(disk.lasting, disk.changes[i].text, disk.changes[i].inode);
    }
    memcpy(disk.now, disk.lasting, sizeof(disk.now));
    disk.n_changes = 0;
}

static void free_inode(struct inode *f)
{
    forget_changes(f);
    free(f->now.data);
    free(f->lasting.data);
    memset(f, 0, sizeof(*f));
}

static bool is_named(const struct inode *f)
{
    for (size_t i = 0; i < FILES_MAX; i++)
        if (disk.now[i].inode == f || disk.lasting[i].inode == f)
            return true;
    for (size_t i = 0; i < disk.n_changes; i++)
        if (disk.changes[i].inode == f)
            return true;
    return false;
}

static struct inode *new_inode(void)
{
    for (size_t i = 0; i < FILES_MAX; i++) {
        struct inode *f = &disk.inodes[i];

        if (f->is_used && is_named(f))
            continue;
        free_inode(f);
        f->is_used = true;
        f->last = &f->first;
        return f;
    }
    abort(); /* more names than the disk has room for */
}

/* --- power, space ------------------------------------------------------------------- */

void cut_disk_format(uint32_t seed)
{
    for (size_t i = 0; i < FILES_MAX; i++)
        free_inode(&disk.inodes[i]);
    memset(&disk, 0, sizeof(disk));
    disk.seed = seed ? seed : 1;
    memset(&cut_disk, 0, sizeof(cut_disk));
}

void cut_disk_power_on(void)
{
    enum luck luck = draw_luck();

    for (size_t i = 0; i < FILES_MAX; i++)
        if (disk.inodes[i].is_used)
            land_changes(&disk.inodes[i], luck);
    land_names();
    cut_disk.is_off = false;
    cut_disk.cut_after = 0;
}

/* Counts an operation; false when the power is off, or goes with this one. */
static bool has_power(void)
{
    if (cut_disk.is_off)
        return false;
    if (cut_disk.cut_after && --cut_disk.cut_after == 0)
        cut_disk.is_off = true;
    return true; /* this one was still under way */
}

static bool has_room(void)
{
    cut_disk.n_writes++;
    if (cut_disk.full_after && --cut_disk.full_after == 0)
        cut_disk.is_full = true;
    return !cut_disk.is_full &&
           !(cut_disk.full_while && access(cut_disk.full_while, F_OK) == 0);
}

/* --- SQLite's side ------------------------------------------------------------------ */

struct cut_file {
    sqlite3_file base;
    struct inode *inode;
    bool syncs_folder; /* a new journal or WAL, as in SQLite's own unix VFS */
};

static int file_close(sqlite3_file *file)
{
    (void)file;
    return SQLITE_OK;
}

static int file_read_at(sqlite3_file *file, void *out, int n, sqlite3_int64 offset)
{
    const struct bytes *b = &((struct cut_file *)file)->inode->now;
    int64_t there = b->size > offset ? b->size - offset : 0;

    if (cut_disk.is_off)
        return SQLITE_IOERR_READ;
    if (there > n)
        there = n;
    if (there)
        memcpy(out, b->data + offset, (size_t)there);
    if (there == n)
        return SQLITE_OK;
    memset((char *)out + there, 0, (size_t)(n - there));
    return SQLITE_IOERR_SHORT_READ;
}

static int file_write_at(sqlite3_file *file, const void *bytes, int n,
                         sqlite3_int64 offset)
{
    if (!has_power())
        return SQLITE_IOERR_WRITE;
    if (!has_room())
        return SQLITE_FULL;
    add_change(((struct cut_file *)file)->inode, offset, bytes, n);
    return cut_disk.is_off ? SQLITE_IOERR_WRITE : SQLITE_OK;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct inode *f = ((struct cut_file *)file)->inode;

    if (!has_power())
        return SQLITE_IOERR_TRUNCATE;
    if (size < f->now.size)
        add_change(f, size, NULL, 0);
    return cut_disk.is_off ? SQLITE_IOERR_TRUNCATE : SQLITE_OK;
}

static int file_sync_now(sqlite3_file *file, int flags)
{
    struct cut_file *f = (struct cut_file *)file;

    (void)flags;
    if (!has_power() || cut_disk.is_off) /* gone before it was done */
        return SQLITE_IOERR_FSYNC;
    cut_disk.n_syncs++;
    if (cut_disk.fail_sync_after && --cut_disk.fail_sync_after == 0) {
        land_changes(f->inode,
                     draw_luck()); /* as Linux does: dirty pages are dropped */
        return SQLITE_IOERR_FSYNC;
    }
    file_sync(f->inode);
    if (f->syncs_folder)
        sync_names();
    f->syncs_folder = false;
    return SQLITE_OK;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *out)
{
    *out = ((struct cut_file *)file)->inode->now.size;
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
    struct name *name;

    (void)vfs;
    memset(f, 0, sizeof(*f));
    if (cut_disk.is_off || !path)
        return SQLITE_CANTOPEN;
    name = find_name(disk.now, path);
    if (!name) {
        if (!(flags & SQLITE_OPEN_CREATE) || !has_power() || cut_disk.is_off)
            return SQLITE_CANTOPEN;
        change_name(path, new_inode());
        name = find_name(disk.now, path);
    }
    f->inode = name->inode;
    f->syncs_folder = (flags & SQLITE_OPEN_CREATE) &&
                      (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL));
    f->base.pMethods = &methods;
    if (flags_out)
        *flags_out = flags;
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
    (void)vfs;
    if (!find_name(disk.now, path))
        return SQLITE_IOERR_DELETE_NOENT;
    if (!has_power())
        return SQLITE_IOERR_DELETE;
    change_name(path, NULL);
    if (cut_disk.is_off)
        return SQLITE_IOERR_DELETE;
    if (sync_folder)
        sync_names();
    return SQLITE_OK;
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
    struct name *name = find_name(disk.now, path);

    (void)vfs;
    (void)flags;
    *out = name && (flags != SQLITE_ACCESS_EXISTS || name->inode->now.size > 0);
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
        .mxPathname = NAME_BYTES - 1,
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
