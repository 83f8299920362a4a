/* See forward.h. The table `forward` holds what the parent is told, each figure with the
 * `rev` at which it last changed. A bundle takes the next figures after the last rev that
 * was acknowledged. Invariants:
 * 1. Bundle and number are durable before the first byte leaves.
 * 2. `acked` moves only by what the parent signed of its own database: back, too.
 * 3. Nobody else's word (top, foreign_ord) is argued with: a new run is begun above it,
 *    and everything is said once more; so also once a week. */
#include "forward.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/encoding.h"
#include "base/hash.h"
#include "base/json.h"
#include "forward_private.h"
#include "settings.h"
#include "wire/ack.h"

#define LOG_MODULE "forward"
#include "base/log.h"

#define WEEK_MS (7LL * 24 * 3600 * 1000)
#define TRUST_SERVER 3 /* our clock is what kiosks take their time from */

static enum err count_left(struct telling *t, int64_t rev, int64_t *out)
{
    *out = 0;
    return store_run(t->server->store, Q_FORWARD_LEFT, store_number, out,
                     PARAM_INT(rev));
}

/* Whatever the acknowledgements say: it heals what several faults at once can hide. */
static enum err weekly(struct telling *t)
{
    int64_t now_ms = clock_wall_ms(t->server->clock);
    int64_t left;
    enum err err = count_left(t, t->parent.acked, &left);

    if (!err && !left &&
        (now_ms - t->parent.all_ms >= WEEK_MS || now_ms < t->parent.all_ms))
        parent_new_run(&t->parent, now_ms);
    return err;
}

/* --- the bundle --------------------------------------------------------------------- */

/* Cells: stat period unit dims value rev. */
static enum err add_row(void *ctx, const struct cell *c)
{
    struct telling *t = ctx;
    struct bundle *b = &t->bundle;

    b->gauges[b->n_gauges++] =
        (struct bundle_gauge){ .stat = arena_strdup(&t->arena, c[0].text),
                               .period = arena_strdup(&t->arena, c[1].text),
                               .unit = arena_strdup(&t->arena, c[2].text),
                               .dims = arena_strdup(&t->arena, c[3].text),
                               .value = c[4].number,
                               .rev = c[5].number };
    return ERR_OK;
}

static enum err fill(struct telling *t, int64_t max_rows)
{
    struct parent *p = &t->parent;
    struct bundle *b = &t->bundle;
    int64_t left = 0;
    enum err err;

    *b = (struct bundle){ .commune = t->server->commune,
                          .kiosk = p->kiosk,
                          .n = p->n + 1,
                          .run = p->run,
                          .nonce = t->nonce,
                          .n_known = 1,
                          .version = BDHVS_VERSION,
                          .health = { .free_mb = -1,
                                      .power_cuts = -1,
                                      .db = "ok",
                                      .temp_c = -1,
                                      .voice_draft_pct = -1 } };
    b->known = arena_alloc(&t->arena, sizeof(*b->known));
    b->known[0] = (struct bundle_known){ p->run, p->acked };
    b->gauges = arena_alloc(&t->arena, BUNDLE_ROWS_MAX * sizeof(*b->gauges));
    err = store_run(t->server->store, Q_FORWARD_AFTER, add_row, t, PARAM_INT(p->acked),
                    PARAM_INT(max_rows));
    p->kept_to = b->n_gauges ? b->gauges[b->n_gauges - 1].rev : p->acked;
    p->kept_rows = (int64_t)b->n_gauges;
    if (b->n_gauges) {
        b->runs = arena_alloc(&t->arena, sizeof(*b->runs));
        b->n_runs = 1;
        b->runs[0] = (struct bundle_run){ p->run,       p->ord,       p->start_ms, 0,
                                          TRUST_SERVER, p->acked + 1, p->kept_to };
    }
    if (!err)
        err = count_left(t, p->kept_to, &left);
    b->health.only_here = left;
    return err;
}

/* ERR_FULL: longer than a request may be. */
static enum err sign(struct telling *t)
{
    struct buf json;
    enum err err;

