/* Moodle's GIFT, the part that lessons use. What GIFT lacks stands in // lines, which
 * Moodle skips. Pure; everything it refuses it names by line. */
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
    const char *pair;     /* what stands behind ->; NULL: none */
    const char *feedback; /* "" when missing */
    struct gift_picture picture;
    const char *weight; /* "50", "-50": what stood between % and %; NULL: none */
    bool right;
    bool has_spot; /* a // hotspot: line stands above it */
    int spot[4];   /* x, y, width, height in a picture of 480 × 400 */
    int go;        /* from // go: the number of the next part; 0: the end */
    int line;
};

/* How the answers are written. */
enum gift_form {
    GIFT_CHOICES, /* = and ~ */
    GIFT_SIDES,   /* {T…} or {F…}; options[0] is the true side */
    GIFT_PAIRS,   /* = a -> b */
    GIFT_NUMBER,  /* {#…}: options[0] is the number, options[1] any other */
};

#define GIFT_PARTS_MAX 3 /* of a story, after its first */

struct gift_item {
    const char *id;   /* "" when missing */
    const char *type; /* the // type: line, else what the form of the answers says */
    const char *from; /* NULL: none */
    const char *unit; /* NULL: none */
    const char *stem;
    const char *why; /* after ####; NULL: none */
    struct gift_picture picture;
    bool safety;
    enum gift_form form;
    struct gift_option options[ITEM_OPTIONS_MAX];
    size_t n_options;
    int low, high;           /* of a number */
    struct gift_item *parts; /* of a story: "<id>.2" and so on */
    size_t n_parts;
    int line; /* of its ::id:: */
};

/* Reads the items of `text`, whose first line is `line` of `file`, into `items`
 * (at most `max`); returns how many. What cannot be read goes to `report`, and reading
 * goes on after the next blank line. */
size_t gift_read(const char *text, const char *file, int line, struct arena *arena,
                 struct report *report, struct gift_item *items, size_t max);
