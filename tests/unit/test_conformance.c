/* The trial finds what is wrong: our own server behind a handler that spoils one thing by
 * turns. Each row names the rules that must be seen broken. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "conformance.h"
#include "enrolment.h"
#include "http.h"
#include "routes.h"
#include "server_rig.h"

#define LINES_MAX 65536
#define PAYLOAD_MAX 65536
#define NAMES_MAX 8
#define ZEROS "0000000000000000"

struct wrong {
    const char *name;
    void (*spoil)(struct rig *r, const struct http_request *q, struct http_response *a);
    const char *broken[NAMES_MAX]; /* rules, in order; no others may be */
};

struct stage {
    struct rig *rig;
    const struct wrong *wrong;
    struct buf lines;
};

static bool is(const struct http_request *q, const char *path)
{
    return !strcmp(q->path, path);
}

static void say(struct http_response *a, unsigned status, const char *body)
{
    a->status = status;
    buf_clear(&a->body);
    buf_str(&a->body, body);
}

/* The answer's payload with `from` replaced, signed anew by `key`. */
static void resign(struct rig *r, struct http_response *a, enum jws_type type,
                   const char *from, const char *to, const struct jws_key *key)
{
    struct buf payload, changed;
    const char *at;

    buf_init(&payload, PAYLOAD_MAX);
    buf_init(&changed, PAYLOAD_MAX);
    if (a->status == 200 &&
        !jws_verify(buf_text(&a->body), a->body.len, type, &r->server.key, &payload)) {
        at = strstr(buf_text(&payload), from);
        if (at) {
            buf_add(&changed, payload.data, (size_t)(at - payload.data));
            buf_str(&changed, to);
            buf_str(&changed, at + strlen(from));
        } else {
            buf_add(&changed, payload.data, payload.len);
        }
        buf_clear(&a->body);
        jws_sign(key, type, buf_text(&changed), changed.len, &a->body);
    }
    buf_finish(&payload);
    buf_finish(&changed);
}

/* --- what a server can do wrong ------------------------------------------------------ */

static void nothing(struct rig *r, const struct http_request *q,
                    struct http_response *a)
{
    (void)r;
    (void)q;
    (void)a;
}

static void another_key(struct rig *r, const struct http_request *q,
                        struct http_response *a)
{
    struct jws_key key;

    jws_key_make(&key);
    if (is(q, "/v1/time"))
        resign(r, a, JWS_TIME, "", "", &key);
}

static void other_bytes(struct rig *r, const struct http_request *q,
                        struct http_response *a)
{
    if (is(q, "/v1/bundles"))
        resign(r, a, JWS_ACK, "\"for\":",
               "\"for\":\"" ZEROS ZEROS ZEROS ZEROS "\",\"was\":", &r->server.key);
}

static void old_nonce(struct rig *r, const struct http_request *q,
                      struct http_response *a)
{
    if (is(q, "/v1/bundles"))
        resign(r, a, JWS_ACK, "\"nonce\":\"", "\"nonce\":\"old", &r->server.key);
}

static void holds_over_gaps(struct rig *r, const struct http_request *q,
                            struct http_response *a)
{
    if (is(q, "/v1/bundles"))
        resign(r, a, JWS_ACK, "[3,8]", "[8,8]", &r->server.key);
}

static void believes_everything(struct rig *r, const struct http_request *q,
                                struct http_response *a)
{
    (void)r;
    if (is(q, "/v1/bundles") && a->status == 400)
        say(a, 200, "thank you");
}

static void large_is_wrong(struct rig *r, const struct http_request *q,
                           struct http_response *a)
{
    (void)r;
    (void)q;
    if (a->status == 413)
        say(a, 400, "no");
}

static void never_foreign(struct rig *r, const struct http_request *q,
                          struct http_response *a)
{
    if (is(q, "/v1/bundles"))
        resign(r, a, JWS_ACK, "\"foreign_ord\":2", "\"foreign_ord\":0", &r->server.key);
}

static void grants_another_nonce(struct rig *r, const struct http_request *q,
                                 struct http_response *a)
{
    if (is(q, "/v1/enrol"))
        resign(r, a, JWS_GRANT, "\"nonce\":\"", "\"nonce\":\"x", &r->server.key);
}

static const struct wrong wrongs[] = {
    { "a right server", nothing, { NULL } },
    { "time of another key", another_key, { "time.signed" } },
    { "an old nonce",
      old_nonce,
      { "ack.nonce", "ack.held", "bundle.retry", "bundle.empty", "bundle.n-gaps",
        "bundle.n-twice", "held.gap" } },
    { "held jumps over a gap", holds_over_gaps, { "held.gap" } },
    { "everything is 200",
      believes_everything,
      { "bundle.noise", "jws.signature", "jws.payload", "jws.crit", "jws.typ",
        "jws.other-typ", "jws.alg" } },
    { "too large is 400", large_is_wrong, { "bundle.large", "enrol.large" } },
    { "foreign runs are not told", never_foreign, { "foreign.ord" } },
    { "an ack of other bytes",
      other_bytes,
      { "ack.for", "ack.held", "bundle.retry", "bundle.empty", "bundle.n-gaps",
        "bundle.n-twice", "held.gap" } },
    { "a grant with another nonce", grants_another_nonce, { "enrol.grant" } },
};