    buf_init(&json, BUNDLE_BYTES_MAX);
    buf_clear(&t->bytes);
    err = bundle_encode(&t->bundle, &json);
    if (!err)
        jws_sign(&t->parent.key, JWS_TOTALS, buf_text(&json), json.len, &t->bytes);
    buf_finish(&json);
    return err ? err : t->bytes.overflow ? ERR_FULL : ERR_OK;
}

/* A bundle that fits, as a kiosk makes it: fewer rows until it does. */
static enum err build(struct telling *t, int64_t max_rows)
{
    enum err err;

    parent_nonce(t->nonce);
    for (;; max_rows /= 2) {
        err = fill(t, max_rows);
        if (err)
            return err;
        err = sign(t);
        if (err != ERR_FULL || max_rows == 1)
            break;
    }
    t->parent.n++;
    if (!err)
        err = server_set_fact(t->server->store, PARENT_FACT_KEPT, buf_text(&t->bytes));
    return err ? err : parent_save(t->server, &t->parent);
}

/* The bytes that wait for their acknowledgement, and the nonce in them; or none. */
static enum err load_kept(struct telling *t)
{
    char *room = arena_alloc(&t->arena, BUNDLE_BYTES_MAX + 1);
    struct jws_key public;
    struct buf payload;
    struct bundle b;
    char why[128];
    enum err err =
        server_fact(t->server->store, PARENT_FACT_KEPT, room, BUNDLE_BYTES_MAX + 1);

    if (err == ERR_REJECTED || (!err && !*room))
        return ERR_OK;
    buf_init(&payload, BUNDLE_BYTES_MAX);
    jws_key_public(t->parent.key.public_key, &public);
    if (!err && !jws_verify(room, strlen(room), JWS_TOTALS, &public, &payload) &&
        !bundle_decode(buf_text(&payload), payload.len, &t->arena, &b, why,
                       sizeof(why)) &&
        strlen(b.nonce) < sizeof(t->nonce)) {
        snprintf(t->nonce, sizeof(t->nonce), "%s", b.nonce);
        buf_str(&t->bytes, room);
    }
    buf_finish(&payload);
    return err;
}

static enum err drop_kept(struct telling *t)
{
    t->parent.kept_to = t->parent.kept_rows = 0;
    buf_clear(&t->bytes);
    return server_set_fact(t->server->store, PARENT_FACT_KEPT, "");
}

/* --- a letter ----------------------------------------------------------------------- */

static void telling_init(struct telling *t, struct server *s)
{
    *t = (struct telling){ .server = s };
    buf_init(&t->bytes, BUNDLE_BYTES_MAX);
}

static void telling_finish(struct telling *t)
{
    jws_key_wipe(&t->parent.key);
    buf_finish(&t->bytes);
    arena_finish(&t->arena);
}

static enum err write_letter(struct telling *t, const char *url, struct buf *out)
{
    struct buf key;
    int64_t left;
    enum err err = count_left(t, t->parent.kept_to, &left);

    buf_init(&key, 64);
    encoding_base64url(t->parent.server_key, JWS_PUBLIC_BYTES, &key);
    json_open(out, NULL, '{');
    json_put_text(out, "url", url);
    json_put_text(out, "pin", t->parent.pin);
    json_put_text(out, "kiosk", t->parent.kiosk);
    json_put_text(out, "server_key", buf_text(&key));
    json_put_text(out, "nonce", t->nonce);
    json_put_text(out, "bytes", buf_text(&t->bytes));
    json_put_int(out, "rows", t->parent.kept_rows);
    json_put_int(out, "left", left);
    json_put_bool(out, "fresh", t->fresh);
    json_close(out, '}');
    buf_finish(&key);
    return err;
}

static enum err next(struct telling *t, enum forward_how how, const char **why)
{
    int64_t max_rows = BUNDLE_ROWS_MAX;
    enum err err = parent_load(t->server, &t->parent);

