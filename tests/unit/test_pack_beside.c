/* Packs beside the open one are found as if they were of it, or refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "items/items.h"
#include "lesson/pack.h"
#include "packed.h"

#define UNTIL 20800

/* Opened by itself; the caller puts it beside or closes it. */
static struct pack *open_other(struct packed *f, const char *folder)
{
    struct pack_key key;
    struct pack *other;

    assert_int_equal(pack_key_read(f->pub, &key), ERR_OK);
    assert_int_equal(
        pack_open(folder, &key, 1, 0, items_table, &other, f->why, sizeof(f->why)),
        ERR_OK);
    return other;
}

static void test_its_lessons_come_last_and_are_read(void **state)
{
    struct packed *f = *state;
    const struct pack_info *info;
    struct arena arena = { 0 };
    struct lesson *l;
    struct buf png;

    assert_int_equal(packed_open(f, 0), ERR_OK);
    assert_int_equal(
        pack_add_beside(f->pack,
                        open_other(f, packed_alert(f, "phat", "one", UNTIL, 7)), f->why,
                        sizeof(f->why)),
        ERR_OK);
    info = pack_info(f->pack);
    assert_int_equal(info->n_modules, 2);
    assert_int_equal(info->n_lessons, 2);
    assert_string_equal(info->id, "one");
    assert_int_equal(info->modules[0].until, 0);
    assert_int_equal(info->modules[1].until, UNTIL);
    assert_int_equal(info->modules[1].first_lesson, 1);
    assert_int_equal(info->lessons[1].module, 1);
    assert_int_equal(pack_find_lesson(f->pack, "phat-b01"), 1);
    assert_string_equal(info->module_lists[1].id, "phat");
    assert_string_equal(info->path_lists[0].id, "short"); /* as it was */
    assert_int_equal(info->n_beside, 1);
    assert_string_equal(info->beside[0].title, "Tin lừa mới");
    assert_string_equal(info->beside[0].author, "Xã");
    assert_int_equal(info->beside[0].ver, 7);
    assert_int_equal(pack_lesson(f->pack, 1, &arena, &l), ERR_OK);
    assert_string_equal(l->cards[0].title, "Có tin lạ");
    assert_int_equal(l->pack_ver, 7); /* results carry the version of its own pack */
    buf_init(&png, PACK_OBJECT_MAX);
    assert_int_equal(pack_object(f->pack, l->cards[0].picture->object[0], &png),
                     ERR_OK);
    assert_int_equal(pack_lesson(f->pack, 0, &arena, &l), ERR_OK);
    assert_int_equal(l->pack_ver, 3);
    buf_finish(&png);
    arena_finish(&arena);
}

static void refused(struct packed *f, struct pack *other, const char *why)
{
    size_t n = pack_info(f->pack)->n_lessons;

    assert_int_equal(pack_add_beside(f->pack, other, f->why, sizeof(f->why)),
                     ERR_REJECTED);
    if (!strstr(f->why, why))
        fail_msg("wanted “%s” in “%s”", why, f->why);
    assert_int_equal(pack_info(f->pack)->n_lessons, n);
    pack_close(other);
}

static void test_what_does_not_fit_is_refused(void **state)
{
    struct packed *f = *state;
    const char *alert = packed_alert(f, "phat", "one", UNTIL, 7);

    assert_int_equal(packed_open(f, 0), ERR_OK);
    refused(f, open_other(f, f->out), "beside nothing");
    refused(f, open_other(f, packed_alert(f, "khac", "two", UNTIL, 7)),
            "beside two, not beside one");
    assert_int_equal(
        pack_add_beside(f->pack, open_other(f, alert), f->why, sizeof(f->why)), ERR_OK);
    refused(f, open_other(f, alert), "lesson phat-b01 is there already");
}

static void test_there_is_room_for_eight(void **state)
{
    struct packed *f = *state;

    assert_int_equal(packed_open(f, 0), ERR_OK);
    for (int i = 0; i < PACK_BESIDE_MAX; i++) {
        const char *id = arena_printf(&f->t.arena, "tin%d", i);

        assert_int_equal(
            pack_add_beside(f->pack,
                            open_other(f, packed_alert(f, id, "one", UNTIL, 1)), f->why,
                            sizeof(f->why)),
            ERR_OK);
    }
    assert_int_equal(pack_info(f->pack)->n_lessons, 1 + PACK_BESIDE_MAX);
    refused(f, open_other(f, packed_alert(f, "tin9", "one", UNTIL, 1)), "too many");
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, packed_setup, packed_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(test_its_lessons_come_last_and_are_read),
        EACH(test_what_does_not_fit_is_refused),
        EACH(test_there_is_room_for_eight),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
