/* Beside the open class: who learns with a volunteer's hand, and what is known of the class
 * before it opens. */
#pragma once

#include "store/class.h"

/* From now on completions of that person in the open class count as helped; `assisted`
 * false takes it back. A note like class_needs_help: it goes with the class, and with the
 * person. Errors: ERR_REJECTED (no class is open), ERR_FULL. */
NODISCARD enum err class_assist(struct db *db, const unsigned char *token,
                                bool assisted);
/* False also while no class is open. */
bool class_is_assisted(struct db *db, const unsigned char *token);

/* People who came to one of the last three classes of that place and thôn, and to the last
 * one. `last_out` is -1 when there was none. */
NODISCARD enum err class_expected(struct db *db, const struct class_plan *plan,
                                  int64_t *all_out, int64_t *last_out);

/* Who completed how many lessons since the class opened: `counts[i]` of `lessons[i]`, as
 * class_summary names them. */
NODISCARD enum err class_lesson_counts(struct db *db, const char *const *lessons,
                                       size_t n, int64_t *counts);
