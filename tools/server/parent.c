/* See parent.h. One line of JSON in the table `identity`, so that it changes as a whole;
 * the secret key beside it. */
#include "parent.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/encoding.h"
#include "base/hash.h"
#include "base/json.h"
#include "deeds.h"
#include "wire/enrol.h"

#define LOG_MODULE "parent"
#include "base/log.h"

#define FACT "parent"
#define FACT_SECRET "parent.secret"
#define FACT_TURN "parent.turn"
#define FACT_BYTES 2048
#define NONCE_BYTES 16

static const struct {
    const char *name;
    size_t at;
} numbers[] = {
    { "ord", offsetof(struct parent, ord) },
    { "start_ms", offsetof(struct parent, start_ms) },
    { "rev", offsetof(struct parent, rev) },
    { "acked", offsetof(struct parent, acked) },
    { "n", offsetof(struct parent, n) },
    { "kept_to", offsetof(struct parent, kept_to) },
    { "kept_rows", offsetof(struct parent, kept_rows) },
    { "acked_ms", offsetof(struct parent, acked_ms) },
    { "all_ms", offsetof(struct parent, all_ms) },
    { "wary", offsetof(struct parent, wary) },
};

static int64_t *number_of(struct parent *p, size_t i)
{
    return (int64_t *)(void *)((char *)p + numbers[i].at);
}

static enum err read_text(const json_value *doc, const char *name, char *out, size_t n)
{
    const char *text = json_text(json_get(doc, name));

    if (!text || strlen(text) >= n)
        return ERR_CORRUPT;
    snprintf(out, n, "%s", text);
    return ERR_OK;
}

static enum err read_fact(const char *json, struct parent *out)
{
    char run[17], key[2 * JWS_PUBLIC_BYTES + 1];
    json_value *doc = NULL;
    enum err err = json_parse(json, strlen(json), 1, &doc, NULL, 0);

    for (size_t i = 0; !err && i < COUNT(numbers); i++)
        err = json_int(json_get(doc, numbers[i].name), 0, JSON_INT_MAX,
                       number_of(out, i));
    if (!err)
        err = read_text(doc, "kiosk", out->kiosk, sizeof(out->kiosk));
    if (!err)
        err = read_text(doc, "pin", out->pin, sizeof(out->pin));
    if (!err)
        err = read_text(doc, "run", run, sizeof(run));
    if (!err)
        err = read_text(doc, "server_key", key, sizeof(key));
    if (!err)
        err = encoding_unhex(key, out->server_key, sizeof(out->server_key));
    if (!err)
        out->run = strtoull(run, NULL, 16);
    json_free(doc);
    out->enrolled = !err;
    return err ? ERR_CORRUPT : ERR_OK;
}

/* ERR_REJECTED: there is none yet. */
static enum err load_key(struct server *s, struct jws_key *out)
{
    char hex[2 * JWS_SECRET_BYTES + 1];
    unsigned char secret[JWS_SECRET_BYTES]; /* seed, then public key (RFC 8032) */
    enum err err = server_fact(s->store, FACT_SECRET, hex, sizeof(hex));

    if (!err && encoding_unhex(hex, secret, sizeof(secret)))
        err = ERR_CORRUPT;
    if (!err) {
        jws_key_public(secret + JWS_SEED_BYTES, out);
        memcpy(out->secret_key, secret, sizeof(secret));
    }
    hash_wipe(hex, sizeof(hex));
    hash_wipe(secret, sizeof(secret));
    return err;
}

enum err parent_load(struct server *s, struct parent *out)
{
    char json[FACT_BYTES];
    enum err err;

    *out = (struct parent){ .enrolled = false };
    /* where several processes share the database, the second waits here */
    err = server_set_fact(s->store, FACT_TURN, "1");
    if (!err)
        err = server_fact(s->store, FACT, json, sizeof(json));
    if (err == ERR_REJECTED)
        return ERR_OK;
    if (!err)
        err = read_fact(json, out);
    return err ? err : load_key(s, &out->key);
}

enum err parent_save(struct server *s, const struct parent *p)
{
    struct parent copy = *p; /* number_of gives what may be written */
    char key[2 * JWS_PUBLIC_BYTES + 1];
    char run[17];
    struct buf json;
    enum err err;

    encoding_hex(p->server_key, sizeof(p->server_key), key);
    snprintf(run, sizeof(run), "%016" PRIx64, p->run);
    buf_init(&json, FACT_BYTES - 1);
    json_open(&json, NULL, '{');
    for (size_t i = 0; i < COUNT(numbers); i++)
        json_put_int(&json, numbers[i].name, *number_of(&copy, i));
    json_put_text(&json, "kiosk", p->kiosk);
    json_put_text(&json, "pin", p->pin);
    json_put_text(&json, "run", run);
    json_put_text(&json, "server_key", key);
    json_close(&json, '}');
    ASSERT(!json.overflow);
    err = server_set_fact(s->store, FACT, buf_text(&json));
    buf_finish(&json);
    jws_key_wipe(&copy.key);
    return err;
}

enum err parent_silence(struct server *s, int64_t *ms_out)
{
    struct parent p = { .enrolled = false };
    char json[FACT_BYTES];
    enum err err = server_fact(s->store, FACT, json, sizeof(json));

    *ms_out = -1;
    if (!err)
        err = read_fact(json, &p);
    if (!err)
        *ms_out = clock_wall_ms(s->clock) -
                  (p.acked_ms > p.start_ms ? p.acked_ms : p.start_ms);
    return err == ERR_REJECTED ? ERR_OK : server_note(s, err);
}

