/* The bundle: what goes in comes out, and what a hostile or broken sender can put in. */
#include "cmocka_all.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "wire/bundle.h"

/* The example of the protocol. */
static const char example[] =
    "{\"schema\":1,\"commune\":\"21520\",\"kiosk\":\"k7f3a9c2e51b04d8\",\"n\":412,"
    "\"run\":\"9f2c11aa03b7e6d1\",\"nonce\":\"abc_DEF-1\","
    "\"runs\":[[\"9f2c11aa03b7e6d1\",77,1795300000000,500,3,101,118]],"
    "\"known\":[[\"9f2c11aa03b7e6d1\",100],[\"51b04d8e7f3a9c2e\",2310]],"
    "\"version\":\"1.4.2\",\"packs\":{\"bdhvs\":31},"
    "\"health\":{\"free_mb\":9120,\"power_cuts\":3,\"db\":\"ok\",\"undervolt\":false,"
    "\"temp_c\":51,\"voice_draft_pct\":40,\"only_here\":7},"
    "\"counts\":[[0,\"completions\",\"2026-11-22\",\"m09-b03\",\"-\",7,1],"
    "[0,\"passes\",\"?3\",\"m09-b03\",\"-\",2,0]],"
    "\"gauges\":[[0,\"module_finished\",\"2026-H2\",\"m09\",\"sex=f;thon=t07\",5,117]]"
    "}";

static enum err decode(const char *json, struct arena *arena, struct bundle *b)
{
    char why[128];

    return bundle_decode(json, strlen(json), arena, b, why, sizeof(why));
}

static void test_the_example_of_the_protocol_is_read_whole(void **state)
{
    struct arena arena = { 0 };
    struct bundle b;

    (void)state;
    assert_int_equal(decode(example, &arena, &b), ERR_OK);
    assert_string_equal(b.commune, "21520");
    assert_string_equal(b.kiosk, "k7f3a9c2e51b04d8");
    assert_int_equal(b.n, 412);
    assert_true(b.run == 0x9f2c11aa03b7e6d1ULL);
    assert_string_equal(b.nonce, "abc_DEF-1");
    assert_int_equal(b.n_runs, 1);
    assert_true(b.runs[0].id == b.run);
    assert_int_equal(b.runs[0].ord, 77);
    assert_true(b.runs[0].start_ms == 1795300000000);
    assert_int_equal(b.runs[0].uncertainty_ms, 500);
    assert_int_equal(b.runs[0].trust, 3);
    assert_int_equal(b.runs[0].from, 101);
    assert_int_equal(b.runs[0].to, 118);
    assert_int_equal(b.n_known, 2);
    assert_true(b.known[1].run == 0x51b04d8e7f3a9c2eULL);
    assert_int_equal(b.known[1].acked, 2310);
    assert_string_equal(b.pack_id, "bdhvs");
    assert_int_equal(b.pack_ver, 31);
    assert_string_equal(b.health.db, "ok");
    assert_int_equal(b.health.only_here, 7);
    assert_int_equal(b.n_counts, 2);
    assert_string_equal(b.counts[1].stat, "passes");
    assert_string_equal(b.counts[1].period, "?3");
    assert_int_equal(b.counts[0].plus, 7);
    assert_int_equal(b.counts[0].minus, 1);
    assert_int_equal(b.n_gauges, 1);
    assert_string_equal(b.gauges[0].dims, "sex=f;thon=t07");
    assert_int_equal(b.gauges[0].value, 5);
    assert_int_equal(b.gauges[0].rev, 117);
    assert_int_equal(b.gauges[0].i, 2); /* counts are numbered first */
    assert_int_equal(b.n_unreadable, 0);
    arena_finish(&arena);
}

/* What updates must be for; a word that is none costs nothing else of the bundle. */
static void test_the_system_may_be_named(void **state)
{
    static const char begin[] =
        "{\"schema\":1,\"commune\":\"21520\",\"kiosk\":\"k7\",\"n\":1,"
        "\"run\":\"0000000000000001\",\"nonce\":\"a\",\"runs\":[],\"known\":[],"
        "\"version\":\"1.4.2\",\"system\":";
    static const char end[] =
        ",\"packs\":{},\"health\":{},\"counts\":[],\"gauges\":[]}";
    static const char *const bad[] = { "\"Trixie/arm\"", "7", "[]", "\"\"" };
    struct arena arena = { 0 };
    struct bundle b;
    char json[512];
    struct buf out;

    (void)state;
    snprintf(json, sizeof(json), "%s\"bookworm-arm64\"%s", begin, end);
    assert_int_equal(decode(json, &arena, &b), ERR_OK);
    assert_string_equal(b.system, "bookworm-arm64");
    buf_init(&out, BUNDLE_BYTES_MAX);
    assert_int_equal(bundle_encode(&b, &out), ERR_OK);
    assert_non_null(
        strstr(buf_text(&out), "\"version\":\"1.4.2\",\"system\":\"bookworm-arm64\","));
    buf_finish(&out);
    for (size_t i = 0; i < COUNT(bad); i++) {
        snprintf(json, sizeof(json), "%s%s%s", begin, bad[i], end);
        assert_int_equal(decode(json, &arena, &b), ERR_OK);
        assert_null(b.system);
    }
    arena_finish(&arena);
}

