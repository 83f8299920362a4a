/* What a server's certificate says of its time, also after the last second of 32 bits. */
#include "cmocka_all.h"

#include "base/check.h"
#include "sync/certificate_date.h"

static const struct row {
    const char *name;
    const char *text;
    int64_t want_s;
} rows[] = {
    { "OpenSSL's way", "Nov 27 16:04:57 2026 GMT", 1795795497 },
    { "a day of one digit", "Jan  9 00:00:00 2030 GMT", 1894147200 },
    { "GnuTLS's way", "2026-11-27 16:04:57 GMT", 1795795497 },
    { "the last second of 32 bits", "Jan 19 03:14:07 2038 GMT", INT32_MAX },
    { "the second after", "Jan 19 03:14:08 2038 GMT", 2147483648 },
    { "a certificate of a century", "Dec 31 23:59:59 2126 GMT", 4954435199 },
    { "without an end (RFC 5280)", "Dec 31 23:59:59 9999 GMT", 253402300799 },
    { "no such month", "Nox 27 16:04:57 2026 GMT", -1 },
    { "two halves of months", "anF 27 16:04:57 2026 GMT", -1 },
    { "no such day", "Feb 30 16:04:57 2026 GMT", -1 },
    { "no such hour", "Nov 27 24:04:57 2026 GMT", -1 },
    { "a negative minute", "Nov 27 16:-4:57 2026 GMT", -1 },
    { "another zone", "Nov 27 16:04:57 2026 +07", -1 },
    { "no zone", "Nov 27 16:04:57 2026", -1 },
    { "something after it", "Nov 27 16:04:57 2026 GMT x", -1 },
    { "before 1970", "Nov 27 16:04:57 1926 GMT", -1 },
    { "nothing", "", -1 },
};

static void check(void **state)
{
    const struct row *r = *state;

    assert_true(certificate_date_s(r->text) == r->want_s);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(rows)];

    for (size_t i = 0; i < COUNT(rows); i++)
        tests[i] = (struct CMUnitTest){ .name = rows[i].name,
                                        .test_func = check,
                                        .initial_state = (void *)(uintptr_t)&rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
