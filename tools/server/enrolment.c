/* Codes, waiting kiosks and grants. Codes are stored as hashes: a copy of the database
 * lets nobody in.
 *
 *   (unknown) -> waiting [enrolment_ask] -> active [enrolment_confirm] -> revoked */
#include "enrolment.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/encoding.h"
#include "base/hash.h"
#include "settings.h"
#include "tls.h"

#define LOG_MODULE "enrol"
#include "base/log.h"

#define CODE_BYTES 5                      /* 40 bits: 8 symbols */
#define GONE_MS (24LL * 3600 * 1000)      /* a dead code is remembered, to say so */
#define NUMBER_WAIT_MS (15LL * 60 * 1000) /* a number is confirmed within */

static struct param text_or_null(const char *text)
{
    return *text ? PARAM_TEXT(text) : (struct param){ .null = true };
}

enum err enrolment_code(struct server *s, char out[ENROL_CODE_CHARS])
{
    return enrolment_code_for(s, "", out);
}

enum err enrolment_code_for(struct server *s, const char *commune,
                            char out[ENROL_CODE_CHARS])
{
    unsigned char bytes[CODE_BYTES];
    char hash[HASH_SHA256_HEX];
    int64_t now_ms = clock_wall_ms(s->clock);
    enum err err;

    hash_random(bytes, sizeof(bytes));
    encoding_base32(bytes, sizeof(bytes), out);
    hash_sha256_hex(out, strlen(out), hash);
    err = store_run(s->store, Q_CODE_SWEEP, NULL, NULL, PARAM_INT(now_ms - GONE_MS));
    if (!err)
        err =
            store_run(s->store, Q_KIOSK_SWEEP, NULL, NULL, PARAM_INT(now_ms - GONE_MS));
    if (!err)
        err = store_run(s->store, Q_CODE_ADD, NULL, NULL, PARAM_TEXT(hash),
                        PARAM_INT(now_ms + ENROLMENT_CODE_MS), text_or_null(commune));
    return server_note(s, err);
}

struct code {
    bool found;
    int64_t expires_ms;
    int64_t tries_left;
    char kid[JWS_KID_CHARS];         /* "": no machine has it yet */
    char commune[BUNDLE_ID_MAX + 1]; /* "": the server's own */
};

static enum err take_code(void *ctx, const struct cell *cells)
{
    struct code *c = ctx;

    c->found = true;
    c->expires_ms = cells[0].number;
    c->tries_left = cells[1].number;
    snprintf(c->kid, sizeof(c->kid), "%s", cells[2].text ? cells[2].text : "");
    snprintf(c->commune, sizeof(c->commune), "%s", cells[3].text ? cells[3].text : "");
    return ERR_OK;
}

struct machine {
    bool found;
    bool active;
    bool revoked;
    char kiosk[BUNDLE_ID_MAX + 1];
    char asked_sha[HASH_SHA256_HEX];
    char commune[BUNDLE_ID_MAX + 1]; /* "": the server's own */
};

static enum err take_machine(void *ctx, const struct cell *cells)
{
    struct machine *m = ctx;

    m->found = true;
    m->active = !strcmp(cells[2].text, "active");
    m->revoked = !strcmp(cells[2].text, "revoked");
    snprintf(m->kiosk, sizeof(m->kiosk), "%s", cells[0].text ? cells[0].text : "");
    snprintf(m->asked_sha, sizeof(m->asked_sha), "%s", cells[3].text);
    snprintf(m->commune, sizeof(m->commune), "%s", cells[4].text ? cells[4].text : "");
    return ERR_OK;
}

