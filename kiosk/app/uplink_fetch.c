/* Files of packs and of the program that the server offers. Which, and what they are worth:
 * app/packs.h, app/updates.h. */
#include "app/uplink_state.h"

#include "base/check.h"

#define FETCH_AGAIN_MS 60000

/* Who wants files, first who comes first: lessons go before the program. */
static bool packs_want(struct uplink *u, struct fetch_file *out)
{
    return u->packs && packs_wanted(u->packs, out);
}

static bool updates_want(struct uplink *u, struct fetch_file *out)
{
    if (!u->updates)
        return false;
    if (updates_wanted(u->updates, out))
        return true;
    u->fetched = u->fetched || updates_at_work(u->updates);
    return false;
}

static void packs_take(struct uplink *u, const struct sync_result *r)
{
    if (r->outcome == SYNC_NOT_THERE)
        packs_not_there(u->packs);
    else if (r->outcome == SYNC_TOO_LARGE)
        packs_too_large(u->packs);
    else if (r->outcome == SYNC_VERIFIED || r->outcome == SYNC_CUT)
        packs_came(u->packs, r->payload, r->n_payload, r->continues,
                   r->outcome == SYNC_VERIFIED);
}

static void updates_take(struct uplink *u, const struct sync_result *r)
{
    if (r->outcome == SYNC_NOT_THERE)
        updates_not_there(u->updates);
    else if (r->outcome == SYNC_TOO_LARGE)
        updates_too_large(u->updates);
    else if (r->outcome == SYNC_VERIFIED || r->outcome == SYNC_CUT)
        updates_came(u->updates, r->payload, r->n_payload, r->continues,
                     r->outcome == SYNC_VERIFIED);
}

static const struct {
    bool (*want)(struct uplink *, struct fetch_file *);
    void (*take)(struct uplink *, const struct sync_result *);
} sources[] = {
    { packs_want, packs_take },
    { updates_want, updates_take },
};

void uplink_fetch_answer(struct uplink *u, const struct sync_result *r)
{
    sources[u->fetching].take(u, r);
    u->fetched = true;
    if (r->outcome != SYNC_VERIFIED)
        u->fetch_ms = clock_mono_ms(u->clock) + FETCH_AGAIN_MS;
}

void uplink_fetch(struct uplink *u, int64_t now_ms)
{
    struct fetch_file file;
    struct sync_job job;
    size_t i = 0;

    if (now_ms < u->fetch_ms)
        return;
    while (i < COUNT(sources) && !sources[i].want(u, &file))
        i++;
    if (i == COUNT(sources))
        return;
    job = uplink_job(u, SYNC_FETCH);
    job.path = file.path;
    job.etag = file.etag[0] ? file.etag : NULL;
    job.offset = file.offset;
    job.max = file.max;
    job.in_pieces = file.in_pieces;
    u->fetching = i;
    if (sync_submit(u->sync, &job))
        u->fetch_ms = now_ms + FETCH_AGAIN_MS;
}
