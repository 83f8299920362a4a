/* The page for officials: totals by lesson, by thôn, by month. Server-rendered HTML and
 * SVG, no script, for old computers and phones. */
#pragma once

#include "base/err.h"
#include "server.h"

struct buf;

/* `period`: 2026-11, 2026-Q4, 2026-H2, 2026, all; NULL or nonsense: this half-year.
 * Errors: of the store. */
NODISCARD enum err page_write(struct server *s, const char *period, struct buf *out);
NODISCARD enum err page_csv(struct server *s, const char *period, struct buf *out);
void page_style(struct buf *out);
