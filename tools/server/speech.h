/* The sentences of a paper, one after the other into an open array of JSON
 * (tools/report/README.md: heading, text, open). */
#pragma once

#include <stdbool.h>

#include "base/buf.h"

#define SPEECH_TEXT_MAX 4096

/* What is being said; each sentence empties `text`. */
struct speech {
    struct buf *out;
    struct buf text;
    bool of_paper; /* objects alone; else a sentence is a bare text */
};

/* What stands in `text`, as "heading", "text" or "open". */
void speech_say(struct speech *s, const char *key);
void speech_text(struct speech *s, const char *key, const char *text);
/* A heading, and lines to be written on by hand. */
void speech_to_write(struct speech *s, const char *heading);
/* "6 tháng cuối năm 2026", "quý 4 năm 2026": a period's label inside a sentence. */
void speech_label(struct buf *out, const char *label);
