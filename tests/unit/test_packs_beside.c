/* Packs that stand beside the lessons: how they come, are put away, and fall. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmocka_all.h"

#include "app/packs.h"
#include "base/check.h"
#include "base/file.h"
#include "items/items.h"
#include "packed.h"
#include "sign.h"

#define UNTIL 20800

struct place {
    struct packed *f;
    const char *data;
    struct pack_key keys[2];
    size_t n_keys;
    struct packs *p;
};

/* As at a start of the program. */
static void start(struct place *at)
{
    packs_destroy(at->p);
    at->p = packs_create(&(struct packs_config){ .dir = at->data,
                                                 .bundled = at->f->out,
                                                 .types = items_table,
                                                 .keys = at->keys,
                                                 .n_keys = at->n_keys });
}

static int set_up(void **state)
{
    struct place *at = check_alloc(sizeof(*at));

    *at = (struct place){ 0 };
    packed_setup((void **)&at->f);
    at->data = arena_printf(&at->f->t.arena, "%s/data", at->f->t.root);
    assert_int_equal(file_make_folder(at->data), ERR_OK);
    assert_int_equal(pack_key_read(at->f->pub, &at->keys[0]), ERR_OK);
    at->n_keys = 1;
    start(at);
    *state = at;
    return 0;
}

static int tear_down(void **state)
{
    struct place *at = *state;
    void *f = at->f;

    packs_destroy(at->p);
    packed_teardown(&f);
    free(at);
    return 0;
}

static enum packs_trouble trouble_of(struct place *at, const char *folder)
{
    struct packs_status s;

    assert_int_equal(packs_add_folder(at->p, folder), ERR_REJECTED);
    packs_status(at->p, &s);
    return s.trouble;
}

static void install_folder(struct place *at, const char *folder)
{
    struct packs_status s;

    assert_int_equal(packs_add_folder(at->p, folder), ERR_OK);
    while (packs_tick(at->p) >= 0)
        ;
    packs_status(at->p, &s);
    assert_int_equal(s.step, PACKS_READY);
    assert_int_equal(packs_switch(at->p), ERR_OK);
}

static void install(struct place *at, const char *id, int64_t ver)
{
    install_folder(at, packed_alert(at->f, id, "one", UNTIL, ver));
}

/* What would be opened: "one phat-7 tin-2". */
static const char *open_now(struct place *at)
{
    char folder[PACKS_PATH_BYTES];
    int64_t floor;
    const char *main = packs_folder(at->p, &floor);
    char *all = arena_strdup(&at->f->t.arena, strcmp(main, at->f->out) ? "?" : "one");

    for (size_t i = 0; packs_beside_folder(at->p, i, folder, &floor); i++) {
        struct pack *pack;
        char why[200];

        assert_int_equal(pack_open(folder, at->keys, at->n_keys, floor, items_table,
                                   &pack, why, sizeof(why)),
                         ERR_OK);
        pack_close(pack);
        all = arena_printf(&at->f->t.arena, "%s %s", all, strrchr(folder, '/') + 1);
    }
    return all;
}

static bool on_disk(struct place *at, const char *name)
{
    struct stat st;

    return stat(arena_printf(&at->f->t.arena, "%s/packs/%s", at->data, name), &st) == 0;
}

static void test_it_takes_nobodys_place(void **state)
{
    struct place *at = *state;

    install(at, "phat", 7);
    assert_string_equal(open_now(at), "one phat-7");
    packs_confirm(at->p);
    install(at, "tin", 2);
    packs_confirm(at->p);
    start(at);
    assert_string_equal(open_now(at), "one phat-7 tin-2");
}

static void test_a_newer_one_follows_and_an_older_one_is_refused(void **state)
{
    struct place *at = *state;

    install(at, "phat", 7);
    packs_confirm(at->p);
    assert_int_equal(trouble_of(at, packed_alert(at->f, "phat", "one", UNTIL, 7)),
                     PACKS_SAME);
    assert_int_equal(trouble_of(at, packed_alert(at->f, "phat", "one", UNTIL, 6)),
                     PACKS_OLDER);
    install(at, "phat", 8);
    packs_confirm(at->p);
    assert_string_equal(open_now(at), "one phat-8");
    assert_true(on_disk(at, "phat-7"));
    start(at); /* the next start makes room */
    assert_false(on_disk(at, "phat-7"));
    assert_true(on_disk(at, "phat-8"));
    assert_string_equal(open_now(at), "one phat-8");
}

