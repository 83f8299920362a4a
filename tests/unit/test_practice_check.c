/* Every reason why a practice cannot be played, by one spoiled place each. */
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "lesson/practice.h"

enum { START, DIAL, END, CHEAT, LOOK }; /* the screens below */

#define PART(a, b, c, d)                                \
    {                                                   \
        .kind = (a), .text = (b), .act = (c), .to = (d) \
    }
#define BACK PART(PART_BUTTON, "Lại", ACT_GO, PRACTICE_TO_BACK)

static const struct practice good = {
    .title = "Tập",
    .screens = {
        [START] = { .id = "start", .say = "a", .hint = "b", .n_parts = 3,
                    .parts = { PART(PART_APP, "Gọi", ACT_RIGHT, DIAL),
                               PART(PART_ROW, "Quà", ACT_WRONG, CHEAT),
                               PART(PART_SWIPE, "Xem", ACT_GO, LOOK) } },
        [DIAL] = { .id = "dial", .say = "a", .hint = "b", .n_parts = 1,
                   .parts = { PART(PART_DIAL, "0100 1", ACT_RIGHT, END) } },
        [END] = { .id = "end", .say = "a", .n_parts = 1,
                  .parts = { PART(PART_HOLD, "Giữ", ACT_RIGHT, PRACTICE_TO_DONE) } },
        [CHEAT] = { .id = "cheat", .say = "a", .n_parts = 1, .parts = { BACK } },
        [LOOK] = { .id = "look", .say = "a", .n_parts = 1, .parts = { BACK } },
    },
    .n_screens = 5,
};

static struct practice_part *part_of(struct practice *p, size_t screen, size_t part)
{
    return &p->screens[screen].parts[part];
}

static void add_part(struct practice *p, size_t screen, enum practice_act act, int to)
{
    struct practice_screen *s = &p->screens[screen];

    s->parts[s->n_parts++] = (struct practice_part){
        .kind = PART_BUTTON, .text = "Nút", .act = act, .to = to
    };
}

static void add_screen(struct practice *p, const char *id)
{
    p->screens[p->n_screens++] =
        (struct practice_screen){ .id = id, .say = "a", .hint = "b" };
}

static void dead_end(struct practice *p)
{
    p->screens[LOOK].n_parts = 0;
}

static void no_hint(struct practice *p)
{
    p->screens[DIAL].hint = NULL;
}

static void unreachable(struct practice *p)
{
    add_screen(p, "far");
    add_part(p, 5, ACT_GO, PRACTICE_TO_BACK);
}

static void no_end(struct practice *p)
{
    part_of(p, END, 0)->to = DIAL;
}

static void no_end_from_aside(struct practice *p)
{
    add_screen(p, "one");
    add_screen(p, "two");
    add_part(p, START, ACT_GO, 5);
    add_part(p, 5, ACT_RIGHT, 6);
    add_part(p, 6, ACT_RIGHT, 5);
}

static void circle(struct practice *p)
{
    add_part(p, DIAL, ACT_RIGHT, START);
}

/* Not on the way, but nobody asking for hints would leave it. */
static void circle_aside(struct practice *p)
{
    no_end_from_aside(p);
    add_part(p, 5, ACT_GO, PRACTICE_TO_BACK);
}

static void nothing_right_first(struct practice *p)
{
    part_of(p, START, 0)->act = ACT_GO;
    add_part(p, START, ACT_GO, PRACTICE_TO_BACK);
}

static void right_to_nothing_right(struct practice *p)
{
    add_part(p, DIAL, ACT_RIGHT, LOOK);
}

static void nothing_wrong(struct practice *p)
{
    part_of(p, START, 1)->act = ACT_GO;
}

static void wrong_without_consequence(struct practice *p)
{
    part_of(p, START, 1)->to = DIAL;
}

static void wrong_to_the_start(struct practice *p)
{
    add_part(p, DIAL, ACT_WRONG, START);
}

/* The screen it leads to goes on, but not back, and is the way itself. */
static void wrong_without_a_way_back(struct practice *p)
{
    part_of(p, START, 1)->to = END;
}

static void own_screen(struct practice *p)
{
    add_part(p, DIAL, ACT_GO, DIAL);
}

static void wrong_to_the_end(struct practice *p)
{
    part_of(p, START, 1)->to = PRACTICE_TO_DONE;
}

static void looking_ends(struct practice *p)
{
    part_of(p, START, 2)->to = PRACTICE_TO_DONE;
}

static void wrong_back(struct practice *p)
{
    part_of(p, START, 1)->to = PRACTICE_TO_BACK;
}

static void right_back(struct practice *p)
{
    add_part(p, DIAL, ACT_RIGHT, PRACTICE_TO_BACK);
}

static void two_of_one_id(struct practice *p)
{
    p->screens[LOOK].id = "dial";
}

static void two_screens(struct practice *p)
{
    p->n_screens = 2;
}

static void no_number(struct practice *p)
{
    part_of(p, DIAL, 0)->text = "*101#";
}

static void spaces_to_dial(struct practice *p)
{
    part_of(p, DIAL, 0)->text = "  ";
}

static void long_number(struct practice *p)
{
    part_of(p, DIAL, 0)->text = "0100 000 000 000 000 000 0";
}

static void two_numbers(struct practice *p)
{
    add_part(p, DIAL, ACT_NONE, 0);
    *part_of(p, DIAL, 1) = *part_of(p, DIAL, 0);
}

