#include "cmocka_all.h"

#include <string.h>
#include <time.h>

#include "base/check.h"
#include "base/clock.h"

static void test_days_agree_with_the_c_library(void **state)
{
    (void)state;
    for (int64_t day = -1000; day < 60000; day += 13) {
        time_t t = (time_t)(day * 86400);
        struct tm tm;
        char want[16];
        char got[11];

        gmtime_r(&t, &tm);
        strftime(want, sizeof(want), "%Y-%m-%d", &tm);
        clock_day_text(day, got);
        assert_string_equal(got, want);
        if (day >= 0)
            assert_int_equal(clock_day_parse(got), day);
    }
}

static void test_the_day_turns_at_five_in_the_afternoon_utc(void **state)
{
    int64_t last_ms = 17LL * 3600 * 1000 - 1; /* 1970-01-01 23:59:59.999 in Vietnam */

    (void)state;
    assert_int_equal(clock_day(last_ms), 0);
    assert_int_equal(clock_day(last_ms + 1), 1);
    assert_int_equal(clock_day(-7LL * 3600 * 1000 - 1), -1);
    assert_true(clock_day(INT64_MAX) > clock_day(INT64_MAX - 24LL * 3600 * 1000));
}

static const struct row {
    const char *name;
    const char *text;
} bad_rows[] = {
    { "the thirtieth of February", "2026-02-30" },
    { "the 29th of February in a common year", "2026-02-29" },
    { "month 13", "2026-13-01" },
    { "month 0", "2026-00-10" },
    { "no leading zero", "2026-1-010" },
    { "slashes", "2026/01/01" },
    { "letters", "2026-aa-01" },
    { "too long", "2026-01-011" },
    { "nothing", "" },
};

static void check_bad(void **state)
{
    const struct row *r = *state;

    assert_int_equal(clock_day_parse(r->text), -1);
}

int main(void)
{
    const struct CMUnitTest plain[] = {
        cmocka_unit_test(test_days_agree_with_the_c_library),
        cmocka_unit_test(test_the_day_turns_at_five_in_the_afternoon_utc),
    };
    struct CMUnitTest tests[COUNT(plain) + COUNT(bad_rows)];
    size_t n = 0;

    for (size_t i = 0; i < COUNT(plain); i++)
        tests[n++] = plain[i];
    for (size_t i = 0; i < COUNT(bad_rows); i++)
        tests[n++] = (struct CMUnitTest){ .name = bad_rows[i].name,
                                          .test_func = check_bad,
                                          .initial_state = (void *)&bad_rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
