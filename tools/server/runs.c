/* See runs.h. */
#include "runs.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/arena.h"

#define KNOWN_SHORT 32 /* a bundle lists at least so many runs, if it has them */

char *runs_text(struct arena *arena, uint64_t run)
{
    return arena_printf(arena, "%016" PRIx64, run);
}

enum err runs_merge(struct server *s, const struct bundle *b, struct arena *arena)
{
    enum err err = ERR_OK;

    for (size_t i = 0; i < b->n_runs && !err; i++) {
        const struct bundle_run *r = &b->runs[i];
        const char *run = runs_text(arena, r->id);

        err = store_run(s->store, Q_RUN_LINE, NULL, NULL, PARAM_TEXT(b->commune),
                        PARAM_TEXT(b->kiosk), PARAM_TEXT(run), PARAM_INT(r->ord),
                        PARAM_INT(r->start_ms), PARAM_INT(r->uncertainty_ms),
                        PARAM_INT(r->trust));
        if (!err)
            err = store_run(s->store, Q_RUN_SPAN, NULL, NULL, PARAM_TEXT(b->commune),
                            PARAM_TEXT(b->kiosk), PARAM_TEXT(run), PARAM_INT(r->from),
                            PARAM_INT(r->to));
    }
    return err;
}

struct held_of {
    struct ack_held *held;
    int64_t ord;
};

static enum err take_held(void *ctx, const struct cell *cells)
{
    struct held_of *h = ctx;

    h->held->held = cells[0].number;
    h->held->top = cells[1].number;
    h->ord = cells[2].number;
    return ERR_OK;
}

/* Adds what we hold of `run`, once. Lowers `*least_ord` to its ord. */
static enum err answer_run(struct server *s, const struct bundle *b,
                           struct arena *arena, struct ack *ack, uint64_t run,
                           int64_t *least_ord)
{
    struct ack_held *held = &ack->held[ack->n_held];
    struct held_of of = { held, 0 };
    enum err err;

    for (size_t i = 0; i < ack->n_held; i++)
        if (ack->held[i].run == run)
            return ERR_OK;
    *held = (struct ack_held){ .run = run };
    ack->n_held++;
    err = store_run(s->store, Q_RUN_HELD, take_held, &of, PARAM_TEXT(b->commune),
                    PARAM_TEXT(b->kiosk), PARAM_TEXT(runs_text(arena, run)));
    if (of.ord && of.ord < *least_ord)
        *least_ord = of.ord;
    return err;
}

struct foreign {
    const struct ack *ack;
    int64_t above; /* runs up to this ord are old, not foreign */
    int64_t ord;
};

static enum err look_at_run(void *ctx, const struct cell *cells)
{
    struct foreign *f = ctx;
    uint64_t run = strtoull(cells[0].text, NULL, 16);

    if (cells[1].number <= f->above || cells[1].number <= f->ord)
        return ERR_OK;
    for (size_t i = 0; i < f->ack->n_held; i++)
        if (f->ack->held[i].run == run)
            return ERR_OK;
    f->ord = cells[1].number;
    return ERR_OK;
}

enum err runs_answer(struct server *s, const struct bundle *b, struct arena *arena,
                     struct ack *ack)
{
    struct foreign foreign = { .ack = ack };
    int64_t least_ord = INT64_MAX; /* of the list, not of the runs sent */
    int64_t ignored = INT64_MAX;
    enum err err = ERR_OK;

    ack->held = arena_alloc(arena, (b->n_known + b->n_runs + 1) * sizeof(*ack->held));
    for (size_t i = 0; i < b->n_known && !err; i++)
        err = answer_run(s, b, arena, ack, b->known[i].run, &least_ord);
    for (size_t i = 0; i < b->n_runs && !err; i++)
        err = answer_run(s, b, arena, ack, b->runs[i].id, &ignored);
    if (err)
        return err;
    /* A long list is cut to the newest runs: what is older than all of them was left
     * out, and is no stranger. The full list comes once a day. */
    if (b->n_known >= KNOWN_SHORT && least_ord != INT64_MAX)
        foreign.above = least_ord;
    err = store_run(s->store, Q_RUNS_OF, look_at_run, &foreign, PARAM_TEXT(b->commune),
                    PARAM_TEXT(b->kiosk));
    ack->foreign_ord = foreign.ord;
    return err;
}
