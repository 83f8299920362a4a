/* Lesson JSON and manifest: what is read, and everything that is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "lesson/lesson.h"
#include "lesson/manifest.h"

#define HEX "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define PICTURE \
    "{\"alt\":\"Khóa\",\"objects\":[\"" HEX "\",\"" HEX "\",\"" HEX "\",\"" HEX "\"]}"

static const char good[] =
    "{\"schema\":1,\"id\":\"m01-b01\",\"title\":\"Bài\",\"outcome\":\"Biết.\","
    "\"minutes\":5,\"rule\":{\"right\":2,\"of\":3,\"tries\":2},"
    "\"cards\":[{\"title\":\"Một\",\"text\":\"Chữ.\",\"note\":\"Lời.\","
    "\"picture\":" PICTURE "}],"
    "\"items\":[{\"type\":\"pick\",\"id\":\"m01-b01-q1\",\"stem\":\"Hỏi?\","
    "\"safety\":true,\"options\":[{\"text\":\"A\",\"feedback\":\"\",\"right\":true}]},"
    "{\"type\":\"pick\",\"id\":\"m01-b01-q2\",\"stem\":\"Hỏi?\",\"options\":[]}],"
    "\"remember\":\"Nhớ.\"}";

static enum err pick_parse(struct item *item, const json_value *source,
                           struct arena *arena, char *why, size_t n_why)
{
    (void)item;
    (void)arena;
    if (!json_get(source, "spoilt"))
        return ERR_OK;
    snprintf(why, n_why, "spoilt");
    return ERR_REJECTED;
}

static const struct item_type pick = { .name = "pick", .parse = pick_parse };
static const struct item_type greedy = { .name = "greedy",
                                         .state_size = ITEM_STATE_MAX + 1 };
static const struct item_type *const types[] = { &pick, &greedy, NULL };

static void test_a_good_lesson_is_read_whole(void **state)
{
    struct arena arena = { 0 };
    struct lesson *l;
    char why[200];

    (void)state;
    assert_int_equal(
        lesson_read(good, strlen(good), types, &arena, &l, why, sizeof(why)), ERR_OK);
    assert_string_equal(l->id, "m01-b01");
    assert_int_equal(l->minutes, 5);
    assert_int_equal(l->rule.right_of[0], 2);
    assert_int_equal(l->n_cards, 1);
    assert_string_equal(l->cards[0].note, "Lời.");
    assert_string_equal(l->cards[0].picture->object[PANEL_POR], HEX);
    assert_int_equal(l->n_items, 2);
    assert_ptr_equal(l->items[0].type, &pick);
    assert_true(l->items[0].safety);
    assert_false(l->items[1].safety);
    assert_null(l->items[0].picture);
    assert_true(l->items[0].options[0].right);
    arena_finish(&arena);
}

static const char *replaced(struct arena *arena, const char *from, const char *to)
{
    const char *at = strstr(good, from);

    assert_non_null(at);
    return arena_printf(arena, "%.*s%s%s", (int)(at - good), good, to,
                        at + strlen(from));
}

static void test_a_word_card_says_how_the_word_is_said(void **state)
{
    static const char from[] = "\"title\":\"Một\",\"text\":\"Chữ.\",\"note\":\"Lời.\"";
    struct arena arena = { 0 };
    struct lesson *l;
    const char *json =
        replaced(&arena, from, "\"title\":\"QR\",\"text\":\"Chữ.\",\"say\":\"quy-a\"");

    (void)state;
    assert_int_equal(lesson_read(json, strlen(json), types, &arena, &l, NULL, 0),
                     ERR_OK);
    assert_string_equal(l->cards[0].title, "QR");
    assert_string_equal(l->cards[0].say, "quy-a");
    assert_null(l->cards[0].note);
    assert_int_equal(lesson_read(good, strlen(good), types, &arena, &l, NULL, 0),
                     ERR_OK);
    assert_null(l->cards[0].say);
    arena_finish(&arena);
}

#define LONG_TEXT "dài dài dài dài dài dài dài dài dài dài dài dài dài dài dài dài dài "

static const struct bad {
    const char *name;
    const char *from, *to; /* replaced in the good lesson */
    const char *why;
} bads[] = {
    { "no JSON", "{\"schema\"", "{schema", "line 1" },
    { "something after the end", "\"Nhớ.\"}", "\"Nhớ.\"}{}", "end of file" },
    { "another schema", "\"schema\":1", "\"schema\":2", "schema" },
    { "no title", "\"title\":\"Bài\",", "", "title is missing" },
    { "an empty title", "\"title\":\"Bài\"", "\"title\":\"\"", "title is empty" },
    { "a title that is a number", "\"title\":\"Bài\"", "\"title\":5",
      "title is missing" },
    { "a control character", "\"title\":\"Bài\"", "\"title\":\"B\\u0007\"",
      "title is too long or has control characters" },
    { "an id with a path", "\"id\":\"m01-b01\"", "\"id\":\"../b01\"", "id is not" },
    { "an id of 33", "\"id\":\"m01-b01\"",
      "\"id\":\"m01-b01-0123456789-0123456789-012\"", "id is not" },
    { "an id in capitals", "\"id\":\"m01-b01\"", "\"id\":\"M01\"", "id is not" },
    { "no minutes at all", "\"minutes\":5", "\"minutes\":0", "minutes is not" },
    { "minutes with a fraction", "\"minutes\":5", "\"minutes\":5.5", "integer" },
    { "more right than asked", "\"right\":2", "\"right\":4", "right is more than of" },
    { "no tries", "\"tries\":2", "\"tries\":0", "tries is not" },
    { "no rule", "\"rule\":", "\"ruel\":", "right is not" },
    { "no cards", "\"cards\":[{", "\"cards\":[],\"x\":[{", "cards are not" },
    { "cards that are no list", "\"cards\":[{", "\"cards\":{},\"x\":[{",
      "cards are not" },
    { "a card without text", "\"text\":\"Chữ.\",", "", "cards 1: text is missing" },
    { "a word that is said in no letters", "\"note\":\"Lời.\"", "\"say\":\"\"",
      "cards 1: say is empty" },
    { "a word that is said in a list", "\"note\":\"Lời.\"", "\"say\":[\"a\"]",
      "cards 1: say is missing" },
    { "a word with a note", "\"note\"", "\"say\":\"a\",\"note\"",
      "cards 1: a word has a note" },
    { "a word too long for its page", "\"title\":\"Một\",\"text\":\"Chữ.\",\"note\"",
      "\"title\":\"Mười bảy chữ cái\",\"text\":\"Chữ.\",\"say\"",
      "cards 1: a word has a note, or is longer" },
    { "a word that takes long to say", "\"note\":\"Lời.\"",
      "\"say\":\"a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a\"",
      "cards 1: a word has a note, or is longer" },
    { "a word said with a control character", "\"note\":\"Lời.\"",
      "\"say\":\"q\\u0007\"", "cards 1: say is too long or has control" },
    { "a picture with three sizes", "\"objects\":[\"" HEX "\",", "\"objects\":[",
      "cards 1: picture needs" },
    { "a picture without words", "\"alt\":\"Khóa\"", "\"alt\":\"\"",
      "cards 1: picture needs" },
    { "an object name that is no hash", "\"objects\":[\"0", "\"objects\":[\"/",
      "cards 1: picture needs" },
    { "an unknown type", "\"type\":\"pick\"", "\"type\":\"dance\"",
      "items 1: type dance is not known" },
    { "a type that needs too much room", "\"type\":\"pick\"", "\"type\":\"greedy\"",
      "items 1: type greedy is not known" },
    { "a type's own refusal", "\"stem\":\"Hỏi?\"", "\"spoilt\":1,\"stem\":\"Hỏi?\"",
      "items 1: spoilt" },
    { "the same id twice", "m01-b01-q2", "m01-b01-q1", "m01-b01-q1 is there twice" },
    { "seven options", "\"options\":[]", "\"options\":[{},{},{},{},{},{},{}]",
      "items 2: more than 6 options" },
    { "an option without feedback", "\"feedback\":\"\",", "",
      "items 1: feedback is missing" },
    { "nothing to remember", ",\"remember\":\"Nhớ.\"", "", "remember is missing" },
    { "a duplicate key", "\"schema\":1", "\"schema\":1,\"schema\":1", "duplicate" },
    { "a nest of lists", "\"options\":[]", "\"options\":[[[[[[[[[[]]]]]]]]]]",
      "nested deeper" },
};

