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
        assert_int_equal(r.items[0].form, GIFT_SIDES);
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

static void test_weights_mark_several_right_answers(void **state)
{
    struct reading r;

    (void)state;
    read_gift(&r, "::q:: Câu {\n~%50%a#vì a\n~%-50%b#vì b\n~%50% ![x](c.svg) c#vì c\n"
                  "####Cả hai.\n}");
    assert_string_equal(buf_text(&r.report.lines), "");
    assert_string_equal(r.items[0].type, "multiple");
    assert_int_equal(r.items[0].n_options, 3);
    assert_true(r.items[0].options[0].right);
    assert_false(r.items[0].options[1].right);
    assert_true(r.items[0].options[2].right);
    assert_string_equal(r.items[0].options[2].picture.file, "c.svg");
    assert_string_equal(r.items[0].options[2].text, "c");
    assert_string_equal(r.items[0].why, "Cả hai.");
    finish(&r);
}

static void test_pairs_have_two_sides(void **state)
{
    struct reading r;

    (void)state;
    read_gift(&r, "::q:: Câu {\n=![Ổ khóa](k.svg) -> Mật khẩu\n=Chữ -> Hai  chữ\n"
                  "####Vì thế.}");
    assert_string_equal(buf_text(&r.report.lines), "");
    assert_string_equal(r.items[0].type, "match");
    assert_int_equal(r.items[0].form, GIFT_PAIRS);
    assert_string_equal(r.items[0].options[0].text, "");
    assert_string_equal(r.items[0].options[0].pair, "Mật khẩu");
    assert_string_equal(r.items[0].options[0].picture.alt, "Ổ khóa");
    assert_string_equal(r.items[0].options[1].text, "Chữ");
    assert_string_equal(r.items[0].options[1].pair, "Hai chữ");
    assert_string_equal(r.items[0].why, "Vì thế.");
    finish(&r);
}

static void test_numbers_have_bounds_and_a_reason_for_each_side(void **state)
{
    static const struct {
        const char *text, *number;
        int low, high;
    } cases[] = {
        { "::q:: Số? {#113#đúng~#chưa}", "113", 113, 113 },
        { "::q:: Số? {#=113:0 #đúng ~#chưa}", "113", 113, 113 },
        { "::q:: Số? {#50000:500\n#đúng\n~#chưa\n}", "50000", 49500, 50500 },
        { "::q:: Số? {#5:9#đúng~#chưa}", "5", 0, 14 },
        { "::q:: Số? {#1..3#đúng~#chưa}", "1", 1, 3 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct reading r;

        read_gift(&r, cases[i].text);
        assert_string_equal(buf_text(&r.report.lines), "");
        assert_string_equal(r.items[0].type, "numeric");
        assert_string_equal(r.items[0].options[0].text, cases[i].number);
        assert_int_equal(r.items[0].low, cases[i].low);
        assert_int_equal(r.items[0].high, cases[i].high);
        assert_string_equal(r.items[0].options[0].feedback, "đúng");
        assert_string_equal(r.items[0].options[1].feedback, "chưa");
        finish(&r);
    }
}

static void test_lines_inside_an_item_belong_to_the_answer_below(void **state)
{
    struct reading r;

    (void)state;
    read_gift(&r, "// type: hotspot\n::q:: Câu {\n  // hotspot: 0 10 120 130\n=a#b\n"
                  "// hotspot: 200 0 140 150\n// ghi riêng\n~c#d\n}");
    assert_string_equal(buf_text(&r.report.lines), "");
    assert_true(r.items[0].options[0].has_spot && r.items[0].options[1].has_spot);
    assert_int_equal(r.items[0].options[0].spot[1], 10);
    assert_int_equal(r.items[0].options[0].spot[3], 130);
    assert_int_equal(r.items[0].options[1].spot[0], 200);
    assert_string_equal(r.items[0].options[1].text, "c");
    finish(&r);
}

static void test_parts_of_a_story_come_together(void **state)
{
    struct reading r;

    (void)state;
    read_gift(&r, "// type: scenario\n::q:: Một? {\n// go: 2\n=a#b\n~c#d\n}\n\n"
                  "// picture: hai.svg\n::q.2:: Hai? {=e#f ~g#h}\n\n::r:: Ba? {T#a#b}");
    assert_string_equal(buf_text(&r.report.lines), "");
    assert_int_equal(r.n, 2);
    assert_int_equal(r.items[0].n_parts, 1);
    assert_int_equal(r.items[0].options[0].go, 2);
    assert_int_equal(r.items[0].options[1].go, 0);
    assert_string_equal(r.items[0].parts[0].stem, "Hai?");
    assert_string_equal(r.items[0].parts[0].picture.file, "hai.svg");
    assert_string_equal(r.items[1].id, "r");
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
    { "a second reason", "::q:: Câu {=a#b#c ~d#e}", "a second # in one answer" },
    { "a number with dots", "::q:: Câu {#50.000#a}", "f:1: not a number" },
    { "a number without digits", "::q:: Câu {#}", "f:1: not a number" },
    { "a number of ten digits", "::q:: Câu {#1234567890#a}", "f:1: not a number" },
    { "a range that ends before it begins", "::q:: Câu {#5..3#a}", "not a number" },
    { "a tolerance that is none", "::q:: Câu {#5:x#a}", "f:1: not a number" },
    { "two numbers", "::q:: Câu {#=5#a =6#b}", "f:1: more than one number" },
    { "a weight without an end", "::q:: Câu {\n~%50 a#b}", "f:2: a weight that does" },
    { "a weight without a number", "::q:: Câu {~%a%b#c}", "a weight that does" },
    { "a reason in a pair", "::q:: Câu {\n=a -> b#c}", "f:2: a reason (#) in a pair" },
    { "a # in the reason for all", "::q:: Câu {=a#b ####c#d}", "a # after ####" },
    { "three numbers of a place", "::q:: Câu {\n// hotspot: 1 2 3\n=a#b}",
      "f:2: hotspot is not four numbers" },
    { "a place of nothing", "::q:: Câu {\n=a#b\n// hotspot: 1 2 3 4\n}",
      "f:3: a // line without an answer" },
    { "a way to part one", "::q:: Câu {\n// go: 1\n=a#b}",
      "f:2: go is not the number" },
    { "a way to nowhere", "::q:: Câu {\n// go: nhà\n=a#b}", "f:2: go is not" },
    { "a place above the item", "// hotspot: 1 2 3 4\n::q:: Câu {=a#b}",
      "hotspot and go stand above an answer" },
    { "a part out of turn", "// type: scenario\n::q:: A {=a#b}\n\n::q.3:: B {=a#b}",
      "f:4: a part of a" },
    { "a fifth part",
      "// type: scenario\n::q:: A {=a#b}\n\n::q.2:: B {=a#b}\n\n::q.3:: B {=a#b}\n\n"
      "::q.4:: B {=a#b}\n\n::q.5:: B {=a#b}",
      "f:10: more than 4 parts" },
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
        cmocka_unit_test(test_weights_mark_several_right_answers),
        cmocka_unit_test(test_pairs_have_two_sides),
        cmocka_unit_test(test_numbers_have_bounds_and_a_reason_for_each_side),
        cmocka_unit_test(test_lines_inside_an_item_belong_to_the_answer_below),
        cmocka_unit_test(test_parts_of_a_story_come_together),
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
