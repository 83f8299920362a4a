/* Keys and signatures are minisign's own: the stock tool reads ours, we read its. The
 * tests with the tool are skipped where it is not installed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/hash.h"
#include "lesson/minisign.h"
#include "sign.h"
#include "tree.h"

static const char message[] = "{\"id\":\"one\"}";

struct fixture {
    struct tree t;
    const char *file, *signature, *key, *pub;
    char why[200];
};

static int setup(void **state)
{
    struct fixture *f = check_alloc(sizeof(*f));

    tree_make(&f->t);
    f->file = arena_printf(&f->t.arena, "%s/manifest.json", f->t.root);
    f->signature = arena_printf(&f->t.arena, "%s.minisig", f->file);
    f->key = arena_printf(&f->t.arena, "%s/a.key", f->t.root);
    f->pub = arena_printf(&f->t.arena, "%s/a.pub", f->t.root);
    tree_write(f->file, message, strlen(message));
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    tree_remove(&f->t);
    free(f);
    return 0;
}

static void keygen(struct fixture *f)
{
    assert_int_equal(sign_keygen(arena_printf(&f->t.arena, "%s/a", f->t.root), f->why,
                                 sizeof(f->why)),
                     ERR_OK);
}

static void sign_ours(struct fixture *f, struct buf *out)
{
    struct buf b;

    buf_init(&b, 1000);
    buf_str(&b, message);
    buf_init(out, 4096);
    assert_int_equal(
        sign_bytes(f->key, &b, "pack one ver 1", out, f->why, sizeof(f->why)), ERR_OK);
    buf_finish(&b);
}

static enum err verify_ours(struct fixture *f, const char *signature)
{
    struct pack_key key;

    assert_int_equal(pack_key_read(f->pub, &key), ERR_OK);
    return minisign_verify(&key, 1, message, strlen(message), signature, NULL, f->why,
                           sizeof(f->why));
}

static int run(struct fixture *f, const char *arguments)
{
    return system(
        arena_printf(&f->t.arena, "minisign %s >/dev/null 2>&1 </dev/null", arguments));
}

static void need_minisign(void)
{
    if (system("command -v minisign >/dev/null 2>&1"))
        skip();
}

static void test_what_we_sign_we_verify(void **state)
{
    struct fixture *f = *state;
    struct buf first, second;

    keygen(f);
    sign_ours(f, &first);
    sign_ours(f, &second);
    assert_string_equal(first.data, second.data); /* the same input, the same bytes */
    assert_int_equal(verify_ours(f, first.data), ERR_OK);
    buf_finish(&first);
    buf_finish(&second);
}