static enum err write_grant(struct server *s, const struct machine *m,
                            const struct enrol_request *request, struct buf *answer)
{
    struct buf settings;
    char pin[CERT_PIN_CHARS];
    struct buf content_key;
    struct buf other_key;
    struct buf json;
    enum err err;

    buf_init(&settings, ENROL_GRANT_MAX / 2);
    buf_init(&content_key, SETTING_VALUE_MAX);
    buf_init(&other_key, SETTING_VALUE_MAX);
    buf_init(&json, ENROL_GRANT_MAX);
    err = *m->commune ? settings_json_of(s, m->commune, &settings)
                      : settings_json(s, &settings);
    if (!err)
        err = tls_pin(s, pin);
    if (!err)
        err = settings_get(s, "content.key", "", &content_key);
    if (!err)
        err = settings_get(s, "content.other-key", "", &other_key);
    if (!err) {
        struct enrol_grant grant = {
            .kiosk = m->kiosk,
            .commune = *m->commune ? m->commune : s->commune,
            .tls_pin = pin[0] ? pin : NULL,
            .content_key = content_key.len ? buf_text(&content_key) : NULL,
            .other_key = other_key.len ? buf_text(&other_key) : NULL,
            .settings = buf_text(&settings),
            .settings_ver = settings_version(s),
            .nonce = request->nonce,
        };

        memcpy(grant.server_key, s->key.public_key, sizeof(grant.server_key));
        err = enrol_grant_encode(&grant, &json);
    }
    if (!err)
        jws_sign(&s->key, JWS_GRANT, buf_text(&json), json.len, answer);
    buf_finish(&settings);
    buf_finish(&content_key);
    buf_finish(&other_key);
    buf_finish(&json);
    return err;
}

/* The machine stands in the database with these very bytes as its last request. */
static enum err remember(struct server *s, const struct enrol_request *request,
                         const struct code *code, const char *code_hash,
                         const char *kid, const char *sha)
{
    char public_hex[2 * JWS_PUBLIC_BYTES + 1];
    char number[ENROL_NUMBER_CHARS];
    enum err err = store_begin(s->store);

    if (err)
        return err;
    encoding_hex(request->public_key, sizeof(request->public_key), public_hex);
    enrol_number(request->public_key, s->key.public_key, number);
    err = store_run(s->store, Q_CODE_BIND, NULL, NULL, PARAM_TEXT(code_hash),
                    PARAM_TEXT(kid));
    if (!err)
        err = store_run(s->store, Q_KIOSK_ASK, NULL, NULL, PARAM_TEXT(kid),
                        PARAM_TEXT(public_hex), PARAM_TEXT(number),
                        PARAM_INT(clock_wall_ms(s->clock)), PARAM_TEXT(sha),
                        text_or_null(code->commune));
    if (!err)
        err = store_commit(s->store);
    if (err)
        store_rollback(s->store);
    return err;
}

static enum enrolment_status refuse(struct server *s, enum enrolment_status status,
                                    struct buf *answer, const char *why)
{
    s->counts.enrol_refused++;
    LOG_INFO("enrolment refused: %s", why);
    buf_str(answer, why);
    return status;
}

static enum enrolment_status later(struct server *s, struct buf *answer, enum err err)
{
    server_note(s, err);
    return refuse(s, ENROLMENT_LATER, answer, "try again later");
}

/* Is the code alive, and this machine's or nobody's? ENROLMENT_WAITING: yes. */
static enum enrolment_status check_code(struct server *s, const char *hash,
                                        const char *kid, struct buf *answer,
                                        struct code *out)
{
    struct code code = { .found = false };
    int64_t now_ms = clock_wall_ms(s->clock);
    enum err err = store_run(s->store, Q_CODE_GET, take_code, &code, PARAM_TEXT(hash));

    if (err)
        return later(s, answer, err);
    if (!code.found || (code.kid[0] && strcmp(code.kid, kid))) {
        err = store_run(s->store, Q_CODE_MISS, NULL, NULL, PARAM_INT(now_ms));
        return err ? later(s, answer, err)
                   : refuse(s, ENROLMENT_REFUSED, answer, "wrong code");
    }
    if (code.expires_ms <= now_ms || (code.tries_left <= 0 && !code.kid[0]))
        return refuse(s, ENROLMENT_OVER, answer, "the code ran out or was used up");
    *out = code;
    return ENROLMENT_WAITING;
}

