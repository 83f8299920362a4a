/* Types of quiz item whose answer has several parts: how they are read, how they judge,
 * how a touch is taken back, what a second try keeps. */
#include <string.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "item_play.h"

#define O(text, more) "{\"text\":\"" text "\",\"feedback\":\"vì " text "\"" more "}"
#define RIGHT ",\"right\":true"
#define ITEM(type, more, options)                                      \
    "{\"type\":\"" type "\",\"id\":\"a-q1\",\"stem\":\"Làm gì?\"" more \
    ",\"options\":[" options "]}"
#define SPOT(x, y) ",\"at\":[" #x "," #y ",300,300]"

static const char multiple[] = ITEM("multiple", ",\"why\":\"Cả hai.\"",
                                    O("a", RIGHT) "," O("b", "") "," O("c", RIGHT));
static const char picture_choice[] = ITEM(
    "picture-choice", "", O("a", "," PLAY_PICTURE) "," O("b", RIGHT "," PLAY_PICTURE));
static const char order[] =
    ITEM("order", ",\"why\":\"Thế mới đúng.\"",
         O("a", RIGHT) "," O("b", RIGHT) "," O("c", RIGHT) "," O("d", RIGHT));
static const char match[] =
    ITEM("match", ",\"why\":\"Ba cặp.\"",
         O("a", RIGHT ",\"left\":\"A\"") "," O("b", RIGHT ",\"left\":\"B\"") "," O(
             "c", RIGHT ",\"left\":\"C\""));
static const char numeric[] =
    ITEM("numeric", ",\"low\":49000,\"high\":51000,\"unit\":\"đồng\"",
         O("50000", RIGHT) "," O("", ""));
static const char hotspot[] =
    ITEM("hotspot", "," PLAY_PICTURE,
         O("a", SPOT(0, 0)) "," O("b", RIGHT SPOT(400, 0)) "," O("c", SPOT(0, 400)));
static const char scenario[] =
    ITEM("scenario",
         ",\"parts\":[{\"stem\":\"Rồi sao?\",\"options\":[" O("c", RIGHT) "," O(
             "d", "") "]},"
                      "{\"stem\":\"Lỡ rồi?\",\"options\":[" O("e", RIGHT) "," O(
                          "f", "") "]}]",
         O("a", RIGHT ",\"go\":2") "," O("b", ",\"go\":3") "," O("x", ""));

/* --- what is refused ---------------------------------------------------------------- */

