#include "sync/certificate_date.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"

#define MONTHS "JanFebMarAprMayJunJulAugSepOctNovDec"

struct moment {
    int year, month, day, hour, minute, second;
};

/* 1 to 12; 0: no name of a month. */
static int month_of(const char name[4])
{
    const char *at = strlen(name) == 3 ? strstr(MONTHS, name) : NULL;

    return at && (at - MONTHS) % 3 == 0 ? (int)(at - MONTHS) / 3 + 1 : 0;
}

static bool by_openssl(const char *text, struct moment *m)
{
    char name[4];
    int end = 0;

    if (sscanf(text, "%3[A-Za-z] %2d %2d:%2d:%2d %4d GMT%n", name, &m->day, &m->hour,
               &m->minute, &m->second, &m->year, &end) != 6 ||
        !end || text[end])
        return false;
    m->month = month_of(name);
    return m->month != 0;
}

static bool by_gnutls(const char *text, struct moment *m)
{
    int end = 0;

    return sscanf(text, "%4d-%2d-%2d %2d:%2d:%2d GMT%n", &m->year, &m->month, &m->day,
                  &m->hour, &m->minute, &m->second, &end) == 6 &&
           end && !text[end];
}

int64_t certificate_date_s(const char *text)
{
    struct moment m;
    char day_text[16];
    int64_t day;

    if ((!by_openssl(text, &m) && !by_gnutls(text, &m)) || m.year < 0 || m.month < 0 ||
        m.day < 0 || m.hour < 0 || m.hour > 23 || m.minute < 0 || m.minute > 59 ||
        m.second < 0 || m.second > 60)
        return -1;
    (void)snprintf(day_text, sizeof(day_text), "%04d-%02d-%02d", m.year % 10000,
                   m.month % 100, m.day % 100);
    day = clock_day_parse(day_text);
    return day < 0 ? -1 : ((day * 24 + m.hour) * 60 + m.minute) * 60 + m.second;
}
