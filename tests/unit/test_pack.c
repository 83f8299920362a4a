/* A pack from the author's tree to the kiosk: built, signed, opened; then every way to
 * spoil it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/log.h"
#include "build.h"
#include "items/items.h"
#include "lesson/manifest.h"
#include "lesson/pack.h"
#include "lint.h"
#include "report.h"
#include "sign.h"
#include "tree.h"

struct fixture {
    struct tree t;
    const char *out, *manifest, *signature, *key, *pub;
    struct build_result built;
    struct pack *pack;
    char why[300];
};

static void build(struct fixture *f)
{
    struct report report;
    struct source s;

    report_init(&report);
    assert_int_equal(source_read(f->t.content, 0, &report, &s), ERR_OK);
    assert_int_equal(build_pack(&s, f->out, items_table, &report, &f->built), ERR_OK);
    assert_string_equal(buf_text(&report.lines), "");
    report_finish(&report);
    source_finish(&s);
}

static void sign(struct fixture *f)
{
    struct buf json, signature;

    buf_init(&json, PACK_MANIFEST_MAX);
    buf_init(&signature, 4096);
    assert_int_equal(file_read(f->manifest, &json), ERR_OK);
    assert_int_equal(
        sign_bytes(f->key, &json, "pack one", &signature, f->why, sizeof(f->why)),
        ERR_OK);
    tree_write(f->signature, signature.data, signature.len);
    buf_finish(&json);
    buf_finish(&signature);
}

static enum err open_at(struct fixture *f, int64_t floor_ver)
{
    struct pack_key key;

    pack_close(f->pack);
    assert_int_equal(pack_key_read(f->pub, &key), ERR_OK);
    return pack_open(f->out, &key, 1, floor_ver, items_table, &f->pack, f->why,
                     sizeof(f->why));
}

static int setup(void **state)
{
    struct fixture *f = check_alloc(sizeof(*f));

    *f = (struct fixture){ 0 };
    tree_make(&f->t);
    f->out = arena_printf(&f->t.arena, "%s/out", f->t.root);
    f->manifest = arena_printf(&f->t.arena, "%s/manifest.json", f->out);
    f->signature = arena_printf(&f->t.arena, "%s.minisig", f->manifest);
    f->key = arena_printf(&f->t.arena, "%s/author.key", f->t.root);
    f->pub = arena_printf(&f->t.arena, "%s/author.pub", f->t.root);
    assert_int_equal(sign_keygen(arena_printf(&f->t.arena, "%s/author", f->t.root),
                                 f->why, sizeof(f->why)),
                     ERR_OK);
    build(f);
    sign(f);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    pack_close(f->pack);
    tree_remove(&f->t);
    free(f);
    return 0;
}

/* --- the good pack ----------------------------------------------------------------- */

