/* Which cards come onto the sheet of a lesson, and the document out of a pack. */
#include <string.h>

#include "cmocka_all.h"

#include "app/paper.h"
#include "app/sheet.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"
#include "items/items.h"
#include "lesson/pack.h"
#include "printed.h"
#include "ui/strings.h"

#define WALL_MS 1795312320000 /* 2026-11-22, 08:52 in Vietnam */
#define BYTES (32 << 20)

/* Each letter a card: p picture, w picture and warning, t text alone, v word. */
static const struct choice_row {
    const char *name, *cards;
    int lead; /* -1: none */
    const char *steps;
} choice_rows[] = {
    { "three pictures stand side by side", "ppp", -1, "012" },
    { "one picture alone", "tpt", -1, "1" },
    { "of four the first leads", "pppp", 0, "123" },
    { "the warning leads", "pppwp", 3, "0124" },
    { "the first warning, and the last others", "ppwpppwp", 2, "4567" },
    { "a warning at the end", "pppw", 3, "012" },
    { "no words and nothing without a picture", "vptvwpvp", 4, "157" },
    { "twelve cards", "pppppppppppp", 0, "89:;" },
    { "no picture at all", "tvt", -1, "" },
};

static void check_choice(void **state)
{
    static const struct picture picture = { .alt = "hình" };
    const struct choice_row *r = *state;
    struct lesson lesson = { .n_cards = strlen(r->cards) };
    struct sheet_choice c;

    for (size_t i = 0; i < lesson.n_cards; i++) {
        char kind = r->cards[i];

        lesson.cards[i] = (struct card){ .title = "trang",
                                         .picture = kind == 't' ? NULL : &picture,
                                         .warns = kind == 'w',
                                         .say = kind == 'v' ? "nói" : NULL };
    }
    c = sheet_choose(&lesson);
    assert_int_equal(c.has_lead ? (int)c.lead : -1, r->lead);
    assert_int_equal(c.n_steps, strlen(r->steps));
    for (size_t i = 0; i < c.n_steps; i++)
        assert_int_equal(c.steps[i], r->steps[i] - '0');
}

static void test_the_code_is_the_id_in_capital_letters(void **state)
{
    char code[SHEET_CODE_CHARS];

    (void)state;
    sheet_code("m09-b03", code);
    assert_string_equal(code, "BL1M09-B03");
    sheet_code("abcdefghijklmnopqrstuvwxyz-12345", code); /* the longest id */
    assert_string_equal(code, "BL1ABCDEFGHIJKLMNOPQRSTUVWXYZ-12345");
}

/* --- out of the pack of tests/replay ---------------------------------------------------- */

static const struct paper_place place = { "xã Đặng Thùy Trâm", "", WALL_MS };
static struct pack *pack;

static int open_pack(void **state)
{
    struct pack_key key;
    char why[200];

    (void)state;
    return pack_key_read(REPLAY_PACK_KEY, &key) ||
           pack_open(REPLAY_PACK, &key, 1, 0, items_table, &pack, why, sizeof(why));
}

static int close_pack(void **state)
{
    (void)state;
    pack_close(pack);
    return 0;
}

static const char *text_in(const json_value *doc, const char *key)
{
    const char *text = json_text(json_get(doc, key));

    assert_non_null(text);
    return text;
}

static void test_a_lesson_of_a_pack_is_printed(void **state)
{
    struct buf out, pdf;
    json_value *doc, *steps;

    (void)state;
    buf_init(&out, SHEET_DOCUMENT_MAX);
    buf_init(&pdf, BYTES);
    assert_int_equal(sheet_document(pack, 0, &place, &out), ERR_OK);
    assert_int_equal(json_parse(out.data, out.len, 5, &doc, NULL, 0), ERR_OK);
    assert_string_equal(text_in(doc, "title"), "Bài một");
    assert_string_equal(text_in(doc, "remember"), "Học chậm mà chắc, không sao cả.");
    assert_string_equal(text_in(json_get(doc, "words"), "commune"), place.commune);
    assert_string_equal(text_in(doc, "lead_text"), "Trang 1");
    assert_string_equal(text_in(doc, "qr"), "BL1M01-B01");
    assert_string_equal(text_in(doc, "foot"), "Bài 1 trên 2 · Phần một");
    assert_string_equal(text_in(doc, "date_text"), "In ngày 22/11/2026");
    assert_string_equal(json_text(json_at(json_get(doc, "todo"), 2)),
                        "Lần sau, học bài “Bài hai”.");
    steps = json_get(doc, "steps");
    assert_int_equal(json_count(steps), 3);
    assert_string_equal(text_in(json_at(steps, 2), "text"), "Trang 4");
    json_free(doc);
    assert_int_equal(printed(&out, &pdf), ERR_OK);
    assert_memory_equal(pdf.data, "%PDF-", 5);
    buf_finish(&out);
    buf_finish(&pdf);
}

