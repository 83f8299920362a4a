/* A quiz item, and what a type of item must provide. Types live in items/, one file
 * each; items/items.c is the table. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/json.h"
#include "base/panel.h"

struct arena;
struct item;
struct ui;

/* A picture of the pack: the object (lower-case SHA-256 hex) of its PNG per panel
 * class, and what it shows, in words. */
struct picture {
    const char *object[PANEL_COUNT];
    const char *alt;
};

struct item_option {
    const char *text;
    const char *feedback; /* why it is right or not yet; never NULL, may be "" */
    const struct picture *picture; /* NULL: none */
    bool right;
};

struct item_type {
    const char *name;  /* "single": in lesson JSON and in the author's // type: line */
    size_t state_size; /* the answer in progress; zeroed at the first frame */
    /* Reads the type's part of the item's JSON (options are read already) and checks
     * that the item can be played. `why` (n_why bytes) says what is wrong, in English,
     * and what to do. Errors: ERR_REJECTED. NULL: nothing beyond the options. */
    enum err (*parse)(struct item *item, const json_value *source, struct arena *arena,
                      char *why, size_t n_why);
    /* Puts every text that `parse` made through `fill`, which returns it or another one
     * in `arena`. NULL: the type has no texts beside the options. */
    void (*refill)(struct item *item,
                   const char *(*fill)(struct arena *arena, const char *text),
                   struct arena *arena);
    /* 0..100 percent for an answer in progress. `state` may be any bytes: it comes back
     * from the journal. */
    int (*grade)(const struct item *item, const void *state);
    /* Feedback to speak and show for that answer. Borrowed from the item. */
    const char *(*feedback)(const struct item *item, const void *state);
    /* Draws the question and takes touches; true once the answer is given.
     * `order[n_options]` says which option stands at each place. */
    bool (*frame)(const struct item *item, const unsigned char *order, void *state,
                  struct ui *ui);
    /* Draws the answer that was given (or, with `show_right`, the right one) in the
     * middle of the feedback page. */
    void (*show)(const struct item *item, const void *state, bool show_right,
                 struct ui *ui);
};

#define ITEM_OPTIONS_MAX 6
#define ITEM_STATE_MAX 64 /* bytes */

struct item {
    const struct item_type *type;
    const char *id;   /* "m09-b03-q1" */
    const char *stem; /* the question */
    const char *from; /* who sent the message, for scam-or-safe; may be NULL */
    const char *why;  /* the reason for the whole answer; may be NULL */
    const struct picture *picture; /* beside the stem; may be NULL */
    bool safety; /* repeats until understood, and must be for a pass */
    struct item_option options[ITEM_OPTIONS_MAX];
    size_t n_options;
    void *data; /* what type->parse made; arena */
};
