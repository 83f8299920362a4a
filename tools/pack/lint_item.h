/* Rules for one quiz item, and what they share with lint.c. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lint.h"

struct lint {
    struct source *source;
    item_types types;
    struct report *report;
    const char *file; /* at hand */
};

void lint_item(const struct lint *c, const struct source_lesson *l,
               const struct gift_item *item);

/* Words that learners should not meet, and length. `what` begins the message. */
void lint_words(const struct lint *c, int line, const char *what, const char *text);
/* The same, and at most `max` sentences of at most 12 syllables. */
void lint_sentences(const struct lint *c, int line, const char *what, const char *text,
                    size_t max);
/* The file is there and drawable; with `needs_alt` it has words. */
void lint_picture(const struct lint *c, const char *folder,
                  const struct gift_picture *p, bool needs_alt);
/* Whether `type` is one of ours and its answers are written so. */
bool lint_type_takes(const char *type, enum gift_form form);