static void test_the_secret_key_is_for_its_owner_only(void **state)
{
    struct fixture *f = *state;
    struct stat st;

    keygen(f);
    assert_int_equal(stat(f->key, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static void test_keygen_never_overwrites_a_key(void **state)
{
    struct fixture *f = *state;

    keygen(f);
    assert_int_equal(sign_keygen(arena_printf(&f->t.arena, "%s/a", f->t.root), f->why,
                                 sizeof(f->why)),
                     ERR_REJECTED);
}

static void test_stock_minisign_accepts_our_key_and_signature(void **state)
{
    struct fixture *f = *state;
    struct buf signature;

    need_minisign();
    keygen(f);
    sign_ours(f, &signature);
    tree_write(f->signature, signature.data, signature.len);
    buf_finish(&signature);
    assert_int_equal(
        run(f, arena_printf(&f->t.arena, "-V -p %s -m %s", f->pub, f->file)), 0);
    tree_write(f->file, "other", 5);
    assert_int_not_equal(
        run(f, arena_printf(&f->t.arena, "-V -p %s -m %s", f->pub, f->file)), 0);
}

static void test_stock_minisign_signs_with_our_key(void **state)
{
    struct fixture *f = *state;
    size_t n;

    need_minisign();
    keygen(f);
    assert_int_equal(
        run(f, arena_printf(&f->t.arena, "-S -s %s -m %s", f->key, f->file)), 0);
    assert_int_equal(verify_ours(f, tree_read(&f->t, f->signature, &n)), ERR_OK);
}

static void test_we_sign_with_a_key_of_stock_minisign(void **state)
{
    struct fixture *f = *state;
    struct buf signature;

    need_minisign();
    assert_int_equal(
        run(f, arena_printf(&f->t.arena, "-G -W -p %s -s %s", f->pub, f->key)), 0);
    sign_ours(f, &signature);
    assert_int_equal(verify_ours(f, signature.data), ERR_OK);
    buf_finish(&signature);
}

static const struct bad_key {
    const char *name;
    const char *text;
    const char *why;
} bad_keys[] = {
    { "an empty key file is refused", "", "not a minisign secret key" },
    { "a key of other bytes is refused", "untrusted comment: x\nAAAA\n",
      "not a minisign secret key" },
    { "a single line is refused", "untrusted comment: x", "not a minisign secret key" },
};

static void check_bad_key(void **state)
{
    const struct bad_key *bad = *state;
    struct fixture *f;
    struct buf b, out;
    void *made;

    setup(&made);
    f = made;
    tree_write(f->key, bad->text, strlen(bad->text));
    buf_init(&b, 10);
    buf_init(&out, 4096);
    assert_int_equal(sign_bytes(f->key, &b, "c", &out, f->why, sizeof(f->why)),
                     ERR_REJECTED);
    assert_string_equal(f->why, bad->why);
    buf_finish(&out);
    teardown(&made);
}

static void test_a_damaged_or_missing_key_is_told(void **state)
{
    struct fixture *f = *state;
    struct buf b, out;
    size_t n;
    char *text;

    buf_init(&b, 10);
    buf_init(&out, 4096);
    assert_int_equal(sign_bytes(f->key, &b, "c", &out, f->why, sizeof(f->why)),
                     ERR_OFFLINE);
    keygen(f);
    text = tree_read(&f->t, f->key, &n);
    text[n - 40] = text[n - 40] == 'A' ? 'B' : 'A';
    tree_write(f->key, text, n);
    assert_int_equal(sign_bytes(f->key, &b, "c", &out, f->why, sizeof(f->why)),
                     ERR_REJECTED);
    assert_string_equal(f->why, "a damaged secret key");
    buf_finish(&out);
}

static void test_malformed_public_keys_are_refused(void **state)
{
    static const char *const texts[] = { "", "\n", "untrusted comment: x\n",
                                         "untrusted comment: x\nRWQ=\n",
                                         "RWQf6LRCGA9i5" };
    struct pack_key key;

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_int_equal(minisign_key_parse(texts[i], &key), ERR_REJECTED);
    /* the key of the minisign manual; its comment may lack */
    assert_int_equal(
        minisign_key_parse("RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
                           &key),
        ERR_OK);
}

#define FRESH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest fresh[] = {
        FRESH(test_what_we_sign_we_verify),
        FRESH(test_the_secret_key_is_for_its_owner_only),
        FRESH(test_keygen_never_overwrites_a_key),
        FRESH(test_stock_minisign_accepts_our_key_and_signature),
        FRESH(test_stock_minisign_signs_with_our_key),
        FRESH(test_we_sign_with_a_key_of_stock_minisign),
        FRESH(test_a_damaged_or_missing_key_is_told),
        FRESH(test_malformed_public_keys_are_refused),
    };
    struct CMUnitTest bad[COUNT(bad_keys)];

    for (size_t i = 0; i < COUNT(bad_keys); i++)
        bad[i] = (struct CMUnitTest){ .name = bad_keys[i].name,
                                      .test_func = check_bad_key,
                                      .initial_state = (void *)&bad_keys[i] };
    hash_init();
    return cmocka_run_group_tests(fresh, NULL, NULL) +
           cmocka_run_group_tests(bad, NULL, NULL);
}
