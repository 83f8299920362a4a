/* GIFT as lessons use it: what Moodle reads, we read the same; the rest is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/check.h"
#include "gift.h"
#include "report.h"

#define MAX 4

struct reading {
    struct arena arena;
    struct report report;
    struct gift_item items[MAX];
    size_t n;
};

static void read_gift(struct reading *r, const char *text)
{
    *r = (struct reading){ 0 };
    report_init(&r->report);
    r->n = gift_read(text, "f", 1, &r->arena, &r->report, r->items, MAX);
}

static void finish(struct reading *r)
{
    arena_finish(&r->arena);
    report_finish(&r->report);
}

static void test_choices_carry_pictures_and_reasons(void **state)
{
    struct reading r;

    (void)state;
    read_gift(&r, "// type: single\n// safety: yes\n"
                  "::a-q1:: Một câu\n  hỏi? {\n"
                  "  ~![Ảnh (1)](a.svg) Chữ một #Vì sao một.\n"
                  "  =![](b.png)  Chữ   hai#Vì sao hai.\n}\n");
    assert_string_equal(buf_text(&r.report.lines), "");
    assert_int_equal(r.n, 1);
    assert_string_equal(r.items[0].id, "a-q1");
    assert_string_equal(r.items[0].type, "single");
    assert_true(r.items[0].safety);
    assert_int_equal(r.items[0].line, 3);
    assert_string_equal(r.items[0].stem, "Một câu hỏi?");
    assert_int_equal(r.items[0].n_options, 2);
    assert_string_equal(r.items[0].options[0].picture.alt, "Ảnh (1)");
    assert_string_equal(r.items[0].options[0].picture.file, "a.svg");
    assert_string_equal(r.items[0].options[0].text, "Chữ một");
    assert_string_equal(r.items[0].options[0].feedback, "Vì sao một.");
    assert_int_equal(r.items[0].options[0].line, 5);
    assert_false(r.items[0].options[0].right);
    assert_string_equal(r.items[0].options[1].picture.alt, "");
    assert_string_equal(r.items[0].options[1].text, "Chữ hai");
    assert_true(r.items[0].options[1].right);
    assert_int_equal(r.items[0].options[1].line, 6);
    finish(&r);
}

static void test_escapes_stand_for_themselves(void **state)
{
    struct reading r;

    (void)state;
    read_gift(&r, "::q:: \\{Xh\\} gõ 1\\=1\\: \\~ \\# \\\\ \\n {=a\\}b#c\\#d ~e#f}\n");
    assert_string_equal(buf_text(&r.report.lines), "");
    assert_string_equal(r.items[0].stem, "{Xh} gõ 1=1: ~ # \\ \\n");
    assert_string_equal(r.items[0].options[0].text, "a}b");
    assert_string_equal(r.items[0].options[0].feedback, "c#d");
    finish(&r);
}

static void test_true_and_false_give_each_side_its_reason(void **state)
{
    static const struct {
        const char *text;
        bool true_right;
    } cases[] = {
        { "::q:: a {T#missed#right}", true },
        { "::q:: a {TRUE#missed#right}", true },
        { "::q:: a { T #missed#right }", true },
        { "::q:: a {F#missed#right}", false },
        { "::q:: a {FALSE\n#missed\n#right\n}", false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct gift_option *o;
        struct reading r;

        read_gift(&r, cases[i].text);
        assert_string_equal(buf_text(&r.report.lines), "");
        assert_int_equal(r.n, 1);
        assert_string_equal(r.items[0].type, "true-false");
        assert_true(r.items[0].is_true_false);
        o = r.items[0].options;
        assert_int_equal(o[0].right, cases[i].true_right);
        assert_int_equal(o[1].right, !cases[i].true_right);
        assert_string_equal(o[cases[i].true_right ? 0 : 1].feedback, "right");
        assert_string_equal(o[cases[i].true_right ? 1 : 0].feedback, "missed");
        finish(&r);
    }
}

static void test_a_word_that_begins_like_true_is_no_truth(void **state)
{
    struct reading r;

    (void)state;
    read_gift(&r, "::q:: a {Tốt#b#c}\n");
    assert_int_equal(r.n, 0);
    assert_non_null(strstr(buf_text(&r.report.lines), "an answer without = or ~"));
    finish(&r);
}

static void test_keys_belong_to_the_item_below_them(void **state)
{
    struct reading r;

    (void)state;
    read_gift(&r, "// lời nói riêng: không đọc\n"
                  "// type: scam-or-safe\n// from: Số lạ: 09\n"
                  "::q1:: Tin\\: [0100]() {T#a#b}\n\n"
                  "::q2:: Câu {F#a#b}\n");
    assert_string_equal(buf_text(&r.report.lines), "");
    assert_int_equal(r.n, 2);
    assert_string_equal(r.items[0].type, "scam-or-safe");
    assert_string_equal(r.items[0].from, "Số lạ: 09");
    assert_string_equal(r.items[0].stem, "Tin: [0100]()");
    assert_string_equal(r.items[1].type, "true-false");
    assert_null(r.items[1].from);
    assert_int_equal(r.items[1].line, 6);
    finish(&r);
}

static void test_comments_inside_an_item_are_dropped(void **state)
{
    struct reading r;

    (void)state;
    read_gift(&r, "::q:: a {\n// riêng\n=b#c\n// riêng nữa\n~d#e\n}\n");
    assert_string_equal(buf_text(&r.report.lines), "");
    assert_int_equal(r.items[0].n_options, 2);
    assert_string_equal(r.items[0].options[0].feedback, "c");
    assert_int_equal(r.items[0].options[1].line, 5);
    finish(&r);
}

static const struct bad {
    const char *name;
    const char *text;
    const char *want;
} bads[] = {
    { "an item without an id", "Câu {T#a#b}", "f:1: an item without its id" },
    { "an id without an end", "::q1 Câu {T#a#b}", "f:1: an id that does not end" },
    { "a question without answers", "::q:: Câu", "f:1: the question has no {answers}" },
    { "an unescaped brace", "::q:: {Xh} làm gì? {T#a#b}", "an answer without = or ~" },
    { "an unescaped sign", "::q:: 1=1 {T#a#b}", "the question has no {answers}" },
    { "an empty pair of braces", "::q:: Câu {}", "f:1: no answers" },
    { "a number as the answer", "::q:: Câu {#5}", "numbers as answers" },
    { "matching", "::q:: Câu {=a -> b =c -> d}", "matching (->)" },
    { "weights", "::q:: Câu {~%50%a#b =c#d}", "weights" },
    { "general feedback", "::q:: Câu {=a#b ####c}", "a second # in one answer" },
    { "a second reason", "::q:: Câu {=a#b#c ~d#e}", "a second # in one answer" },
    { "a third part after T", "::q:: Câu {T#a#b#c}", "T or F with more than two #" },
    { "a blank line inside", "::q:: Câu {\n=a#b\n\n~c#d\n}",
      "f:1: the answers do not end" },
    { "text after the answers", "::q:: Câu {T#a#b} nữa", "text after the answers" },
    { "seven answers", "::q:: Câu {=a#a ~b#b ~c#c ~d#d ~e#e ~f#f ~g#g}",
      "more than 6 answers" },
    { "a picture without an end", "::q:: Câu {=![a](b a#b ~c#d}",
      "a picture that does not end" },
    { "an unknown key", "// saftey: yes\n::q:: a {T#a#b}", "f:1: a // line with" },
    { "safety that is not yes", "// safety: no\n::q:: a {T#a#b}",
      "safety is not 'yes'" },
    { "a key without a value", "// from:\n::q:: a {T#a#b}", "f:1: a // line without" },
    { "a fifth item of four",
      "::a::a {T#a#b}\n\n::b::a {T#a#b}\n\n::c::a {T#a#b}\n\n"
      "::d::a {T#a#b}\n\n::e::a {T#a#b}\n",
      "f:9: too many items" },
};

static void check_bad(void **state)
{
    const struct bad *bad = *state;
    struct reading r;

    read_gift(&r, bad->text);
    if (!strstr(buf_text(&r.report.lines), bad->want))
        fail_msg("wanted “%s” in “%s”", bad->want, buf_text(&r.report.lines));
    finish(&r);
}

static void test_reading_goes_on_after_a_bad_item(void **state)
{
    struct reading r;

    (void)state;
    read_gift(&r, "::q1:: Câu\n\n::q2:: Câu {T#a#b}\n");
    assert_int_equal(r.report.n_problems, 1);
    assert_int_equal(r.n, 1);
    assert_string_equal(r.items[0].id, "q2");
    finish(&r);
}

int main(void)
{
    const struct CMUnitTest whole[] = {
        cmocka_unit_test(test_choices_carry_pictures_and_reasons),
        cmocka_unit_test(test_escapes_stand_for_themselves),
        cmocka_unit_test(test_true_and_false_give_each_side_its_reason),
        cmocka_unit_test(test_a_word_that_begins_like_true_is_no_truth),
        cmocka_unit_test(test_keys_belong_to_the_item_below_them),
        cmocka_unit_test(test_comments_inside_an_item_are_dropped),
        cmocka_unit_test(test_reading_goes_on_after_a_bad_item),
    };
    struct CMUnitTest bad[COUNT(bads)];

    for (size_t i = 0; i < COUNT(bads); i++)
        bad[i] = (struct CMUnitTest){ .name = bads[i].name,
                                      .test_func = check_bad,
                                      .initial_state = (void *)&bads[i] };
    return cmocka_run_group_tests(whole, NULL, NULL) +
           cmocka_run_group_tests(bad, NULL, NULL);
}
