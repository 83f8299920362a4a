/* A ```practice block as its author wrote it, with a line for every part. What it is made
 * of is lesson/practice.h's. */
#pragma once

#include "gift.h"
#include "lesson/practice.h"

struct arena;
struct report;

struct source_practice {
    struct practice practice; /* its pictures are in `pictures` */
    int line;                 /* of the block */
    int screen_line[PRACTICE_SCREENS_MAX];
    int part_line[PRACTICE_SCREENS_MAX][PRACTICE_PARTS_MAX];
    struct gift_picture pictures[PRACTICE_SCREENS_MAX][PRACTICE_PARTS_MAX];
    bool whole; /* nothing of it was refused: it can be checked as a whole */
};

/* Reads `text`, whose first line is `line` of `file`. What cannot be read goes to
 * `report`. */
void practice_source_read(const char *text, const char *file, int line,
                          struct arena *arena, struct report *report,
                          struct source_practice *out);
