/* What is said of a machine, and figures by part and by free days. */
#include <string.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "cubes.h"
#include "health.h"
#include "server_rig.h"
#include "settings.h"

#define NOW_MS RIG_START_MS

static struct figures_machine well(void)
{
    return (struct figures_machine){
        .seen_ms = NOW_MS - 1000,
        .db = "ok",
        .version = "1",
        .pack_ver = 5,
        .trust = { .known = true, .value = 3 },
        .free_mb = { .known = true, .value = 9000 },
        .temp_c = { .known = true, .value = 50 },
    };
}

static void check_words(const struct figures_machine *m, const char *what)
{
    struct health_word words[HEALTH_MAX];

    assert_int_equal(health_words(m, NOW_MS, 5, words), what ? 1 : 0);
    if (!what)
        return;
    assert_string_equal(words[0].what, what);
    assert_true(*words[0].what_to_do);
}

static void test_each_trouble_has_its_words(void **state)
{
    struct figures_machine m = well();

    (void)state;
    check_words(&m, NULL);
    m.seen_ms = NOW_MS - 7 * HEALTH_DAY_MS;
    check_words(&m, NULL);
    m.seen_ms--;
    check_words(&m, "Lâu chưa gửi tin");
    m = well();
    m.shared_key = true;
    check_words(&m, "Có thể hai máy đang dùng chung một khóa");
    m = well();
    m.free_mb.value = 100;
    check_words(&m, "Đĩa sắp đầy");
    m = well();
    m.db = "full";
    check_words(&m, "Đĩa sắp đầy");
    m = well();
    m.db = "readonly";
    check_words(&m, "Nơi lưu số liệu của máy gặp trục trặc");
    m = well();
    m.undervolt = true;
    check_words(&m, "Nguồn điện yếu");
    m = well();
    m.temp_c.value = 80;
    check_words(&m, "Máy nóng");
    m = well();
    m.trust.value = 1;
    check_words(&m, "Đồng hồ chưa chắc đúng");
    m = well();
    m.pack_ver = 4;
    check_words(&m, "Gói bài học chưa phải bản mới");
}

static void test_of_a_stranger_and_a_stopped_machine_nothing_is_said(void **state)
{
    struct figures_machine never_sent = { .db = "", .version = "" };
    struct figures_machine stopped = well();

    (void)state;
    check_words(&never_sent, NULL);
    stopped.revoked = stopped.undervolt = true;
    check_words(&stopped, NULL);
}

static void add_count(struct rig *r, struct bundle *b, const char *stat,
                      const char *period, const char *dims, int64_t plus)
{
    rig_count(r, b, stat, period, "-", plus, 0);
    b->counts[b->n_counts - 1].dims = dims;
}

static void add_gauge(struct rig *r, struct bundle *b, const char *period,
                      const char *dims, int64_t value, int64_t rev)
{
    rig_gauge(r, b, "finished_one", period, value, rev);
    b->gauges[b->n_gauges - 1].dims = dims;
}

static void test_parts_are_read_apart_and_units_by_their_names(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 9);
    struct period p;
    struct cubes c;
    const char *why;

    assert_int_equal(settings_set(&r->server, "unit.u01", "Tổ công nghệ", &why),
                     ERR_OK);
    assert_int_equal(settings_set(&r->server, "unit.u02", "Đoàn xã", &why), ERR_OK);
    add_count(r, &b, "classes", "2026-11-20", "unit=u01", 3);
    add_count(r, &b, "classes", "2026-06-20", "unit=u01", 5); /* another half-year */
    add_count(r, &b, "classes", "?2", "unit=u09", 2); /* the run began 22 November */
    add_count(r, &b, "completions", "2026-11-20", "sex=f", 7);
    add_count(r, &b, "completions", "2026-11-20", "sex=f;thon=t01", 4);
    add_gauge(r, &b, "2026-H2", "sex=f", 6, 1);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    assert_true(period_parse("2026-H2", &p));
    assert_int_equal(cubes_read(&r->server, &p, &r->arena, &c), ERR_OK);
    assert_int_equal(c.n_rows[CUBE_UNIT], 3);
    assert_string_equal(c.rows[CUBE_UNIT][0].name, "Đoàn xã");
    assert_false(c.rows[CUBE_UNIT][0].classes.known);
    assert_int_equal(c.rows[CUBE_UNIT][1].classes.value, 3);
    assert_null(c.rows[CUBE_UNIT][2].name);
    assert_int_equal(c.rows[CUBE_UNIT][2].classes.value, 2);
    assert_int_equal(cubes_find(&c, CUBE_SEX, "f")->completions.value, 7);
    assert_int_equal(cubes_find(&c, CUBE_SEX, "f")->finished.value, 6);
    assert_false(cubes_find(&c, CUBE_SEX, "m")->finished.known);
}

static void test_people_of_free_days_are_from_to(void **state)
{
    struct rig *r = *state;
    struct bundle b = rig_bundle(r, 1, 1, 9);
    struct figures f;

    add_gauge(r, &b, "2026-10", "-", 40, 1);
    add_gauge(r, &b, "2026-11", "-", 25, 2);
    add_gauge(r, &b, "2026-12", "-", 99, 3);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    assert_int_equal(figures_read(&r->server, "2026-10-15..2026-11-22", &r->arena, &f),
                     ERR_OK);
    assert_true(f.finished.known);
    assert_int_equal(f.finished.value, 40);
    assert_int_equal(f.finished.most, 65);
}

#define T(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_trouble_has_its_words),
        cmocka_unit_test(test_of_a_stranger_and_a_stopped_machine_nothing_is_said),
        T(test_parts_are_read_apart_and_units_by_their_names),
        T(test_people_of_free_days_are_from_to),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
