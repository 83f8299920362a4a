/* Candidates by figures, campaign years, and the inspector's sample. */
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "campaign.h"
#include "cmocka_all.h"
#include "deeds.h"
#include "nominations.h"
#include "report_rig.h"
#include "settings.h"
#include "spot_check.h"

#define YEAR_2026 "Phong trào năm 2026; KH 06/KH-UBND; 2026-01-01; 2026-12-31"

static const char *setting(struct rig *r, const char *key)
{
    struct buf value;
    const char *text;

    buf_init(&value, SETTING_VALUE_MAX + 1);
    assert_int_equal(settings_get(&r->server, key, "(none)", &value), ERR_OK);
    text = arena_strdup(&r->arena, buf_text(&value));
    buf_finish(&value);
    return text;
}

struct lines {
    size_t n;
    char last[96];
};

static enum err count_line(void *ctx, const struct deed *line)
{
    struct lines *l = ctx;

    assert_true(line->fits);
    l->n++;
    (void)snprintf(l->last, sizeof(l->last), "%d %s %s", (int)line->what, line->by,
                   line->object);
    return ERR_OK;
}

static struct lines log_of(struct rig *r)
{
    struct lines l = { .n = 0 };

    assert_int_equal(deeds_each(&r->server, 1000, count_line, &l), ERR_OK);
    return l;
}

/* --- candidates --------------------------------------------------------------------------- */

static const struct nomination *find(const struct nomination *list, size_t n,
                                     const char *code)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(list[i].row->code, code))
            return &list[i];
    return NULL;
}

static void test_candidates_are_those_of_bieu_7_each_once(void **state)
{
    struct rig *r = *state;
    struct nomination *list;
    struct report *report;
    const struct report_table *praise;
    size_t n, spoken_of = 0;

    report_rig_settings(r);
    report_rig_fill(r, 5);
    report = report_rig_make(r, REPORT_PERIOD);
    praise = report_table_of(report, "b7");
    n = nominations_read(report, &r->arena, &list);
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i + 1; k < n; k++)
            assert_ptr_not_equal(list[i].row, list[k].row);
        for (size_t k = 0; k < praise->n_rows; k++)
            spoken_of += nomination_is_in(&list[i], &praise->rows[k]);
    }
    assert_int_equal(spoken_of, praise->n_rows);
}

static void test_few_people_are_no_candidates(void **state)
{
    struct rig *r = *state;
    struct nomination *list;
    size_t n;

    report_rig_settings(r);
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "thon=t01", 5);
    report_rig_gauge(r, "active", REPORT_PERIOD, "-", "thon=t02", 4);
    report_rig_gauge(r, "path_finished", REPORT_PERIOD, "short", "thon=t02", 4);
    report_rig_count(r, "attendance", "2026-09-01", "-", "thon=t02", 4);
    n = nominations_read(report_rig_make(r, REPORT_PERIOD), &r->arena, &list);
    assert_non_null(find(list, n, "t01"));
    assert_null(find(list, n, "t02"));
    assert_int_equal(n, 1);
}

static void test_another_thon_with_a_longer_code_is_another(void **state)
{
    struct rig *r = *state;
    struct report *report;
    struct nomination n;

    report_rig_set(r, "thon.t1", "Một");
    report_rig_set(r, "thon.t1.x", "Khác");
    report = report_rig_make(r, REPORT_PERIOD);
    assert_true(nomination_of(report, "thon", "t1", &n));
    assert_false(
        nomination_is_in(&n, &(struct report_row){ .code = "b1.active.t1.x" }));
    assert_false(nomination_is_in(&n, &(struct report_row){ .code = "b5.active.t1" }));
    assert_true(nomination_is_in(&n, &(struct report_row){ .code = "b1.active.t1" }));
    assert_false(nomination_of(report, "thon", "all", &n));
    assert_false(nomination_of(report, "unit", "t1", &n));
    assert_false(nomination_of(report, "person", "t1", &n));
}

/* --- campaign years ----------------------------------------------------------------------- */

static void test_a_campaign_is_checked_before_it_is_kept(void **state)
{
    static const char *const wrong[][2] = {
        { "campaign.26", YEAR_2026 },
        { "campaign.2026", "Phong trào; KH 06" },
        { "campaign.2026", "Phong trào; ; 2026-01-01; 2026-12-31" },
        { "campaign.2026", "Phong trào; KH; 2026-12-31; 2026-01-01" },
        { "campaign.2026", "Phong trào; KH; 2026-01-01; 2026-02-30" },
        { "campaign.2026", YEAR_2026 "; x" },
    };
    struct rig *r = *state;
    const char *why;

    for (size_t i = 0; i < COUNT(wrong); i++)
        if (settings_set(&r->server, wrong[i][0], wrong[i][1], &why) != ERR_REJECTED)
            fail_msg("%s = %s was kept", wrong[i][0], wrong[i][1]);
    report_rig_set(r, "campaign.2026", YEAR_2026);
    assert_string_equal(setting(r, "campaign.2026"), YEAR_2026);
}

