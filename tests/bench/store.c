/* bench_store [DIR]: what the journal costs on the disk that holds DIR (default /tmp),
 * with a commune's people and 5 000 lessons behind it. One JSON line a metric. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "store/journal.h"
#include "store/outbox.h"
#include "store/person.h"
#include "store/progress.h"

#define PEOPLE 500
#define LESSONS 60
#define HISTORY 5000 /* completions */
#define BATCH 100
#define SAMPLES 300
#define START_MS 1795300000000

static struct {
    struct db_config config;
    struct clock clock;
    struct db *db;
    struct person_card people[PEOPLE];
    int64_t wall_ms;
    double samples[SAMPLES];
} bench;

static int64_t read_wall(void *ctx)
{
    return *(const int64_t *)ctx;
}

static int64_t read_mono(void *ctx)
{
    return *(const int64_t *)ctx - START_MS;
}

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

static void must(enum err err, const char *what)
{
    if (!err)
        return;
    (void)fprintf(stderr, "bench_store: %s: %s\n", what, err_name(err));
    exit(1);
}

static void say(const char *metric, double value, const char *unit)
{
    printf("{\"bench\":\"store\",\"metric\":\"%s\",\"value\":%.2f,\"unit\":\"%s\"}\n",
           metric, value, unit);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void say_samples(const char *metric)
{
    char name[64];

    qsort(bench.samples, SAMPLES, sizeof(double), by_value);
    say(metric, bench.samples[SAMPLES / 2], "ms");
    (void)snprintf(name, sizeof(name), "%s_p99", metric);
    say(name, bench.samples[SAMPLES * 99 / 100], "ms");
}

/* --- history ------------------------------------------------------------------------ */

static void add_people(void)
{
    for (unsigned i = 0; i < PEOPLE; i++) {
        struct person_cohort c = { .sex = { i % 2 ? 'f' : 'm' },
                                   .group = "g2",
                                   .job = "j1" };

        (void)snprintf(c.thon, sizeof(c.thon), "t%02u", i % 8);
        (void)snprintf(c.band, sizeof(c.band), "b%u", i % 5);
        must(person_add(bench.db, &c, &bench.people[i]), "person");
    }
}

static void set_curriculum(void)
{
    char ids[LESSONS][8];
    const char *lessons[LESSONS];
    struct journal_group group = { "path", "full", lessons, LESSONS };

    for (unsigned i = 0; i < LESSONS; i++) {
        (void)snprintf(ids[i], sizeof(ids[i]), "l%02u", i);
        lessons[i] = ids[i];
    }
    must(journal_set_curriculum(bench.db, &group, 1), "curriculum");
}

static void live_a_while(void)
{
    static char units[BATCH][8];
    struct event events[BATCH];
    struct event_id id;

    for (int n = 0; n < HISTORY; n += BATCH) {
        memset(events, 0, sizeof(events));
        for (int i = 0; i < BATCH; i++) {
            (void)snprintf(units[i], sizeof(units[i]), "l%02u",
                           (unsigned)hash_random_below(LESSONS));
            events[i] = (struct event){
                .kind = EVENT_COMPLETE,
                .unit = units[i],
                .value = 100,
                .flags = EVENT_PASSED,
                .body = "{\"seconds\":300}",
                .token = bench.people[hash_random_below(PEOPLE)].token,
            };
        }
        must(journal_append(bench.db, events, BATCH, &id), "history");
        bench.wall_ms += (int64_t)86400000 * 365 * BATCH / HISTORY;
    }
}

/* --- what a tap waits for ----------------------------------------------------------- */

static void time_appends(const char *metric, enum event_kind first,
                         enum event_kind second)
{
    for (int i = 0; i < SAMPLES; i++) {
        const unsigned char *token = bench.people[i % PEOPLE].token;
        const struct event events[] = {
            { .kind = first, .unit = "l01", .token = token },
            { .kind = second,
              .unit = "l01",
              .token = token,
              .value = 100,
              .body = "{\"seconds\":300}" },
        };
        struct event_id id;
        double start = now_ms();

        must(journal_append(bench.db, events, COUNT(events), &id), metric);
        bench.samples[i] = now_ms() - start;
        if (i % 50 == 49)
            db_checkpoint(bench.db);
    }
    say_samples(metric);
}

static void time_reads(void)
{
    struct arena arena = { 0 };
    struct progress p;
    struct bundle b;
    double start;

    for (int i = 0; i < SAMPLES; i++) {
        start = now_ms();
        must(progress_read(bench.db, bench.people[i % PEOPLE].token, &arena, &p),
             "read");
        bench.samples[i] = now_ms() - start;
        arena_reset(&arena);
    }
    say_samples("progress_read");
    memset(&b, 0, sizeof(b));
    start = now_ms();
    must(outbox_fill(bench.db, BUNDLE_ROWS_MAX, &arena, &b), "fill");
    say("outbox_fill", now_ms() - start, "ms");
    arena_finish(&arena);
}

static void time_rebuild(void)
{
    struct buf report;
    double start = now_ms();

    buf_init(&report, 1 << 20);
    must(journal_rebuild(bench.db, 0, &report), buf_text(&report));
    say("rebuild_verify", now_ms() - start, "ms");
    buf_finish(&report);
    db_close(bench.db);
    start = now_ms();
    must(db_open(&bench.config, &bench.db), "open");
    say("open_with_history", now_ms() - start, "ms");
}

int main(int argc, char **argv)
{
    char dir[4096], command[4200];

    hash_init();
    (void)snprintf(dir, sizeof(dir), "%s/bdhvs-bench-XXXXXX",
                   argc > 1 ? argv[1] : "/tmp");
    if (!mkdtemp(dir)) {
        perror(dir);
        return 1;
    }
    bench.wall_ms = START_MS;
    bench.clock = (struct clock){ read_mono, read_wall, &bench.wall_ms };
    bench.config = (struct db_config){ .dir = dir, .clock = &bench.clock };
    must(db_open(&bench.config, &bench.db), "open");
    must(journal_learn_time(bench.db, bench.wall_ms, 1000, RUN_TRUST_STAFF), "time");
    set_curriculum();
    add_people();
    live_a_while();
    time_appends("append_start_step", EVENT_START, EVENT_STEP);
    time_appends("append_item_complete", EVENT_ITEM, EVENT_COMPLETE);
    time_reads();
    time_rebuild();
    db_close(bench.db);
    (void)snprintf(command, sizeof(command), "rm -rf '%s'", dir);
    return system(command) ? 1 : 0;
}
