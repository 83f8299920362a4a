/* A disk that fills up at every write in turn, and fails at every sync in turn: what
 * was acknowledged is there, what was not is not, and the store goes on. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/hash.h"
#include "cut_vfs.h"
#include "store/journal.h"
#include "store/outbox.h"
#include "store/progress.h"

#define TURNS_MAX 2000

struct disk_test {
    char dir[64];
    char ballast[96];
    struct db_config config;
    struct db *db;
};

static void open_db(struct disk_test *t)
{
    assert_int_equal(db_open(&t->config, &t->db), ERR_OK);
}

static int setup(void **state)
{
    struct disk_test *t = check_alloc(sizeof(*t));

    hash_init();
    cut_vfs_register();
    cut_disk_format(7);
    (void)snprintf(t->dir, sizeof(t->dir), "/tmp/bdhvs-disk-XXXXXX");
    assert_non_null(mkdtemp(t->dir));
    (void)snprintf(t->ballast, sizeof(t->ballast), "%s/ballast", t->dir);
    t->config = (struct db_config){ .dir = t->dir, .vfs = CUT_VFS_NAME };
    *state = t;
    return 0;
}

static int teardown(void **state)
{
    struct disk_test *t = *state;

    db_close(t->db);
    (void)unlink(t->ballast);
    (void)rmdir(t->dir);
    free(t);
    return 0;
}

static enum err complete(struct disk_test *t)
{
    const struct event events[] = {
        { .kind = EVENT_START, .unit = "m09-b03" },
        { .kind = EVENT_COMPLETE,
          .unit = "m09-b03",
          .value = 100,
          .flags = EVENT_PASSED },
    };
    struct event_id id;

    return journal_append(t->db, events, COUNT(events), &id);
}

/* Completions in the totals, as the JSON says them; rebuilt on the way. */
static int64_t completions(struct disk_test *t)
{
    static const char row[] = "[\"completions\",\"?0\",\"m09-b03\",\"-\",";
    struct buf b;
    const char *at;
    int64_t n;

    buf_init(&b, 1 << 20);
    if (journal_rebuild(t->db, 0, &b) != ERR_OK)
        fail_msg("%s", buf_text(&b));
    buf_clear(&b);
    assert_int_equal(journal_totals_json(t->db, &b), ERR_OK);
    at = strstr(buf_text(&b), row);
    n = at ? strtoll(at + strlen(row), NULL, 10) : 0;
    buf_finish(&b);
    return n;
}

/* --- full --------------------------------------------------------------------------- */

static void test_a_disk_that_fills_at_any_write_loses_and_doubles_nothing(void **state)
{
    struct disk_test *t = *state;
    int64_t acked = 0, refused = 0;
    enum err err;

    for (int64_t turn = 1; turn < TURNS_MAX; turn++) {
        cut_disk_format((uint32_t)turn);
        open_db(t);
        assert_int_equal(complete(t), ERR_OK);
        (void)unlink(t->ballast); /* nothing to give up here */
        cut_disk.full_after = turn;
        err = complete(t);
        assert_true(err == ERR_OK || err == ERR_FULL);
        if (err)
            assert_int_equal(db_health(t->db), DB_FULL);
        acked = err ? 1 : 2;
        refused += err != ERR_OK;
        cut_disk.is_full = false; /* somebody deleted something */
        cut_disk.full_after = 0;
        assert_int_equal(completions(t), acked);
        assert_int_equal(complete(t), ERR_OK);
        assert_int_equal(completions(t), acked + 1);
        assert_int_equal(db_health(t->db), DB_OK);
        db_close(t->db);
        t->db = NULL;
        if (acked == 2)
            break; /* the whole append fitted before the disk was full */
    }
    assert_int_equal(acked, 2);
    assert_true(refused > 5);
}

static void test_opening_on_a_full_disk_is_refused_and_works_later(void **state)
{
    struct disk_test *t = *state;
    int64_t refused = 0;
    enum err err = ERR_FULL;

    for (int64_t turn = 1; err && turn < TURNS_MAX; turn++) {
        cut_disk_format((uint32_t)turn);
        cut_disk.full_after = turn;
        err = db_open(&t->config, &t->db);
        assert_true(err == ERR_OK || err == ERR_FULL);
        refused += err != ERR_OK;
        db_close(t->db);
        cut_disk.is_full = false;
        cut_disk.full_after = 0;
        open_db(t);
        assert_int_equal(complete(t), ERR_OK);
        assert_int_equal(completions(t), 1);
        db_close(t->db);
        t->db = NULL;
    }
    assert_int_equal(err, ERR_OK);
    assert_true(refused > 5);
}

