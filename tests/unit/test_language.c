/* Counting sentences and finding words as a reader of Vietnamese would. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/check.h"
#include "language.h"

static const struct counted {
    const char *text;
    size_t syllables, sentences, longest;
} counts[] = {
    { "", 0, 0, 0 },
    { "Mã 6 số là gì?", 5, 1, 5 },
    { "Một câu. Hai câu nữa.", 5, 2, 3 },
    { "Không có dấu chấm", 4, 1, 4 },
    { "Vào dichvucong.gov.vn mà xem.", 4, 1, 4 },
    { "Giá 12.000 đồng thôi!", 4, 1, 4 },
    { "“Bà đọc mã nhanh lên, kẻo mất tiền!” Họ giục.", 10, 2, 8 },
    { "Khoan đã… Xem lại.", 4, 2, 2 },
    { "Một – hai – ba", 3, 1, 3 },
    { "{Xh} làm gì?", 3, 1, 3 },
    { "... !!! ???", 0, 0, 0 },
};

static void test_sentences_are_counted_as_they_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(counts); i++) {
        assert_int_equal(language_syllables(counts[i].text), counts[i].syllables);
        assert_int_equal(language_sentences(counts[i].text), counts[i].sentences);
        assert_int_equal(language_longest_sentence(counts[i].text), counts[i].longest);
    }
}

static const struct word {
    const char *text;
    const char *found; /* NULL: fine */
} words[] = {
    { "Chạm vào dòng chữ xanh.", NULL },
    { "Click vào đây.", "click" },
    { "Bấm OK.", "ok" },
    { "Bấm “OK” nhé.", NULL },
    { "Bấm “OK nhé.", "ok" }, /* a quotation that does not end */
    { "Zalo, Apple, snapp", NULL },
    { "app", "app" },
    { "(app)", "app" },
    { "Bạn làm gì?", "bạn" },
    { "BẠN LÀM GÌ?", "bạn" },
    { "MÁY BÁO LỖI", "lỗi" },
    { "THẤT BẠI", "thất bại" },
    { "Chạm “Kết bạn” để kết bạn với bạn bè.", NULL },
    { "Kết bạn với bạn.", "bạn" },
    { "Cái bàn.", NULL },
    { "Xin lỗi bà con.", NULL },
    { "Máy báo lỗi.", "lỗi" },
    { "Sai rồi!", "sai rồi" },
    { "Ai sai, rồi ai đúng?", NULL },
};

static void test_words_we_do_not_use_are_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(words); i++) {
        const char *instead;
        const char *found = language_unwanted(words[i].text, &instead);

        if (!words[i].found) {
            assert_null(found);
            assert_null(instead);
            continue;
        }
        assert_non_null(found);
        assert_string_equal(found, words[i].found);
        assert_non_null(instead);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentences_are_counted_as_they_are_read),
        cmocka_unit_test(test_words_we_do_not_use_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
