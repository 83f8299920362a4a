/* See years.h. */
#include "years.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"
#include "crowd.h"
#include "ingest.h"
#include "sender.h"
#include "wire/bundle.h"

#define KIOSKS 30
#define FIRST_YEAR 2024
#define MONTHS 36
#define DAYS 28 /* of each month */
#define LESSONS 30
#define LESSONS_A_DAY 3
#define THONS 8
#define ROWS 480
#define GROUP 16
#define START_MS 1704067200000 /* 1 January 2024 */

struct filling {
    struct server server;
    struct jws_key key;
    char kiosk[8];
    int64_t n;
    struct arena arena;
    struct bundle b;
    struct buf signed_bytes[GROUP];
    struct buf answers[GROUP];
    size_t n_signed;
    int64_t n_rows;
};

/* A bundle's worth of rows is signed, GROUP of them are taken together. */
static void take(struct filling *f)
{
    struct ingest_upload uploads[GROUP];

    for (size_t i = 0; i < f->n_signed; i++) {
        buf_clear(&f->answers[i]);
        uploads[i] = (struct ingest_upload){ buf_text(&f->signed_bytes[i]),
                                             f->signed_bytes[i].len, &f->answers[i],
                                             INGEST_LATER };
    }
    ingest_take_all(&f->server, uploads, f->n_signed);
    for (size_t i = 0; i < f->n_signed; i++)
        ASSERT(uploads[i].status == INGEST_TAKEN);
    f->n_signed = 0;
}

static void sign(struct filling *f)
{
    struct bundle_run run = { .id = 0x77, .ord = 1, .start_ms = START_MS, .trust = 3 };
    struct buf json;

    if (!f->b.n_counts && !f->b.n_gauges)
        return;
    run.from = run.to = ++f->n;
    f->b.n = f->n;
    f->b.runs = &run;
    buf_init(&json, BUNDLE_BYTES_MAX);
    ASSERT(!bundle_encode(&f->b, &json));
    buf_clear(&f->signed_bytes[f->n_signed]);
    jws_sign(&f->key, JWS_TOTALS, buf_text(&json), json.len,
             &f->signed_bytes[f->n_signed++]);
    buf_finish(&json);
    f->n_rows += (int64_t)(f->b.n_counts + f->b.n_gauges);
    f->b.n_counts = f->b.n_gauges = 0;
    if (f->n_signed == GROUP)
        take(f);
}

static void begin_bundle(struct filling *f)
{
    arena_reset(&f->arena);
    f->b = (struct bundle){ .commune = CROWD_COMMUNE,
                            .kiosk = f->kiosk,
                            .run = 0x77,
                            .nonce = "nonce-1",
                            .n_runs = 1,
                            .version = "1.0.0" };
    f->b.counts = arena_alloc(&f->arena, ROWS * sizeof(*f->b.counts));
    f->b.gauges = arena_alloc(&f->arena, ROWS * sizeof(*f->b.gauges));
}

static void make_room(struct filling *f)
{
    if (f->b.n_counts + f->b.n_gauges < ROWS)
        return;
    sign(f);
    begin_bundle(f);
}

static void count(struct filling *f, const char *stat, const char *period,
                  const char *unit, const char *dims, int64_t v)
{
    make_room(f);
    f->b.counts[f->b.n_counts++] =
        (struct bundle_count){ .stat = stat,
                               .period = arena_strdup(&f->arena, period),
                               .unit = arena_strdup(&f->arena, unit),
                               .dims = arena_strdup(&f->arena, dims),
                               .plus = v };
}

static void gauge(struct filling *f, const char *stat, const char *period,
                  const char *dims, int64_t v)
{
    make_room(f);
    f->b.gauges[f->b.n_gauges++] =
        (struct bundle_gauge){ .stat = stat,
                               .period = arena_strdup(&f->arena, period),
                               .unit = "-",
                               .dims = arena_strdup(&f->arena, dims),
                               .value = v,
                               .rev = f->n + 1 };
}

