/* Totals that the server has not confirmed (PROTOCOL §3, §4). Speaks wire's structs, so
 * that no field is copied twice; signs and sends nothing. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/db.h"
#include "wire/ack.h"
#include "wire/bundle.h"

struct arena;
struct buf;

/* Fills runs, known, counts, gauges, n and run of a bundle with at most `max_rows` rows
 * that are not acked, oldest run and rev first. `b->n_runs` 0 means nothing is waiting;
 * the bundle may be sent all the same. Strings live in `arena`.
 * Errors: ERR_CORRUPT, ERR_FULL. */
NODISCARD enum err outbox_fill(struct db *db, size_t max_rows, struct arena *arena,
                               struct bundle *b);

/* The same, without what stands in a kept bundle numbered `since_n` or later: the next
 * of several that travel together on a stick. */
NODISCARD enum err outbox_fill_beyond(struct db *db, int64_t since_n, size_t max_rows,
                                      struct arena *arena, struct bundle *b);

/* Completions that neither the server holds nor the bundle filled last carries (nor,
 * with outbox_fill_beyond, those before it on the stick): what will exist only on this
 * card once they are taken. */
NODISCARD enum err outbox_left_over(struct db *db, int64_t *out);

/* Keeps the signed bytes of bundle `n` before the first byte leaves: a retry sends the
 * same bytes. On ERR_OK they are durable. */
NODISCARD enum err outbox_keep(struct db *db, int64_t n, const char *bytes,
                               size_t size);
/* The bytes kept and not yet answered, appended to `out`; `*n_out` 0 when there are
 * none. */
NODISCARD enum err outbox_kept(struct db *db, int64_t *n_out, struct buf *out);
/* Forgets the kept bytes: refused for good (400), or halved (413). */
NODISCARD enum err outbox_drop(struct db *db, int64_t n);

/* Applies a verified acknowledgement: moves `acked` up or back, starts a new run and
 * says everything again when our copy was restored or cloned. `*more_out`: rows are
 * left. Errors: as journal_append. */
NODISCARD enum err outbox_acknowledge(struct db *db, const struct ack *ack,
                                      bool *more_out);

/* Once a week whatever the acks say: acked := 0 for every run, all gauges anew. */
NODISCARD enum err outbox_say_everything(struct db *db);

struct outbox_state {
    int64_t rows_waiting;
    int64_t completions_only_here; /* that no server said to hold */
    int64_t last_ack_ms;           /* wall, 0: never */
    int64_t rejected;              /* rows the server set aside */
};
NODISCARD enum err outbox_state(struct db *db, struct outbox_state *out);
