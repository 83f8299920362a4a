/* Looks at a finished frame as a careful reader would: is a text cut off, does it run out
 * of what it stands on, into another, is it broken inside a word, too pale? Works on the draw
 * commands, so it sees what is painted and not what was meant. */
#pragma once

#include "ui/ui_core.h"

struct layout_fault {
    const char *what; /* "cut", "overflow", "overlap", "broken", "pale" */
    const char *text; /* the line of text; borrowed from the frame */
    struct box box;   /* px, where its letters stand */
    int by;           /* px; "pale": contrast × 100 */
};

typedef void layout_fault_fn(void *ctx, const struct layout_fault *fault);

/* Calls `fn` for every fault of the last finished frame. */
void layout_check(const struct ui *ui, layout_fault_fn *fn, void *ctx);
