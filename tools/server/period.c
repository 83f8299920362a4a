/* See period.h. */
#include "period.h"

#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"

#define YEAR_MIN 2000
#define YEAR_MAX 2199
#define PHASE2_FIRST "2028-01-01" /* kiosks may have been told another day */

static const struct {
    int parts; /* of a year */
    int months;
} kinds[] = {
    [PERIOD_MONTH] = { 12, 1 }, [PERIOD_QUARTER] = { 4, 3 }, [PERIOD_HALF] = { 2, 6 },
    [PERIOD_YEAR] = { 1, 12 },  [PERIOD_PHASE] = { 2, 0 },
};

static int64_t first_of(int year, int month)
{
    char text[11];

    snprintf(text, sizeof(text), "%04u-%02u-01", (unsigned)year % 10000,
             (unsigned)month % 100);
    return clock_day_parse(text);
}

static struct period phase(int part)
{
    int64_t border = clock_day_parse(PHASE2_FIRST);

    return (struct period){ .kind = PERIOD_PHASE,
                            .part = part,
                            .first_day = part == 1 ? INT64_MIN : border,
                            .end_day = part == 1 ? border : INT64_MAX };
}

static struct period range(int64_t first_day, int64_t end_day)
{
    struct period p = {
        .kind = PERIOD_RANGE, .part = 1, .first_day = first_day, .end_day = end_day
    };
    int month;
    int mday;

    clock_day_civil(end_day - 1, &p.year, &month, &mday);
    return p;
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

/* "2026-11-01..2026-11-22" */
static bool parse_range(const char *text, struct period *out)
{
    char first[11];
    int64_t first_day;
    int64_t last_day;

    if (strlen(text) != 22 || memcmp(text + 10, "..", 2) != 0)
        return false;
    snprintf(first, sizeof(first), "%.10s", text);
    first_day = clock_day_parse(first);
    last_day = clock_day_parse(text + 12);
    if (first_day < first_of(YEAR_MIN, 1) || last_day < first_day ||
        last_day >= first_of(YEAR_MAX, 12) ||
        last_day - first_day >= PERIOD_RANGE_DAYS_MAX)
        return false;
    *out = range(first_day, last_day + 1);
    return true;
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
    if (!strcmp(text, "P1") || !strcmp(text, "P2")) {
        *out = phase(text[1] - '0');
        return true;
    }
    if (parse_range(text, out))
        return true;
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
    if (kind == PERIOD_PHASE)
        return phase(day < clock_day_parse(PHASE2_FIRST) ? 1 : 2);
    if (kind == PERIOD_RANGE) /* this month, as far as it has come */
        return range(first_of(year, month), day + 1);
    return make(kind, year, (month - 1) / kinds[kind].months + 1);
}

struct period period_step(const struct period *p, int steps)
{
    int count;

    if (p->kind == PERIOD_ALL)
        return *p;
    if (p->kind == PERIOD_PHASE)
        return phase(p->part + steps < 1   ? 1
                     : p->part + steps > 2 ? 2
                                           : p->part + steps);
    if (p->kind == PERIOD_RANGE)
        return range(p->first_day + steps * (p->end_day - p->first_day),
                     p->end_day + steps * (p->end_day - p->first_day));
    count = p->year * kinds[p->kind].parts + p->part - 1 + steps;
    return make(p->kind, count / kinds[p->kind].parts,
                count % kinds[p->kind].parts + 1);
}

bool period_before(const struct period *p, struct period *out)
{
    *out = period_step(p, -1);
    return out->end_day < p->end_day;
}

bool period_holds(const struct period *p, int64_t day)
{
    return day >= p->first_day && day < p->end_day;
}

void period_days(const struct period *p, struct period_days *out)
{
    *out = (struct period_days){ "0000-00-00", "9999-99-99" };
    if (p->kind == PERIOD_ALL)
        return;
    clock_day_text(p->first_day, out->first);
    clock_day_text(p->end_day - 1, out->last);
}

void period_days_reach(struct period_days *days, const char first[11],
                       const char last[11])
{
    if (strcmp(first, days->first) < 0)
        memcpy(days->first, first, sizeof(days->first));
    if (strcmp(last, days->last) > 0)
        memcpy(days->last, last, sizeof(days->last));
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
    case PERIOD_PHASE:
        snprintf(out, PERIOD_NAME_CHARS, "P%d", p->part);
        break;
    case PERIOD_RANGE:
        clock_day_text(p->first_day, out);
        out[10] = out[11] = '.';
        clock_day_text(p->end_day - 1, out + 12);
        break;
    default:
        snprintf(out, PERIOD_NAME_CHARS, "all");
        break;
    }
}

static void label_days(const struct period *p, char out[PERIOD_LABEL_BYTES])
{
    int year[2];
    int month[2];
    int mday[2];

    clock_day_civil(p->first_day, &year[0], &month[0], &mday[0]);
    clock_day_civil(p->end_day - 1, &year[1], &month[1], &mday[1]);
    snprintf(out, PERIOD_LABEL_BYTES, "%d/%d/%d – %d/%d/%d", mday[0], month[0], year[0],
             mday[1], month[1], year[1]);
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
    case PERIOD_PHASE:
        snprintf(out, PERIOD_LABEL_BYTES, "%s",
                 p->part == 1 ? "Giai đoạn 1 (đến hết 2027)" : "Giai đoạn 2 (từ 2028)");
        break;
    case PERIOD_RANGE:
        label_days(p, out);
        break;
    default:
        snprintf(out, PERIOD_LABEL_BYTES, "Từ đầu đến nay");
        break;
    }
}
