/* Opening: what is made, read back, refused, set aside and put back. */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "cmocka_all.h"
#include "store/backup.h"
#include "store/person.h"
#include "store/private.h"
#include "store_fixture.h"

static struct db_config config_of(struct fixture *f)
{
    return (struct db_config){ .dir = f->dir,
                               .clock = &f->clock,
                               .program_version = "1.0.0",
                               .build_day = FIXTURE_BUILD_DAY };
}

static void close_db(struct fixture *f)
{
    db_close(f->db);
    f->db = NULL;
}

/* Writes over the closed database, past its header. */
static void damage(struct fixture *f, const char *name, long offset)
{
    int fd = open(fixture_path(f, name), O_WRONLY);
    char junk[8192];

    memset(junk, 0xa5, sizeof(junk));
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, junk, sizeof(junk), offset), sizeof(junk));
    close(fd);
}

static void exec(struct fixture *f, const char *sql)
{
    sqlite3 *sq;

    assert_int_equal(sqlite3_open(fixture_path(f, "kiosk.db"), &sq), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sq, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(sq);
}

static void test_where_no_partition_is_mounted_nothing_is_written(void **state)
{
    struct fixture *f = *state;
    struct db_config config = config_of(f);
    struct stat st;
    int fd;

    close_db(f);
    assert_int_equal(unlink(fixture_path(f, "kiosk.db")), 0);
    fd = open(fixture_path(f, DB_NO_PLACE), O_WRONLY | O_CREAT, 0600);
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(db_open(&config, &f->db), ERR_OFFLINE);
    assert_null(f->db);
    assert_int_equal(stat(fixture_path(f, "kiosk.db"), &st), -1);
    assert_int_equal(unlink(fixture_path(f, DB_NO_PLACE)), 0); /* it is mounted now */
    assert_int_equal(db_open(&config, &f->db), ERR_OK);
}

static void test_settings_last(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(db_setting(f->db, "volume", "70"), "70");
    assert_null(db_setting(f->db, "volume", NULL));
    assert_int_equal(db_set(f->db, "volume", "50"), ERR_OK);
    assert_int_equal(db_set(f->db, "volume", "55"), ERR_OK);
    fixture_reopen(f);
    assert_string_equal(db_setting(f->db, "volume", "70"), "55");
    assert_int_equal(db_health(f->db), DB_OK);
    assert_true(db_free_mb(f->db) > 0);
}

static void test_without_a_database_everything_answers_and_nothing_is_saved(
    void **state)
{
    const struct event ev = { .kind = EVENT_START, .unit = "a" };
    struct event_id id;

    (void)state;
    assert_int_equal(db_health(NULL), DB_BROKEN);
    assert_int_equal(db_free_mb(NULL), -1);
    assert_string_equal(db_setting(NULL, "x", "y"), "y");
    assert_int_equal(db_set(NULL, "x", "y"), ERR_CORRUPT);
    assert_int_equal(journal_append(NULL, &ev, 1, &id), ERR_CORRUPT);
    assert_int_equal(backup_make(NULL, NULL, 0), ERR_CORRUPT);
    db_checkpoint(NULL);
    db_close(NULL);
}

static void test_a_second_process_cannot_open_the_database(void **state)
{
    struct fixture *f = *state;
    sqlite3 *sq;

    fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "a" });
    assert_int_equal(sqlite3_open(fixture_path(f, "kiosk.db"), &sq), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sq, "SELECT * FROM event", NULL, NULL, NULL),
                     SQLITE_BUSY);
    sqlite3_close(sq);
}

