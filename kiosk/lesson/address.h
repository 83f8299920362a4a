/* Forms of address (design/flows.md §4 rule 1). Texts speak to whoever stands there, so
 * everybody is "bà con"; only beside one's own name the form follows age and sex. */
#pragma once

struct arena;
struct lesson;

/* `text` with {xh} and {Xh} filled in. */
const char *address_fill(struct arena *arena, const char *text);
/* How somebody of that age (-1: not known) and sex ("f", "m", "") is addressed by name:
 * "bác", "anh", "chị", "em"; "" when nobody can say. */
const char *address_of(int age, const char *sex);
/* `text` filled in, for every text of a lesson; `arena` is the lesson's own. */
void address_lesson(struct lesson *lesson, struct arena *arena);
