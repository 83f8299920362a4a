/* The bundle in flight: built, signed, kept, acknowledged. When to send: uplink.c. */
#include "app/uplink_state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/health.h"
#include "base/arena.h"
#include "base/check.h"
#include "base/encoding.h"
#include "base/hash.h"
#include "store/journal.h"
#include "store/outbox.h"
#include "wire/ack.h"

#define LOG_MODULE "uplink"
#include "base/log.h"

#define NONCE_BYTES 16
#define GOOD_ENOUGH_MS 2000 /* of a clock that finds the day */
#define WEEK_MS (7LL * 24 * 3600 * 1000)
#define SETTING_SAID_ALL "uplink.said_all_ms"

void uplink_new_nonce(char out[UPLINK_NONCE_CHARS])
{
    unsigned char bytes[NONCE_BYTES];
    struct buf text;

    hash_random(bytes, sizeof(bytes));
    buf_init(&text, UPLINK_NONCE_CHARS - 1);
    encoding_base64url(bytes, sizeof(bytes), &text);
    memcpy(out, text.data, text.len + 1);
    buf_finish(&text);
}

static const char *health_name(const struct db *db)
{
    switch (db_health(db)) {
    case DB_OK:
        return "ok";
    case DB_FULL:
        return "full";
    case DB_NEWER:
        return "newer";
    case DB_BROKEN:
        break;
    }
    return "readonly";
}

static void fill_own(struct uplink *u, struct bundle *b)
{
    struct health health;
    int64_t left;

    health_read(u->db, HEALTH_SYS, &health);
    b->commune = u->id.commune;
    b->kiosk = u->id.kiosk;
    b->nonce = u->kept.nonce;
    b->version = u->program_version;
    b->system = u->updates ? updates_system(u->updates) : NULL;
    b->pack_id = u->pack_id[0] ? u->pack_id : NULL;
    b->pack_ver = u->pack_ver;
    b->health = (struct bundle_health){ .free_mb = db_free_mb(u->db),
                                        .power_cuts = health.past.power_cuts,
                                        .db = health_name(u->db),
                                        .undervolt = health.past.weak_power > 0,
                                        .temp_c = health.temp_c,
                                        .voice_draft_pct = u->draft_pct,
                                        .only_here = -1 };
    if (!outbox_left_over(u->db, &left))
        b->health.only_here = left;
}

/* Encodes and signs into `bytes`. Errors: ERR_FULL: longer than a request may be. */
static enum err sign_bundle(const struct uplink *u, const struct bundle *b,
                            struct buf *bytes)
{
    struct buf payload;
    enum err err;

    buf_init(&payload, BUNDLE_BYTES_MAX);
    buf_clear(bytes);
    err = bundle_encode(b, &payload);
    if (!err) {
        jws_sign(&u->key, JWS_TOTALS, payload.data, payload.len, bytes);
        err = bytes->overflow ? ERR_FULL : ERR_OK;
    }
    buf_finish(&payload);
    return err;
}

/* A bundle that fits: fewer rows until it does. (Only the first of a day names all
 * known runs, so the second try is shorter by them as well.) */
static enum err build(struct uplink *u, int64_t since_n, struct arena *arena,
                      struct bundle *b)
{
    size_t max_rows = u->max_rows;
    enum err err;

    for (;;) {
        *b = (struct bundle){ 0 };
        err = outbox_fill_beyond(u->db, since_n, max_rows, arena, b);
        if (err)
            return err;
        fill_own(u, b);
        err = sign_bundle(u, b, &u->kept.bytes);
        if (!err || max_rows == 1)
            return err;
        arena_reset(arena);
        max_rows /= 2;
    }
}

static enum err keep_new(struct uplink *u, int64_t since_n, bool even_empty)
{
    struct arena arena = { 0 };
    struct bundle b = { 0 };
    enum err err;

    uplink_new_nonce(u->kept.nonce);
    u->kept.nonce_ms = clock_mono_ms(u->clock);
    err = build(u, since_n, &arena, &b);
    if (!err && (b.n_runs || even_empty)) {
        err = outbox_keep(u->db, b.n, u->kept.bytes.data, u->kept.bytes.len);
        if (!err) {
            u->kept.n = b.n;
            u->kept.n_rows = b.n_counts + b.n_gauges;
            u->kept.names_system = b.system != NULL;
        }
    }
    arena_finish(&arena);
    return err;
}

/* Reads nonce and size back out of kept bytes of an earlier process. */
static enum err read_kept(struct uplink *u)
{
    struct arena arena = { 0 };
    struct buf payload;
    struct bundle b = { 0 };
    char why[128];
    enum err err;

    buf_init(&payload, BUNDLE_BYTES_MAX);
    err = jws_verify(u->kept.bytes.data, u->kept.bytes.len, JWS_TOTALS, &u->key,
                     &payload);
    if (!err)
        err = bundle_decode(buf_text(&payload), payload.len, &arena, &b, why,
                            sizeof(why));
    if (!err && strcmp(b.kiosk, u->id.kiosk))
        err = ERR_REJECTED;
    if (!err) {
        snprintf(u->kept.nonce, sizeof(u->kept.nonce), "%s", b.nonce);
        u->kept.nonce_ms = -1;
        u->kept.n_rows = b.n_counts + b.n_gauges;
        u->kept.names_system = b.system != NULL;
    }
    arena_finish(&arena);
    buf_finish(&payload);
    return err;
}

enum err uplink_load_kept(struct uplink *u)
{
    enum err err;

