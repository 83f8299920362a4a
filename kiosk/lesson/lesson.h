/* One lesson as the screens see it. Read-only after it was read; all memory belongs to
 * the arena that was given to lesson_read.
 *
 * Lesson JSON, made by bdhvs-pack ("?" may be absent, objects are SHA-256 in hex):
 *   {"schema":1,"id":ID,"title":T,"outcome":T,"minutes":1..60,
 *    "rule":{"right":2,"of":3,"tries":2},
 *    "cards":[{"title":T,"text":T,"note"?:T,"warns"?:true,"say"?:T,"picture"?:PICTURE}],
 *    "items":[{"type":"single","id":ID,"stem":T,"from"?:T,"why"?:T,"safety"?:true,
 *              "picture"?:PICTURE,
 *              "options":[{"text":T,"feedback":T,"right"?:true,"picture"?:PICTURE}]}],
 *    "show"?:T, "practices"?:[PRACTICE],
 *    "remember":T}
 *   PRACTICE: lesson/practice.h; "show" is said before the first is played to watch
 *   PICTURE = {"alt":T,"objects":[reg,cmp,wide,por]}
 * `say` makes a word card: `title` is a word as phones write it, `say` how it is said; it
 * has no note. `why` is the reason for an answer as a whole, where it has several parts.
 * Items that are answered true or false, or scam or safe, have two options with empty
 * text: first true (scam), then false (safe); their type draws the words. Options
 * without text keep their order, others are shuffled. A type may read more members. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"
#include "lesson/item.h"
#include "lesson/practice.h"

struct arena;

#define LESSON_CARDS_MAX 12
#define LESSON_ITEMS_MAX 12
#define LESSON_PRACTICES_MAX 2
#define LESSON_TEXT_MAX 1000           /* bytes of one text */
#define LESSON_WORD_MAX 16             /* bytes of a word card's word … */
#define LESSON_SAY_MAX 40              /* … and of how it is said */
#define LESSON_JSON_MAX (256U * 1024U) /* bytes */
#define LESSON_OBJECT_HEX 64           /* characters of an object's name */

struct card {
    const char *title;
    const char *text; /* at most two sentences */
    const char *note; /* may be NULL */
    bool warns;       /* the note is of a danger: lacquer, else a tip */
    const char *say;  /* how the word `title` is said; NULL: no word card */
    const struct picture *picture; /* may be NULL */
};

/* When a completion is a pass. It stands in the lesson and travels with the result. */
struct pass_rule {
    int right_of[2]; /* at least right_of[0] of every right_of[1] items right … */
    int tries;       /* … within so many tries, and every safety item understood */
};

struct lesson {
    const char *id; /* "m09-b03" */
    const char *title;
    const char *outcome;
    int minutes;
    struct pass_rule rule;
    struct card cards[LESSON_CARDS_MAX];
    size_t n_cards;
    struct item items[LESSON_ITEMS_MAX];
    size_t n_items;
    const char
        *show; /* before the first practice is played to watch; NULL: it is not */
    struct practice *practices[LESSON_PRACTICES_MAX];
    size_t n_practices;
    size_t n_left_out; /* practices that cannot be played: the lesson goes on without */
    const char *remember; /* the one sentence */
    int64_t pack_ver;     /* of the pack it came from; 0: read by itself */
};

/* NULL-terminated list of the item types known here (items/items.c). */
typedef const struct item_type *const *item_types;

/* Reads the lesson JSON of a pack. `why` as in json_parse. Errors: ERR_REJECTED.
 * Used by the kiosk and by bdhvs-pack, so that what was built can be read. */
NODISCARD enum err lesson_read(const char *json, size_t n, item_types types,
                               struct arena *arena, struct lesson **out, char *why,
                               size_t n_why);

/* PICTURE of above, into `arena`; no value gives NULL. Errors: ERR_REJECTED. */
NODISCARD enum err lesson_read_picture(const json_value *v, struct arena *arena,
                                       const struct picture **out);

/* "options" of above into `options` (ITEM_OPTIONS_MAX of them), for types whose items
 * have more than one list. `why` as in json_parse. Errors: ERR_REJECTED. */
NODISCARD enum err lesson_read_options(const json_value *list, struct arena *arena,
                                       struct item_option *options, size_t *n_out,
                                       char *why, size_t n_why);
/* A text of 1 to LESSON_TEXT_MAX bytes, copied; NULL when it is none. */
const char *lesson_read_text(const json_value *v, struct arena *arena);

/* [a-z0-9._-]{1,32}; NULL is allowed. */
bool lesson_id_valid(const char *id);
/* [0-9a-f]{64}; NULL is allowed. */
bool lesson_object_valid(const char *hex);
