/* bench_server [DIR]: signed uploads a second that the server takes, one after the other,
 * with its databases on the disk that holds DIR (default /tmp).
 * A small upload is what a kiosk says after a lesson, a full one what it says after weeks
 * without a network. One JSON line a metric. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/check.h"
#include "base/log.h"
#include "server_rig.h"

#define SECONDS 5
#define SMALL 12
#define FULL 480 /* below the 500 of a bundle */

static double now_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Upload `n`: its rows are new every 50 uploads, and grow in between. */
static void sign_upload(struct rig *r, int64_t n, int n_rows, struct buf *out)
{
    struct bundle b = rig_bundle(r, n, n, n);

    for (int i = 0; i < n_rows; i++) {
        const char *period =
            arena_printf(&r->arena, "2026-%02d-%02d", 1 + i % 11, 1 + i % 28);
        const char *unit = arena_printf(&r->arena, "u%" PRId64 "-%d", n / 50, i);

        if (i % 4)
            rig_count(r, &b, i % 4 > 1 ? "starts" : "completions", period, unit,
                      1 + n % 50, 0);
        else
            rig_gauge(r, &b, unit, "2026-11", n, n);
    }
    rig_sign(r, &b, out);
}

static void measure(const char *kind, const char *size, int n_rows)
{
    struct rig *r;
    void *state;
    struct buf bytes;
    double spent_s = 0;
    int64_t n = 0;

    if (setenv("BDHVS_TEST_DB", kind, 1) || rig_setup(&state))
        exit(1);
    r = state;
    buf_init(&bytes, BUNDLE_BYTES_MAX);
    while (spent_s < SECONDS) {
        double began_s;
        enum ingest_status status;

        buf_clear(&bytes);
        buf_clear(&r->answer);
        sign_upload(r, ++n, n_rows, &bytes);
        began_s = now_s();
        status = ingest_take(&r->server, buf_text(&bytes), bytes.len, &r->answer);
        spent_s += now_s() - began_s;
        ASSERT(status == INGEST_TAKEN);
        arena_reset(&r->arena);
    }
    printf("{\"bench\":\"server\",\"metric\":\"%s_uploads_%s\",\"value\":%.1f,"
           "\"unit\":\"1/s\",\"rows\":%d}\n",
           kind, size, (double)n / spent_s, n_rows);
    fflush(stdout);
    buf_finish(&bytes);
    rig_teardown(&state);
}

int main(int argc, char **argv)
{
    static const char *const kinds[] = { "sqlite", "postgresql" };

    if (setenv("TMPDIR", argc > 1 ? argv[1] : "/tmp", 1))
        return 1;
    log_set_level(LOG_LEVEL_ERR);
    for (size_t i = 0; i < COUNT(kinds); i++) {
        measure(kinds[i], "small", SMALL);
        measure(kinds[i], "full", FULL);
    }
    return 0;
}
