/* The types that items.c lists; one file each. */
#pragma once

#include "lesson/item.h"

extern const struct item_type item_single;       /* one of two or three acts */
extern const struct item_type item_true_false;   /* a sentence */
extern const struct item_type item_scam_or_safe; /* a message */
