/* One lesson as the screens see it. Read-only after it was read; all memory belongs to
 * the arena that was given to lesson_read. */
#pragma once

#include "base/json.h"
#include "lesson/item.h"

struct arena;

#define LESSON_CARDS_MAX 12
#define LESSON_ITEMS_MAX 12

struct card {
    const char *title;
    const char *text; /* at most two sentences */
    const char *note; /* the lacquer note; may be NULL */
    const struct picture *picture; /* may be NULL */
};

/* When a completion is a pass. It stands in the lesson and travels with the result. */
struct pass_rule {
    int right_of[2]; /* at least right_of[0] of every right_of[1] items right … */
    int tries;       /* … within so many tries, and every safety item understood */
};

struct lesson {
    const char *id;    /* "m09-b03" */
    const char *title;
    const char *outcome;
    int minutes;
    struct pass_rule rule;
    struct card cards[LESSON_CARDS_MAX];
    size_t n_cards;
    struct item items[LESSON_ITEMS_MAX];
    size_t n_items;
    const char *remember; /* the one sentence */
};

/* NULL-terminated list of the item types known here (items/items.c). */
typedef const struct item_type *const *item_types;

/* Reads the lesson JSON of a pack. `why` as in json_parse. Errors: ERR_REJECTED.
 * Used by the kiosk and by bdhvs-pack, so that what was built can be read. */
NODISCARD enum err lesson_read(const char *json, size_t n, item_types types,
                               struct arena *arena, struct lesson **out, char *why,
                               size_t n_why);
