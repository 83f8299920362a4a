/* The grammar of ids, periods and dims. */
#include "wire/bundle.h"

#include <string.h>

#include "base/clock.h"

#define ID_CHARS "abcdefghijklmnopqrstuvwxyz0123456789._-"
#define DIGITS "0123456789"
#define HOURS_DIGITS_MAX 7 /* more hours than a thousand years have */

static bool id_of(const char *s, size_t n)
{
    return n >= 1 && n <= BUNDLE_ID_MAX && strspn(s, ID_CHARS) >= n;
}

bool bundle_id_ok(const char *id)
{
    return id_of(id, strlen(id));
}

static bool hours_ok(const char *s)
{
    size_t n = strspn(s, DIGITS);

    return n >= 1 && n <= HOURS_DIGITS_MAX && s[n] == 0 && (s[0] != '0' || n == 1);
}

bool bundle_period_ok(const char *period)
{
    const char *rest;

    if (period[0] == '?')
        return hours_ok(period + 1);
    if (strcmp(period, "P1") == 0 || strcmp(period, "P2") == 0 ||
        strcmp(period, "all") == 0)
        return true;
    if (strspn(period, DIGITS) != 4)
        return false;
    rest = period + 4;
    switch (strlen(rest)) {
    case 0:
        return true;
    case 3: /* -Qn, -Hn, -MM */
        if (rest[1] == 'Q')
            return rest[0] == '-' && rest[2] >= '1' && rest[2] <= '4';
        if (rest[1] == 'H')
            return rest[0] == '-' && rest[2] >= '1' && rest[2] <= '2';
        return rest[0] == '-' &&
               ((rest[1] == '0' && rest[2] >= '1' && rest[2] <= '9') ||
                (rest[1] == '1' && rest[2] >= '0' && rest[2] <= '2'));
    default:
        return clock_day_parse(period) >= 0;
    }
}

/* "name=code" of `n` characters. */
static bool pair_ok(const char *s, size_t n, size_t *n_name_out)
{
    const char *equals = memchr(s, '=', n);

    *n_name_out = equals ? (size_t)(equals - s) : 0;
    return equals && id_of(s, *n_name_out) && id_of(equals + 1, n - *n_name_out - 1);
}

bool bundle_dims_ok(const char *dims)
{
    const char *second;
    size_t n = strcspn(dims, ";");
    size_t n_first;
    size_t n_second;
    int order;

    if (strcmp(dims, "-") == 0)
        return true;
    if (!pair_ok(dims, n, &n_first))
        return false;
    if (dims[n] == 0)
        return true;
    second = dims + n + 1;
    if (!pair_ok(second, strlen(second), &n_second))
        return false;
    order = strncmp(dims, second, n_first < n_second ? n_first : n_second);
    return order < 0 || (order == 0 && n_first < n_second);
}