static void test_a_newer_database_is_refused_without_a_byte_written(void **state)
{
    struct fixture *f = *state;
    struct db_config config = config_of(f);
    struct buf before, after;

    fixture_complete(f, "m09-b03", NULL);
    close_db(f);
    exec(f, "PRAGMA user_version = 99");
    buf_init(&before, 1 << 24);
    buf_init(&after, 1 << 24);
    assert_int_equal(file_read(fixture_path(f, "kiosk.db"), &before), ERR_OK);
    assert_int_equal(db_open(&config, &f->db), ERR_REJECTED);
    assert_null(f->db);
    assert_int_equal(file_read(fixture_path(f, "kiosk.db"), &after), ERR_OK);
    assert_int_equal(before.len, after.len);
    assert_memory_equal(before.data, after.data, before.len);
    assert_false(file_exists(fixture_path(f, "kiosk.db.bad-1")));
    buf_finish(&before);
    buf_finish(&after);
}

static void read_both(const char *dir, struct buf *out)
{
    char path[128];

    for (int i = 0; i < 2; i++) {
        (void)snprintf(path, sizeof(path), "%s/kiosk.db%s", dir, i ? "-wal" : "");
        assert_int_equal(file_read(path, out), ERR_OK);
    }
}

/* The newer program lost power: its version stands in the WAL only. */
static void test_a_newer_version_in_the_wal_alone_is_refused_as_well(void **state)
{
    struct fixture *f = *state;
    char dir[128], command[400];
    struct db_config config = config_of(f);
    struct buf before, after;
    struct db *db;

    fixture_complete(f, "m09-b03", NULL);
    db_checkpoint(f->db);
    assert_int_equal(db_exec(f->db, "PRAGMA user_version = 99"), ERR_OK);
    (void)snprintf(dir, sizeof(dir), "%s/copy", f->dir);
    (void)snprintf(command, sizeof(command), "mkdir %s && cp %s/kiosk.db* %s", dir,
                   f->dir, dir);
    assert_int_equal(system(command), 0);
    buf_init(&before, 1 << 24);
    buf_init(&after, 1 << 24);
    read_both(dir, &before);
    config.dir = dir;
    assert_int_equal(db_open(&config, &db), ERR_REJECTED);
    read_both(dir, &after);
    assert_int_equal(before.len, after.len);
    assert_memory_equal(before.data, after.data, before.len);
    buf_finish(&before);
    buf_finish(&after);
}

/* --- damage ------------------------------------------------------------------------- */

static void test_a_damaged_file_is_set_aside_and_the_backup_put_back(void **state)
{
    struct fixture *f = *state;
    struct event_id first =
        fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "m09-b01" });
    struct event_id later;

    assert_int_equal(backup_make(f->db, NULL, 0), ERR_OK);
    fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "m09-b02" });
    close_db(f);
    damage(f, "kiosk.db", 8192);
    fixture_open(f);
    assert_string_equal(db_setting(f->db, "note_database", ""), "restored");
    assert_true(file_exists(fixture_path(f, "kiosk.db.bad-1")));
    assert_int_equal(fixture_total(f, "starts", "?0", "m09-b01", "-"), 1);
    assert_int_equal(fixture_total(f, "starts", "?0", "m09-b02", "-"), 0);
    later = fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "m09-b02" });
    assert_true(later.run != first.run); /* the lost tail can never collide with it */
}

static void test_a_damaged_backup_is_passed_over_for_an_older_one(void **state)
{
    struct fixture *f = *state;

    fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "m09-b01" });
    assert_int_equal(backup_make(f->db, NULL, 0), ERR_OK);
    fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "m09-b01" });
    assert_int_equal(backup_make(f->db, NULL, 0), ERR_OK);
    close_db(f);
    damage(f, "backup/kiosk-2.db", 16384);
    damage(f, "kiosk.db", 0); /* not even a database any more */
    fixture_open(f);
    assert_string_equal(db_setting(f->db, "note_database", ""), "restored");
    assert_int_equal(fixture_total(f, "starts", "?0", "m09-b01", "-"), 1);
}

static void test_without_a_backup_an_empty_database_begins(void **state)
{
    struct fixture *f = *state;

    fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "m09-b01" });
    close_db(f);
    damage(f, "kiosk.db", 0);
    fixture_open(f);
    assert_string_equal(db_setting(f->db, "note_database", ""), "empty");
    assert_int_equal(fixture_total(f, "starts", "?0", "m09-b01", "-"), 0);
    fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "m09-b01" });
    assert_true(file_exists(fixture_path(f, "kiosk.db.bad-1")));
}

