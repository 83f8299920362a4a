/* From days to periods. */
#include "store/period.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "store/private.h"

#define HOUR_MS 3600000
#define PHASE1_LAST_DAY 21183 /* 2027-12-31, while no curriculum said otherwise */

void period_of(int64_t day, int64_t mono_ms, char out[PERIOD_BYTES])
{
    if (day >= 0)
        clock_day_text(day, out);
    else
        (void)snprintf(out, PERIOD_BYTES, "?%" PRId64, mono_ms / HOUR_MS);
}

enum err period_phase1_last(struct db *db, int64_t *out)
{
    return db_int(db, db_stmt(db, "SELECT last_day FROM phase WHERE name = 'P1'"),
                  PHASE1_LAST_DAY, out);
}

enum err periods_of(struct db *db, int64_t day, struct periods *out)
{
    int year, month, mday;
    int64_t phase1_last;
    enum err err;

    memset(out, 0, sizeof(*out));
    (void)snprintf(out->text[out->n++], PERIOD_BYTES, "all");
    if (day < 0)
        return ERR_OK;
    err = period_phase1_last(db, &phase1_last);
    clock_day_civil(day, &year, &month, &mday);
    ASSERT(year >= 0 && year <= 9999);
    (void)snprintf(out->text[out->n++], PERIOD_BYTES, "%04u-%02u",
                   (unsigned)year % 10000, (unsigned)month % 100);
    (void)snprintf(out->text[out->n++], PERIOD_BYTES, "%04u-Q%u",
                   (unsigned)year % 10000, ((unsigned)month % 100 + 2) / 3);
    (void)snprintf(out->text[out->n++], PERIOD_BYTES, "%04u-H%d",
                   (unsigned)year % 10000, month <= 6 ? 1 : 2);
    (void)snprintf(out->text[out->n++], PERIOD_BYTES, "%04u", (unsigned)year % 10000);
    (void)snprintf(out->text[out->n++], PERIOD_BYTES, "%s",
                   day <= phase1_last ? "P1" : "P2");
    return err;
}
