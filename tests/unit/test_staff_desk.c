/* Who of the staff stands at the kiosk, and what lets them in again. */
#include "cmocka_all.h"

#include "app_stage.h"
#include "store/staff.h"
#include "store/vault.h"

#define PASSPHRASE "mat khau thu"
#define PIN "739204"
#define WRONG "111213"

struct room {
    struct app_stage s;
    struct staff admin, volunteer;
    char recovery[VAULT_SECRET_CHARS];
};

/* Ten misses, with the waiting after the first five. */
static void lock_out(struct room *room, const char *id)
{
    for (int i = 0; i < 10; i++) {
        if (i == 5)
            room->s.now_ms += 300000;
        assert_int_not_equal(staff_try_pin(room->s.db, id, WRONG), PIN_RIGHT);
    }
    assert_int_equal(staff_try_pin(room->s.db, id, PIN), PIN_LOCKED);
}

static void open_room(struct room *room)
{
    *room = (struct room){ .admin = { .alias = "Võ Văn Minh", .role = STAFF_ADMIN },
                           .volunteer = { .alias = "Lê Thị Hạnh",
                                          .role = STAFF_VOLUNTEER } };
    stage_open(&room->s, &(struct app_stage_options){ .w = 0 });
    assert_int_equal(vault_create(room->s.app.desk.vault, PASSPHRASE, room->recovery),
                     ERR_OK);
    assert_int_equal(staff_add(room->s.db, &room->admin, PIN), ERR_OK);
    assert_int_equal(staff_add(room->s.db, &room->volunteer, PIN), ERR_OK);
    lock_out(room, room->admin.id);
    lock_out(room, room->volunteer.id);
    vault_lock(room->s.app.desk.vault);
}

static void test_the_recovery_code_frees_locked_administrators(void **state)
{
    struct room room;

    (void)state;
    open_room(&room);
    assert_int_equal(app_staff_open_names(&room.s.app, VAULT_RECOVERY, room.recovery),
                     ERR_OK);
    assert_int_equal(staff_try_pin(room.s.db, room.admin.id, PIN), PIN_RIGHT);
    /* others are freed by an administrator */
    assert_int_equal(staff_try_pin(room.s.db, room.volunteer.id, PIN), PIN_LOCKED);
    stage_close(&room.s);
}

static void test_the_passphrase_frees_nobody(void **state)
{
    struct room room;

    (void)state;
    open_room(&room);
    assert_int_equal(app_staff_open_names(&room.s.app, VAULT_PASSPHRASE, PASSPHRASE),
                     ERR_OK);
    assert_int_equal(staff_try_pin(room.s.db, room.admin.id, PIN), PIN_LOCKED);
    stage_close(&room.s);
}

static void test_a_card_opens_names_until_its_owner_is_let_go(void **state)
{
    struct room room;
    char card[VAULT_SECRET_CHARS];

    (void)state;
    open_room(&room);
    assert_int_equal(app_staff_open_names(&room.s.app, VAULT_PASSPHRASE, PASSPHRASE),
                     ERR_OK);
    assert_int_equal(vault_card_make(room.s.app.desk.vault, room.volunteer.id, card),
                     ERR_OK);
    vault_lock(room.s.app.desk.vault);
    assert_int_equal(app_staff_open_names(&room.s.app, VAULT_CARD, card), ERR_OK);
    assert_int_equal(staff_dismiss(room.s.db, room.volunteer.id), ERR_OK);
    vault_lock(room.s.app.desk.vault);
    assert_int_equal(app_staff_open_names(&room.s.app, VAULT_CARD, card), ERR_REJECTED);
    assert_false(vault_is_unlocked(room.s.app.desk.vault));
    stage_close(&room.s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_recovery_code_frees_locked_administrators),
        cmocka_unit_test(test_the_passphrase_frees_nobody),
        cmocka_unit_test(test_a_card_opens_names_until_its_owner_is_let_go),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
