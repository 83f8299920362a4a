/* What the files of figures share. */
#pragma once

#include "store/figures.h"

/* Days since 1970 of a date. */
int64_t figures_day(int year, int month, int mday);
/* Today, or the best guess at it. */
int64_t figures_today(struct db *db, bool *certain_out);
