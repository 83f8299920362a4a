/* A file of questions on its way in, and what was made of it. Everything asserts. */
#pragma once

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "report.h"

#define GIFT_OUT_BYTES_MAX (16U * 1024U * 1024U)

struct world {
    struct arena arena;
    struct report report;
    struct buf text, out; /* the file; the blocks made of it */
    size_t n;             /* items in `out` */
};

void world_begin(struct world *w);
void world_end(struct world *w);
/* Reads `text` as the file "f", in GIFT or in Moodle XML. */
void world_import(struct world *w);
void world_import_xml(struct world *w);
const char *world_said(const struct world *w);

void text_contains(const char *text, const char *want);
/* The same lines of items, whatever fences and categories stand around them. */
void text_same_items(const char *a, const char *b);
/* Lessons read every ```gift block of `blocks` without a word, as it was written. */
void text_lessons_read(const char *blocks);