static void test_one_of_other_lessons_is_refused(void **state)
{
    struct place *at = *state;

    assert_int_equal(trouble_of(at, packed_alert(at->f, "phat", "two", UNTIL, 7)),
                     PACKS_OTHER);
    assert_string_equal(open_now(at), "one");
}

static void test_what_was_put_away_stays_away(void **state)
{
    struct place *at = *state;

    install(at, "phat", 7);
    packs_confirm(at->p);
    assert_int_equal(packs_put_away(at->p, "tin"), ERR_OFFLINE);
    assert_int_equal(packs_put_away(at->p, "phat"), ERR_OK);
    assert_int_equal(packs_put_away(at->p, "phat"), ERR_OFFLINE);
    start(at);
    assert_string_equal(open_now(at), "one");
    assert_false(on_disk(at, "phat-7"));
    /* no older one comes in its place; by hand, the same may come again */
    assert_int_equal(trouble_of(at, packed_alert(at->f, "phat", "one", UNTIL, 6)),
                     PACKS_OLDER);
    install(at, "phat", 7);
    assert_string_equal(open_now(at), "one phat-7");
}

static void test_there_is_room_for_eight(void **state)
{
    struct place *at = *state;

    for (int i = 0; i < PACK_BESIDE_MAX; i++) {
        install(at, arena_printf(&at->f->t.arena, "tin%d", i), 1);
        packs_confirm(at->p);
    }
    assert_int_equal(trouble_of(at, packed_alert(at->f, "phat", "one", UNTIL, 7)),
                     PACKS_TOO_MANY);
    install(at, "tin3", 2); /* a newer one of those that are there */
    packs_confirm(at->p);
    assert_int_equal(packs_put_away(at->p, "tin0"), ERR_OK);
    install(at, "phat", 7);
}

/* Three starts without a lesson shown: the alert goes, the lessons stay. */
static void test_one_that_ends_the_program_is_put_away(void **state)
{
    struct place *at = *state;
    struct packs_status s;

    install(at, "tin", 1);
    packs_confirm(at->p);
    install(at, "phat", 7);
    for (int i = 0; i < 3; i++) {
        start(at);
        assert_string_equal(open_now(at), "one tin-1 phat-7");
    }
    start(at);
    packs_status(at->p, &s);
    assert_true(s.fell_back);
    assert_string_equal(open_now(at), "one tin-1");
}

/* What came with the program is offered until it stands there. */
static void test_what_came_with_the_program_is_offered(void **state)
{
    struct place *at = *state;
    struct arena *arena = &at->f->t.arena;
    const char *root = arena_printf(arena, "%s/beside", at->f->t.root);
    const char *alert = packed_alert(at->f, "phat", "one", UNTIL, 7);
    const char *other = packed_alert(at->f, "khac", "two", UNTIL, 7);
    struct packs_spare spares[PACK_BESIDE_MAX];

    assert_int_equal(packs_spares(at->p, arena, spares), 0); /* no such folder */
    assert_int_equal(file_make_folder(root), ERR_OK);
    assert_int_equal(file_make_folder(arena_printf(arena, "%s/trong", root)), ERR_OK);
    assert_int_equal(rename(alert, arena_printf(arena, "%s/phat", root)), 0);
    assert_int_equal(rename(other, arena_printf(arena, "%s/khac", root)), 0);
    assert_int_equal(packs_spares(at->p, arena, spares), 1);
    assert_string_equal(spares[0].title, "Tin lừa mới");
    assert_string_equal(spares[0].author, "Xã");
    assert_int_equal(packs_add_folder(at->p, spares[0].folder), ERR_OK);
    while (packs_tick(at->p) >= 0)
        ;
    assert_int_equal(packs_switch(at->p), ERR_OK);
    assert_int_equal(packs_spares(at->p, arena, spares), 0);
    assert_int_equal(packs_put_away(at->p, "phat"), ERR_OK);
    assert_int_equal(packs_spares(at->p, arena, spares), 1);
}

/* A second key, the province's. Returns the file of its secret half. */
static const char *make_other_key(struct place *at)
{
    struct arena *arena = &at->f->t.arena;
    const char *prefix = arena_printf(arena, "%s/tinh", at->f->t.root);

    assert_int_equal(sign_keygen(prefix, at->f->why, sizeof(at->f->why)), ERR_OK);
    assert_int_equal(pack_key_read(arena_printf(arena, "%s.pub", prefix), &at->keys[1]),
                     ERR_OK);
    at->keys[1].of_others = true;
    return arena_printf(arena, "%s.key", prefix);
}

