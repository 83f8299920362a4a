/* Lives that ended badly are told apart by the kernel's name of the boot: another one
 * means that the machine went off, the same one that only the program did. */
#include "store/health.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/journal.h"
#include "store/private.h"

#define LOG_MODULE "health"
#include "base/log.h"

#define KEY_ALIVE "health.alive" /* boot of a life that has not ended well (yet) */
#define KEY_POWER_CUTS "health.power_cuts"
#define KEY_RESTARTS "health.restarts"
#define KEY_WEAK "health.weak"         /* "<day> <run> <times> <now>" */
#define KEY_PASSPORT "health.passport" /* "<day> <why>" */
#define PASSPORT_DAYS 7                /* that staff are told */
#define DAYS_MIN 14                    /* before growth says anything */

static int64_t number(struct db *db, const char *key)
{
    return strtoll(db_setting(db, key, "0"), NULL, 10);
}

static enum err set_number(struct db *db, const char *key, int64_t n)
{
    char text[24];

    (void)snprintf(text, sizeof(text), "%" PRId64, n);
    return db_set(db, key, text);
}

enum err health_begin(struct db *db)
{
    char boot[RUN_BOOT_CHARS], before[RUN_BOOT_CHARS];
    enum err err = ERR_OK;

    if (!db)
        return ERR_CORRUPT;
    run_boot_id(boot);
    (void)snprintf(before, sizeof(before), "%s", db_setting(db, KEY_ALIVE, ""));
    if (*before) {
        const char *key = strcmp(before, boot) != 0 ? KEY_POWER_CUTS : KEY_RESTARTS;

        LOG_WARN("the last life ended by %s",
                 strcmp(before, boot) != 0 ? "a power cut" : "a crash");
        err = set_number(db, key, number(db, key) + 1);
    }
    return err ? err : db_set(db, KEY_ALIVE, *boot ? boot : "unknown");
}

void health_end(struct db *db)
{
    if (db && db_set(db, KEY_ALIVE, ""))
        LOG_WARN("the end is not noted: the next start takes it for a crash");
}

/* --- weak power --------------------------------------------------------------------- */

struct weak {
    long long day, run, times;
    int now;
};

static struct weak read_weak(struct db *db)
{
    struct weak w = { .day = -1 };

    if (sscanf(db_setting(db, KEY_WEAK, ""), "%lld %lld %lld %d", &w.day, &w.run,
               &w.times, &w.now) != 4)
        w = (struct weak){ .day = -1 };
    return w;
}

/* Does what was counted still belong to "today"? */
static bool is_today(const struct db *db, const struct weak *w, int64_t today)
{
    return w->day == today && (today >= 0 || w->run == db->run.ord);
}

static int64_t today_of(const struct db *db)
{
    return run_day(&db->run, run_mono_ms(db));
}

enum err health_note_power(struct db *db, bool weak)
{
    int64_t today = today_of(db);
    struct weak w = read_weak(db);
    char text[96];

    if ((w.now != 0) == weak && (!weak || is_today(db, &w, today)))
        return ERR_OK;
    if (!is_today(db, &w, today))
        w.times = 0;
    if (weak)
        w.times++;
    (void)snprintf(text, sizeof(text), "%" PRId64 " %" PRId64 " %lld %d", today,
                   db->run.ord, w.times, weak);
    return db_set(db, KEY_WEAK, text);
}

/* --- passports ---------------------------------------------------------------------- */

struct refused {
    long long day;
    int why;
};

static struct refused read_refused(struct db *db)
{
    struct refused r = { 0 };

    if (sscanf(db_setting(db, KEY_PASSPORT, ""), "%lld %d", &r.day, &r.why) != 2)
        r = (struct refused){ -1, 0 };
    return r;
}

enum err health_note_passport(struct db *db, int why)
{
    struct refused was = read_refused(db);
    int64_t today = today_of(db);
    char text[48];

    if (was.why == why && was.day == today)
        return ERR_OK;
    (void)snprintf(text, sizeof(text), "%" PRId64 " %d", today, why);
    return db_set(db, KEY_PASSPORT, text);
}

static void read_passport(struct db *db, struct health_past *out)
{
    struct refused r = read_refused(db);

    out->passport_day = r.day;
    if (r.day < 0 || out->today < 0 || out->today - r.day <= PASSPORT_DAYS)
        out->passport = r.why;
}

/* --- all of it ---------------------------------------------------------------------- */

static enum err read_growth(struct db *db, struct health_past *out)
{
    int64_t pages, page_bytes;
    enum err err = db_int(db,
                          db_stmt(db, "SELECT day FROM event WHERE day IS NOT NULL"
                                      " ORDER BY seq LIMIT 1"),
                          -1, &out->start_day);

    out->bytes_a_day = -1;
    if (!err)
        err = db_int(db, db_stmt(db, "SELECT page_count FROM pragma_page_count"), 0,
                     &pages);
    if (!err)
        err = db_int(db, db_stmt(db, "SELECT page_size FROM pragma_page_size"), 0,
                     &page_bytes);
    if (!err && out->start_day >= 0 && out->today - out->start_day >= DAYS_MIN)
        out->bytes_a_day = pages * page_bytes / (out->today - out->start_day);
    return err;
}

enum err health_past_read(struct db *db, struct health_past *out)
{
    const char *note;
    struct weak w;

    *out = (struct health_past){ .today = -1, .start_day = -1, .bytes_a_day = -1 };
    if (!db)
        return ERR_CORRUPT;
    w = read_weak(db);
    out->today = today_of(db);
    out->trust = db->run.trust;
    out->uncertainty_ms = db->run.uncertainty_ms;
    out->power_cuts = number(db, KEY_POWER_CUTS);
    out->restarts = number(db, KEY_RESTARTS);
    out->weak_power = is_today(db, &w, out->today) ? w.times : 0;
    read_passport(db, out);
    note = db_setting(db, "note_database", "");
    out->put_back_from_copy = !strcmp(note, "restored");
    out->begun_anew = !strcmp(note, "empty");
    return read_growth(db, out);
}
