/* How a new pack comes, from a stick and from the server, and how a bad one goes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmocka_all.h"

#include "app/packs.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/hash.h"
#include "items/items.h"
#include "packed.h"

struct place {
    struct packed *f;
    const char *data;
    struct pack_key key;
    struct packs *p;
    int ver; /* of the example, as built last */
};

static void open_packs(struct place *at, int64_t floor)
{
    packs_destroy(at->p);
    at->p = packs_create(&(struct packs_config){ .dir = at->data,
                                                 .types = items_table,
                                                 .keys = &at->key,
                                                 .n_keys = 1,
                                                 .floor = floor });
}

static int set_up(void **state)
{
    struct place *at = check_alloc(sizeof(*at));

    *at = (struct place){ .ver = 3 };
    packed_setup((void **)&at->f);
    at->data = arena_printf(&at->f->t.arena, "%s/data", at->f->t.root);
    assert_int_equal(file_make_folder(at->data), ERR_OK);
    assert_int_equal(pack_key_read(at->f->pub, &at->key), ERR_OK);
    open_packs(at, 0);
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

static struct packs_status status_of(struct place *at)
{
    struct packs_status s;

    packs_status(at->p, &s);
    return s;
}

static void tick(struct place *at)
{
    while (packs_tick(at->p) >= 0)
        ;
}

/* Version `ver` of the example, built and signed. */
static void make_version(struct place *at, int ver)
{
    char from[32], to[32];

    snprintf(from, sizeof(from), "version: %d", at->ver);
    snprintf(to, sizeof(to), "version: %d", ver);
    tree_replace(&at->f->t, "pack.yaml", from, to);
    packed_build(at->f);
    packed_sign(at->f);
    at->ver = ver;
}

static bool opens(struct place *at, const char *name)
{
    char want[512], why[256];
    int64_t floor;
    const char *folder = packs_folder(at->p, &floor);
    struct pack *pack;
    enum err err =
        pack_open(folder, &at->key, 1, floor, items_table, &pack, why, sizeof(why));

    pack_close(pack);
    snprintf(want, sizeof(want), "%s/packs/%s", at->data, name);
    return !err && !strcmp(folder, want);
}

static void install(struct place *at)
{
    assert_int_equal(packs_add_folder(at->p, at->f->out), ERR_OK);
    tick(at);
    assert_int_equal(status_of(at).step, PACKS_READY);
    assert_int_equal(packs_switch(at->p), ERR_OK);
}

/* --- from a stick ------------------------------------------------------------------------- */

static void test_a_stick_brings_a_pack(void **state)
{
    struct place *at = *state;

    install(at);
    assert_true(opens(at, "one-3"));
    assert_true(status_of(at).on_trial);
    packs_confirm(at->p);
    open_packs(at, 3);
    assert_false(status_of(at).on_trial);
    assert_true(opens(at, "one-3"));
    /* the same again is not news, an older one is refused */
    assert_int_equal(packs_add_folder(at->p, at->f->out), ERR_REJECTED);
    assert_int_equal(status_of(at).trouble, PACKS_SAME);
    make_version(at, 2);
    assert_int_equal(packs_add_folder(at->p, at->f->out), ERR_REJECTED);
    assert_int_equal(status_of(at).trouble, PACKS_OLDER);
    assert_true(opens(at, "one-3"));
}

static void test_a_spoiled_stick_changes_nothing(void **state)
{
    struct place *at = *state;
    struct buf bytes;

    install(at);
    packs_confirm(at->p);
    make_version(at, 4);
    buf_init(&bytes, PACK_MANIFEST_MAX);
    assert_int_equal(file_read(at->f->manifest, &bytes), ERR_OK);
    bytes.data[bytes.len / 2] ^= 1;
    tree_write(at->f->manifest, bytes.data, bytes.len);
    assert_int_equal(packs_add_folder(at->p, at->f->out), ERR_REJECTED);
    assert_int_equal(status_of(at).trouble, PACKS_SIGNATURE);
    assert_int_equal(packs_add_folder(at->p, "/nowhere"), ERR_REJECTED);
    assert_int_equal(status_of(at).trouble, PACKS_NO_PACK);
    buf_finish(&bytes);
    assert_true(opens(at, "one-3"));
}

static void test_a_stick_pulled_while_copying_is_gone(void **state)
{
    struct place *at = *state;
    const char *away = arena_printf(&at->f->t.arena, "%s-away", at->f->out);

    assert_int_equal(packs_add_folder(at->p, at->f->out), ERR_OK);
    assert_int_equal(rename(at->f->out, away), 0);
    tick(at);
    assert_int_equal(status_of(at).trouble, PACKS_GONE);
    assert_int_equal(rename(away, at->f->out), 0);
    install(at); /* and goes on when it is back */
    assert_true(opens(at, "one-3"));
}

/* --- from the server ------------------------------------------------------------------------ */

static void offer(struct place *at, int64_t ver)
{
    char hash[HASH_SHA256_HEX];
    struct buf bytes;

    buf_init(&bytes, PACK_MANIFEST_MAX);
    assert_int_equal(file_read(at->f->manifest, &bytes), ERR_OK);
    hash_sha256_hex(bytes.data, bytes.len, hash);
    packs_offer(at->p, "one", ver, hash);
    buf_finish(&bytes);
}

/* Answers what is wanted; of an object first the half, as if the network went. */
static size_t serve(struct place *at, bool spoil)
{
    struct fetch_file want;
    size_t n = 0;

    while (packs_wanted(at->p, &want) && n < 500) {
        const char *name = strstr(want.path, "/one/") + 5;
        struct buf bytes;
        bool half = want.offset == 0 && strstr(name, "objects/");

        buf_init(&bytes, PACK_OBJECT_MAX);
        assert_int_equal(
            file_read(arena_printf(&at->f->t.arena, "%s/%s", at->f->out, name), &bytes),
            ERR_OK);
        if (spoil && strstr(name, "objects/"))
            bytes.data[0] ^= 1;
        if (half)
            packs_came(at->p, bytes.data, bytes.len / 2, false, false);
        else
            packs_came(at->p, bytes.data + want.offset, bytes.len - want.offset,
                       want.offset > 0, true);
        buf_finish(&bytes);
        n++;
    }
    tick(at);
    return n;
}

static void test_the_server_brings_a_pack_in_pieces(void **state)
{
    struct place *at = *state;
    size_t first, second;

    offer(at, 3);
    first = serve(at, false);
    assert_int_equal(status_of(at).step, PACKS_READY);
    assert_int_equal(packs_switch(at->p), ERR_OK);
    packs_confirm(at->p);
    assert_true(opens(at, "one-3"));
    /* the next version: only what changed is asked for */
    tree_replace(&at->f->t, TREE_LESSON, "Giữ kín mã", "Giữ kín mã số");
    make_version(at, 4);
    offer(at, 4);
    second = serve(at, false);
    assert_int_equal(status_of(at).step, PACKS_READY);
    assert_true(second < first);
    assert_int_equal(packs_switch(at->p), ERR_OK);
    assert_true(opens(at, "one-4"));
    assert_string_equal(status_of(at).previous, "one-3");
}

static void test_a_hostile_server_brings_nothing(void **state)
{
    struct place *at = *state;
    struct fetch_file want;

    offer(at, 3);
    serve(at, true);
    assert_int_equal(status_of(at).trouble, PACKS_BROKEN);
    offer(at, 3); /* refused once: not again by itself */
    assert_false(packs_wanted(at->p, &want));
    open_packs(at, 0);
    packs_offer(at->p, "one", 9, "00");
    serve(at, false); /* another list than it promised */
    assert_int_equal(status_of(at).trouble, PACKS_BROKEN);
}

static void test_a_stick_brings_nothing_older_than_what_is_on_trial(void **state)
{
    struct place *at = *state;

    make_version(at, 4);
    install(at);
    assert_true(status_of(at).on_trial);
    make_version(at, 3);
    assert_int_equal(packs_add_folder(at->p, at->f->out), ERR_REJECTED);
    assert_int_equal(status_of(at).trouble, PACKS_OLDER);
}

/* --- trials ------------------------------------------------------------------------------------ */

static void test_three_crashes_bring_the_former_one_back(void **state)
{
    struct place *at = *state;

    install(at);
    packs_confirm(at->p);
    make_version(at, 4);
    install(at);
    for (int i = 0; i < 3; i++) {
        open_packs(at,
                   4); /* ended before a lesson was shown; the floor rose meanwhile */
        assert_true(opens(at, "one-4"));
    }
    open_packs(at, 4);
    assert_true(status_of(at).fell_back);
    assert_true(opens(at, "one-3"));
    open_packs(at, 4); /* and it stays so */
    assert_true(opens(at, "one-3"));
    offer(at, 4);
    assert_int_equal(serve(at, false), 0); /* what fell does not come again by itself */
}

static void test_an_administrator_goes_back(void **state)
{
    struct place *at = *state;

    install(at);
    packs_confirm(at->p);
    assert_int_equal(packs_go_back(at->p), ERR_OFFLINE);
    assert_false(status_of(at).may_go_back);
    make_version(at, 4);
    install(at);
    packs_confirm(at->p);
    assert_true(status_of(at).may_go_back);
    assert_int_equal(packs_go_back(at->p), ERR_OK);
    assert_true(opens(at, "one-3"));
    open_packs(at, 4);
    assert_true(opens(at, "one-3"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_stick_brings_a_pack, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_spoiled_stick_changes_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_stick_pulled_while_copying_is_gone,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_server_brings_a_pack_in_pieces, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_hostile_server_brings_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            test_a_stick_brings_nothing_older_than_what_is_on_trial, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_three_crashes_bring_the_former_one_back,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_an_administrator_goes_back, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
