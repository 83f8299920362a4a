/* See ingest.h. Invariants:
 * 1. Nothing of the message is believed before its signature is verified, but `kid`.
 * 2. COMMIT has returned OK before the acknowledgement is signed.
 * 3. The acknowledgement says what this database holds, not what was sent.
 * 4. Uploads that fail together are taken one by one: none spoils another's. */
#include "ingest.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/encoding.h"
#include "ingest_merge.h"
#include "settings.h"

#define LOG_MODULE "ingest"
#include "base/log.h"

#define AFTER_S 900
#define GROUP_MAX 64 /* in one transaction: others wait no longer than for so many */

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

/* --- who may, and what it says --------------------------------------------------- */

static bool refuse(struct server *s, struct ingest_upload *u, enum ingest_status status,
                   const char *why)
{
    s->counts.bundles_refused++;
    LOG_INFO("bundle refused: %s", why);
    buf_str(u->answer, why);
    u->status = status;
    return false;
}

static bool later(struct server *s, struct ingest_upload *u, enum err err)
{
    server_note(s, err);
    return refuse(s, u, INGEST_LATER,
                  err == ERR_FULL ? "the server's disk is full" : "try again later");
}

/* The payload is verified; `sender` is the key's owner. */
static bool read_payload(struct taking *t, const struct sender *sender,
                         const struct buf *payload)
{
    struct server *s = t->server;
    struct bundle *bundle = arena_alloc(&t->arena, sizeof(*bundle));
    char why[160];

    if (bundle_decode(buf_text(payload), payload->len, &t->arena, bundle, why,
                      sizeof(why)))
        return refuse(s, t->upload, INGEST_WRONG, why);
    if (strcmp(bundle->commune, *sender->commune ? sender->commune : s->commune))
        return refuse(s, t->upload, INGEST_WRONG, "another commune's bundle");
    if (strcmp(bundle->kiosk, sender->kiosk))
        return refuse(s, t->upload, INGEST_WRONG, "the key belongs to another kiosk");
    t->bundle = bundle;
    return true;
}

static bool verify(struct taking *t, const struct sender *sender)
{
    const struct ingest_upload *u = t->upload;
    unsigned char public_key[JWS_PUBLIC_BYTES];
    struct jws_key key;
    struct buf payload;
    bool good;

    if (encoding_unhex(sender->public_hex, public_key, sizeof(public_key)))
        return later(t->server, t->upload, ERR_CORRUPT);
    jws_key_public(public_key, &key);
    buf_init(&payload, BUNDLE_BYTES_MAX);
    if (jws_verify(u->bytes, u->n, JWS_TOTALS, &key, &payload)) {
        good = refuse(t->server, t->upload, INGEST_WRONG, "the signature does not fit");
    } else {
        hash_sha256_hex(u->bytes, u->n, t->sha256);
        good = read_payload(t, sender, &payload);
    }
    buf_finish(&payload);
    return good;
}

/* False: it has been answered. */
static bool open_upload(struct taking *t)
{
    struct server *s = t->server;
    struct ingest_upload *u = t->upload;
    struct sender sender = { .active = false };
    char kid[JWS_KID_CHARS];
    enum err err;

    if (s->broken)
        return later(s, u, ERR_RETRY);
    if (u->n > BUNDLE_BYTES_MAX)
        return refuse(s, u, INGEST_TOO_LARGE, "more than 96 KiB");
    if (jws_peek(u->bytes, u->n, JWS_TOTALS, kid))
        return refuse(s, u, INGEST_WRONG, "not a signed bundle of totals");
    err = store_run(s->store, Q_KIOSK_BY_KID, take_sender, &sender, PARAM_TEXT(kid));
    if (err)
        return later(s, u, err);
    if (!sender.active)
        return refuse(s, u, INGEST_UNKNOWN, "unknown or revoked key");
    return verify(t, &sender);
}

/* --- many at a time --------------------------------------------------------------- */

static enum err merge_durably(struct server *s, struct taking *takings, size_t n)
{
    enum err err = store_begin(s->store);

