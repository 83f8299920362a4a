/* A commune's server tells a province's: both real, the letters carried by the test, which
 * loses, repeats and forges them, and puts either database back to an old copy. Whatever
 * happens, in the end the province holds the commune's outside figures, no others. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "base/encoding.h"
#include "base/json.h"
#include "base/log.h"
#include "cmocka_all.h"
#include "commands.h"
#include "communes.h"
#include "enrolment.h"
#include "forward.h"
#include "outside.h"
#include "parent.h"
#include "server_rig.h"
#include "settings.h"
#include "totals.h"

#define WEEK_MS (7LL * 24 * 3600 * 1000)
#define ROUNDS_MAX 50

struct two {
    struct rig *commune;
    char uri[PG_URI_BYTES]; /* of the province */
    struct server province;
    struct buf answer;       /* of the province to the last letter */
    char kept[PG_URI_BYTES]; /* a database of an earlier time */
};

/* --- carrying ----------------------------------------------------------------------- */

/* The letter; freed by the caller. NULL: there is none, and `why` says why not. */
static json_value *letter(struct two *w, enum forward_how how, const char **why)
{
    json_value *doc = NULL;
    struct buf out;

    buf_init(&out, 1 << 20);
    if (!forward_next(&w->commune->server, how, &out, why))
        assert_int_equal(json_parse(buf_text(&out), out.len, 1, &doc, NULL, 0), ERR_OK);
    buf_finish(&out);
    return doc;
}

static enum ingest_status deliver(struct two *w, const json_value *doc)
{
    const char *bytes = json_text(json_get(doc, "bytes"));

    buf_clear(&w->answer);
    return ingest_take(&w->province, bytes, strlen(bytes), &w->answer);
}

static struct forward_taken take(struct two *w)
{
    struct forward_taken taken;
    const char *why = "";

    assert_int_equal(
        forward_take(&w->commune->server, buf_text(&w->answer), &taken, &why), ERR_OK);
    return taken;
}

/* All of it, as forward_cli.c does. Returns the letters it took. */
static int tell_all(struct two *w)
{
    bool fresh = false;

    for (int i = 1; i < ROUNDS_MAX; i++) {
        const char *why = "";
        json_value *doc = letter(w, fresh ? FORWARD_MORE : FORWARD_FRESH, &why);

        assert_non_null(doc);
        fresh = fresh || json_bool(json_get(doc, "fresh"), false);
        assert_int_equal(deliver(w, doc), INGEST_TAKEN);
        json_free(doc);
        if (!take(w).left && fresh)
            return i;
    }
    fail_msg("there is no end");
    return 0;
}

static void assert_equal_above(struct two *w)
{
    struct buf here, there;

    buf_init(&here, 1 << 22);
    buf_init(&there, 1 << 22);
    assert_int_equal(outside_json(&w->commune->server, &here), ERR_OK);
    assert_int_equal(totals_json(&w->province, "", &there), ERR_OK);
    assert_string_equal(buf_text(&there), buf_text(&here));
    buf_finish(&here);
    buf_finish(&there);
}

static int64_t above(struct two *w, const char *stat, const char *period,
                     const char *dims)
{
    int64_t v = 0;

    assert_int_equal(store_run(w->province.store, Q_PEOPLE_SUM, store_number, &v,
                               PARAM_TEXT(stat), PARAM_TEXT(period), PARAM_TEXT(dims)),
                     ERR_OK);
    return v;
}

/* --- the two ------------------------------------------------------------------------ */