static void test_the_ballast_makes_room_for_the_last_events(void **state)
{
    struct disk_test *t = *state;

    open_db(t);
    assert_true(file_exists(t->ballast));
    cut_disk.full_while = t->ballast;
    assert_int_equal(complete(t), ERR_OK);
    assert_false(file_exists(t->ballast));
    assert_int_equal(db_health(t->db), DB_FULL); /* staff should make room */
    cut_disk.is_full = true;                     /* and now it is really full */
    assert_int_equal(complete(t), ERR_FULL);
    assert_int_equal(completions(t), 1);
    cut_disk.is_full = false;
    cut_disk.full_while = NULL;
    db_checkpoint(t->db); /* the screen rests: the ballast is taken back */
    assert_true(file_exists(t->ballast));
    assert_int_equal(complete(t), ERR_OK);
    assert_int_equal(db_health(t->db), DB_OK);
    assert_int_equal(completions(t), 2);
}

static void test_reading_goes_on_while_the_disk_is_full(void **state)
{
    struct disk_test *t = *state;
    struct arena arena = { 0 };
    struct outbox_state waiting;
    struct progress p;

    open_db(t);
    assert_int_equal(complete(t), ERR_OK);
    (void)unlink(t->ballast);
    cut_disk.is_full = true;
    assert_int_equal(complete(t), ERR_FULL);
    assert_int_equal(progress_read(t->db, NULL, &arena, &p), ERR_OK);
    assert_int_equal(p.n_lessons, 1);
    assert_int_equal(outbox_state(t->db, &waiting), ERR_OK);
    assert_int_equal(waiting.completions_only_here, 1);
    arena_finish(&arena);
}

/* --- failing syncs ------------------------------------------------------------------ */

/* A failed sync leaves it open whether the bytes lasted. What the caller was told has to
 * be what is found: told saved, it is there; told not, it is not. */
static void test_a_sync_that_fails_is_never_acknowledged_wrongly(void **state)
{
    struct disk_test *t = *state;
    int64_t told_saved = 0, told_not = 0;

    for (uint32_t seed = 1; seed <= 300; seed++) {
        int64_t want = 1;
        enum err err;

        cut_disk_format(seed);
        open_db(t);
        assert_int_equal(complete(t), ERR_OK);
        cut_disk.fail_sync_after = 1 + seed % 3;
        for (int i = 0; i < 4; i++) {
            err = complete(t);
            assert_true(err == ERR_OK || err == ERR_CORRUPT);
            want += err == ERR_OK;
            told_not += err != ERR_OK;
            told_saved += err == ERR_OK;
        }
        assert_int_equal(cut_disk.fail_sync_after, 0);
        assert_int_equal(completions(t), want);
        cut_disk_power_on(); /* and still after the power went */
        db_close(t->db);
        open_db(t);
        assert_int_equal(completions(t), want);
        db_close(t->db);
        t->db = NULL;
    }
    assert_true(told_not > 100);
    assert_true(told_saved > 100);
}

static void test_a_checkpoint_whose_sync_fails_loses_nothing(void **state)
{
    struct disk_test *t = *state;

    for (uint32_t turn = 1; turn <= 6; turn++) {
        cut_disk_format(turn);
        open_db(t);
        for (int i = 0; i < 5; i++)
            assert_int_equal(complete(t), ERR_OK);
        cut_disk.fail_sync_after = turn;
        db_checkpoint(t->db);
        cut_disk.fail_sync_after = 0;
        (void)!complete(t);
        db_close(t->db);
        open_db(t);
        assert_true(completions(t) >= 5);
        db_close(t->db);
        t->db = NULL;
    }
}

static void test_a_disk_that_goes_away_is_used_again_when_it_is_back(void **state)
{
    struct disk_test *t = *state;
    struct arena arena = { 0 };
    struct progress p;

    open_db(t);
    assert_int_equal(complete(t), ERR_OK);
    cut_disk.is_off = true;
    for (int i = 0; i < 3; i++)
        assert_int_equal(complete(t), ERR_CORRUPT);
    assert_int_equal(db_health(t->db), DB_BROKEN);
    assert_int_equal(progress_read(t->db, NULL, &arena, &p), ERR_CORRUPT);
    assert_string_equal(db_setting(t->db, "volume", "70"), "70");
    db_checkpoint(t->db);
    cut_disk_power_on();
    assert_int_equal(complete(t), ERR_OK);
    assert_int_equal(db_health(t->db), DB_OK);
    assert_int_equal(completions(t), 2);
    arena_finish(&arena);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_a_disk_that_fills_at_any_write_loses_and_doubles_nothing),
        CASE(test_opening_on_a_full_disk_is_refused_and_works_later),
        CASE(test_the_ballast_makes_room_for_the_last_events),
        CASE(test_reading_goes_on_while_the_disk_is_full),
        CASE(test_a_sync_that_fails_is_never_acknowledged_wrongly),
        CASE(test_a_disk_that_goes_away_is_used_again_when_it_is_back),
        CASE(test_a_checkpoint_whose_sync_fails_loses_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
