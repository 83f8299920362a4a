/* The quiz of our lessons for Moodle: it comes back as it was, and losses are named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/check.h"
#include "gift_export.h"
#include "gift_world.h"
#include "source.h"

static void check_content(const char *root, size_t n_least)
{
    struct report report, losses;
    struct source s;
    struct world w;

    world_begin(&w);
    report_init(&report);
    report_init(&losses);
    assert_int_equal(source_read(root, 20000, &report, &s), ERR_OK);
    assert_int_equal(report.n_problems, 0);
    gift_export(&s, &losses, &w.text);
    text_contains(buf_text(&losses.lines), "pictures by name alone");
    world_import(&w);
    assert_true(w.n >= n_least);
    assert_string_equal(world_said(&w), "");
    text_same_items(buf_text(&w.text), buf_text(&w.out));
    text_lessons_read(buf_text(&w.out));
    report_finish(&report);
    report_finish(&losses);
    source_finish(&s);
    world_end(&w);
}

static void test_our_content_goes_out_and_comes_back_the_same(void **state)
{
    (void)state;
    check_content(CONTENT, 150);
    check_content(CONTENT_TYPES, 9);
}

static void export_types(struct report *losses, struct buf *out,
                         void (*run)(const struct source *, struct report *,
                                     struct buf *))
{
    struct report report;
    struct source s;

    report_init(&report);
    report_init(losses);
    buf_init(out, GIFT_OUT_BYTES_MAX);
    assert_int_equal(source_read(CONTENT_TYPES, 20000, &report, &s), ERR_OK);
    run(&s, losses, out);
    report_finish(&report);
    source_finish(&s);
}

static void test_an_export_names_what_moodle_does_not_see(void **state)
{
    static const char *const wants[] = {
        ":39: warning: m01-b01-q1: 3 pictures by name alone",
        "m01-b01-q2: picture-choice: a plain choice in Moodle",
        "m01-b01-q3: order: a short answer in Moodle",
        "m01-b01-q5: the unit đồng: Moodle drops it",
        "m01-b01-q6: hotspot: a plain choice in Moodle, without the places",
        "m01-b01-q6: a question of safety",
        "m01-b01-q7: a story: in Moodle one question for each part",
    };
    struct report losses;
    struct buf out;

    (void)state;
    export_types(&losses, &out, gift_export);
    for (size_t i = 0; i < COUNT(wants); i++)
        text_contains(buf_text(&losses.lines), wants[i]);
    assert_int_equal(
        strncmp(buf_text(&out), "$CATEGORY: m01 ", strlen("$CATEGORY: m01 ")), 0);
    text_contains(buf_text(&out), "/m01-b01 Bảy loại câu hỏi\n\n// type: multiple\n");
    text_contains(buf_text(&out),
                  "  ~%-50%![Ô vuông](vat-qr.svg) Ô vuông để nhận tiền #Ô");
    text_contains(buf_text(&out), ":: Con nhắn\\: “Cho con");
    report_finish(&losses);
    buf_finish(&out);
}

#define PAIR_OF_PICTURE                                                      \
    "<subquestion format=\"markdown\"><text>![Ô vuông](vat-qr.svg)</text>" \
    "<answer><text>Mã QR</text>"

static void test_moodle_xml_has_every_type(void **state)
{
    static const char *const wants[] = {
        "<question type=\"category\"><category><text>m01 ",
        "<question type=\"multichoice\">\n<name><text>m01-b01-q1</text>",
        "<single>false</single>",
        "<answer fraction=\"-50\" format=\"markdown\"><text>![Ô vuông](vat-qr.svg) Ô",
        "<question type=\"shortanswer\">\n<name><text>m01-b01-q3</text>",
        PAIR_OF_PICTURE,
        "<answer fraction=\"100\"><text>50000</text>",
        "<tolerance>0</tolerance></answer>\n<answer fraction=\"0\"><text>*</text>",
        "<name><text>m01-b01-q7.3</text></name>",
    };
    struct report losses;
    struct buf out;

    (void)state;
    export_types(&losses, &out, moodlexml_export);
    for (size_t i = 0; i < COUNT(wants); i++)
        text_contains(buf_text(&out), wants[i]);
    report_finish(&losses);
    buf_finish(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_our_content_goes_out_and_comes_back_the_same),
        cmocka_unit_test(test_an_export_names_what_moodle_does_not_see),
        cmocka_unit_test(test_moodle_xml_has_every_type),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