static void test_a_database_of_another_program_is_set_aside(void **state)
{
    struct fixture *f = *state;

    close_db(f);
    exec(f, "PRAGMA application_id = 7");
    fixture_open(f);
    assert_string_equal(db_setting(f->db, "note_database", ""), "empty");
}

/* --- backups ------------------------------------------------------------------------ */

static void test_three_backups_are_kept_and_no_number_comes_twice(void **state)
{
    struct fixture *f = *state;
    char path[256];

    for (int i = 1; i <= 5; i++)
        assert_int_equal(backup_make(f->db, path, sizeof(path)), ERR_OK);
    assert_string_equal(path, fixture_path(f, "backup/kiosk-5.db"));
    assert_false(file_exists(fixture_path(f, "backup/kiosk-2.db")));
    assert_true(file_exists(fixture_path(f, "backup/kiosk-3.db")));
    assert_false(file_exists(fixture_path(f, "backup/new.db")));
}

static const struct chip_row {
    const char *name;
    int64_t wall_ms;
    bool kept;
    const char *period;
} chip_rows[] = {
    { "a clock chip makes the day certain", FIXTURE_WALL_MS, true, "2026-11-22" },
    { "without one there is no day", FIXTURE_WALL_MS, false, "?0" },
    { "a dead battery is noticed", 946684800000, true, "?0" },
    { "and so is a clock far ahead", 4102444800000, true, "?0" },
};

static void check_chip(void **state)
{
    const struct chip_row *r = *state;
    struct event start = { .kind = EVENT_START, .unit = "a" };
    struct db_config config;
    struct fixture *f;
    void *made;

    assert_int_equal(fixture_setup(&made), 0);
    f = made;
    close_db(f);
    f->wall_ms = r->wall_ms;
    config = config_of(f);
    config.clock_kept = r->kept;
    assert_int_equal(db_open(&config, &f->db), ERR_OK);
    fixture_append(f, start);
    assert_int_equal(fixture_total(f, "starts", r->period, "a", "-"), 1);
    assert_int_equal(fixture_teardown(&made), 0);
}

static void test_a_backup_is_made_once_a_day_and_only_of_something_new(void **state)
{
    struct fixture *f = *state;

    backup_keep_fresh(f->db);
    assert_false(file_exists(fixture_path(f, "backup/kiosk-1.db"))); /* nothing yet */
    fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "a" });
    backup_keep_fresh(f->db);
    assert_true(file_exists(fixture_path(f, "backup/kiosk-1.db")));
    fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "b" });
    backup_keep_fresh(f->db);
    assert_false(file_exists(fixture_path(f, "backup/kiosk-2.db")));
    f->mono_ms += 86400000;
    backup_keep_fresh(f->db);
    assert_true(file_exists(fixture_path(f, "backup/kiosk-2.db")));
    f->mono_ms += 86400000;
    backup_keep_fresh(f->db);
    assert_false(file_exists(fixture_path(f, "backup/kiosk-3.db"))); /* no news */
}

static void test_a_restored_backup_goes_on_in_a_new_run(void **state)
{
    struct fixture *f = *state;
    struct db_config config = config_of(f);
    struct event_id before, after;
    char path[256];

    before = fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "a" });
    assert_int_equal(backup_make(f->db, path, sizeof(path)), ERR_OK);
    fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "b" });
    close_db(f);
    assert_int_equal(backup_restore(&config, path), ERR_OK);
    fixture_open(f);
    after = fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "c" });
    assert_true(after.run != before.run);
    assert_int_equal(after.seq, 2);
    assert_int_equal(fixture_total(f, "starts", "?0", "b", "-"), 0);
    assert_true(file_exists(fixture_path(f, "kiosk.db.bad-1"))); /* has "b" still */
}