static const struct bad_row {
    const char *name, *json, *want;
} bad_rows[] = {
    { "multiple with one right answer",
      ITEM("multiple", "", O("a", RIGHT) "," O("b", "") "," O("c", "")),
      "two or more" },
    { "multiple with nothing wrong",
      ITEM("multiple", "", O("a", RIGHT) "," O("b", RIGHT) "," O("c", RIGHT)),
      "two or more" },
    { "multiple without words",
      ITEM("multiple", "", O("", RIGHT) "," O("b", RIGHT) "," O("c", "")), "no text" },
    { "picture-choice without a picture",
      ITEM("picture-choice", "", O("a", RIGHT) "," O("b", "," PLAY_PICTURE)),
      "option 1 has no picture" },
    { "order of two steps", ITEM("order", "", O("a", RIGHT) "," O("b", RIGHT)),
      "2 steps" },
    { "order with a step that is not right",
      ITEM("order", "", O("a", RIGHT) "," O("b", "") "," O("c", RIGHT)), "step 2" },
    { "match of one pair", ITEM("match", "", O("a", RIGHT ",\"left\":\"A\"")),
      "1 pairs" },
    { "match without a left side",
      ITEM("match", "", O("a", RIGHT ",\"left\":\"A\"") "," O("b", RIGHT)), "pair 2" },
    { "match whose left side is a number",
      ITEM("match", "", O("a", RIGHT ",\"left\":7") "," O("b", RIGHT)), "pair 1" },
    { "match of a picture and words",
      ITEM("match", "",
           O("a", RIGHT "," PLAY_PICTURE) "," O("b", RIGHT ",\"left\":\"B\"")),
      "pair 2" },
    { "a number without bounds", ITEM("numeric", "", O("5", RIGHT) "," O("", "")),
      "low and high" },
    { "a number whose bounds cross",
      ITEM("numeric", ",\"low\":5,\"high\":4", O("5", RIGHT) "," O("", "")),
      "low and high" },
    { "a number beyond the keys",
      ITEM("numeric", ",\"low\":1,\"high\":1000000000", O("5", RIGHT) "," O("", "")),
      "low and high" },
    { "a unit that is no text",
      ITEM("numeric", ",\"low\":1,\"high\":2,\"unit\":3", O("1", RIGHT) "," O("", "")),
      "unit" },
    { "a number alone", ITEM("numeric", ",\"low\":1,\"high\":2", O("1", RIGHT)),
      "1 options" },
    { "a place without a picture",
      ITEM("hotspot", "", O("a", RIGHT SPOT(0, 0)) "," O("b", SPOT(400, 0))),
      "no picture" },
    { "an option without a place",
      ITEM("hotspot", "," PLAY_PICTURE, O("a", RIGHT SPOT(0, 0)) "," O("b", "")),
      "place 2" },
    { "a place over the edge",
      ITEM("hotspot", "," PLAY_PICTURE,
           O("a", RIGHT SPOT(0, 0)) "," O("b", SPOT(800, 0))),
      "place 2" },
    { "a place of three numbers",
      ITEM("hotspot", "," PLAY_PICTURE,
           O("a", RIGHT ",\"at\":[1,2,3]") "," O("b", SPOT(0, 0))),
      "place 1" },
    { "a story that goes back",
      ITEM("scenario",
           ",\"parts\":[{\"stem\":\"A\",\"options\":[" O("c", RIGHT ",\"go\":2") "," O(
               "d", "") "]}]",
           O("a", RIGHT ",\"go\":2") "," O("b", "")),
      "part 2 leads to 2" },
    { "a story that goes nowhere",
      ITEM("scenario", "", O("a", RIGHT ",\"go\":2") "," O("b", "")),
      "part 1 leads to 2" },
    { "a story without a safe way", ITEM("scenario", "", O("a", "") "," O("b", "")),
      "part 1" },
    { "a story of five parts",
      ITEM("scenario", ",\"parts\":[1,2,3,4]", O("a", RIGHT) "," O("b", "")),
      "5 parts" },
    { "a part that is a number",
      ITEM("scenario", ",\"parts\":[1]", O("a", RIGHT) "," O("b", "")),
      "a part without stem" },
    { "a part with seven options",
      ITEM("scenario", ",\"parts\":[{\"stem\":\"A\",\"options\":[1,2,3,4,5,6,7]}]",
           O("a", RIGHT) "," O("b", "")),
      "more than 6 options" },
    { "a reason for all that is empty",
      ITEM("multiple", ",\"why\":\"\"", O("a", RIGHT)), "why is empty" },
};

static void check_bad_row(void **state)
{
    const struct bad_row *r = *state;
    struct arena arena = { 0 };
    struct item item;
    char why[200] = "";

    assert_int_equal(play_read(&arena, r->json, &item, why, sizeof(why)), ERR_REJECTED);
    if (!strstr(why, r->want))
        fail_msg("wanted “%s” in “%s”", r->want, why);
    arena_finish(&arena);
}

/* --- how they play, at every size --------------------------------------------------- */

#define SCRIPT_MAX 16

