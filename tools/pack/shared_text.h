/* How much of what a lesson says another lesson says too. */
#pragma once

#include <stddef.h>

#include "base/arena.h"

struct source;
struct source_lesson;

/* More than this, and it is one lesson written twice. */
#define SHARED_TEXT_MAX_PERCENT 40

struct shared_row {
    const struct source_lesson *lesson, *with; /* NULL: there is no other lesson */
    int percent; /* of the runs of three words of the shorter of the two, rounded up */
};

struct shared_text {
    struct arena arena;
    struct shared_row
        *rows; /* one a lesson, in teaching order: with whom it shares most */
    size_t n;
};

/* Compares each lesson with each other one: everything it says aloud, without marks,
 * capitals and punctuation. The caller finishes `out`. */
void shared_text_measure(const struct source *s, struct shared_text *out);
void shared_text_finish(struct shared_text *t); /* zeroed is allowed */
