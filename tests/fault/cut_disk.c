/* The disk in memory. A file is the bytes that last and the list of changes since its
 * last sync; what reads see is both. Names are kept the same way. A cut replays the
 * changes onto what lasts, with luck. */
#include "cut_disk.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"

#define SECTOR 512
#define FILES_MAX 16
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
    char text[CUT_NAME_BYTES];
    struct inode *inode; /* NULL: the slot is free */
};

struct name_change { /* `inode` NULL: the name was removed */
    char text[CUT_NAME_BYTES];
    char from[CUT_NAME_BYTES]; /* of a rename, else "" */
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

/* `from` (may be NULL) loses its name in the same moment: a rename is one change. */
static void apply_name(struct name *names, const char *text, struct inode *inode,
                       const char *from)
{
    if (from && *from)
        set_name(names, from, NULL);
    set_name(names, text, inode);
}

static void change_name(const char *text, struct inode *inode, const char *from)
{
    struct name_change *c = &disk.changes[disk.n_changes++];

    ASSERT(disk.n_changes < NAME_CHANGES_MAX && strlen(text) < CUT_NAME_BYTES);
    memset(c, 0, sizeof(*c));
    memcpy(c->text, text, strlen(text) + 1);
    if (from)
        memcpy(c->from, from, strlen(from) + 1);
    c->inode = inode;
    apply_name(disk.now, text, inode, from);
}

static bool is_in_folder(const char *path, const char *folder, size_t n_folder)
{
    const char *slash = strrchr(path, '/');

    return slash && (size_t)(slash - path) == n_folder &&
           !memcmp(path, folder, n_folder);
}

static void sync_names(const char *folder, size_t n_folder)
{
    size_t left = 0;

    for (size_t i = 0; i < disk.n_changes; i++) {
        struct name_change *c = &disk.changes[i];

        if (is_in_folder(c->text, folder, n_folder))
            apply_name(disk.lasting, c->text, c->inode, c->from);
        else
            disk.changes[left++] = *c;
    }
    disk.n_changes = left;
}

static void land_names(void)
{
    size_t kept = cut_random_below((uint32_t)disk.n_changes + 1);

    for (size_t i = 0; i < disk.n_changes; i++) {
        struct name_change *c = &disk.changes[i];
        bool lasts = cut_disk.dirs == CUT_DIRS_ORDERED ? i < kept : cut_random_below(2);

        if (lasts)
            apply_name(disk.lasting, c->text, c->inode, c->from);
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

/* --- what the two sides call -------------------------------------------------------- */

struct inode *disk_find(const char *path)
{
    struct name *name = find_name(disk.now, path);

    return name ? name->inode : NULL;
}

const char *disk_name(size_t i)
{
    return i < FILES_MAX ? (disk.now[i].inode ? disk.now[i].text : "") : NULL;
}

struct inode *disk_create(const char *path)
{
    if (!has_power() || cut_disk.is_off)
        return NULL;
    change_name(path, new_inode(), NULL);
    return disk_find(path);
}

bool disk_set_name(const char *path, struct inode *inode, const char *from)
{
    if (!has_power())
        return false;
    change_name(path, inode, from);
    return !cut_disk.is_off;
}

int64_t disk_size(const struct inode *f)
{
    return f->now.size;
}

int64_t disk_read(const struct inode *f, void *out, int64_t n, int64_t offset)
{
    int64_t there = f->now.size > offset ? f->now.size - offset : 0;

    if (there > n)
        there = n;
    if (there)
        memcpy(out, f->now.data + offset, (size_t)there);
    return there;
}

enum disk_result disk_write(struct inode *f, const void *bytes, int64_t n,
                            int64_t offset)
{
    if (!has_power())
        return DISK_OFF;
    if (!has_room())
        return DISK_FULL;
    add_change(f, offset, bytes, n);
    return cut_disk.is_off ? DISK_OFF : DISK_OK;
}

enum disk_result disk_truncate(struct inode *f, int64_t size)
{
    if (!has_power())
        return DISK_OFF;
    if (size < f->now.size)
        add_change(f, size, NULL, 0);
    return cut_disk.is_off ? DISK_OFF : DISK_OK;
}

enum disk_result disk_sync(struct inode *f)
{
    if (!has_power() || cut_disk.is_off) /* gone before it was done */
        return DISK_OFF;
    cut_disk.n_syncs++;
    if (cut_disk.fail_sync_after && --cut_disk.fail_sync_after == 0) {
        land_changes(f, draw_luck()); /* as Linux does: dirty pages are dropped */
        return DISK_FAILED;
    }
    file_sync(f);
    return DISK_OK;
}

enum disk_result disk_sync_folder(const char *folder, size_t n_folder)
{
    if (!has_power() || cut_disk.is_off)
        return DISK_OFF;
    sync_names(folder, n_folder);
    return DISK_OK;
}
