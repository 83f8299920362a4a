/* The registers of the movement: each kind and the bounds of each field, consent given and
 * taken back, what expires, corrections, and what the report and the pages make of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "deeds.h"
#include "register_done.h"
#include "register_words.h"
#include "report_make.h"
#include "server_rig.h"
#include "settings.h"

#define DAY_MS 86400000LL
#define NAME "Phạm Thị Ưa"
#define HOSTILE "<script>alert(1)</script>"

/* A value that each field takes, of the day of the rig: 22 November 2026. */
static const char *good_value(const struct register_field *f)
{
    static const char *const of_type[REGISTER_TYPES] = {
        [REGISTER_LINE] = NAME,
        [REGISTER_LONG] = "Dạy bà con quét mã\nở chợ",
        [REGISTER_DAY] = "2026-11-20",
        [REGISTER_MONTH] = "2026-11",
        [REGISTER_MONTHS] = "2026-09..2026-12",
        [REGISTER_UNIT] = "u01",
        [REGISTER_THON] = "t01",
        [REGISTER_THONS] = "t01 t02",
        [REGISTER_MODULES] = "m06 m09",
        [REGISTER_NUMBER] = "12",
        [REGISTER_CONSENT] = REGISTER_YES,
    };

    return f->expires                   ? "2027-01-31"
           : f->type == REGISTER_CHOICE ? f->choices[0].code
                                        : of_type[f->type];
}

static void fill(const struct register_kind *k, const char **values)
{
    for (size_t i = 0; i < k->n_fields; i++)
        values[i] = good_value(&k->fields[i]);
}

static void set(const struct register_kind *k, const char **values, const char *code,
                const char *value)
{
    size_t i = register_field_at(k, code);

    assert_true(i < k->n_fields);
    values[i] = value;
}

static void name_things(struct rig *r)
{
    const char *why;

    assert_int_equal(settings_set(&r->server, "thon.t01", "Nước Giáp", &why), ERR_OK);
    assert_int_equal(settings_set(&r->server, "unit.u01", "Hội Phụ nữ xã", &why),
                     ERR_OK);
    assert_int_equal(settings_set(&r->server, "module.m09", "Tránh lừa đảo", &why),
                     ERR_OK);
}

static int64_t add(struct rig *r, const struct register_kind *k,
                   const char *const *values)
{
    struct register_fault fault = { 0 };
    struct entries all;

    assert_int_equal(register_write(&r->server, "minh", k, 0, values, &fault), ERR_OK);
    assert_int_equal(register_read(&r->server, k, &r->arena, &all), ERR_OK);
    for (size_t i = 1; i < all.n; i++)
        if (all.rows[i].seq > all.rows[0].seq)
            all.rows[0] = all.rows[i];
    return all.rows[0].seq;
}

static struct entry get(struct rig *r, const struct register_kind *k, int64_t seq)
{
    struct entry e;

    assert_int_equal(register_get(&r->server, k, seq, &r->arena, &e), ERR_OK);
    return e;
}

static void refused(struct rig *r, const struct register_kind *k,
                    const char *const *values, const char *code)
{
    struct register_fault fault = { 0 };

    if (register_write(&r->server, "minh", k, 0, values, &fault) != ERR_REJECTED)
        fail_msg("%s.%s takes it", k->code, code);
    assert_non_null(fault.field);
    assert_string_equal(fault.field->code, code);
    assert_true(*fault.why);
}

/* --- the table ---------------------------------------------------------------------- */

