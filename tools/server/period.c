/* See period.h. */
#include "period.h"

#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"

#define YEAR_MIN 2000
#define YEAR_MAX 2199

static const struct {
    int parts; /* of a year */
    int months;
} kinds[] = {
    [PERIOD_MONTH] = { 12, 1 },
    [PERIOD_QUARTER] = { 4, 3 },
    [PERIOD_HALF] = { 2, 6 },
    [PERIOD_YEAR] = { 1, 12 },
};

static int64_t first_of(int year, int month)
{
    char text[11];

    snprintf(text, sizeof(text), "%04u-%02u-01", (unsigned)year % 10000,
             (unsigned)month % 100);
    return clock_day_parse(text);
}

static struct period make(enum period_kind kind, int year, int part)
{
    struct period p = { .kind = kind, .year = year, .part = part };
    int month;
    int end;

    if (kind == PERIOD_ALL) {
        p.first_day = INT64_MIN;
        p.end_day = INT64_MAX;
        return p;
    }
    month = (part - 1) * kinds[kind].months + 1;
    end = month + kinds[kind].months;
    p.first_day = first_of(year, month);
    p.end_day = end > 12 ? first_of(year + 1, 1) : first_of(year, end);
    return p;
}

static int two_digits(const char *s)
{
    if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
        return -1;
    return (s[0] - '0') * 10 + s[1] - '0';
}

bool period_parse(const char *text, struct period *out)
{
    size_t n = strlen(text);
    enum period_kind kind = PERIOD_YEAR;
    int year;
    int part = 1;

    if (!strcmp(text, "all")) {
        *out = make(PERIOD_ALL, 0, 1);
        return true;
    }
    if ((n != 4 && n != 7) || two_digits(text) < 0 || two_digits(text + 2) < 0)
        return false;
    year = two_digits(text) * 100 + two_digits(text + 2);
    if (n == 7) {
        kind = text[5] == 'Q'   ? PERIOD_QUARTER
               : text[5] == 'H' ? PERIOD_HALF
                                : PERIOD_MONTH;
        part = kind == PERIOD_MONTH ? two_digits(text + 5) : text[6] - '0';
        if (text[4] != '-')
            return false;
    }
    if (year < YEAR_MIN || year > YEAR_MAX || part < 1 || part > kinds[kind].parts)
        return false;
    *out = make(kind, year, part);
    return true;
}

struct period period_of(enum period_kind kind, int64_t day)
{
    int year;
    int month;
    int mday;

    clock_day_civil(day, &year, &month, &mday);
    if (kind == PERIOD_ALL)
        return make(kind, 0, 1);
    return make(kind, year, (month - 1) / kinds[kind].months + 1);
}

struct period period_step(const struct period *p, int steps)
{
    int count;

    if (p->kind == PERIOD_ALL)
        return *p;
    count = p->year * kinds[p->kind].parts + p->part - 1 + steps;
    return make(p->kind, count / kinds[p->kind].parts,
                count % kinds[p->kind].parts + 1);
}

bool period_holds(const struct period *p, int64_t day)
{
    return day >= p->first_day && day < p->end_day;
}

void period_name(const struct period *p, char out[PERIOD_NAME_CHARS])
{
    switch (p->kind) {
    case PERIOD_MONTH:
        snprintf(out, PERIOD_NAME_CHARS, "%04d-%02d", p->year, p->part);
        break;
    case PERIOD_QUARTER:
        snprintf(out, PERIOD_NAME_CHARS, "%04d-Q%d", p->year, p->part);
        break;
    case PERIOD_HALF:
        snprintf(out, PERIOD_NAME_CHARS, "%04d-H%d", p->year, p->part);
        break;
    case PERIOD_YEAR:
        snprintf(out, PERIOD_NAME_CHARS, "%04d", p->year);
        break;
    case PERIOD_ALL:
        snprintf(out, PERIOD_NAME_CHARS, "all");
        break;
    }
}

void period_label(const struct period *p, char out[PERIOD_LABEL_BYTES])
{
    switch (p->kind) {
    case PERIOD_MONTH:
        snprintf(out, PERIOD_LABEL_BYTES, "Tháng %d năm %d", p->part, p->year);
        break;
    case PERIOD_QUARTER:
        snprintf(out, PERIOD_LABEL_BYTES, "Quý %d năm %d", p->part, p->year);
        break;
    case PERIOD_HALF:
        snprintf(out, PERIOD_LABEL_BYTES, "6 tháng %s năm %d",
                 p->part == 1 ? "đầu" : "cuối", p->year);
        break;
    case PERIOD_YEAR:
        snprintf(out, PERIOD_LABEL_BYTES, "Năm %d", p->year);
        break;
    case PERIOD_ALL:
        snprintf(out, PERIOD_LABEL_BYTES, "Từ đầu đến nay");
        break;
    }
}
