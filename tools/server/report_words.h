/* The sentences of a report on paper: figures of the Biểu put into words, and what people
 * have to write themselves left open. */
#pragma once

#include "report.h"

/* The member "paper": frame and body (tools/report/README.md). */
void report_words_paper(const struct report *r, struct buf *out);
/* The member "title" of a section to be put into another report. */
void report_words_title(const struct report *r, struct buf *out);
/* Texts of an open array: what was done, a sentence each. */
void report_words_results(const struct report *r, struct buf *out);
/* … where the figures come from, and whether they are frozen. */
void report_words_source(const struct report *r, const char *frozen_sha256,
                         struct buf *out);
/* On cells of few people: for use inside, or merged for beyond. */
const char *report_words_small(const struct report *r);