static void test_every_kind_is_whole_and_keeps_what_is_written(void **state)
{
    static const char *const of_the_form[] = { "ma", "viec", "so", "chac" };
    struct rig *r = *state;

    for (size_t n = 0; n < register_n_kinds; n++) {
        const struct register_kind *k = &register_kinds[n];
        const char *values[REGISTER_FIELDS_MAX];
        struct entry e;

        assert_true(k->n_fields <= REGISTER_FIELDS_MAX);
        assert_ptr_equal(register_kind_of(k->code), k);
        assert_ptr_equal(register_kind_at(k->path), k);
        for (size_t i = 0; i < k->n_fields; i++) {
            const struct register_field *f = &k->fields[i];

            assert_int_equal(register_field_at(k, f->code), i); /* no code twice */
            for (size_t o = 0; o < COUNT(of_the_form); o++)
                assert_string_not_equal(f->code, of_the_form[o]);
            assert_true(f->max <= REGISTER_CHARS_MAX || f->type == REGISTER_NUMBER);
            assert_true((f->type == REGISTER_LINE || f->type == REGISTER_LONG ||
                         f->type == REGISTER_NUMBER) == (f->max > 0));
            /* who is named can take it back */
            assert_true(!f->personal ||
                        register_field_of(k, REGISTER_CONSENT) < k->n_fields);
        }
        fill(k, values);
        e = get(r, k, add(r, k, values));
        for (size_t i = 0; i < k->n_fields; i++)
            assert_string_equal(e.values[i], values[i]);
        assert_int_equal(e.state, REGISTER_NOW);
        assert_string_equal(e.by, "minh");
        assert_true(register_is_shown(&r->server, &e));
    }
    assert_null(register_kind_of("so-do"));
    assert_null(register_kind_at("/don-vi"));
}

static void test_required_fields_are_asked_for(void **state)
{
    struct rig *r = *state;

    for (size_t n = 0; n < register_n_kinds; n++) {
        const struct register_kind *k = &register_kinds[n];
        const char *values[REGISTER_FIELDS_MAX];
        struct register_fault fault;

        for (size_t i = 0; i < k->n_fields; i++) {
            const struct register_field *f = &k->fields[i];

            fill(k, values);
            values[i] = "";
            if (f->required || f->of_consent)
                refused(r, k, values, f->code);
            else if (f->type != REGISTER_CONSENT)
                assert_int_equal(register_check(&r->server, k, values, &fault), ERR_OK);
        }
    }
}

static void test_each_field_has_its_bounds(void **state)
{
    static const char *const bad[REGISTER_TYPES][5] = {
        [REGISTER_LINE] = { "\xff", "hai\ndòng", "\x01" },
        [REGISTER_LONG] = { "\xc3(", "\x01" },
        [REGISTER_DAY] = { "2026-02-30", "20/11/2026", "2026-11-2", HOSTILE },
        [REGISTER_MONTH] = { "2026-13", "2026", "2026-Q4", "all" },
        [REGISTER_MONTHS] = { "2026-09", "2026-12..2026-09", "..2026-09", "2026-09..",
                              "1900-01..2026-01" },
        [REGISTER_UNIT] = { "<b>", "-", "u01 u02", "a'b" },
        [REGISTER_THON] = { "<b>", "t01 t02", HOSTILE },
        [REGISTER_THONS] = { "t01  t02", "t01;t02", "-", " t01" },
        [REGISTER_MODULES] = { "m09,m10", "<b>" },
        [REGISTER_NUMBER] = { "-1", "1.5", "9999999999999999999999", "999999999",
                              "=1" },
        [REGISTER_CHOICE] = { "khac", "1" },
        [REGISTER_CONSENT] = { "1", REGISTER_GONE, "on" },
    };
    struct rig *r = *state;
    char *long_one = check_alloc(4 * REGISTER_CHARS_MAX);

    for (size_t n = 0; n < register_n_kinds; n++)
        for (size_t i = 0; i < register_kinds[n].n_fields; i++) {
            const struct register_kind *k = &register_kinds[n];
            const struct register_field *f = &k->fields[i];
            const char *values[REGISTER_FIELDS_MAX];

            fill(k, values);
            for (size_t b = 0; b < 5 && bad[f->type][b]; b++) {
                values[i] = bad[f->type][b];
                if (f->type == REGISTER_CONSENT) /* no proof without it comes first */
                    continue;
                refused(r, k, values, f->code);
            }
            if (f->type != REGISTER_LINE && f->type != REGISTER_LONG)
                continue;
            for (int64_t c = 0; c < f->max; c++) /* letters, not bytes, are counted */
                memcpy(long_one + 2 * c, "é", 3);
            values[i] = long_one;
            add(r, k, values);
            memcpy(long_one + 2 * f->max, "é", 3);
            refused(r, k, values, f->code);
        }
    free(long_one);
}

