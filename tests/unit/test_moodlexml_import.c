/* Moodle XML from elsewhere comes in whole or is named. */
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
#include "gift_world.h"
#include "import_tidy.h"
#include "moodlexml_import.h"
#include "xml_tree.h"

#define QUIZ(inner) "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>" inner "</quiz>"
#define QUESTION(type, inner)             \
    QUIZ("<question type=\"" type "\">"   \
         "<name><text>a-q1</text></name>" \
         "<questiontext><text>Câu</text></questiontext>" inner "</question>")
#define ANSWER(fraction, text) \
    "<answer fraction=\"" fraction "\"><text>" text "</text></answer>"
#define REASON(fraction, text, why)                           \
    "<answer fraction=\"" fraction "\"><text>" text "</text>" \
    "<feedback><text>" why "</text></feedback></answer>"
#define PAIR(left, right)                     \
    "<subquestion><text>" left "</text>"      \
    "<answer><text>" right "</text></answer>" \
    "</subquestion>"
#define NUMBER(number, tolerance)                      \
    "<answer fraction=\"100\"><text>" number "</text>" \
    "<tolerance>" tolerance "</tolerance></answer>"
#define TWO ANSWER("100", "a") ANSWER("0", "b")

static void import_text(struct world *w, const char *text)
{
    world_begin(w);
    buf_str(&w->text, text);
    world_import_xml(w);
}

static void read_file(struct buf *b, const char *path)
{
    assert_int_equal(file_read(path, b), ERR_OK);
}

/* --- what Moodle writes ------------------------------------------------------------- */

static void test_a_file_of_moodle_is_carried_or_named(void **state)
{
    struct buf want, lines;
    struct world w;

    (void)state;
    world_begin(&w);
    buf_init(&want, GIFT_OUT_BYTES_MAX);
    buf_init(&lines, GIFT_OUT_BYTES_MAX);
    read_file(&w.text, XML_FOLDER "/whole.xml");
    read_file(&want, XML_FOLDER "/whole.md");
    read_file(&lines, XML_FOLDER "/whole.said");
    assert_true(import_tidy(&w.text, "whole.xml", &w.report));
    w.n = moodlexml_import(buf_text(&w.text), "whole.xml", "bai", &w.arena, &w.report,
                           &w.out);
    assert_int_equal(w.n, 10);
    assert_string_equal(buf_text(&w.out), buf_text(&want));
    assert_string_equal(world_said(&w), buf_text(&lines));
    text_lessons_read(buf_text(&w.out));
    buf_finish(&want);
    buf_finish(&lines);
    world_end(&w);
}

