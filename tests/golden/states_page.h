/* Each widget in each of its states, for the golden pictures: one page on large panels,
 * two on small ones. */
#pragma once

#include <stddef.h>

struct ui;

/* `part`: 0 or 1. */
void states_page(struct ui *ui, size_t part);
