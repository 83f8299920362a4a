/* After three misses at a page of residents (r26): help first, and two ways on. It says
 * nothing about what did not fit, and it is a wait, never a lock. */
#pragma once

#include <stdbool.h>

#include "app/app.h"
#include "ui/ui.h"

struct not_matched {
    enum text_id sub;         /* who helps, and how */
    const char *again_id;     /* the way back to the page */
    enum text_id again, wait; /* its word, and with {n} seconds while it waits */
    long wait_s;              /* 0: it waits no more */
};

/* Below the bar of the page. True: the page once more. Help and guests lead on by
 * themselves. */
bool not_matched(struct app *app, struct ui *ui, const struct not_matched *way);
