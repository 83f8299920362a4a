/* `report` on the asking side: checks what is wanted before anything is frozen, makes the
 * file out of the document, and leaves either the whole file or none. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct buf;

struct report_wish {
    const char *period, *format, *out_path, *map_path; /* NULL: not given */
    const char *frozen;                                /* a version, or NULL */
    const char *thon, *unit;                           /* of a dossier: whose */
    bool section, outside, freeze, correct, live, list;
    bool dossier; /* a nomination dossier in place of the report */
};

/* The words for report_command.h or dossier.h, words[0] being "report" or "dossier". Returns an exit code; not 0 when
 * the wish makes no sense or its file cannot be written: `complaint` says why. */
#define REPORT_WORDS_MAX 5
int report_wish_words(const struct report_wish *w, const char *words[REPORT_WORDS_MAX],
                      size_t *n_out, struct buf *complaint);

/* Writes the file. Returns the exit code; `complaint` says what is wrong. */
int report_wish_write(const struct report_wish *w, const struct buf *document,
                      struct buf *complaint);
