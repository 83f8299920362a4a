/* The totals bundle as JSON. Grammar of single fields: bundle_grammar.c. */
#include "wire/bundle.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "wire/wire_read.h"

#define ROW_FIELDS 7
#define TRUST_MAX 4

static void put_run(struct buf *out, const char *key, uint64_t run)
{
    char text[17];

    wire_run_text(run, text);
    json_put_text(out, key, text);
}

static void put_known(int64_t v, const char *key, struct buf *out)
{
    if (v >= 0)
        json_put_int(out, key, v);
}

static void put_health(const struct bundle_health *h, struct buf *out)
{
    json_open(out, "health", '{');
    put_known(h->free_mb, "free_mb", out);
    put_known(h->power_cuts, "power_cuts", out);
    if (h->db)
        json_put_text(out, "db", h->db);
    json_put_bool(out, "undervolt", h->undervolt);
    put_known(h->temp_c, "temp_c", out);
    put_known(h->voice_draft_pct, "voice_draft_pct", out);
    put_known(h->only_here, "only_here", out);
    json_close(out, '}');
}

static void put_runs(const struct bundle *b, struct buf *out)
{
    json_open(out, "runs", '[');
    for (size_t i = 0; i < b->n_runs; i++) {
        const struct bundle_run *r = &b->runs[i];

        json_open(out, NULL, '[');
        put_run(out, NULL, r->id);
        json_put_int(out, NULL, r->ord);
        json_put_int(out, NULL, r->start_ms);
        json_put_int(out, NULL, r->uncertainty_ms);
        json_put_int(out, NULL, r->trust);
        json_put_int(out, NULL, r->from);
        json_put_int(out, NULL, r->to);
        json_close(out, ']');
    }
    json_close(out, ']');
    json_open(out, "known", '[');
    for (size_t i = 0; i < b->n_known; i++) {
        json_open(out, NULL, '[');
        put_run(out, NULL, b->known[i].run);
        json_put_int(out, NULL, b->known[i].acked);
        json_close(out, ']');
    }
    json_close(out, ']');
}

static void put_row(size_t run, const char *const text[4], int64_t first,
                    int64_t second, struct buf *out)
{
    json_open(out, NULL, '[');
    json_put_int(out, NULL, (int64_t)run);
    for (size_t i = 0; i < 4; i++)
        json_put_text(out, NULL, text[i]);
    json_put_int(out, NULL, first);
    json_put_int(out, NULL, second);
    json_close(out, ']');
}

static void put_rows(const struct bundle *b, struct buf *out)
{
    json_open(out, "counts", '[');
    for (size_t i = 0; i < b->n_counts; i++) {
        const struct bundle_count *c = &b->counts[i];

        put_row(c->run, (const char *const[]){ c->stat, c->period, c->unit, c->dims },
                c->plus, c->minus, out);
    }
    json_close(out, ']');
    json_open(out, "gauges", '[');
    for (size_t i = 0; i < b->n_gauges; i++) {
        const struct bundle_gauge *g = &b->gauges[i];

        put_row(g->run, (const char *const[]){ g->stat, g->period, g->unit, g->dims },
                g->value, g->rev, out);
    }
    json_close(out, ']');
}

enum err bundle_encode(const struct bundle *b, struct buf *out)
{
    json_open(out, NULL, '{');
    json_put_int(out, "schema", 1);
    json_put_text(out, "commune", b->commune);
    json_put_text(out, "kiosk", b->kiosk);
    json_put_int(out, "n", b->n);
    put_run(out, "run", b->run);
    json_put_text(out, "nonce", b->nonce);
    put_runs(b, out);
    json_put_text(out, "version", b->version);
    if (b->system)
        json_put_text(out, "system", b->system);
    json_open(out, "packs", '{');
    if (b->pack_id)
        json_put_int(out, b->pack_id, b->pack_ver);
    json_close(out, '}');
    put_health(&b->health, out);
    put_rows(b, out);
    json_close(out, '}');
    return out->overflow ? ERR_FULL : ERR_OK;
}

