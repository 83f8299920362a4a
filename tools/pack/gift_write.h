/* Items as GIFT again, each in the one form that content/README.md shows. Reading what
 * was written and writing it once more changes nothing. Plain remarks are not kept. */
#pragma once

#include "gift.h"

struct buf;

/* The item and, if it is a story, its parts, with a blank line between them. */
void gift_write_item(struct buf *b, const struct gift_item *item);
/* One part of a story: it has no type of its own. */
void gift_write_part(struct buf *b, const struct gift_item *part);
/* The text alone, with a backslash before each sign that means something to Moodle. */
void gift_write_text(struct buf *b, const char *text);