    if (u->kept.n)
        return ERR_OK;
    buf_clear(&u->kept.bytes);
    err = outbox_kept(u->db, &u->kept.n, &u->kept.bytes);
    if (err) {
        u->kept.n = 0;
        return err;
    }
    if (u->kept.n && read_kept(u)) {
        /* Signed by another key, or for another server: its rows go into a new one. */
        LOG_WARN("bundle %lld is not ours any more", (long long)u->kept.n);
        err = uplink_forget(u);
    }
    return err;
}

enum err uplink_keep(struct uplink *u, bool even_empty)
{
    enum err err = uplink_load_kept(u);

    return err || u->kept.n ? err : keep_new(u, INT64_MAX, even_empty);
}

enum err uplink_keep_more(struct uplink *u, int64_t since_n, bool *more_out)
{
    enum err err;

    u->kept.n = 0;
    err = keep_new(u, since_n, false);
    *more_out = !err && u->kept.n != 0;
    /* nothing more: the last one is still the one kept */
    return err || *more_out ? err : uplink_load_kept(u);
}

enum err uplink_forget(struct uplink *u)
{
    int64_t n = u->kept.n;

    u->kept.n = 0;
    return n ? outbox_drop(u->db, n) : ERR_OK;
}

struct sync_job uplink_job(const struct uplink *u, enum sync_kind kind)
{
    struct sync_job job = { .kind = kind,
                            .url = u->id.url,
                            .pin = u->id.pin[0] ? u->id.pin : NULL,
                            .has_server_key = true,
                            .kiosk = u->id.kiosk,
                            .nonce = u->kept.nonce };

    memcpy(job.server_key, u->id.server_key, JWS_PUBLIC_BYTES);
    if (u->wall_known)
        job.wall_ms = clock_mono_ms(u->clock) + u->wall_offset_ms;
    if (kind == SYNC_SEND) {
        job.bytes = u->kept.bytes.data;
        job.n = u->kept.bytes.len;
    }
    return job;
}

void uplink_learn_time(struct uplink *u, int64_t time_ms, int64_t uncertainty_ms,
                       int64_t age_ms)
{
    int64_t now_ms = time_ms + uncertainty_ms / 2 + age_ms;
    enum err err;

    /* Each lesson learned is journalled and sent: only a real gain is worth it. */
    if (u->wall_kept &&
        (u->uncertainty_ms <= GOOD_ENOUGH_MS || uncertainty_ms > u->uncertainty_ms / 2))
        return;
    err = journal_learn_time(u->db, now_ms, uncertainty_ms, RUN_TRUST_SERVER);
    if (err)
        LOG_WARN("the server's time was not kept: %s", err_name(err));
    if (err == ERR_REJECTED) /* it cannot be true */
        return;
    u->wall_kept = !err; /* else the next answer tells it again */
    u->wall_known = true;
    u->uncertainty_ms = uncertainty_ms;
    u->wall_offset_ms = now_ms - clock_mono_ms(u->clock);
}

/* Once a week by the server's clock, whatever the acks say (PROTOCOL §4). */
static void say_everything_weekly(struct uplink *u, int64_t server_ms)
{
    long long said = strtoll(db_setting(u->db, SETTING_SAID_ALL, "0"), NULL, 10);
    char text[32];

    if (said > 0 && server_ms >= said && server_ms - said < WEEK_MS)
        return;
    snprintf(text, sizeof(text), "%lld", (long long)server_ms);
    if ((said > 0 && outbox_say_everything(u->db)) ||
        db_set(u->db, SETTING_SAID_ALL, text))
        LOG_WARN("the weekly resend is put off");
}

/* Whether it is for the bundle in flight; a stick may bring one for an older bundle. */
static bool is_for_kept(const struct uplink *u, const struct ack *ack)
{
    char sha256[HASH_SHA256_HEX];

    hash_sha256_hex(u->kept.bytes.data, u->kept.bytes.len, sha256);
    return u->kept.n && strcmp(ack->request_sha256, sha256) == 0 &&
           strcmp(ack->nonce, u->kept.nonce) == 0;
}

static void take_offers(struct uplink *u, const struct ack *ack)
{
    u->offered_ver = ack->pack_id ? ack->pack_ver : 0;
    if (u->packs && ack->pack_id)
        packs_offer(u->packs, ack->pack_id, ack->pack_ver, ack->pack_manifest);
    if (u->updates && u->kept.names_system)
        updates_offer(u->updates, ack->program_ver, ack->program_version,
                      ack->program_list, ack->program_signature);
    uplink_settings_offered(u, ack);
    if (ack->n_rejected)
        LOG_WARN("the server set %zu rows aside", ack->n_rejected);
}

enum err uplink_apply_ack(struct uplink *u, const char *payload, size_t n,
                          bool *more_out, int64_t *after_s_out)
{
    struct arena arena = { 0 };
    struct ack ack;
    enum err err = ack_decode(payload, n, &arena, &ack);

    *more_out = false;
    if (!err)
        err = outbox_acknowledge(u->db, &ack, more_out);
    if (!err && is_for_kept(u, &ack)) {
        err = uplink_forget(u);
        *after_s_out = ack.after_s;
        u->acked_mono_ms = clock_mono_ms(u->clock);
        take_offers(u, &ack);
        /* The nonce was made at nonce_ms, so the signature is younger than that, even
         * if an old answer to the same bytes was played to us again. */
        if (u->kept.nonce_ms >= 0)
            uplink_learn_time(u, ack.time_ms, u->acked_mono_ms - u->kept.nonce_ms, 0);
        say_everything_weekly(u, ack.time_ms);
    }
    arena_finish(&arena);
    return err;
}
