/* The sheet that a learner takes home of one lesson: which of its pictures, and the document
 * for HELPER_PRINT. Without any name: it may be printed for anybody, by anybody.
 *
 * A page that offers it: sheet_document into a buf, then printing_start with the file
 * "bai-<id>.pdf" (app/printing.h). */
#pragma once

#include <stddef.h>

#include "base/err.h"
#include "lesson/lesson.h"

struct buf;
struct pack;
struct paper_place;

#define SHEET_STEPS_MAX 4
#define SHEET_LEADLESS_MAX 3 /* pictures; with more, one leads, beside the sentence */
#define SHEET_DOCUMENT_MAX (7U << 20) /* bytes; bdhvs-print takes a little more */
#define SHEET_CODE_CHARS 40           /* "BL1…" and the NUL */

/* Cards as indexes. Word cards and cards without a picture are never among them. */
struct sheet_choice {
    size_t lead; /* the card that warns, else the first; only with `has_lead` */
    bool has_lead;
    size_t steps[SHEET_STEPS_MAX]; /* the last others, as they stand in the lesson */
    size_t n_steps;                /* 0: no card has a picture */
};
struct sheet_choice sheet_choose(const struct lesson *lesson);

/* What its QR code says: "BL1" and the id in capital letters, as those of cards ("BD1"),
 * passports ("BP1") and certificates ("BC1") begin. */
void sheet_code(const char *lesson_id, char out[SHEET_CODE_CHARS]);

/* Appends the document of lesson `index` of the open pack to `out`, whose ceiling is
 * SHEET_DOCUMENT_MAX. Errors: ERR_REJECTED (no such lesson, or none of its cards has a
 * picture), ERR_CORRUPT (the pack cannot be read), ERR_FULL (too large pictures). */
NODISCARD enum err sheet_document(const struct pack *pack, size_t index,
                                  const struct paper_place *place, struct buf *out);