    if (err)
        return err;
    for (size_t i = 0; i < n && !err; i++)
        err = ingest_merge(&takings[i]);
    if (!err)
        err = store_commit(s->store);
    if (err)
        store_rollback(s->store);
    return err;
}

static void sign_ack(struct taking *t, int64_t settings_ver)
{
    struct server *s = t->server;
    const struct programs_offer *program =
        programs_for(&s->programs, t->bundle->system);
    struct buf json;
    enum err err;

    t->ack.request_sha256 = t->sha256;
    t->ack.kiosk = t->bundle->kiosk;
    t->ack.server_inst = s->inst;
    t->ack.time_ms = clock_wall_ms(s->clock);
    t->ack.nonce = t->bundle->nonce;
    t->ack.after_s = AFTER_S;
    t->ack.settings_ver = settings_ver;
    if (s->offer.id[0]) {
        t->ack.pack_id = s->offer.id;
        t->ack.pack_ver = s->offer.ver;
        t->ack.pack_manifest = s->offer.manifest;
    }
    if (program) {
        t->ack.program_ver = program->ver;
        t->ack.program_version = program->version;
        t->ack.program_list = program->list;
        t->ack.program_signature = program->signature;
    }
    buf_init(&json, 4 * BUNDLE_BYTES_MAX);
    err = ack_encode(&t->ack, &json);
    ASSERT(!err);
    jws_sign(&s->key, JWS_ACK, buf_text(&json), json.len, t->upload->answer);
    buf_finish(&json);
}

/* Durable from here on. */
static void acknowledge(struct server *s, struct taking *takings, size_t n)
{
    int64_t settings_ver = settings_version(s);

    offer_refresh(&s->offer);
    programs_refresh(&s->programs);
    for (size_t i = 0; i < n; i++) {
        struct taking *t = &takings[i];

        sign_ack(t, settings_ver);
        t->upload->status = INGEST_TAKEN;
        s->counts.bundles_taken++;
        s->counts.rows_merged += t->n_merged;
        s->counts.rows_held += t->n_held;
        s->counts.rows_rejected += (int64_t)t->ack.n_rejected - t->n_held;
        LOG_INFO("kiosk %s n=%" PRId64 ": %" PRId64 " rows merged, %zu set aside",
                 t->bundle->kiosk, t->bundle->n, t->n_merged, t->ack.n_rejected);
    }
}

/* Together, or if that fails each by itself, unless the database is to blame. */
static void take_opened(struct server *s, struct taking *takings, size_t n)
{
    enum err err = s->broken ? ERR_RETRY : merge_durably(s, takings, n);

    server_note(s, err);
    if (!err) {
        s->counts.commits++;
        acknowledge(s, takings, n);
    } else if (n == 1 || s->broken) {
        for (size_t i = 0; i < n; i++)
            later(s, takings[i].upload, err);
    } else {
        for (size_t i = 0; i < n; i++)
            take_opened(s, &takings[i], 1);
    }
}

static void take_group(struct server *s, struct ingest_upload *uploads, size_t n)
{
    struct taking *takings = check_alloc(n * sizeof(*takings));
    size_t n_opened = 0;

    for (size_t i = 0; i < n; i++) {
        struct taking *t = &takings[n_opened];

        *t = (struct taking){ .server = s, .upload = &uploads[i] };
        if (open_upload(t))
            n_opened++;
        else
            arena_finish(&t->arena);
    }
    if (n_opened)
        take_opened(s, takings, n_opened);
    for (size_t i = 0; i < n_opened; i++)
        arena_finish(&takings[i].arena);
    free(takings);
}

void ingest_take_all(struct server *s, struct ingest_upload *uploads, size_t n)
{
    for (size_t at = 0; at < n; at += GROUP_MAX)
        take_group(s, uploads + at, n - at < GROUP_MAX ? n - at : GROUP_MAX);
}

enum ingest_status ingest_take(struct server *s, const char *bytes, size_t n,
                               struct buf *answer)
{
    struct ingest_upload upload = { .bytes = bytes, .n = n, .answer = answer };

    ingest_take_all(s, &upload, 1);
    return upload.status;
}
