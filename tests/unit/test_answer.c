/* What an answer is worth: only our server's word for exactly our bytes. */
#include "cmocka_all.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "sync/answer.h"
#include "wire/ack.h"
#include "wire/enrol.h"
#include "wire/settings.h"

#define BYTES "the signed bundle"
#define PORTAL "<html><body>Mời đăng nhập mạng</body></html>"

enum body {
    EMPTY,
    HTML,
    ACK, /* as it should be */
    ACK_OTHER_BYTES,
    ACK_OTHER_KIOSK,
    ACK_OTHER_NONCE,
    ACK_OTHER_KEY,
    ACK_NONSENSE, /* signed by our server, but no ack */
    TIME,
    TIME_OTHER_NONCE,
    WAITING,
    WAITING_OTHER_KEY,
    GRANT,
    GRANT_OTHER_NONCE,
    GRANT_NAMES_OTHER, /* signed by ours, but the key in it is another */
    SETTINGS,
    SETTINGS_OTHER_NONCE,
    SETTINGS_OF_A_STICK, /* without a nonce */
    SETTINGS_OTHER_KEY,
    SETTINGS_NONSENSE,
};

static struct jws_key server;
static struct jws_key stranger;

static void sign(const struct jws_key *key, enum jws_type type, struct buf *payload,
                 struct buf *out)
{
    jws_sign(key, type, buf_text(payload), payload->len, out);
    buf_finish(payload);
}

static void make_ack(enum body body, struct buf *out)
{
    char sha256[HASH_SHA256_HEX];
    const char *bytes = body == ACK_OTHER_BYTES ? "other bytes" : BYTES;
    struct ack a = { .request_sha256 = sha256,
                     .kiosk = body == ACK_OTHER_KIOSK ? "k2" : "k1",
                     .server_inst = "i1",
                     .time_ms = 1,
                     .nonce = body == ACK_OTHER_NONCE ? "n2" : "n1",
                     .after_s = 900 };
    struct buf payload;

    hash_sha256_hex(bytes, strlen(bytes), sha256);
    buf_init(&payload, 4096);
    if (body == ACK_NONSENSE)
        buf_str(&payload, "{\"schema\":1}");
    else
        assert_int_equal(ack_encode(&a, &payload), ERR_OK);
    sign(body == ACK_OTHER_KEY ? &stranger : &server, JWS_ACK, &payload, out);
}

static void make_time(enum body body, struct buf *out)
{
    struct wire_time t = { .time_ms = 5, .nonce = body == TIME ? "n1" : "n2" };
    struct buf payload;

    buf_init(&payload, 4096);
    assert_int_equal(wire_time_encode(&t, &payload), ERR_OK);
    sign(&server, JWS_TIME, &payload, out);
}

static void make_grant(enum body body, struct buf *out)
{
    struct enrol_grant g = { .kiosk = "k1",
                             .commune = "21520",
                             .settings = "{}",
                             .nonce = body == GRANT_OTHER_NONCE ? "n2" : "n1" };
    struct buf payload;

    memcpy(g.server_key,
           body == GRANT_NAMES_OTHER ? stranger.public_key : server.public_key,
           JWS_PUBLIC_BYTES);
    buf_init(&payload, 4096);
    assert_int_equal(enrol_grant_encode(&g, &payload), ERR_OK);
    sign(&server, JWS_GRANT, &payload, out);
}

static void make_settings(enum body body, struct buf *out)
{
    struct wire_settings s = { .commune = "21520",
                               .settings_ver = 4,
                               .server_inst = "i1",
                               .settings = "{}",
                               .nonce = body == SETTINGS_OTHER_NONCE  ? "n2"
                                        : body == SETTINGS_OF_A_STICK ? NULL
                                                                      : "n1" };
    struct buf payload;

    buf_init(&payload, 4096);
    if (body == SETTINGS_NONSENSE)
        buf_str(&payload, "{\"schema\":1,\"settings\":[]}");
    else
        assert_int_equal(wire_settings_encode(&s, &payload), ERR_OK);
    sign(body == SETTINGS_OTHER_KEY ? &stranger : &server, JWS_SETTINGS, &payload, out);
}

