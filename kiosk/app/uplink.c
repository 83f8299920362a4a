/* When to send, and what follows from an outcome.
 *
 * Invariants
 *  1. (n, bytes) are in the database before the first byte leaves; a retry sends the
 *     same bytes.
 *  2. Only SYNC_VERIFIED moves anything forward in the outbox. */
#include "app/uplink_state.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/file.h"
#include "base/hash.h"
#include "store/outbox.h"
#include "sync/backoff.h"
#include "wire/ack.h"

#define LOG_MODULE "uplink"
#include "base/log.h"

#define DAY_MS (24LL * 3600 * 1000)
#define COUNT_EVERY_MS 1000
#define BUSY_POLL_MS 1000 /* in case a wake was lost */
#define PATH_BYTES 4096

static const char *const words[SYNC_OUTCOME_COUNT] = {
    [SYNC_VERIFIED] = "sy.o.verified",
    [SYNC_WAITING] = "sy.o.waiting",
    [SYNC_UNREACHABLE] = "sy.o.unreachable",
    [SYNC_CUT] = "sy.o.cut",
    [SYNC_PORTAL] = "sy.o.portal",
    [SYNC_STRANGER] = "sy.o.stranger",
    [SYNC_OTHER_ANSWER] = "sy.o.other_answer",
    [SYNC_BUSY] = "sy.o.busy",
    [SYNC_FAULT] = "sy.o.fault",
    [SYNC_REFUSED] = "sy.o.refused",
    [SYNC_UNKNOWN_KEY] = "sy.o.unknown_key",
    [SYNC_TOO_LARGE] = "sy.o.too_large",
    [SYNC_DENIED] = "sy.o.denied",
    [SYNC_EXPIRED] = "sy.o.expired",
    [SYNC_NOT_THERE] = "sy.o.not_there",
    [SYNC_STOPPED] = "sy.o.stopped",
};

static uint32_t random_u32(void)
{
    return (uint32_t)(hash_random_u64() >> 32);
}

static void plan(struct uplink *u, enum backoff_event event, int64_t asked_s)
{
    bool failed = event == BACKOFF_FAILED || event == BACKOFF_BUSY;

    u->due_ms = clock_mono_ms(u->clock) +
                backoff_wait_ms(event, u->failures, asked_s, random_u32());
    u->failures = failed ? u->failures + 1 : 0;
}

enum err uplink_create(const struct uplink_config *config, struct uplink **out)
{
    struct uplink *u = check_alloc(sizeof(*u));
    char path[PATH_BYTES];
    enum err err;

    *out = NULL;
    *u = (struct uplink){ .db = config->db,
                          .clock = config->clock,
                          .dir = check_strdup(config->dir),
                          .program_version = check_strdup(config->program_version),
                          .draft_pct = -1,
                          .max_rows = BUNDLE_ROWS_MAX,
                          .acked_mono_ms = -1,
                          .counted_ms = -1,
                          .enrol = { .ask_ms = -1 } };
    if (config->server_url)
        u->server_url = check_strdup(config->server_url);
    buf_init(&u->kept.bytes, BUNDLE_BYTES_MAX);
    buf_init(&u->enrol.request, ENROL_BYTES_MAX);
    snprintf(path, sizeof(path), "%s/keys/device.key", config->dir);
    err = jws_key_load(path, &u->key);
    if (!err)
        err = sync_create(&config->sync, &u->sync);
    if (err) {
        uplink_destroy(u);
        return err;
    }
    uplink_identity_load(u);
    plan(u, BACKOFF_BOOT, 0);
    *out = u;
    return ERR_OK;
}

void uplink_destroy(struct uplink *u)
{
    if (!u)
        return;
    sync_destroy(u->sync);
    buf_finish(&u->kept.bytes);
    buf_finish(&u->enrol.request);
    free(u->dir);
    free(u->program_version);
    free(u->server_url);
    jws_key_wipe(&u->key);
    free(u);
}

void uplink_set_pack(struct uplink *u, const char *id, int64_t ver, int64_t draft_pct)
{
    u->pack_id[0] = 0;
    if (id && bundle_id_ok(id))
        snprintf(u->pack_id, sizeof(u->pack_id), "%s", id);
    u->pack_ver = ver;
    u->draft_pct = draft_pct;
}

void uplink_set_packs(struct uplink *u, struct packs *packs)
{
    u->packs = packs;
}

