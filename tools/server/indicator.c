/* Reads them. */
#include "indicator.h"

#include <string.h>

#include "base/check.h"
#include "base/clock.h"

/* "index.e1.2026-h2" */
static bool read_key(const char *key, struct indicator *out)
{
    const char *code = key + strlen(INDICATOR_GROUP), *period = strrchr(code, '.');
    size_t n = period ? (size_t)(period - code) : 0;

    if (n == 0 || n >= sizeof(out->code) || !period[1] ||
        strlen(period + 1) >= sizeof(out->period) || !strchr("ges", code[0]))
        return false;
    memcpy(out->code, code, n);
    memcpy(out->period, period + 1, strlen(period + 1) + 1);
    return true;
}

/* The text up to the next ";" without spaces around; moves `*at` behind it. */
static bool next_part(const char **at, char *out, size_t size)
{
    const char *from = *at + strspn(*at, " ");
    size_t n = strcspn(from, ";"), used = n;

    *at = from + n + (from[n] == ';');
    while (used && from[used - 1] == ' ')
        used--;
    if (used == 0 || used >= size)
        return false;
    memcpy(out, from, used);
    out[used] = 0;
    return true;
}

bool indicator_read(const char *key, const char *value, struct indicator *out,
                    const char **why)
{
    *out = (struct indicator){ .code = "" };
    *why = "not index.code.period, like index.e1.2026-h2; a code begins with g, e or s";
    if (!read_key(key, out))
        return false;
    *why = "not \"name; value; unit; date; source\"";
    if (!next_part(&value, out->name, sizeof(out->name)) ||
        !next_part(&value, out->value, sizeof(out->value)) ||
        !next_part(&value, out->unit, sizeof(out->unit)) ||
        !next_part(&value, out->day, sizeof(out->day)) ||
        !next_part(&value, out->source, sizeof(out->source)) || *value)
        return false;
    *why = "the value is no number, or the date no date";
    return (!strcmp(out->value, "-") ||
            strspn(out->value, "0123456789,.") == strlen(out->value)) &&
           clock_day_parse(out->day) >= 0;
}