static void join(struct two *w, const char *commune_of_code)
{
    char code[ENROL_CODE_CHARS], number[ENROL_NUMBER_CHARS];
    char kiosk[BUNDLE_ID_MAX + 1];
    unsigned char own[JWS_PUBLIC_BYTES];
    struct buf out, key;
    json_value *doc = NULL;
    const char *request, *why = "";

    buf_init(&out, 1 << 16);
    buf_init(&key, 64);
    assert_int_equal(enrolment_code_for(&w->province, commune_of_code, code), ERR_OK);
    assert_int_equal(parent_ask(&w->commune->server, code, &out), ERR_OK);
    assert_int_equal(json_parse(buf_text(&out), out.len, 1, &doc, NULL, 0), ERR_OK);
    request = json_text(json_get(doc, "request"));
    buf_clear(&w->answer);
    assert_int_equal(enrolment_ask(&w->province, request, strlen(request), &w->answer),
                     ENROLMENT_WAITING);
    assert_int_equal(jws_public_parse(json_text(json_get(doc, "public_key")), own),
                     ERR_OK);
    assert_memory_not_equal(own, w->commune->server.key.public_key, sizeof(own));
    enrol_number(own, w->province.key.public_key, number);
    assert_int_equal(enrolment_confirm(&w->province, number, kiosk), ERR_OK);
    buf_clear(&w->answer);
    assert_int_equal(enrolment_ask(&w->province, request, strlen(request), &w->answer),
                     ENROLMENT_GRANTED);
    encoding_base64url(w->province.key.public_key, JWS_PUBLIC_BYTES, &key);
    assert_int_equal(parent_join(&w->commune->server, buf_text(&w->answer),
                                 buf_text(&key), kiosk, &why),
                     strcmp(commune_of_code, RIG_COMMUNE) ? ERR_REJECTED : ERR_OK);
    json_free(doc);
    buf_finish(&out);
    buf_finish(&key);
}

static int setup_alone(void **state)
{
    struct two *w = check_alloc(sizeof(*w));
    const char *why = "";
    void *rig;

    *w = (struct two){ .commune = NULL };
    rig_setup(&rig);
    w->commune = rig;
    if (rig_on_postgres())
        pg_cluster_database(w->uri);
    else
        snprintf(w->uri, sizeof(w->uri), "sqlite:%s/above.db", w->commune->dir);
    buf_init(&w->answer, 1 << 20);
    assert_int_equal(
        server_init_province(w->uri, &w->commune->clock, "51", "hoa", "$none", ""),
        ERR_OK);
    assert_int_equal(server_open(w->uri, &w->commune->clock, &w->province), ERR_OK);
    assert_true(w->province.is_province);
    assert_int_equal(settings_set(&w->commune->server, PARENT_URL_SETTING,
                                  "https://tinh.example", &why),
                     ERR_OK);
    *state = w;
    return 0;
}

static int setup(void **state)
{
    setup_alone(state);
    join(*state, RIG_COMMUNE);
    return 0;
}

static int teardown(void **state)
{
    static const char *const names[] = { "above.db", "above.db-wal" };
    struct two *w = *state;
    void *rig = w->commune;
    char path[128];

    server_close(&w->province);
    if (rig_on_postgres())
        pg_cluster_drop(w->uri);
    for (size_t i = 0; i < COUNT(names); i++) {
        snprintf(path, sizeof(path), "%s/%s", w->commune->dir, names[i]);
        unlink(path);
    }
    buf_finish(&w->answer);
    free(w);
    return rig_teardown(&rig);
}

/* A kiosk of the commune counts: `v` people and lượt on a day of November. */
static void count(struct two *w, int64_t rev, int64_t v)
{
    struct rig *r = w->commune;
    struct bundle b = rig_bundle(r, rev, rev, rev);

    rig_count(r, &b, "completions", "2026-11-22", "m01-b01", v, 0);
    rig_count(r, &b, "completions", "2026-11-22", "m01-b02", 2 * v, 0);
    rig_count(r, &b, "attendance", "2026-10-02", "-", v, 0);
    rig_count(r, &b, "item_shown", "2026-11-22", "m01-b01-q1", 50, 0);
    rig_gauge(r, &b, "registered", "2026-10", v + 10, rev);
    rig_gauge(r, &b, "active", "2026-11", v, rev);
    rig_gauge(r, &b, "active", "2026-11", v / 2, rev);
    b.gauges[b.n_gauges - 1].dims = "sex=f";
    rig_gauge(r, &b, "active", "2026-11", v / 3, rev);
    b.gauges[b.n_gauges - 1].dims = "thon=t07";
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
}

/* --- tests -------------------------------------------------------------------------- */

