/* What a loudspeaker says of a lesson, and what goes when it takes more than a minute. */
#include <string.h>

#include "cmocka_all.h"

#include "base/arena.h"
#include "base/check.h"
#include "bulletin.h"
#include "source.h"
#include "ui/strings.h"

static struct source_lesson lesson;
static struct arena arena;
static struct bulletin b;

static void add_card(const char *text, const char *warning)
{
    struct source_card *card = &lesson.cards[lesson.n_cards++];

    *card = (struct source_card){ .title = { "Trang", 1 }, .text = { text, 1 } };
    card->warns = warning != NULL;
    card->note.text = warning;
}

static int begin(void **state)
{
    (void)state;
    lesson = (struct source_lesson){ .front = { .title = "Giữ kín mã" },
                                     .remember = { "Không đưa cho ai.", 1 } };
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

static void is_spoken(const char *const *want, size_t n)
{
    assert_int_equal(b.n, n);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(b.lines[i].text, want[i]);
}

static void test_greeting_cards_sentence_and_place_stand_in_this_order(void **state)
{
    const char *const want[] = { text_of(T_bul_open),
                                 "Giữ kín mã",
                                 "Mời bà con nghe.",
                                 "Hai.",
                                 "Ba.",
                                 text_of(T_bul_remember),
                                 "Không đưa cho ai.",
                                 text_of(T_bul_where),
                                 "Tối thứ Bảy, bảy giờ." };

    (void)state;
    add_card("Mời {xh} nghe.", NULL);
    add_card("Hai.", NULL);
    add_card("Ba.", NULL);
    add_card("Bốn.", NULL);
    bulletin_choose(&lesson, "Tối thứ Bảy, bảy giờ.", &arena, &b);
    is_spoken(want, COUNT(want));
}

static void test_the_warning_is_told_wherever_it_stands(void **state)
{
    const char *const want[] = { text_of(T_bul_open),
                                 "Giữ kín mã",
                                 "Một.",
                                 "Hai.",
                                 "Năm.",
                                 "Coi chừng!",
                                 text_of(T_bul_remember),
                                 "Không đưa cho ai.",
                                 text_of(T_bul_where) };

    (void)state;
    add_card("Một.", NULL);
    add_card("Hai.", NULL);
    add_card("Ba.", NULL);
    add_card("Bốn.", NULL);
    add_card("Năm.", "Coi chừng!");
    add_card("Sáu.", NULL);
    bulletin_choose(&lesson, NULL, &arena, &b);
    is_spoken(want, COUNT(want));
}

static void test_a_word_card_is_not_told(void **state)
{
    (void)state;
    add_card("Là mã 6 số.", NULL);
    lesson.cards[0].is_word = true;
    lesson.cards[0].say.text = "ô-tê-pê";
    add_card("Hai.", NULL);
    bulletin_choose(&lesson, NULL, &arena, &b);
    assert_int_equal(b.n, 6);
    assert_string_equal(b.lines[2].text, "Hai.");
}

static void set_ms(int card_ms, int other_ms)
{
    for (size_t i = 0; i < b.n; i++)
        b.lines[i].ms = b.lines[i].may_go ? card_ms : other_ms;
}

static void choose_three_cards(void)
{
    add_card("Một.", NULL);
    add_card("Hai.", NULL);
    add_card("Ba.", "Coi chừng!");
    bulletin_choose(&lesson, NULL, &arena, &b);
    assert_int_equal(b.n, 9);
}

static void test_a_minute_to_the_millisecond_loses_nothing(void **state)
{
    (void)state;
    choose_three_cards();
    set_ms(9000, 4000); /* 4 × 9 + 5 × 4 + 8 × 0.5 */
    assert_int_equal(bulletin_ms(&b), BULLETIN_MS_MAX);
    assert_int_equal(bulletin_fit(&b), ERR_OK);
    assert_int_equal(b.n, 9);
}

static void test_one_more_loses_the_last_text_of_the_cards(void **state)
{
    const char *const want[] = { text_of(T_bul_open),
                                 "Giữ kín mã",
                                 "Một.",
                                 "Hai.",
                                 "Ba.",
                                 text_of(T_bul_remember),
                                 "Không đưa cho ai.",
                                 text_of(T_bul_where) };

    (void)state;
    choose_three_cards();
    set_ms(9000, 4000);
    b.lines[0].ms++;
    assert_int_equal(bulletin_fit(&b), ERR_OK);
    is_spoken(want, COUNT(want));
    assert_true(bulletin_ms(&b) <= BULLETIN_MS_MAX);
}

static void test_all_cards_may_go_and_nothing_else(void **state)
{
    (void)state;
    choose_three_cards();
    set_ms(60000, 11600); /* 5 × 11.6 + 4 × 0.5 */
    assert_int_equal(bulletin_fit(&b), ERR_OK);
    assert_int_equal(b.n, 5);
    assert_int_equal(bulletin_ms(&b), BULLETIN_MS_MAX);
}

static void test_what_must_be_said_is_refused_when_it_is_too_long(void **state)
{
    (void)state;
    choose_three_cards();
    set_ms(1000, 11601);
    assert_int_equal(bulletin_fit(&b), ERR_REJECTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
        T(test_greeting_cards_sentence_and_place_stand_in_this_order),
        T(test_the_warning_is_told_wherever_it_stands),
        T(test_a_word_card_is_not_told),
        T(test_a_minute_to_the_millisecond_loses_nothing),
        T(test_one_more_loses_the_last_text_of_the_cards),
        T(test_all_cards_may_go_and_nothing_else),
        T(test_what_must_be_said_is_refused_when_it_is_too_long),
#undef T
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
