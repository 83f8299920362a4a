/* Reads and writes them. */
#include "record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/json.h"

#define NUMBER_MAX 10000000
#define CODE_MAX 16

/* "target.g2.2026-h2": the two parts after the group. */
static bool read_key(const char *key, struct record *out)
{
    const char *code = strchr(key, '.') + 1, *period = strrchr(code, '.');
    size_t n = period ? (size_t)(period - code) : 0;

    out->is_base = !strncmp(key, "base.", 5);
    if (n == 0 || n > CODE_MAX || !period[1] ||
        strlen(period + 1) >= sizeof(out->period))
        return false;
    memcpy(out->code, code, n);
    out->code[n] = 0;
    if (!out->is_base && !strcmp(out->code, "all"))
        out->code[0] = 0;
    snprintf(out->period, sizeof(out->period), "%s", period + 1);
    for (char *c = out->period; *c; c++) /* keys are small letters */
        if (*c == 'h' || *c == 'q' || *c == 'p')
            *c = (char)(*c - 'a' + 'A');
    return true;
}

static bool is_year(const char *text)
{
    return strspn(text, "0123456789") == 4 && text[0] == '2';
}

static bool period_ok(const struct record *r)
{
    const char *p = r->period;
    size_t n = strlen(p);

    if (r->is_base)
        return n == 4 && is_year(p);
    if (!strcmp(p, "P1") || !strcmp(p, "P2"))
        return true;
    if (!is_year(p) || (n != 4 && (n != 7 || p[4] != '-')))
        return false;
    return n == 4 || (p[5] == 'H' && (p[6] == '1' || p[6] == '2')) ||
           (p[5] == 'Q' && p[6] >= '1' && p[6] <= '4') ||
           (p[5] == '0' && p[6] >= '1' && p[6] <= '9') ||
           (p[5] == '1' && p[6] >= '0' && p[6] <= '2');
}

/* The text up to the next ";" without spaces around; moves `*at` behind it. */
static bool next_part(const char **at, char *out, size_t size)
{
    const char *from = *at + strspn(*at, " ");
    size_t n = strcspn(from, ";");
    size_t used = n;

    *at = from + n + (from[n] == ';');
    while (used && from[used - 1] == ' ')
        used--;
    if (used >= size)
        return false;
    memcpy(out, from, used);
    out[used] = 0;
    return used > 0;
}

static bool read_number(const char *text, bool may_lack, int64_t *out)
{
    char *end;

    *out = -1;
    if (may_lack && !strcmp(text, "-"))
        return true;
    if (text[0] < '0' || text[0] > '9')
        return false;
    *out = strtoll(text, &end, 10);
    return !*end && *out <= NUMBER_MAX;
}

bool record_read(const char *key, const char *value, struct record *out,
                 const char **why)
{
    char part[24];
    size_t n_numbers;

    *out = (struct record){ .is_base = false };
    *why = "not group.code.period, like target.g2.2026-h2 or base.t01.2026";
    if (!read_key(key, out) || !period_ok(out))
        return false;
    n_numbers = out->is_base ? 3 : 1;
    *why = "not \"number; date; text\" (a base: three numbers first)";
    for (size_t i = 0; i < n_numbers; i++)
        if (!next_part(&value, part, sizeof(part)) ||
            !read_number(part, out->is_base, &out->numbers[i]))
            return false;
    if (!next_part(&value, out->day, sizeof(out->day)) || clock_day_parse(out->day) < 0)
        return false;
    if (!next_part(&value, out->text, sizeof(out->text)) || *value)
        return false;
    *why = "more adults than people";
    return !out->is_base || out->numbers[1] < 0 || out->numbers[2] <= out->numbers[1];
}

void record_json(const struct record *r, struct buf *out)
{
    static const char *const names[] = { "households", "people", "adults" };

    json_open(out, NULL, '{');
    json_put_text(out, r->is_base ? "thon" : "group", r->code);
    if (r->is_base) {
        json_put_int(out, "year", strtoll(r->period, NULL, 10));
        for (size_t i = 0; i < COUNT(names); i++)
            if (r->numbers[i] >= 0)
                json_put_int(out, names[i], r->numbers[i]);
    } else {
        json_put_text(out, "period", r->period);
        json_put_int(out, "value", r->numbers[0]);
    }
    json_put_text(out, r->is_base ? "day" : "due", r->day);
    json_put_text(out, r->is_base ? "source" : "document", r->text);
    json_close(out, '}');
}
