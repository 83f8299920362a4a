/* See report_rig.h. */
#include "report_rig.h"

#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "report_make.h"
#include "settings.h"

#define ROWS_A_BUNDLE 400
#define DOCUMENT_MAX (8 << 20)

static const char *const thons[] = { "t01", "t02", "t03" };
static const char *const lessons[] = { "m01-b01", "m01-b02", "m09-b03" };

struct filling {
    struct rig *r;
    uint32_t seed;
    struct bundle b;
    int64_t rev;
};

static int64_t sent; /* bundles of this test program; n only has to grow */
static int64_t last_rev;

static uint32_t roll(struct filling *f, uint32_t below)
{
    f->seed = f->seed * 1664525U + 1013904223U;
    return (f->seed >> 8) % below;
}

static void begin(struct filling *f)
{
    f->b = rig_bundle(f->r, ++sent, last_rev + 1, last_rev + 1);
}

static void end(struct filling *f)
{
    f->b.runs[0].to = ++last_rev;
    assert_int_equal(rig_send(f->r, &f->b), INGEST_TAKEN);
    begin(f);
}

static void count(struct filling *f, const char *stat, const char *period,
                  const char *unit, const char *dims, int64_t v)
{
    rig_count(f->r, &f->b, stat, period, unit, v, 0);
    f->b.counts[f->b.n_counts - 1].dims = arena_strdup(&f->r->arena, dims);
    if (f->b.n_counts + f->b.n_gauges >= ROWS_A_BUNDLE)
        end(f);
}

static void gauge(struct filling *f, const char *stat, const char *period,
                  const char *unit, const char *dims, int64_t v)
{
    struct bundle_gauge *g;

    rig_gauge(f->r, &f->b, stat, period, v, last_rev + 1);
    g = &f->b.gauges[f->b.n_gauges - 1];
    g->dims = arena_strdup(&f->r->arena, dims);
    g->unit = arena_strdup(&f->r->arena, unit);
    if (f->b.n_counts + f->b.n_gauges >= ROWS_A_BUNDLE)
        end(f);
}

void report_rig_count(struct rig *r, const char *stat, const char *period,
                      const char *unit, const char *dims, int64_t v)
{
    struct filling f = { .r = r };

    begin(&f);
    count(&f, stat, period, unit, dims, v);
    end(&f);
}

void report_rig_gauge(struct rig *r, const char *stat, const char *period,
                      const char *unit, const char *dims, int64_t v)
{
    struct filling f = { .r = r };

    begin(&f);
    gauge(&f, stat, period, unit, dims, v);
    end(&f);
}

void report_rig_set(struct rig *r, const char *key, const char *value)
{
    const char *why;

    if (settings_set(&r->server, key, value, &why))
        fail_msg("%s: %s", key, why);
}

void report_rig_settings(struct rig *r)
{
    report_rig_set(r, "commune.name", "Xã Đặng Thùy Trâm");
    report_rig_set(r, "thon.t01", "Nước Giáp");
    report_rig_set(r, "thon.t02", "Bùi Hui");
    report_rig_set(r, "unit.u01", "Hội Liên hiệp Phụ nữ xã");
    report_rig_set(r, "base.t01.2026", "90; 360; 240; 2026-01-15; Công an xã");
    report_rig_set(r, "base.t02.2025", "80; 300; -; 2025-01-15; Công an xã");
    report_rig_set(r, "target.g2.2026-h2", "120; 2026-12-31; KH 06/KH-UBND");
    report_rig_set(r, "target.all.2026-h2", "1; 2026-12-31; KH 06/KH-UBND");
    report_rig_set(r, "index.e1.2026-h2",
                   "Hộ kinh doanh có mã QR; 34; hộ; 2026-12-15; Phòng Kinh tế");
}

/* --- random totals -------------------------------------------------------------------------- */

static void counts_of_day(struct filling *f, const char *day)
{
    char dims[32];

    for (size_t i = 0; i < COUNT(lessons); i++) {
        int64_t n = 1 + roll(f, 20);

        count(f, "starts", day, lessons[i], "-", n + roll(f, 5));
        count(f, "completions", day, lessons[i], "-", n);
        count(f, "passes", day, lessons[i], "-", roll(f, (uint32_t)n + 1));
        snprintf(dims, sizeof(dims), "sex=%s", roll(f, 2) ? "f" : "m");
        count(f, "completions", day, lessons[i], dims, roll(f, (uint32_t)n + 1));
        snprintf(dims, sizeof(dims), "%s.q1", lessons[i]);
        count(f, "item_shown", day, dims, "-", 5 + roll(f, 9));
        count(f, "item_first_right", day, dims, "-", roll(f, 5));
        count(f, "sign_offs", day, lessons[i], "-", roll(f, 4));
    }
    for (size_t i = 0; i < COUNT(thons); i++) {
        snprintf(dims, sizeof(dims), "thon=%s", thons[i]);
        count(f, "classes", day, "-", dims, 1 + roll(f, 3));
        count(f, "attendance", day, "-", dims, roll(f, 30));
        count(f, "head_count", day, "-", dims, roll(f, 9));
        snprintf(dims, sizeof(dims), "kind=h%u", 1 + roll(f, 6));
        count(f, "help", day, "-", dims, 1 + roll(f, 9));
    }
    count(f, "classes", day, "-", "-", 3 + roll(f, 9));
    count(f, "classes", day, "-", "unit=u01", roll(f, 3));
    count(f, "attendance", day, "-", "-", roll(f, 90));
    count(f, "attendance", day, "-", "sex=f", roll(f, 40));
    count(f, "head_count", day, "-", "-", roll(f, 30));
    count(f, "help", day, "-", "-", 9 + roll(f, 30));
    count(f, "notice_plays", day, lessons[0], "-", 1);
}

