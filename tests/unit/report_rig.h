/* A commune's server with half a year of totals and the one before, put in through the real
 * ingest: for the tests of reports. */
#pragma once

#include "base/json.h"
#include "report.h"
#include "server_rig.h"

#define REPORT_PERIOD "2026-H2"
#define REPORT_BEFORE "2026-H1"

/* Settings of the commune: two named thôn, one unit, denominators, a target. */
void report_rig_settings(struct rig *r);
/* Random totals of all statistics that reports show. */
void report_rig_fill(struct rig *r, uint32_t seed);
/* One row more in a bundle of its own. */
void report_rig_count(struct rig *r, const char *stat, const char *period,
                      const char *unit, const char *dims, int64_t v);
void report_rig_gauge(struct rig *r, const char *stat, const char *period,
                      const char *unit, const char *dims, int64_t v);

/* The report as the server makes it, read back from its document; in r->arena. */
struct report *report_rig_make(struct rig *r, const char *period);
void report_rig_set(struct rig *r, const char *key, const char *value);

/* Sums over `totals --json` itself, apart from the program: days from..to of a counter
 * (unit NULL: all; ending in "-": that begin so), or the very row of a gauge. -1: no row. */
int64_t report_rig_sum(struct rig *r, const char *stat, const char *unit,
                       const char *dims, const char *from, const char *to);
int64_t report_rig_people(struct rig *r, const char *stat, const char *period,
                          const char *unit, const char *dims);