void parent_new_run(struct parent *p, int64_t now_ms)
{
    p->run = hash_random_u64();
    p->ord++;
    p->acked = 0;
    p->start_ms = now_ms;
    p->all_ms = now_ms;
}

void parent_nonce(char out[PARENT_NONCE_CHARS])
{
    unsigned char bytes[NONCE_BYTES];
    struct buf text;

    hash_random(bytes, sizeof(bytes));
    buf_init(&text, PARENT_NONCE_CHARS - 1);
    encoding_base64url(bytes, sizeof(bytes), &text);
    memcpy(out, buf_text(&text), text.len + 1);
    buf_finish(&text);
}

/* --- enrolment ---------------------------------------------------------------------- */

static enum err own_key(struct server *s, struct jws_key *out)
{
    char hex[2 * JWS_SECRET_BYTES + 1];
    enum err err = load_key(s, out);

    if (err != ERR_REJECTED)
        return err;
    jws_key_make(out);
    encoding_hex(out->secret_key, sizeof(out->secret_key), hex);
    err = server_set_fact(s->store, FACT_SECRET, hex);
    hash_wipe(hex, sizeof(hex));
    return err;
}

static enum err write_request(const struct jws_key *key, const char *code,
                              struct buf *out)
{
    char nonce[PARENT_NONCE_CHARS];
    struct enrol_request request = { .code = code, .nonce = nonce };
    struct buf json, jws, public;
    enum err err;

    parent_nonce(nonce);
    memcpy(request.public_key, key->public_key, sizeof(request.public_key));
    buf_init(&json, ENROL_BYTES_MAX);
    buf_init(&jws, ENROL_BYTES_MAX);
    buf_init(&public, ENROL_BYTES_MAX);
    err = enrol_request_encode(&request, &json);
    jws_sign(key, JWS_ENROL, buf_text(&json), json.len, &jws);
    encoding_base64url(key->public_key, sizeof(key->public_key), &public);
    json_open(out, NULL, '{');
    json_put_text(out, "request", buf_text(&jws));
    json_put_text(out, "nonce", nonce);
    json_put_text(out, "public_key", buf_text(&public));
    json_close(out, '}');
    buf_finish(&json);
    buf_finish(&jws);
    buf_finish(&public);
    return err;
}

enum err parent_ask(struct server *s, const char *code, struct buf *out)
{
    char clean[ENROL_CODE_CHARS];
    struct jws_key key = { .kid = "" };
    enum err err;

    if (enrol_code_normalise(code, clean))
        return ERR_REJECTED;
    err = store_begin(s->store);
    if (err)
        return err;
    err = own_key(s, &key);
    if (!err)
        err = store_commit(s->store);
    if (err)
        store_rollback(s->store);
    else
        err = write_request(&key, clean, out);
    jws_key_wipe(&key);
    return server_note(s, err);
}

static enum err keep_grant(struct server *s, const struct enrol_grant *g)
{
    struct parent p;
    enum err err = store_begin(s->store);

    if (err)
        return err;
    err = parent_load(s, &p);
    if (!err) {
        snprintf(p.kiosk, sizeof(p.kiosk), "%s", g->kiosk);
        snprintf(p.pin, sizeof(p.pin), "%s", g->tls_pin ? g->tls_pin : "");
        memcpy(p.server_key, g->server_key, sizeof(p.server_key));
        p.kept_to = p.kept_rows = 0;
        p.wary = p.enrolled; /* it may know us from before */
        parent_new_run(&p, clock_wall_ms(s->clock));
        err = parent_save(s, &p);
    }
    if (!err)
        err = server_set_fact(s->store, PARENT_FACT_KEPT, "");
    if (!err)
        err = deeds_add(s, DEEDS_BY_COMMAND, DEED_PARENT_JOIN, g->kiosk);
    if (!err)
        err = store_commit(s->store);
    if (err)
        store_rollback(s->store);
    jws_key_wipe(&p.key);
    return server_note(s, err);
}

enum err parent_join(struct server *s, const char *jws, const char *server_key,
                     char kiosk_out[BUNDLE_ID_MAX + 1], const char **why)
{
    struct arena arena = { 0 };
    unsigned char public_key[JWS_PUBLIC_BYTES];
    struct enrol_grant grant = { .kiosk = NULL };
    struct jws_key key;
    struct buf payload;
    enum err err;

    *why = "not a grant of that server";
    if (jws_public_parse(server_key, public_key))
        return ERR_REJECTED;
    jws_key_public(public_key, &key);
    buf_init(&payload, ENROL_GRANT_MAX);
    err = jws_verify(jws, strlen(jws), JWS_GRANT, &key, &payload);
    if (!err)
        err = enrol_grant_decode(buf_text(&payload), payload.len, &arena, &grant);
    if (!err && (memcmp(grant.server_key, public_key, sizeof(public_key)) != 0 ||
                 (grant.tls_pin && strlen(grant.tls_pin) >= PARENT_PIN_CHARS)))
        err = ERR_REJECTED;
    if (!err && strcmp(grant.commune, s->commune) != 0) {
        *why = "the code was made for another commune";
        err = ERR_REJECTED;
    }
    if (!err)
        err = keep_grant(s, &grant);
    if (!err) {
        snprintf(kiosk_out, BUNDLE_ID_MAX + 1, "%s", grant.kiosk);
        LOG_INFO("enrolled at the parent as %s", grant.kiosk);
    }
    buf_finish(&payload);
    arena_finish(&arena);
    return err;
}