static void check_bad(void **state)
{
    const struct bad *bad = *state;
    struct arena arena = { 0 };
    struct lesson *l;
    char why[200];
    const char *json = replaced(&arena, bad->from, bad->to);

    assert_int_equal(
        lesson_read(json, strlen(json), types, &arena, &l, why, sizeof(why)),
        ERR_REJECTED);
    assert_null(l);
    if (!strstr(why, bad->why))
        fail_msg("wanted “%s” in “%s”", bad->why, why);
    assert_int_equal(lesson_read(json, strlen(json), types, &arena, &l, NULL, 0),
                     ERR_REJECTED);
    arena_finish(&arena);
}

/* `member` repeated so often that it passes a ceiling. */
static void check_ceiling(const char *head, const char *repeat, size_t times,
                          const char *tail, const char *want)
{
    struct arena arena = { 0 };
    struct lesson *l;
    struct buf b;
    char why[200];
    const char *json;

    buf_init(&b, 1024 * 1024);
    buf_str(&b, head);
    for (size_t i = 0; i < times; i++)
        buf_str(&b, repeat);
    buf_str(&b, tail);
    json = replaced(&arena, head, buf_text(&b));
    assert_int_equal(
        lesson_read(json, strlen(json), types, &arena, &l, why, sizeof(why)),
        ERR_REJECTED);
    if (!strstr(why, want))
        fail_msg("wanted “%s” in “%s”", want, why);
    buf_finish(&b);
    arena_finish(&arena);
}