static void test_hostile_words_are_kept_as_words(void **state)
{
    const struct register_kind *k = register_kind_of("sang-kien");
    struct rig *r = *state;
    const char *values[REGISTER_FIELDS_MAX];
    struct entry e;

    fill(k, values);
    set(k, values, "ten", "=cmd|' /C calc'!A0");
    set(k, values, "mo-ta", HOSTILE "\"},\"x\":\"'; DROP TABLE entry; --");
    e = get(r, k, add(r, k, values));
    assert_string_equal(register_value(&e, "ten"), "=cmd|' /C calc'!A0");
    assert_string_equal(register_value(&e, "mo-ta"),
                        HOSTILE "\"},\"x\":\"'; DROP TABLE entry; --");
    assert_string_equal(register_value(&e, "x"), "");
}

/* --- consent ------------------------------------------------------------------------ */

static void test_no_name_without_consent(void **state)
{
    struct rig *r = *state;

    for (size_t n = 0; n < register_n_kinds; n++) {
        const struct register_kind *k = &register_kinds[n];
        size_t consent = register_field_of(k, REGISTER_CONSENT);
        const char *values[REGISTER_FIELDS_MAX];
        struct register_fault fault;

        if (consent == k->n_fields)
            continue;
        fill(k, values);
        values[consent] = "";
        assert_int_equal(register_check(&r->server, k, values, &fault), ERR_REJECTED);
        for (size_t i = 0; i < k->n_fields; i++)
            if (k->fields[i].personal || k->fields[i].of_consent)
                values[i] = "";
        assert_int_equal(register_check(&r->server, k, values, &fault),
                         k->only_with_consent ? ERR_REJECTED : ERR_OK);
    }
}

static void test_consent_lies_not_ahead_and_an_end_not_behind(void **state)
{
    const struct register_kind *k = register_kind_of("guong-tot");
    struct rig *r = *state;
    const char *values[REGISTER_FIELDS_MAX];

    fill(k, values);
    set(k, values, "ngay-dong-y", "2026-11-23");
    refused(r, k, values, "ngay-dong-y");
    fill(k, values);
    set(k, values, "het-han", "2026-11-21");
    refused(r, k, values, "het-han");
    set(k, values, "het-han", "2026-11-22");
    add(r, k, values);
}

static enum err count_names(void *ctx, const struct deed *line)
{
    if (strstr(line->object, NAME))
        ++*(int *)ctx;
    return ERR_OK;
}

/* Every byte of the database's files. */
static bool file_has(const char *path, const char *words)
{
    FILE *f = fopen(path, "rb");
    char *bytes = check_alloc(64 << 20);
    size_t n = f ? fread(bytes, 1, 64 << 20, f) : 0;
    size_t length = strlen(words);
    bool found = false;

    for (size_t i = 0; i + length <= n && !found; i++)
        found = !memcmp(bytes + i, words, length);
    if (f)
        fclose(f);
    free(bytes);
    return found;
}

