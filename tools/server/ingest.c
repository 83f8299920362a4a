/* See ingest.h. Invariants:
 * 1. Nothing of the message is believed before its signature is verified, but `kid`.
 * 2. COMMIT has returned OK before the acknowledgement is signed.
 * 3. The acknowledgement says what this database holds, not what was sent. */
#include "ingest.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/encoding.h"
#include "base/hash.h"
#include "runs.h"
#include "settings.h"
#include "targets.h"
#include "wire/ack.h"

#define LOG_MODULE "ingest"
#include "base/log.h"

#define UPLOADS_KEPT 10000 /* numbers back, to tell two machines with one key */
#define AFTER_S 900

struct taking {
    struct server *server;
    struct arena arena;
    const struct bundle *bundle;
    char sha256[HASH_SHA256_HEX];
    struct ack ack;
    int64_t n_merged;
    int64_t n_held;
};

/* --- who signed it ---------------------------------------------------------------- */

struct sender {
    char kiosk[BUNDLE_ID_MAX + 1];
    char public_hex[2 * JWS_PUBLIC_BYTES + 1];
    char commune[BUNDLE_ID_MAX + 1]; /* "": the server's own */
    bool active;
};

static enum err take_sender(void *ctx, const struct cell *cells)
{
    struct sender *w = ctx;

    w->active = cells[0].text && !strcmp(cells[2].text, "active");
    snprintf(w->kiosk, sizeof(w->kiosk), "%s", cells[0].text ? cells[0].text : "");
    snprintf(w->public_hex, sizeof(w->public_hex), "%s", cells[1].text);
    snprintf(w->commune, sizeof(w->commune), "%s", cells[4].text ? cells[4].text : "");
    return ERR_OK;
}

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
                    PARAM_TEXT(c->stat), PARAM_TEXT(c->period), PARAM_TEXT(c->unit),
                    PARAM_TEXT(c->dims));
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
            PARAM_INT(b->health.undervolt));
    return err;
}

static enum err merge(struct taking *t)
{
    const struct bundle *b = t->bundle;
    enum err err = ERR_OK;

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

static enum err merge_durably(struct taking *t)
{
    enum err err = store_begin(t->server->store);

    if (err)
        return err;
    err = merge(t);
    if (!err)
        err = store_commit(t->server->store);
    if (err)
        store_rollback(t->server->store);
    return err;
}

static void sign_ack(struct taking *t, struct buf *answer)
{
    struct server *s = t->server;
    struct buf json;
    enum err err;

    t->ack.request_sha256 = t->sha256;
    t->ack.kiosk = t->bundle->kiosk;
    t->ack.server_inst = s->inst;
    t->ack.time_ms = clock_wall_ms(s->clock);
    t->ack.nonce = t->bundle->nonce;
    t->ack.after_s = AFTER_S;
    t->ack.settings_ver = settings_version(s);
    offer_refresh(&s->offer);
    if (s->offer.id[0]) {
        t->ack.pack_id = s->offer.id;
        t->ack.pack_ver = s->offer.ver;
        t->ack.pack_manifest = s->offer.manifest;
    }
    buf_init(&json, 4 * BUNDLE_BYTES_MAX);
    err = ack_encode(&t->ack, &json);
    ASSERT(!err);
    jws_sign(&s->key, JWS_ACK, buf_text(&json), json.len, answer);
    buf_finish(&json);
}

static enum ingest_status refuse(struct server *s, enum ingest_status status,
                                 struct buf *answer, const char *why)
{
    s->counts.bundles_refused++;
    LOG_INFO("bundle refused: %s", why);
    buf_str(answer, why);
    return status;
}

static enum ingest_status later(struct server *s, struct buf *answer, enum err err)
{
    server_note(s, err);
    return refuse(s, INGEST_LATER, answer,
                  err == ERR_FULL ? "the server's disk is full" : "try again later");
}

/* The payload is verified; `sender` is the key's owner. */
static enum ingest_status take_payload(struct server *s, struct taking *t,
                                       const struct sender *sender,
                                       const struct buf *payload, struct buf *answer)
{
    struct bundle *bundle = arena_alloc(&t->arena, sizeof(*bundle));
    char why[160];
    enum err err = bundle_decode(buf_text(payload), payload->len, &t->arena, bundle,
                                 why, sizeof(why));

    if (err)
        return refuse(s, INGEST_WRONG, answer, why);
    if (strcmp(bundle->commune, *sender->commune ? sender->commune : s->commune))
        return refuse(s, INGEST_WRONG, answer, "another commune's bundle");
    if (strcmp(bundle->kiosk, sender->kiosk))
        return refuse(s, INGEST_WRONG, answer, "the key belongs to another kiosk");
    t->bundle = bundle;
    err = merge_durably(t);
    if (err)
        return later(s, answer, err);
    sign_ack(t, answer);
    s->counts.bundles_taken++;
    s->counts.rows_merged += t->n_merged;
    s->counts.rows_held += t->n_held;
    s->counts.rows_rejected += (int64_t)t->ack.n_rejected - t->n_held;
    LOG_INFO("kiosk %s n=%" PRId64 ": %" PRId64 " rows merged, %zu set aside",
             bundle->kiosk, bundle->n, t->n_merged, t->ack.n_rejected);
    return INGEST_TAKEN;
}

enum ingest_status ingest_take(struct server *s, const char *bytes, size_t n,
                               struct buf *answer)
{
    struct taking t = { .server = s };
    struct sender sender = { .active = false };
    unsigned char public_key[JWS_PUBLIC_BYTES];
    struct jws_key key;
    char kid[JWS_KID_CHARS];
    struct buf payload;
    enum ingest_status status;
    enum err err;

    if (s->broken)
        return later(s, answer, ERR_RETRY);
    if (n > BUNDLE_BYTES_MAX)
        return refuse(s, INGEST_TOO_LARGE, answer, "more than 96 KiB");
    if (jws_peek(bytes, n, JWS_TOTALS, kid))
        return refuse(s, INGEST_WRONG, answer, "not a signed bundle of totals");
    err = store_run(s->store, Q_KIOSK_BY_KID, take_sender, &sender, PARAM_TEXT(kid));
    if (err)
        return later(s, answer, err);
    if (!sender.active)
        return refuse(s, INGEST_UNKNOWN, answer, "unknown or revoked key");
    if (encoding_unhex(sender.public_hex, public_key, sizeof(public_key)))
        return later(s, answer, ERR_CORRUPT);
    jws_key_public(public_key, &key);
    buf_init(&payload, BUNDLE_BYTES_MAX);
    if (jws_verify(bytes, n, JWS_TOTALS, &key, &payload)) {
        status = refuse(s, INGEST_WRONG, answer, "the signature does not fit");
    } else {
        hash_sha256_hex(bytes, n, t.sha256);
        status = take_payload(s, &t, &sender, &payload, answer);
    }
    buf_finish(&payload);
    arena_finish(&t.arena);
    return status;
}
