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
#include "gift_write.h"
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

/* --- there and back ----------------------------------------------------------------- */

static const char *type_that_comes_back(const struct gift_item *item)
{
    static const struct {
        const char *ours, *back;
    } types[] = {
        { "hotspot", "single" },
        { "picture-choice", "single" },
        { "scam-or-safe", "true-false" },
        { "scenario", "single" },
    };

    for (size_t i = 0; i < COUNT(types); i++) {
        if (strcmp(types[i].ours, item->type) == 0)
            return types[i].back;
    }
    return item->type;
}

/* The item without what the export names as lost: nothing else may be missing. */
static void write_what_comes_back(const struct gift_item *from, struct buf *out)
{
    struct gift_item item = *from;

    item.type = type_that_comes_back(from);
    item.safety = false;
    item.from = NULL;
    item.unit = NULL;
    item.n_parts = 0;
    for (size_t i = 0; i < item.n_options; i++) {
        item.options[i].has_spot = false;
        item.options[i].go = 0;
    }
    gift_write_item(out, &item);
    for (size_t i = 0; i < from->n_parts; i++)
        write_what_comes_back(&from->parts[i], out);
}

/* All items of `s` as they come back; how many of them are put in order. */
static size_t write_all(const struct source *s, struct buf *out)
{
    size_t n_orders = 0;

    for (size_t i = 0; i < s->n_modules; i++) {
        for (size_t k = 0; k < s->modules[i].n_lessons; k++) {
            const struct source_lesson *l = &s->modules[i].lessons[k];

            for (size_t j = 0; j < l->n_items; j++) {
                write_what_comes_back(&l->items[j], out);
                n_orders += strcmp(l->items[j].type, "order") == 0;
            }
        }
    }
    return n_orders;
}

static size_t count_text(const char *text, const char *what)
{
    size_t n = 0;

    for (; (text = strstr(text, what)); text += strlen(what))
        n++;
    return n;
}

static void check_xml_content(const char *root, size_t n_least)
{
    struct report report, losses;
    struct buf want;
    struct source s;
    struct world w;
    size_t n_orders;

    world_begin(&w);
    report_init(&report);
    report_init(&losses);
    buf_init(&want, GIFT_OUT_BYTES_MAX);
    assert_int_equal(source_read(root, 20000, &report, &s), ERR_OK);
    moodlexml_export(&s, &losses, &w.text);
    world_import_xml(&w);
    n_orders = write_all(&s, &want);
    assert_true(w.n >= n_least);
    text_same_items(buf_text(&want), buf_text(&w.out));
    text_lessons_read(buf_text(&w.out));
    assert_int_equal(count_text(world_said(&w), "made steps in order\n"), n_orders);
    assert_int_equal(count_text(world_said(&w), "\n"), n_orders);
    buf_finish(&want);
    report_finish(&report);
    report_finish(&losses);
    source_finish(&s);
    world_end(&w);
}

static void test_moodle_xml_loses_nothing_but_what_is_named(void **state)
{
    (void)state;
    check_xml_content(CONTENT, 150);
    check_xml_content(CONTENT_TYPES, 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_our_content_goes_out_and_comes_back_the_same),
        cmocka_unit_test(test_an_export_names_what_moodle_does_not_see),
        cmocka_unit_test(test_moodle_xml_has_every_type),
        cmocka_unit_test(test_moodle_xml_loses_nothing_but_what_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
