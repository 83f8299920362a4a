/* Clocks and the civil calendar (proleptic Gregorian, era arithmetic of 400 years). */
#include "base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define VIETNAM_OFFSET_MS (7LL * 3600 * 1000)
#define DAY_MS (24LL * 3600 * 1000)
#define DAYS_PER_ERA 146097
#define EPOCH_SHIFT_DAYS 719468 /* 0000-03-01 to 1970-01-01 */

static int64_t now_ms(clockid_t id)
{
    struct timespec ts;

    clock_gettime(id, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int64_t real_mono_ms(void *ctx)
{
    (void)ctx;
    return now_ms(CLOCK_BOOTTIME); /* goes on while a laptop sleeps */
}

static int64_t real_wall_ms(void *ctx)
{
    (void)ctx;
    return now_ms(CLOCK_REALTIME);
}

const struct clock clock_real = { real_mono_ms, real_wall_ms, NULL };

bool clock_is_kept(void)
{
    FILE *f = fopen("/sys/class/rtc/rtc0/hctosys", "re");
    bool kept = f && fgetc(f) == '1';

    if (f)
        fclose(f);
    return kept;
}

int64_t clock_mono_ms(const struct clock *c)
{
    return c->mono_ms(c->ctx);
}

int64_t clock_wall_ms(const struct clock *c)
{
    return c->wall_ms(c->ctx);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int64_t clock_day(int64_t wall_ms)
{
    /* a hostile time may be any number: the last hours of int64 are one day */
    if (wall_ms > INT64_MAX - VIETNAM_OFFSET_MS)
        wall_ms = INT64_MAX - VIETNAM_OFFSET_MS;
    return floor_div(wall_ms + VIETNAM_OFFSET_MS, DAY_MS);
}

int64_t clock_day_start(int64_t day)
{
    return day * DAY_MS - VIETNAM_OFFSET_MS;
}

void clock_day_civil(int64_t day, int *year, int *month, int *mday)
{
    int64_t z = day + EPOCH_SHIFT_DAYS;
    int64_t era = floor_div(z, DAYS_PER_ERA);
    int64_t doe = z - era * DAYS_PER_ERA;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;

    *mday = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + era * 400 + (*month <= 2));
}

void clock_day_text(int64_t day, char out[11])
{
    int y;
    int m;
    int d;

    clock_day_civil(day, &y, &m, &d);
    snprintf(out, 11, "%04u-%02u-%02u", (unsigned)y % 10000, (unsigned)m % 100,
             (unsigned)d % 100);
}

static int64_t from_civil(int64_t y, int64_t m, int64_t d)
{
    int64_t shifted = y - (m <= 2);
    int64_t era = floor_div(shifted, 400);
    int64_t yoe = shifted - era * 400;
    int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

    return era * DAYS_PER_ERA + doe - EPOCH_SHIFT_DAYS;
}

int64_t clock_day_parse(const char *text)
{
    char back[11];
    int64_t day;
    int v[10];

    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return -1;
    for (int i = 0; i < 10; i++) {
        v[i] = text[i] - '0';
        if (i != 4 && i != 7 && (v[i] < 0 || v[i] > 9))
            return -1;
    }
    day = from_civil(v[0] * 1000 + v[1] * 100 + v[2] * 10 + v[3], v[5] * 10 + v[6],
                     v[8] * 10 + v[9]);
    if (v[5] * 10 + v[6] > 12)
        return -1;
    clock_day_text(day, back);
    return strcmp(back, text) ? -1 : day;
}
