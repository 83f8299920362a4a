/* Acknowledgements and the signed time. */
#include "cmocka_all.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "wire/ack.h"

#define SHA "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static const char example[] =
    "{\"schema\":1,\"for\":\"" SHA "\",\"kiosk\":\"k7f3a9c2e51b04d8\","
    "\"held\":{\"9f2c11aa03b7e6d1\":[118,120],\"51b04d8e7f3a9c2e\":[0,0]},"
    "\"foreign_ord\":0,\"server_inst\":\"a1b2\",\"set_aside\":[],"
    "\"rejected\":[{\"i\":7,\"code\":\"grammar\"}],\"time_ms\":1795300000000,"
    "\"nonce\":\"abc_DEF-1\",\"after_s\":900,"
    "\"packs\":{\"bdhvs\":{\"ver\":32,\"manifest\":\"" SHA "\"}},\"settings_ver\":17}";

static void test_an_ack_is_read_and_written_byte_for_byte(void **state)
{
    struct arena arena = { 0 };
    struct buf out;
    struct ack a;

    (void)state;
    assert_int_equal(ack_decode(example, strlen(example), &arena, &a), ERR_OK);
    assert_string_equal(a.request_sha256, SHA);
    assert_int_equal(a.n_held, 2);
    assert_true(a.held[0].run == 0x9f2c11aa03b7e6d1ULL);
    assert_int_equal(a.held[0].held, 118);
    assert_int_equal(a.held[0].top, 120);
    assert_int_equal(a.n_rejected, 1);
    assert_int_equal(a.rejected[0].i, 7);
    assert_string_equal(a.rejected[0].code, "grammar");
    assert_true(a.time_ms == 1795300000000);
    assert_int_equal(a.after_s, 900);
    assert_string_equal(a.pack_id, "bdhvs");
    assert_int_equal(a.pack_ver, 32);
    assert_string_equal(a.pack_manifest, SHA);
    assert_int_equal(a.settings_ver, 17);
    buf_init(&out, 4096);
    assert_int_equal(ack_encode(&a, &out), ERR_OK);
    assert_string_equal(buf_text(&out), example);
    buf_finish(&out);
    buf_init(&out, 100);
    assert_int_equal(ack_encode(&a, &out), ERR_FULL);
    buf_finish(&out);
    arena_finish(&arena);
}

/* Older servers say nothing of programs, older kiosks do not read it. */
static void test_a_program_is_offered_by_its_hashes(void **state)
{
    struct arena arena = { 0 };
    struct buf out;
    struct ack a;

    (void)state;
    assert_int_equal(ack_decode(example, strlen(example), &arena, &a), ERR_OK);
    assert_int_equal(a.program_ver, 0);
    a.program_ver = 9;
    a.program_version = "0.9.0";
    a.program_list = a.program_signature = SHA;
    buf_init(&out, 4096);
    assert_int_equal(ack_encode(&a, &out), ERR_OK);
    assert_non_null(strstr(
        buf_text(&out), "\"settings_ver\":17,\"program\":{\"ver\":9,\"version\":"
                        "\"0.9.0\",\"list\":\"" SHA "\",\"signature\":\"" SHA "\"}}"));
    assert_int_equal(ack_decode(buf_text(&out), out.len, &arena, &a), ERR_OK);
    assert_int_equal(a.program_ver, 9);
    assert_string_equal(a.program_version, "0.9.0");
    assert_string_equal(a.program_list, SHA);
    assert_string_equal(a.program_signature, SHA);
    buf_finish(&out);
    arena_finish(&arena);
}

