/* A disk in memory that loses power. What was written but not synced is kept, dropped or
 * torn, sector by sector, when the power goes; names made, moved or removed but not
 * synced are kept or forgotten. It also fills up and fails to sync, on request. SQLite
 * reaches it through cut_vfs.c, the store's own file calls through cut_posix.c. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CUT_NAME_BYTES 256

enum cut_dirs {
    CUT_DIRS_STRICT,  /* a name lasts only after its folder was synced */
    CUT_DIRS_ORDERED, /* names last in the order in which they changed */
};

/* What the test asks of the disk; 0 means never. Set at any time. */
struct cut_disk {
    enum cut_dirs dirs;
    int64_t cut_after;       /* operations until the power goes; counts down */
    int64_t full_after;      /* writes until the disk is full; counts down */
    int64_t fail_sync_after; /* syncs until one fails and loses what it was for */
    const char *full_while;  /* full as long as this real file exists */
    bool is_off;
    bool is_full;
    int64_t n_writes;
    int64_t n_syncs;
};

extern struct cut_disk cut_disk;

/* An empty disk, everything of cut_disk at rest; `seed` decides what cuts keep. */
void cut_disk_format(uint32_t seed);
/* The power comes back: what lasted is what is there. Every file must be closed. */
void cut_disk_power_on(void);
/* Uniform in [0, below), from the disk's seed. */
uint32_t cut_random_below(uint32_t below);

/* --- for the two sides -------------------------------------------------------------- */

struct inode;
enum disk_result { DISK_OK, DISK_OFF, DISK_FULL, DISK_FAILED };

struct inode *disk_find(const char *path);   /* NULL: not there */
struct inode *disk_create(const char *path); /* NULL: no power */
/* Names: `inode` NULL removes; with `from` it is a rename. False: no power. */
bool disk_set_name(const char *path, struct inode *inode, const char *from);
/* The i-th name, "" for a free one, NULL at the end. */
const char *disk_name(size_t i);
int64_t disk_size(const struct inode *f);
int64_t disk_read(const struct inode *f, void *out, int64_t n, int64_t offset);
enum disk_result disk_write(struct inode *f, const void *bytes, int64_t n,
                            int64_t offset);
enum disk_result disk_truncate(struct inode *f, int64_t size);
enum disk_result disk_sync(struct inode *f);
enum disk_result disk_sync_folder(const char *folder, size_t n_folder);
