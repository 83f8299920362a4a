/* Inline SVG: the line of months and the bar of a row. Presentation attributes only,
 * since the page's security policy allows no inline style. */
#pragma once

#include <stdint.h>

#include "figures.h"

struct buf;

enum chart_size { CHART_WIDE, CHART_NARROW };

/* Completions by month, this year over the year before. Months without figures are
 * gaps, not zeros. */
void chart_months(struct buf *out, const struct figures *f, enum chart_size size);

/* `v` of `max` as a bar that is as wide as its place. */
void chart_bar(struct buf *out, int64_t v, int64_t max);

/* The top of the scale: 4 equal steps of 1, 2, 2.5 or 5 times a power of ten (at least
 * 1) that reach `max`. */
int64_t chart_scale(int64_t max);