static void test_a_pack_of_others_stands_beside_with_their_key(void **state)
{
    struct place *at = *state;
    const char *key = make_other_key(at);
    const char *folder = packed_alert(at->f, "phat", "one", UNTIL, 7);
    struct pack *pack;
    char why[200];

    packed_sign_with(at->f, folder, key);
    assert_int_equal(trouble_of(at, folder), PACKS_SIGNATURE);
    at->n_keys = 2;
    start(at);
    install_folder(at, folder);
    assert_string_equal(open_now(at), "one phat-7");
    packs_confirm(at->p);
    /* a kiosk enrolled anew without the key leaves it out */
    assert_int_equal(
        pack_open(folder, at->keys, 1, 0, items_table, &pack, why, sizeof(why)),
        ERR_REJECTED);
    assert_non_null(strstr(why, "not trusted"));
}

/* Else a province could put its lessons in the place of the commune's. */
static void test_their_key_does_not_sign_the_lessons(void **state)
{
    struct place *at = *state;
    const char *key = make_other_key(at);
    struct pack *pack;
    char why[200];

    at->n_keys = 2;
    start(at);
    packed_sign_with(at->f, at->f->out, key);
    assert_int_equal(trouble_of(at, at->f->out), PACKS_SIGNATURE);
    assert_int_equal(
        pack_open(at->f->out, at->keys, 2, 0, items_table, &pack, why, sizeof(why)),
        ERR_REJECTED);
    assert_non_null(strstr(why, "stand beside"));
    at->keys[1].of_others = false;
    assert_int_equal(
        pack_open(at->f->out, at->keys, 2, 0, items_table, &pack, why, sizeof(why)),
        ERR_OK);
    pack_close(pack);
}

/* Who made it and what one may do with it is said on the page of packs. */
static void test_author_and_licence_of_others_are_told(void **state)
{
    struct place *at = *state;
    const char *folder = packed_alert(at->f, "phat", "one", UNTIL, 7);
    struct pack *one, *other;
    char why[200];

    packed_sign_with(at->f, folder, make_other_key(at));
    assert_int_equal(
        pack_open(at->f->out, at->keys, 2, 0, items_table, &one, why, sizeof(why)),
        ERR_OK);
    assert_int_equal(
        pack_open(folder, at->keys, 2, 0, items_table, &other, why, sizeof(why)),
        ERR_OK);
    assert_int_equal(pack_add_beside(one, other, why, sizeof(why)), ERR_OK);
    assert_int_equal(pack_info(one)->n_beside, 1);
    assert_string_equal(pack_info(one)->beside[0].author, "Xã");
    assert_string_not_equal(pack_info(one)->beside[0].licence, "");
    pack_close(one);
}

/* A state file of nonsense opens the lessons alone. */
static void test_a_spoiled_state_opens_the_lessons(void **state)
{
    static const char *const states[] = {
        "{\"beside\":[{\"name\":\"../../etc-1\",\"on\":true}]}",
        "{\"beside\":{\"name\":7}}",
        "{\"beside\":[7,[],{\"name\":\"phat\",\"on\":true}]}",
        "{\"beside\":\"phat-7\",\"trial\":99,\"trial_of\":\"x\"}",
        "[",
    };
    struct place *at = *state;

    assert_int_equal(
        file_make_folder(arena_printf(&at->f->t.arena, "%s/packs", at->data)), ERR_OK);
    for (size_t i = 0; i < COUNT(states); i++) {
        tree_write(arena_printf(&at->f->t.arena, "%s/packs/state.json", at->data),
                   states[i], strlen(states[i]));
        start(at);
        assert_string_equal(open_now(at), "one");
    }
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(test_it_takes_nobodys_place),
        EACH(test_a_newer_one_follows_and_an_older_one_is_refused),
        EACH(test_one_of_other_lessons_is_refused),
        EACH(test_what_was_put_away_stays_away),
        EACH(test_there_is_room_for_eight),
        EACH(test_one_that_ends_the_program_is_put_away),
        EACH(test_what_came_with_the_program_is_offered),
        EACH(test_a_pack_of_others_stands_beside_with_their_key),
        EACH(test_their_key_does_not_sign_the_lessons),
        EACH(test_author_and_licence_of_others_are_told),
        EACH(test_a_spoiled_state_opens_the_lessons),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
