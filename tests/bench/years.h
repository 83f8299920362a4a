/* Three years of a large commune's thirty kiosks: about a million counters and ten
 * thousand people. */
#pragma once

#include <stdint.h>

/* Through the server's own ingest, into a new database. Seconds spent. */
double years_fill(const char *uri, int64_t *rows_out);