static void test_the_province_is_told_what_may_leave(void **state)
{
    struct two *w = *state;

    count(w, 1, 30);
    assert_int_equal(tell_all(w), 1);
    assert_equal_above(w);
    assert_int_equal(above(w, "active", "2026-11", "-"), 30);
    assert_int_equal(above(w, "active", "2026-11", "sex=f"), 15);
    assert_int_equal(above(w, "active", "2026-11", "thon=t07"), 0);
    assert_int_equal(above(w, "item_shown", "2026-11", "-"), 0);
    assert_int_equal(above(w, "registered", "2026-11", "-"), 40); /* since October */
    assert_int_equal(above(w, "attendance", "2026-Q4", "-"), 30);
    assert_int_equal(tell_all(w), 1); /* nothing new is a letter, too */
    assert_equal_above(w);
}

static void test_every_kind_of_figure(void **state)
{
    static const char *const there[] = {
        "[\"completions\",\"2026-11\",\"-\",\"-\",50]", /* the hour has its day */
        "[\"completions\",\"2026-11\",\"m01-b01\",\"-\",20]",
        "[\"completions\",\"2026-11\",\"-\",\"sex=f\",9]", /* … of all lessons alone */
        "[\"completions\",\"P2\",\"-\",\"-\",11]",
        "[\"completions\",\"2028-H1\",\"m01-b01\",\"-\",11]",
        "[\"new_count\",\"2026-11\",\"x1\",\"-\",8]", /* of a newer kiosk */
        "[\"new_people\",\"2026-11\",\"-\",\"-\",6]",
        "[\"vneid_status\",\"2026-11\",\"-\",\"-\",35]",
        "[\"vneid_status\",\"2026-11\",\"-\",\"s=v3\",20]",
    };
    static const char *const not_there[] = { "\"m01-b01\",\"sex=f\"", "s=v1", "s=v2",
                                             "item_shown", "thon" };
    struct two *w = *state;
    struct rig *r = w->commune;
    struct bundle b = rig_bundle(r, 1, 1, 1);
    const char *totals;
    struct buf json;

    rig_count(r, &b, "completions", "2026-11-22", "m01-b01", 20, 0);
    rig_count(r, &b, "completions", "2026-11-22", "m01-b01", 9, 0);
    b.counts[b.n_counts - 1].dims = "sex=f";
    rig_count(r, &b, "completions", "?3", "m01-b02", 30, 0);
    rig_count(r, &b, "completions", "2028-01-01", "m01-b01", 11, 0);
    rig_count(r, &b, "item_shown", "2026-11-22", "m01-b01-q1", 50, 0);
    rig_count(r, &b, "new_count", "2026-11-22", "x1", 8, 0);
    rig_gauge(r, &b, "new_people", "2026-11", 6, 1);
    for (int i = 1; i <= 3; i++) { /* 3, 12, 20 */
        rig_gauge(r, &b, "vneid_status", "2026-11", i == 1 ? 3 : i == 2 ? 12 : 20, 1);
        b.gauges[b.n_gauges - 1].dims = arena_printf(&r->arena, "s=v%d", i);
    }
    rig_gauge(r, &b, "active", "2026-11", 40, 1);
    b.gauges[b.n_gauges - 1].dims = "sex=f;thon=t07";
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    tell_all(w);
    assert_equal_above(w);
    buf_init(&json, 1 << 20);
    assert_int_equal(totals_json(&w->province, "", &json), ERR_OK);
    totals = buf_text(&json);
    for (size_t i = 0; i < COUNT(there); i++)
        if (!strstr(totals, there[i]))
            fail_msg("%s is not in %s", there[i], totals);
    for (size_t i = 0; i < COUNT(not_there); i++)
        if (strstr(totals, not_there[i]))
            fail_msg("%s is in %s", not_there[i], totals);
    buf_finish(&json);
}

static void test_a_figure_that_falls_falls_above(void **state)
{
    struct two *w = *state;

    count(w, 1, 30);
    tell_all(w);
    count(w, 2, 12); /* 6 women, 4 people of t07; lượt only grow */
    tell_all(w);
    assert_int_equal(above(w, "active", "2026-11", "-"), 12);
    assert_int_equal(above(w, "active", "2026-11", "sex=f"), 6);
    count(w, 3, 8); /* 4 women */
    tell_all(w);
    assert_equal_above(w);
    assert_int_equal(above(w, "active", "2026-11", "-"), 8);
    assert_int_equal(above(w, "active", "2026-11", "sex=f"), 0);
    count(w, 4, 30);
    tell_all(w);
    assert_int_equal(above(w, "active", "2026-11", "sex=f"), 15);
    assert_equal_above(w);
}

