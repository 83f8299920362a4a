/* The page and its table: figures of a period, placed hours, what nobody counted, and
 * values that try to be markup. */
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "figures.h"
#include "pages.h"
#include "server_rig.h"
#include "settings.h"
#include "titles.h"

#define HOUR_MS 3600000LL

/* What an administrator sees. */
static const char *see(struct rig *r, page_fn *page, const char *period)
{
    struct http_response response = { .status = 200 };
    char *text;

    buf_init(&response.body, 1 << 20);
    assert_int_equal(rig_page(r, page, period, &response), ERR_OK);
    text = arena_strdup(&r->arena, buf_text(&response.body));
    buf_finish(&response.body);
    return text;
}

static const char *page_of(struct rig *r, const char *period)
{
    return see(r, page_overview, period);
}

static struct figures read_figures(struct rig *r, const char *period)
{
    struct figures f;

    assert_int_equal(figures_read(&r->server, period, &r->arena, &f), ERR_OK);
    return f;
}

static void count_in(struct rig *r, struct bundle *b, const char *stat,
                     const char *period, const char *dims, int64_t plus)
{
    rig_count(r, b, stat, period, "m09-b03", plus, 0);
    b->counts[b->n_counts - 1].dims = dims;
}

static void set(struct rig *r, const char *key, const char *value)
{
    const char *why;

    assert_int_equal(settings_set(&r->server, key, value, &why), ERR_OK);
}

static void test_what_nobody_counted_is_said_in_words(void **state)
{
    const char *page = page_of(*state, "2026-H2");

    assert_non_null(strstr(page, "chưa có số liệu"));
    assert_null(strstr(page, "<p class=\"value\">0"));
    assert_non_null(strstr(page, "Chưa có máy nào gửi số liệu"));
}

static void test_a_period_shows_its_own_days(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 3);
    static const struct {
        const char *period;
        bool known;
        int64_t completions;
    } rows[] = {
        { "2026-06", true, 5 },     { "2026-Q2", true, 5 },  { "2026-H1", true, 5 },
        { "2026-H2", true, 1064 },  { "2026-11", true, 64 }, { "2026", true, 1069 },
        { "all", true, 1072 },      { "2024", false, 0 },    { "2026-08", false, 0 },
        { "nonsense", true, 1064 },
    };

    count_in(r, &b, "completions", "2025-12-31", "-", 3);
    count_in(r, &b, "completions", "2026-06-30", "-", 5);
    count_in(r, &b, "completions", "2026-07-01", "-", 1000);
    count_in(r, &b, "completions", "2026-11-22", "-", 64);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct figures f = read_figures(r, rows[i].period);

        assert_int_equal(f.visits[FIGURES_COMPLETIONS].known, rows[i].known);
        assert_int_equal(f.visits[FIGURES_COMPLETIONS].value, rows[i].completions);
    }
    assert_non_null(strstr(page_of(r, "2026-H2"), "1.064 <small>lượt</small>"));
}

static void test_hours_of_a_run_are_placed_when_its_start_is_known(void **state)
{
    static const struct {
        int64_t hours;
        int64_t start_ms;
        int64_t uncertainty_ms;
        int64_t trust;
        bool placed;
        const char *day;
    } rows[] = {
        { 0, RIG_START_MS, 500, 3, true, "2026-11-22" },
        { 30, RIG_START_MS, 500, 1, true, "2026-11-23" },
        { 0, RIG_START_MS, 500, 0, false, NULL },
        { 0, RIG_START_MS, 25 * HOUR_MS, 3, false, NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t day = 0;

        assert_int_equal(figures_place(rows[i].hours, rows[i].start_ms,
                                       rows[i].uncertainty_ms, rows[i].trust, &day),
                         rows[i].placed);
        if (rows[i].placed)
            assert_int_equal(day, clock_day_parse(rows[i].day));
    }
}

static void test_undated_counts_find_their_day_when_the_clock_is_learned(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 3);
    struct figures f;

    b.runs[0].trust = 0;
    count_in(r, &b, "completions", "?3", "-", 46);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    f = read_figures(r, "2026-11");
    assert_false(f.visits[FIGURES_COMPLETIONS].known);
    assert_int_equal(f.undated.value, 46);
    assert_non_null(strstr(page_of(r, "2026-11"), "lượt xong bài chưa rõ ngày"));
    f = read_figures(r, "all");
    assert_int_equal(f.visits[FIGURES_COMPLETIONS].value, 46);

    b = rig_bundle(r, 2, 1, 3);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN); /* the same run, trust 3 now */
    f = read_figures(r, "2026-11");
    assert_int_equal(f.visits[FIGURES_COMPLETIONS].value, 46);
    assert_false(f.undated.known);
    assert_null(strstr(page_of(r, "2026-11"), "chưa rõ ngày"));
}

