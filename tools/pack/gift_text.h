/* A text in GIFT, read piece by piece. Only for gift*.c. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gift.h"

struct gift {
    const char *at;
    int line;
    const char *file;
    struct arena *arena;
    struct report *report;
    bool failed;                /* the item at hand; reported already */
    struct gift_option pending; /* from // lines inside an item: for the answer below */
    int pending_line;           /* of the last such line; 0: none */
};

/* Reports the first problem of an item; the rest of it follows from that one. */
void gift_fail(struct gift *g, int line, const char *what);

void gift_advance(struct gift *g, size_t n);
bool gift_starts(const struct gift *g, const char *text);
size_t gift_line_length(const struct gift *g);
bool gift_line_blank(const struct gift *g);
void gift_skip_line(struct gift *g);
/* White space and line ends, and comment lines inside an item: Moodle drops them, we
 * take from them what belongs to the answer below. */
void gift_skip_space(struct gift *g);

/* "key: value" of a // line at `g->at`: the value, trimmed, and in `*n_key_out` how long
 * the key at `*key_out` is. NULL: a remark in plain words. */
const char *gift_key(const struct gift *g, const char **key_out, size_t *n_key_out);

/* A // line at `g->at` that stands above an item; those with a key of ours go into
 * `item`. The line is not skipped. */
enum gift_comment { GIFT_REMARK, GIFT_OURS, GIFT_UNKNOWN };
enum gift_comment gift_comment(struct gift *g, struct gift_item *item);

/* What an item without a // type: line is. */
const char *gift_type_of_form(enum gift_form form);

/* The bytes from `g->at` to the next blank line or the end: one item. */
size_t gift_item_length(const struct gift *g);

/* "N", "N:tolerance" or "low..high", in whole numbers, as the bounds of what is right. */
bool gift_range(const char *text, int *low, int *high);

/* Text up to one of `stops` that is not escaped, escapes resolved, runs of white space
 * as one space. `at` is then on the stop, or on the end. */
const char *gift_piece(struct gift *g, const char *stops);

/* {…} at `g->at`; afterwards `at` is on the closing brace. */
void gift_answers(struct gift *g, struct gift_item *item);