static const struct fault {
    const char *name;
    void (*spoil)(struct practice *p);
    size_t screen; /* that is named */
    const char *why;
} faults[] = {
    { "a dead end", dead_end, LOOK,
      "a dead end: give it a part with => or with -> back" },
    { "no hint where something is right", no_hint, DIAL,
      "no hint: write hint: and what helps here" },
    { "a screen that nothing leads to", unreachable, 5,
      "nothing leads here: give a part of another screen an arrow" },
    { "no way to the end", no_end, START,
      "from here the end is never reached: lead on with =>" },
    { "no way to the end from a screen aside", no_end_from_aside, 5,
      "from here the end is never reached: lead on with =>" },
    { "right parts in a circle", circle, START,
      "right parts lead in a circle: lead one of them on" },
    { "right parts in a circle aside", circle_aside, 5,
      "right parts lead in a circle: lead one of them on" },
    { "nothing right on the first screen", nothing_right_first, START,
      "nothing right on the first screen: give a part =>" },
    { "right that leads to nothing right", right_to_nothing_right, DIAL,
      "“Nút” leads on to where nothing is right: give screen look a part =>" },
    { "nothing that can go wrong", nothing_wrong, START,
      "nothing can go wrong: give a part ~> with its consequence" },
    { "wrong without a consequence of its own", wrong_without_consequence, START,
      "“Quà” has no consequence of its own: lead ~> to a screen that explains it and "
      "has -> back" },
    { "wrong that leads to the start", wrong_to_the_start, DIAL,
      "“Nút” has no consequence of its own: " },
    { "wrong without a way back", wrong_without_a_way_back, START,
      "“Quà” has no consequence of its own: " },
    { "a part that leads to its own screen", own_screen, DIAL,
      "“Nút” leads to its own screen" },
    { "wrong that ends it", wrong_to_the_end, START,
      "“Quà” leads to the end without =>: write => done" },
    { "looking that ends it", looking_ends, START,
      "“Xem” leads to the end without =>: write => done" },
    { "wrong that leads back", wrong_back, START,
      "“Quà” leads back without ->: write -> back" },
    { "right that leads back", right_back, DIAL,
      "“Nút” leads back without ->: write -> back" },
    { "two screens of one id", two_of_one_id, LOOK, "there are two screens dial" },
    { "too few screens", two_screens, 0, "2 screens: at least 3" },
    { "a number with other signs", no_number, DIAL,
      "“*101#” is no number to dial: write up to 24 digits" },
    { "a number of spaces", spaces_to_dial, DIAL, "“  ” is no number to dial" },
    { "a number without end", long_number, DIAL,
      "“0100 000 000 000 000 000 0” is no number to dial" },
    { "two numbers on a screen", two_numbers, DIAL,
      "two numbers to dial: make two screens" },
};

static void check_fault(void **state)
{
    const struct fault *f = *state;
    struct practice *p = check_alloc(sizeof(*p));
    char why[200] = "";
    size_t at = 99;

    *p = good;
    assert_int_equal(practice_check(p, &at, why, sizeof(why)), ERR_OK);
    f->spoil(p);
    assert_int_equal(practice_check(p, &at, why, sizeof(why)), ERR_REJECTED);
    if (!strstr(why, f->why))
        fail_msg("wanted %s, got %s", f->why, why);
    assert_int_equal(at, f->screen);
    assert_int_equal(practice_check(p, &at, NULL, 0), ERR_REJECTED);
    free(p);
}

/* 20 screens with 12 right parts each, all to the next: 12^19 ways. */
static void test_a_net_of_right_parts_is_measured_at_once(void **state)
{
    static const char *const ids[PRACTICE_SCREENS_MAX] = { "a", "b", "c", "d", "e",
                                                           "f", "g", "h", "i", "j",
                                                           "k", "l", "m", "n", "o",
                                                           "p", "q", "r", "s", "t" };
    struct practice *p = check_alloc(sizeof(*p));
    const struct practice_state first = { 0 };
    size_t at, n;

    (void)state;
    *p = (struct practice){ .title = "Tập" };
    for (size_t i = 0; i < PRACTICE_SCREENS_MAX; i++)
        add_screen(p, ids[i]);
    for (size_t i = 0; i + 1 < PRACTICE_SCREENS_MAX; i++)
        for (size_t k = 0; k < PRACTICE_PARTS_MAX; k++)
            add_part(p, i, ACT_RIGHT, (int)i + 1);
    add_part(p, PRACTICE_SCREENS_MAX - 1, ACT_RIGHT, PRACTICE_TO_DONE);
    practice_progress(p, &first, &at, &n);
    assert_int_equal(at, 0);
    assert_int_equal(n, PRACTICE_SCREENS_MAX);
    free(p);
}

int main(void)
{
    const struct CMUnitTest whole[] = {
        cmocka_unit_test(test_a_net_of_right_parts_is_measured_at_once),
    };
    struct CMUnitTest tests[COUNT(faults)];

    for (size_t i = 0; i < COUNT(faults); i++)
        tests[i] =
            (struct CMUnitTest){ .name = faults[i].name,
                                 .test_func = check_fault,
                                 .initial_state = (void *)(uintptr_t)&faults[i] };
    return cmocka_run_group_tests(whole, NULL, NULL) +
           cmocka_run_group_tests(tests, NULL, NULL);
}
