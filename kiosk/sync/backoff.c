/* The schedule. Whoever keeps the time: the caller. */
#include "sync/backoff.h"

#include "base/check.h"

#define SECOND_MS 1000LL
#define MINUTE_MS (60 * SECOND_MS)
#define FIRST_WITHIN_MS (5 * MINUTE_MS)
#define REST_MS (15 * MINUTE_MS)
#define REST_SPREAD_MS (5 * MINUTE_MS)
#define SETTLE_MS (5 * SECOND_MS) /* the end of a lesson is several changes */
#define FAILED_MS (30 * SECOND_MS)
#define FAILED_MAX_MS (60 * MINUTE_MS)
#define FAILED_DOUBLINGS_MAX 7 /* 30 s * 2^7 is beyond an hour */
#define ASKED_MAX_S 86400

/* Uniform in [0, below). */
static int64_t spread(int64_t below, uint32_t random)
{
    return (int64_t)(((uint64_t)below * random) >> 32);
}

static int64_t after_failure(unsigned failures, uint32_t random)
{
    unsigned n = failures < FAILED_DOUBLINGS_MAX ? failures : FAILED_DOUBLINGS_MAX;
    int64_t most = FAILED_MS << n;

    return spread(most < FAILED_MAX_MS ? most : FAILED_MAX_MS, random);
}

int64_t backoff_wait_ms(enum backoff_event event, unsigned failures, int64_t asked_s,
                        uint32_t random)
{
    int64_t asked_ms = (asked_s < ASKED_MAX_S ? asked_s : ASKED_MAX_S) * SECOND_MS;

    switch (event) {
    case BACKOFF_BOOT:
        return spread(FIRST_WITHIN_MS, random);
    case BACKOFF_CHANGED:
        return SETTLE_MS;
    case BACKOFF_MORE:
        return 0;
    case BACKOFF_DONE:
        return asked_s > 0 ? asked_ms : REST_MS + spread(REST_SPREAD_MS, random);
    case BACKOFF_FAILED:
        return after_failure(failures, random);
    case BACKOFF_BUSY:
        return asked_s > 0 ? asked_ms : after_failure(failures, random);
    }
    check_failed("a known event", __FILE__, __LINE__);
}
