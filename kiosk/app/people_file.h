/* People in and out of files: the columns, what an import would do (always shown first),
 * doing it, and the export. Nothing is ever deleted; to import an export changes nothing.
 * Names are in memory only, and wiped. Thread: the owner of the database. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "store/people.h"
#include "ui/strings.h"

struct buf;
struct db;
struct people_plan;
struct vault;

/* The tables document of the helper HELPER_SHEET_XLSX (tools/report/README.md), and CSV
 * (UTF-8 with a mark, CRLF). By given name. Errors: ERR_OFFLINE (locked), ERR_FULL,
 * ERR_CORRUPT. The caller wipes `out`. */
NODISCARD enum err people_file_tables(struct db *db, struct vault *vault,
                                      struct buf *out);
NODISCARD enum err people_file_csv(struct db *db, struct vault *vault, struct buf *out);

/* What a page says when HELPER_SHEET_READ refuses a file with `output`; `*row_out` is the
 * row, 0: none. */
enum text_id people_file_refusal(const struct buf *output, long *row_out);

struct people_problem {
    long row; /* of the file, from 1 */
    enum text_id why;
};
struct people_counts {
    size_t n_new, n_same, n_changed, n_refused;
};

/* Reads `rows`, what HELPER_SHEET_READ gave, and compares: nothing is written. `this_year`
 * bounds years of birth. Errors: ERR_OFFLINE (locked), ERR_REJECTED (`*why_out` says what
 * is wrong with the file as a whole), ERR_CORRUPT. */
NODISCARD enum err people_file_plan(struct db *db, struct vault *vault,
                                    const struct buf *rows, int this_year,
                                    struct people_plan **out, enum text_id *why_out);
void people_plan_counts(const struct people_plan *plan, struct people_counts *out);
/* The refused rows, by number. Borrowed from the plan. */
const struct people_problem *people_plan_problems(const struct people_plan *plan,
                                                  size_t *n_out);

/* Does at most `max_rows` more of what was planned; each row is durable by itself, so that
 * after a power cut the same file goes on where it stopped. `*left_out` 0: all is done and
 * in the log. What the store refuses now becomes a problem. Errors: ERR_FULL and the like:
 * stopped, what was done stays. */
NODISCARD enum err people_plan_apply(struct people_plan *plan, const char *actor,
                                     size_t max_rows, size_t *left_out);
void people_plan_free(struct people_plan *plan); /* wipes; NULL is allowed */