static void test_the_last_lesson_has_none_after_it(void **state)
{
    struct buf out;

    (void)state;
    buf_init(&out, SHEET_DOCUMENT_MAX);
    assert_int_equal(sheet_document(pack, 2, &place, &out), ERR_OK);
    assert_non_null(strstr(buf_text(&out), text_of(T_th_last)));
    assert_non_null(strstr(buf_text(&out), "Bài 1 trên 1 · Phần hai"));
    buf_finish(&out);
}

static void test_a_machine_without_a_clock_prints_no_date(void **state)
{
    static const struct paper_place undated = { "", "", 0 };
    struct buf out;

    (void)state;
    buf_init(&out, SHEET_DOCUMENT_MAX);
    assert_int_equal(sheet_document(pack, 0, &undated, &out), ERR_OK);
    assert_non_null(strstr(buf_text(&out), "\"date_text\":\"\""));
    buf_finish(&out);
}

static void test_there_is_no_sheet_of_no_lesson(void **state)
{
    struct buf out;

    (void)state;
    buf_init(&out, SHEET_DOCUMENT_MAX);
    assert_int_equal(sheet_document(pack, 3, &place, &out), ERR_REJECTED);
    assert_int_equal(out.len, 0);
    buf_finish(&out);
}

/* The document of lesson 0 with the first `from` changed is refused by the printer. */
static void is_refused(const char *from, const char *to)
{
    struct buf out, spoiled, pdf;
    const char *at;

    buf_init(&out, SHEET_DOCUMENT_MAX);
    buf_init(&spoiled, SHEET_DOCUMENT_MAX);
    buf_init(&pdf, BYTES);
    assert_int_equal(sheet_document(pack, 0, &place, &out), ERR_OK);
    at = strstr(buf_text(&out), from);
    assert_non_null(at);
    buf_add(&spoiled, out.data, (size_t)(at - out.data));
    buf_str(&spoiled, to);
    buf_str(&spoiled, at + strlen(from));
    assert_int_equal(printed(&spoiled, &pdf), ERR_REJECTED);
    assert_int_equal(pdf.len, 0);
    buf_finish(&out);
    buf_finish(&spoiled);
    buf_finish(&pdf);
}

static void test_the_printer_refuses_what_is_no_sheet(void **state)
{
    (void)state;
    is_refused("\"title\":", "\"other\":");
    is_refused("\"steps\":", "\"other\":");
    is_refused("\"todo\":[", "\"todo\":[],\"other\":[");
    is_refused("\"qr\":\"BL1M01-B01\"", "\"qr\":\"\"");
    is_refused("\"picture\":\"iVBORw0KGgo", "\"picture\":\"AVBORw0KGgo"); /* no PNG */
    /* 1 073 741 824 pixels wide */
    is_refused("\"picture\":\"iVBORw0KGgoAAAANSUhEUgAA",
               "\"picture\":\"iVBORw0KGgoAAAANSUhEUkAA");
}

int main(void)
{
    struct CMUnitTest choices[COUNT(choice_rows)];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_code_is_the_id_in_capital_letters),
        cmocka_unit_test(test_a_lesson_of_a_pack_is_printed),
        cmocka_unit_test(test_the_last_lesson_has_none_after_it),
        cmocka_unit_test(test_a_machine_without_a_clock_prints_no_date),
        cmocka_unit_test(test_there_is_no_sheet_of_no_lesson),
        cmocka_unit_test(test_the_printer_refuses_what_is_no_sheet),
    };
    int failed;

    hash_init();
    log_set_level(LOG_LEVEL_ERR);
    for (size_t i = 0; i < COUNT(choice_rows); i++)
        choices[i] = (struct CMUnitTest){ .name = choice_rows[i].name,
                                          .test_func = check_choice,
                                          .initial_state = (void *)&choice_rows[i] };
    failed = cmocka_run_group_tests(choices, NULL, NULL);
    return failed + cmocka_run_group_tests(tests, open_pack, close_pack);
}