static void one_lesson(struct filling *f, const char *day, int lesson, int who)
{
    static const char *const whole[] = { "starts", "completions", "passes", "seconds",
                                         "practice_done" };
    char unit[16];
    char dims[24];

    snprintf(unit, sizeof(unit), "m%02d-b%02d", lesson / 5 + 1, lesson % 5 + 1);
    for (size_t i = 0; i < COUNT(whole); i++)
        count(f, whole[i], day, unit, "-", 4);
    count(f, "completions", day, unit, who % 2 ? "sex=f" : "sex=m", 2);
    snprintf(dims, sizeof(dims), "thon=t%02d", who % THONS + 1);
    count(f, "completions", day, unit, dims, 2);
    snprintf(dims, sizeof(dims), "band=b%d", who % 5 + 1);
    count(f, "completions", day, unit, dims, 2);
    snprintf(dims, sizeof(dims), "group=g%d", who % 4 + 1);
    count(f, "completions", day, unit, dims, 1);
    snprintf(unit, sizeof(unit), "m%02d-b%02d.q1", lesson / 5 + 1, lesson % 5 + 1);
    count(f, "item_shown", day, unit, "-", 4);
    count(f, "item_first_right", day, unit, "-", 3);
}

/* People of a period, in all and by each thing that is known of them. */
static void people(struct filling *f, const char *period, int64_t n)
{
    static const char *const stats[] = { "registered", "active", "finished_one" };
    static const struct {
        const char *form;
        int n;
    } cubes[] = { { "thon=t%02d", THONS }, { "band=b%d", 5 }, { "group=g%d", 4 } };
    char dims[24];

    for (size_t s = 0; s < COUNT(stats); s++) {
        gauge(f, stats[s], period, "-", n);
        gauge(f, stats[s], period, "sex=f", n / 2);
        gauge(f, stats[s], period, "sex=m", n - n / 2);
        for (int i = 0; i < cubes[0].n; i++) {
            snprintf(dims, sizeof(dims), "thon=t%02d", i + 1);
            gauge(f, stats[s], period, dims, n / cubes[0].n);
        }
        for (int i = 0; i < cubes[1].n; i++) {
            snprintf(dims, sizeof(dims), "band=b%d", i + 1);
            gauge(f, stats[s], period, dims, n / cubes[1].n);
        }
        for (int i = 0; i < cubes[2].n; i++) {
            snprintf(dims, sizeof(dims), "group=g%d", i + 1);
            gauge(f, stats[s], period, dims, n / cubes[2].n);
        }
    }
}

static void one_month(struct filling *f, int month)
{
    int year = FIRST_YEAR + month / 12;
    int in_year = month % 12 + 1;
    char period[16];

    for (int day = 1; day <= DAYS; day++) {
        snprintf(period, sizeof(period), "%d-%02d-%02d", year, in_year, day);
        for (int i = 0; i < LESSONS_A_DAY; i++)
            one_lesson(f, period, (day * LESSONS_A_DAY + i + month) % LESSONS, day + i);
        count(f, "attendance", period, "-", "-", 9);
        count(f, "classes", period, "-", "-", 1);
    }
    snprintf(period, sizeof(period), "%d-%02d", year, in_year);
    people(f, period, 9 * (month + 1));
    snprintf(period, sizeof(period), "%d-Q%d", year, (in_year + 2) / 3);
    people(f, period, 9 * (month + 1));
    snprintf(period, sizeof(period), "%d-H%d", year, (in_year + 5) / 6);
    people(f, period, 9 * (month + 1));
    snprintf(period, sizeof(period), "%d", year);
    people(f, period, 9 * (month + 1));
    people(f, "all", 9 * (month + 1));
}

double years_fill(const char *uri, int64_t *rows_out)
{
    struct filling *f = check_alloc(sizeof(*f));
    double began_s = sender_now_s();

    ASSERT(!server_init(uri, &clock_real, CROWD_COMMUNE, "minh", "$none", ""));
    ASSERT(!server_open(uri, &clock_real, &f->server));
    f->arena = (struct arena){ 0 };
    f->n_signed = 0;
    f->n_rows = 0;
    for (size_t i = 0; i < GROUP; i++) {
        buf_init(&f->signed_bytes[i], BUNDLE_BYTES_MAX);
        buf_init(&f->answers[i], 4 * BUNDLE_BYTES_MAX);
    }
    for (int k = 0; k < KIOSKS; k++) {
        f->n = 0;
        snprintf(f->kiosk, sizeof(f->kiosk), "y%03d", k);
        jws_key_make(&f->key);
        crowd_let_in(&f->server, &f->key, f->kiosk);
        begin_bundle(f);
        for (int month = 0; month < MONTHS; month++)
            one_month(f, month);
        sign(f);
        take(f);
    }
    for (size_t i = 0; i < GROUP; i++) {
        buf_finish(&f->signed_bytes[i]);
        buf_finish(&f->answers[i]);
    }
    *rows_out = f->n_rows;
    server_close(&f->server);
    arena_finish(&f->arena);
    free(f);
    return sender_now_s() - began_s;
}