static void test_what_was_read_is_written_byte_for_byte(void **state)
{
    struct arena arena = { 0 };
    struct bundle b;
    struct buf out;

    (void)state;
    assert_int_equal(decode(example, &arena, &b), ERR_OK);
    buf_init(&out, BUNDLE_BYTES_MAX);
    assert_int_equal(bundle_encode(&b, &out), ERR_OK);
    assert_string_equal(buf_text(&out), example);
    buf_finish(&out);
    arena_finish(&arena);
}

static void test_unknown_health_is_left_out_and_read_as_unknown(void **state)
{
    struct arena arena = { 0 };
    struct bundle b;
    struct buf out;

    (void)state;
    assert_int_equal(decode(example, &arena, &b), ERR_OK);
    b.health = (struct bundle_health){ .free_mb = -1,
                                       .power_cuts = -1,
                                       .temp_c = -5,
                                       .voice_draft_pct = -1,
                                       .only_here = 0 };
    buf_init(&out, BUNDLE_BYTES_MAX);
    assert_int_equal(bundle_encode(&b, &out), ERR_OK);
    assert_non_null(
        strstr(out.data, "\"health\":{\"undervolt\":false,\"only_here\":0}"));
    assert_int_equal(decode(out.data, &arena, &b), ERR_OK);
    assert_int_equal(b.health.temp_c, -1);
    assert_null(b.health.db);
    buf_finish(&out);
    arena_finish(&arena);
}

static void test_a_ceiling_that_is_reached_is_reported(void **state)
{
    struct arena arena = { 0 };
    struct bundle b;
    struct buf out;

    (void)state;
    assert_int_equal(decode(example, &arena, &b), ERR_OK);
    for (size_t max = 0; max < sizeof(example) - 1; max++) {
        buf_init(&out, max);
        assert_int_equal(bundle_encode(&b, &out), ERR_FULL);
        buf_finish(&out);
    }
    arena_finish(&arena);
}

/* The example with `from` replaced by `to`; both are the row's. */
static const struct change_row {
    const char *name;
    const char *from;
    const char *to;
    enum err want;
} change_rows[] = {
    { "unknown members are ignored", "\"n\":412", "\"n\":412,\"new\":{\"a\":[1]}",
      ERR_OK },
    { "no schema", "\"schema\":1,", "", ERR_REJECTED },
    { "a newer schema", "\"schema\":1", "\"schema\":2", ERR_REJECTED },
    { "a key twice", "\"n\":412", "\"n\":412,\"n\":413", ERR_REJECTED },
    { "nested five deep", "\"n\":412", "\"n\":412,\"new\":[[[[1]]]]", ERR_REJECTED },
    { "n beyond 2^53-1", "\"n\":412", "\"n\":9007199254740992", ERR_REJECTED },
    { "a negative n", "\"n\":412", "\"n\":-1", ERR_REJECTED },
    { "a fraction", "\"n\":412", "\"n\":412.0", ERR_REJECTED },
    { "n as text", "\"n\":412", "\"n\":\"412\"", ERR_REJECTED },
    { "no kiosk", "\"kiosk\":\"k7f3a9c2e51b04d8\",", "", ERR_REJECTED },
    { "a kiosk with a slash", "k7f3a9c2e51b04d8", "../../../etc", ERR_REJECTED },
    { "a run in capitals", "\"run\":\"9f2c", "\"run\":\"9F2C", ERR_REJECTED },
    { "a run of 15 digits", "\"run\":\"9f2c", "\"run\":\"9f2", ERR_REJECTED },
    { "a run of 17 digits", "\"run\":\"9f2c", "\"run\":\"9f2cc", ERR_REJECTED },
    { "an empty nonce", "\"nonce\":\"abc_DEF-1\"", "\"nonce\":\"\"", ERR_REJECTED },
    { "a nonce with a quote", "abc_DEF-1", "a\\\"b", ERR_REJECTED },
    { "trust 5", "1795300000000,500,3", "1795300000000,500,5", ERR_REJECTED },
    { "from 0", ",101,118]", ",0,118]", ERR_REJECTED },
    { "to before from", ",101,118]", ",101,99]", ERR_REJECTED },
    { "only the run's line", ",101,118]", ",101,100]", ERR_OK },
    { "a run with a field more", ",101,118]", ",101,118,1]", ERR_REJECTED },
    { "a run with a field less", ",101,118]", ",101]", ERR_REJECTED },
    { "a known run with a field more", ",2310]", ",2310,1]", ERR_REJECTED },
    { "known is no array", "\"known\":[[\"9f2c11aa03b7e6d1\",100],", "\"known\":[1,",
      ERR_REJECTED },
    { "a control character in the version", "1.4.2", "1.\\u0007", ERR_REJECTED },
    { "a pack id with a space", "\"bdhvs\":31", "\"bd hvs\":31", ERR_REJECTED },
    { "no pack", "{\"bdhvs\":31}", "{}", ERR_OK },
    { "counts is an object",
      "\"counts\":[[0,\"completions\",\"2026-11-22\",\"m09-b03\",\"-\",7,1],[0,"
      "\"passes\",\"?3\",\"m09-b03\",\"-\",2,0]]",
      "\"counts\":{}", ERR_REJECTED },
    { "something after the end", "5,117]]}", "5,117]]}{}", ERR_REJECTED },
};

