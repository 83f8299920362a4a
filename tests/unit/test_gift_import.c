/* GIFT from elsewhere comes in whole or is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/check.h"
#include "base/file.h"
#include "gift_import.h"
#include "gift_world.h"
#include "import_tidy.h"

static void import_text(struct world *w, const char *text)
{
    world_begin(w);
    buf_str(&w->text, text);
    world_import(w);
}

static void read_file(struct buf *b, const char *path)
{
    assert_int_equal(file_read(path, b), ERR_OK);
}

/* --- the whole syntax --------------------------------------------------------------- */

static void test_the_whole_syntax_is_carried_or_named(void **state)
{
    struct buf want, lines;
    struct world w;

    (void)state;
    world_begin(&w);
    buf_init(&want, GIFT_OUT_BYTES_MAX);
    buf_init(&lines, GIFT_OUT_BYTES_MAX);
    read_file(&w.text, GIFT_FOLDER "/whole.gift");
    read_file(&want, GIFT_FOLDER "/whole.md");
    read_file(&lines, GIFT_FOLDER "/whole.said");
    w.n = 0;
    assert_true(gift_import_tidy(&w.text, "whole.gift", &w.report));
    w.n = gift_import(buf_text(&w.text), "whole.gift", "bai", &w.arena, &w.report,
                      &w.out);
    assert_int_equal(w.n, 15);
    assert_string_equal(buf_text(&w.out), buf_text(&want));
    assert_string_equal(world_said(&w), buf_text(&lines));
    text_lessons_read(buf_text(&w.out));
    buf_finish(&want);
    buf_finish(&lines);
    world_end(&w);
}

static void test_ends_of_lines_and_byte_order_mark_do_not_matter(void **state)
{
    static const char *const texts[] = {
        "::a-q1:: Câu {\n=a\n~b\n}\n\n::a-q2:: Hai {T}\n",
        "\xEF\xBB\xBF::a-q1:: Câu {\r\n=a\r\n~b\r\n}\r\n\r\n::a-q2:: Hai {T}\r\n",
        "::a-q1:: Câu {\r=a\r~b\r}\r\r::a-q2:: Hai {T}\r",
        "  ::a-q1::  Câu {=a~b}  \n \t \n\t::a-q2:: Hai { T }",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct world w;

        import_text(&w, texts[i]);
        assert_string_equal(world_said(&w), "");
        assert_string_equal(
            buf_text(&w.out),
            "```gift\n// type: single\n::a-q1:: Câu {\n  =a\n  ~b\n}\n\n"
            "// type: true-false\n::a-q2:: Hai {T}\n```\n");
        world_end(&w);
    }
}

