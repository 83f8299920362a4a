/* Moodle XML, the format that Moodle itself keeps, as items in our form: for questions that
 * were written elsewhere. What ours cannot hold is left out and named. */
#pragma once

#include <stddef.h>

struct arena;
struct buf;
struct report;

/* Reads tidy `text` (import_tidy.h) and writes to `out` as gift_import does; returns how many
 * items it wrote, 0 also when the file was refused. */
size_t moodlexml_import(const char *text, const char *file, const char *lesson,
                        struct arena *arena, struct report *report, struct buf *out);
