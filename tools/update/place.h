/* Where an update happens. All paths begin with `root`, which is "" on a machine and a folder
 * in tests. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define PLACE_PATH_BYTES 4096
#define PLACE_DATA "/var/lib/bdhvs"       /* the kiosk's user writes there */
#define PLACE_OWN "/var/lib/bdhvs-update" /* root alone, others may read state.json */
#define PLACE_REQUEST_FOLDER "update"     /* in PLACE_DATA */
#define PLACE_REQUEST_FILE "request"
#define PLACE_KEY "/usr/share/bdhvs/program.pub"

/* Of packages: those of the program that runs, those being installed. */
#define PLACE_KEPT PLACE_OWN "/kept"
#define PLACE_NEXT PLACE_OWN "/next"
#define PLACE_DATABASE PLACE_OWN "/database" /* the copy of before */

struct place {
    const char *root;
};

/* `name` may not be too long: it is one of ours. */
void place_path(const struct place *p, char out[PLACE_PATH_BYTES], const char *format,
                ...) __attribute__((format(printf, 3, 4)));
/* Makes the folder anew, empty. Plain files in it go; anything else is ERR_CORRUPT. */
NODISCARD enum err place_empty(const char *folder);
/* Removes it with the plain files in it. */
NODISCARD enum err place_remove(const char *folder);
/* A plain file with its owner and mode, under its name only when it is whole. Errors: ERR_OFFLINE
 * (not there), ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err place_copy_file(const char *from, const char *to);