static void test_what_was_written_is_what_the_kiosk_reads(void **state)
{
    struct fixture *f = *state;
    const struct pack_info *info;
    struct arena arena = { 0 };
    struct lesson *l;

    assert_int_equal(open_at(f, 3), ERR_OK);
    info = pack_info(f->pack);
    assert_string_equal(info->id, "one");
    assert_int_equal(info->ver, 3);
    assert_int_equal(info->n_modules, 1);
    assert_int_equal(info->n_notes, 0);
    assert_string_equal(info->modules[0].outcome, "Sau phần này, {xh} biết giữ mã.");
    assert_int_equal(info->modules[0].n_lessons, 1);
    assert_string_equal(info->lessons[0].title, "Giữ kín mã");
    assert_int_equal(info->lessons[0].n_cards, 3);
    assert_int_equal(info->lessons[0].n_items, 3);
    assert_int_equal(info->lessons[0].n_practices, 1);
    assert_int_equal(pack_find_lesson(f->pack, "m01-b01"), 0);
    assert_int_equal(pack_find_lesson(f->pack, "m01-b02"), -1);

    assert_int_equal(pack_lesson(f->pack, 0, &arena, &l), ERR_OK);
    assert_int_equal(l->pack_ver, 3);
    assert_int_equal(l->rule.right_of[0], 2);
    assert_int_equal(l->rule.right_of[1], 3);
    assert_int_equal(l->rule.tries, 2);
    assert_string_equal(l->cards[0].note, "Trên điện thoại, mã này gọi là OTP.");
    assert_null(l->cards[1].note);
    assert_string_equal(l->cards[1].picture->alt, "Bàn tay chặn lại");
    assert_string_equal(l->cards[2].text, "{Xh} cứ nói không.");
    assert_string_equal(l->remember, "Mã là của mình. Không đưa cho ai.");
    assert_true(l->items[0].safety);
    assert_string_equal(l->items[0].stem, "Có người hỏi mã. {Xh} làm gì?");
    assert_string_equal(l->items[0].options[1].text, "Tắt máy");
    assert_true(l->items[0].options[1].right);
    assert_string_equal(l->items[0].options[0].picture->alt, "Đưa mã");
    assert_string_equal(l->items[1].picture->alt, "Chìa khóa");
    assert_true(l->items[1].options[0].right); /* {T…}: the first side */
    assert_string_equal(l->items[1].options[0].feedback, "Đúng vậy.");
    assert_string_equal(l->items[1].options[1].feedback, "Chưa đúng.");
    assert_true(l->items[2].options[1].right); /* {F…}: the second side */
    assert_string_equal(l->items[2].options[1].feedback, "Khi đúng.");
    assert_string_equal(l->items[2].from, "Số lạ");
    assert_string_equal(l->items[2].stem, "“Bạn gửi mã vào số này: [0100 000 123]()”");
    arena_finish(&arena);
}

static unsigned big_endian(const char *p)
{
    const unsigned char *b = (const unsigned char *)p;

    return (unsigned)b[0] << 24 | (unsigned)b[1] << 16 | (unsigned)b[2] << 8 | b[3];
}

static void test_pictures_come_in_the_width_of_each_panel(void **state)
{
    static const unsigned want[PANEL_COUNT] = { 525, 264, 700, 520 };
    struct fixture *f = *state;
    const struct picture *picture;

    assert_int_equal(open_at(f, 0), ERR_OK);
    picture = pack_info(f->pack)->lessons[0].cover;
    for (size_t i = 0; i < PANEL_COUNT; i++) {
        struct buf png;

        buf_init(&png, PACK_OBJECT_MAX);
        assert_int_equal(pack_object(f->pack, picture->object[i], &png), ERR_OK);
        assert_memory_equal(png.data, "\x89PNG", 4);
        assert_int_equal(big_endian(png.data + 16), want[i]);
        assert_in_range(big_endian(png.data + 20), want[i] * 5 / 6,
                        want[i] * 5 / 6 + 1);
        buf_finish(&png);
    }
}

/* --- building again ---------------------------------------------------------------- */