static void read_runs(struct wire_reader *r, struct bundle *out)
{
    const json_value *list = json_get(r->doc, "runs");
    void *room;

    out->n_runs =
        wire_list(r, list, "runs", BUNDLE_RUNS_MAX, sizeof(*out->runs), &room);
    out->runs = room;
    for (size_t i = 0; i < out->n_runs; i++) {
        const json_value *line = json_at(list, i);
        struct bundle_run *run = &out->runs[i];

        run->id = wire_run(r, json_at(line, 0), "a run's id");
        run->ord = wire_int(r, json_at(line, 1), "a run's ord", 0, JSON_INT_MAX);
        run->start_ms = wire_int(r, json_at(line, 2), "a start", 0, JSON_INT_MAX);
        run->uncertainty_ms =
            wire_int(r, json_at(line, 3), "an uncertainty", 0, JSON_INT_MAX);
        run->trust = (int)wire_int(r, json_at(line, 4), "a trust", 0, TRUST_MAX);
        run->from = wire_int(r, json_at(line, 5), "a run's from", 1, JSON_INT_MAX);
        /* from - 1: only the line itself is news. */
        run->to =
            wire_int(r, json_at(line, 6), "a run's to", run->from - 1, JSON_INT_MAX);
        if (json_count(line) != 7)
            wire_fail(r, "a run");
        for (size_t k = 0; k < i; k++) {
            if (out->runs[k].id == run->id)
                wire_fail(r, "a run named twice");
        }
    }
}

static void read_known(struct wire_reader *r, struct bundle *out)
{
    const json_value *list = json_get(r->doc, "known");
    void *room;

    out->n_known =
        wire_list(r, list, "known", BUNDLE_KNOWN_MAX, sizeof(*out->known), &room);
    out->known = room;
    for (size_t i = 0; i < out->n_known; i++) {
        const json_value *line = json_at(list, i);

        out->known[i].run = wire_run(r, json_at(line, 0), "a known run");
        out->known[i].acked =
            wire_int(r, json_at(line, 1), "a known run's acked", 0, JSON_INT_MAX);
        if (json_count(line) != 2)
            wire_fail(r, "a known run");
    }
}

/* A member of health: -1 when it is not there. */
static int64_t health_int(struct wire_reader *r, const json_value *h, const char *key)
{
    const json_value *v = json_get(h, key);

    return json_kind_of(v) == JSON_IS_NONE ? -1 : wire_int(r, v, key, 0, JSON_INT_MAX);
}

static void read_health(struct wire_reader *r, struct bundle_health *out)
{
    const json_value *h = json_get(r->doc, "health");
    const json_value *db = json_get(h, "db");

    out->free_mb = health_int(r, h, "free_mb");
    out->power_cuts = health_int(r, h, "power_cuts");
    out->db = json_kind_of(db) == JSON_IS_NONE ? NULL : wire_id(r, db, "db");
    out->undervolt = json_bool(json_get(h, "undervolt"), false);
    out->temp_c = health_int(r, h, "temp_c");
    out->voice_draft_pct = health_int(r, h, "voice_draft_pct");
    out->only_here = health_int(r, h, "only_here");
}

/* Not there from older kiosks, and not worth a bundle. */
static void read_system(struct wire_reader *r, struct bundle *out)
{
    const char *system = json_text(json_get(r->doc, "system"));

    if (system && bundle_id_ok(system))
        out->system = arena_strdup(r->arena, system);
}

/* A bundle speaks of one pack; of several the first by the reader's order is taken. */
static void read_pack(struct wire_reader *r, struct bundle *out)
{
    json_value *packs = json_get(r->doc, "packs");
    json_value *ver;
    const char *id;
    void *at = NULL;

    if (json_kind_of(packs) != JSON_IS_OBJECT || !json_each(packs, &at, &id, &ver))
        return;
    if (!bundle_id_ok(id)) {
        wire_fail(r, "a pack's id");
        return;
    }
    out->pack_id = arena_strdup(r->arena, id);
    out->pack_ver = wire_int(r, ver, "a pack's ver", 0, JSON_INT_MAX);
}

