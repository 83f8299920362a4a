/* A disk in memory that loses power: a SQLite VFS under the production store. What was
 * written but not synced is kept, dropped or torn, sector by sector, when the power
 * goes; names made or removed but not synced are kept or forgotten. It also fills up
 * and fails to sync, on request. One folder, one process, no locks. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define CUT_VFS_NAME "cut"

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

/* Registers the VFS, not as the default. */
void cut_vfs_register(void);
/* An empty disk, everything of cut_disk at rest; `seed` decides what cuts keep. */
void cut_disk_format(uint32_t seed);
/* The power comes back: what lasted is what is there. Every file must be closed. */
void cut_disk_power_on(void);
/* Uniform in [0, below), from the disk's seed. */
uint32_t cut_random_below(uint32_t below);