static void make(enum body body, struct buf *out)
{
    switch (body) {
    case EMPTY:
        break;
    case HTML:
        buf_str(out, PORTAL);
        break;
    case TIME:
    case TIME_OTHER_NONCE:
        make_time(body, out);
        break;
    case WAITING:
        assert_int_equal(enrol_waiting_encode(server.public_key, out), ERR_OK);
        break;
    case WAITING_OTHER_KEY:
        assert_int_equal(enrol_waiting_encode(stranger.public_key, out), ERR_OK);
        break;
    case GRANT:
    case GRANT_OTHER_NONCE:
    case GRANT_NAMES_OTHER:
        make_grant(body, out);
        break;
    case SETTINGS:
    case SETTINGS_OTHER_NONCE:
    case SETTINGS_OF_A_STICK:
    case SETTINGS_OTHER_KEY:
    case SETTINGS_NONSENSE:
        make_settings(body, out);
        break;
    default:
        make_ack(body, out);
    }
}

static const struct row {
    const char *name;
    enum sync_kind kind;
    long status;
    enum body body;
    enum sync_outcome want;
} rows[] = {
    { "a true ack is success", SYNC_SEND, 200, ACK, SYNC_VERIFIED },
    { "200 without a body", SYNC_SEND, 200, EMPTY, SYNC_PORTAL },
    { "a portal's 200", SYNC_SEND, 200, HTML, SYNC_PORTAL },
    { "a true ack under another status", SYNC_SEND, 201, ACK, SYNC_PORTAL },
    { "a true ack with 500", SYNC_SEND, 500, ACK, SYNC_FAULT },
    { "an ack for other bytes", SYNC_SEND, 200, ACK_OTHER_BYTES, SYNC_OTHER_ANSWER },
    { "an ack for another kiosk", SYNC_SEND, 200, ACK_OTHER_KIOSK, SYNC_OTHER_ANSWER },
    { "an ack of another time", SYNC_SEND, 200, ACK_OTHER_NONCE, SYNC_OTHER_ANSWER },
    { "an ack of another server", SYNC_SEND, 200, ACK_OTHER_KEY, SYNC_STRANGER },
    { "signed nonsense", SYNC_SEND, 200, ACK_NONSENSE, SYNC_FAULT },
    { "the time instead of an ack", SYNC_SEND, 200, TIME, SYNC_PORTAL },
    { "a redirect", SYNC_SEND, 302, HTML, SYNC_PORTAL },
    { "400", SYNC_SEND, 400, EMPTY, SYNC_REFUSED },
    { "401", SYNC_SEND, 401, EMPTY, SYNC_UNKNOWN_KEY },
    { "403 is not ours", SYNC_SEND, 403, HTML, SYNC_PORTAL },
    { "404", SYNC_SEND, 404, HTML, SYNC_FAULT },
    { "413", SYNC_SEND, 413, EMPTY, SYNC_TOO_LARGE },
    { "429", SYNC_SEND, 429, EMPTY, SYNC_BUSY },
    { "500", SYNC_SEND, 500, EMPTY, SYNC_FAULT },
    { "503", SYNC_SEND, 503, EMPTY, SYNC_BUSY },
    { "511 is a portal's own", SYNC_SEND, 511, HTML, SYNC_PORTAL },
    { "no status at all", SYNC_SEND, 0, EMPTY, SYNC_PORTAL },
    { "202 for a bundle", SYNC_SEND, 202, WAITING, SYNC_PORTAL },

    { "the signed time", SYNC_TIME, 200, TIME, SYNC_VERIFIED },
    { "the time of another question", SYNC_TIME, 200, TIME_OTHER_NONCE,
      SYNC_OTHER_ANSWER },
    { "an ack instead of the time", SYNC_TIME, 200, ACK, SYNC_PORTAL },

    { "waiting for the administrator", SYNC_ENROL, 202, WAITING, SYNC_WAITING },
    { "waiting, but another server", SYNC_ENROL, 202, WAITING_OTHER_KEY,
      SYNC_STRANGER },
    { "202 by a portal", SYNC_ENROL, 202, HTML, SYNC_PORTAL },
    { "the grant", SYNC_ENROL, 200, GRANT, SYNC_VERIFIED },
    { "the grant of another question", SYNC_ENROL, 200, GRANT_OTHER_NONCE,
      SYNC_OTHER_ANSWER },
    { "a grant that names another key", SYNC_ENROL, 200, GRANT_NAMES_OTHER,
      SYNC_STRANGER },
    { "the administrator said no", SYNC_ENROL, 403, EMPTY, SYNC_DENIED },
    { "the code ran out", SYNC_ENROL, 410, EMPTY, SYNC_EXPIRED },

    { "the settings", SYNC_SETTINGS, 200, SETTINGS, SYNC_VERIFIED },
    { "settings of another question", SYNC_SETTINGS, 200, SETTINGS_OTHER_NONCE,
      SYNC_OTHER_ANSWER },
    { "settings of a stick, played to us by HTTP", SYNC_SETTINGS, 200,
      SETTINGS_OF_A_STICK, SYNC_OTHER_ANSWER },
    { "forged settings", SYNC_SETTINGS, 200, SETTINGS_OTHER_KEY, SYNC_STRANGER },
    { "signed nonsense for settings", SYNC_SETTINGS, 200, SETTINGS_NONSENSE,
      SYNC_FAULT },
    { "a page for settings", SYNC_SETTINGS, 200, HTML, SYNC_PORTAL },
    { "an ack for settings", SYNC_SETTINGS, 200, ACK, SYNC_PORTAL },
    { "an older server knows no settings", SYNC_SETTINGS, 404, EMPTY, SYNC_FAULT },
};

