/* The append-only event log and its projections. One transaction writes an event, its
 * progress and its totals; everything but the events can be rebuilt from them. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "lesson/event.h"
#include "store/db.h"

struct buf;

/* Where an event stands: "<run>-<seq>" in the semantic log and in EVENT_VOID. */
struct event_id {
    uint64_t run;
    int64_t seq;
};

/* Appends `n` events and their projections in one transaction; on ERR_OK they have
 * reached the disk (synchronous=EXTRA) and `*last_out` is the place of the last one.
 * A new run begins at the first append after every open. Nothing is written on error.
 * Errors: ERR_FULL (disk), ERR_RETRY (locked), ERR_REJECTED (unknown token, bad unit,
 * score outside 0..100, newer database), ERR_CORRUPT (fsync or I/O error: the journal
 * was closed, reopened and verified; this write did not happen. Only if it could not
 * even be reopened then, the write may be found when the disk comes back).
 * Thread: the owner. */
NODISCARD enum err journal_append(struct db *db, const struct event *events, size_t n,
                                  struct event_id *last_out);

/* What the run's clock is worth. */
enum run_trust {
    RUN_TRUST_NONE,
    RUN_TRUST_SAVED,
    RUN_TRUST_STAFF,
    RUN_TRUST_SERVER,
    RUN_TRUST_RTC,
};

/* The start of the current run became known: `wall_ms` is now, give or take. Kept when
 * it is better (higher trust, then smaller uncertainty) than what is known, and not only
 * a vaguer word for the same; dates of events already written do not change (PROTOCOL
 * §2). Begins a run if there is none. Errors: ERR_REJECTED (it cannot be true), and as
 * journal_append. */
NODISCARD enum err journal_learn_time(struct db *db, int64_t wall_ms,
                                      int64_t uncertainty_ms, enum run_trust trust);

/* A module or a path: the lessons that must be passed to have finished it. */
struct journal_group {
    const char *kind; /* "module" or "path" */
    const char *id;
    const char *const *lessons;
    size_t n_lessons;
};

/* What module_finished and path_finished go by; journalled when it differs from what
 * is known, so call it whenever a pack was opened. The setting `phase1_end`
 * ("2027-12-31") is taken along. Nobody loses what an older curriculum gave.
 * Errors: as journal_append. */
NODISCARD enum err journal_set_curriculum(struct db *db,
                                          const struct journal_group *groups,
                                          size_t n_groups);

/* Recomputes every projection from the events and compares. Appends one line per
 * difference to `report` (English). With `repair` the recomputed ones are kept.
 * Errors: ERR_CORRUPT when something differed or the chain is broken. */
NODISCARD enum err journal_rebuild(struct db *db, int repair, struct buf *report);

/* Appends {"schema":1,"rows":[[stat,period,unit,dims,value],…]} (INTERFACES): sums over
 * runs of plus - void, and the gauges; sorted bytewise, zeros left out. */
NODISCARD enum err journal_totals_json(struct db *db, struct buf *out);
