/* Makes the report of a span out of what the database has (report.h). */
#pragma once

#include "report.h"
#include "server.h"

/* `version`: what it is frozen as, 0: it is not. Figures are as of now. Errors:
 * ERR_REJECTED (no such period), and those of the store. */
NODISCARD enum err report_make(struct server *s, const char *period, int64_t version,
                               struct arena *arena, struct report *out);

/* The name that `text` has as a period: "2026-07-01..2026-12-31" is "2026-H2". Errors: as
 * report_make. */
NODISCARD enum err report_period(struct server *s, const char *text,
                                 struct arena *arena, const char **out);
