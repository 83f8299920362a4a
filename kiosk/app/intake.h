/* People out of a file on the stick: read by a helper, compared, shown, and only then written.
 * Names go through pipes and memory only, and are wiped by intake_forget.
 *
 * IDLE -> OPENING [a locked ZIP] -> READING -> PLANNED -> WRITING -> DONE
 * OPENING, READING -> REFUSED; WRITING -> STOPPED; intake_forget -> IDLE.
 * Thread: one; nothing blocks but the stick and a slice of rows. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "app/people_file.h"
#include "ui/strings.h"

struct app;
struct arena;
struct helper;

enum intake_state {
    INTAKE_IDLE,
    INTAKE_OPENING,
    INTAKE_READING,
    INTAKE_PLANNED, /* nothing is written yet */
    INTAKE_WRITING,
    INTAKE_DONE,
    INTAKE_STOPPED, /* what was written stays; the same file goes on where it stopped */
    INTAKE_REFUSED
};

struct intake {
    enum intake_state state;
    struct helper *helper;
    struct people_plan *plan; /* from PLANNED on */
    size_t n_rows, left;      /* to be written, and how many still are */
    const char *why;          /* of REFUSED: what to do about it; static */
    long why_row;             /* its row of the file, 0: none */
};

/* Files in BDHVS/, BDHVS/in/ and locked ones in BDHVS/out/ that may be lists of people, as
 * intake_read takes them; in `arena`. `*more_out`: there may be others. False: no stick. */
bool intake_files(struct app *app, struct arena *arena, const char ***names_out,
                  size_t *n_out, bool *more_out);
/* Whether a file has to be opened by its code first. */
bool intake_is_locked(const char *name);

/* Starts on BDHVS/<name>; `secret` of a locked one, else NULL. The state tells how it went. */
void intake_read(struct app *app, struct intake *in, const char *name,
                 const char *secret);
/* From PLANNED: the rows will be written, some at each tick. */
void intake_write(struct intake *in);
/* Goes on; true when the state changed. Call each frame, and wake after HELPER_TICK_MS while
 * intake_busy. */
bool intake_tick(struct app *app, struct intake *in);
bool intake_busy(const struct intake *in);
void intake_forget(struct intake *in);
