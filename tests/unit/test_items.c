/* The types of quiz item: what they accept, how they judge, what a second try shows. */
#include <string.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "item_play.h"
#include "items/items.h"
#include "items/message.h"

/* --- what is accepted --------------------------------------------------------------- */

static const struct parse_row {
    const char *name, *type;
    size_t n_options;
    unsigned right;   /* bit per option */
    const char *text; /* of every option */
    enum err want;
} parse_rows[] = {
    { "single takes three, one right", "single", 3, 2, "Tắt máy", ERR_OK },
    { "single takes two, one right", "single", 2, 1, "Tắt máy", ERR_OK },
    { "single refuses one option", "single", 1, 1, "Tắt máy", ERR_REJECTED },
    { "single refuses four options", "single", 4, 1, "Tắt máy", ERR_REJECTED },
    { "single refuses none right", "single", 3, 0, "Tắt máy", ERR_REJECTED },
    { "single refuses two right", "single", 3, 3, "Tắt máy", ERR_REJECTED },
    { "single refuses an option without words", "single", 3, 1, "", ERR_REJECTED },
    { "true-false takes the first right", "true-false", 2, 1, "", ERR_OK },
    { "true-false takes the second right", "true-false", 2, 2, "", ERR_OK },
    { "true-false refuses both right", "true-false", 2, 3, "", ERR_REJECTED },
    { "true-false refuses none right", "true-false", 2, 0, "", ERR_REJECTED },
    { "true-false refuses three options", "true-false", 3, 1, "", ERR_REJECTED },
    { "scam-or-safe takes a true message", "scam-or-safe", 2, 2, "", ERR_OK },
    { "scam-or-safe refuses one option", "scam-or-safe", 1, 1, "", ERR_REJECTED },
};

static void fill(struct item *item, const struct item_type *type, size_t n,
                 unsigned right, const char *text)
{
    static const char *const why[] = { "một", "hai", "ba", "bốn" };

    memset(item, 0, sizeof(*item));
    item->type = type;
    item->stem = "Làm gì?";
    item->n_options = n;
    for (size_t i = 0; i < n; i++)
        item->options[i] = (struct item_option){ .text = text,
                                                 .feedback = why[i],
                                                 .right = right & (1U << i) };
}

static void check_parse_row(void **state)
{
    const struct parse_row *r = *state;
    struct arena arena = { 0 };
    struct item item;
    char why[120] = "";

    fill(&item, play_type(r->type), r->n_options, r->right, r->text);
    assert_int_equal(item.type->parse(&item, NULL, &arena, why, sizeof(why)), r->want);
    assert_int_equal(strlen(why) > 0, r->want != ERR_OK);
    arena_finish(&arena);
}

/* --- how it plays ------------------------------------------------------------------- */

static void open_play(struct play *p, const char *type, size_t n, unsigned right)
{
    struct item item;

    fill(&item, play_type(type), n, right, *type == 's' && type[1] == 'i' ? "A" : "");
    play_open(p, &item, 1280, 800);
}

static void test_single_is_given_only_after_it_was_confirmed(void **state)
{
    struct play p;

    (void)state;
    open_play(&p, "single", 3, 1); /* option 0 stands at the third place */
    assert_true(play_state(&p, "quiz.choose") & UI_DISABLED);
    assert_false(play_tap(&p, "quiz.choose"));
    assert_false(play_tap(&p, "quiz.choice#1"));
    assert_false(play_tap(&p, "quiz.choice#3"));
    assert_true(play_state(&p, "quiz.choice#3") & UI_SELECTED);
    assert_false(play_state(&p, "quiz.choice#1") & UI_SELECTED);
    assert_true(play_tap(&p, "quiz.choose"));
    assert_int_equal(p.item.type->grade(&p.item, p.answer), 100);
    assert_string_equal(p.item.type->feedback(&p.item, p.answer), "một");
    play_close(&p);
}

