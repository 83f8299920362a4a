/* Erasing a person: no byte of them is left in any file, every total stays, and an old
 * copy does not bring them back. */
#define _GNU_SOURCE /* memmem */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/encoding.h"
#include "base/file.h"
#include "cmocka_all.h"
#include "people_fixture.h"
#include "store/audit.h"
#include "store/backup.h"
#include "store/class.h"
#include "store/erased.h"
#include "store/progress.h"
#include "store/requests.h"

/* --- looking at bytes --------------------------------------------------------------- */

static bool file_has(const char *path, const void *bytes, size_t n)
{
    struct buf b;
    bool found;

    buf_init(&b, 1 << 28);
    assert_int_equal(file_read(path, &b), ERR_OK);
    found = b.len && memmem(b.data, b.len, bytes, n) != NULL;
    buf_finish(&b);
    return found;
}

/* In how many files of the data folder and its backups the bytes stand. */
static int files_with(const char *dir, const void *bytes, size_t n)
{
    DIR *d = opendir(dir);
    struct dirent *e;
    int found = 0;

    assert_non_null(d);
    while ((e = readdir(d))) {
        char path[512];

        if (e->d_name[0] == '.' || !strcmp(e->d_name, "ballast"))
            continue;
        (void)snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
        if (e->d_type == DT_DIR)
            found += files_with(path, bytes, n);
        else
            found += file_has(path, bytes, n);
    }
    closedir(d);
    return found;
}

static int traces(struct people_stage *s, const struct person_card *card)
{
    return files_with(s->store.dir, card->token, EVENT_TOKEN_BYTES);
}

static void assert_rebuilds(struct people_stage *s)
{
    struct buf report;

    buf_init(&report, 1 << 16);
    if (journal_rebuild(s->store.db, 0, &report))
        fail_msg("%s", buf_text(&report));
    buf_finish(&report);
}

static struct erase_receipt erase(struct people_stage *s,
                                  const struct person_card *card)
{
    struct erase_receipt receipt;

    assert_int_equal(people_erase(s->store.db, card->token, "s1", &receipt), ERR_OK);
    return receipt;
}

static int64_t visits(struct people_stage *s)
{
    return fixture_total(&s->store, "completions", "2026-11-22", "m09-b01", "-");
}

static int64_t people(struct people_stage *s, const char *stat)
{
    return fixture_total(&s->store, stat, "all", "-", "-");
}

/* --- one erasure -------------------------------------------------------------------- */

static void test_no_byte_of_the_person_is_left(void **state)
{
    struct people_stage *s = *state;
    struct person_card card, again;
    struct erase_receipt receipt;

    for (int i = 0; i < 40; i++) /* pages that are split and balanced */
        (void)people_make(s, "Phạm Thị Hoa", 1970, "t07");
    card = people_make(s, "Phạm Thị Nga", 1958, "t07");
    for (int i = 0; i < 40; i++)
        (void)people_make(s, "Phạm Thị Hoa", 1970, "t07");
    for (int i = 0; i < 30; i++)
        fixture_complete(&s->store, "m09-b01", card.token);
    assert_int_equal(card_reissue(s->store.db, card.token, "s1", &again), ERR_OK);
    assert_int_equal(backup_make(s->store.db, NULL, 0), ERR_OK);
    assert_true(traces(s, &card) >= 2);
    assert_true(traces(s, &again) >= 2);
    receipt = erase(s, &card);
    assert_string_equal(receipt.number, "X-2026-0001");
    assert_int_equal(receipt.day, 20779);
    assert_int_equal(receipt.n_events, 62); /* person, consent, 60 of lessons */
    assert_int_equal(traces(s, &card), 0);
    assert_int_equal(traces(s, &again), 0);
    assert_int_equal(visits(s), 30);
    assert_int_equal(people(s, "registered"), 80);
    assert_int_equal(people(s, "finished_one"), 0);
    assert_int_equal(fixture_total(&s->store, "registered", "2026-11", "-", "-"), 80);
    assert_rebuilds(s);
    assert_int_equal(traces(s, &card), 0);
}

static void test_card_lessons_and_name_are_gone(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    unsigned char token[EVENT_TOKEN_BYTES];
    struct erase_receipt receipt;
    struct person_record r;
    bool typo;

    fixture_complete(&s->store, "m09-b01", card.token);
    (void)erase(s, &card);
    assert_int_equal(person_by_code(s->store.db, card.code, token, &typo),
                     ERR_REJECTED);
    assert_int_equal(people_read(s->store.db, s->vault, card.token, &r), ERR_REJECTED);
    assert_int_equal(people_erase(s->store.db, card.token, "s1", &receipt),
                     ERR_REJECTED);
    db_close(s->store.db);
    assert_int_equal(
        fixture_sql_int(&s->store, "SELECT (SELECT count(*) FROM sealed) + (SELECT"
                                   " count(*) FROM card) + (SELECT count(*) FROM"
                                   " person) + (SELECT count(*) FROM progress) +"
                                   " (SELECT count(*) FROM consent) + (SELECT count(*)"
                                   " FROM mark)"),
        0);
    assert_int_equal(fixture_sql_int(&s->store, "SELECT count(*) FROM spent_code"), 1);
    fixture_open(&s->store);
}

