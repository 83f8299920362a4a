/* The page /giay: what it says to a code of ours, a changed one, a stranger's, of a machine
 * whose key was taken back; and to bodies that are no form. */
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "paper.h"
#include "server_rig.h"
#include "settings.h"
#include "wire/certificate.h"

#define VALID "Giấy thật: mã do máy của xã ký"
#define REVOKED "khóa của máy này đã bị thu hồi"
#define CHANGED "Mã đã bị sửa"
#define STRANGER "Mã không phải của máy nào trong xã này"
#define UNREADABLE "Mã gõ thiếu hoặc sai"

static const char *page_bytes(struct rig *r, const char *form, size_t n)
{
    struct buf out;
    char *text;

    buf_init(&out, 1 << 20);
    assert_int_equal(paper_page(&r->server, form, n, &out), ERR_OK);
    text = arena_strdup(&r->arena, buf_text(&out));
    buf_finish(&out);
    return text;
}

static const char *page(struct rig *r, const char *code)
{
    const char *form = arena_printf(&r->arena, "ma=%s", code);

    return page_bytes(r, form, strlen(form));
}

static void sign(const struct jws_key *key, const char *name, int64_t day,
                 char out[CERTIFICATE_TEXT_CHARS])
{
    struct certificate c = { .day = day,
                             .unit = "m09",
                             .ref = { 1, 2, 3, 0xFE, 0xFF } };

    certificate_set_name(&c, name);
    certificate_sign(key, &c, out);
}

static void test_a_code_of_ours_is_told_in_full(void **state)
{
    struct rig *r = *state;
    char code[CERTIFICATE_TEXT_CHARS];
    const char *why, *text;

    assert_int_equal(settings_set(&r->server, "module.m09", "Tránh kẻ lừa đảo", &why),
                     ERR_OK);
    sign(&r->key, "Phạm Thị Nga", 20779, code);
    text = page(r, code);
    assert_non_null(strstr(text, VALID));
    assert_non_null(strstr(text, "Tránh kẻ lừa đảo"));
    assert_non_null(strstr(text, "22/11/2026"));
    assert_non_null(strstr(text, "0410-7ZQZ"));
    assert_non_null(strstr(text, r->kiosk));
    assert_non_null(strstr(text, "có in trên giấy"));
    assert_null(strstr(text, code)); /* it is not shown again */
}

static void test_a_paper_without_name_or_day_says_so(void **state)
{
    struct rig *r = *state;
    char code[CERTIFICATE_TEXT_CHARS];
    const char *text;

    sign(&r->key, "", -1, code);
    text = page(r, code);
    assert_non_null(strstr(text, VALID));
    assert_non_null(strstr(text, "máy chưa rõ ngày"));
    assert_non_null(strstr(text, "tên viết tay"));
}

static void test_every_changed_symbol_is_told(void **state)
{
    struct rig *r = *state;
    char code[CERTIFICATE_TEXT_CHARS];

    sign(&r->key, "Nga", 20779, code);
    for (size_t i = 0; code[i]; i++) {
        char was = code[i];

        code[i] = was == 'Z' ? 'Y' : 'Z';
        assert_null(strstr(page(r, code), VALID));
        code[i] = was;
    }
    code[strlen(code) - 20] = code[strlen(code) - 20] == 'Z' ? 'Y' : 'Z';
    assert_non_null(strstr(page(r, code), CHANGED));
}

static void test_strangers_are_not_ours(void **state)
{
    struct rig *r = *state;
    char code[CERTIFICATE_TEXT_CHARS];
    struct jws_key stranger;

    jws_key_make(&stranger);
    sign(&stranger, "Nga", 20779, code);
    assert_non_null(strstr(page(r, code), STRANGER));
    memcpy(stranger.kid, r->key.kid, sizeof(stranger.kid));
    sign(&stranger, "Nga", 20779, code); /* under the tag of ours */
    assert_non_null(strstr(page(r, code), CHANGED));
}

static void test_a_key_that_was_taken_back_is_told(void **state)
{
    struct rig *r = *state;
    char code[CERTIFICATE_TEXT_CHARS];
    const char *text;

    sign(&r->key, "Nga", 20779, code);
    assert_int_equal(
        store_run(r->server.store, Q_KIOSK_REVOKE, NULL, NULL, PARAM_TEXT(r->kiosk)),
        ERR_OK);
    text = page(r, code);
    assert_non_null(strstr(text, REVOKED));
    assert_null(strstr(text, VALID));
}

static void test_typed_in_groups_as_a_browser_sends_it(void **state)
{
    struct rig *r = *state;
    char code[CERTIFICATE_TEXT_CHARS], form[800] = "ma=";
    size_t n = 3;

    sign(&r->key, "Nga", 20779, code);
    for (size_t i = 0; code[i]; i++) {
        if (i && i % 5 == 0)
            n += (size_t)snprintf(form + n, sizeof(form) - n, "%s",
                                  i % 25 ? "+" : "%0D%0a");
        form[n++] = code[i];
    }
    assert_non_null(strstr(page_bytes(r, form, n), VALID));
    (void)snprintf(form + n, sizeof(form) - n, "&x=1");
    assert_non_null(strstr(page_bytes(r, form, strlen(form)), VALID));
}

static void test_what_is_no_form_is_no_code(void **state)
{
    static const char *const forms[] = {
        "",      "ma",     "ma=",       "x=1",    "ma=%",
        "ma=%0", "ma=%00", "ma=%zz%41", "ma=<b>", "ma=BC1%3Cscript%3E",
    };
    struct rig *r = *state;
    char huge[2000];

    for (size_t i = 0; i < COUNT(forms); i++) {
        const char *text = page_bytes(r, forms[i], strlen(forms[i]));

        assert_non_null(strstr(text, UNREADABLE));
        assert_null(strstr(text, "<b>s"));
        assert_null(strstr(text, "<script"));
    }
    memset(huge, 'A', sizeof(huge));
    memcpy(huge, "ma=", 3);
    assert_non_null(strstr(page_bytes(r, huge, sizeof(huge)), UNREADABLE));
    assert_null(strstr(page_bytes(r, NULL, 0), "role=\"status\"")); /* nothing asked */
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_a_code_of_ours_is_told_in_full),
        CASE(test_a_paper_without_name_or_day_says_so),
        CASE(test_every_changed_symbol_is_told),
        CASE(test_strangers_are_not_ours),
        CASE(test_a_key_that_was_taken_back_is_told),
        CASE(test_typed_in_groups_as_a_browser_sends_it),
        CASE(test_what_is_no_form_is_no_code),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
