/* See metrics.h. */
#include "metrics.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"

static void put(struct buf *out, const char *name, const char *type, int64_t value)
{
    buf_printf(out, "# TYPE bdhvs_%s %s\nbdhvs_%s %" PRId64 "\n", name, type, name,
               value);
}

static enum err take_rows(void *ctx, const struct cell *cells)
{
    put(ctx, "counters", "gauge", cells[0].number);
    put(ctx, "gauges", "gauge", cells[1].number);
    put(ctx, "runs", "gauge", cells[2].number);
    put(ctx, "held_rows", "gauge", cells[3].number);
    return ERR_OK;
}

struct machines {
    int64_t n_active;
    int64_t n_twins;
    int64_t oldest_seen_ms;
};

static enum err take_machine(void *ctx, const struct cell *cells)
{
    struct machines *m = ctx;

    if (strcmp(cells[1].text, "active"))
        return ERR_OK;
    m->n_active++;
    m->n_twins += cells[8].number != 0;
    if (cells[2].number && /* who never sent is no old upload */
        (!m->oldest_seen_ms || cells[2].number < m->oldest_seen_ms))
        m->oldest_seen_ms = cells[2].number;
    return ERR_OK;
}

enum err metrics_write(struct server *s, struct buf *out)
{
    const struct server_counts *c = &s->counts;
    struct machines machines = { 0 };
    enum err err;

    put(out, "bundles_taken_total", "counter", c->bundles_taken);
    put(out, "bundles_refused_total", "counter", c->bundles_refused);
    put(out, "commits_total", "counter", c->commits);
    put(out, "rows_merged_total", "counter", c->rows_merged);
    put(out, "rows_rejected_total", "counter", c->rows_rejected);
    put(out, "rows_held_total", "counter", c->rows_held);
    put(out, "enrol_asked_total", "counter", c->enrol_asked);
    put(out, "enrol_refused_total", "counter", c->enrol_refused);
    put(out, "pages_total", "counter", c->pages);
    put(out, "uptime_seconds", "gauge",
        (clock_mono_ms(s->clock) - s->started_ms) / 1000);
    err = store_run_plain(s->store, Q_COUNT_ROWS, take_rows, out);
    if (!err)
        err = store_run_plain(s->store, Q_KIOSKS, take_machine, &machines);
    put(out, "kiosks", "gauge", machines.n_active);
    put(out, "kiosks_with_shared_key", "gauge", machines.n_twins);
    put(out, "oldest_upload_timestamp_seconds", "gauge",
        machines.oldest_seen_ms / 1000);
    return server_note(s, err);
}