static const struct row {
    const char *name, *text, *want, *said;
} rows[] = {
    { "signs of ours stand for themselves",
      "::a-q1:: \\{Xh\\} gõ 1\\=1\\: \\\\n {T#a\\#b}",
      ":: \\{Xh\\} gõ 1\\=1\\: \\\\n {T#a\\#b}\n", "" },
    { "a question may hold = and ~ as they are", "::a-q1:: 1=1 hay ~2 {T}",
      ":: 1\\=1 hay \\~2 {T}\n", "" },
    { "a reason of one side alone", "::a-q1:: Câu {F##đúng}", "{F##đúng}\n", "" },
    { "a reason for the whole fills the sides", "::a-q1:: Câu {T#chưa####vì}",
      "{T#chưa#vì}\n", "beside that of a wrong answer: left out there" },
    { "places and ways of ours",
      "// type: hotspot\n// picture: a.svg\n// alt: A\n::a-q1:: Câu {\n"
      "// hotspot: 0 0 120 130\n=a#b\n// hotspot: 200 0 120 120\n~c#d}",
      "  // hotspot: 200 0 120 120\n  ~c #d\n", "" },
    { "parts of a story have no type",
      "// type: scenario\n::a-q1:: Một {\n// go: 2\n=a#b\n~c#d}\n\n::a-q1.2:: Hai "
      "{=e#f ~g#h}",
      "}\n\n::a-q1.2:: Hai {\n", "" },
    { "a message with its sender",
      "// type: scam-or-safe\n// from: Số lạ\n::a-q1:: T {T#a#b}",
      "// from: Số lạ\n::a-q1::", "" },
    { "money has a unit", "// unit: đồng\n::a-q1:: T {#=5:0#a ~#b}",
      "// unit: đồng\n::a-q1:: T {\n  #=5:0 #a\n  ~#b\n}", "" },
    { "a picture in HTML anywhere", "[html]Xem <img alt='Cá' src='/x/ca.png'/> này {T}",
      "// picture: ca.png\n// alt: Cá\n::bai-q1:: Xem này {T}",
      "HTML: tags and codes" },
    { "an answer takes over the format", "::a-q1::[html]Câu {=<b>a</b> ~[plain]<b>}",
      "  =a\n  ~<b>\n", "looks like HTML: kept" },
    { "a tag without an end is text", "::a-q1::[html]a <b {T}", ":: a <b {T}", "HTML" },
    { "tags without a format stay, and are named", "::a-q1:: <b>Câu</b> {T}",
      ":: <b>Câu</b> {T}", "looks like HTML: kept as it stands" },
    { "a coded arrow makes no pair", "::a-q1::[html]Câu {=a -&gt; b ~c}", "  =a → b\n",
      "-> in an answer" },
    { "a second format is taken out too", "::a-q1::[html][plain]Câu {T}", ":: Câu {T}",
      "a second [format]" },
    { "a picture whose name ends too soon",
      "::a-q1::[html]<img src\\=\"a)b.svg\">Câu {T}", ":: Câu {T}",
      "a picture without a plain name" },
    { "two right answers are kept and named", "::a-q1:: Câu {=a =b ~c}",
      "  =a\n  =b\n  ~c\n", "several = answers" },
    { "a weight may be negative", "::a-q1:: Câu {~%50%a ~%50%b ~%-33.333%c}",
      "  ~%-33.333%c\n", "" },
    { "a picture may close behind the gap",
      "::a-q1:: ![Ổ {T} khóa](vat-khoa.svg) Giữ kín",
      "// picture: vat-khoa.svg\n// alt: Ổ _____ khóa\n::a-q1:: Giữ kín {",
      "a missing word" },
    { "a format may hide a picture",
      "::a-q1:: [plain][plain]![Ổ](vat-khoa.svg) Câu {T}",
      "// picture: vat-khoa.svg\n// alt: Ổ\n::a-q1:: Câu {", "a second [format]" },
    { "one picture a text", "::a-q1:: ![A](a-a.svg) ![B](b-b.svg) Câu {T}",
      "// picture: a-a.svg\n// alt: A\n::a-q1:: Câu {", "a second picture" },
    { "a second brace is text", "::a-q1:: Câu {=a ~b} và {=c ~d}",
      "Câu _____ và \\{\\=c \\~d\\} {\n", "a second {…} in one question" },
    { "a picture as a side of a pair",
      "::a-q1:: Câu {=![x](a.svg) -> b\n=![y](c.svg) -> d}",
      "  =![x](a.svg) -> b\n  =![y](c.svg) -> d\n", "" },
    { "a long title is named", "::Câu số một:: Câu {T}", "::bai-q1:: Câu {T}",
      "title “Câu số một” is no id of ours: numbered bai-q1" },
    { "remarks are named", "// xin chào\n::a-q1:: Câu {\n=a\n// này\n~b}",
      "::a-q1::", "f:1: a remark: left out\nf:4: a remark: left out\n" },
    { "a type of other answers is dropped", "// type: match\n::a-q1:: Câu {T}",
      "// type: true-false\n", "f:2: a // type: that is not ours" },
    { "a wrong number by name", "::a-q1:: Câu {#=5#a ~6#b}", "  #=5:0 #a\n  ~#b\n",
      "a wrong number by name: left out" },
    { "weights of the right number", "::a-q1:: Câu {#=%100%5:2#a =%50%6#b}",
      "  #=5:2 #a\n", "a second or half right number" },
};

static void check_row(void **state)
{
    const struct row *r = *state;
    struct world w;

    import_text(&w, r->text);
    text_contains(buf_text(&w.out), r->want);
    if (*r->said)
        text_contains(world_said(&w), r->said);
    else
        assert_string_equal(world_said(&w), "");
    text_lessons_read(buf_text(&w.out));
    world_end(&w);
}

/* Nothing of these is carried; a line says so. */
static const struct row lost[] = {
    { .name = "an essay", .text = "::a-q1:: Kể {}", .said = "f:1: an essay: left out" },
    { .name = "a description", .text = "Chào", .said = "f:1: a description" },
    { .name = "a short answer",
      .text = "::a-q1:: Ai? {=A =B}",
      .said = "a short answer" },
    { .name = "a short answer without =", .text = "Ai? {A}", .said = "a short answer" },
    { .name = "a title without an end",
      .text = "::Câu {T}",
      .said = "a title without" },
    { .name = "answers without an end",
      .text = "Câu {=a\n~b\n\n",
      .said = "without a }" },
    { .name = "no answer that is right",
      .text = "Câu {~a ~b}",
      .said = "no right answer" },
    { .name = "seven answers", .text = "Câu {=a~b~c~d~e~f~g}", .said = "more than 6" },
    { .name = "a percent sign", .text = "Câu {=%5 a ~b}", .said = "begins with %" },
    { .name = "a weight with two points",
      .text = "Câu {~%1.2.3%a ~b}",
      .said = "is no weight" },
    { .name = "a picture that does not end",
      .text = "Câu {=![a ~b}",
      .said = "begins with ![" },
    { .name = "a percent sign in HTML",
      .text = "[html]Câu {=<b>%5</b> a ~b}",
      .said = "begins with %" },
    { .name = "a number with a point", .text = "Câu {#3.5}", .said = "a number with" },
    { .name = "a number below zero", .text = "Câu {#-3}", .said = "a number with" },
    { .name = "a number that is none", .text = "Câu {#}", .said = "no right number" },
    { .name = "one pair", .text = "Câu {=a -> b}", .said = "fewer than two pairs" },
    { .name = "more after T", .text = "Câu {T#a#b#c}", .said = "else after T or F" },
    { .name = "a category alone", .text = "$CATEGORY: a/b\n\n", .said = "" },
};

