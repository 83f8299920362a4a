/* The page for officials: totals by lesson, by thôn, by month. Server-rendered HTML and
 * SVG, no script, for old computers and phones. */
#pragma once

#include "base/err.h"
#include "server.h"

struct buf;
struct figures;

/* `period`: 2026-11, 2026-Q4, 2026-H2, 2026, all; NULL or nonsense: this half-year.
 * Errors: of the store. */
NODISCARD enum err page_write(struct server *s, const char *period, struct buf *out);
/* The same figures as a table for spreadsheets. */
NODISCARD enum err page_csv(struct server *s, const char *period, struct buf *out);
void page_style(struct buf *out);
/* Up to the opened body, with the woven band: of every page. */
void page_head(struct buf *out, const char *commune);

/* The page's tables (page_tables.c). */
void page_months(struct buf *out, const struct figures *f);
void page_lessons(struct buf *out, const struct figures *f);
void page_thons(struct buf *out, const struct figures *f);
void page_machines(struct buf *out, const struct figures *f);
void page_others(struct buf *out, const struct figures *f);
/* "Việc cần xem": what an official should look at. */
void page_alerts(struct buf *out, const struct figures *f);