/* Touches; "!" before the id: this one gives the answer. */
static const struct script {
    const char *name, *json;
    const char *taps[SCRIPT_MAX];
    int grade;
    const char *feedback;
} scripts[] = {
    { "several: both are right",
      multiple,
      { "quiz.choice#1", "quiz.choice#3", "!quiz.check" },
      100,
      "Cả hai." },
    { "several: one is missing",
      multiple,
      { "quiz.choice#1", "!quiz.check" },
      50,
      "Chọn vậy là đúng, mà còn thiếu. Mời xem thêm các câu kia." },
    { "several: one too many",
      multiple,
      { "quiz.choice#1", "quiz.choice#2", "quiz.choice#3", "!quiz.check" },
      50,
      "vì b" },
    { "several: taken back",
      multiple,
      { "quiz.choice#2", "quiz.choice#1", "quiz.choice#2", "quiz.choice#3",
        "!quiz.check" },
      100,
      "Cả hai." },
    { "several: the button waits",
      multiple,
      { "quiz.check", "quiz.choice#1", "quiz.choice#1", "quiz.check", "quiz.choice#3",
        "quiz.choice#1", "!quiz.check" },
      100,
      "Cả hai." },
    { "several: missed, the right one stays",
      multiple,
      { "quiz.choice#2", "quiz.choice#3", "!quiz.check", "quiz.choice#2",
        "quiz.choice#1", "!quiz.check" },
      100,
      "Cả hai." },
    { "pictures: the right one",
      picture_choice,
      { "quiz.choice#1", "!quiz.choose" },
      100,
      "vì b" },
    { "pictures: taken back",
      picture_choice,
      { "quiz.choice#2", "quiz.choice#2", "quiz.choose", "quiz.choice#2",
        "!quiz.choose" },
      0,
      "vì a" },
    { "order: from first to last",
      order,
      { "quiz.choice#4", "quiz.choice#3", "quiz.choice#2", "quiz.choice#1",
        "!quiz.check" },
      100,
      "Thế mới đúng." },
    { "order: the reason is of the first wrong place",
      order,
      { "quiz.choice#4", "quiz.choice#2", "quiz.choice#3", "quiz.choice#1",
        "!quiz.check" },
      25,
      "vì b" },
    { "order: one taken back, the rest moves up",
      order,
      { "quiz.choice#1", "quiz.choice#4", "quiz.place#1", "quiz.check", "quiz.choice#3",
        "quiz.choice#2", "quiz.choice#1", "!quiz.check" },
      100,
      "Thế mới đúng." },
    { "order: missed, the right beginning stays",
      order,
      { "quiz.choice#4", "quiz.choice#3", "quiz.choice#1", "quiz.choice#2",
        "!quiz.check", "quiz.choice#2", "quiz.choice#1", "!quiz.check" },
      100,
      "Thế mới đúng." },
    { "pairs: all of them",
      match,
      { "mt.left#1", "quiz.choice#3", "quiz.choice#2", "mt.left#2", "quiz.check",
        "mt.left#3", "quiz.choice#1", "!quiz.check" },
      100,
      "Ba cặp." },
    { "pairs: two crossed",
      match,
      { "mt.left#1", "quiz.choice#3", "mt.left#2", "quiz.choice#1", "mt.left#3",
        "quiz.choice#2", "!quiz.check" },
      33,
      "“B” đi với chữ khác. Cặp đúng thì còn đó." },
    { "pairs: taken apart from either side",
      match,
      { "mt.left#1", "quiz.choice#1", "quiz.choice#1", "mt.left#2", "quiz.choice#3",
        "mt.left#2", "mt.left#1", "quiz.choice#3", "mt.left#2", "quiz.choice#2",
        "mt.left#3", "quiz.choice#1", "!quiz.check" },
      100,
      "Ba cặp." },
    { "pairs: missed, the right one stays",
      match,
      { "mt.left#1", "quiz.choice#3", "mt.left#2", "quiz.choice#1", "mt.left#3",
        "quiz.choice#2", "!quiz.check", "mt.left#2", "quiz.choice#2", "mt.left#3",
        "quiz.choice#1", "!quiz.check" },
      100,
      "Ba cặp." },
    { "a number within the bounds",
      numeric,
      { "quiz.digit#4", "quiz.digit#9", "quiz.digit#0", "quiz.digit#0", "quiz.digit#0",
        "!quiz.check" },
      100,
      "vì 50000" },
    { "a number beyond them",
      numeric,
      { "quiz.digit#5", "quiz.digit#0", "!quiz.check" },
      0,
      "vì " },
    { "a digit taken back",
      numeric,
      { "quiz.check", "quiz.digit#7", "quiz.erase", "quiz.erase", "quiz.digit#5",
        "quiz.digit#0", "quiz.digit#0", "quiz.digit#0", "quiz.digit#0", "!quiz.check" },
      100,
      "vì 50000" },
    { "a number missed, then typed anew",
      numeric,
      { "quiz.digit#5", "!quiz.check", "quiz.digit#5", "quiz.digit#0", "quiz.digit#0",
        "quiz.digit#0", "quiz.digit#0", "!quiz.check" },
      100,
      "vì 50000" },
    { "a place",
      hotspot,
      { "quiz.spot#1", "quiz.spot#2", "!quiz.choose" },
      100,
      "vì b" },
    { "a place missed cannot be touched again",
      hotspot,
      { "quiz.spot#3", "!quiz.choose", "quiz.spot#3", "quiz.choose", "quiz.spot#1",
        "!quiz.choose" },
      0,
      "vì a" },
    { "a story told safely",
      scenario,
      { "quiz.choice#2", "quiz.choose", "quiz.choice#1", "!quiz.choose" },
      100,
      "vì c" },
    { "a story that ends at once",
      scenario,
      { "quiz.choice#1", "!quiz.choose" },
      0,
      "vì x" },
    { "a story whose second act was not safe",
      scenario,
      { "quiz.choice#2", "quiz.choose", "quiz.choice#2", "!quiz.choose" },
      50,
      "vì d" },
    { "a slip put right is still a slip",
      scenario,
      { "quiz.choice#3", "quiz.choose", "quiz.choice#1", "!quiz.choose" },
      50,
      "vì b" },
    { "a story goes on from the slip",
      scenario,
      { "quiz.choice#2", "quiz.choose", "quiz.choice#2", "!quiz.choose",
        "quiz.choice#2", "quiz.choose", "quiz.choice#1", "!quiz.choose" },
      100,
      "vì c" },
};

