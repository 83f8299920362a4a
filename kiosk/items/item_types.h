/* The types that items.c lists; one file each. */
#pragma once

#include "lesson/item.h"

extern const struct item_type item_single;         /* one of two or three acts */
extern const struct item_type item_true_false;     /* a sentence */
extern const struct item_type item_scam_or_safe;   /* a message */
extern const struct item_type item_multiple;       /* several right ones */
extern const struct item_type item_picture_choice; /* one of a few pictures */
extern const struct item_type item_order;          /* what comes first? */
extern const struct item_type item_match;          /* pairs */
extern const struct item_type item_numeric;        /* a number */
extern const struct item_type item_hotspot;        /* a place in a picture */
extern const struct item_type item_scenario;       /* a story that goes on as chosen */