static void test_only_the_acknowledgement_is_success(void **state)
{
    struct two *w = *state;
    const char *why = "";
    char *first, *again;
    json_value *doc;

    count(w, 1, 30);
    doc = letter(w, FORWARD_FRESH, &why);
    first = arena_strdup(&w->commune->arena, json_text(json_get(doc, "bytes")));
    json_free(doc); /* lost on the way */
    count(w, 2, 60);
    doc = letter(w, FORWARD_FRESH, &why);
    assert_string_equal(json_text(json_get(doc, "bytes")), first); /* byte for byte */
    assert_false(json_bool(json_get(doc, "fresh"), true));
    assert_int_equal(deliver(w, doc), INGEST_TAKEN);
    json_free(doc); /* the acknowledgement is lost */
    rig_restart(w->commune);
    doc = letter(w, FORWARD_MORE, &why);
    again = arena_strdup(&w->commune->arena, json_text(json_get(doc, "bytes")));
    json_free(doc);
    assert_string_equal(again, first);
    assert_int_equal(tell_all(w), 2); /* the old one, then the news */
    assert_equal_above(w);
    assert_int_equal(above(w, "active", "2026-11", "-"), 60);
}

static void test_a_late_copy_changes_nothing(void **state)
{
    struct two *w = *state;
    const char *why = "";
    json_value *old;

    count(w, 1, 30);
    old = letter(w, FORWARD_FRESH, &why);
    tell_all(w);
    count(w, 2, 50);
    tell_all(w);
    assert_int_equal(deliver(w, old), INGEST_TAKEN);
    json_free(old);
    assert_equal_above(w);
    tell_all(w);
    assert_equal_above(w);
}

static void test_answers_of_others_are_not_believed(void **state)
{
    struct two *w = *state;
    struct forward_taken taken;
    const char *why = "";
    struct jws_key other;
    struct buf payload, forged, old;
    json_value *doc;

    buf_init(&payload, 1 << 16);
    buf_init(&forged, 1 << 16);
    buf_init(&old, 1 << 16);
    count(w, 1, 30);
    tell_all(w);
    buf_add(&old, buf_text(&w->answer), w->answer.len);
    count(w, 2, 50);
    doc = letter(w, FORWARD_FRESH, &why);
    assert_int_equal(deliver(w, doc), INGEST_TAKEN);
    assert_int_equal(jws_verify(buf_text(&w->answer), w->answer.len, JWS_ACK,
                                &w->province.key, &payload),
                     ERR_OK);
    jws_key_make(&other);
    jws_sign(&other, JWS_ACK, buf_text(&payload), payload.len, &forged);
    assert_int_equal(forward_take(&w->commune->server, buf_text(&forged), &taken, &why),
                     ERR_REJECTED);
    assert_string_equal(why, "not signed by the parent");
    assert_int_equal(forward_take(&w->commune->server, buf_text(&old), &taken, &why),
                     ERR_REJECTED);
    assert_string_equal(why, "the answer to something else");
    assert_int_equal(forward_take(&w->commune->server, "nonsense", &taken, &why),
                     ERR_REJECTED);
    take(w); /* the true one still counts */
    json_free(doc);
    buf_finish(&payload);
    buf_finish(&forged);
    buf_finish(&old);
}

static void copy_database(const char *from, const char *to)
{
    char names[2][PG_URI_BYTES];

    pg_cluster_name(from, names[0], sizeof(names[0]));
    pg_cluster_name(to, names[1], sizeof(names[1]));
    pg_cluster_copy(names[0], names[1]);
}