static enum enrolment_status answer_request(struct server *s,
                                            const struct enrol_request *request,
                                            const char *sha, struct buf *answer)
{
    struct machine machine = { .found = false };
    struct code code;
    struct jws_key key;
    char hash[HASH_SHA256_HEX];
    enum enrolment_status status;
    enum err err;

    jws_key_public(request->public_key, &key);
    hash_sha256_hex(request->code, strlen(request->code), hash);
    status = check_code(s, hash, key.kid, answer, &code);
    if (status != ENROLMENT_WAITING)
        return status;
    err = store_run(s->store, Q_KIOSK_BY_KID, take_machine, &machine,
                    PARAM_TEXT(key.kid));
    if (err)
        return later(s, answer, err);
    if (machine.revoked)
        return refuse(s, ENROLMENT_REFUSED, answer, "this key was revoked");
    s->counts.enrol_asked++;
    if (machine.active && !strcmp(machine.asked_sha, sha)) {
        err = write_grant(s, &machine, request, answer);
        return err ? later(s, answer, err) : ENROLMENT_GRANTED;
    }
    if (!machine.found || strcmp(machine.asked_sha, sha)) {
        err = remember(s, request, &code, hash, key.kid, sha);
        if (err)
            return later(s, answer, err);
        LOG_INFO("a kiosk waits to be confirmed");
    }
    err = enrol_waiting_encode(s->key.public_key, answer);
    return err ? later(s, answer, err) : ENROLMENT_WAITING;
}

enum enrolment_status enrolment_ask(struct server *s, const char *bytes, size_t n,
                                    struct buf *answer)
{
    struct arena arena = { 0 };
    struct enrol_request request;
    char sha[HASH_SHA256_HEX];
    enum enrolment_status status;

    if (s->broken)
        return later(s, answer, ERR_RETRY);
    if (enrol_request_open(bytes, n, &arena, &request)) {
        status = refuse(s, ENROLMENT_WRONG, answer, "not a request to enrol");
    } else {
        hash_sha256_hex(bytes, n, sha);
        status = answer_request(s, &request, sha, answer);
    }
    arena_finish(&arena);
    return status;
}

enum err enrolment_is_active(struct server *s, const char *kid,
                             char commune_out[BUNDLE_ID_MAX + 1], bool *active_out)
{
    struct machine machine = { .found = false };
    enum err err =
        store_run(s->store, Q_KIOSK_BY_KID, take_machine, &machine, PARAM_TEXT(kid));

    *active_out = machine.active;
    snprintf(commune_out, BUNDLE_ID_MAX + 1, "%s",
             *machine.commune ? machine.commune : s->commune);
    return server_note(s, err);
}

struct waiting {
    size_t n;
    char kid[JWS_KID_CHARS];
};

static enum err take_waiting(void *ctx, const struct cell *cells)
{
    struct waiting *w = ctx;

    w->n++;
    snprintf(w->kid, sizeof(w->kid), "%s", cells[0].text);
    return ERR_OK;
}

enum err enrolment_confirm(struct server *s, const char *number,
                           char kiosk_out[BUNDLE_ID_MAX + 1])
{
    struct waiting waiting = { 0 };
    int64_t now_ms = clock_wall_ms(s->clock);
    enum err err = store_run(s->store, Q_KIOSK_WAITING, take_waiting, &waiting,
                             PARAM_TEXT(number), PARAM_INT(now_ms - NUMBER_WAIT_MS));

    if (err)
        return server_note(s, err);
    if (waiting.n != 1)
        return ERR_REJECTED;
    snprintf(kiosk_out, BUNDLE_ID_MAX + 1, "k%016" PRIx64, hash_random_u64());
    err = store_run(s->store, Q_KIOSK_NAME, NULL, NULL, PARAM_TEXT(waiting.kid),
                    PARAM_TEXT(kiosk_out), PARAM_INT(now_ms));
    if (!err)
        LOG_INFO("kiosk %s enrolled", kiosk_out);
    return server_note(s, err);
}
