/* A random history, rebuilt: the same bytes; damage is found, told and mended. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "cmocka_all.h"
#include "store/outbox.h"
#include "store/person.h"
#include "store_fixture.h"

#define PEOPLE 8
#define EVENTS 200
#define HISTORY_MAX (EVENTS + 16)

/* Small and the same on every machine (xorshift32). */
static uint32_t random_below(uint32_t *seed, uint32_t below)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed % below;
}

struct history {
    struct fixture *f;
    uint32_t seed;
    struct person_card people[PEOPLE];
    struct event_id ids[HISTORY_MAX];
    size_t n;
};

static void add_people(struct history *h)
{
    for (size_t i = 0; i < PEOPLE; i++) {
        struct person_cohort c = { .sex = { i % 2 ? 'f' : 'm' } };

        (void)snprintf(c.thon, sizeof(c.thon), "t%02u", (unsigned)i % 3);
        (void)snprintf(c.band, sizeof(c.band), "b%u", (unsigned)i % 5);
        assert_int_equal(person_add(h->f->db, &c, &h->people[i]), ERR_OK);
    }
}

static void set_curriculum(struct history *h, size_t n)
{
    static const char *const lessons[] = { "l0", "l1", "l2" };
    const struct journal_group group = { "module", "m", lessons, n };

    assert_int_equal(journal_set_curriculum(h->f->db, &group, 1), ERR_OK);
}

static void step(struct history *h)
{
    static const enum event_kind kinds[] = {
        EVENT_START,  EVENT_STEP, EVENT_ITEM,  EVENT_COMPLETE, EVENT_COMPLETE,
        EVENT_REVIEW, EVENT_PATH, EVENT_LEAVE, EVENT_PRACTICE, EVENT_NOTICE
    };
    uint32_t who = random_below(&h->seed, PEOPLE + 2);
    char unit[40];
    struct event ev = { .kind = kinds[random_below(&h->seed, COUNT(kinds))],
                        .unit = unit,
                        .token = who < PEOPLE ? h->people[who].token : NULL };

    (void)snprintf(unit, sizeof(unit), "l%u", random_below(&h->seed, 4));
    switch (ev.kind) {
    case EVENT_COMPLETE:
        ev.value = random_below(&h->seed, 101);
        ev.flags = random_below(&h->seed, 8);
        ev.body = "{\"seconds\":90}";
        break;
    case EVENT_REVIEW:
    case EVENT_PATH:
        if (!ev.token) /* a guest has neither */
            ev.kind = EVENT_ITEM;
        ev.value = random_below(&h->seed, 2);
        break;
    case EVENT_ITEM:
        ev.value = random_below(&h->seed, 2);
        break;
    case EVENT_PRACTICE:
        ev.value = random_below(&h->seed, 256);
        ev.body = "{\"wrong\":1}";
        break;
    case EVENT_STEP:
        ev.body = "{\"at\":3}";
        break;
    default:
        break;
    }
    h->ids[h->n++] = fixture_append(h->f, ev);
}

static void take_one_back(struct history *h)
{
    struct event_id id = h->ids[random_below(&h->seed, (uint32_t)h->n)];
    char place[40];
    struct event ev = { .kind = EVENT_VOID, .unit = place };
    enum err err;

    (void)snprintf(place, sizeof(place), "%016llx-%lld", (unsigned long long)id.run,
                   (long long)id.seq);
    err = journal_append(h->f->db, &ev, 1, &id);
    assert_true(err == ERR_OK || err == ERR_REJECTED); /* a step, or taken already */
}

static void move_somebody(struct history *h)
{
    uint32_t who = random_below(&h->seed, PEOPLE);

    fixture_append(h->f, (struct event){ .kind = EVENT_PERSON,
                                         .token = h->people[who].token,
                                         .body = "{\"thon\":\"t09\",\"sex\":\"f\"}" });
}

static void play(struct history *h)
{
    add_people(h);
    set_curriculum(h, 2);
    for (int i = 0; i < EVENTS; i++) {
        uint32_t dice = random_below(&h->seed, 100);

        h->f->mono_ms += random_below(&h->seed, 7200000);
        step(h);
        if (dice < 8)
            take_one_back(h);
        else if (dice < 11)
            move_somebody(h);
        else if (dice < 13)
            fixture_append(h->f, (struct event){ .kind = EVENT_LEAVE });
        else if (dice < 15)
            fixture_reopen(h->f);
        else if (dice < 17)
            fixture_learn_time(h->f);
        else if (dice < 18)
            set_curriculum(h, 1 + random_below(&h->seed, 3));
        else if (dice < 19)
            assert_int_equal(outbox_say_everything(h->f->db), ERR_OK);
    }
}

static void check(struct fixture *f, int repair, enum err want, const char *says)
{
    struct buf report;

    buf_init(&report, 1 << 20);
    if (journal_rebuild(f->db, repair, &report) != want)
        fail_msg("%s", buf_text(&report));
    if (says)
        assert_non_null(strstr(buf_text(&report), says));
    else
        assert_string_equal(buf_text(&report), "");
    buf_finish(&report);
}

/* Over all lessons and days. */
static long practices_told(struct fixture *f)
{
    struct buf json;
    long n = 0;

    buf_init(&json, 1 << 20);
    assert_int_equal(journal_totals_json(f->db, &json), ERR_OK);
    for (const char *at = buf_text(&json); (at = strstr(at, "\"practice_done\"")); at++)
        n++;
    buf_finish(&json);
    return n;
}