static void people_of(struct filling *f, const char *period)
{
    static const char *const dims[] = {
        "-",        "thon=t01",       "thon=t02",         "thon=t03",
        "sex=f",    "sex=m",          "band=b0",          "band=b1",
        "band=b2",  "band=b3",        "band=b4",          "group=g1",
        "group=g2", "group=g3",       "unit=u01",         "sex=f;thon=t01",
        "group=g4", "sex=f;thon=t02", "band=b4;thon=t01", "band=b4;thon=t03",
    };
    static const char *const statuses[] = { "s=v0", "s=v3", "s=v3;thon=t01",
                                            "group=g2;s=v3" };

    for (size_t i = 0; i < COUNT(dims); i++) {
        int64_t n = 3 + roll(f, 60);

        gauge(f, "registered", period, "-", dims[i], n + roll(f, 9));
        gauge(f, "active", period, "-", dims[i], n);
        gauge(f, "finished_one", period, "-", dims[i], roll(f, (uint32_t)n + 1));
        gauge(f, "path_finished", period, "short", dims[i], roll(f, (uint32_t)n + 1));
    }
    for (size_t i = 0; i < COUNT(statuses); i++)
        gauge(f, "vneid_status", period, "-", statuses[i], roll(f, 30));
    for (size_t i = 0; i < COUNT(lessons); i++)
        gauge(f, "lesson_firsts", period, lessons[i], "-", roll(f, 30));
    gauge(f, "module_finished", period, "m01", "-", roll(f, 30));
    gauge(f, "module_finished", period, "m09", "-", roll(f, 30));
}

void report_rig_fill(struct rig *r, uint32_t seed)
{
    static const char *const days[] = { "2026-01-01", "2026-06-30", "2026-07-01",
                                        "2026-09-15", "2026-11-21", "2025-12-31" };
    struct filling f = { .r = r, .seed = seed };

    begin(&f);
    for (size_t i = 0; i < COUNT(days); i++)
        counts_of_day(&f, days[i]);
    people_of(&f, REPORT_BEFORE);
    people_of(&f, REPORT_PERIOD);
    people_of(&f, "2026-09");
    people_of(&f, "2026-10");
    people_of(&f, "2026-11");
    people_of(&f, "all");
    end(&f);
}

struct report *report_rig_make(struct rig *r, const char *period)
{
    struct report *made = arena_alloc(&r->arena, sizeof(*made));
    struct report *again = arena_alloc(&r->arena, sizeof(*again));
    struct buf one, two;

    buf_init(&one, DOCUMENT_MAX);
    buf_init(&two, DOCUMENT_MAX);
    assert_int_equal(report_make(&r->server, period, 0, &r->arena, made), ERR_OK);
    assert_int_equal(report_write(made, &one), ERR_OK);
    assert_int_equal(report_read(buf_text(&one), one.len, &r->arena, again), ERR_OK);
    assert_int_equal(report_write(again, &two), ERR_OK);
    assert_string_equal(buf_text(&one),
                        buf_text(&two)); /* nothing is lost on the way */
    buf_finish(&one);
    buf_finish(&two);
    return again;
}

/* --- totals, plainly ------------------------------------------------------------------------ */

static bool unit_fits(const char *unit, const char *want)
{
    size_t n = want ? strlen(want) : 0;

    if (!want)
        return true;
    return n > 1 && want[n - 1] == '-' ? !strncmp(unit, want, n) : !strcmp(unit, want);
}

static int64_t walk(struct rig *r, const char *stat, const char *unit, const char *dims,
                    const char *from, const char *to)
{
    const char *text = rig_totals(r);
    int64_t sum = 0, v;
    bool found = false;
    json_value *doc, *rows;

    assert_int_equal(json_parse(text, strlen(text), 4, &doc, NULL, 0), ERR_OK);
    rows = json_get(doc, "rows");
    for (size_t i = 0; i < json_count(rows); i++) {
        const json_value *row = json_at(rows, i);
        const char *period = json_text(json_at(row, 1));

        if (strcmp(json_text(json_at(row, 0)), stat) != 0 ||
            !unit_fits(json_text(json_at(row, 2)), unit) ||
            strcmp(json_text(json_at(row, 3)), dims) != 0 || strcmp(period, from) < 0 ||
            strcmp(period, to) > 0)
            continue;
        assert_int_equal(json_int(json_at(row, 4), 0, JSON_INT_MAX, &v), ERR_OK);
        sum += v;
        found = true;
    }
    json_free(doc);
    return found ? sum : -1;
}

int64_t report_rig_sum(struct rig *r, const char *stat, const char *unit,
                       const char *dims, const char *from, const char *to)
{
    return walk(r, stat, unit, dims, from, to);
}

int64_t report_rig_people(struct rig *r, const char *stat, const char *period,
                          const char *unit, const char *dims)
{
    return walk(r, stat, unit, dims, period, period);
}
