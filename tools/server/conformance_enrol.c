/* What a stranger may try, and enrolment (wire/enrol.h has the contract). */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/encoding.h"
#include "base/hash.h"
#include "conformance_rules.h"

#define PATH_ENROL "/v1/enrol"
#define PATH_TIME "/v1/time?nonce="
#define TIME_ROOM_MS (300LL * 1000) /* how far the clocks of both machines may differ */

/* --- before anybody knows us ------------------------------------------------------- */

static bool time_has_a_nonce(struct trial *t)
{
    talk_get(t, "/v1/time", NULL);
    return talk_refused(t, 400, 0);
}

static bool noise_is_refused(struct trial *t)
{
    talk_post(t, "/v1/bundles", "hello", 5);
    return talk_refused(t, 400, 0);
}

static bool noise_is_no_enrolment(struct trial *t)
{
    talk_post(t, PATH_ENROL, "hello", 5);
    return talk_refused(t, 400, 0);
}

static bool post_large(struct trial *t, const char *path, size_t n)
{
    struct buf bytes;

    buf_init(&bytes, n);
    while (bytes.len < n)
        buf_char(&bytes, 'A');
    talk_post(t, path, buf_text(&bytes), bytes.len);
    buf_finish(&bytes);
    return talk_refused(t, 413, 0);
}

static bool large_bundles_are_refused(struct trial *t)
{
    return post_large(t, "/v1/bundles", BUNDLE_BYTES_MAX + 1);
}

static bool large_enrolments_are_refused(struct trial *t)
{
    return post_large(t, PATH_ENROL, ENROL_BYTES_MAX + 1);
}

static bool unknown_keys_are_refused(struct trial *t)
{
    talk_sign(t, &(struct shape){ .n = 1, .from = 1, .to = 1, .n_known = 1 });
    talk_post(t, "/v1/bundles", buf_text(&t->request), t->request.len);
    return talk_refused(t, 401, 0);
}

/* --- letting us in ------------------------------------------------------------------ */

/* Into `t->request`; the nonce is t->nonce. */
static bool sign_request(struct trial *t, const char *code)
{
    struct enrol_request request = { .code = code, .nonce = t->nonce };
    struct buf payload;
    bool good;

    talk_nonce(t->nonce);
    memcpy(request.public_key, t->key.public_key, sizeof(request.public_key));
    buf_init(&payload, ENROL_BYTES_MAX);
    good = enrol_request_encode(&request, &payload) == ERR_OK;
    buf_clear(&t->request);
    jws_sign(&t->key, JWS_ENROL, buf_text(&payload), payload.len, &t->request);
    buf_finish(&payload);
    return good;
}

static long post_request(struct trial *t)
{
    return talk_post(t, PATH_ENROL, buf_text(&t->request), t->request.len);
}

static bool read_server_key(struct trial *t, unsigned char key[JWS_PUBLIC_BYTES])
{
    return enrol_waiting_decode(buf_text(&t->answer), t->answer.len, key) == ERR_OK;
}

static bool new_bytes_wait(struct trial *t)
{
    unsigned char key[JWS_PUBLIC_BYTES];
    char code[ENROL_CODE_CHARS];

    if (enrol_code_normalise(t->wish->code, code))
        return talk_saw(t, "a code that is not eight symbols of Crockford's base32");
    sign_request(t, code);
    if (post_request(t) != 202)
        return talk_refused(t, 202, 0);
    if (!read_server_key(t, key))
        return talk_saw(t, "202 without a readable server_key");
    jws_key_public(key, &t->server);
    t->met = true;
    return true;
}

static void say_number(const struct trial *t)
{
    char number[ENROL_NUMBER_CHARS], line[128];

    enrol_number(t->key.public_key, t->server.public_key, number);
    snprintf(line, sizeof(line), "number %s: confirm it at the server", number);
    t->wish->say(t->wish->ctx, line);
}

/* Asks again with the same bytes until they are granted. */
static bool wait_for_grant(struct trial *t)
{
    const struct timespec pause = { ENROL_POLL_S, 0 };
    int64_t end_ms = clock_mono_ms(&clock_real) + t->wish->wait_s * 1000;
    unsigned char key[JWS_PUBLIC_BYTES];

    while (post_request(t) == 202) {
        if (!read_server_key(t, key) || memcmp(key, t->server.public_key, sizeof(key)))
            return talk_saw(t, "202 with another server_key than before");
        if (clock_mono_ms(&clock_real) >= end_ms)
            return talk_saw(t, "nobody confirmed the number in %ld s", t->wish->wait_s);
        nanosleep(&pause, NULL);
    }
    return talk_refused(t, 200, 0);
}

/* `*out` lives until the rule ends. */
static bool read_grant(struct trial *t, struct enrol_grant *out)
{
    struct buf payload;
    bool good = false;

    buf_init(&payload, ENROL_GRANT_MAX);
    if (!talk_signed(t, JWS_GRANT, &payload))
        talk_saw(t, "200, not signed as a grant by the server_key of the 202");
    else if (enrol_grant_decode(buf_text(&payload), payload.len, &t->arena, out))
        talk_saw(t, "a signed answer that is no grant");
    else if (memcmp(out->server_key, t->server.public_key, JWS_PUBLIC_BYTES) != 0)
        talk_saw(t, "a grant that names another server_key");
    else if (strcmp(out->nonce, t->nonce) != 0)
        talk_saw(t, "a grant with another nonce");
    else
        good = true;
    buf_finish(&payload);
    return good;
}