void uplink_set_updates(struct uplink *u, struct updates *updates)
{
    u->updates = updates;
}

void uplink_changed(struct uplink *u)
{
    int64_t soon_ms =
        clock_mono_ms(u->clock) + backoff_wait_ms(BACKOFF_CHANGED, 0, 0, 0);

    u->counted_ms = -1;
    if (u->failures == 0 && soon_ms < u->due_ms)
        u->due_ms = soon_ms;
}

void uplink_send_now(struct uplink *u)
{
    u->forced = true;
    u->due_ms = clock_mono_ms(u->clock);
}

/* Refused for good: its bytes are set aside for support, in one file; the rows stay in
 * the outbox and go into the next bundle, after a wait. */
static void set_aside(struct uplink *u)
{
    char path[PATH_BYTES];

    u->refused++;
    LOG_ERR("the server refused bundle %lld", (long long)u->kept.n);
    snprintf(path, sizeof(path), "%s/set-aside", u->dir);
    if (!file_make_folder(path)) {
        snprintf(path, sizeof(path), "%s/set-aside/bundle.jws", u->dir);
        if (file_replace(path, u->kept.bytes.data, u->kept.bytes.len, 0600))
            LOG_WARN("the refused bundle could not be set aside");
    }
    if (uplink_forget(u))
        LOG_WARN("the refused bundle could not be dropped");
    plan(u, BACKOFF_FAILED, 0);
}

static void halve(struct uplink *u)
{
    size_t rows = u->kept.n_rows;

    if (rows < 2) {
        set_aside(u);
        return;
    }
    u->max_rows = rows / 2;
    plan(u, uplink_forget(u) ? BACKOFF_FAILED : BACKOFF_MORE, 0);
}

static void take_ack(struct uplink *u, const struct sync_result *r)
{
    int64_t after_s = 0;
    bool more = false;

    u->disk_failed = uplink_apply_ack(u, r->payload, r->n_payload, &more, &after_s);
    if (u->disk_failed)
        plan(u, BACKOFF_FAILED, 0);
    else
        plan(u, more ? BACKOFF_MORE : BACKOFF_DONE, after_s);
}

static void take_send(struct uplink *u, const struct sync_result *r)
{
    /* Meanwhile a stick may have brought its ack, and another bundle is kept. */
    bool is_kept = u->sent_n == u->kept.n;

    switch (r->outcome) {
    case SYNC_VERIFIED:
        take_ack(u, r);
        break;
    case SYNC_REFUSED:
    case SYNC_TOO_LARGE:
        if (!is_kept)
            plan(u, BACKOFF_FAILED, 0);
        else if (r->outcome == SYNC_REFUSED)
            set_aside(u);
        else
            halve(u);
        break;
    case SYNC_BUSY:
        plan(u, BACKOFF_BUSY, r->retry_after_s);
        break;
    default:
        plan(u, BACKOFF_FAILED, 0);
    }
}

static void take_time(struct uplink *u, const struct sync_result *r)
{
    struct arena arena = { 0 };
    struct wire_time time;

    switch (sync_outcome_err(r->outcome)) {
    case ERR_OK:
        if (!wire_time_decode(r->payload, r->n_payload, &arena, &time))
            uplink_learn_time(u, time.time_ms, r->round_trip_ms, r->age_ms);
        arena_finish(&arena);
        break;
    case ERR_RETRY:
        plan(u, BACKOFF_BUSY, r->retry_after_s);
        return;
    case ERR_OFFLINE:
        if (r->outcome == SYNC_FAULT || r->outcome == SYNC_OTHER_ANSWER)
            break;
        plan(u, BACKOFF_FAILED, 0);
        return;
    default:
        break;
    }
    /* Whatever it said about the time, a server is there: the bundle goes next. */
    u->time_asked = true;
    u->due_ms = clock_mono_ms(u->clock);
}

static void take_result(struct uplink *u)
{
    struct sync_result r;

    if (!sync_poll(u->sync, &r))
        return;
    if (r.outcome != SYNC_VERIFIED)
        LOG_INFO("server: %s", sync_outcome_name(r.outcome));
    if (r.kind != SYNC_SETTINGS) { /* of the sending they say nothing */
        u->heard = true;
        u->outcome = r.outcome;
    }
    u->counted_ms = -1;
    switch (r.kind) {
    case SYNC_SEND:
        take_send(u, &r);
        break;
    case SYNC_TIME:
        take_time(u, &r);
        break;
    case SYNC_ENROL:
        uplink_enrol_answer(u, &r);
        break;
    case SYNC_SETTINGS:
        uplink_settings_answer(u, &r);
        break;
    case SYNC_FETCH:
        uplink_fetch_answer(u, &r);
        break;
    }
    sync_result_finish(&r);
}