static void test_a_name_that_is_taken_back_is_gone(void **state)
{
    const struct register_kind *k = register_kind_of("guong-tot");
    struct rig *r = *state;
    const char *values[REGISTER_FIELDS_MAX];
    const char *path = strchr(r->uri, ':') + 1;
    struct register_fault fault;
    struct entries all;
    int64_t first;
    int names = 0;

    fill(k, values);
    first = add(r, k, values);
    set(k, values, "chuyen", NAME " kể lại");
    assert_int_equal(register_write(&r->server, "minh", k, first, values, &fault),
                     ERR_OK);
    if (!rig_on_postgres()) {
        rig_restart(r);
        assert_true(file_has(path, NAME)); /* the look would find it */
    }
    assert_int_equal(register_forget(&r->server, "lan", k, first + 1), ERR_OK);
    assert_int_equal(register_read(&r->server, k, &r->arena, &all), ERR_OK);
    assert_int_equal(all.n, 2);
    for (size_t n = 0; n < all.n; n++) {
        for (size_t i = 0; i < k->n_fields; i++)
            assert_true(!k->fields[i].personal || !*all.rows[n].values[i]);
        assert_string_equal(register_value(&all.rows[n], "dong-y"), REGISTER_GONE);
        assert_string_equal(register_value(&all.rows[n], "ngay-dong-y"), "2026-11-20");
        assert_false(register_is_shown(&r->server, &all.rows[n]));
    }
    assert_int_equal(deeds_each(&r->server, 100, count_names, &names), ERR_OK);
    assert_int_equal(names, 0);
    if (!rig_on_postgres()) {
        rig_restart(r);
        assert_false(file_has(path, NAME));
    }
}

static void test_unticking_consent_takes_it_back_too(void **state)
{
    const struct register_kind *k = register_kind_of("bieu-duong-thang");
    struct rig *r = *state;
    const char *values[REGISTER_FIELDS_MAX];
    struct register_fault fault;
    int64_t first;
    struct entry old;
    struct buf who;
    struct register_names names;

    name_things(r);
    fill(k, values);
    first = add(r, k, values);
    for (size_t i = 0; i < k->n_fields; i++)
        if (k->fields[i].personal || k->fields[i].of_consent ||
            k->fields[i].type == REGISTER_CONSENT)
            values[i] = "";
    assert_int_equal(register_write(&r->server, "minh", k, first, values, &fault),
                     ERR_OK);
    old = get(r, k, first);
    assert_int_equal(old.state, REGISTER_CORRECTED);
    assert_string_equal(register_value(&old, "ten"), "");
    assert_int_equal(register_names_read(&r->server, &r->arena, &names), ERR_OK);
    buf_init(&who, 200);
    register_who_words(&names, &old, true, &who);
    assert_string_equal(buf_text(&who), "một bà con ở thôn Nước Giáp");
    buf_finish(&who);
}

/* --- time and versions -------------------------------------------------------------- */

static void test_what_expires_is_not_shown_and_a_wrong_clock_shows_nothing(void **state)
{
    const struct register_kind *k = register_kind_of("guong-tot");
    struct rig *r = *state;
    const char *values[REGISTER_FIELDS_MAX];
    struct entry e;

    fill(k, values);
    set(k, values, "het-han", "2026-11-23");
    e = get(r, k, add(r, k, values));
    r->wall_ms += DAY_MS;
    assert_true(register_is_shown(&r->server, &e)); /* on its last day */
    r->wall_ms += DAY_MS;
    assert_false(register_is_shown(&r->server, &e));
    assert_true(register_is_expired(&r->server, &e));
    r->wall_ms = DAY_MS; /* 1970: nobody knows whether its day has passed */
    assert_false(register_is_shown(&r->server, &e));
}