static int64_t rows_with(struct people_stage *s, const struct person_card *card,
                         const char *table)
{
    char sql[160], hex[2 * EVENT_TOKEN_BYTES + 1];

    encoding_hex(card->token, EVENT_TOKEN_BYTES, hex);
    (void)snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s WHERE token = x'%s'",
                   table, hex);
    return fixture_sql_int(&s->store, sql);
}

/* Also from tables of other rooms. */
static void test_notes_of_a_class_go(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    struct class_plan plan = { .thon = "t07", .place = "nhà văn hóa" };

    assert_int_equal(class_open(s->store.db, &plan, "s1"), ERR_OK);
    assert_int_equal(class_add(s->store.db, card.token, "s1"), ERR_OK);
    assert_int_equal(class_needs_help(s->store.db, card.token, true, "s1"), ERR_OK);
    db_close(s->store.db);
    assert_int_equal(rows_with(s, &card, "class_need"), 1);
    fixture_open(&s->store);
    vault_close(s->vault);
    assert_int_equal(vault_open(s->store.db, &s->vault), ERR_OK);
    (void)erase(s, &card);
    assert_int_equal(traces(s, &card), 0);
    assert_int_equal(fixture_total(&s->store, "attendance", "2026-11-22", "-", "-"), 1);
    db_close(s->store.db);
    assert_int_equal(rows_with(s, &card, "class_need"), 0);
    fixture_open(&s->store);
    assert_rebuilds(s);
}

static void test_learning_goes_on_as_a_guest(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    struct event ev = { .kind = EVENT_START, .unit = "m09-b01", .token = card.token };
    struct event_id id;

    (void)erase(s, &card);
    assert_int_equal(journal_append(s->store.db, &ev, 1, &id), ERR_REJECTED);
    ev.token = NULL;
    assert_int_equal(journal_append(s->store.db, &ev, 1, &id), ERR_OK);
    assert_rebuilds(s);
}

static void test_periods_that_are_over_stay_as_they_were(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");

    people_pass_days(s, 60); /* 2027 */
    (void)erase(s, &card);
    assert_int_equal(fixture_total(&s->store, "registered", "2026-11", "-", "-"), 1);
    assert_int_equal(fixture_total(&s->store, "registered", "2027-01", "-", "-"), 0);
    assert_int_equal(people(s, "registered"), 0);
    assert_rebuilds(s);
}

static void test_merged_cards_go_together(void **state)
{
    struct people_stage *s = *state;
    struct person_card a = people_make(s, "Nga", 1958, "t07");
    struct person_card b = people_make(s, "Nga", 1959, "t07");
    struct person_card c = people_make(s, "Hoa", 1990, "t01");

    fixture_complete(&s->store, "m09-b01", b.token);
    assert_int_equal(people_merge(s->store.db, a.token, b.token, "s1"), ERR_OK);
    (void)erase(s, &b);
    assert_int_equal(traces(s, &a) + traces(s, &b), 0);
    assert_true(traces(s, &c) > 0);
    assert_int_equal(people(s, "registered"), 1);
    assert_int_equal(visits(s), 1);
    assert_rebuilds(s);
}

static void test_after_an_undo_one_goes_and_the_other_stays(void **state)
{
    struct people_stage *s = *state;
    struct person_card a = people_make(s, "Nga", 1958, "t07");
    struct person_card b = people_make(s, "Nga", 1959, "t07");
    struct people_merged *merges;
    struct arena arena = { 0 };
    size_t n;

    assert_int_equal(people_merge(s->store.db, a.token, b.token, "s1"), ERR_OK);
    assert_int_equal(people_merges(s->store.db, a.token, &arena, &merges, &n), ERR_OK);
    assert_int_equal(people_unmerge(s->store.db, merges[0].seq, "s1"), ERR_OK);
    (void)erase(s, &a);
    assert_int_equal(people(s, "registered"), 1);
    assert_int_equal(traces(s, &a), 0);
    assert_rebuilds(s);
    (void)erase(s, &b);
    assert_int_equal(people(s, "registered"), 0);
    assert_rebuilds(s);
    arena_finish(&arena);
}