static void change(const struct change_row *r, struct buf *out)
{
    const char *at = strstr(example, r->from);

    assert_non_null(at);
    buf_init(out, BUNDLE_BYTES_MAX);
    buf_add(out, example, (size_t)(at - example));
    buf_str(out, r->to);
    buf_str(out, at + strlen(r->from));
}

static void check_change(void **state)
{
    const struct change_row *r = *state;
    struct arena arena = { 0 };
    char why[128] = "";
    struct bundle b;
    struct buf json;

    change(r, &json);
    assert_int_equal(bundle_decode(json.data, json.len, &arena, &b, why, sizeof(why)),
                     r->want);
    assert_int_equal(why[0] != 0, r->want != ERR_OK);
    buf_finish(&json);
    arena_finish(&arena);
}

/* A row that is wrong in itself is left out alone: the first count of the example. */
static const struct change_row row_rows[] = {
    { "a stat with a tag", "completions", "<script>", ERR_OK },
    { "a period that is no day", "2026-11-22", "2026-11-31", ERR_OK },
    { "a count of a half-year", "2026-11-22", "2026-H2", ERR_OK },
    { "a count of all time", "2026-11-22", "all", ERR_OK },
    { "a unit in capitals", "m09-b03", "M09-B03", ERR_OK },
    { "dims out of order", "\"-\",7", "\"b=1;a=2\",7", ERR_OK },
    { "a negative count", ",7,1]", ",-7,1]", ERR_OK },
    { "a count beyond 2^53-1", ",7,1]", ",9007199254740992,1]", ERR_OK },
    { "a run that is not there", "[0,\"completions", "[1,\"completions", ERR_OK },
    { "a negative run", "[0,\"completions", "[-1,\"completions", ERR_OK },
    { "a field more", ",7,1]", ",7,1,1]", ERR_OK },
    { "a field less", ",7,1]", ",7]", ERR_OK },
    { "a number for a text", "\"completions\"", "5", ERR_OK },
    { "no array", "[0,\"completions\",\"2026-11-22\",\"m09-b03\",\"-\",7,1]", "null",
      ERR_OK },
};

static void check_row(void **state)
{
    struct arena arena = { 0 };
    struct bundle b;
    struct buf json;

    change(*state, &json);
    assert_int_equal(decode(buf_text(&json), &arena, &b), ERR_OK);
    assert_int_equal(b.n_unreadable, 1);
    assert_int_equal(b.unreadable[0], 0);
    assert_int_equal(b.n_counts, 1);
    assert_string_equal(b.counts[0].stat, "passes");
    assert_int_equal(b.counts[0].i, 1); /* its place in the message */
    assert_int_equal(b.n_gauges, 1);
    buf_finish(&json);
    arena_finish(&arena);
}

/* People of single days would never be shown: gauges are of months and longer. */
static void test_a_gauge_of_a_day_is_left_out_alone(void **state)
{
    static const char *const periods[] = { "2026-11-22", "?3" };
    struct arena arena = { 0 };
    struct bundle b;
    struct buf json;

    (void)state;
    for (size_t i = 0; i < COUNT(periods); i++) {
        change(&(struct change_row){ "", "2026-H2", periods[i], ERR_OK }, &json);
        assert_int_equal(decode(buf_text(&json), &arena, &b), ERR_OK);
        assert_int_equal(b.n_counts, 2);
        assert_int_equal(b.n_gauges, 0);
        assert_int_equal(b.n_unreadable, 1);
        assert_int_equal(b.unreadable[0], 2);
        buf_finish(&json);
    }
    arena_finish(&arena);
}