/* A database as it is now, to be put back later behind everybody's back. */
static void keep_copy(struct two *w, struct server *s, const char *uri)
{
    if (rig_on_postgres()) {
        server_close(s);
        pg_cluster_database(w->kept);
        copy_database(uri, w->kept);
        assert_int_equal(server_open(uri, &w->commune->clock, s), ERR_OK);
        return;
    }
    snprintf(w->kept, sizeof(w->kept), "%s/copy.db", w->commune->dir);
    assert_int_equal(store_backup(s->store, w->kept), ERR_OK);
}

static void put_back(struct two *w, struct server *s, const char *uri)
{
    const char *path = strchr(uri, ':') + 1;

    server_close(s);
    if (rig_on_postgres()) {
        copy_database(w->kept, uri);
        pg_cluster_drop(w->kept);
    } else {
        unlink(arena_printf(&w->commune->arena, "%s-wal", path));
        assert_int_equal(rename(w->kept, path), 0);
    }
    assert_int_equal(server_open(uri, &w->commune->clock, s), ERR_OK);
}

static void test_a_province_put_back_is_told_again(void **state)
{
    struct two *w = *state;

    count(w, 1, 30);
    tell_all(w);
    keep_copy(w, &w->province, w->uri);
    count(w, 2, 50);
    tell_all(w);
    put_back(w, &w->province, w->uri);
    assert_int_equal(above(w, "active", "2026-11", "-"), 30);
    tell_all(w); /* nothing new; the acknowledgement says what is held */
    assert_equal_above(w);
    assert_int_equal(above(w, "active", "2026-11", "-"), 50);
}

static void test_a_commune_put_back_begins_a_new_run(void **state)
{
    struct two *w = *state;
    struct server *s = &w->commune->server;
    struct parent before, after;

    count(w, 1, 30);
    tell_all(w);
    keep_copy(w, s, w->commune->uri);
    count(w, 2, 50);
    tell_all(w);
    assert_int_equal(parent_load(s, &before), ERR_OK);
    put_back(w, s, w->commune->uri);
    count(w, 2, 9); /* another second time: 9 people, and fewer women than may leave */
    tell_all(w);
    assert_int_equal(parent_load(s, &after), ERR_OK);
    assert_true(after.ord > before.ord);
    assert_equal_above(w);
    assert_int_equal(above(w, "active", "2026-11", "-"), 9);
}

static void test_what_was_told_and_forgotten_is_withdrawn(void **state)
{
    struct two *w = *state;
    struct server *s = &w->commune->server;

    keep_copy(w, s, w->commune->uri);
    count(w, 1, 30);
    tell_all(w);
    assert_int_equal(above(w, "active", "2026-11", "sex=f"), 15);
    put_back(w, s, w->commune->uri);
    count(w, 1, 8); /* four women now: nothing of them may stand there */
    tell_all(w);    /* learns that it was put back */
    tell_all(w);
    assert_int_equal(above(w, "active", "2026-11", "sex=f"), 0);
    assert_equal_above(w);
}

static void test_a_run_that_was_forgotten_is_outdone(void **state)
{
    struct two *w = *state;
    struct server *s = &w->commune->server;

    count(w, 1, 30);
    tell_all(w);
    keep_copy(w, s, w->commune->uri);
    w->commune->wall_ms += WEEK_MS; /* a new run, that the copy knows nothing of */
    tell_all(w);
    put_back(w, s, w->commune->uri);
    w->commune->wall_ms -= WEEK_MS / 2; /* and no week has gone by for the copy */
    count(w, 2, 24);
    tell_all(w);
    assert_int_equal(above(w, "active", "2026-11", "-"), 24);
    assert_equal_above(w);
}

