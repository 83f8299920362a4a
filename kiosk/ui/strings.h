/* The string table: every word of the program, by the keys of design/flows.md §6.
 * One line of strings.def is one string. Lesson content is not here. */
#pragma once

#include <stddef.h>

struct arena;

enum text_id {
#define S(name, key, vi) T_##name,
#include "ui/strings.def"
#undef S
    T_COUNT
};

const char *text_key(enum text_id id); /* "home.continue" */
const char *text_of(enum text_id id);  /* "Học tiếp" */

/* Both at once, as widgets take them: ui_button(ui, STR(home_continue), r, …). */
#define STR(name) text_key(T_##name), text_of(T_##name)

/* `text` with {name} replaced by values: pairs of name and value, then NULL.
 * A name without a value stays as it is. */
const char *text_fill(struct arena *arena, const char *text, ...)
    __attribute__((sentinel));

/* "key#n", for lists. */
const char *text_key_n(struct arena *arena, enum text_id id, size_t n);