static void test_the_next_year_is_made_out_of_the_last(void **state)
{
    struct rig *r = *state;
    struct campaign_copy copy;
    const char *why;

    report_rig_set(r, "campaign.2026", YEAR_2026);
    report_rig_set(r, "target.g2.2026-h2", "120; 2026-12-31; KH 06/KH-UBND");
    report_rig_set(r, "target.all.2026", "900; 2028-02-29; KH 06/KH-UBND");
    report_rig_set(r, "target.all.2025", "1; 2025-12-31; KH 05/KH-UBND");
    report_rig_set(r, "target.all.p1", "5; 2027-12-31; KH 06/KH-UBND");
    report_rig_set(r, "target.g3.2027", "77; 2027-10-10; KH 02/KH-UBND");
    report_rig_set(r, "target.g3.2026", "66; 2026-10-10; KH 06/KH-UBND");
    assert_int_equal(campaign_copy(&r->server, "lan", 2026, 2027, &copy, &why), ERR_OK);
    assert_int_equal(copy.n_added, 3);
    assert_int_equal(copy.n_kept, 1);
    assert_string_equal(setting(r, "campaign.2027"),
                        "Phong trào năm 2027; Chép từ năm 2026, chưa ghi văn bản: cần "
                        "kiểm tra; 2027-01-01; 2027-12-31");
    assert_string_equal(
        setting(r, "target.g2.2027-h2"),
        "120; 2027-12-31; Chép từ năm 2026, chưa ghi văn bản: cần kiểm tra");
    assert_string_equal(
        setting(r, "target.all.2027"),
        "900; 2029-02-28; Chép từ năm 2026, chưa ghi văn bản: cần kiểm tra");
    assert_string_equal(setting(r, "target.g3.2027"),
                        "77; 2027-10-10; KH 02/KH-UBND"); /* stays */
    assert_string_equal(setting(r, "target.g2.2026-h2"),
                        "120; 2026-12-31; KH 06/KH-UBND");
}

static void test_asked_again_nothing_is_added_nor_logged(void **state)
{
    struct rig *r = *state;
    struct campaign_copy copy;
    char want[32];
    const char *why;
    int64_t version;

    report_rig_set(r, "campaign.2026", YEAR_2026);
    report_rig_set(r, "target.g2.2026", "120; 2026-12-31; KH 06/KH-UBND");
    assert_int_equal(campaign_copy(&r->server, "lan", 2026, 2027, &copy, &why), ERR_OK);
    assert_int_equal(log_of(r).n, 1);
    (void)snprintf(want, sizeof(want), "%d lan 2026 → 2027", (int)DEED_CAMPAIGN);
    assert_string_equal(log_of(r).last, want);
    report_rig_set(r, "target.g2.2027", "130; 2027-06-30; KH 01/KH-UBND");
    version = settings_version(&r->server);
    assert_int_equal(campaign_copy(&r->server, "lan", 2026, 2027, &copy, &why), ERR_OK);
    assert_int_equal(copy.n_added, 0);
    assert_int_equal(copy.n_kept, 2);
    assert_int_equal(log_of(r).n, 1);
    assert_int_equal(settings_version(&r->server), version);
    assert_string_equal(setting(r, "target.g2.2027"), "130; 2027-06-30; KH 01/KH-UBND");
}

static void test_no_year_is_made_out_of_nothing(void **state)
{
    static const int wrong[][2] = {
        { 2026, 2027 }, { 2025, 2025 }, { 2025, 2024 }, { 0, 2027 }, { 2025, 0 }
    };
    struct rig *r = *state;
    struct campaign_copy copy;
    const char *why;

    report_rig_set(r, "campaign.2025",
                   "Phong trào năm 2025; KH 06/KH-UBND; 2025-01-01; 2025-12-31");
    for (size_t i = 0; i < COUNT(wrong); i++) {
        assert_int_equal(
            campaign_copy(&r->server, "lan", wrong[i][0], wrong[i][1], &copy, &why),
            ERR_REJECTED);
        assert_true(*why);
    }
    assert_int_equal(log_of(r).n, 0);
    assert_int_equal(campaign_year("2026"), 2026);
    assert_int_equal(campaign_year("26"), 0);
    assert_int_equal(campaign_year("2026-"), 0);
    assert_int_equal(campaign_year("9026"), 0);
}

/* --- spot checks -------------------------------------------------------------------------- */

static struct spot_sample draw(struct rig *r, const char *period, const char *seed,
                               size_t n)
{
    struct spot_sample s;
    struct period p;

    assert_true(period_parse(period, &p));
    assert_int_equal(spot_check_draw(&r->server, &p, seed, n, &r->arena, &s), ERR_OK);
    return s;
}

static bool same_rows(const struct spot_sample *a, const struct spot_sample *b)
{
    for (size_t i = 0; i < a->n; i++)
        if (i == b->n || strcmp(a->rows[i].day, b->rows[i].day) != 0 ||
            strcmp(a->rows[i].lesson, b->rows[i].lesson) != 0)
            return false;
    return a->n == b->n;
}