/* The seven fields of a row, counts and gauges alike. Errors: ERR_REJECTED. */
static enum err read_row(struct wire_reader *r, const json_value *row, size_t n_runs,
                         bool (*period_ok)(const char *), struct bundle_count *out)
{
    const char *text[4];
    int64_t run;

    if (json_kind_of(row) != JSON_IS_ARRAY || json_count(row) != ROW_FIELDS)
        return ERR_REJECTED;
    if (json_int(json_at(row, 0), 0, (int64_t)n_runs - 1, &run) ||
        json_int(json_at(row, 5), 0, JSON_INT_MAX, &out->plus) ||
        json_int(json_at(row, 6), 0, JSON_INT_MAX, &out->minus))
        return ERR_REJECTED;
    for (size_t i = 0; i < 4; i++) {
        text[i] = json_text(json_at(row, i + 1));
        if (!text[i])
            return ERR_REJECTED;
    }
    if (!bundle_id_ok(text[0]) || !period_ok(text[1]) || !bundle_id_ok(text[2]) ||
        !bundle_dims_ok(text[3]))
        return ERR_REJECTED;
    out->run = (size_t)run;
    out->stat = arena_strdup(r->arena, text[0]);
    out->period = arena_strdup(r->arena, text[1]);
    out->unit = arena_strdup(r->arena, text[2]);
    out->dims = arena_strdup(r->arena, text[3]);
    return ERR_OK;
}

static void read_rows(struct wire_reader *r, struct bundle *out)
{
    const json_value *counts = json_get(r->doc, "counts");
    const json_value *gauges = json_get(r->doc, "gauges");
    struct bundle_count row;
    void *room;
    size_t n_counts =
        wire_list(r, counts, "counts", BUNDLE_ROWS_MAX, sizeof(*out->counts), &room);
    size_t n_gauges;

    out->counts = room;
    n_gauges =
        wire_list(r, gauges, "gauges", BUNDLE_ROWS_MAX, sizeof(*out->gauges), &room);
    out->gauges = room;
    if (n_counts + n_gauges > BUNDLE_ROWS_MAX) {
        wire_fail(r, "the number of rows");
        return;
    }
    out->unreadable =
        arena_alloc(r->arena, (n_counts + n_gauges) * sizeof(*out->unreadable));
    for (size_t i = 0; i < n_counts + n_gauges; i++) {
        const json_value *v =
            i < n_counts ? json_at(counts, i) : json_at(gauges, i - n_counts);

        if (read_row(r, v, out->n_runs,
                     i < n_counts ? bundle_count_period_ok : bundle_gauge_period_ok,
                     &row)) {
            out->unreadable[out->n_unreadable++] = i;
        } else if (i < n_counts) {
            row.i = i;
            out->counts[out->n_counts++] = row;
        } else {
            out->gauges[out->n_gauges++] = (struct bundle_gauge){ .run = row.run,
                                                                  .stat = row.stat,
                                                                  .period = row.period,
                                                                  .unit = row.unit,
                                                                  .dims = row.dims,
                                                                  .value = row.plus,
                                                                  .rev = row.minus,
                                                                  .i = i };
        }
    }
}

enum err bundle_decode(const char *json, size_t n, struct arena *arena,
                       struct bundle *out, char *why, size_t n_why)
{
    struct wire_reader r;

    *out = (struct bundle){ 0 };
    wire_open(&r, json, n, arena, why, n_why);
    if (!r.failed) {
        out->commune = wire_id(&r, json_get(r.doc, "commune"), "commune");
        out->kiosk = wire_id(&r, json_get(r.doc, "kiosk"), "kiosk");
        out->n = wire_int(&r, json_get(r.doc, "n"), "n", 0, JSON_INT_MAX);
        out->run = wire_run(&r, json_get(r.doc, "run"), "run");
        out->nonce = wire_nonce(&r, json_get(r.doc, "nonce"), "nonce");
        out->version = wire_text(&r, json_get(r.doc, "version"), "version");
        read_system(&r, out);
        read_runs(&r, out);
        read_known(&r, out);
        read_pack(&r, out);
        read_health(&r, &out->health);
        read_rows(&r, out);
    }
    return wire_close(&r);
}
