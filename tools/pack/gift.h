/* Moodle's GIFT, the part that lessons use: items with answers that carry feedback, and
 * true or false. Pure; everything it refuses it names by line. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lesson/item.h"

struct arena;
struct report;

struct gift_picture {
    const char *file; /* NULL: none */
    const char *alt;  /* never NULL when there is a file; may be "" */
    int line;
};

struct gift_option {
    const char *text;     /* "" for the two sides of true or false */
    const char *feedback; /* "" when missing */
    struct gift_picture picture;
    bool right;
    int line;
};

struct gift_item {
    const char *id;   /* "" when missing */
    const char *type; /* the // type: line, else "single" or "true-false" */
    const char *from; /* NULL: none */
    const char *stem;
    struct gift_picture picture;
    bool safety;
    bool is_true_false; /* written as {T…} or {F…}; options[0] is the true side */
    struct gift_option options[ITEM_OPTIONS_MAX];
    size_t n_options;
    int line; /* of its ::id:: */
};

/* Reads the items of `text`, whose first line is `line` of `file`, into `items`
 * (at most `max`); returns how many. What cannot be read goes to `report`, and reading
 * goes on after the next blank line. */
size_t gift_read(const char *text, const char *file, int line, struct arena *arena,
                 struct report *report, struct gift_item *items, size_t max);