bool uplink_day_passed(const struct uplink *u)
{
    return u->acked_mono_ms < 0 || clock_mono_ms(u->clock) - u->acked_mono_ms >= DAY_MS;
}

static void start(struct uplink *u)
{
    char nonce[UPLINK_NONCE_CHARS];
    struct sync_job job;

    if (!u->time_asked) {
        job = uplink_job(u, SYNC_TIME);
        uplink_new_nonce(nonce);
        job.nonce = nonce;
    } else {
        u->disk_failed = uplink_keep(u, u->forced || uplink_day_passed(u));
        if (u->disk_failed) {
            plan(u, BACKOFF_FAILED, 0);
            return;
        }
        u->forced = false;
        if (!u->kept.n) {
            plan(u, BACKOFF_DONE, 0);
            return;
        }
        job = uplink_job(u, SYNC_SEND);
        u->sent_n = u->kept.n;
    }
    if (sync_submit(u->sync, &job))
        plan(u, BACKOFF_FAILED, 0);
}

static int until(int64_t at_ms, int64_t now_ms)
{
    int64_t wait = at_ms - now_ms;

    return wait < 0 ? 0 : wait > INT_MAX ? INT_MAX : (int)wait;
}

int uplink_tick(struct uplink *u)
{
    int64_t now_ms = clock_mono_ms(u->clock);

    take_result(u);
    if (sync_busy(u->sync) || uplink_enrol_ask(u, now_ms))
        return BUSY_POLL_MS;
    if (u->settings_shown != u->settings_taken) {
        u->settings_shown = u->settings_taken;
        return 0; /* the page may show some of them */
    }
    if (u->id.enrolled && now_ms >= u->due_ms)
        start(u);
    if (u->id.enrolled && !sync_busy(u->sync) && uplink_settings_ask(u))
        return BUSY_POLL_MS;
    if (u->id.enrolled && !sync_busy(u->sync))
        uplink_fetch(u, now_ms);
    if (u->fetched) {
        u->fetched = false;
        return 0; /* whoever wanted it goes on */
    }
    if (sync_busy(u->sync))
        return BUSY_POLL_MS;
    if (u->enrol.ask_ms >= 0)
        return until(u->enrol.ask_ms, now_ms);
    return u->id.enrolled ? until(u->due_ms, now_ms) : -1;
}

static void count_waiting(struct uplink *u)
{
    int64_t now_ms = clock_mono_ms(u->clock);

    if (u->counted_ms >= 0 && now_ms - u->counted_ms < COUNT_EVERY_MS)
        return;
    u->counted_ms = now_ms;
    if (outbox_state(u->db, &u->state))
        LOG_WARN("the outbox cannot be read");
}

static const char *words_of(const struct uplink *u)
{
    if (!u->id.enrolled && u->enrol.step == UPLINK_ENROL_NONE)
        return "sy.o.not_enrolled";
    if (u->disk_failed)
        return "sy.o.disk";
    return u->heard ? words[u->outcome] : "sy.o.not_yet";
}

void uplink_status(struct uplink *u, struct uplink_status *out)
{
    count_waiting(u);
    *out = (struct uplink_status){
        .enrolled = u->id.enrolled,
        .sending = sync_busy(u->sync),
        .heard = u->heard,
        .outcome = u->outcome,
        .words = words_of(u),
        .rows_waiting = u->state.rows_waiting,
        .completions_only_here = u->state.completions_only_here,
        .last_ack_ms = u->state.last_ack_ms,
        .rejected = u->state.rejected,
        .refused = u->refused,
        .next_ms = u->id.enrolled ? until(u->due_ms, clock_mono_ms(u->clock)) : -1,
        .pack_ver = u->offered_ver,
        .settings_ver = u->offered_settings,
        .enrol = u->enrol.step,
    };
    memcpy(out->kiosk, u->id.kiosk, sizeof(out->kiosk));
    memcpy(out->number, u->enrol.number, sizeof(out->number));
}