static const int sizes[][2] = { { 1280, 800 }, { 800, 480 }, { 720, 1280 } };

static void check_script(void **state)
{
    const struct script *r = *state;

    for (size_t k = 0; k < COUNT(sizes); k++) {
        struct play p;
        bool given = false;

        play_open_json(&p, r->json, sizes[k][0], sizes[k][1]);
        for (size_t i = 0; i < SCRIPT_MAX && r->taps[i]; i++) {
            bool want = r->taps[i][0] == '!';

            if (given) /* the second try */
                assert_false(play_frame(&p));
            given = play_tap(&p, r->taps[i] + want);
            if (given != want)
                fail_msg("%s: given %d after touch %zu", r->taps[i], given, i);
        }
        assert_int_equal(play_grade(&p), r->grade);
        assert_string_equal(play_feedback(&p), r->feedback);
        play_close(&p);
    }
}

static const char *const all_types[] = { multiple, picture_choice, order,   match,
                                         numeric,  hotspot,        scenario };

/* --- hostile and odd ------------------------------------------------------------------ */

static void judge_junk(const char *json, unsigned char byte)
{
    unsigned char junk[ITEM_STATE_MAX];
    struct arena arena = { 0 };
    struct item item;
    char why[200];

    assert_int_equal(play_read(&arena, json, &item, why, sizeof(why)), ERR_OK);
    assert_true(item.type->state_size <= ITEM_STATE_MAX);
    memset(junk, byte, sizeof(junk));
    assert_in_range(item.type->grade(&item, junk), 0, 99);
    assert_non_null(item.type->feedback(&item, junk));
    arena_finish(&arena);
}

static void test_an_answer_of_any_bytes_is_judged_and_not_right(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(all_types); i++) {
        judge_junk(all_types[i], 0);
        judge_junk(all_types[i], 0x7F);
        judge_junk(all_types[i], 0xFF);
        for (unsigned b = 1; b < 7; b++)
            judge_junk(all_types[i], (unsigned char)(0x80 + b));
    }
}

/* The journal may give back anything: the page is drawn, the answer can be shown. */
static void test_a_damaged_answer_is_drawn(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(all_types); i++) {
        for (unsigned b = 0; b < 256; b++) {
            struct play p;

            play_open_json(&p, all_types[i], 800, 480);
            memset(p.answer, (int)b, sizeof(p.answer));
            ui_begin(p.ui);
            p.item.type->show(&p.item, p.answer, b % 2, p.ui);
            ui_end(p.ui);
            assert_false(play_frame(&p));
            play_close(&p);
        }
    }
}

