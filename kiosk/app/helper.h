/* Helper programs, started from one table: what they need goes in on stdin, what they make
 * comes back on stdout. Nothing of people is in arguments, environment or files. They have a
 * limit of time, memory and output, and end with the kiosk's patience.
 *
 * RUNNING -> DONE [helper_tick: it ended, or was killed]. Thread: one; nothing blocks. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "app/child.h"
#include "base/err.h"

struct buf;
struct helper;

enum helper_job {
    HELPER_PRINT,        /* JSON → PDF (tools/print/README.md) */
    HELPER_SHEET_XLSX,   /* JSON → XLSX (tools/report/README.md) */
    HELPER_SHEET_DOCX,   /* JSON → DOCX */
    HELPER_SHEET_READ,   /* XLSX or CSV → JSON */
    HELPER_SHEET_LOCK,   /* passphrase, name, bytes → encrypted ZIP */
    HELPER_SHEET_UNLOCK, /* passphrase, encrypted ZIP → bytes */
    HELPER_VOICE,        /* samples → Ogg Opus (tools/voice/README.md) */
    HELPER_SPEAK,        /* texts, a line each → Ogg Opus (tools/voice/README.md) */
    HELPER_LP,           /* PDF → the printer of CUPS */
    HELPER_JOB_COUNT
};

struct helper_def {
    struct child_def child; /* its seconds are also those of the clock */
    int output_mb;
};

/* The row of `job`. */
const struct helper_def *helper_row(enum helper_job job);

/* Whether the program of `job` is there. */
bool helper_there(enum helper_job job);

/* Starts `job` on a copy of `n` bytes, wiped when it is done. `*out` lives until
 * helper_free. Errors: ERR_OFFLINE (the program is not there), ERR_FULL. */
NODISCARD enum err helper_start(enum helper_job job, const void *in, size_t n,
                                struct helper **out);
/* The same for a row that is not in the table. */
NODISCARD enum err helper_start_def(const struct helper_def *def, const void *in,
                                    size_t n, struct helper **out);

/* Moves bytes without waiting; true when it is over. Call every HELPER_TICK_MS. */
#define HELPER_TICK_MS 20
bool helper_tick(struct helper *h);
/* After that. ERR_OK: its output is whole. ERR_REJECTED: it refused the input, its output
 * says why. ERR_RETRY: took too long. ERR_FULL: too much output. ERR_CORRUPT: it crashed. */
NODISCARD enum err helper_result(const struct helper *h);
/* What it wrote, so far while it runs; borrowed until the next tick or helper_free. */
const struct buf *helper_output(const struct helper *h);
/* Kills what still runs, wipes input and output. NULL is allowed. */
void helper_free(struct helper *h);

/* Start to end, waiting, for programs without a page (bdhvs-ctl) and tests. `out` gets the
 * output. Errors: as helper_start and helper_result. */
NODISCARD enum err helper_run(enum helper_job job, const void *in, size_t n,
                              struct buf *out);
