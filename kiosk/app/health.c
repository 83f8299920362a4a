/* Reads the kernel's files. What a board does not have stays unknown and is no fault. */
#include "app/health.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/check.h"

#define LOG_MODULE "health"
#include "base/log.h"

#define PATH_BYTES 512
#define WEAK_NOW 0x1       /* bits of get_throttled: under-voltage now … */
#define WEAK_SINCE 0x10000 /* … and at any time since the machine was switched on */
#define SPARE_MB 200       /* below it the screens say that the card is full */
#define YEARS_MAX 20
#define MB 1048576

/* The first line of a small file. False: it is not there. */
static bool read_line(const char *path, char *out, int size)
{
    FILE *f = fopen(path, "re");
    bool ok = f && fgets(out, size, f);

    if (f)
        fclose(f);
    if (ok)
        out[strcspn(out, "\n")] = 0;
    return ok;
}

static bool read_number(const char *sys, const char *name, int base, long long *out)
{
    char path[PATH_BYTES], text[64], *end;

    (void)snprintf(path, sizeof(path), "%s/%s", sys, name);
    if (!read_line(path, text, sizeof(text)))
        return false;
    *out = strtoll(text, &end, base);
    return end != text;
}

/* Calls `visit` with each folder of `sys`/`name`. */
typedef void folder_visit(const char *folder, void *ctx);

static void each_folder(const char *sys, const char *name, folder_visit *visit,
                        void *ctx)
{
    char path[PATH_BYTES], folder[PATH_BYTES + 260];
    struct dirent *entry;
    DIR *dir;

    (void)snprintf(path, sizeof(path), "%s/%s", sys, name);
    dir = opendir(path);
    while (dir && (entry = readdir(dir))) {
        if (entry->d_name[0] == '.')
            continue;
        (void)snprintf(folder, sizeof(folder), "%s/%s", path, entry->d_name);
        visit(folder, ctx);
    }
    if (dir)
        closedir(dir);
}

/* --- power -------------------------------------------------------------------------- */

static void see_sensor(const char *folder, void *ctx)
{
    char path[PATH_BYTES + 300], name[64];
    long long alarm;

    (void)snprintf(path, sizeof(path), "%s/name", folder);
    if (read_line(path, name, sizeof(name)) && !strcmp(name, "rpi_volt") &&
        read_number(folder, "in0_lcrit_alarm", 10, &alarm))
        *(int *)ctx = alarm != 0;
}

/* The sticky bit says only that it happened; it is told once a boot, as the first time. */
static int read_power(const char *sys, bool seen_today)
{
    long long bits;
    int weak = -1;

    if (read_number(sys, "devices/platform/soc/soc:firmware/get_throttled", 16, &bits))
        return bits & WEAK_NOW || (bits & WEAK_SINCE && !seen_today);
    each_folder(sys, "class/hwmon", see_sensor, &weak);
    return weak;
}

/* --- the card ----------------------------------------------------------------------- */

static void add_errors(const char *folder, void *ctx)
{
    int64_t *sum = ctx;
    long long n;

    if (read_number(folder, "errors_count", 10, &n))
        *sum = (*sum < 0 ? 0 : *sum) + n;
}

/* "0x01 0x03": tenths of the life of two kinds of cells; eMMC and good cards say it. */
static int read_worn(const char *sys)
{
    char path[PATH_BYTES], text[64];
    unsigned a, b;

    (void)snprintf(path, sizeof(path), "%s/block/mmcblk0/device/life_time", sys);
    if (!read_line(path, text, sizeof(text)) || sscanf(text, "%x %x", &a, &b) != 2)
        return -1;
    if (b > a)
        a = b;
    return a == 0 ? -1 : a > 10 ? 100 : (int)a * 10;
}

static enum health_card read_card(const char *sys, int worn_pct)
{
    long long eol;

    if (read_number(sys, "block/mmcblk0/device/pre_eol_info", 16, &eol) && eol >= 1)
        return eol >= 3   ? HEALTH_CARD_WORN
               : eol == 2 ? HEALTH_CARD_OLD
                          : HEALTH_CARD_GOOD;
    if (worn_pct < 0)
        return HEALTH_CARD_UNKNOWN;
    return worn_pct >= 100  ? HEALTH_CARD_WORN
           : worn_pct >= 90 ? HEALTH_CARD_OLD
                            : HEALTH_CARD_GOOD;
}

static int64_t years_of(const struct health *h)
{
    int64_t a_year = h->past.bytes_a_day * 365 / MB;
    int64_t room = h->free_mb - SPARE_MB;

    if (h->free_mb < 0 || h->past.bytes_a_day < 0)
        return -1;
    if (room <= 0)
        return 0;
    return a_year == 0 || room / a_year > YEARS_MAX ? YEARS_MAX : room / a_year;
}

/* --- the rest ----------------------------------------------------------------------- */

static int64_t read_up_s(void)
{
    struct timespec up;

    return clock_gettime(CLOCK_BOOTTIME, &up) ? -1 : (int64_t)up.tv_sec;
}

/* By enum run_trust. */
static enum text_id clock_words(int trust)
{
    static const enum text_id words[] = { T_he_clock_none, T_he_clock_saved,
                                          T_he_clock_staff, T_he_clock_server,
                                          T_he_clock_chip };

    return words[trust >= 0 && trust < (int)COUNT(words) ? trust : 0];
}

void health_read(struct db *db, const char *sys, struct health *out)
{
    long long milli;

    *out = (struct health){ .storage_errors = -1, .temp_c = -1 };
    if (!db || health_past_read(db, &out->past))
        out->past =
            (struct health_past){ .today = -1, .start_day = -1, .bytes_a_day = -1 };
    out->db = db_health(db);
    out->power_weak = read_power(sys, out->past.weak_power > 0);
    if (db && out->power_weak >= 0) {
        if (health_note_power(db, out->power_weak > 0) ||
            health_past_read(db, &out->past))
            LOG_WARN("weak power was seen, but not noted");
    }
    if (read_number(sys, "class/thermal/thermal_zone0/temp", 10, &milli))
        out->temp_c = milli > 0 ? (milli + 500) / 1000 : 0;
    each_folder(sys, "fs/ext4", add_errors, &out->storage_errors);
    out->free_mb = db ? db_free_mb(db) : -1;
    out->years_left = years_of(out);
    out->worn_pct = read_worn(sys);
    out->card = read_card(sys, out->worn_pct);
    out->up_s = read_up_s();
    out->clock = clock_words(out->past.trust);
}
