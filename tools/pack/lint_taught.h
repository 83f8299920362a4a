/* Words of the phone: taught once by a word card, and not used before. */
#pragma once

#include "source.h"

struct report;

void lint_taught(const struct source *s, struct report *report);
