/* Inline SVG: the line of months, the bar of a row, the days of a machine. Presentation
 * attributes only, since the page's security policy allows no inline style. */
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

/* `percent` of a track; `low`: it asks for attention. */
void chart_share(struct buf *out, int percent, bool low);

/* `n` months from `first` as a small line, or nothing when fewer than two are known. */
void chart_spark(struct buf *out, const struct figure *first, size_t n);

#define CHART_DAYS_MAX 31

/* Completions of each day of a month, and on which days something was sent. The days
 * after `n_days` are yet to come. */
void chart_days(struct buf *out, const struct figure values[CHART_DAYS_MAX],
                const bool sent[CHART_DAYS_MAX], int n_days, enum chart_size size);

/* The top of the scale: 4 equal steps of 1, 2, 2.5 or 5 times a power of ten (at least
 * 1) that reach `max`. */
int64_t chart_scale(int64_t max);
