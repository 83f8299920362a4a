/* Moodle's GIFT, the whole of its syntax, as items in our form: for questions that were
 * written elsewhere. What ours cannot hold is left out and named. gift.c reads the part
 * that stands in lessons, and refuses the rest. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;
struct report;

#define GIFT_IMPORT_LINE_MAX 65536 /* bytes */

/* As import_tidy, and no line may be longer than GIFT_IMPORT_LINE_MAX. */
bool gift_import_tidy(struct buf *text, const char *file, struct report *report);

/* Reads tidy `text` and writes one ```gift block for each category to `out`; returns how
 * many items they hold. Items without an id of ours are numbered <lesson>-q1 and so on.
 * What was changed or left out goes to `report`, as "what: what was done". */
size_t gift_import(const char *text, const char *file, const char *lesson,
                   struct arena *arena, struct report *report, struct buf *out);