static void test_a_sample_says_what_totals_say_and_can_be_drawn_again(void **state)
{
    struct rig *r = *state;
    struct spot_sample a, b, other;

    report_rig_fill(r, 7);
    a = draw(r, REPORT_PERIOD, "7K3M9QXA", 5);
    b = draw(r, REPORT_PERIOD, "7K3M9QXA", 5);
    other = draw(r, REPORT_PERIOD, "7K3M9QXB", 5);
    assert_int_equal(a.n, 5);
    assert_int_equal(a.n_all, 9); /* three days in the period, three lessons */
    assert_true(same_rows(&a, &b));
    assert_false(same_rows(&a, &other));
    for (size_t i = 0; i < a.n; i++) {
        assert_string_equal(a.rows[i].kiosk, r->kiosk);
        assert_true(spot_row_is_placed(&a.rows[i]));
        assert_int_equal(a.rows[i].claimed,
                         report_rig_sum(r, "completions", a.rows[i].lesson, "-",
                                        a.rows[i].day, a.rows[i].day));
    }
    assert_int_equal(draw(r, REPORT_PERIOD, "7K3M9QXA", 30).n, 9);
    assert_int_equal(draw(r, "2019", "7K3M9QXA", 5).n, 0);
    assert_int_equal(draw(r, "all", "7K3M9QXA", 30).n_all, 18);
}

/* The rule of spot_check.h, computed apart. */
static void test_the_draw_is_by_the_smallest_hashes(void **state)
{
    struct rig *r = *state;
    struct spot_sample all, s;
    char best[65] = "g", hash[65];
    size_t at = 0;

    report_rig_fill(r, 7);
    all = draw(r, REPORT_PERIOD, "7K3M9QXA", 30);
    for (size_t i = 0; i < all.n; i++) {
        const char *key =
            arena_printf(&r->arena, "7K3M9QXA|%s|%s|-|%s", all.rows[i].kiosk,
                         all.rows[i].day, all.rows[i].lesson);

        hash_sha256_hex(key, strlen(key), hash);
        if (strcmp(hash, best) < 0) {
            memcpy(best, hash, sizeof(best));
            at = i;
        }
    }
    s = draw(r, REPORT_PERIOD, "7K3M9QXA", 1);
    assert_int_equal(s.n, 1);
    assert_string_equal(s.rows[0].day, all.rows[at].day);
    assert_string_equal(s.rows[0].lesson, all.rows[at].lesson);
}

static void test_hours_without_a_day_are_named_so(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 1);
    struct spot_sample s;

    b.runs[0].trust = 0; /* the clock was never learned */
    rig_count(r, &b, "completions", "?7", "m01-b01", 6, 0);
    rig_count(r, &b, "completions", "2026-11-20", "m01-b01", 3, 3); /* withdrawn */
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    s = draw(r, "2026-11", "7K3M9QXA", 5);
    assert_int_equal(s.n, 1);
    assert_false(spot_row_is_placed(&s.rows[0]));
    assert_string_equal(s.rows[0].day, "?7");
    assert_int_equal(strlen(s.rows[0].run), 16);
    assert_int_equal(s.rows[0].claimed, 6);
}

static void test_a_draw_stands_in_the_log_as_it_is(void **state)
{
    struct rig *r = *state;
    char seed[SPOT_CHECK_SEED_CHARS];
    struct period p, other;
    bool logged;

    assert_true(period_parse("2026", &p) && period_parse("2025", &other));
    spot_check_seed(seed);
    assert_true(spot_check_seed_ok(seed));
    assert_int_equal(spot_check_log(&r->server, "lan", &p, seed, 10), ERR_OK);
    assert_int_equal(spot_check_is_logged(&r->server, &p, seed, 10, &logged), ERR_OK);
    assert_true(logged);
    assert_int_equal(spot_check_is_logged(&r->server, &p, seed, 11, &logged), ERR_OK);
    assert_false(logged);
    assert_int_equal(spot_check_is_logged(&r->server, &other, seed, 10, &logged),
                     ERR_OK);
    assert_false(logged);
    assert_false(spot_check_seed_ok("7k3m9qxa"));
    assert_false(spot_check_seed_ok("7K3M9QX"));
    assert_false(spot_check_seed_ok("7K3M9Q<>"));
}

#define T(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_candidates_are_those_of_bieu_7_each_once),
        T(test_few_people_are_no_candidates),
        T(test_another_thon_with_a_longer_code_is_another),
        T(test_a_campaign_is_checked_before_it_is_kept),
        T(test_the_next_year_is_made_out_of_the_last),
        T(test_asked_again_nothing_is_added_nor_logged),
        T(test_no_year_is_made_out_of_nothing),
        T(test_a_sample_says_what_totals_say_and_can_be_drawn_again),
        T(test_the_draw_is_by_the_smallest_hashes),
        T(test_hours_without_a_day_are_named_so),
        T(test_a_draw_stands_in_the_log_as_it_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