/* --- the stage ------------------------------------------------------------------------ */

/* The administrator is quick: confirms what waits, in the server's thread. */
static void confirm(struct stage *s, const struct http_request *q)
{
    struct arena arena = { 0 };
    struct enrol_request request;
    char number[ENROL_NUMBER_CHARS], kiosk[BUNDLE_ID_MAX + 1];

    if (!enrol_request_open(q->body, q->n_body, &arena, &request)) {
        enrol_number(request.public_key, s->rig->server.key.public_key, number);
        (void)!enrolment_confirm(&s->rig->server, number, kiosk); /* twice: not again */
    }
    arena_finish(&arena);
}

static void answer(void *ctx, const struct http_request *q, struct http_response *a)
{
    struct stage *s = ctx;

    s->rig->wall_ms = clock_wall_ms(&clock_real);
    routes_answer(&s->rig->server, q, a);
    if (is(q, "/v1/enrol") && a->status == 202)
        confirm(s, q);
    s->wrong->spoil(s->rig, q, a);
}

/* One by one: each answer is spoilt by itself. */
static bool gathers_nothing(const struct http_request *q)
{
    (void)q;
    return false;
}

static const struct http_service service = { .answer = answer,
                                             .gathers = gathers_nothing };

static void add_line(void *ctx, const char *line)
{
    struct stage *s = ctx;

    buf_str(&s->lines, line);
    buf_char(&s->lines, '\n');
}

static struct http *http;

static void *serve(void *arg)
{
    (void)arg;
    http_loop(http, &(const bool){ false }, -1, NULL, NULL, NULL);
    return NULL;
}

static int run(struct stage *s, bool with_code)
{
    char code[ENROL_CODE_CHARS] = "", url[96];
    pthread_t thread;
    int broken;

    s->rig->wall_ms = clock_wall_ms(&clock_real);
    if (with_code)
        assert_int_equal(enrolment_code(&s->rig->server, code), ERR_OK);
    assert_int_equal(http_open("127.0.0.1:0", NULL, &service, s, &http), ERR_OK);
    snprintf(url, sizeof(url), "http://%s/", http_address(http));
    assert_int_equal(pthread_create(&thread, NULL, serve, NULL), 0);
    broken = conformance_run(&(struct conformance_wish){
        .url = url, .code = code, .wait_s = 5, .say = add_line, .ctx = s });
    kill(getpid(), SIGTERM);
    pthread_join(thread, NULL);
    http_close(http);
    return broken;
}

static void check_row(void **state)
{
    void *rig;
    struct stage s = { .wrong = *state };
    char want[64];
    int n = 0, broken;

    rig_setup(&rig);
    s.rig = rig;
    buf_init(&s.lines, LINES_MAX);
    broken = run(&s, true);
    while (n < NAMES_MAX && s.wrong->broken[n]) {
        snprintf(want, sizeof(want), "FAILED %s: ", s.wrong->broken[n]);
        if (!strstr(buf_text(&s.lines), want))
            fail_msg("%s was not found:\n%s", want, buf_text(&s.lines));
        n++;
    }
    if (n < NAMES_MAX - 1 && broken != n) /* a full row names the first ones alone */
        fail_msg("%d are broken:\n%s", broken, buf_text(&s.lines));
    buf_finish(&s.lines);
    rig_teardown(&rig);
}

static void test_a_stranger_skips_what_needs_a_code(void **state)
{
    struct stage s = { .rig = *state, .wrong = &wrongs[0] };

    buf_init(&s.lines, LINES_MAX);
    assert_int_equal(run(&s, false), 0);
    assert_non_null(strstr(buf_text(&s.lines), "skipped enrol.waiting: "));
    assert_non_null(strstr(buf_text(&s.lines), "skipped ack.for: "));
    assert_non_null(strstr(buf_text(&s.lines), "\n6 ok, 0 failed, "));
    buf_finish(&s.lines);
}

static void test_nobody_there_is_no_broken_rule(void **state)
{
    struct stage s = { .rig = *state };

    buf_init(&s.lines, LINES_MAX);
    assert_int_equal(
        conformance_run(&(struct conformance_wish){
            .url = "http://127.0.0.1:1", .code = "", .say = add_line, .ctx = &s }),
        CONFORMANCE_UNREACHED);
    assert_int_equal(
        conformance_run(&(struct conformance_wish){
            .url = "http://192.0.2.1", .code = "", .say = add_line, .ctx = &s }),
        CONFORMANCE_UNREACHED);
    assert_string_equal(buf_text(&s.lines), "");
    buf_finish(&s.lines);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(wrongs) + 2] = {
        cmocka_unit_test_setup_teardown(test_a_stranger_skips_what_needs_a_code,
                                        rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_nobody_there_is_no_broken_rule, rig_setup,
                                        rig_teardown),
    };

    for (size_t i = 0; i < COUNT(wrongs); i++)
        tests[i + 2] = (struct CMUnitTest){ .name = wrongs[i].name,
                                            .test_func = check_row,
                                            .initial_state = (void *)&wrongs[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