static void test_an_unchanged_tree_rebuilds_nothing(void **state)
{
    struct fixture *f = *state;
    struct stat before, after;

    assert_int_equal(stat(f->manifest, &before), 0);
    build(f);
    assert_int_equal(f->built.n_drawn, 0);
    assert_int_equal(f->built.n_removed, 0);
    assert_false(f->built.changed);
    assert_int_equal(stat(f->manifest, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino); /* not even replaced */
    assert_int_equal(open_at(f, 0), ERR_OK);       /* its signature still stands */
}

static void test_a_changed_picture_alone_is_drawn_again(void **state)
{
    struct fixture *f = *state;

    tree_replace(&f->t, "art/khoa.svg", "#17572F", "#173B6C");
    build(f);
    assert_int_equal(f->built.n_drawn, PANEL_COUNT);
    assert_int_equal(f->built.n_removed, PANEL_COUNT + 2); /* and lesson and index */
    assert_true(f->built.changed);
    assert_false(file_exists(f->signature));
    assert_int_equal(open_at(f, 0), ERR_REJECTED);
    assert_string_equal(f->why, "not signed: manifest.json.minisig cannot be read");
    sign(f);
    assert_int_equal(open_at(f, 0), ERR_OK);
}

static void test_two_builds_of_one_tree_are_the_same_bytes(void **state)
{
    struct fixture *f = *state;
    const char *first = f->manifest;
    size_t n_first, n_second;
    char *a = tree_read(&f->t, first, &n_first);
    char *b;

    f->out = arena_printf(&f->t.arena, "%s/second", f->t.root);
    f->manifest = arena_printf(&f->t.arena, "%s/manifest.json", f->out);
    build(f);
    b = tree_read(&f->t, f->manifest, &n_second);
    assert_int_equal(n_first, n_second);
    assert_memory_equal(a, b, n_first);
}

static void test_a_damaged_object_is_made_again(void **state)
{
    struct fixture *f = *state;
    const char *object;

    assert_int_equal(open_at(f, 0), ERR_OK);
    object = arena_printf(&f->t.arena, "%s/objects/%s", f->out,
                          pack_info(f->pack)->lessons[0].cover->object[0]);
    tree_write(object, "cut", 3);
    build(f);
    assert_int_equal(f->built.n_drawn, 1);
    assert_false(f->built.changed);
}

/* --- spoiled packs ----------------------------------------------------------------- */

static void spoil_nothing_but_ask_for_newer(struct fixture *f)
{
    (void)f;
}

static void spoil_manifest_byte(struct fixture *f)
{
    size_t n;
    char *text = tree_read(&f->t, f->manifest, &n);

    text[n / 2] ^= 1;
    tree_write(f->manifest, text, n);
}

static void spoil_signature_of_other_key(struct fixture *f)
{
    const char *prefix = arena_printf(&f->t.arena, "%s/other", f->t.root);

    assert_int_equal(sign_keygen(prefix, f->why, sizeof(f->why)), ERR_OK);
    f->key = arena_printf(&f->t.arena, "%s.key", prefix);
    sign(f);
}

static void spoil_comment(struct fixture *f)
{
    size_t n;
    char *text = tree_read(&f->t, f->signature, &n);

    memcpy(strstr(text, "pack one"), "pack two", 8);
    tree_write(f->signature, text, n);
}

static void spoil_signature_short(struct fixture *f)
{
    size_t n;
    char *text = tree_read(&f->t, f->signature, &n);

    tree_write(f->signature, text, n / 2);
}

static void spoil_signature_more(struct fixture *f)
{
    size_t n;
    char *text = tree_read(&f->t, f->signature, &n);
    char *more = arena_printf(&f->t.arena, "%smore", text);

    tree_write(f->signature, more, n + 4);
}

static void spoil_signature_kind(struct fixture *f)
{
    size_t n;
    char *text = tree_read(&f->t, f->signature, &n);
    char *line = strchr(text, '\n') + 1;

    memcpy(line, "RW", 2); /* "Ed": the kind without prehash */
    tree_write(f->signature, text, n);
}

/* Signed all the same: a key holder who errs. */
static void resign_with(struct fixture *f, const char *from, const char *to)
{
    size_t n;
    char *text = tree_read(&f->t, f->manifest, &n);
    char *at = strstr(text, from);
    char *all;

    assert_non_null(at);
    all = arena_printf(&f->t.arena, "%.*s%s%s", (int)(at - text), text, to,
                       at + strlen(from));
    tree_write(f->manifest, all, strlen(all));
    sign(f);
}

static void spoil_min_app(struct fixture *f)
{
    resign_with(f, "\"min_app\":\"0.1.0\"", "\"min_app\":\"99.0.0\"");
}

static void spoil_min_app_text(struct fixture *f)
{
    resign_with(f, "\"min_app\":\"0.1.0\"", "\"min_app\":\"soon\"");
}

static void spoil_schema(struct fixture *f)
{
    resign_with(f, "\"schema\":1", "\"schema\":2");
}

static void spoil_object_name(struct fixture *f)
{
    resign_with(f, "\"sha256\":\"", "\"sha256\":\"../");
}

static void spoil_size(struct fixture *f)
{
    resign_with(f, "\"size\":", "\"size\":99999999");
}

static void spoil_two_indexes(struct fixture *f)
{
    resign_with(f, "\"role\":\"lesson\"", "\"role\":\"index\"");
}

static void spoil_index(struct fixture *f)
{
    struct arena arena = { 0 };
    struct manifest m;
    size_t n;
    char *text = tree_read(&f->t, f->manifest, &n);

    assert_int_equal(manifest_read(text, n, &arena, &m, f->why, sizeof(f->why)),
                     ERR_OK);
    unlink(arena_printf(&f->t.arena, "%s/objects/%s", f->out,
                        manifest_only(&m, "index")->sha256));
    arena_finish(&arena);
}

static void spoil_manifest_missing(struct fixture *f)
{
    unlink(f->manifest);
}

static void spoil_manifest_link(struct fixture *f)
{
    const char *aside = arena_printf(&f->t.arena, "%s.aside", f->manifest);

    assert_int_equal(rename(f->manifest, aside), 0);
    assert_int_equal(symlink(aside, f->manifest), 0);
}

static const struct spoil {
    const char *name;
    void (*spoil)(struct fixture *f);
    int64_t floor_ver;
    enum err want;
    const char *why;
} spoils[] = {
    { "an older version is refused", spoil_nothing_but_ask_for_newer, 4, ERR_REJECTED,
      "version 3 is older than 4" },
    { "a changed byte in the manifest is refused", spoil_manifest_byte, 0, ERR_REJECTED,
      "the signature does not fit" },
    { "a stranger's signature is refused", spoil_signature_of_other_key, 0,
      ERR_REJECTED, "not trusted" },
    { "a changed trusted comment is refused", spoil_comment, 0, ERR_REJECTED,
      "the signed comment was changed" },
    { "half a signature is refused", spoil_signature_short, 0, ERR_REJECTED,
      "malformed" },
    { "a signature with something after it is refused", spoil_signature_more, 0,
      ERR_REJECTED, "malformed" },
    { "a signature without prehash is refused", spoil_signature_kind, 0, ERR_REJECTED,
      "not of the prehashed kind" },
    { "a pack for a newer program is refused", spoil_min_app, 0, ERR_REJECTED,
      "needs program version 99.0.0" },
    { "a malformed program version is refused", spoil_min_app_text, 0, ERR_REJECTED,
      "needs program version soon" },
    { "an unknown schema is refused", spoil_schema, 0, ERR_REJECTED, "schema" },
    { "an object name with a path is refused", spoil_object_name, 0, ERR_REJECTED,
      "sha256" },
    { "an object too large to be ours is refused", spoil_size, 0, ERR_REJECTED,
      "size" },
    { "two indexes are refused", spoil_two_indexes, 0, ERR_REJECTED, "one index" },
    { "a missing index is told", spoil_index, 0, ERR_CORRUPT, "index is missing" },
    { "no pack there is told apart", spoil_manifest_missing, 0, ERR_OFFLINE,
      "no readable manifest.json" },
    { "a link in the place of the manifest is refused", spoil_manifest_link, 0,
      ERR_REJECTED, "no readable manifest.json" },
};

static void check_spoil(void **state)
{
    const struct spoil *spoil = *state;
    struct fixture *f;
    void *made;

    setup(&made);
    f = made;
    spoil->spoil(f);
    assert_int_equal(open_at(f, spoil->floor_ver), spoil->want);
    assert_null(f->pack);
    if (!strstr(f->why, spoil->why))
        fail_msg("wanted “%s” in “%s”", spoil->why, f->why);
    teardown(&made);
}

static const char *lesson_object(struct fixture *f)
{
    struct arena arena = { 0 };
    struct manifest m;
    const char *path;
    size_t n;
    char *text = tree_read(&f->t, f->manifest, &n);

    assert_int_equal(manifest_read(text, n, &arena, &m, f->why, sizeof(f->why)),
                     ERR_OK);
    path = arena_printf(&f->t.arena, "%s/objects/%s", f->out,
                        manifest_only(&m, "lesson")->sha256);
    arena_finish(&arena);
    return path;
}

static void test_a_broken_lesson_is_left_out_with_a_note(void **state)
{
    struct fixture *f = *state;

    tree_write(lesson_object(f), "{}", 2);
    assert_int_equal(open_at(f, 0), ERR_OK);
    assert_int_equal(pack_info(f->pack)->n_lessons, 0);
    assert_int_equal(pack_info(f->pack)->modules[0].n_lessons, 0);
    assert_int_equal(pack_info(f->pack)->n_notes, 1);
    assert_non_null(strstr(pack_info(f->pack)->notes[0], "lesson m01-b01 is left out"));
}

static void test_a_lesson_of_unknown_items_is_left_out_with_a_note(void **state)
{
    static const struct item_type *const none[] = { NULL };
    struct fixture *f = *state;
    struct pack_key key;

    assert_int_equal(pack_key_read(f->pub, &key), ERR_OK);
    assert_int_equal(
        pack_open(f->out, &key, 1, 0, none, &f->pack, f->why, sizeof(f->why)), ERR_OK);
    assert_int_equal(pack_info(f->pack)->n_lessons, 0);
    assert_non_null(strstr(pack_info(f->pack)->notes[0], "type single is not known"));
}

static void test_objects_are_checked_each_time_they_are_read(void **state)
{
    struct fixture *f = *state;
    struct arena arena = { 0 };
    struct lesson *l;
    struct buf b;
    const char *hex;

    assert_int_equal(open_at(f, 0), ERR_OK);
    tree_write(lesson_object(f), "{}", 2);
    assert_int_equal(pack_lesson(f->pack, 0, &arena, &l), ERR_REJECTED);
    assert_null(l);
    unlink(lesson_object(f));
    assert_int_equal(pack_lesson(f->pack, 0, &arena, &l), ERR_CORRUPT);
    hex = pack_info(f->pack)->lessons[0].cover->object[0];
    buf_init(&b, 10);
    assert_int_equal(pack_object(f->pack, hex, &b), ERR_REJECTED); /* does not fit */
    assert_int_equal(pack_object(f->pack, "../../etc/passwd", &b), ERR_REJECTED);
    assert_int_equal(pack_object(f->pack, pack_manifest_hash(f->pack), &b),
                     ERR_REJECTED); /* a proper name that is not listed */
    buf_finish(&b);
    arena_finish(&arena);
}

#define FRESH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest fresh[] = {
        FRESH(test_what_was_written_is_what_the_kiosk_reads),
        FRESH(test_pictures_come_in_the_width_of_each_panel),
        FRESH(test_an_unchanged_tree_rebuilds_nothing),
        FRESH(test_a_changed_picture_alone_is_drawn_again),
        FRESH(test_two_builds_of_one_tree_are_the_same_bytes),
        FRESH(test_a_damaged_object_is_made_again),
        FRESH(test_a_broken_lesson_is_left_out_with_a_note),
        FRESH(test_a_lesson_of_unknown_items_is_left_out_with_a_note),
        FRESH(test_objects_are_checked_each_time_they_are_read),
    };
    struct CMUnitTest spoiled[COUNT(spoils)];

    for (size_t i = 0; i < COUNT(spoils); i++)
        spoiled[i] = (struct CMUnitTest){ .name = spoils[i].name,
                                          .test_func = check_spoil,
                                          .initial_state = (void *)&spoils[i] };
    hash_init();
    log_set_level(LOG_LEVEL_ERR); /* warnings are what is tested here */
    return cmocka_run_group_tests(fresh, NULL, NULL) +
           cmocka_run_group_tests(spoiled, NULL, NULL);
}
