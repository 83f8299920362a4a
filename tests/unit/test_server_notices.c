/* Notices at the server: their one line of text, how many may stand at once, what kiosks are
 * sent, and their plays apart from those of the loudspeakers. */
#include "cmocka_all.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/check.h"
#include "base/file.h"
#include "notice.h"
#include "routes.h"
#include "server_rig.h"
#include "usb.h"

/* 22 November 2026 */
static const struct row {
    const char *name, *key, *value;
    bool want;
} rows[] = {
    { "as it is written", "notice.tb1", "2026-11-20; 2026-11-30; Có lớp.; UBND xã",
      true },
    { "without a source", "notice.tb1", "2026-11-20; 2026-11-30; Có lớp.;", true },
    { "a text with a semicolon", "notice.tb1",
      "2026-11-20; 2026-11-30; Có lớp; mời đến.; UBND xã", true },
    { "no id of ours", "notice.m09-b03", "2026-11-20; 2026-11-30; x; y", false },
    { "no text", "notice.tb1", "2026-11-20; 2026-11-30; ; y", false },
    { "no last semicolon", "notice.tb1", "2026-11-20; 2026-11-30; x", false },
    { "no dates", "notice.tb1", "hôm nay; mai; x; y", false },
    { "the wrong way round", "notice.tb1", "2026-11-30; 2026-11-20; x; y", false },
    { "nothing", "notice.tb1", ";;;", false },
};

static void check_row(void **state)
{
    const struct row *r = *state;
    struct notice n;
    const char *why = NULL;

    assert_int_equal(notice_read(r->key, r->value, &n, &why), r->want);
    assert_int_equal(*why != 0, !r->want);
}

static struct notice make(int64_t from, int64_t to, const char *text)
{
    int64_t today = clock_day(RIG_START_MS);
    struct notice n = { .from_day = today + from, .to_day = today + to };

    snprintf(n.text, sizeof(n.text), "%s", text);
    snprintf(n.source, sizeof(n.source), "UBND xã");
    return n;
}

static void settings_of(struct rig *r, struct buf *out)
{
    buf_clear(out);
    assert_int_equal(settings_json(&r->server, out), ERR_OK);
}

static void test_five_stand_at_once_and_numbers_are_never_given_again(void **state)
{
    struct rig *r = *state;
    struct notice n, past = make(-9, -2, "x");
    const char *why;

    for (int i = 0; i < WIRE_NOTICES_MAX; i++) {
        n = make(i, 9, "Có lớp.");
        assert_int_equal(notice_save(&r->server, &n, &why), ERR_OK);
    }
    assert_string_equal(n.id, "tb5");
    n = make(0, 3, "Ba ngày đầu còn chỗ."); /* day 4 is the first with five */
    assert_int_equal(notice_save(&r->server, &n, &why), ERR_OK);
    n = make(3, 20, "x");
    n.id[0] = 0;
    assert_int_equal(notice_save(&r->server, &n, &why), ERR_REJECTED);
    assert_non_null(strstr(why, "5"));
    n = make(4, 9, "Sửa lời."); /* a change of one of them is no sixth */
    snprintf(n.id, sizeof(n.id), "tb5");
    assert_int_equal(notice_save(&r->server, &n, &why), ERR_OK);
    assert_int_equal(notice_save(&r->server, &past, &why), ERR_REJECTED);
    assert_int_equal(notice_end(&r->server, "tb6"), ERR_OK);
    assert_int_equal(notice_end(&r->server, "tb6"), ERR_REJECTED);
    assert_int_equal(notice_end(&r->server, "tb99"), ERR_REJECTED);
    n = make(10, 12, "Sau đó.");
    assert_int_equal(notice_save(&r->server, &n, &why), ERR_OK);
    assert_string_equal(n.id, "tb7");
}

static void test_kiosks_are_sent_those_that_are_not_over(void **state)
{
    struct rig *r = *state;
    struct notice n = make(-3, 0, "Hôm nay là ngày cuối.");
    const char *why;
    int64_t before = settings_version(&r->server);
    struct buf json;

    buf_init(&json, 65536);
    assert_int_equal(notice_save(&r->server, &n, &why), ERR_OK);
    assert_true(settings_version(&r->server) > before);
    settings_of(r, &json);
    assert_non_null(strstr(buf_text(&json), "\"text\":\"Hôm nay là ngày cuối.\""));
    r->wall_ms += 86400000;
    settings_of(r, &json);
    assert_non_null(strstr(buf_text(&json), "\"notices\":[]"));
    buf_finish(&json);
}