static enum sync_outcome judge(const struct row *r, bool has_key, struct buf *payload)
{
    struct sync_job job = { .kind = r->kind,
                            .bytes = BYTES,
                            .n = strlen(BYTES),
                            .has_server_key = has_key,
                            .kiosk = "k1",
                            .nonce = "n1" };
    enum sync_outcome outcome;
    struct buf body;

    memcpy(job.server_key, server.public_key, JWS_PUBLIC_BYTES);
    buf_init(&body, 8192);
    make(r->body, &body);
    outcome = answer_judge(&job, r->status, buf_text(&body), body.len, payload);
    buf_finish(&body);
    return outcome;
}

static void check(void **state)
{
    const struct row *r = *state;
    struct buf payload;

    buf_init(&payload, 8192);
    assert_int_equal(judge(r, true, &payload), r->want);
    /* Nothing but a verified payload (or the body of 202) ever comes out. */
    assert_int_equal(payload.len > 0,
                     r->want == SYNC_VERIFIED || r->want == SYNC_WAITING);
    buf_finish(&payload);
}

static void test_a_grant_before_its_key_was_shown_is_not_believed(void **state)
{
    const struct row grant = { "", SYNC_ENROL, 200, GRANT, SYNC_OTHER_ANSWER };
    const struct row waiting = { "", SYNC_ENROL, 202, WAITING, SYNC_WAITING };
    struct buf payload;

    (void)state;
    buf_init(&payload, 8192);
    assert_int_equal(judge(&grant, false, &payload), SYNC_OTHER_ANSWER);
    assert_int_equal(payload.len, 0);
    assert_int_equal(judge(&waiting, false, &payload), SYNC_WAITING);
    buf_finish(&payload);
}

static void test_every_outcome_has_a_name_and_a_reaction(void **state)
{
    (void)state;
    for (enum sync_outcome o = 0; o < SYNC_OUTCOME_COUNT; o++) {
        assert_non_null(sync_outcome_name(o));
        assert_int_equal(sync_outcome_err(o) == ERR_OK, o == SYNC_VERIFIED);
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(rows) + 2] = {
        cmocka_unit_test(test_a_grant_before_its_key_was_shown_is_not_believed),
        cmocka_unit_test(test_every_outcome_has_a_name_and_a_reaction),
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        tests[2 + i] = (struct CMUnitTest){ .name = rows[i].name,
                                            .test_func = check,
                                            .initial_state = (void *)&rows[i] };
    hash_init();
    jws_key_make(&server);
    jws_key_make(&stranger);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