static void test_nothing_disappears_by_itself(void **state)
{
    const struct register_kind *k = register_kind_of("sang-kien");
    struct rig *r = *state;
    const char *values[REGISTER_FIELDS_MAX];
    struct register_fault fault;
    struct entries all;
    int64_t first;

    fill(k, values);
    first = add(r, k, values);
    set(k, values, "ten", "Tên khác");
    assert_int_equal(register_write(&r->server, "lan", k, first, values, &fault),
                     ERR_OK);
    /* an old version cannot be corrected or withdrawn once more */
    assert_int_equal(register_write(&r->server, "lan", k, first, values, &fault),
                     ERR_REJECTED);
    assert_null(fault.field);
    assert_int_equal(register_withdraw(&r->server, "lan", k, first), ERR_REJECTED);
    assert_int_equal(register_withdraw(&r->server, "lan", k, 99), ERR_REJECTED);
    assert_int_equal(
        register_withdraw(&r->server, "lan", register_kind_of("dong-gop"), first + 1),
        ERR_REJECTED);
    assert_int_equal(register_withdraw(&r->server, "lan", k, first + 1), ERR_OK);
    assert_int_equal(register_forget(&r->server, "lan", k, first + 1), ERR_REJECTED);
    assert_int_equal(register_read(&r->server, k, &r->arena, &all), ERR_OK);
    assert_int_equal(all.n, 2);
    assert_int_equal(all.rows[0].state, REGISTER_WITHDRAWN);
    assert_string_equal(all.rows[0].changed_by, "lan");
    assert_string_equal(register_value(&all.rows[1], "ten"), NAME);
    assert_int_equal(all.rows[1].root, all.rows[0].root);
}

/* --- what is made of it ------------------------------------------------------------- */

static void test_done_is_told_by_months_and_only_when_something_was_sent(void **state)
{
    static const struct register_count rows[] = {
        { "u01", 20698, true, 3 }, /* 2 September 2026 */
        { "u01", 20699, true, 1 },
        { "u01", 20733, true, 2 }, /* October */
        { "u01", 20733, false, 7 },
        { "u01", 20600, true, 9 }, /* before it took anything on */
        { "u02", 20733, true, 5 }, /* nobody of it learns at a kiosk: not 0 */
    };
    const struct register_kind *k = register_kind_of("don-vi");
    struct register_counts counts = { (struct register_count *)rows, COUNT(rows) };
    struct entry e = { .kind = k };
    struct register_done done;
    struct buf words;

    (void)state;
    fill(k, e.values);
    done = register_done_of(&counts, &e);
    assert_int_equal(done.months_taken, 4);
    buf_init(&words, 200);
    register_done_words(&done, &words);
    assert_string_equal(buf_text(&words),
                        "2/4 tháng có buổi học, 6 buổi, 7 lượt xong bài");
    set(k, e.values, "don-vi", "u02");
    done = register_done_of(&counts, &e);
    buf_clear(&words);
    register_done_words(&done, &words);
    assert_string_equal(buf_text(&words), "1/4 tháng có buổi học, 5 buổi");
    set(k, e.values, "don-vi", "u03");
    done = register_done_of(&counts, &e);
    buf_clear(&words);
    register_done_words(&done, &words);
    assert_string_equal(buf_text(&words), "chưa có số liệu");
    buf_finish(&words);
}

static void test_the_report_has_them_without_names(void **state)
{
    static const struct {
        const char *kind, *table;
    } tables[] = { { "don-vi", "b9" },
                   { "sang-kien", "b10" },
                   { "bieu-duong-thang", "b11" } };
    struct rig *r = *state;
    struct report report;
    struct buf json;

    name_things(r);
    for (size_t i = 0; i < COUNT(tables); i++) {
        const struct register_kind *k = register_kind_of(tables[i].kind);
        const char *values[REGISTER_FIELDS_MAX];

        fill(k, values);
        for (size_t l = 0; l < k->n_fields; l++) /* the head of a unit stays NAME */
            if (k->fields[l].type == REGISTER_LINE && !k->fields[l].personal &&
                strcmp(k->fields[l].code, "phu-trach") != 0)
                values[l] = "Trạm quét mã ở chợ";
        add(r, k, values);
    }
    buf_init(&json, 4 << 20);
    assert_int_equal(report_make(&r->server, "2026-H2", 0, &r->arena, &report), ERR_OK);
    for (size_t i = 0; i < COUNT(tables); i++)
        assert_int_equal(report_table_of(&report, tables[i].table)->n_rows, 1);
    assert_int_equal(report_write(&report, &json), ERR_OK);
    assert_null(strstr(buf_text(&json), NAME));
    assert_non_null(strstr(buf_text(&json), "một bà con ở thôn Nước Giáp"));
    assert_non_null(strstr(buf_text(&json), "Trạm quét mã ở chợ"));
    assert_non_null(strstr(buf_text(&json), "Tránh lừa đảo"));
    assert_int_equal(report_make(&r->server, "2026-H1", 0, &r->arena, &report), ERR_OK);
    for (size_t i = 0; i < COUNT(tables); i++)
        assert_int_equal(report_table_of(&report, tables[i].table)->n_rows, 0);
    buf_finish(&json);
}

