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

bool bundle_count_period_ok(const char *period)
{
    return period[0] == '?' ? hours_ok(period + 1) : clock_day_parse(period) >= 0;
}

/* What follows the year: nothing, -Qn, -Hn, -MM. */
static bool part_ok(const char *rest)
{
    if (!rest[0])
        return true;
    if (rest[0] != '-' || strlen(rest) != 3)
        return false;
    switch (rest[1]) {
    case 'Q':
        return rest[2] >= '1' && rest[2] <= '4';
    case 'H':
        return rest[2] == '1' || rest[2] == '2';
    case '1':
        return rest[2] >= '0' && rest[2] <= '2';
    case '0':
        return rest[2] >= '1' && rest[2] <= '9';
    default:
        return false;
    }
}

bool bundle_gauge_period_ok(const char *period)
{
    if (strcmp(period, "P1") == 0 || strcmp(period, "P2") == 0 ||
        strcmp(period, "all") == 0)
        return true;
    return strspn(period, DIGITS) == 4 && part_ok(period + 4);
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