static const struct row {
    const char *name, *text, *want, *said;
} rows[] = {
    { "signs of GIFT stand for themselves",
      QUESTION("multichoice", ANSWER("100", "1=1: {~#}\\") ANSWER("0", "b")),
      "  =1\\=1\\: \\{\\~\\#\\}\\\\\n", "" },
    { "no word about whether one or several: one", QUESTION("multichoice", TWO),
      "// type: single\n::a-q1:: Câu {\n  =a\n  ~b\n}\n", "" },
    { "several might be chosen and one is right",
      QUESTION("multichoice", "<single>false</single>" TWO),
      "// type: single\n::a-q1:: Câu {\n  =a\n  ~b\n}\n", "one right answer with" },
    { "one may be chosen and two are right",
      QUESTION("multichoice", ANSWER("100", "a") ANSWER("100", "b")),
      "// type: single\n::a-q1:: Câu {\n  =a\n  =b\n}\n", "several = answers" },
    { "right answers beside one that costs",
      QUESTION("multichoice", "<single>false</single>" ANSWER("100", "a")
                                  ANSWER("100", "b") ANSWER("-50", "c")),
      "  ~%100%a\n  ~%100%b\n  ~%-50%c\n", "" },
    { "words in CDATA are in HTML too",
      QUESTION("multichoice",
               ANSWER("100", "<![CDATA[<b>a</b> &lt; c]]>") ANSWER("0", "b")),
      "  =a < c\n", "HTML: tags and codes" },
    { "a picture before an answer",
      QUESTION(
          "multichoice",
          ANSWER("100", "<![CDATA[<img src=\"@@PLUGINFILE@@/a.svg\" alt=\"A\">a]]>")
              ANSWER("0", "b")),
      "  =![A](a.svg) a\n", "HTML: tags and codes" },
    { "an arrow in the words of a picture",
      QUESTION("matching", "<subquestion format=\"markdown\"><text>![x -&gt; y](a.svg)"
                           "</text><answer><text>a</text></answer></subquestion>" PAIR(
                               "b", "c -&gt; d")),
      "  =![x → y](a.svg) -> a\n  =b -> c -> d\n", "-> in an answer" },
    { "a reason with a picture",
      QUESTION("multichoice", REASON("100", "a", "<![CDATA[<img src=\"a.svg\">vì]]>")
                                  ANSWER("0", "b")),
      "  =a #vì\n", "a picture in a reason: left out" },
    { "a format that is not known is plain",
      QUIZ("<question type=\"truefalse\"><questiontext format=\"wiki_like\"><text>a "
           "&lt;b"
           "&gt;</text></questiontext>" ANSWER("100", "true")
               ANSWER("0", "false") "</question>"),
      ":: a <b> {T}", "looks like HTML: kept as it stands" },
    { "a format written in the text as well",
      QUESTION("multichoice", ANSWER("100", "[markdown]a") ANSWER("0", "b")), "  =a\n",
      "a second [format]" },
    { "true in capitals",
      QUESTION("truefalse", ANSWER("0", "False") ANSWER("100", "TRUE")), "{T}\n", "" },
    { "a number and a half whose tolerance ends at whole numbers",
      QUESTION("numerical", NUMBER("2.5", "1.50000")), "  #=1..4\n", "" },
    { "a tolerance is cut to whole numbers",
      QUESTION("numerical", NUMBER("5.0", "1.9")), "  #=5:1\n",
      "a tolerance with a comma" },
    { "a number without a tolerance", QUESTION("numerical", ANSWER("100", "5")),
      "  #=5:0\n", "" },
    { "an empty tolerance", QUESTION("numerical", NUMBER("5", "")), "  #=5:0\n", "" },
    { "a tolerance that reaches below zero", QUESTION("numerical", NUMBER("2", "5")),
      "  #=2:5\n", "" },
    { "the largest number", QUESTION("numerical", NUMBER("999999999", "999999999")),
      "  #=999999999:999999999\n", "" },
    { "one unit is carried",
      QUESTION(
          "numerical",
          NUMBER("5",
                 "0") "<units><unit><multiplier>1.0</multiplier><unit_name>nghìn\n đồng"
                      "</unit_name></unit></units>"),
      "// unit: nghìn  đồng\n", "line breaks in a text" },
    { "two units are not",
      QUESTION("numerical", NUMBER("5", "0") "<units><unit/><unit/></units>"),
      "::a-q1:: Câu {\n  #=5:0\n}\n", "several units of a number: left out" },
    { "a short answer in digits",
      QUESTION("shortanswer", REASON("100", "50000", "vì") REASON("0", "*", "chưa")),
      "// type: numeric\n::a-q1:: Câu {\n  #=50000:0 #vì\n  ~#chưa\n}\n",
      "a short answer in digits: made a number" },
    { "steps in order may be numbers",
      QUESTION("shortanswer", ANSWER("100", "1") ANSWER("100", "2") ANSWER("100", "3")),
      "// type: order\n::a-q1:: Câu {\n  =1\n  =2\n  =3\n}\n", "made steps in order" },
    { "another encoding in the first line does not matter",
      "<?xml version=\"1.0\" encoding=\"windows-1258\"?><quiz><question "
      "type=\"truefalse\">"
      "<questiontext><text>Chợ</text></questiontext>" ANSWER("100", "true")
          ANSWER("0", "false") "</question></quiz>",
      ":: Chợ {T}", "a question without a title" },
    { "a text of one line end written as a code",
      QUESTION("multichoice", ANSWER("100", "a&#13;&#10;b") ANSWER("0", "c")),
      "  =a b\n", "" },
    { "something else than a question",
      QUIZ("<thing/><question type=\"truefalse\"><name><text>a-q1</text></name>" ANSWER(
          "100", "true") ANSWER("0", "false") "</question>"),
      "::a-q1::  {T}\n", "f:2: <thing> instead of a <question>: left out\n" },
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
    { .name = "an essay",
      .text = QUIZ("<question type=\"essay\"/>"),
      .said = "f:2: an essay: left out" },
    { .name = "a type without a name",
      .text = QUIZ("<question/>"),
      .said = "f:2: a question of type “”: left out" },
    { .name = "a short answer",
      .text = QUESTION("shortanswer", ANSWER("100", "A") ANSWER("100", "B")),
      .said = "a short answer: left out" },
    { .name = "steps under a name that is no id",
      .text = QUIZ(
          "<question type=\"shortanswer\"><name><text>Ba bước</text></name>" ANSWER(
              "100", "A") ANSWER("100", "B") ANSWER("100", "C") "</question>"),
      .said = "a short answer: left out" },
    { .name = "no answers",
      .text = QUESTION("multichoice", ""),
      .said = "no right answer" },
    { .name = "no wholly right answer where one is chosen",
      .text = QUESTION("multichoice", ANSWER("50", "a") ANSWER("50", "b")),
      .said = "no right answer" },
    { .name = "seven answers",
      .text = QUESTION("multichoice", TWO TWO TWO ANSWER("0", "c")),
      .said = "more than 6 answers" },
    { .name = "a fraction that is none",
      .text = QUESTION("multichoice", ANSWER("1e2", "a") ANSWER("0", "b")),
      .said = "a fraction that is no number" },
    { .name = "a percent sign",
      .text = QUESTION("multichoice", ANSWER("100", "%5 a") ANSWER("0", "b")),
      .said = "begins with %" },
    { .name = "a picture that does not end",
      .text = QUESTION("multichoice", ANSWER("100", "![a") ANSWER("0", "b")),
      .said = "begins with ![" },
    { .name = "both sides right",
      .text = QUESTION("truefalse", ANSWER("100", "true") ANSWER("100", "false")),
      .said = "not one right, one wrong" },
    { .name = "three sides",
      .text = QUESTION("truefalse",
                       ANSWER("100", "true") ANSWER("0", "false") ANSWER("0", "false")),
      .said = "not one right, one wrong" },
    { .name = "a third side",
      .text = QUESTION("truefalse", ANSWER("100", "true") ANSWER("0", "maybe")),
      .said = "neither true nor false" },
    { .name = "one pair",
      .text = QUESTION("matching", PAIR("a", "b") PAIR("", "c") PAIR("d", "")),
      .said = "fewer than two pairs" },
    { .name = "a number with a point",
      .text = QUESTION("numerical", NUMBER("3.14", "0.5")),
      .said = "a number with a comma" },
    { .name = "a number below zero",
      .text = QUESTION("numerical", NUMBER("-3", "0")),
      .said = "a number with a comma" },
    { .name = "a number too large",
      .text = QUESTION("numerical", NUMBER("999999999.5", "0.5")),
      .said = "a number with a comma" },
    { .name = "a tolerance that is none",
      .text = QUESTION("numerical", NUMBER("3", "1e-6")),
      .said = "a number with a comma" },
    { .name = "no number",
      .text = QUESTION("numerical", ""),
      .said = "no right number" },
    { .name = "tags that are not in CDATA",
      .text = QUESTION("multichoice", ANSWER("100", "a <b>b</b>") ANSWER("0", "b")),
      .said = "tags in a text: the question left out, put such a text into <![CDATA[" },
    { .name = "words beside the text",
      .text = QUESTION("multichoice", "<answer fraction=\"100\">a</answer>"),
      .said = "words outside of <text>" },
    { .name = "a sign that is no text",
      .text = QUESTION("multichoice", ANSWER("100", "a&#127;") ANSWER("0", "b")),
      .said = "signs that are no text" },
    { .name = "a category alone",
      .text = QUIZ("<question type=\"category\"><category><text>a</text></category>"
                   "</question>"),
      .said = "" },
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

/* --- hostile files ------------------------------------------------------------------ */

static void refused(const char *bytes, size_t n, const char *want)
{
    struct world w;

    world_begin(&w);
    buf_add(&w.text, bytes, n);
    world_import_xml(&w);
    assert_int_equal(w.n, 0);
    assert_string_equal(buf_text(&w.out), "");
    assert_string_equal(world_said(&w), want);
    world_end(&w);
}

#define REFUSED(bytes, want) refused(bytes, sizeof(bytes) - 1, want)

static void test_what_is_no_moodle_xml_is_refused(void **state)
{
    (void)state;
    REFUSED("", "f:1: is empty: nothing was done\n");
    REFUSED("\xEF\xBB\xBF",
            "f:1: no XML, or damaged (no element in it): the file was refused, "
            "let Moodle write it again\n");
    REFUSED("<\0q\0u\0i\0z\0/\0>\0", "f:1: not valid UTF-8 text: the file was refused, "
                                     "save it as UTF-8\n");
    REFUSED("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<quiz>Ch\xE8</quiz>",
            "f:2: not valid UTF-8 text: the file was refused, save it as UTF-8\n");
    REFUSED(
        "<?xml version=\"1.0\"?>\n<html><body/></html>",
        "f:2: <html> instead of <quiz>: the file was refused, let Moodle write Moodle "
        "XML\n");
    REFUSED(
        "<!DOCTYPE quiz [<!ENTITY a SYSTEM \"/etc/passwd\">]>\n<quiz>&a;</quiz>",
        "f:1: a document type (<!DOCTYPE): the file was refused, Moodle writes none\n");
}

static void test_a_file_with_the_mark_of_notepad_is_read(void **state)
{
    struct world w;

    (void)state;
    import_text(&w, "\xEF\xBB\xBF" QUESTION("multichoice", TWO));
    assert_int_equal(w.n, 1);
    assert_string_equal(world_said(&w), "");
    world_end(&w);
}

/* `unit` again and again, `bytes` of it, between `before` and `after`. */
static void flood(const char *before, const char *unit, const char *after, size_t bytes,
                  const char *want)
{
    struct world w;

    world_begin(&w);
    buf_str(&w.text, before);
    while (w.text.len < bytes)
        buf_str(&w.text, unit);
    buf_str(&w.text, after);
    world_import_xml(&w);
    text_contains(world_said(&w), want);
    assert_false(w.out.overflow);
    world_end(&w);
}

#define OPEN_QUESTION "<quiz><question type=\"truefalse\"><questiontext><text>"
#define CLOSE_QUESTION                             \
    "</text></questiontext>" ANSWER("100", "true") \
        ANSWER("0", "false") "</question></quiz>"

static void test_floods_stay_within_bounds(void **state)
{
    static const size_t whole = IMPORT_BYTES_MAX - 300;

    (void)state;
    flood("<quiz>",
          "<question type='truefalse'><answer fraction='100'><text>true</text>"
          "</answer><answer><text>false</text></answer></question>",
          "</quiz>", whole, "more than 5000 questions: the rest was left out");
    flood("<quiz>", "<question/>", "</quiz>", whole, "f:1: a question of type “”");
    flood(OPEN_QUESTION, "a", CLOSE_QUESTION, whole, "a text longer than 16 KiB");
    flood(OPEN_QUESTION, "a", CLOSE_QUESTION, 5000, "a text longer than 4000 bytes");
    flood(OPEN_QUESTION, "&lt;p", CLOSE_QUESTION, XML_TEXT_MAX, "HTML: tags and codes");
    flood("<quiz><question type='matching'>", "<subquestion/>", "</question></quiz>",
          whole, "more than 6 answers");
    flood("<quiz><question type='numerical'>", "<answer/>", "</question></quiz>", whole,
          "a second, half right or wrong number: left out");
}

int main(void)
{
    const struct CMUnitTest whole[] = {
        cmocka_unit_test(test_a_file_of_moodle_is_carried_or_named),
        cmocka_unit_test(test_what_is_no_moodle_xml_is_refused),
        cmocka_unit_test(test_a_file_with_the_mark_of_notepad_is_read),
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