static void test_single_fades_what_was_missed_and_does_not_take_it_again(void **state)
{
    struct play p;

    (void)state;
    open_play(&p, "single", 3, 1);
    play_tap(&p, "quiz.choice#1");
    assert_true(play_tap(&p, "quiz.choose"));
    assert_int_equal(p.item.type->grade(&p.item, p.answer), 0);
    assert_string_equal(p.item.type->feedback(&p.item, p.answer), "ba");
    assert_false(play_frame(&p)); /* the second try */
    assert_true(play_state(&p, "quiz.choice#1") & UI_DISABLED);
    assert_false(play_tap(&p, "quiz.choice#1"));
    assert_false(play_tap(&p, "quiz.choose"));
    play_close(&p);
}

static const struct side_row {
    const char *name, *type, *tap, *other;
    unsigned right;
    int grade;
} side_rows[] = {
    { "true is right", "true-false", "quiz.true", "quiz.false", 1, 100 },
    { "true is not", "true-false", "quiz.true", "quiz.false", 2, 0 },
    { "false is right", "true-false", "quiz.false", "quiz.true", 2, 100 },
    { "a swindle is found", "scam-or-safe", "quiz.scam", "quiz.safe", 1, 100 },
    { "a true message is suspected", "scam-or-safe", "quiz.scam", "quiz.safe", 2, 0 },
    { "a true message is believed", "scam-or-safe", "quiz.safe", "quiz.scam", 2, 100 },
};

static void check_side_row(void **state)
{
    const struct side_row *r = *state;
    struct play p;

    open_play(&p, r->type, 2, r->right);
    assert_true(play_tap(&p, r->tap)); /* one touch gives the answer */
    assert_int_equal(p.item.type->grade(&p.item, p.answer), r->grade);
    assert_false(play_frame(&p)); /* shown again: it was missed */
    assert_true(play_state(&p, r->tap) & UI_DISABLED);
    assert_false(play_tap(&p, r->tap));
    assert_true(play_tap(&p, r->other));
    play_close(&p);
}

/* --- messages ------------------------------------------------------------------------- */

static const struct message_row {
    const char *name, *text, *want;
} message_rows[] = {
    { "no link", "Mời họp thôn.", "Mời họp thôn." },
    { "a link at the end", "Gửi vào [0100 000 123]()", "Gửi vào 0100 000 123" },
    { "a link and a quotation mark", "“Vào [qua.example]()”", "“Vào qua.example”" },
    { "two links", "[a]() và [b]()", "a và b" },
    { "a bracket that is no link", "Số [1] và [2", "Số [1] và [2" },
    { "empty", "", "" },
};

static void check_message_row(void **state)
{
    const struct message_row *r = *state;
    struct arena arena = { 0 };

    assert_string_equal(message_plain(&arena, r->text), r->want);
    arena_finish(&arena);
}

int main(void)
{
    static const struct CMUnitTest single[] = {
        cmocka_unit_test(test_single_is_given_only_after_it_was_confirmed),
        cmocka_unit_test(test_single_fades_what_was_missed_and_does_not_take_it_again),
    };
    struct CMUnitTest tests[COUNT(single) + COUNT(parse_rows) + COUNT(side_rows) +
                            COUNT(message_rows)];
    size_t n = 0;

    for (size_t i = 0; i < COUNT(single); i++)
        tests[n++] = single[i];
    for (size_t i = 0; i < COUNT(parse_rows); i++)
        tests[n++] = (struct CMUnitTest){ .name = parse_rows[i].name,
                                          .test_func = check_parse_row,
                                          .initial_state = (void *)&parse_rows[i] };
    for (size_t i = 0; i < COUNT(side_rows); i++)
        tests[n++] = (struct CMUnitTest){ .name = side_rows[i].name,
                                          .test_func = check_side_row,
                                          .initial_state = (void *)&side_rows[i] };
    for (size_t i = 0; i < COUNT(message_rows); i++)
        tests[n++] = (struct CMUnitTest){ .name = message_rows[i].name,
                                          .test_func = check_message_row,
                                          .initial_state = (void *)&message_rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