static const struct row {
    const char *name;
    const char *from;
    const char *to;
    enum err want;
} rows[] = {
    { "a program without a hash", "\"after_s\":900",
      "\"after_s\":900,\"program\":{\"ver\":9,\"version\":\"1\",\"list\":\"x\"}",
      ERR_REJECTED },
    { "a program of another kind is none", "\"after_s\":900",
      "\"after_s\":900,\"program\":[1]", ERR_OK },
    { "unknown members are ignored", "\"after_s\":900", "\"after_s\":900,\"x\":[1]",
      ERR_OK },
    { "no pack offered", "\"packs\":{\"bdhvs\":{\"ver\":32,\"manifest\":\"" SHA "\"}}",
      "\"packs\":{}", ERR_OK },
    { "nothing rejected", "[{\"i\":7,\"code\":\"grammar\"}]", "[]", ERR_OK },
    { "a newer schema", "\"schema\":1", "\"schema\":2", ERR_REJECTED },
    { "no for", "\"for\":\"" SHA "\",", "", ERR_REJECTED },
    { "a short for", "\"for\":\"ba", "\"for\":\"", ERR_REJECTED },
    { "a for in capitals", "\"for\":\"ba", "\"for\":\"BA", ERR_REJECTED },
    { "top below held", "[118,120]", "[118,117]", ERR_REJECTED },
    { "held negative", "[118,120]", "[-1,120]", ERR_REJECTED },
    { "held beyond 2^53-1", "[118,120]", "[118,9007199254740992]", ERR_REJECTED },
    { "held of one number", "[118,120]", "[118]", ERR_REJECTED },
    { "held of three numbers", "[118,120]", "[118,120,1]", ERR_REJECTED },
    { "a run in capitals", "9f2c11aa03b7e6d1", "9F2C11AA03B7E6D1", ERR_REJECTED },
    { "a run twice", "51b04d8e7f3a9c2e", "9f2c11aa03b7e6d1", ERR_REJECTED },
    { "held is an array", "{\"9f2c11aa03b7e6d1\":[118,120],\"51b04d8e7f3a9c2e\":[0,0]}",
      "[]", ERR_REJECTED },
    { "no nonce", "\"nonce\":\"abc_DEF-1\",", "", ERR_REJECTED },
    { "a rejected row beyond 500", "\"i\":7", "\"i\":500", ERR_REJECTED },
    { "a rejection without code", ",\"code\":\"grammar\"", "", ERR_REJECTED },
    { "a manifest that is no hash", "\"manifest\":\"ba", "\"manifest\":\"../",
      ERR_REJECTED },
    { "a negative wait", "\"after_s\":900", "\"after_s\":-1", ERR_REJECTED },
};

static void check(void **state)
{
    const struct row *r = *state;
    const char *at = strstr(example, r->from);
    struct arena arena = { 0 };
    struct buf json;
    struct ack a;

    assert_non_null(at);
    buf_init(&json, 4096);
    buf_add(&json, example, (size_t)(at - example));
    buf_str(&json, r->to);
    buf_str(&json, at + strlen(r->from));
    assert_int_equal(ack_decode(json.data, json.len, &arena, &a), r->want);
    buf_finish(&json);
    arena_finish(&arena);
}

static void test_every_cut_is_refused(void **state)
{
    struct arena arena = { 0 };
    struct ack a;

    (void)state;
    for (size_t n = 0; n < sizeof(example) - 1; n++) {
        assert_int_equal(ack_decode(example, n, &arena, &a), ERR_REJECTED);
        arena_reset(&arena);
    }
    arena_finish(&arena);
}

static void test_the_time_is_read_and_written(void **state)
{
    static const char text[] =
        "{\"schema\":1,\"time_ms\":1795300000000,\"nonce\":\"n1\"}";
    static const char *const bad[] = {
        "{\"schema\":1,\"time_ms\":-1,\"nonce\":\"n1\"}",
        "{\"schema\":1,\"time_ms\":1}",
        "{\"time_ms\":1,\"nonce\":\"n1\"}",
        "[]",
    };
    struct arena arena = { 0 };
    struct wire_time t;
    struct buf out;

    (void)state;
    assert_int_equal(wire_time_decode(text, strlen(text), &arena, &t), ERR_OK);
    assert_true(t.time_ms == 1795300000000);
    buf_init(&out, 256);
    assert_int_equal(wire_time_encode(&t, &out), ERR_OK);
    assert_string_equal(buf_text(&out), text);
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(wire_time_decode(bad[i], strlen(bad[i]), &arena, &t),
                         ERR_REJECTED);
    buf_finish(&out);
    arena_finish(&arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(rows) + 4] = {
        cmocka_unit_test(test_an_ack_is_read_and_written_byte_for_byte),
        cmocka_unit_test(test_a_program_is_offered_by_its_hashes),
        cmocka_unit_test(test_every_cut_is_refused),
        cmocka_unit_test(test_the_time_is_read_and_written),
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        tests[4 + i] = (struct CMUnitTest){ .name = rows[i].name,
                                            .test_func = check,
                                            .initial_state = (void *)&rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
