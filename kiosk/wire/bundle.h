/* The totals bundle (PROTOCOL §4): what crosses to the server, by HTTPS or by USB, as
 * the payload of a JWS. State, never deltas. No name can be put in it: there is no
 * field for one. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct buf;

#define BUNDLE_ROWS_MAX 500
#define BUNDLE_BYTES_MAX 98304 /* of the whole request, 96 KiB */
#define BUNDLE_RUNS_MAX 512
#define BUNDLE_KNOWN_MAX 4096
#define BUNDLE_ID_MAX 32 /* characters: [a-z0-9._-] */

struct bundle_run {
    uint64_t id;
    int64_t ord;
    int64_t start_ms; /* learned wall time of the run's start */
    int64_t uncertainty_ms;
    int trust;    /* enum run_trust, 0..4 */
    int64_t from; /* revs sent: from..to, from = acked + 1 */
    int64_t to;
};

struct bundle_count {
    size_t run; /* index into runs */
    const char *stat;
    const char *period; /* "2026-11-22" or "?3" */
    const char *unit;
    const char *dims; /* "-" or "sex=f;thon=t07" */
    int64_t plus;
    int64_t minus; /* `void` on the wire */
    size_t i;      /* decoded: the row's place in the message, for ack_rejected */
};

struct bundle_gauge {
    size_t run;
    const char *stat;
    const char *period;
    const char *unit;
    const char *dims;
    int64_t value;
    int64_t rev;
    size_t i; /* as in bundle_count */
};

struct bundle_known {
    uint64_t run;
    int64_t acked;
};

struct bundle_health { /* a number below 0 is not known, and is left out */
    int64_t free_mb;
    int64_t power_cuts;
    const char *db; /* "ok", "readonly", "full", "newer" */
    bool undervolt;
    int64_t temp_c;
    int64_t voice_draft_pct;
    int64_t
        only_here; /* completions that exist only on this card, once this is taken */
};

struct bundle {
    const char *commune;
    const char *kiosk;
    int64_t n;    /* grows; gaps are normal */
    uint64_t run; /* the sender's current run */
    const char *nonce;
    struct bundle_run *runs;
    size_t n_runs;
    struct bundle_known *known;
    size_t n_known;
    const char *version; /* of the program */
    const char
        *system; /* "bookworm-arm64": what updates must be for; NULL: takes none */
    const char *pack_id; /* NULL: no pack */
    int64_t pack_ver;
    struct bundle_health health;
    struct bundle_count *counts;
    size_t n_counts;
    struct bundle_gauge *gauges;
    size_t n_gauges;
    size_t *unreadable; /* decoded: places of rows that were left out */
    size_t n_unreadable;
};

/* Writes the JSON into the empty `out`. Errors: ERR_FULL when it reached its ceiling. */
NODISCARD enum err bundle_encode(const struct bundle *b, struct buf *out);

/* Reads a verified payload into `arena`. Unknown members are ignored; duplicate keys,
 * depth over 4, integers outside 0..2^53-1, ids outside [a-z0-9._-]{1,32} and more than
 * BUNDLE_ROWS_MAX rows are refused. A row of counts or gauges that is wrong in itself
 * (grammar, numbers, run index) does not block the others: it is left out and its place
 * put into `unreadable`; the ack names it with code "grammar". `why` (n_why bytes) says
 * why all was refused. Errors: ERR_REJECTED. */
NODISCARD enum err bundle_decode(const char *json, size_t n, struct arena *arena,
                                 struct bundle *out, char *why, size_t n_why);

/* Grammar of single fields, shared by both ends. */
bool bundle_id_ok(const char *id);
/* Of counts: a day, or "?<h>". */
bool bundle_count_period_ok(const char *period);
/* Of gauges: month, quarter, half, year, P1, P2, all. */
bool bundle_gauge_period_ok(const char *period);
bool bundle_dims_ok(const char *dims);
