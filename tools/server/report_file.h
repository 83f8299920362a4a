/* A report's document as a file of a format: CSV, JSON and DHIS2 by ourselves, workbooks and text
 * documents by bdhvs-report. One list of formats for the command line and the page. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "report.h"

struct buf;

struct report_format {
    const char *name; /* "docx" */
    const char *type; /* Content-Type */
    bool helped;      /* by bdhvs-report */
    bool outside;     /* goes beyond the commune by its nature */
};

/* NULL: none of ours. */
const struct report_format *report_format_of(const char *name);

struct report_file {
    const struct report_format *format;
    const struct buf *document;
    enum report_shape shape; /* of docx */
    bool outside;            /* merge small cells */
    const char *map;         /* of dhis2, n_map bytes; "": codes of our own */
    size_t n_map;
    int seconds; /* for bdhvs-report */
};

/* Appends the file. `*why` says in English what is wrong, `*n_small_out` how many cells of few
 * people are in it. Errors: ERR_REJECTED (no document, a map that fits nothing), ERR_FULL, those
 * of report_helper_run. */
NODISCARD enum err report_file_write(const struct report_file *f, struct buf *out,
                                     size_t *n_small_out, const char **why);