static void test_people_and_visits_stand_apart(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 9);
    struct figures f;

    count_in(r, &b, "completions", "2026-11-22", "thon=t07", 9);
    rig_gauge(r, &b, "finished_one", "2026-H2", 4, 1);
    b.gauges[0].dims = "thon=t07";
    rig_gauge(r, &b, "registered", "2026-H2", 7, 2);
    rig_gauge(r, &b, "registered", "2026", 8, 3);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    f = read_figures(r, "2026-H2");
    assert_int_equal(f.n_thons, 1);
    assert_int_equal(f.thons[0].completions.value, 9);
    assert_int_equal(f.thons[0].finished.value, 4);
    assert_false(f.thons[0].registered.known);
    assert_int_equal(f.registered.value, 7);
    f = read_figures(r, "2026");
    assert_int_equal(f.registered.value, 8);
}

/* Another kiosk that had its last dated event in `period`. */
static void other_kiosk(struct rig *r, const char *period, int64_t registered)
{
    const struct param commune = PARAM_TEXT(RIG_COMMUNE), kiosk = PARAM_TEXT("k2");

    assert_int_equal(store_run(r->server.store, Q_RUN_LINE, NULL, NULL, commune, kiosk,
                               PARAM_TEXT("00000000000000aa"), PARAM_INT(1),
                               PARAM_INT(0), PARAM_INT(0), PARAM_INT(3)),
                     ERR_OK);
    assert_int_equal(store_run(r->server.store, Q_GAUGE_MERGE, NULL, NULL, commune,
                               kiosk, PARAM_TEXT("registered"), PARAM_TEXT(period),
                               PARAM_TEXT("-"), PARAM_TEXT("-"), PARAM_INT(registered),
                               PARAM_INT(1), PARAM_INT(1),
                               PARAM_TEXT("00000000000000aa")),
                     ERR_OK);
}

/* The registered are a stock: a kiosk that rested in the period still has its people. */
static void test_a_resting_kiosk_keeps_its_registered(void **state)
{
    static const struct {
        const char *period;
        int64_t want;
        bool now;
    } rows[] = {
        { "2026-11", 12, false }, { "2026-12", 12, false }, { "2026-10", 5, false },
        { "2026-09", 14, true },  { "2026-Q4", 7, false },  { "2026-H2", 14, true },
        { "2026", 14, true },     { "all", 14, false },
    };
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 9);

    rig_gauge(r, &b, "registered", "2026-11", 7, 1);
    rig_gauge(r, &b, "registered", "2026-Q4", 7, 2);
    rig_gauge(r, &b, "registered", "all", 9, 3);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    other_kiosk(r, "2026-10", 5);
    other_kiosk(r, "all", 5);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct figures f = read_figures(r, rows[i].period);

        assert_true(f.registered.known);
        assert_int_equal(f.registered.value, rows[i].want);
        assert_int_equal(f.registered_now, rows[i].now);
    }
    assert_null(strstr(page_of(r, "2026-11"), "Người ghi danh đến nay"));
    assert_non_null(strstr(page_of(r, "2026-H2"), "Người ghi danh đến nay"));
}

static void test_names_come_from_settings_then_the_pack_then_the_id(void **state)
{
    struct rig *r = *state;
    struct title rows[] = { { "m09-b03", "Giữ kín mã 6 số" },
                            { "m12-b01", "Gọi 113" } };
    struct titles titles = { .rows = rows, .n_rows = 2 };
    struct bundle b = rig_bundle(r, 1, 1, 9);
    struct figures f;

    rig_count(r, &b, "completions", "2026-11-22", "zz", 1, 0);
    rig_count(r, &b, "completions", "2026-11-22", "m12-b01", 1, 0);
    rig_count(r, &b, "completions", "2026-11-22", "m09-b03", 1, 0);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    set(r, "lesson.m12-b01", "Gọi cấp cứu");
    r->server.titles = &titles;
    f = read_figures(r, "2026-H2");
    assert_int_equal(f.n_lessons, 3);
    assert_string_equal(f.lessons[0].title, "Giữ kín mã 6 số");
    assert_string_equal(f.lessons[1].title, "Gọi cấp cứu");
    assert_string_equal(f.lessons[2].title, "zz");
    assert_true(f.lessons[0].visits[FIGURES_PASSES].known); /* counted: none passed */
    assert_false(f.lessons[0].firsts.known);                /* never counted here */
}

