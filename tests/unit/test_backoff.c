/* The schedule of PROTOCOL §4. */
#include "cmocka_all.h"

#include "base/check.h"
#include "sync/backoff.h"

#define MOST UINT32_MAX /* the greatest random number */
#define MINUTE 60000

static const struct row {
    const char *name;
    enum backoff_event event;
    unsigned failures;
    int64_t asked_s;
    uint32_t random;
    int64_t want_ms;
} rows[] = {
    { "the first try may come at once", BACKOFF_BOOT, 0, 0, 0, 0 },
    { "the first try comes within 5 minutes", BACKOFF_BOOT, 0, 0, MOST,
      5 * MINUTE - 1 },
    { "a change is sent when it has settled", BACKOFF_CHANGED, 0, 0, 0, 5000 },
    { "rows that are left go on at once", BACKOFF_MORE, 0, 900, MOST, 0 },
    { "at rest it waits 15 minutes", BACKOFF_DONE, 0, 0, 0, 15 * MINUTE },
    { "at rest it waits at most 20", BACKOFF_DONE, 0, 0, MOST, 20 * MINUTE - 1 },
    { "or what the server asked for", BACKOFF_DONE, 0, 900, MOST, 900000 },
    { "a day is the most it believes", BACKOFF_DONE, 0, 9007199254740991, 0, 86400000 },
    { "a negative wish is none", BACKOFF_DONE, 0, -5, 0, 15 * MINUTE },
    { "a failure may try again at once", BACKOFF_FAILED, 0, 0, 0, 0 },
    { "the first failure waits below 30 s", BACKOFF_FAILED, 0, 0, MOST, 29999 },
    { "the second below a minute", BACKOFF_FAILED, 1, 0, MOST, MINUTE - 1 },
    { "the third below two", BACKOFF_FAILED, 2, 0, MOST, 2 * MINUTE - 1 },
    { "the seventh below 32", BACKOFF_FAILED, 6, 0, MOST, 32 * MINUTE - 1 },
    { "the eighth below an hour", BACKOFF_FAILED, 7, 0, MOST, 60 * MINUTE - 1 },
    { "and so for ever", BACKOFF_FAILED, 4000000000U, 0, MOST, 60 * MINUTE - 1 },
    { "half of the range is half of the wait", BACKOFF_FAILED, 0, 0, 1U << 31, 15000 },
    { "Retry-After is kept", BACKOFF_BUSY, 3, 120, MOST, 120000 },
    { "without it, busy is a failure", BACKOFF_BUSY, 1, -1, MOST, MINUTE - 1 },
};

static void check(void **state)
{
    const struct row *r = *state;

    assert_true(backoff_wait_ms(r->event, r->failures, r->asked_s, r->random) ==
                r->want_ms);
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
