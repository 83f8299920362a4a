/* The data key: what opens it, what is sealed with it, and that nothing opens it twice. */
#define _GNU_SOURCE /* memmem */
#include <string.h>

#include "cmocka_all.h"

#include "base/buf.h"
#include "store/vault.h"
#include "store_fixture.h"

#define PASSPHRASE "mật khẩu thử"

static const unsigned char token[EVENT_TOKEN_BYTES] = "0123456789";
static const unsigned char other[EVENT_TOKEN_BYTES] = "9876543210";

struct room {
    struct fixture *f;
    struct vault *v;
    char recovery[VAULT_SECRET_CHARS];
};

static int set_up(void **state)
{
    static struct room room;

    fixture_setup((void **)&room.f);
    assert_int_equal(vault_open(room.f->db, &room.v), ERR_OK);
    assert_false(vault_exists(room.v));
    assert_int_equal(vault_create(room.v, PASSPHRASE, room.recovery), ERR_OK);
    *state = &room;
    return 0;
}

static int tear_down(void **state)
{
    struct room *room = *state;
    void *f = room->f;

    vault_close(room->v);
    return fixture_teardown(&f);
}

static void again(struct room *room)
{
    vault_close(room->v);
    fixture_reopen(room->f);
    assert_int_equal(vault_open(room->f->db, &room->v), ERR_OK);
    assert_true(vault_exists(room->v));
    assert_false(vault_is_unlocked(room->v));
}

static enum err unseal(struct room *room, const unsigned char *whose,
                       const char *column, int64_t version, const struct buf *sealed,
                       const char *want)
{
    struct buf plain;
    enum err err;

    buf_init(&plain, 4096);
    err = vault_unseal(room->v, whose, column, version, sealed->data, sealed->len,
                       &plain);
    if (!err)
        assert_string_equal(buf_text(&plain), want);
    buf_finish(&plain);
    return err;
}

static void seal(struct room *room, const char *text, struct buf *out)
{
    buf_init(out, 8192);
    assert_int_equal(vault_seal(room->v, token, "details", 1, text, strlen(text), out),
                     ERR_OK);
    assert_null(memmem(out->data, out->len, text, strlen(text)));
}

static void test_three_secrets_open_it(void **state)
{
    struct room *room = *state;
    char card[VAULT_SECRET_CHARS], small[VAULT_SECRET_CHARS];
    struct buf sealed;

    seal(room, "Phạm Thị Nga", &sealed);
    assert_int_equal(vault_card_make(room->v, "a1", card), ERR_OK);
    for (int i = 0; i < 3; i++) {
        const char *secrets[] = { PASSPHRASE, room->recovery, card };

        again(room);
        assert_int_equal(unseal(room, token, "details", 1, &sealed, ""), ERR_OFFLINE);
        assert_int_equal(vault_unlock(room->v, (enum vault_way)i, secrets[i]), ERR_OK);
        assert_int_equal(unseal(room, token, "details", 1, &sealed, "Phạm Thị Nga"),
                         ERR_OK);
    }
    /* a code as people write it down */
    for (size_t i = 0; room->recovery[i]; i++)
        small[i] = (char)(room->recovery[i] == '-' ? ' ' : room->recovery[i] | 32);
    small[strlen(room->recovery)] = 0;
    again(room);
    assert_int_equal(vault_unlock(room->v, VAULT_RECOVERY, small), ERR_OK);
    /* a dropped card opens nothing */
    assert_int_equal(vault_card_drop(room->v, "a1"), ERR_OK);
    again(room);
    assert_int_equal(vault_unlock(room->v, VAULT_CARD, card), ERR_REJECTED);
    buf_finish(&sealed);
}

static void test_what_was_sealed_while_locked_opens_later(void **state)
{
    struct room *room = *state;
    struct buf sealed;

    again(room);
    seal(room, "Đinh Thị Ngưỡng", &sealed);
    assert_int_equal(vault_unlock(room->v, VAULT_PASSPHRASE, PASSPHRASE), ERR_OK);
    assert_int_equal(unseal(room, token, "details", 1, &sealed, "Đinh Thị Ngưỡng"),
                     ERR_OK);
    assert_int_equal(unseal(room, other, "details", 1, &sealed, ""), ERR_CORRUPT);
    buf_finish(&sealed);
}

static void test_a_seal_belongs_to_its_place(void **state)
{
    struct room *room = *state;
    struct buf sealed;

    seal(room, "Phạm Văn Đốt", &sealed);
    assert_int_equal(unseal(room, other, "details", 1, &sealed, ""), ERR_CORRUPT);
    assert_int_equal(unseal(room, token, "guardian", 1, &sealed, ""), ERR_CORRUPT);
    assert_int_equal(unseal(room, token, "details", 2, &sealed, ""), ERR_CORRUPT);
    for (size_t i = 0; i < sealed.len; i++) {
        sealed.data[i] ^= 1;
        assert_int_equal(unseal(room, token, "details", 1, &sealed, ""), ERR_CORRUPT);
        sealed.data[i] ^= 1;
    }
    for (size_t n = sealed.len; n-- > 0;) {
        sealed.len = n;
        assert_int_equal(unseal(room, token, "details", 1, &sealed, ""), ERR_CORRUPT);
    }
    buf_finish(&sealed);
}

static void test_guesses_are_slowed_and_a_restart_does_not_help(void **state)
{
    struct room *room = *state;

    again(room);
    for (int i = 0; i < 5; i++)
        assert_int_equal(vault_unlock(room->v, VAULT_RECOVERY, "AAAA-BBBB"),
                         ERR_REJECTED);
    assert_true(vault_wait_s(room->v) > 0);
    assert_int_equal(vault_unlock(room->v, VAULT_PASSPHRASE, PASSPHRASE), ERR_RETRY);
    again(room);
    assert_int_equal(vault_unlock(room->v, VAULT_PASSPHRASE, PASSPHRASE), ERR_RETRY);
    room->f->mono_ms += 31000;
    assert_int_equal(vault_wait_s(room->v), 0);
    assert_int_equal(vault_unlock(room->v, VAULT_PASSPHRASE, PASSPHRASE), ERR_OK);
}

static void test_a_new_passphrase_replaces_the_old_one(void **state)
{
    struct room *room = *state;

    assert_int_equal(vault_set_passphrase(room->v, "ngắn"), ERR_REJECTED);
    assert_int_equal(vault_set_passphrase(room->v, "một câu dài hơn"), ERR_OK);
    again(room);
    assert_int_equal(vault_unlock(room->v, VAULT_PASSPHRASE, PASSPHRASE), ERR_REJECTED);
    assert_int_equal(vault_unlock(room->v, VAULT_PASSPHRASE, "một câu dài hơn"),
                     ERR_OK);
    assert_int_equal(vault_create(room->v, PASSPHRASE, room->recovery), ERR_REJECTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_three_secrets_open_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_was_sealed_while_locked_opens_later,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_seal_belongs_to_its_place, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            test_guesses_are_slowed_and_a_restart_does_not_help, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_new_passphrase_replaces_the_old_one,
                                        set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
