/* See ingest_merge.h. */
#include "ingest_merge.h"

#include <string.h>

#include "base/clock.h"
#include "runs.h"
#include "targets.h"

#define LOG_MODULE "ingest"
#include "base/log.h"

#define UPLOADS_KEPT 10000 /* numbers back, to tell two machines with one key */

/* --- one row ---------------------------------------------------------------------- */

static void set_aside(struct taking *t, size_t i, const char *code)
{
    t->ack.rejected[t->ack.n_rejected++] =
        (struct ack_rejected){ .i = (int64_t)i, .code = code };
}

static bool value_ok(int64_t v)
{
    return v >= 0 && v <= INGEST_VALUE_MAX;
}

/* More than a kiosk can do in a day, and no administrator has said otherwise? */
static enum err is_absurd(struct taking *t, const struct bundle_count *c,
                          const char *run, bool *absurd)
{
    const struct bundle *b = t->bundle;
    int64_t sum = 0;
    int64_t admitted = 0;
    enum err err;

    *absurd = false;
    if (strcmp(c->stat, "completions"))
        return ERR_OK;
    err = store_run(t->server->store, Q_COUNT_OTHERS, store_number, &sum,
                    PARAM_TEXT(b->commune), PARAM_TEXT(b->kiosk), PARAM_TEXT(run),
                    PARAM_TEXT(c->period), PARAM_TEXT(c->unit), PARAM_TEXT(c->dims));
    if (err || sum + c->plus <= INGEST_DAY_MAX)
        return err;
    err = store_run(t->server->store, Q_ADMITTED, store_number, &admitted,
                    PARAM_TEXT(b->kiosk), PARAM_TEXT(c->period));
    *absurd = !admitted;
    return err;
}

static enum err merge_count(struct taking *t, size_t i)
{
    const struct bundle *b = t->bundle;
    const struct bundle_count *c = &b->counts[i];
    const char *run = runs_text(&t->arena, b->runs[c->run].id);
    bool absurd;
    enum err err;

    if (!value_ok(c->plus) || !value_ok(c->minus)) {
        set_aside(t, c->i, "grammar");
        return ERR_OK;
    }
    err = is_absurd(t, c, run, &absurd);
    if (err)
        return err;
    if (absurd) {
        set_aside(t, c->i, "held");
        t->n_held++;
        return store_run(t->server->store, Q_HELD_ADD, NULL, NULL,
                         PARAM_TEXT(b->commune), PARAM_TEXT(b->kiosk), PARAM_TEXT(run),
                         PARAM_TEXT(c->stat), PARAM_TEXT(c->period),
                         PARAM_TEXT(c->unit), PARAM_TEXT(c->dims), PARAM_INT(c->plus),
                         PARAM_INT(c->minus),
                         PARAM_INT(clock_wall_ms(t->server->clock)));
    }
    t->n_merged++;
    return store_run(t->server->store, Q_COUNT_MERGE, NULL, NULL,
                     PARAM_TEXT(b->commune), PARAM_TEXT(b->kiosk), PARAM_TEXT(run),
                     PARAM_TEXT(c->stat), PARAM_TEXT(c->period), PARAM_TEXT(c->unit),
                     PARAM_TEXT(c->dims), PARAM_INT(c->plus), PARAM_INT(c->minus));
}

static enum err merge_gauge(struct taking *t, size_t i)
{
    const struct bundle *b = t->bundle;
    const struct bundle_gauge *g = &b->gauges[i];
    const struct bundle_run *run = &b->runs[g->run];

    if (!value_ok(g->value)) {
        set_aside(t, g->i, "grammar");
        return ERR_OK;
    }
    t->n_merged++;
    return store_run(t->server->store, Q_GAUGE_MERGE, NULL, NULL,
                     PARAM_TEXT(b->commune), PARAM_TEXT(b->kiosk), PARAM_TEXT(g->stat),
                     PARAM_TEXT(g->period), PARAM_TEXT(g->unit), PARAM_TEXT(g->dims),
                     PARAM_INT(g->value), PARAM_INT(run->ord), PARAM_INT(g->rev),
                     PARAM_TEXT(runs_text(&t->arena, run->id)));
}

/* --- the whole -------------------------------------------------------------------- */

/* Two byte strings under one number come from two machines with one key. */
static enum err note_upload(struct taking *t)
{
    const struct bundle *b = t->bundle;
    int64_t now_ms = clock_wall_ms(t->server->clock);
    int64_t others = 0;
    enum err err;

    err = store_run(t->server->store, Q_UPLOAD_OTHER, store_number, &others,
                    PARAM_TEXT(b->kiosk), PARAM_INT(b->n), PARAM_TEXT(t->sha256));
    if (!err)
        err =
            store_run(t->server->store, Q_UPLOAD_ADD, NULL, NULL, PARAM_TEXT(b->kiosk),
                      PARAM_INT(b->n), PARAM_TEXT(t->sha256), PARAM_INT(now_ms));
    if (!err)
        err = store_run(t->server->store, Q_UPLOAD_PRUNE, NULL, NULL,
                        PARAM_TEXT(b->kiosk), PARAM_INT(b->n - UPLOADS_KEPT));
    if (!err && others) {
        LOG_WARN("kiosk %s: two machines with one key: enrol one again", b->kiosk);
        err = store_run(t->server->store, Q_KIOSK_TWIN, NULL, NULL,
                        PARAM_TEXT(b->kiosk), PARAM_INT(now_ms));
    }
    if (!err)
        err = store_run(
            t->server->store, Q_KIOSK_SEEN, NULL, NULL, PARAM_TEXT(b->kiosk),
            PARAM_INT(now_ms), PARAM_TEXT(b->version ? b->version : ""),
            PARAM_INT(b->pack_ver), PARAM_INT(b->health.only_here),
            PARAM_INT(b->health.free_mb), PARAM_TEXT(b->health.db ? b->health.db : ""),
            PARAM_INT(b->health.temp_c), PARAM_INT(b->health.power_cuts),
            PARAM_INT(b->health.undervolt), PARAM_TEXT(b->system ? b->system : ""));
    return err;
}

enum err ingest_merge(struct taking *t)
{
    const struct bundle *b = t->bundle;
    enum err err;

    t->ack = (struct ack){ 0 }; /* it may be the second time */
    t->n_merged = 0;
    t->n_held = 0;
    t->ack.rejected =
        arena_alloc(&t->arena, (b->n_counts + b->n_gauges + b->n_unreadable + 1) *
                                   sizeof(*t->ack.rejected));
    for (size_t i = 0; i < b->n_unreadable; i++)
        set_aside(t, b->unreadable[i], "grammar");
    err = runs_merge(t->server, b, &t->arena);
    for (size_t i = 0; i < b->n_counts && !err; i++)
        err = merge_count(t, i);
    for (size_t i = 0; i < b->n_gauges && !err; i++)
        err = merge_gauge(t, i);
    for (size_t i = 0; i < b->n_gauges && !err; i++)
        if (!strcmp(b->gauges[i].stat, TARGETS_STAT)) {
            err = targets_note(t->server);
            break;
        }
    if (!err)
        err = note_upload(t);
    if (!err)
        err = runs_answer(t->server, b, &t->arena, &t->ack);
    return err;
}
