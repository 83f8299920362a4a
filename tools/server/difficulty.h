/* The log of difficulties: where, of what kind, what, who sees to it, how far it is. Words of
 * officials, without names of learners; they stand in the report. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "server.h"

#define DIFFICULTY_WORDS_MAX 800 /* bytes */

enum difficulty_state {
    DIFFICULTY_NEW,
    DIFFICULTY_DOING,
    DIFFICULTY_DONE,
    DIFFICULTY_STATES
};

struct difficulty {
    int64_t seq;
    const char *day;   /* "2026-11-22" */
    const char *place; /* code of a thôn, "-": the whole commune */
    const char *place_name;
    const char *kind; /* a code of difficulty_kinds */
    const char *words;
    const char *who; /* an official, "": nobody yet */
    enum difficulty_state state;
    bool in_report;
    const char *changed_day; /* of the state */
};

/* Codes and words of the kinds, ended by NULL. */
extern const struct difficulty_kind {
    const char *code;
    const char *word;
} difficulty_kinds[];
/* The word of a code, or the code. */
const char *difficulty_kind_word(const char *code);

/* Of day, place, kind, words, who and in_report; the rest begins by itself. Errors:
 * ERR_REJECTED (no such kind, no place, no words or too many), of the store. */
NODISCARD enum err difficulty_add(struct server *s, const struct difficulty *d);
/* Errors: ERR_REJECTED (no such one), of the store. */
NODISCARD enum err difficulty_move(struct server *s, int64_t seq,
                                   enum difficulty_state state);

/* Calls `row` for each, newest first. Errors: of the store, row's. */
typedef enum err difficulty_fn(void *ctx, const struct difficulty *d);
NODISCARD enum err difficulty_each(struct server *s, difficulty_fn *row, void *ctx);
