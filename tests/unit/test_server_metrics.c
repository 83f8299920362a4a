/* /metrics as a strict reader of Prometheus' text format takes it (version 0.0.4), and each
 * of its numbers explained in the README. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cmocka_all.h"
#include "metrics.h"
#include "server_rig.h"

#define TEXT_MAX (1 << 20)
#define NAME_MAX_CHARS 80
#define METRICS_MAX 64
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_:"
#define TYPE_LINE "# TYPE "

struct reader {
    const char *at;
    char names[METRICS_MAX][NAME_MAX_CHARS];
    size_t n;
};

/* [a-zA-Z_:][a-zA-Z0-9_:]*, into `out`. */
static void read_name(struct reader *r, char out[NAME_MAX_CHARS])
{
    size_t n = strspn(r->at, LETTERS "0123456789");

    assert_true(n > 0 && n < NAME_MAX_CHARS);
    assert_non_null(strchr(LETTERS, r->at[0]));
    memcpy(out, r->at, n);
    out[n] = 0;
    r->at += n;
}

static void read_exactly(struct reader *r, const char *text)
{
    assert_int_equal(strncmp(r->at, text, strlen(text)), 0);
    r->at += strlen(text);
}

/* One TYPE line and its one sample: we have no labels. */
static void read_metric(struct reader *r)
{
    char *name = r->names[r->n], sample[NAME_MAX_CHARS], type[NAME_MAX_CHARS], *end;
    size_t n;

    read_exactly(r, TYPE_LINE);
    read_name(r, name);
    read_exactly(r, " ");
    read_name(r, type);
    read_exactly(r, "\n");
    n = strlen(name);
    if (!strcmp(type, "counter"))
        assert_string_equal(name + n - strlen("_total"), "_total");
    else
        assert_string_equal(type, "gauge");
    for (size_t i = 0; i < r->n; i++) /* a second TYPE of a name is an error */
        assert_string_not_equal(r->names[i], name);
    read_name(r, sample);
    assert_string_equal(sample, name);
    read_exactly(r, " ");
    assert_non_null(strchr("-0123456789", *r->at));
    (void)strtoll(r->at, &end, 10);
    r->at = end;
    read_exactly(r, "\n");
    r->n++;
}

static void read_all(struct reader *r, const char *text)
{
    *r = (struct reader){ .at = text };
    while (*r->at) {
        assert_true(r->n < METRICS_MAX);
        read_metric(r);
    }
    assert_true(r->n > 10);
}

static void write_metrics(struct rig *rig, struct buf *out)
{
    struct bundle b = rig_bundle(rig, 1, 1, 2);

    rig_count(rig, &b, "completions", "2026-11-22", "m09-b03", 2, 0);
    assert_int_equal(rig_send(rig, &b), INGEST_TAKEN);
    assert_int_equal(metrics_write(&rig->server, out), ERR_OK);
}

static void test_a_strict_reader_takes_them(void **state)
{
    struct reader r;
    struct buf out;

    buf_init(&out, TEXT_MAX);
    write_metrics(*state, &out);
    read_all(&r, buf_text(&out));
    assert_null(strstr(buf_text(&out), ((struct rig *)*state)->kiosk));
    assert_non_null(strstr(buf_text(&out), "\nbdhvs_rows_merged_total 1\n"));
    buf_finish(&out);
}

static void test_the_readme_names_each(void **state)
{
    char quoted[NAME_MAX_CHARS + 2];
    struct reader r;
    struct buf out, readme;

    buf_init(&out, TEXT_MAX);
    buf_init(&readme, TEXT_MAX);
    write_metrics(*state, &out);
    assert_int_equal(file_read(README_MD, &readme), ERR_OK);
    read_all(&r, buf_text(&out));
    for (size_t i = 0; i < r.n; i++) {
        snprintf(quoted, sizeof(quoted), "`%s`", r.names[i]);
        if (!strstr(buf_text(&readme), quoted))
            fail_msg("README.md does not say what %s is", quoted);
    }
    buf_finish(&out);
    buf_finish(&readme);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(test_a_strict_reader_takes_them),
        EACH(test_the_readme_names_each),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
