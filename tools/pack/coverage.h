/* What the lessons cover, as a table for who plans the next ones. */
#pragma once

#include "lesson/lesson.h"

struct buf;
struct source;
struct voice_list;

/* Tab-separated: a head, one line a lesson, their totals; a blank line; one line for each
 * code of the framework with the number of its lessons, "uncovered" if none, "unknown"
 * for codes that are none. A column for each of `types`, and for each language of the
 * pack that texts were recorded in by the list of voices. */
void coverage_write(const struct source *s, item_types types,
                    const struct voice_list *voices, struct buf *out);