static void test_words_are_kept_in_one_form(void **state)
{
    struct rig *r = *state;
    struct notice n = make(0, 1, "Co\xCC\x81 lo\xCC\x9B\xCC\x81p."); /* decomposed */
    const char *why;

    assert_int_equal(notice_save(&r->server, &n, &why), ERR_OK);
    assert_string_equal(n.text, "Có lớp.");
}

static char asked_kid[64], asked_nonce[64]; /* "": not said */

static const char *query(const struct http_request *q, const char *name)
{
    const char *value = !strcmp(name, "kid") ? asked_kid : asked_nonce;

    (void)q;
    return *value ? value : NULL;
}

static unsigned ask(struct rig *r, const char *kid, const char *nonce, struct buf *body)
{
    struct http_request request = { .method = "GET",
                                    .path = "/v1/settings",
                                    .query = query };
    struct http_response response = { .status = 200 };

    snprintf(asked_kid, sizeof(asked_kid), "%s", kid);
    snprintf(asked_nonce, sizeof(asked_nonce), "%s", nonce);
    buf_init(&response.body, JWS_BYTES_MAX);
    routes_answer(&r->server, &request, &response);
    buf_clear(body);
    buf_add(body, buf_text(&response.body), response.body.len);
    buf_finish(&response.body);
    return response.status;
}

static void test_settings_are_signed_for_machines_that_are_let_in(void **state)
{
    struct rig *r = *state;
    struct wire_settings s;
    struct jws_key server;
    struct buf body, payload;

    buf_init(&body, JWS_BYTES_MAX);
    buf_init(&payload, JWS_BYTES_MAX);
    assert_int_equal(ask(r, r->key.kid, "abc", &body), 200);
    jws_key_public(r->server.key.public_key, &server);
    assert_int_equal(
        jws_verify(buf_text(&body), body.len, JWS_SETTINGS, &server, &payload), ERR_OK);
    assert_int_equal(
        wire_settings_decode(buf_text(&payload), payload.len, &r->arena, &s), ERR_OK);
    assert_string_equal(s.commune, RIG_COMMUNE);
    assert_string_equal(s.nonce, "abc");
    assert_string_equal(s.server_inst, r->server.inst);
    assert_int_equal(ask(r, "AAAA", "abc", &body), 401);
    assert_int_equal(ask(r, "", "abc", &body), 400);
    assert_int_equal(ask(r, r->key.kid, "a b", &body), 400);
    buf_finish(&body);
    buf_finish(&payload);
}

static void test_a_stick_takes_the_settings_along(void **state)
{
    struct rig *r = *state;
    struct usb_counts counts;
    struct buf jws, payload;
    struct jws_key server;
    char stick[128], path[192];

    snprintf(stick, sizeof(stick), "%s/stick", r->dir);
    snprintf(path, sizeof(path), "%s/BDHVS/out", stick);
    assert_int_equal(file_make_folder(path), ERR_OK);
    assert_int_equal(usb_import(&r->server, stick, &counts), ERR_OK);
    snprintf(path, sizeof(path), "%s/BDHVS/in/settings.jws", stick);
    buf_init(&jws, JWS_BYTES_MAX);
    buf_init(&payload, JWS_BYTES_MAX);
    assert_int_equal(file_read(path, &jws), ERR_OK);
    jws_key_public(r->server.key.public_key, &server);
    assert_int_equal(
        jws_verify(buf_text(&jws), jws.len, JWS_SETTINGS, &server, &payload), ERR_OK);
    buf_finish(&jws);
    buf_finish(&payload);
}

static void test_plays_of_notices_are_not_those_of_loudspeakers(void **state)
{
    (void)state;
    assert_string_equal(notice_stat("notice_plays", "tb1"), NOTICE_STAT);
    assert_string_equal(notice_stat("notice_plays", "m09-b03"), "notice_plays");
    assert_string_equal(notice_stat("completions", "tb1"), "completions");
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, rig_setup, rig_teardown)

int main(void)
{
    static const struct CMUnitTest single[] = {
        WITH(test_five_stand_at_once_and_numbers_are_never_given_again),
        WITH(test_kiosks_are_sent_those_that_are_not_over),
        WITH(test_words_are_kept_in_one_form),
        WITH(test_settings_are_signed_for_machines_that_are_let_in),
        WITH(test_a_stick_takes_the_settings_along),
        cmocka_unit_test(test_plays_of_notices_are_not_those_of_loudspeakers),
    };
    struct CMUnitTest tests[COUNT(rows) + COUNT(single)];

    memcpy(tests, single, sizeof(single));
    for (size_t i = 0; i < COUNT(rows); i++)
        tests[COUNT(single) + i] =
            (struct CMUnitTest){ .name = rows[i].name,
                                 .test_func = check_row,
                                 .initial_state = (void *)&rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
