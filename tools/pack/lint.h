/* Everything about the content that a machine can say before a person reads it. */
#pragma once

#include "lesson/lesson.h"
#include "source.h"

struct report;

/* Checks the whole tree; `types` are the item types that can be played. Problems and
 * warnings go to `report`. */
void lint_source(struct source *s, item_types types, struct report *report);
