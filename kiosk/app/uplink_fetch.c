/* Files of packs that the server offers. Which, and what they are worth: app/packs.h. */
#include "app/uplink_state.h"

#define FETCH_AGAIN_MS 60000

void uplink_fetch_answer(struct uplink *u, const struct sync_result *r)
{
    bool whole = r->outcome == SYNC_VERIFIED;

    if (r->outcome == SYNC_NOT_THERE)
        packs_not_there(u->packs);
    else if (r->outcome == SYNC_TOO_LARGE)
        packs_too_large(u->packs);
    else if (whole || r->outcome == SYNC_CUT)
        packs_came(u->packs, r->payload, r->n_payload, r->continues, whole);
    if (!whole)
        u->fetch_ms = clock_mono_ms(u->clock) + FETCH_AGAIN_MS;
}

void uplink_fetch(struct uplink *u, int64_t now_ms)
{
    struct packs_file file;
    struct sync_job job;

    if (!u->packs || now_ms < u->fetch_ms || !packs_wanted(u->packs, &file))
        return;
    job = uplink_job(u, SYNC_FETCH);
    job.path = file.path;
    job.etag = file.etag[0] ? file.etag : NULL;
    job.offset = file.offset;
    job.max = file.max;
    if (sync_submit(u->sync, &job))
        u->fetch_ms = now_ms + FETCH_AGAIN_MS;
}