static void test_once_a_week_everything_is_said(void **state)
{
    struct two *w = *state;
    const char *why = "";
    int64_t rows = 0;
    json_value *doc;

    count(w, 1, 30);
    tell_all(w);
    /* what three faults at once can hide */
    assert_int_equal(store_run(w->province.store, Q_GAUGE_MERGE, NULL, NULL,
                               PARAM_TEXT(RIG_COMMUNE), PARAM_TEXT("kx"),
                               PARAM_TEXT("active"), PARAM_TEXT("2026-11"),
                               PARAM_TEXT("-"), PARAM_TEXT("-"), PARAM_INT(0),
                               PARAM_INT(1), PARAM_INT(1), PARAM_TEXT("r")),
                     ERR_OK);
    w->commune->wall_ms += WEEK_MS - 1;
    doc = letter(w, FORWARD_FRESH, &why);
    assert_int_equal(json_int(json_get(doc, "rows"), 0, 500, &rows), ERR_OK);
    assert_int_equal(rows, 0);
    assert_int_equal(deliver(w, doc), INGEST_TAKEN);
    take(w);
    json_free(doc);
    w->commune->wall_ms += 1;
    doc = letter(w, FORWARD_FRESH, &why);
    assert_int_equal(json_int(json_get(doc, "rows"), 0, 500, &rows), ERR_OK);
    assert_true(rows > 20);
    json_free(doc);
    tell_all(w);
    assert_equal_above(w);
}

/* --- any history -------------------------------------------------------------------- */

#define HISTORIES 60
#define STEPS 24
#define OLD_MAX 8

struct history {
    struct two *w;
    unsigned seed;
    int64_t rev;
    char *old[OLD_MAX]; /* letters, to come late */
    int n_old;
    bool above_kept, below_kept;
};

static unsigned draw(struct history *h, unsigned below)
{
    return (unsigned)rand_r(&h->seed) % below;
}

static void copy_of(struct history *h, bool is_above, bool back)
{
    struct two *w = h->w;
    bool *kept = is_above ? &h->above_kept : &h->below_kept;
    struct server *s = is_above ? &w->province : &w->commune->server;

    snprintf(w->kept, sizeof(w->kept), "%s/%s.old", w->commune->dir,
             is_above ? "above" : "below");
    if (back ? !*kept : *kept)
        return;
    if (back)
        put_back(w, s, is_above ? w->uri : w->commune->uri);
    else
        assert_int_equal(store_backup(s->store, w->kept), ERR_OK);
    *kept = !back;
    if (back && !is_above) /* its kiosks see that it forgot, and send again */
        count(w, ++h->rev, draw(h, 40));
}

/* A letter that is lost, or whose answer is, or that arrives; then it may come again. */
static void one_letter(struct history *h, bool arrives, bool answered)
{
    struct two *w = h->w;
    struct forward_taken taken;
    const char *why = "";
    json_value *doc = letter(w, FORWARD_FRESH, &why);

    assert_non_null(doc);
    if (h->n_old < OLD_MAX)
        h->old[h->n_old++] =
            arena_strdup(&w->commune->arena, json_text(json_get(doc, "bytes")));
    if (arrives) {
        assert_int_equal(deliver(w, doc), INGEST_TAKEN);
        if (answered)
            assert_int_equal(
                forward_take(&w->commune->server, buf_text(&w->answer), &taken, &why),
                ERR_OK);
    }
    json_free(doc);
}

static void step(struct history *h)
{
    struct two *w = h->w;

    switch (draw(h, 10)) {
    case 0:
    case 1:
    case 2:
        count(w, ++h->rev, draw(h, 40)); /* up and down, small and large */
        break;
    case 3:
        one_letter(h, false, false);
        break;
    case 4:
        one_letter(h, true, false);
        break;
    case 5:
    case 6:
        one_letter(h, true, true);
        break;
    case 7:
        copy_of(h, draw(h, 2), draw(h, 2));
        break;
    case 8:
        rig_restart(w->commune);
        break;
    default:
        if (h->n_old) {
            const char *bytes = h->old[draw(h, (unsigned)h->n_old)];

            buf_clear(&w->answer);
            assert_int_equal(
                ingest_take(&w->province, bytes, strlen(bytes), &w->answer),
                INGEST_TAKEN);
        }
    }
    w->commune->wall_ms += 1000;
}

static void test_after_any_history_both_hold_the_same(void **state)
{
    if (rig_on_postgres())
        skip(); /* the histories are the same, and copies there are slow */
    for (unsigned seed = 1; seed <= HISTORIES; seed++) {
        struct history h = { .seed = seed };

        setup(state);
        h.w = *state;
        for (int i = 0; i < STEPS; i++)
            step(&h);
        tell_all(h.w);
        h.w->commune->wall_ms += WEEK_MS; /* what several faults at once can hide */
        tell_all(h.w);
        assert_equal_above(h.w);
        copy_of(&h, true, true); /* no file stays */
        copy_of(&h, false, true);
        teardown(state);
    }
}