static void many_rows(size_t n_counts, size_t n_gauges, struct buf *out)
{
    buf_init(out, BUNDLE_BYTES_MAX);
    buf_str(out, "{\"schema\":1,\"commune\":\"c\",\"kiosk\":\"k\",\"n\":1,"
                 "\"run\":\"0000000000000001\",\"nonce\":\"a\",\"version\":\"1\","
                 "\"runs\":[[\"0000000000000001\",1,0,0,0,1,9]],\"counts\":[");
    for (size_t i = 0; i < n_counts; i++)
        buf_str(out, i ? ",[0,\"s\",\"?0\",\"u\",\"-\",1,0]"
                       : "[0,\"s\",\"?0\",\"u\",\"-\",1,0]");
    buf_str(out, "],\"gauges\":[");
    for (size_t i = 0; i < n_gauges; i++)
        buf_str(out, i ? ",[0,\"s\",\"all\",\"u\",\"-\",1,1]"
                       : "[0,\"s\",\"all\",\"u\",\"-\",1,1]");
    buf_str(out, "]}");
}

static void test_500_rows_are_taken_and_501_are_not(void **state)
{
    struct arena arena = { 0 };
    struct bundle b;
    struct buf json;

    (void)state;
    many_rows(300, 200, &json);
    assert_int_equal(decode(buf_text(&json), &arena, &b), ERR_OK);
    assert_int_equal(b.n_counts + b.n_gauges, BUNDLE_ROWS_MAX);
    buf_finish(&json);
    many_rows(300, 201, &json);
    assert_int_equal(decode(buf_text(&json), &arena, &b), ERR_REJECTED);
    buf_finish(&json);
    many_rows(501, 0, &json);
    assert_int_equal(decode(buf_text(&json), &arena, &b), ERR_REJECTED);
    buf_finish(&json);
    arena_finish(&arena);
}

static void test_two_lines_of_one_run_are_refused(void **state)
{
    const struct change_row twice = {
        "", "[[\"9f2c11aa03b7e6d1\",77,1795300000000,500,3,101,118]]",
        "[[\"9f2c11aa03b7e6d1\",77,0,500,3,101,118],"
        "[\"9f2c11aa03b7e6d1\",78,0,500,3,119,120]]",
        ERR_REJECTED
    };
    struct arena arena = { 0 };
    struct bundle b;
    struct buf json;

    (void)state;
    change(&twice, &json);
    assert_int_equal(decode(buf_text(&json), &arena, &b), ERR_REJECTED);
    buf_finish(&json);
    arena_finish(&arena);
}

static void test_every_cut_is_refused(void **state)
{
    struct arena arena = { 0 };
    struct bundle b;
    char why[128];

    (void)state;
    for (size_t n = 0; n < sizeof(example) - 1; n++) {
        assert_int_equal(bundle_decode(example, n, &arena, &b, why, sizeof(why)),
                         ERR_REJECTED);
        arena_reset(&arena);
    }
    arena_finish(&arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(change_rows) + COUNT(row_rows) + 9] = {
        cmocka_unit_test(test_the_example_of_the_protocol_is_read_whole),
        cmocka_unit_test(test_the_system_may_be_named),
        cmocka_unit_test(test_what_was_read_is_written_byte_for_byte),
        cmocka_unit_test(test_unknown_health_is_left_out_and_read_as_unknown),
        cmocka_unit_test(test_a_ceiling_that_is_reached_is_reported),
        cmocka_unit_test(test_a_gauge_of_a_day_is_left_out_alone),
        cmocka_unit_test(test_500_rows_are_taken_and_501_are_not),
        cmocka_unit_test(test_two_lines_of_one_run_are_refused),
        cmocka_unit_test(test_every_cut_is_refused),
    };
    size_t n = 9;

    for (size_t i = 0; i < COUNT(change_rows); i++)
        tests[n++] = (struct CMUnitTest){ .name = change_rows[i].name,
                                          .test_func = check_change,
                                          .initial_state = (void *)&change_rows[i] };
    for (size_t i = 0; i < COUNT(row_rows); i++)
        tests[n++] = (struct CMUnitTest){ .name = row_rows[i].name,
                                          .test_func = check_row,
                                          .initial_state = (void *)&row_rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
