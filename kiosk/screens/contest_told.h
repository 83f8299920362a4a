/* The right answer of a question, its reason, and how many were right: of all, not of whom. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lesson/contest.h"
#include "lesson/item.h"

struct ui;

/* Below the bar. True: on to the next question. */
bool contest_told_frame(const struct contest *game, struct ui *ui,
                        const struct item *item, size_t question);