/* --- the page ----------------------------------------------------------------------- */

/* "xem=het" or "dang=csv" is asked for. */
static const char *query(const struct http_request *q, const char *name)
{
    const char *asked = q->connection;
    size_t n = strlen(name);

    return !strncmp(asked, name, n) && asked[n] == '=' ? asked + n + 1 : NULL;
}

/* The page of stories as this role gets it. */
static const char *page_as(struct rig *r, enum staff_role role, const char *asked)
{
    struct visitor visitor = { .known = true,
                               .staff = { .name = "minh", .role = role } };
    struct http_request request = { .method = "GET",
                                    .path = "/guong-tot",
                                    .query = query,
                                    .connection = (void *)asked };
    struct visit v = { &r->server, &request, &visitor };
    struct http_response response = { .status = 200 };
    const char *text;

    buf_init(&response.body, 4 << 20);
    assert_int_equal(page_register(&v, &response), ERR_OK);
    text = arena_strdup(&r->arena, buf_text(&response.body));
    buf_finish(&response.body);
    return text;
}

static void test_an_administrator_sees_that_a_story_expired_and_nobody_its_words(
    void **state)
{
    const struct register_kind *k = register_kind_of("guong-tot");
    static const char *const ways[] = { "", "xem=het", "dang=csv" };
    struct rig *r = *state;
    const char *values[REGISTER_FIELDS_MAX];

    fill(k, values);
    set(k, values, "het-han", "2026-11-23");
    add(r, k, values);
    assert_non_null(strstr(page_as(r, STAFF_INSPECTOR, ""), NAME));
    assert_non_null(strstr(page_as(r, STAFF_INSPECTOR, "dang=csv"), NAME));
    r->wall_ms += 2 * DAY_MS;
    for (int role = 0; role < STAFF_ROLES; role++)
        for (size_t i = 0; i < COUNT(ways); i++) {
            const char *page = page_as(r, (enum staff_role)role, ways[i]);

            assert_null(strstr(page, NAME));
            assert_null(strstr(page, "quét mã"));
            assert_int_equal(strstr(page, "Đã hết hạn") != NULL,
                             role == STAFF_ADMINISTRATOR && i == 1);
        }
}

#define T(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_every_kind_is_whole_and_keeps_what_is_written),
        T(test_required_fields_are_asked_for),
        T(test_each_field_has_its_bounds),
        T(test_hostile_words_are_kept_as_words),
        T(test_no_name_without_consent),
        T(test_consent_lies_not_ahead_and_an_end_not_behind),
        T(test_a_name_that_is_taken_back_is_gone),
        T(test_unticking_consent_takes_it_back_too),
        T(test_what_expires_is_not_shown_and_a_wrong_clock_shows_nothing),
        T(test_nothing_disappears_by_itself),
        cmocka_unit_test(test_done_is_told_by_months_and_only_when_something_was_sent),
        T(test_the_report_has_them_without_names),
        T(test_an_administrator_sees_that_a_story_expired_and_nobody_its_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
