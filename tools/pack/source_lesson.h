/* A lesson.md: front matter, cards, quiz, the sentence to remember. */
#pragma once

#include "base/err.h"
#include "source.h"

/* Reads tidy `text` of `l->file` into `l`; strings live in `arena`. Problems of form go
 * to `report`. Errors: ERR_REJECTED when it has no readable front matter. */
NODISCARD enum err source_lesson_read(struct source_lesson *l, const char *text,
                                      struct arena *arena, struct report *report);
