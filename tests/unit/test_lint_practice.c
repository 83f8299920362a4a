/* Rules for a practice: one spoiled place each, named by file and line; and that the names
 * of icons are those that the kiosk has. */
#include <dirent.h>
#include <string.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "base/clock.h"
#include "items/items.h"
#include "lint.h"
#include "lint_practice.h"
#include "report.h"
#include "source.h"
#include "tree.h"

#define TODAY "2026-11-26"

/* Places of the practice in the example lesson, and their lines. */
#define TITLE "Tập: giữ mã"                 /* 34 */
#define SAY "Có người hỏi mã. Mình làm gì?" /* 37 */
#define HINT "Mã là của mình.\n- button"    /* 38 */
#define PART "- button: Xóa tin => b\n"     /* 39 */
#define WITH(part) PART, part "\n" PART

static const struct row {
    const char *name;
    const char *from, *to;
    const char *want; /* follows the file's name; NULL: no problem */
} rows[] = {
    { "a number of twelve digits", WITH("- text: Số 079204012345"),
      ":39: 079204012345 looks like somebody's ID number: write 0000 •••• ••00" },
    { "twelve digits with spaces", WITH("- text: 079 204 012 345"),
      ":39: 079204012345 looks like" },
    { "twelve digits with many spaces", WITH("- text: 079204   012345"),
      ":39: 079204012345 looks like" },
    { "twelve digits with dots", WITH("- text: 079.204.012.345"),
      ":39: 079204012345 looks like" },
    { "twelve digits with dashes", WITH("- text: 079-204-012-345"),
      ":39: 079204012345 looks like" },
    { "nine digits", WITH("- text: CMND 212345678."), ":39: 212345678 looks like" },
    { "a number in a note", WITH("- row: Giấy | note 212 345 678"),
      ":39: 212345678 looks like" },
    { "a number in a value", WITH("- field: Số | value 079204012345"),
      ":39: 079204012345 looks like" },
    { "a number above the screen", SAY, SAY "\ntop: 079204012345",
      ":36: 079204012345 looks like" },
    { "a number under the name", SAY, SAY "\nsub: 079204012345",
      ":36: 079204012345 looks like" },
    { "a number that is said", SAY, "Gõ số 079204012345.",
      ":36: 079204012345 looks like" },
    { "a number in a hint", HINT, "Số 079204012345.\n- button",
      ":36: 079204012345 looks like" },
    { "a number in the title", TITLE, "Tập: số 079204012345",
      ":34: 079204012345 looks like" },
    { "eight, ten, eleven or thirteen digits",
      WITH("- text: 12345678, 1234567890, 12345678901, 1234567890123"), NULL },
    { "a sum of money", WITH("- amount: 2.000.000 đồng"), NULL },
    { "a day and a time", WITH("- text: 20/10/2026, 08:30"), NULL },
    { "a hidden number", WITH("- field: Số | value 0000 •••• ••00"), NULL },
    { "a mobile's number", WITH("- text: 0912 345 678"),
      ":39: 0912345678 may be somebody's telephone: write 0100 000 123" },
    { "a mobile's number with dots", WITH("- text: (0912.345.678)"),
      ":39: 0912345678 may be" },
    { "a mobile's number with +84", WITH("- text: +84 912 345 678"),
      ":39: 84912345678 may be" },
    { "a desk telephone's number", WITH("- text: 0255 3822 123"),
      ":39: 02553822123 may be" },
    { "an invented number", WITH("- text: 0100 000 123"), NULL },
    { "a short number", WITH("- text: 113, 114 và 115"), NULL },
    { "a foreign address", WITH("- address: vietcombank.com"),
      ":39: address vietcombank.com: invented ones end in .example" },
    { "an address with its scheme and path", WITH("- address: http://qua.vn/nhan?a=b"),
      ":39: address qua.vn:" },
    { "an address that begins as the state's", WITH("- text: vneid.gov.vn.top"),
      ":39: address vneid.gov.vn.top:" },
    { "an address that only looks as the state's", WITH("- text: vneidgov.vn"),
      ":39: address vneidgov.vn:" },
    { "an address after a figure", WITH("- text: bank24.vn"),
      ":39: address bank24.vn:" },
    { "an address after a letter with marks", WITH("- text: quà.com"),
      ":39: address quà.com:" },
    { "an address with a port", WITH("- text: qua.vn:8080"), ":39: address qua.vn:" },
    { "an address of mail", WITH("- text: ba@gmail.com"), ":39: address gmail.com:" },
    { "an address at the end of a sentence", WITH("- text: Vào “qua.vn”. Nhé."),
      ":39: address qua.vn:" },
    { "an address that is said", SAY, "Vào trang qua.vn.", ":36: address qua.vn:" },
    { "the state's address", WITH("- address: https://dichvucong.gov.vn/a"), NULL },
    { "an invented address", WITH("- address: http://qua-tang.example/nhan"), NULL },
    { "no address", WITH("- text: Vân vân... v.v. 1.5 km, 08.30."), NULL },
    { "an unknown icon", WITH("- row: Lửa | icon fire"), ":39: there is no icon fire" },
    { "a known icon", WITH("- row: Lửa | icon warn"), NULL },
    { "a long button", WITH("- button: Mình chạm vào đây để gửi mã cho người lạ ngay"),
      ":39: “Mình chạm vào đây để gửi mã cho người lạ ngay” is too long for a button" },
    { "a button of 24 letters", WITH("- button: Gửi mã cho người ta nhé b"), NULL },
    { "five buttons", WITH("- button: Một\n- round: Hai | icon call\n- button: Ba"),
      ":36: 5 buttons: a phone has room for 4" },
    { "four buttons", WITH("- button: Một\n- round: Hai | icon call"), NULL },
    { "a swipe without its way", WITH("- swipe: Vuốt"),
      ":39: a swipe without its way: write | up, down, left or right" },
    { "a photo without its picture", WITH("- photo: Ảnh"),
      ":39: a photo without its picture: write | picture file.svg" },
    { "a photo without words", WITH("- photo: Ảnh | picture khoa.svg"),
      ":39: picture khoa.svg has no words" },
    { "a photo that is nowhere", WITH("- photo: Ảnh | picture xa.svg | alt Xa"),
      ":39: picture xa.svg is not there" },
    { "a photo", WITH("- photo: Ảnh | picture khoa.svg | alt Khóa"), NULL },
    { "a long title", TITLE, "Tập: giữ kín mã số của mình luôn nhé",
      ":34: the title has 9 syllables: at most 8" },
    { "four sentences that are said", SAY, "Một. Hai. Ba. Bốn.", ":36: say:" },
    { "a long sentence that is said", SAY,
      "Một hai ba bốn năm sáu bảy tám chín mười rồi nữa nữa nữa.", ":36: say:" },
    { "three sentences of a hint", HINT, "Một. Hai. Ba.\n- button", ":36: hint:" },
    { "words that are not used", TITLE, "Tập: vào app", ":34: the title" },
    { "what cannot be played", "Xóa tin => b", "Xóa tin -> b",
      ":36: screen a: a dead end: give it a part with => or with -> back" },
    { "a number that cannot be dialled", WITH("- dial: *101# -> c"),
      ":36: screen a: “*101#” is no number to dial" },
    { "a slip of the source is told alone", "Xóa tin => b", "Xóa tin => bb",
      ":39: there is no screen “bb”" },
};

