/* Ids, periods and dims: what is let through and what is not. */
#include "cmocka_all.h"

#include <stdbool.h>

#include "base/check.h"
#include "wire/bundle.h"

enum field { ID, PERIOD, DIMS };

static const struct row {
    const char *name;
    enum field field;
    const char *text;
    bool ok;
} rows[] = {
    { "a lesson", ID, "m09-b03", true },
    { "a module", ID, "m09", true },
    { "all signs of the grammar", ID, "a.z_0-9", true },
    { "32 characters", ID, "abcdefghijklmnopqrstuvwxyz012345", true },
    { "33 characters", ID, "abcdefghijklmnopqrstuvwxyz0123456", false },
    { "an empty id", ID, "", false },
    { "capitals", ID, "M09", false },
    { "a space", ID, "m09 b03", false },
    { "a quote", ID, "m09'", false },
    { "a tag", ID, "<b>", false },
    { "Vietnamese letters", ID, "b\xc3\xa0i", false },
    { "a line feed at the end", ID, "m09\n", false },

    { "a day", PERIOD, "2026-11-22", true },
    { "the day of a leap year", PERIOD, "2028-02-29", true },
    { "a day that is not", PERIOD, "2026-02-29", false },
    { "a 13th month", PERIOD, "2026-13-01", false },
    { "a day in other order", PERIOD, "22-11-2026", false },
    { "a month", PERIOD, "2026-11", true },
    { "month 0", PERIOD, "2026-00", false },
    { "month 13", PERIOD, "2026-13", false },
    { "a quarter", PERIOD, "2026-Q4", true },
    { "quarter 5", PERIOD, "2026-Q5", false },
    { "a half-year", PERIOD, "2026-H2", true },
    { "half-year 3", PERIOD, "2026-H3", false },
    { "half-year with another stroke", PERIOD, "2026/H2", false },
    { "a year", PERIOD, "2026", true },
    { "a year of five digits", PERIOD, "20266", false },
    { "a year of three digits", PERIOD, "202", false },
    { "phase 1", PERIOD, "P1", true },
    { "phase 2", PERIOD, "P2", true },
    { "phase 3", PERIOD, "P3", false },
    { "all", PERIOD, "all", true },
    { "all and more", PERIOD, "all2", false },
    { "an hour of an undated run", PERIOD, "?0", true },
    { "hour 1234567", PERIOD, "?1234567", true },
    { "a question mark alone", PERIOD, "?", false },
    { "a leading zero", PERIOD, "?03", false },
    { "a negative hour", PERIOD, "?-3", false },
    { "an hour without end", PERIOD, "?99999999999999999999", false },
    { "an empty period", PERIOD, "", false },
    { "one letter", PERIOD, "P", false },

    { "no dims", DIMS, "-", true },
    { "one pair", DIMS, "thon=t07", true },
    { "two pairs in order", DIMS, "sex=f;thon=t07", true },
    { "two pairs out of order", DIMS, "thon=t07;sex=f", false },
    { "a name twice", DIMS, "sex=f;sex=m", false },
    { "a name that begins like the other", DIMS, "se=1;sex=f", true },
    { "the longer name first", DIMS, "sex=f;se=1", false },
    { "three pairs", DIMS, "a=1;b=2;c=3", false },
    { "a pair without code", DIMS, "sex=", false },
    { "a pair without name", DIMS, "=f", false },
    { "no equals sign", DIMS, "sex", false },
    { "a semicolon at the end", DIMS, "sex=f;", false },
    { "a semicolon at the start", DIMS, ";sex=f", false },
    { "two equals signs", DIMS, "sex=f=g", false },
    { "empty dims", DIMS, "", false },
    { "a code with a space", DIMS, "sex=f ", false },
};

static void check(void **state)
{
    const struct row *r = *state;
    bool ok = r->field == ID ? bundle_id_ok(r->text)
              : r->field == PERIOD
                  ? bundle_count_period_ok(r->text) || bundle_gauge_period_ok(r->text)
                  : bundle_dims_ok(r->text);

    assert_int_equal(ok, r->ok);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(rows)];

    for (size_t i = 0; i < COUNT(rows); i++)
        tests[i] = (struct CMUnitTest){ .name = rows[i].name,
                                        .test_func = check,
                                        .initial_state = (void *)&rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
