/* See span.h. Periods are those of period.c. */
#include "span.h"

#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "period.h"

#define PHASE1_FIRST "2025-01-01" /* the plan's own years: 2025 to 2030 */
#define PHASE2_LAST "2030-12-31"
#define DAY_CHARS 10

static void of_period(const struct period *p, struct span *out)
{
    char name[PERIOD_NAME_CHARS];

    period_name(p, name);
    *out = (struct span){ .is_all = p->kind == PERIOD_ALL,
                          .first_day = p->first_day,
                          .end_day = p->end_day };
    snprintf(out->name, sizeof(out->name), "%s", name);
    period_label(p, out->label);
}

static void of_phase(int which, int64_t phase1_last, struct span *out)
{
    int64_t first = which == 1 ? clock_day_parse(PHASE1_FIRST) : phase1_last + 1;
    int64_t last = which == 1 ? phase1_last : clock_day_parse(PHASE2_LAST);
    int from, to, month, mday;

    *out = (struct span){ .first_day = first, .end_day = last + 1 };
    clock_day_civil(first, &from, &month, &mday);
    clock_day_civil(last, &to, &month, &mday);
    snprintf(out->name, sizeof(out->name), "P%d", which);
    snprintf(out->label, sizeof(out->label), "Giai đoạn %d (%d - %d)", which, from, to);
}

/* A period or phase of exactly these days. */
static bool named(int64_t first, int64_t end, int64_t phase1_last, struct span *out)
{
    static const enum period_kind kinds[] = { PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF,
                                              PERIOD_YEAR };

    for (size_t i = 0; i < COUNT(kinds); i++) {
        struct period p = period_of(kinds[i], first);

        of_period(&p, out);
        if (out->first_day == first && out->end_day == end)
            return true;
    }
    for (int which = 1; which <= 2; which++) {
        of_phase(which, phase1_last, out);
        if (out->first_day == first && out->end_day == end)
            return true;
    }
    return false;
}

static void of_days(int64_t first, int64_t end, int64_t phase1_last, struct span *out)
{
    char from[11], to[11];
    int y, m, d, y2, m2, d2;

    if (named(first, end, phase1_last, out))
        return;
    clock_day_text(first, from);
    clock_day_text(end - 1, to);
    clock_day_civil(first, &y, &m, &d);
    clock_day_civil(end - 1, &y2, &m2, &d2);
    *out = (struct span){ .is_free = true, .first_day = first, .end_day = end };
    snprintf(out->name, sizeof(out->name), "%s..%s", from, to);
    snprintf(out->label, sizeof(out->label),
             "Từ ngày %02d/%02d/%d đến ngày %02d/%02d/%d", d, m, y, d2, m2, y2);
}

/* Those that gauges have; phases and free days are read here, by the day that is set. */
static bool parse_named(const char *text, struct period *out)
{
    return period_parse(text, out) && out->kind < PERIOD_PHASE;
}

bool span_parse(const char *text, int64_t phase1_last, struct span *out)
{
    struct period p;
    char from[DAY_CHARS + 1] = "";
    int64_t first, last;

    if (!strcmp(text, "P1") || !strcmp(text, "P2")) {
        of_phase(text[1] - '0', phase1_last, out);
        return out->end_day > out->first_day;
    }
    if (parse_named(text, &p)) {
        of_period(&p, out);
        return true;
    }
    if (strlen(text) != 2 * DAY_CHARS + 2 || strncmp(text + DAY_CHARS, "..", 2) != 0)
        return false;
    memcpy(from, text, DAY_CHARS);
    first = clock_day_parse(from);
    last = clock_day_parse(text + DAY_CHARS + 2);
    if (first < 0 || last < first)
        return false;
    of_days(first, last + 1, phase1_last, out);
    return true;
}

bool span_before(const struct span *s, int64_t phase1_last, struct span *out)
{
    struct period p;

    if (s->is_all || !strcmp(s->name, "P1"))
        return false;
    if (!strcmp(s->name, "P2")) {
        of_phase(1, phase1_last, out);
        return true;
    }
    if (parse_named(s->name, &p)) {
        p = period_step(&p, -1);
        of_period(&p, out);
        return true;
    }
    if (2 * s->first_day - s->end_day < 0)
        return false;
    of_days(2 * s->first_day - s->end_day, s->first_day, phase1_last, out);
    return true;
}

bool span_holds(const struct span *s, int64_t day)
{
    return day >= s->first_day && day < s->end_day;
}