static void lint(const char *root, struct report *report)
{
    struct source s;

    report_init(report);
    if (!source_read(root, clock_day_parse(TODAY), report, &s))
        lint_source(&s, items_table, report);
    source_finish(&s);
}

static void check_row(void **state)
{
    const struct row *row = *state;
    struct report report;
    struct tree t;

    tree_make(&t);
    tree_replace(&t, TREE_LESSON, row->from, row->to);
    lint(t.content, &report);
    if (!row->want) {
        assert_string_equal(buf_text(&report.lines), "");
    } else {
        const char *want =
            arena_printf(&t.arena, "%s%s", tree_path(&t, TREE_LESSON), row->want);

        if (!strstr(buf_text(&report.lines), want))
            fail_msg("wanted %s in:\n%s", want, buf_text(&report.lines));
        assert_int_not_equal(report.n_problems, 0);
    }
    report_finish(&report);
    tree_remove(&t);
}

static void test_a_text_too_long_for_the_kiosk_is_told(void **state)
{
    struct report report;
    struct buf b;
    struct tree t;

    (void)state;
    tree_make(&t);
    buf_init(&b, 1U << 16);
    buf_str(&b, "- text: ");
    for (int i = 0; i <= 1000; i++)
        buf_str(&b, i % 2 ? " " : "a");
    buf_str(&b, "a\n" PART);
    tree_replace(&t, TREE_LESSON, PART, buf_text(&b));
    lint(t.content, &report);
    assert_non_null(
        strstr(buf_text(&report.lines), ":39: longer than 1000 bytes: cut it"));
    buf_finish(&b);
    report_finish(&report);
    tree_remove(&t);
}

static bool is_listed(const char *name, size_t n)
{
    for (size_t i = 0; lint_icons[i]; i++)
        if (strlen(lint_icons[i]) == n && !strncmp(lint_icons[i], name, n))
            return true;
    return false;
}

/* kiosk/icons is what the build draws and the kiosk ships. */
static void test_icons_are_those_of_the_kiosk(void **state)
{
    DIR *dir = opendir(ICONS);
    size_t n_files = 0, n_listed = 0;
    struct dirent *e;

    (void)state;
    assert_non_null(dir);
    while ((e = readdir(dir))) {
        const char *end = strstr(e->d_name, ".svg");

        if (!end)
            continue;
        if (!is_listed(e->d_name, (size_t)(end - e->d_name)))
            fail_msg("%s is not in lint_icons", e->d_name);
        n_files++;
    }
    closedir(dir);
    while (lint_icons[n_listed])
        n_listed++;
    assert_int_equal(n_listed,
                     n_files); /* each once: none is listed without its file */
}

static void test_the_bundled_lessons_have_no_problem(void **state)
{
    struct report report;

    (void)state;
    lint(CONTENT, &report);
    assert_string_equal(buf_text(&report.lines), "");
    report_finish(&report);
}

int main(void)
{
    const struct CMUnitTest whole[] = {
        cmocka_unit_test(test_a_text_too_long_for_the_kiosk_is_told),
        cmocka_unit_test(test_icons_are_those_of_the_kiosk),
        cmocka_unit_test(test_the_bundled_lessons_have_no_problem),
    };
    struct CMUnitTest tests[COUNT(rows)];

    for (size_t i = 0; i < COUNT(rows); i++)
        tests[i] = (struct CMUnitTest){ .name = rows[i].name,
                                        .test_func = check_row,
                                        .initial_state = (void *)(uintptr_t)&rows[i] };
    return cmocka_run_group_tests(whole, NULL, NULL) +
           cmocka_run_group_tests(tests, NULL, NULL);
}