static void test_the_request_is_done_and_names_the_receipt(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    struct request *requests;
    struct arena arena = { 0 };
    struct erase_receipt receipt;
    size_t n;

    assert_int_equal(
        requests_add(s->store.db, REQUEST_ERASE, card.code, 20779, "s1", NULL), ERR_OK);
    receipt = erase(s, &card);
    assert_int_equal(requests_read(s->store.db, 0, 10, &arena, &requests, &n), ERR_OK);
    assert_int_equal(n, 1);
    assert_int_equal(requests[0].outcome, REQUEST_DONE);
    assert_int_equal(requests[0].done_day, 20779);
    assert_string_equal(requests[0].card, receipt.number);
    arena_finish(&arena);
}

/* --- copies from before ------------------------------------------------------------- */

static void test_set_aside_copies_go_when_the_person_is_in_them(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    struct buf aside;

    buf_init(&aside, 4096);
    buf_str(&aside, "somebody else's page");
    assert_int_equal(file_replace(fixture_path(&s->store, "kiosk.db.bad-1"), aside.data,
                                  aside.len, 0600),
                     ERR_OK);
    buf_add(&aside, card.token, EVENT_TOKEN_BYTES);
    assert_int_equal(file_replace(fixture_path(&s->store, "kiosk.db.bad-2"), aside.data,
                                  aside.len, 0600),
                     ERR_OK);
    (void)erase(s, &card);
    assert_true(file_exists(fixture_path(&s->store, "kiosk.db.bad-1")));
    assert_false(file_exists(fixture_path(&s->store, "kiosk.db.bad-2")));
    buf_finish(&aside);
}

static struct db_config config_of(struct people_stage *s)
{
    return (struct db_config){ .dir = s->store.dir,
                               .clock = &s->store.clock,
                               .program_version = "1.0.0",
                               .build_day = FIXTURE_BUILD_DAY };
}

/* A backup on a stick from before, put back: the kiosk's list is obeyed. */
static void test_an_old_backup_does_not_bring_the_person_back(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    struct person_card other = people_make(s, "Hoa", 1990, "t01");
    struct db_config config = config_of(s);
    char made[256], stick[256];
    struct buf copy;

    fixture_complete(&s->store, "m09-b01", card.token);
    assert_int_equal(backup_make(s->store.db, made, sizeof(made)), ERR_OK);
    buf_init(&copy, 1 << 26);
    assert_int_equal(file_read(made, &copy), ERR_OK);
    (void)snprintf(stick, sizeof(stick), "%s-stick", s->store.dir);
    assert_int_equal(file_make_folder(stick), ERR_OK);
    (void)snprintf(stick, sizeof(stick), "%s-stick/kiosk-1.db", s->store.dir);
    assert_int_equal(file_replace(stick, copy.data, copy.len, 0600), ERR_OK);
    (void)erase(s, &card);
    vault_close(s->vault);
    db_close(s->store.db);
    assert_int_equal(backup_restore(&config, stick), ERR_OK);
    fixture_open(&s->store);
    assert_int_equal(vault_open(s->store.db, &s->vault), ERR_OK);
    assert_int_equal(traces(s, &card), 0);
    assert_true(traces(s, &other) > 0);
    assert_int_equal(people(s, "registered"), 1);
    assert_int_equal(visits(s), 1);
    assert_rebuilds(s);
    (void)unlink(stick);
    (void)snprintf(stick, sizeof(stick), "%s-stick", s->store.dir);
    (void)rmdir(stick);
    buf_finish(&copy);
}

/* A new card: the list comes along beside the backups. */
static void test_the_list_beside_the_backup_is_taken_over(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    struct db_config config = config_of(s);
    char made[256], kept[300];

    assert_int_equal(backup_make(s->store.db, made, sizeof(made)), ERR_OK);
    (void)snprintf(kept, sizeof(kept), "%s.kept", made);
    assert_int_equal(link(made, kept), 0);
    (void)erase(s, &card);
    vault_close(s->vault);
    db_close(s->store.db);
    assert_int_equal(unlink(fixture_path(&s->store, "erased")), 0);
    assert_int_equal(backup_restore(&config, kept), ERR_OK);
    assert_int_equal(unlink(kept), 0);
    fixture_open(&s->store);
    assert_int_equal(vault_open(s->store.db, &s->vault), ERR_OK);
    assert_int_equal(people(s, "registered"), 0);
    assert_int_equal(traces(s, &card), 0);
}

