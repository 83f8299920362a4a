/* Forms of address (design/flows.md §4 rule 1). Nobody is known by name or year of
 * birth yet, so everybody is "bà con". */
#pragma once

struct arena;
struct lesson;

/* `text` with {xh} and {Xh} filled in. */
const char *address_fill(struct arena *arena, const char *text);
/* The same for every text of a lesson; `arena` is the lesson's own. */
void address_lesson(struct lesson *lesson, struct arena *arena);
