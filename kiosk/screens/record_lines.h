/* The sentences of a lesson that are spoken, in the order of its pages; and those of the pages
 * that learners see. The same texts that bdhvs-pack voice lists (tools/pack/spoken.c). */
#pragma once

#include <stddef.h>

#include "app/app.h"

#define RECORD_LINES_MAX 400

struct record_line {
    const char *label; /* "Trang 3: Không đọc mã cho ai" */
    const char *text;  /* as it stands on the screen */
};

struct record_lines {
    const char *title;
    struct record_line *list;
    size_t n;
};

/* `lesson`: index in the pack, or the number of lessons for the program's own words. All in
 * `arena`. A lesson that cannot be read has no sentences. */
void record_lines_read(const struct app *app, size_t lesson, struct arena *arena,
                       struct record_lines *out);
/* How many of them are recorded in that language. */
size_t record_lines_done(const struct app *app, const struct record_lines *lines,
                         const char *lang);