static void test_ceilings_hold(void **state)
{
    (void)state;
    check_ceiling("\"title\":\"", LONG_TEXT, 20, "", "title is too long");
    check_ceiling("\"cards\":[", "{\"title\":\"a\",\"text\":\"b\"},", 12, "",
                  "cards are not 1 to 12");
    check_ceiling("\"items\":[",
                  "{\"type\":\"pick\",\"id\":\"x\",\"stem\":\"b\",\"options\":[]},", 12,
                  "", "items are not 1 to 12");
    check_ceiling("\"title\":\"", LONG_TEXT, 6000, "", "larger than");
}

#define SCREEN(id, part) \
    "{\"id\":\"" id      \
    "\",\"kind\":\"list\",\"say\":\"a\",\"hint\":\"b\",\"parts\":[" part "]}"
#define TOUCH(act, to) \
    "{\"part\":\"button\",\"text\":\"a\",\"act\":\"" act "\",\"to\":\"" to "\"}"
#define PRACTICE                                                \
    "{\"title\":\"Tập\",\"screens\":[" SCREEN(                  \
        "a",                                                    \
        TOUCH("right", "b") "," TOUCH(                          \
            "wrong",                                            \
            "c") ",{\"part\":\"photo\",\"text\":"               \
                 "\"a\",\"picture\":" PICTURE                   \
                 "}") "," SCREEN("b",                           \
                                 TOUCH("right",                 \
                                       "done")) "," SCREEN("c", \
                                                           TOUCH("go", "back")) "]}"

static const struct lesson *read_with(struct arena *arena, const char *more, char *why,
                                      size_t n_why)
{
    const char *json =
        replaced(arena, "\"remember\"", arena_printf(arena, "%s\"remember\"", more));
    struct lesson *l;

    return lesson_read(json, strlen(json), types, arena, &l, why, n_why) ? NULL : l;
}

static void test_practices_are_read_and_those_that_cannot_be_played_left_out(
    void **state)
{
    struct arena arena = { 0 };
    char why[200] = "";
    const struct lesson *l = read_with(
        &arena, "\"show\":\"Xem.\",\"practices\":[{\"title\":\"a\"}," PRACTICE "],",
        why, sizeof(why));

    (void)state;
    assert_non_null(l);
    assert_string_equal(l->show, "Xem.");
    assert_int_equal(l->n_practices, 1);
    assert_int_equal(l->n_left_out, 1);
    assert_string_equal(l->practices[0]->title, "Tập");
    assert_non_null(l->practices[0]->screens[0].parts[2].picture);
    l = read_with(&arena, "\"practices\":7,", why, sizeof(why));
    assert_non_null(l); /* a lesson goes on without */
    assert_int_equal(l->n_practices + l->n_left_out, 0);
    assert_null(l->show);
    assert_null(read_with(&arena, "\"practices\":[1,2,3],", why, sizeof(why)));
    assert_non_null(strstr(why, "practices are more than 2"));
    assert_null(read_with(&arena, "\"show\":7,", why, sizeof(why)));
    arena_finish(&arena);
}

static const struct version {
    const char *name;
    const char *have, *need;
    bool reached;
} versions[] = {
    { "the same version", "0.1.0", "0.1.0", true },
    { "a newer patch", "0.1.1", "0.1.0", true },
    { "numbers, not letters", "0.10.0", "0.9.9", true },
    { "an older minor", "0.1.9", "0.2.0", false },
    { "a newer major", "2.0.0", "1.9.9", true },
    { "two parts", "0.1.0", "0.1", false },
    { "something after it", "0.1.0", "0.1.0-rc1", false },
    { "a huge number", "0.1.0", "0.0.99999999999999999999", false },
    { "an empty text", "0.1.0", "", false },
    { "a sign", "0.1.0", "-1.0.0", false },
};

static void check_version(void **state)
{
    const struct version *v = *state;

    assert_int_equal(manifest_version_reached(v->have, v->need), v->reached);
}

int main(void)
{
    const struct CMUnitTest whole[] = {
        cmocka_unit_test(test_a_good_lesson_is_read_whole),
        cmocka_unit_test(test_a_word_card_says_how_the_word_is_said),
        cmocka_unit_test(test_ceilings_hold),
        cmocka_unit_test(
            test_practices_are_read_and_those_that_cannot_be_played_left_out),
    };
    struct CMUnitTest bad[COUNT(bads)], version[COUNT(versions)];

    for (size_t i = 0; i < COUNT(bads); i++)
        bad[i] = (struct CMUnitTest){ .name = bads[i].name,
                                      .test_func = check_bad,
                                      .initial_state = (void *)&bads[i] };
    for (size_t i = 0; i < COUNT(versions); i++)
        version[i] = (struct CMUnitTest){ .name = versions[i].name,
                                          .test_func = check_version,
                                          .initial_state = (void *)&versions[i] };
    return cmocka_run_group_tests(whole, NULL, NULL) +
           cmocka_run_group_tests(bad, NULL, NULL) +
           cmocka_run_group_tests(version, NULL, NULL);
}
