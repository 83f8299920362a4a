/* The commands of bdhvs-ctl, run where the database is open: by the kiosk between two
 * frames, or by bdhvs-ctl itself while no kiosk runs. One table in control.c. */
#pragma once

#include <stdbool.h>

#include "base/err.h"

struct buf;
struct db;
struct pack;
struct uplink;

struct control {
    struct db *db;             /* NULL: there is none; commands say so */
    const char *dir;           /* data folder */
    const struct pack *pack;   /* NULL: none is open */
    struct uplink *uplink;     /* NULL: nothing can be sent from here */
    const char *provision_key; /* file; NULL: set-up files are not checked */
    bool in_kiosk;             /* the kiosk runs, so lessons should be open */
    const char *sys;           /* the kernel's files; NULL: HEALTH_SYS */
};

/* Runs `argv[0]` with its arguments; what it prints is appended to `out`. Returns an
 * exit code: 0 done, 1 failed, 64 usage. Thread: the owner of the database. */
int control_run(struct control *c, int argc, const char *const *argv, struct buf *out);
/* One line for each command, for --help. */
void control_help(struct buf *out);
