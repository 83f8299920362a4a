/* A document of staff onto paper: made by bdhvs-print, then to the printer of CUPS, or as a PDF
 * onto the stick when there is none or it takes nothing. Names go through pipes only; what was made is wiped.
 *
 * IDLE -> MAKING -> SENDING -> DONE_PAPER | DONE_USB | failures; printing_forget -> IDLE.
 * Thread: one; nothing blocks but the write onto the stick. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct app;
struct buf;
struct helper;

enum printing_state {
    PRINTING_IDLE,
    PRINTING_MAKING,
    PRINTING_SENDING,  /* to the printer */
    PRINTING_PAPER,    /* the printer took it */
    PRINTING_USB,      /* BDHVS/<file> is whole, read back */
    PRINTING_NO_WAY,   /* no printer takes it, and there is no stick */
    PRINTING_NO_MAKER, /* bdhvs-print is not installed */
    PRINTING_FAILED,
    PRINTING_STICK /* `words` of the stick say what */
};

struct printing {
    enum printing_state state;
    struct helper *helper;
    struct helper *maker; /* while it is sent: has the PDF still */
    char file[40];        /* on the stick, without a name: "the-407153.pdf" */
    const char *words;    /* of PRINTING_STICK */
};

/* Starts on `json`, which is wiped here. One at a time: another start ends the first. */
void printing_start(struct app *app, struct printing *p, struct buf *json,
                    const char *file);
/* Goes on; true when the state changed. Call each frame, and wake after HELPER_TICK_MS
 * while printing_busy. */
bool printing_tick(struct app *app, struct printing *p);
bool printing_busy(const struct printing *p);
void printing_forget(struct printing *p);
