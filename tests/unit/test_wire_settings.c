/* Settings on their way to a kiosk. */
#include "cmocka_all.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "wire/settings.h"

static const char example[] =
    "{\"schema\":1,\"commune\":\"21520\",\"settings_ver\":17,\"server_inst\":\"a1b2\","
    "\"settings\":{\"thon\":{\"t07\":\"Bản Mới\"},\"notices\":[{\"id\":\"tb3\","
    "\"from\":\"2026-11-20\",\"to\":\"2026-11-30\",\"text\":\"Có lớp.\","
    "\"source\":\"\"}]},\"nonce\":\"abc_DEF-1\"}";

static void test_settings_are_read_and_written_byte_for_byte(void **state)
{
    struct arena arena = { 0 };
    struct wire_settings s;
    struct buf out;

    (void)state;
    assert_int_equal(wire_settings_decode(example, strlen(example), &arena, &s),
                     ERR_OK);
    assert_string_equal(s.commune, "21520");
    assert_int_equal(s.settings_ver, 17);
    assert_string_equal(s.server_inst, "a1b2");
    assert_string_equal(s.nonce, "abc_DEF-1");
    buf_init(&out, 4096);
    assert_int_equal(wire_settings_encode(&s, &out), ERR_OK);
    assert_string_equal(buf_text(&out), example);
    buf_finish(&out);
    buf_init(&out, 100);
    assert_int_equal(wire_settings_encode(&s, &out), ERR_FULL);
    buf_finish(&out);
    s.settings = "[]";
    buf_init(&out, 4096);
    assert_int_equal(wire_settings_encode(&s, &out), ERR_REJECTED);
    buf_finish(&out);
    arena_finish(&arena);
}

static const struct row {
    const char *name;
    const char *from;
    const char *to;
    enum err want;
} rows[] = {
    { "unknown members are ignored", "\"schema\":1", "\"schema\":1,\"x\":[1]", ERR_OK },
    { "on a stick there is no nonce", "\"nonce\":\"abc_DEF-1\"", "\"nonce\":null",
      ERR_OK },
    { "a later schema is refused", "\"schema\":1", "\"schema\":2", ERR_REJECTED },
    { "a version below 0", ":17", ":-1", ERR_REJECTED },
    { "a version that is no integer", ":17", ":1.5", ERR_REJECTED },
    { "no inst", "\"server_inst\":\"a1b2\",", "", ERR_REJECTED },
    { "settings that are a text", "\"settings\":{", "\"settings\":\"x\",\"y\":{",
      ERR_REJECTED },
    { "a bad nonce", "abc_DEF-1", "a b", ERR_REJECTED },
    { "too deep", "\"text\":\"Có lớp.\"", "\"text\":[1]", ERR_REJECTED },
    { "a member twice", "\"source\":\"\"", "\"text\":\"\"", ERR_REJECTED },
    { "a commune that is no id", "\"21520\"", "\"Xã\"", ERR_REJECTED },
    { "bytes that are no UTF-8", "Có", "C\xF3", ERR_REJECTED },
};

static void check(void **state)
{
    const struct row *r = *state;
    const char *at = strstr(example, r->from);
    struct arena arena = { 0 };
    struct wire_settings s;
    struct buf json;

    assert_non_null(at);
    buf_init(&json, 4096);
    buf_add(&json, example, (size_t)(at - example));
    buf_str(&json, r->to);
    buf_str(&json, at + strlen(r->from));
    assert_int_equal(wire_settings_decode(buf_text(&json), json.len, &arena, &s),
                     r->want);
    buf_finish(&json);
    arena_finish(&arena);
}

static void test_settings_that_are_too_long_are_refused(void **state)
{
    struct arena arena = { 0 };
    struct wire_settings s;
    struct buf json;

    (void)state;
    buf_init(&json, 1 << 17);
    buf_str(&json, "{\"schema\":1,\"commune\":\"1\",\"settings_ver\":1,"
                   "\"server_inst\":\"i\",\"settings\":{\"x\":\"");
    for (int i = 0; i < WIRE_SETTINGS_MAX; i++)
        buf_char(&json, 'a');
    buf_str(&json, "\"}}");
    assert_int_equal(wire_settings_decode(buf_text(&json), json.len, &arena, &s),
                     ERR_REJECTED);
    buf_finish(&json);
    arena_finish(&arena);
}

static void test_ids_of_notices_are_a_prefix_and_digits(void **state)
{
    (void)state;
    assert_true(wire_notice_id_ok("tb1"));
    assert_true(wire_notice_id_ok("tb1234567890"));
    assert_false(wire_notice_id_ok("tb"));
    assert_false(wire_notice_id_ok("m09-b03"));
    assert_false(wire_notice_id_ok("tb1x"));
    assert_false(wire_notice_id_ok("tb1234567890123456789012345"));
}

int main(void)
{
    struct CMUnitTest tests[COUNT(rows) + 3] = {
        cmocka_unit_test(test_settings_are_read_and_written_byte_for_byte),
        cmocka_unit_test(test_settings_that_are_too_long_are_refused),
        cmocka_unit_test(test_ids_of_notices_are_a_prefix_and_digits),
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        tests[3 + i] = (struct CMUnitTest){ .name = rows[i].name,
                                            .test_func = check,
                                            .initial_state = (void *)&rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
