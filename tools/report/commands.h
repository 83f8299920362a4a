/* The subcommands of bdhvs-report: bytes in, bytes out. One row of main.c's table each. */
#pragma once

#include "base/err.h"

struct buf;

/* Why an input is refused, a word for the kiosk to put into Vietnamese (README.md). */
struct refusal {
    const char *why; /* static text, "encoding" */
    long row;        /* of the file, from 1; 0: of no row */
};

/* Errors: ERR_REJECTED (`no` says why), ERR_FULL (too large a result). */
NODISCARD enum err xlsx_write(const struct buf *json, struct buf *out,
                              struct refusal *no);
NODISCARD enum err docx_write(const struct buf *json, struct buf *out,
                              struct refusal *no);
NODISCARD enum err sheet_read(const struct buf *file, struct buf *out,
                              struct refusal *no);
NODISCARD enum err lock_write(const struct buf *in, struct buf *out,
                              struct refusal *no);
NODISCARD enum err lock_read(const struct buf *in, struct buf *out, struct refusal *no);