/* Everything that can be touched is on the page, at every size. */
static void test_all_targets_are_on_the_page(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(all_types); i++) {
        for (size_t k = 0; k < COUNT(sizes); k++) {
            struct play p;
            const struct ui_node *nodes;
            size_t n;

            play_open_json(&p, all_types[i], sizes[k][0], sizes[k][1]);
            nodes = ui_nodes(p.ui, &n);
            for (size_t m = 0; m < n; m++) {
                struct box b = nodes[m].box;

                if (nodes[m].active &&
                    (b.x < 0 || b.y < 0 || b.x + b.w > sizes[k][0] ||
                     b.y + b.h > sizes[k][1] || b.w < 40 || b.h < 36))
                    fail_msg("%s of %zu at %d: %d,%d %d×%d", nodes[m].id, i,
                             sizes[k][0], b.x, b.y, b.w, b.h);
            }
            play_close(&p);
        }
    }
}

static const char *fill_texts(struct arena *arena, const char *text)
{
    return arena_printf(arena, "<%s>", text);
}

static void test_texts_of_the_type_are_filled_in(void **state)
{
    struct play p;

    (void)state;
    play_open_json(&p, scenario, 1280, 800);
    p.item.type->refill(&p.item, fill_texts, &p.arena);
    assert_false(play_frame(&p));
    assert_string_equal(play_node(&p, "quiz.question")->text, "<Làm gì?>");
    assert_string_equal(play_node(&p, "quiz.choice#2")->text, "<a>");
    play_close(&p);
    play_open_json(&p, match, 1280, 800);
    p.item.type->refill(&p.item, fill_texts, &p.arena);
    assert_false(play_frame(&p));
    assert_string_equal(play_node(&p, "mt.left#2")->text, "<B>");
    play_close(&p);
}

static void test_an_amount_has_dots_and_a_telephone_number_none(void **state)
{
    static const char plain[] =
        ITEM("numeric", ",\"low\":113,\"high\":113", O("113", RIGHT) "," O("", ""));
    struct play p;

    (void)state;
    play_open_json(&p, numeric, 1280, 800);
    for (int i = 0; i < 12; i++)
        play_tap(&p, "quiz.digit#1");
    assert_string_equal(play_node(&p, "quiz.typed")->text, "111.111.111 đồng");
    assert_string_equal(play_node(&p, "quiz.typed")->value, "111111111");
    play_close(&p);
    play_open_json(&p, plain, 1280, 800);
    for (int i = 0; i < 4; i++)
        play_tap(&p, "quiz.digit#1");
    assert_string_equal(play_node(&p, "quiz.typed")->text, "1111");
    play_close(&p);
}

/* Steps and words never stand as their author wrote them. */
static void test_an_order_that_would_tell_is_turned(void **state)
{
    struct play p;

    (void)state;
    play_open_json(&p, order, 1280, 800);
    for (unsigned char i = 0; i < 4; i++)
        p.order[i] = i;
    assert_false(play_frame(&p));
    assert_string_equal(play_node(&p, "quiz.choice#1")->text, "b");
    assert_string_equal(play_node(&p, "quiz.choice#4")->text, "a");
    play_close(&p);
}

int main(void)
{
    static const struct CMUnitTest whole[] = {
        cmocka_unit_test(test_an_answer_of_any_bytes_is_judged_and_not_right),
        cmocka_unit_test(test_a_damaged_answer_is_drawn),
        cmocka_unit_test(test_all_targets_are_on_the_page),
        cmocka_unit_test(test_texts_of_the_type_are_filled_in),
        cmocka_unit_test(test_an_amount_has_dots_and_a_telephone_number_none),
        cmocka_unit_test(test_an_order_that_would_tell_is_turned),
    };
    struct CMUnitTest tests[COUNT(whole) + COUNT(bad_rows) + COUNT(scripts)];
    size_t n = 0;

    for (size_t i = 0; i < COUNT(whole); i++)
        tests[n++] = whole[i];
    for (size_t i = 0; i < COUNT(bad_rows); i++)
        tests[n++] = (struct CMUnitTest){ .name = bad_rows[i].name,
                                          .test_func = check_bad_row,
                                          .initial_state = (void *)&bad_rows[i] };
    for (size_t i = 0; i < COUNT(scripts); i++)
        tests[n++] = (struct CMUnitTest){ .name = scripts[i].name,
                                          .test_func = check_script,
                                          .initial_state = (void *)&scripts[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
