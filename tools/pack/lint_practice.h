/* Rules for a practice, beside those of practice_check. */
#pragma once

#include "lint_item.h"

void lint_practices(const struct lint *c, const struct source_lesson *l);
/* The names that `icon` may have, NULL-terminated. */
extern const char *const lint_icons[];