static void test_a_copy_is_chosen_while_the_database_is_open(void **state)
{
    struct fixture *f = *state;
    struct backup_info list[BACKUPS_SHOWN];

    fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "a" });
    assert_int_equal(backup_list(f->db, list), 0);
    assert_int_equal(backup_make(f->db, NULL, 0), ERR_OK);
    fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "b" });
    assert_int_equal(backup_make(f->db, NULL, 0), ERR_OK);
    fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "c" });
    assert_int_equal(backup_list(f->db, list), 2);
    assert_int_equal(list[0].events, 2); /* the newest first */
    assert_int_equal(list[1].events, 1);
    assert_true(list[1].bytes > 0);
    assert_int_equal(backup_events_now(f->db), 3);
    assert_int_equal(backup_stage(f->db, list[1].path, "a1"), ERR_OK);
    assert_int_equal(fixture_total(f, "starts", "?0", "c", "-"), 1); /* not yet */
    close_db(f);
    fixture_open(f);
    assert_int_equal(fixture_total(f, "starts", "?0", "a", "-"), 1);
    assert_int_equal(fixture_total(f, "starts", "?0", "b", "-"), 0);
    assert_string_equal(db_setting(f->db, "put_back_by", ""), "a1");
    assert_int_equal(
        file_replace(fixture_path(f, "backup/kiosk-9.db"), "spoiled", 7, 0600), ERR_OK);
    assert_int_equal(backup_list(f->db, list), 3);
    assert_int_equal(list[0].events, -1);
    assert_int_equal(backup_stage(f->db, list[0].path, "a1"), ERR_REJECTED);
}

static void test_what_is_no_backup_of_ours_is_refused_and_nothing_moves(void **state)
{
    struct fixture *f = *state;
    struct db_config config = config_of(f);

    fixture_append(f, (struct event){ .kind = EVENT_START, .unit = "a" });
    close_db(f);
    assert_int_equal(file_replace(fixture_path(f, "x"), "no database at all", 18, 0600),
                     ERR_OK);
    assert_int_equal(backup_restore(&config, fixture_path(f, "x")), ERR_REJECTED);
    assert_int_equal(backup_restore(&config, fixture_path(f, "missing")), ERR_REJECTED);
    fixture_open(f);
    assert_int_equal(fixture_total(f, "starts", "?0", "a", "-"), 1);
}

/* --- migrations --------------------------------------------------------------------- */

/* A file as the first version wrote it: the first migration alone. */
static void make_old_file(struct fixture *f)
{
    const char *end = strstr(schema_sql, "-- migration 2");
    char *sql;
    size_t n;

    assert_non_null(end);
    n = (size_t)(end - schema_sql);
    sql = check_alloc(n + 1);
    memcpy(sql, schema_sql, n);
    assert_int_equal(unlink(fixture_path(f, "kiosk.db")), 0);
    exec(f, sql);
    free(sql);
    exec(f,
         "PRAGMA application_id = " DB_APPLICATION_ID "; PRAGMA user_version = 1;"
         "INSERT INTO setting VALUES('volume', '40');"
         "INSERT INTO run VALUES(1, 77, '', 0, 0, 0, 0, 0, 0, 0, '0.9', '', 1, 0, 0);"
         "INSERT INTO total VALUES(1, 'starts', '?0', 'old', '-', 3, 0, 1);"
         "INSERT INTO cohort VALUES(1, 't07', 'f', 'b4', 'g2', '', '');"
         "INSERT INTO person VALUES(x'00112233445566778899', '005724', 1)");
}