    if (!err && !t->parent.enrolled) {
        *why = "the parent has not let this server in";
        return ERR_REJECTED;
    }
    if (!err)
        err = load_kept(t);
    if (!err && how == FORWARD_SMALLER && t->bytes.len) {
        max_rows = t->parent.kept_rows > 1 ? t->parent.kept_rows / 2 : 1;
        err = drop_kept(t);
    }
    if (err || t->bytes.len)
        return err;
    t->fresh = how == FORWARD_FRESH;
    if (t->fresh)
        err = forward_refresh(t);
    if (!err && t->fresh)
        err = weekly(t);
    return err ? err : build(t, max_rows);
}

enum err forward_next(struct server *s, enum forward_how how, struct buf *out,
                      const char **why)
{
    struct telling t;
    struct buf url;
    enum err err;

    *why = "no parent is set";
    buf_init(&url, SETTING_VALUE_MAX + 1);
    err = settings_get(s, PARENT_URL_SETTING, "", &url);
    if (!err && !url.len)
        err = ERR_REJECTED;
    if (!err)
        err = store_begin(s->store);
    if (err) {
        buf_finish(&url);
        return server_note(s, err);
    }
    telling_init(&t, s);
    err = next(&t, how, why);
    if (!err)
        err = write_letter(&t, buf_text(&url), out);
    if (!err)
        err = store_commit(s->store);
    if (err)
        store_rollback(s->store);
    telling_finish(&t);
    buf_finish(&url);
    return server_note(s, err);
}

/* --- the answer --------------------------------------------------------------------- */

static enum err open_ack(struct telling *t, const char *jws, struct ack *out,
                         const char **why)
{
    char sha256[HASH_SHA256_HEX];
    struct jws_key key;
    struct buf payload;
    enum err err;

    jws_key_public(t->parent.server_key, &key);
    buf_init(&payload, JWS_BYTES_MAX);
    *why = "not signed by the parent";
    err = jws_verify(jws, strlen(jws), JWS_ACK, &key, &payload);
    if (!err)
        err = ack_decode(buf_text(&payload), payload.len, &t->arena, out);
    buf_finish(&payload);
    if (err)
        return err;
    hash_sha256_hex(buf_text(&t->bytes), t->bytes.len, sha256);
    *why = "the answer to something else";
    return t->bytes.len && !strcmp(out->request_sha256, sha256) &&
                   !strcmp(out->kiosk, t->parent.kiosk) && !strcmp(out->nonce, t->nonce)
               ? ERR_OK
               : ERR_REJECTED;
}

static void believe(struct telling *t, const struct ack *ack)
{
    struct parent *p = &t->parent;
    int64_t now_ms = clock_wall_ms(t->server->clock);
    struct ack_held of = { .run = p->run };

    for (size_t i = 0; i < ack->n_held; i++)
        if (ack->held[i].run == p->run)
            of = ack->held[i];
    if (of.held >= p->kept_to)
        p->acked = p->kept_to;
    else if (of.held < p->acked)
        p->acked = of.held; /* it forgot, and gets the rest again */
    p->acked_ms = now_ms;
    if (of.top <= p->rev && ack->foreign_ord < p->ord)
        return;
    LOG_WARN("the parent knows more of us than we do: everything is sent again");
    if (ack->foreign_ord > p->ord)
        p->ord = ack->foreign_ord;
    parent_new_run(p, now_ms);
    p->wary = 1;
}

enum err forward_take(struct server *s, const char *ack_jws, struct forward_taken *out,
                      const char **why)
{
    struct telling t;
    struct ack ack = { 0 };
    enum err err = store_begin(s->store);

    if (err)
        return server_note(s, err);
    telling_init(&t, s);
    *why = "the parent has not let this server in";
    err = parent_load(s, &t.parent);
    if (!err && !t.parent.enrolled)
        err = ERR_REJECTED;
    if (!err)
        err = load_kept(&t);
    if (!err)
        err = open_ack(&t, ack_jws, &ack, why);
    if (!err) {
        believe(&t, &ack);
        err = drop_kept(&t);
    }
    if (!err)
        err = parent_save(s, &t.parent);
    *out = (struct forward_taken){ .rejected = (int64_t)ack.n_rejected };
    if (!err)
        err = count_left(&t, t.parent.acked, &out->left);
    if (!err)
        err = store_commit(s->store);
    if (err)
        store_rollback(s->store);
    telling_finish(&t);
    return server_note(s, err);
}