/* In the old copy two were merged that came apart later, and one of them was erased. */
static void test_an_old_merge_does_not_erase_the_other(void **state)
{
    struct people_stage *s = *state;
    struct person_card a = people_make(s, "Nga", 1958, "t07");
    struct person_card b = people_make(s, "Nga", 1959, "t07");

    assert_int_equal(people_merge(s->store.db, a.token, b.token, "s1"), ERR_OK);
    assert_int_equal(erased_add(s->store.dir, &a.token, 1), ERR_OK);
    people_restart(s);
    assert_int_equal(traces(s, &a), 0);
    assert_int_equal(people(s, "registered"), 1);
    people_unlock(s);
    {
        struct person_record r;

        assert_int_equal(people_read(s->store.db, s->vault, b.token, &r), ERR_OK);
        assert_int_equal(r.details.year, 1959);
    }
    assert_rebuilds(s);
}

/* The power went after the list was written: the next start does the rest. */
static void test_a_cut_after_the_list_is_made_good(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    struct audit_line *lines;
    struct arena arena = { 0 };
    struct buf report;
    size_t n;

    assert_int_equal(backup_make(s->store.db, NULL, 0), ERR_OK);
    assert_int_equal(erased_add(s->store.dir, &card.token, 1), ERR_OK);
    assert_true(traces(s, &card) > 0);
    people_restart(s);
    assert_int_equal(traces(s, &card), 0);
    assert_int_equal(people(s, "registered"), 0);
    assert_int_equal(audit_read(s->store.db, AUDIT_PEOPLE, 0, 1, &arena, &lines, &n),
                     ERR_OK);
    buf_init(&report, 4096);
    assert_int_equal(audit_verify(s->store.db, &report), ERR_OK);
    buf_finish(&report);
    arena_finish(&arena);
}

/* … or after the rows were gone and before the copies were. */
static void test_a_cut_before_the_sweep_is_made_good(void **state)
{
    struct people_stage *s = *state;
    struct person_card card = people_make(s, "Nga", 1958, "t07");
    char made[256], kept[300];

    assert_int_equal(backup_make(s->store.db, made, sizeof(made)), ERR_OK);
    (void)snprintf(kept, sizeof(kept), "%s/backup/kiosk-77.db", s->store.dir);
    assert_int_equal(link(made, fixture_path(&s->store, "kept")), 0);
    (void)erase(s, &card);
    assert_int_equal(rename(fixture_path(&s->store, "kept"), kept), 0);
    assert_int_equal(db_set(s->store.db, "erase.sweep", "1"), ERR_OK);
    assert_int_equal(traces(s, &card), 1);
    people_restart(s);
    assert_int_equal(traces(s, &card), 0);
    assert_string_equal(db_setting(s->store.db, "erase.sweep", ""), "0");
}

/* --- the list ----------------------------------------------------------------------- */

static void test_the_list_takes_what_is_whole_and_no_token(void **state)
{
    struct people_stage *s = *state;
    unsigned char tokens[3][EVENT_TOKEN_BYTES] = { { 1 }, { 2 }, { 3 } };
    struct erased_list list;
    struct buf b;

    assert_int_equal(erased_add(s->store.dir, tokens, 2), ERR_OK);
    buf_init(&b, 4096);
    assert_int_equal(file_read(fixture_path(&s->store, "erased"), &b), ERR_OK);
    assert_null(memmem(b.data, b.len, "0100000000", 10));
    buf_str(&b, "damaged line\n0123"); /* torn */
    assert_int_equal(
        file_replace(fixture_path(&s->store, "erased"), b.data, b.len, 0600), ERR_OK);
    assert_int_equal(erased_add(s->store.dir, tokens, 3), ERR_OK);
    assert_int_equal(erased_read(s->store.dir, &list), ERR_OK);
    assert_int_equal(list.n, 3);
    for (size_t i = 0; i < 3; i++)
        assert_true(erased_has(&list, tokens[i]));
    tokens[0][9] = 9;
    assert_false(erased_has(&list, tokens[0]));
    erased_free(&list);
    buf_finish(&b);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, people_setup, people_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_no_byte_of_the_person_is_left),
        CASE(test_card_lessons_and_name_are_gone),
        CASE(test_notes_of_a_class_go),
        CASE(test_learning_goes_on_as_a_guest),
        CASE(test_periods_that_are_over_stay_as_they_were),
        CASE(test_merged_cards_go_together),
        CASE(test_after_an_undo_one_goes_and_the_other_stays),
        CASE(test_the_request_is_done_and_names_the_receipt),
        CASE(test_set_aside_copies_go_when_the_person_is_in_them),
        CASE(test_an_old_backup_does_not_bring_the_person_back),
        CASE(test_the_list_beside_the_backup_is_taken_over),
        CASE(test_an_old_merge_does_not_erase_the_other),
        CASE(test_a_cut_after_the_list_is_made_good),
        CASE(test_a_cut_before_the_sweep_is_made_good),
        CASE(test_the_list_takes_what_is_whole_and_no_token),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