static void test_random_histories_rebuild_to_the_same_bytes(void **state)
{
    for (uint32_t seed = 1; seed <= 6; seed++) {
        struct history h = { .seed = seed * 2654435761U };

        assert_int_equal(fixture_setup(state), 0);
        h.f = *state;
        play(&h);
        assert_true(practices_told(h.f) > 0);
        check(h.f, 0, ERR_OK, NULL);
        check(h.f, 1, ERR_OK, NULL);
        fixture_teardown(state);
    }
}

/* Counting from nothing must give what moving gauges gave. */
static void test_gauges_are_the_number_of_people_marked(void **state)
{
    struct history h = { .seed = 4242, .f = *state };

    play(&h);
    db_close(h.f->db);
    h.f->db = NULL;
    assert_true(fixture_sql_int(h.f, "SELECT count(*) FROM gauge WHERE value > 0") >
                50);
    assert_int_equal(
        fixture_sql_int(h.f,
                        "SELECT count(*) FROM gauge g WHERE NOT (stat = 'registered'"
                        " AND period <> 'all') AND value <> (SELECT count(*)"
                        " FROM mark m JOIN person p ON p.token = m.token"
                        " JOIN cohort c ON c.id = p.cohort WHERE m.stat = g.stat"
                        " AND m.unit = g.unit AND m.period = g.period AND CASE g.dims"
                        " WHEN '-' THEN 1 WHEN 'sex=' || c.sex THEN 1"
                        " WHEN 'thon=' || c.thon THEN 1 WHEN 'band=' || c.band THEN 1"
                        " WHEN 'sex=' || c.sex || ';thon=' || c.thon THEN 1"
                        " WHEN 'band=' || c.band || ';thon=' || c.thon THEN 1"
                        " ELSE 0 END)"),
        0);
    assert_int_equal(/* the module, counted from the events by another road */
                     fixture_sql_int(
                         h.f,
                         "SELECT count(*) FROM (SELECT token FROM progress WHERE"
                         " lesson IN (SELECT lesson FROM curriculum) AND passed AND"
                         " token <> x'' GROUP BY token HAVING count(*) ="
                         " (SELECT count(*) FROM curriculum)) WHERE token NOT IN"
                         " (SELECT token FROM mark WHERE stat = 'module_finished')"),
                     0);
}

/* --- damage ------------------------------------------------------------------------- */

static void vandalise(struct fixture *f, const char *sql)
{
    sqlite3 *sq;

    db_close(f->db);
    assert_int_equal(sqlite3_open(fixture_path(f, "kiosk.db"), &sq), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sq,
                                  "DROP TRIGGER event_is_never_changed;"
                                  "DROP TRIGGER event_is_never_deleted",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_exec(sq, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(sq);
    fixture_open(f);
}

static const struct damage {
    const char *name;
    const char *sql;
    const char *says;
    enum err after; /* of a rebuild after the repair */
} damages[] = {
    { "a changed total is found and mended",
      "UPDATE total SET plus = 9 WHERE stat = 'completions'",
      "total: stored: 1 complet", ERR_OK },
    { "a lost total is found and mended", "DELETE FROM total WHERE stat = 'seconds'",
      "total: rebuilt: 1 seconds", ERR_OK },
    { "a changed gauge is found and mended", "UPDATE gauge SET value = 7",
      "gauge: stored: active", ERR_OK },
    { "a changed rev is found and mended", "UPDATE run SET rev = 1000",
      "run: stored:", ERR_OK },
    { "a changed event breaks the chain",
      "UPDATE event SET value = 60 WHERE kind = 4 AND seq = 3", "event 3: the chain",
      ERR_CORRUPT },
    { "a missing event is named",
      "DELETE FROM completion; DELETE FROM event WHERE seq = 2", "event 2: missing",
      ERR_CORRUPT },
};

static struct damage now;

static int damage_setup(void **state)
{
    now = *(const struct damage *)*state;
    return fixture_setup(state);
}

static void check_damage(void **state)
{
    struct fixture *f = *state;
    struct person_card card;

    assert_int_equal(person_add(f->db, &(struct person_cohort){ .sex = "f" }, &card),
                     ERR_OK);
    fixture_complete(f, "l1", card.token);
    check(f, 0, ERR_OK, NULL);
    vandalise(f, now.sql);
    check(f, 0, ERR_CORRUPT, now.says);
    check(f, 0, ERR_CORRUPT, now.says); /* looking changes nothing */
    check(f, 1, ERR_CORRUPT, now.says);
    check(f, 0, now.after, now.after ? now.says : NULL);
}

static void test_erasing_a_token_leaves_the_chain_whole(void **state)
{
    struct fixture *f = *state;
    struct person_card card;
    struct buf report;

    assert_int_equal(person_add(f->db, &(struct person_cohort){ .sex = "f" }, &card),
                     ERR_OK);
    fixture_complete(f, "l1", card.token);
    vandalise(f, "UPDATE event SET token = NULL, salt = NULL");
    buf_init(&report, 1 << 20);
    (void)!journal_rebuild(f->db, 0, &report);
    assert_null(strstr(buf_text(&report), "chain"));
    buf_finish(&report);
}

#define CASE(test) \
    cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_histories_rebuild_to_the_same_bytes),
        CASE(test_gauges_are_the_number_of_people_marked),
        CASE(test_erasing_a_token_leaves_the_chain_whole),
    };
    struct CMUnitTest damaged[COUNT(damages)];
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    for (size_t i = 0; i < COUNT(damages); i++)
        damaged[i] = (struct CMUnitTest){ .name = damages[i].name,
                                          .test_func = check_damage,
                                          .setup_func = damage_setup,
                                          .teardown_func = fixture_teardown,
                                          .initial_state = (void *)&damages[i] };
    return failed + cmocka_run_group_tests(damaged, NULL, NULL);
}