static void check_lost(void **state)
{
    const struct row *r = *state;
    struct world w;

    import_text(&w, r->text);
    assert_int_equal(w.n, 0);
    assert_string_equal(buf_text(&w.out), "");
    text_contains(world_said(&w), r->said);
    world_end(&w);
}

static void test_reading_goes_on_after_what_is_lost(void **state)
{
    struct world w;

    (void)state;
    import_text(&w, "Chào\n\nKể {}\n\n::a-q1:: Câu {T}\n");
    assert_int_equal(w.n, 1);
    text_contains(buf_text(&w.out), "::a-q1:: Câu {T}");
    world_end(&w);
}

/* --- hostile files ------------------------------------------------------------------ */

static void refused(const char *bytes, size_t n, const char *want)
{
    struct world w;

    world_begin(&w);
    buf_add(&w.text, bytes, n);
    assert_false(gift_import_tidy(&w.text, "f", &w.report));
    assert_string_equal(world_said(&w), want);
    world_end(&w);
}

static void test_bytes_that_are_no_text_are_refused(void **state)
{
    static char line[GIFT_IMPORT_LINE_MAX + 3];

    (void)state;
    refused("", 0, "f:1: is empty: nothing was done\n");
    refused("a\nb\0c {T}\n", 9,
            "f:2: not valid UTF-8 text: the file was refused, save it as UTF-8\n");
    refused("a\n\nc\xC3(", 6,
            "f:3: not valid UTF-8 text: the file was refused, save it as UTF-8\n");
    refused("\xED\xA0\x80", 3,
            "f:1: not valid UTF-8 text: the file was refused, save it as UTF-8\n");
    memset(line, 'a', sizeof(line));
    line[0] = '\n';
    refused(line, sizeof(line),
            "f:2: a line longer than 64 KiB: the file was refused\n");
}

/* `unit` again and again, up to the size of a file, between `before` and `after`. */
static void flood(const char *before, const char *unit, const char *after, size_t bytes,
                  const char *want)
{
    struct world w;

    world_begin(&w);
    buf_str(&w.text, before);
    while (w.text.len < bytes)
        buf_str(&w.text, unit);
    buf_str(&w.text, after);
    world_import(&w);
    if (*want)
        text_contains(world_said(&w), want);
    assert_false(w.out.overflow);
    world_end(&w);
}

static void test_floods_stay_within_bounds(void **state)
{
    (void)state;
    flood("::a-q1:: ", "{", " {T}", 60000, "f:1: ");
    flood("::a-q1:: Câu ", "\\{", " {T}", 60000, "a text longer than 4000 bytes");
    flood("Câu {", "=a->b ", "}", 60000, "more than 6 answers");
    flood("Câu {=", "->", "~a}", 2000, "-> in an answer: written →");
    flood("Câu {=", "->", "~a}", 3900, "a text longer than 4000 bytes");
    flood("[html]", "<p", " {T}", 3900, "");
    flood("[html]", "&lt", " {T}", 3900, "HTML");
    flood("", "a {T}\n\n", "", IMPORT_BYTES_MAX - 100,
          "more than 5000 questions: the rest was left out");
    flood("", "// a: b\n", "c {T}", IMPORT_BYTES_MAX - 100, "a remark: left out");
}

int main(void)
{
    const struct CMUnitTest whole[] = {
        cmocka_unit_test(test_the_whole_syntax_is_carried_or_named),
        cmocka_unit_test(test_ends_of_lines_and_byte_order_mark_do_not_matter),
        cmocka_unit_test(test_reading_goes_on_after_what_is_lost),
        cmocka_unit_test(test_bytes_that_are_no_text_are_refused),
        cmocka_unit_test(test_floods_stay_within_bounds),
    };
    struct CMUnitTest carried[COUNT(rows)], dropped[COUNT(lost)];

    for (size_t i = 0; i < COUNT(rows); i++)
        carried[i] = (struct CMUnitTest){ .name = rows[i].name,
                                          .test_func = check_row,
                                          .initial_state = (void *)&rows[i] };
    for (size_t i = 0; i < COUNT(lost); i++)
        dropped[i] = (struct CMUnitTest){ .name = lost[i].name,
                                          .test_func = check_lost,
                                          .initial_state = (void *)&lost[i] };
    return cmocka_run_group_tests(whole, NULL, NULL) +
           cmocka_run_group_tests(carried, NULL, NULL) +
           cmocka_run_group_tests(dropped, NULL, NULL);
}
