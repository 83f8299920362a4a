/* How far an update came, kept through power cuts in <place>/state.json and read by the kiosk,
 * which tells people in their words.
 *
 *   CHECKING -> REFUSED                      nothing was touched
 *   CHECKING -> INSTALLING -> TRYING -> KEPT the new program presented a frame
 *                     TRYING -> WRITING -> KEPT the same where the root is only read (card.h)
 *   INSTALLING, TRYING -> GOING_BACK -> BACK the former one runs again, with the database of
 *                                            before, unless the new one presented a frame */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "wire/program.h"

enum update_step {
    UPDATE_NONE, /* there never was one */
    UPDATE_CHECKING,
    UPDATE_REFUSED,
    UPDATE_INSTALLING,
    UPDATE_TRYING,
    UPDATE_WRITING, /* it presented a frame: from here on forwards only */
    UPDATE_KEPT,
    UPDATE_GOING_BACK,
    UPDATE_BACK,
    UPDATE_STEPS
};

enum update_why {
    UPDATE_FINE,
    UPDATE_NOTHING,    /* no stick, or no update on it */
    UPDATE_SIGNATURE,  /* not signed by the program key, or not an update at all */
    UPDATE_OLDER,      /* than what runs, or the same */
    UPDATE_OTHER_KIND, /* for another Debian or another processor */
    UPDATE_BROKEN,     /* a package is not what the list says */
    UPDATE_SPACE,
    UPDATE_NEEDS,       /* packages that are not installed */
    UPDATE_NO_WAY_BACK, /* the packages of the running program are not kept here */
    UPDATE_DATABASE,    /* it could not be copied */
    UPDATE_INSTALL,     /* dpkg failed */
    UPDATE_NO_FRAME,    /* the new program showed nothing */
    UPDATE_CUT,         /* the power went meanwhile */
    UPDATE_WHYS
};

struct update_state {
    enum update_step step;
    enum update_why why;
    int64_t ver;                      /* of the update, 0: not read */
    int64_t floor;                    /* the newest that ran here */
    char from[PROGRAM_VERSION_BYTES]; /* versions, "": not known */
    char to[PROGRAM_VERSION_BYTES];
    int64_t boots; /* since TRYING began */
    int64_t seq;   /* grows with each update that was asked for */
};

#define UPDATE_STATE_FILE "state.json"

/* A file that is not there or not readable is UPDATE_NONE. */
void update_state_read(const char *path, struct update_state *out);
/* Durable on ERR_OK. Errors: ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err update_state_write(const char *path, const struct update_state *s);
/* English words for logs and doctor. Static. */
const char *update_step_name(enum update_step step);
const char *update_why_name(enum update_why why);