static void test_a_server_made_anew_is_not_counted_beside_the_old(void **state)
{
    static const char *const words[] = { "forget", "revoke" };
    struct control_question q = { .kiosk = "" };
    struct two *w = *state;
    struct buf out, complaint;
    struct parent p;

    buf_init(&out, 4096);
    buf_init(&complaint, 4096);
    count(w, 1, 30);
    tell_all(w);
    assert_int_equal(parent_load(&w->commune->server, &p), ERR_OK);
    for (int i = 0; i < 3; i++) { /* forget: too early; revoke; forget */
        q = (struct control_question){ .words = { words[i % 2], p.kiosk },
                                       .n_words = 2,
                                       .kiosk = "" };
        assert_int_equal(commands_run(&w->province, &q, &out, &complaint), i == 0);
    }
    buf_clear(&out);
    assert_int_equal(totals_json(&w->province, "", &out), ERR_OK);
    assert_string_equal(buf_text(&out), "{\"schema\":1,\"rows\":[]}");
    buf_finish(&out);
    buf_finish(&complaint);
}

static void test_many_figures_take_several_letters(void **state)
{
    struct two *w = *state;
    struct rig *r = w->commune;
    struct bundle b = rig_bundle(r, 1, 1, 1);
    const char *why = "";
    int64_t rows = 0, half = 0;
    json_value *doc;

    for (int i = 0; i < 300; i++)
        rig_count(r, &b, "starts", "2026-11-22",
                  arena_printf(&r->arena, "m%02d-b%02d", i / 20, i % 20), 7 + i, 0);
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    doc = letter(w, FORWARD_FRESH, &why);
    assert_int_equal(json_int(json_get(doc, "rows"), 1, BUNDLE_ROWS_MAX, &rows),
                     ERR_OK);
    assert_true(strlen(json_text(json_get(doc, "bytes"))) <= BUNDLE_BYTES_MAX);
    json_free(doc);
    doc = letter(w, FORWARD_SMALLER, &why); /* it was too large for somebody */
    assert_int_equal(json_int(json_get(doc, "rows"), 1, BUNDLE_ROWS_MAX, &half),
                     ERR_OK);
    assert_int_equal(half, rows / 2);
    json_free(doc);
    assert_true(tell_all(w) > 3);
    assert_equal_above(w);
}

static bool is_alerted(struct two *w)
{
    struct http_response r = { .status = 200 };
    bool found;

    buf_init(&r.body, 1 << 20);
    assert_int_equal(rig_page(w->commune, page_overview, "2026-11", &r), ERR_OK);
    found = strstr(buf_text(&r.body), "cấp trên chưa nhận") != NULL;
    buf_finish(&r.body);
    return found;
}

static void test_a_silent_parent_is_seen_on_the_first_page(void **state)
{
    struct two *w = *state;

    assert_false(is_alerted(w));
    w->commune->wall_ms += WEEK_MS;
    assert_true(is_alerted(w));
    tell_all(w);
    assert_false(is_alerted(w));
}

static void test_who_has_not_joined_is_told_so(void **state)
{
    struct two *w = *state;
    const char *why = "";

    assert_null(letter(w, FORWARD_FRESH, &why));
    assert_string_equal(why, "the parent has not let this server in");
    join(w, "21523"); /* a code of another commune: refused */
    assert_null(letter(w, FORWARD_FRESH, &why));
    assert_int_equal(settings_set(&w->commune->server, PARENT_URL_SETTING, "", &why),
                     ERR_OK);
    assert_null(letter(w, FORWARD_FRESH, &why));
    assert_string_equal(why, "no parent is set");
}