static bool the_grant_is_ours(struct trial *t)
{
    struct enrol_grant grant;

    say_number(t);
    if (!wait_for_grant(t) || !read_grant(t, &grant))
        return false;
    t->kiosk = arena_strdup(&t->kept, grant.kiosk);
    t->commune = arena_strdup(&t->kept, grant.commune);
    t->tls_pin = grant.tls_pin ? arena_strdup(&t->kept, grant.tls_pin) : NULL;
    return true;
}

static bool the_same_bytes_get_the_same_grant(struct trial *t)
{
    struct enrol_grant grant;

    if (post_request(t) != 200)
        return talk_refused(t, 200, 0);
    if (!read_grant(t, &grant))
        return false;
    return !strcmp(grant.kiosk, t->kiosk) || talk_saw(t, "another kiosk id");
}

static bool the_old_id_comes_back(struct trial *t)
{
    struct enrol_grant grant;
    char code[ENROL_CODE_CHARS];

    if (enrol_code_normalise(t->wish->code, code) || !sign_request(t, code) ||
        post_request(t) != 202)
        return talk_refused(t, 202, 0);
    if (post_request(t) != 200)
        return talk_refused(t, 200, 0);
    if (!read_grant(t, &grant))
        return false;
    return !strcmp(grant.kiosk, t->kiosk) || talk_saw(t, "another kiosk id");
}

static bool wrong_codes_are_refused(struct trial *t)
{
    unsigned char bytes[5];
    char code[ENROL_CODE_CHARS];

    hash_random(bytes, sizeof(bytes));
    encoding_base32(bytes, sizeof(bytes), code);
    sign_request(t, code);
    post_request(t);
    return talk_refused(t, 403, 0);
}

/* Over https the pin is what a kiosk has from then on. */
static bool the_pin_is_of_this_server(struct trial *t)
{
    char path[sizeof(PATH_TIME) + TRIAL_NONCE_CHARS];

    if (strncmp(t->wish->url, "https:", 6) != 0 || !t->tls_pin)
        return true; /* loopback, or a certificate of an authority */
    talk_nonce(t->nonce);
    snprintf(path, sizeof(path), PATH_TIME "%s", t->nonce);
    return talk_get(t, path, t->tls_pin) == 200 ||
           talk_saw(t,
                    "no answer to who knows tls_pin alone, or dates that do not hold");
}

static bool the_time_is_signed(struct trial *t)
{
    char path[sizeof(PATH_TIME) + TRIAL_NONCE_CHARS];
    int64_t now_ms = clock_wall_ms(&clock_real);
    struct wire_time time;
    struct buf payload;
    bool good = false;

    talk_nonce(t->nonce);
    snprintf(path, sizeof(path), PATH_TIME "%s", t->nonce);
    buf_init(&payload, 4096);
    if (talk_get(t, path, NULL) != 200)
        talk_refused(t, 200, 0);
    else if (!talk_signed(t, JWS_TIME, &payload))
        talk_saw(t, "200, not signed as a time by the server's key");
    else if (wire_time_decode(buf_text(&payload), payload.len, &t->arena, &time))
        talk_saw(t, "a signed answer that is no time");
    else if (strcmp(time.nonce, t->nonce) != 0)
        talk_saw(t, "another nonce");
    else if (time.time_ms < now_ms - TIME_ROOM_MS ||
             time.time_ms > now_ms + TIME_ROOM_MS)
        talk_saw(t, "a time %lld s away from this machine's",
                 (long long)(time.time_ms - now_ms) / 1000);
    else
        good = true;
    buf_finish(&payload);
    return good;
}

const struct rule rules_strangers[] = {
    { "time.nonce", RULE_STRANGER, "GET /v1/time without a nonce is 400",
      time_has_a_nonce },
    { "bundle.noise", RULE_STRANGER, "bytes that are no JWS are 400",
      noise_is_refused },
    { "bundle.large", RULE_STRANGER, "more than 96 KiB are 413",
      large_bundles_are_refused },
    { "bundle.unknown-key", RULE_STRANGER, "a good bundle of an unknown key is 401",
      unknown_keys_are_refused },
    { "enrol.noise", RULE_STRANGER, "bytes that are no request are 400",
      noise_is_no_enrolment },
    { "enrol.large", RULE_STRANGER, "a request of more than 4096 bytes is 413",
      large_enrolments_are_refused },
    { "enrol.waiting", RULE_ENROL, "new bytes with the code are 202 with server_key",
      new_bytes_wait },
    { "enrol.grant", RULE_ENROL,
      "the same bytes, confirmed, are 200 with a grant signed by that key",
      the_grant_is_ours },
    { "enrol.again", RULE_BUNDLES, "an answer may be lost: the same bytes, the same id",
      the_same_bytes_get_the_same_grant },
    { "enrol.known-key", RULE_BUNDLES,
      "new bytes of a known key are 202, then its old id", the_old_id_comes_back },
    { "enrol.wrong-code", RULE_BUNDLES, "a wrong code is 403",
      wrong_codes_are_refused },
    { "tls.pin", RULE_BUNDLES, "tls_pin of the grant is of the key served here",
      the_pin_is_of_this_server },
    { "time.signed", RULE_BUNDLES,
      "GET /v1/time is signed, with the nonce and the right time", the_time_is_signed },
};
const size_t n_rules_strangers = COUNT(rules_strangers);