static void test_an_old_file_is_migrated_after_a_backup(void **state)
{
    struct fixture *f = *state;
    unsigned char token[EVENT_TOKEN_BYTES];
    bool typo;

    close_db(f);
    make_old_file(f);
    fixture_open(f);
    assert_string_equal(db_setting(f->db, "volume", ""), "40");
    assert_int_equal(fixture_total(f, "starts", "?0", "old", "-"), 3);
    /* the card of somebody still opens their lessons */
    assert_int_equal(person_by_code(f->db, "005724", token, &typo), ERR_OK);
    assert_int_equal(token[1], 0x11);
    fixture_append(f,
                   (struct event){ .kind = EVENT_START, .unit = "a", .token = token });
    assert_true(file_exists(fixture_path(f, "backup/kiosk-1.db")));
    close_db(f);
    assert_true(fixture_sql_int(f, "PRAGMA user_version") >= 2);
    fixture_open(f);
    close_db(f);
    assert_false(file_exists(fixture_path(f, "backup/kiosk-2.db"))); /* only once */
}

static void test_without_a_backup_there_is_no_migration(void **state)
{
    struct fixture *f = *state;
    struct db_config config = config_of(f);

    close_db(f);
    make_old_file(f);
    assert_int_equal(file_replace(fixture_path(f, "backup"), "in the way", 10, 0600),
                     ERR_OK);
    assert_int_not_equal(db_open(&config, &f->db), ERR_OK);
    assert_int_equal(fixture_sql_int(f, "PRAGMA user_version"), 1);
    assert_int_equal(fixture_sql_int(f, "SELECT plus FROM total"), 3);
}

static int mode_of(const char *path)
{
    struct stat st;

    assert_int_equal(stat(path, &st), 0);
    return (int)(st.st_mode & 0777);
}

/* Also in a folder that everybody may enter, and when the umask hides nothing. */
static void test_database_and_backups_are_the_owners_alone(void **state)
{
    struct fixture *f = *state;
    mode_t mask = umask(0);
    char path[256];

    db_close(f->db);
    f->db = NULL;
    assert_int_equal(unlink(fixture_path(f, "kiosk.db")), 0);
    fixture_open(f);
    fixture_complete(f, "l1", NULL);
    assert_int_equal(backup_make(f->db, path, sizeof(path)), ERR_OK);
    umask(mask);
    assert_int_equal(mode_of(fixture_path(f, "kiosk.db")), 0600);
    assert_int_equal(mode_of(fixture_path(f, "kiosk.db-wal")), 0600);
    assert_int_equal(mode_of(path), 0600);
}

#define CASE(test) \
    cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest plain[] = {
        CASE(test_settings_last),
        CASE(test_where_no_partition_is_mounted_nothing_is_written),
        CASE(test_a_copy_is_chosen_while_the_database_is_open),
        cmocka_unit_test(
            test_without_a_database_everything_answers_and_nothing_is_saved),
        CASE(test_database_and_backups_are_the_owners_alone),
        CASE(test_a_second_process_cannot_open_the_database),
        CASE(test_a_newer_database_is_refused_without_a_byte_written),
        CASE(test_a_newer_version_in_the_wal_alone_is_refused_as_well),
        CASE(test_a_damaged_file_is_set_aside_and_the_backup_put_back),
        CASE(test_a_damaged_backup_is_passed_over_for_an_older_one),
        CASE(test_without_a_backup_an_empty_database_begins),
        CASE(test_a_database_of_another_program_is_set_aside),
        CASE(test_three_backups_are_kept_and_no_number_comes_twice),
        CASE(test_a_backup_is_made_once_a_day_and_only_of_something_new),
        CASE(test_a_restored_backup_goes_on_in_a_new_run),
        CASE(test_what_is_no_backup_of_ours_is_refused_and_nothing_moves),
        CASE(test_an_old_file_is_migrated_after_a_backup),
        CASE(test_without_a_backup_there_is_no_migration),
    };
    struct CMUnitTest tests[COUNT(plain) + COUNT(chip_rows)];

    memcpy(tests, plain, sizeof(plain));
    for (size_t i = 0; i < COUNT(chip_rows); i++)
        tests[COUNT(plain) + i] =
            (struct CMUnitTest){ .name = chip_rows[i].name,
                                 .test_func = check_chip,
                                 .initial_state = (void *)&chip_rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