static void test_only_safe_addresses_can_be_set(void **state)
{
    static const struct {
        const char *url;
        bool ok;
    } rows[] = {
        { "https://tinh.example", true },
        { "http://127.0.0.1:8090", true },
        { "http://localhost:80", true },
        { "http://tinh.example", false },
        { "https://", false },
        { "ftp://tinh.example", false },
        { "http://127.0.0.1.evil.x", false },
        { "https://a b", false },
        { "javascript:alert(1)", false },
    };
    struct two *w = *state;
    const char *why = "";

    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(
            settings_set(&w->commune->server, PARENT_URL_SETTING, rows[i].url, &why),
            rows[i].ok ? ERR_OK : ERR_REJECTED);
}

static void test_a_sender_speaks_for_its_own_commune_alone(void **state)
{
    struct two *w = *state;
    struct rig *r = w->commune;
    struct bundle b = rig_bundle(r, 1, 1, 1);
    struct parent p;
    struct buf json, jws;

    assert_int_equal(parent_load(&r->server, &p), ERR_OK);
    buf_init(&json, BUNDLE_BYTES_MAX);
    buf_init(&jws, BUNDLE_BYTES_MAX);
    b.kiosk = p.kiosk;
    b.commune = "21523";
    assert_int_equal(bundle_encode(&b, &json), ERR_OK);
    jws_sign(&p.key, JWS_TOTALS, buf_text(&json), json.len, &jws);
    buf_clear(&w->answer);
    assert_int_equal(ingest_take(&w->province, buf_text(&jws), jws.len, &w->answer),
                     INGEST_WRONG);
    assert_string_equal(buf_text(&w->answer), "another commune's bundle");
    buf_finish(&json);
    buf_finish(&jws);
}

static void test_a_province_shows_each_commune(void **state)
{
    struct two *w = *state;
    struct arena arena = { 0 };
    struct communes c;
    struct period p;
    const char *why = "";

    count(w, 1, 30);
    tell_all(w);
    assert_int_equal(settings_set(&w->province, "xa.21520", "Xã Ba Vinh", &why),
                     ERR_OK);
    assert_int_equal(settings_set(&w->province, "xa.21523", "Xã An Hòa", &why), ERR_OK);
    assert_true(period_parse("2026-11", &p));
    assert_int_equal(communes_read(&w->province, &p, &arena, &c), ERR_OK);
    assert_int_equal(c.n, 2);
    assert_string_equal(c.rows[0].name, "Xã An Hòa");
    assert_int_equal(c.rows[0].seen_ms, 0);
    for (size_t i = 0; i < COMMUNE_FIGURES; i++)
        assert_false(c.rows[0].figures[i].known);
    assert_int_equal(c.rows[1].figures[COMMUNE_REGISTERED].value, 40);
    assert_int_equal(c.rows[1].figures[COMMUNE_ACTIVE].value, 30);
    assert_int_equal(c.rows[1].figures[COMMUNE_COMPLETIONS].value, 90);
    assert_false(c.rows[1].figures[COMMUNE_ATTENDANCE].known); /* in October */
    assert_int_equal(c.sums[COMMUNE_COMPLETIONS].value, 90);
    arena_finish(&arena);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_the_province_is_told_what_may_leave),
        CASE(test_every_kind_of_figure),
        CASE(test_a_figure_that_falls_falls_above),
        CASE(test_only_the_acknowledgement_is_success),
        CASE(test_a_late_copy_changes_nothing),
        CASE(test_answers_of_others_are_not_believed),
        CASE(test_a_province_put_back_is_told_again),
        CASE(test_a_commune_put_back_begins_a_new_run),
        CASE(test_what_was_told_and_forgotten_is_withdrawn),
        CASE(test_a_run_that_was_forgotten_is_outdone),
        CASE(test_once_a_week_everything_is_said),
        cmocka_unit_test(test_after_any_history_both_hold_the_same),
        CASE(test_a_server_made_anew_is_not_counted_beside_the_old),
        CASE(test_many_figures_take_several_letters),
        CASE(test_a_sender_speaks_for_its_own_commune_alone),
        CASE(test_a_province_shows_each_commune),
        CASE(test_a_silent_parent_is_seen_on_the_first_page),
        cmocka_unit_test_setup_teardown(test_who_has_not_joined_is_told_so, setup_alone,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_only_safe_addresses_can_be_set,
                                        setup_alone, teardown),
    };

    log_set_level(LOG_LEVEL_ERR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