static void test_unknown_codes_and_statistics_are_shown_raw(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 9);
    const char *page;

    count_in(r, &b, "completions", "2026-11-22", "thon=t09", 9);
    count_in(r, &b, "weather_talks", "2026-11-22", "-", 7);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    page = page_of(r, "2026-11");
    assert_non_null(strstr(page, "xã chưa đặt tên cho mã thôn t09"));
    assert_non_null(strstr(page, "weather_talks"));
    set(r, "thon.t09", "Nước Giáp");
    page = page_of(r, "2026-11");
    assert_null(strstr(page, "t09"));
    assert_non_null(strstr(page, "Nước Giáp"));
}

static void test_no_setting_can_become_markup(void **state)
{
    static const char evil[] = "</title><script>x</script>\"onx='1";
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 9);
    char key[64];
    const char *page;

    rig_count(r, &b, "completions", "2026-11-22", "m09-b03", 1, 0);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    snprintf(key, sizeof(key), "kiosk.%s", r->kiosk);
    set(r, key, evil);
    set(r, "commune.name", evil);
    set(r, "thon.t01", evil);
    set(r, "lesson.m09-b03", evil);
    set(r, "unit.u01", evil);
    for (size_t i = 0; i < RIG_PAGES; i++) {
        page = see(r, rig_pages[i], "2026-11");
        assert_null(strstr(page, "<script"));
        assert_null(strstr(page, "\"onx"));
        assert_non_null(
            strstr(page, "&lt;script&gt;")); /* the commune's name at least */
        assert_null(strstr(page, "style=")); /* the policy allows no inline style */
    }
}

static void test_a_machine_that_fell_silent_is_asked_about(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 9);

    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    assert_null(strstr(page_of(r, NULL), "ngày chưa gửi"));
    r->wall_ms += 9 * 24 * HOUR_MS;
    assert_non_null(strstr(page_of(r, NULL), ": 9 ngày chưa gửi số liệu"));
}

static void test_the_table_says_what_the_page_says(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 9);
    struct buf out;

    count_in(r, &b, "completions", "2026-11-22", "-", 1264);
    count_in(r, &b, "completions", "2026-11-22", "sex=f", 64);
    rig_gauge(r, &b, "finished_one", "2026-10", 40, 1);
    rig_gauge(r, &b, "finished_one", "2026-11", 25, 2);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    set(r, "lesson.m09-b03", "=cmd|'x'");
    buf_init(&out, 1 << 20);
    assert_int_equal(page_csv(&r->server, "2026-11", &out), ERR_OK);
    assert_memory_equal(buf_text(&out), "\xEF\xBB\xBF\"Bảng\",", 12);
    assert_non_null(strstr(buf_text(&out), "\"Theo bài học\",\"m09-b03\",\"'=cmd|'x'\","
                                           "\"xong bài\",\"lượt\",1264\r\n"));
    assert_non_null(
        strstr(buf_text(&out), "\"ghi danh\",\"người\",\"chưa có số liệu\""));
    assert_non_null(strstr(buf_text(&out), "\"Nam, nữ\",\"f\",\"Nữ\",\"xong bài\","
                                           "\"lượt\",64\r\n"));
    buf_clear(&out);
    assert_int_equal(page_csv(&r->server, "2026-10-20..2026-11-22", &out), ERR_OK);
    assert_non_null(strstr(buf_text(&out), "\"từ 40 đến 65\"\r\n"));
    buf_finish(&out);
}

#define T(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_what_nobody_counted_is_said_in_words),
        T(test_a_period_shows_its_own_days),
        T(test_hours_of_a_run_are_placed_when_its_start_is_known),
        T(test_undated_counts_find_their_day_when_the_clock_is_learned),
        T(test_people_and_visits_stand_apart),
        T(test_a_resting_kiosk_keeps_its_registered),
        T(test_names_come_from_settings_then_the_pack_then_the_id),
        T(test_unknown_codes_and_statistics_are_shown_raw),
        T(test_no_setting_can_become_markup),
        T(test_a_machine_that_fell_silent_is_asked_about),
        T(test_the_table_says_what_the_page_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
