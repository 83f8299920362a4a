/* Which days a figure is about, and what that period is called. */
#include <stdio.h>
#include <string.h>

#include "store/figures_private.h"
#include "store/period.h"
#include "store/private.h"

#define LOG_MODULE "figures"
#include "base/log.h"

#define FIRST_YEAR 2025 /* of the campaign: phase 1 begins with it (DOMAIN §3, R27) */
#define LAST_YEAR 2030  /* phase 2 ends with it */

int64_t figures_day(int year, int month, int mday)
{
    char text[24];

    (void)snprintf(text, sizeof(text), "%04d-%02d-%02d", year, month, mday);
    return clock_day_parse(text);
}

/* The first day of the month that is `n` months after that of `year`, `month`. */
static int64_t month_start(int year, int month, int n)
{
    int at = year * 12 + month - 1 + n;

    return figures_day(at / 12, at % 12 + 1, 1);
}

int64_t figures_today(struct db *db, bool *certain_out)
{
    int64_t today = run_need(db) ? -1 : run_day(&db->run, run_mono_ms(db));

    *certain_out = today >= 0;
    if (today >= 0)
        return today;
    today = clock_day(clock_wall_ms(&db->clock)); /* the best guess there is */
    return today > db->build_day ? today : db->build_day;
}

static int64_t phase1_last(struct db *db)
{
    int64_t last;

    if (period_phase1_last(db, &last))
        LOG_WARN("the end of phase 1 cannot be read");
    return last;
}

static struct figure_range months(int year, int month, int n)
{
    return (struct figure_range){ .from_day = month_start(year, month, 0),
                                  .to_day = month_start(year, month, n) - 1 };
}

static void name_months(struct figure_range *r, int year, int month, int n)
{
    switch (n) {
    case 1:
        (void)snprintf(r->period, sizeof(r->period), "%04u-%02u",
                       (unsigned)year % 10000, (unsigned)month % 100);
        break;
    case 3:
        (void)snprintf(r->period, sizeof(r->period), "%04u-Q%u", (unsigned)year % 10000,
                       ((unsigned)month % 100 + 2) / 3);
        break;
    case 6:
        (void)snprintf(r->period, sizeof(r->period), "%04u-H%d", (unsigned)year % 10000,
                       month <= 6 ? 1 : 2);
        break;
    default:
        (void)snprintf(r->period, sizeof(r->period), "%04u", (unsigned)year % 10000);
        break;
    }
}

struct figure_range figure_range_of(struct db *db, int64_t from_day, int64_t to_day)
{
    static const int lengths[] = { 1, 3, 6, 12 };
    struct figure_range r = { .from_day = from_day, .to_day = to_day };
    int64_t p1_last = phase1_last(db);
    int year, month, mday;

    if (to_day < 0) {
        (void)snprintf(r.period, sizeof(r.period), "all");
        return r;
    }
    if (from_day == figures_day(FIRST_YEAR, 1, 1) && to_day == p1_last)
        (void)snprintf(r.period, sizeof(r.period), "P1");
    if (from_day == p1_last + 1 && to_day == figures_day(LAST_YEAR, 12, 31))
        (void)snprintf(r.period, sizeof(r.period), "P2");
    clock_day_civil(from_day, &year, &month, &mday);
    for (size_t i = 0; mday == 1 && !*r.period && i < COUNT(lengths); i++)
        if ((month - 1) % lengths[i] == 0 &&
            to_day == month_start(year, month, lengths[i]) - 1)
            name_months(&r, year, month, lengths[i]);
    return r;
}

struct figure_range figure_range_now(struct db *db, enum figure_now which)
{
    bool certain;
    int64_t today = figures_today(db, &certain);
    int64_t p1_last = phase1_last(db);
    struct figure_range r = { .to_day = -1 };
    int year, month, mday;

    clock_day_civil(today, &year, &month, &mday);
    switch (which) {
    case FIGURE_MONTH:
        r = months(year, month, 1);
        break;
    case FIGURE_QUARTER:
        r = months(year, (month - 1) / 3 * 3 + 1, 3);
        break;
    case FIGURE_HALF:
        r = months(year, month <= 6 ? 1 : 7, 6);
        break;
    case FIGURE_YEAR:
        r = months(year, 1, 12);
        break;
    case FIGURE_PHASE:
        r.from_day = today <= p1_last ? figures_day(FIRST_YEAR, 1, 1) : p1_last + 1;
        r.to_day = today <= p1_last ? p1_last : figures_day(LAST_YEAR, 12, 31);
        break;
    case FIGURE_ALL:
        break;
    }
    return figure_range_of(db, r.from_day, r.to_day);
}

/* How many months a named period has; 0: it is none of months. */
static int months_of(const char *period)
{
    size_t n = strlen(period);

    return n == 4 ? 12 : n != 7 ? 0 : period[5] == 'Q' ? 3 : period[5] == 'H' ? 6 : 1;
}

struct figure_range figure_range_before(struct db *db, const struct figure_range *range)
{
    struct figure_range none = { .from_day = 1, .to_day = 0 };
    int64_t days = range->to_day - range->from_day + 1;
    int n = months_of(range->period), year, month, mday;

    if (range->to_day < 0 || !strcmp(range->period, "P1"))
        return none;
    if (!strcmp(range->period, "P2"))
        return figure_range_of(db, figures_day(FIRST_YEAR, 1, 1), range->from_day - 1);
    if (!n)
        return range->from_day < days
                   ? none
                   : figure_range_of(db, range->from_day - days, range->from_day - 1);
    clock_day_civil(range->from_day, &year, &month, &mday);
    return figure_range_of(db, month_start(year, month, -n), range->from_day - 1);
}
