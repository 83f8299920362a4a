/* Biểu 7 read by candidate: which thôn and units it names, for what, and the figures they
 * stand on. It proposes and never decides; there are no persons in it (R21, R22, R33). */
#pragma once

#include "report.h"

struct nomination {
    const char *kind;                /* "Thôn" */
    const char *kind_code;           /* "thon", "unit" */
    const struct report_table *from; /* Biểu 1 or 5 */
    const struct report_row *row;    /* of it */
};

/* The forms of commendation of the plan (III.2.b), lowest first, ended by NULL. */
extern const char *const nomination_forms[];

/* Each candidate once, in the order of Biểu 7; in `arena`. */
size_t nominations_read(const struct report *r, struct arena *arena,
                        struct nomination **out);
/* Any thôn or unit of the report, named in Biểu 7 or not. `kind_code`: "thon", "unit".
 * False: there is none of that code. */
bool nomination_of(const struct report *r, const char *kind_code, const char *code,
                   struct nomination *out);
/* Does this row of Biểu 7 speak of it? */
bool nomination_is_in(const struct nomination *n, const struct report_row *praise);
/* The column of the period before that stands beside this one, or n_columns. */
size_t nomination_before(const struct report_table *t, size_t column);
/* Whether the column is a figure of the period: no text, not of the period before. */
bool nomination_is_figure(const struct report_column *c);
/* "40 người", "chưa có số liệu" */
void nomination_words(const struct report_column *c, const struct value *cell,
                      struct buf *out);
