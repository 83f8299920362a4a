/* A pack as the kiosk opens it, and every way to spoil one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/log.h"
#include "items/items.h"
#include "lesson/manifest.h"
#include "lesson/pack.h"
#include "packed.h"
#include "sign.h"

/* --- the good pack ----------------------------------------------------------------- */

static void test_what_was_written_is_what_the_kiosk_reads(void **state)
{
    struct packed *f = *state;
    const struct pack_info *info;
    struct arena arena = { 0 };
    struct lesson *l;

    assert_int_equal(packed_open(f, 3), ERR_OK);
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
    assert_string_equal(info->module_lists[0].id, "m01");
    assert_int_equal(info->module_lists[0].n_lessons, 1);
    assert_int_equal(info->n_path_lists, 2); /* those that lead through a lesson */
    assert_string_equal(info->path_lists[0].id, "short");
    assert_string_equal(info->path_lists[1].id, "full");
    assert_int_equal(info->path_lists[1].n_lessons, 1);
    assert_string_equal(info->path_lists[1].lessons[0], "m01-b01");
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
    struct packed *f = *state;
    const struct picture *picture;

    assert_int_equal(packed_open(f, 0), ERR_OK);
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

/* --- spoiled packs ----------------------------------------------------------------- */

static void spoil_nothing_but_ask_for_newer(struct packed *f)
{
    (void)f;
}

static void spoil_manifest_byte(struct packed *f)
{
    size_t n;
    char *text = tree_read(&f->t, f->manifest, &n);

    text[n / 2] ^= 1;
    tree_write(f->manifest, text, n);
}

static void spoil_signature_of_other_key(struct packed *f)
{
    const char *prefix = arena_printf(&f->t.arena, "%s/other", f->t.root);

    assert_int_equal(sign_keygen(prefix, f->why, sizeof(f->why)), ERR_OK);
    f->key = arena_printf(&f->t.arena, "%s.key", prefix);
    packed_sign(f);
}

static void spoil_comment(struct packed *f)
{
    size_t n;
    char *text = tree_read(&f->t, f->signature, &n);

    memcpy(strstr(text, "pack one"), "pack two", 8);
    tree_write(f->signature, text, n);
}

static void spoil_signature_short(struct packed *f)
{
    size_t n;
    char *text = tree_read(&f->t, f->signature, &n);

    tree_write(f->signature, text, n / 2);
}

static void spoil_signature_more(struct packed *f)
{
    size_t n;
    char *text = tree_read(&f->t, f->signature, &n);
    char *more = arena_printf(&f->t.arena, "%smore", text);

    tree_write(f->signature, more, n + 4);
}

static void spoil_signature_kind(struct packed *f)
{
    size_t n;
    char *text = tree_read(&f->t, f->signature, &n);
    char *line = strchr(text, '\n') + 1;

    memcpy(line, "RW", 2); /* "Ed": the kind without prehash */
    tree_write(f->signature, text, n);
}

/* Signed all the same: a key holder who errs. */
static void resign_with(struct packed *f, const char *from, const char *to)
{
    size_t n;
    char *text = tree_read(&f->t, f->manifest, &n);
    char *at = strstr(text, from);
    char *all;

    assert_non_null(at);
    all = arena_printf(&f->t.arena, "%.*s%s%s", (int)(at - text), text, to,
                       at + strlen(from));
    tree_write(f->manifest, all, strlen(all));
    packed_sign(f);
}

static void spoil_min_app(struct packed *f)
{
    resign_with(f, "\"min_app\":\"0.1.0\"", "\"min_app\":\"99.0.0\"");
}

static void spoil_min_app_text(struct packed *f)
{
    resign_with(f, "\"min_app\":\"0.1.0\"", "\"min_app\":\"soon\"");
}

static void spoil_schema(struct packed *f)
{
    resign_with(f, "\"schema\":1", "\"schema\":2");
}

static void spoil_object_name(struct packed *f)
{
    resign_with(f, "\"sha256\":\"", "\"sha256\":\"../");
}

static void spoil_size(struct packed *f)
{
    resign_with(f, "\"size\":", "\"size\":99999999");
}

static void spoil_two_indexes(struct packed *f)
{
    resign_with(f, "\"role\":\"lesson\"", "\"role\":\"index\"");
}

#define NOBODY "0000000000000000000000000000000000000000000000000000000000000000"
#define A_FILE "{\"name\":\"a\",\"size\":1,\"sha256\":\"" NOBODY "\",\"role\":\"a\"},"

static void spoil_listed_twice(struct packed *f)
{
    resign_with(f, "\"files\":[", "\"files\":[" A_FILE A_FILE);
}

static void spoil_no_files(struct packed *f)
{
    resign_with(f, "\"files\":[", "\"files\":[],\"x\":[");
}

static void spoil_pack_id(struct packed *f)
{
    resign_with(f, "\"id\":\"one\"", "\"id\":\"../one\"");
}

static void spoil_ver(struct packed *f)
{
    resign_with(f, "\"ver\":3", "\"ver\":0");
}

/* Replaced in the index, which is then listed and signed anew. */
static void reindex_with(struct packed *f, const char *from, const char *to)
{
    struct arena arena = { 0 };
    const struct manifest_file *index;
    char hash[HASH_SHA256_HEX];
    struct manifest m;
    char *text, *at, *all;
    size_t n;

    text = tree_read(&f->t, f->manifest, &n);
    assert_int_equal(manifest_read(text, n, &arena, &m, f->why, sizeof(f->why)),
                     ERR_OK);
    index = manifest_only(&m, "index");
    text = tree_read(&f->t,
                     arena_printf(&arena, "%s/objects/%s", f->out, index->sha256), &n);
    at = strstr(text, from);
    assert_non_null(at);
    all =
        arena_printf(&arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    hash_sha256_hex(all, strlen(all), hash);
    tree_write(arena_printf(&arena, "%s/objects/%s", f->out, hash), all, strlen(all));
    resign_with(
        f,
        arena_printf(&arena, "\"size\":%lld,\"sha256\":\"%s\"", (long long)index->size,
                     index->sha256),
        arena_printf(&arena, "\"size\":%zu,\"sha256\":\"%s\"", strlen(all), hash));
    arena_finish(&arena);
}

static void spoil_index_schema(struct packed *f)
{
    reindex_with(f, "\"schema\":1", "\"schema\":2");
}

static void spoil_index_title(struct packed *f)
{
    reindex_with(f, "\"title\":\"Một bài\"", "\"title\":\"\"");
}

static void spoil_index_lesson(struct packed *f)
{
    reindex_with(f, "\"practices\":1", "\"practices\":-1");
}

static void spoil_index_picture(struct packed *f)
{
    reindex_with(f, "\"objects\":[", "\"objects\":[\"" NOBODY "\",");
}

static void spoil_index_question(struct packed *f)
{
    reindex_with(f, "\"outcome\":", "\"question\":\"\",\"outcome\":");
}

static void spoil_index_twice(struct packed *f)
{
    reindex_with(f, "]}],\"paths\"",
                 ",{\"id\":\"m01-b01\",\"object\":\"" NOBODY
                 "\",\"practices\":0}]}],\"paths\"");
}

static void spoil_index_deep(struct packed *f)
{
    reindex_with(f, "\"modules\":", "\"x\":[[[[[[[[[[]]]]]]]]]],\"modules\":");
}

static void spoil_index_path(struct packed *f)
{
    reindex_with(f, "[\"m01-b01\"]", "[\"../b01\"]");
}

static void spoil_index(struct packed *f)
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

static void spoil_manifest_missing(struct packed *f)
{
    unlink(f->manifest);
}

static void spoil_manifest_link(struct packed *f)
{
    const char *aside = arena_printf(&f->t.arena, "%s.aside", f->manifest);

    assert_int_equal(rename(f->manifest, aside), 0);
    assert_int_equal(symlink(aside, f->manifest), 0);
}

static const struct spoil {
    const char *name;
    void (*spoil)(struct packed *f);
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
    { "an object listed twice is refused", spoil_listed_twice, 0, ERR_REJECTED,
      "listed twice" },
    { "a list of nothing is refused", spoil_no_files, 0, ERR_REJECTED,
      "files are not" },
    { "a pack id with a path is refused", spoil_pack_id, 0, ERR_REJECTED, "id is not" },
    { "version 0 is refused", spoil_ver, 0, ERR_REJECTED, "ver is not" },
    { "an index of another schema is refused", spoil_index_schema, 0, ERR_REJECTED,
      "index: schema" },
    { "an index without a title is refused", spoil_index_title, 0, ERR_REJECTED,
      "index: schema, title" },
    { "a lesson with a negative count is refused", spoil_index_lesson, 0, ERR_REJECTED,
      "index: a lesson lacks" },
    { "a module with five pictures is refused", spoil_index_picture, 0, ERR_REJECTED,
      "index: a module lacks" },
    { "a module that asks nothing is refused", spoil_index_question, 0, ERR_REJECTED,
      "index: a module lacks" },
    { "a lesson listed twice is refused", spoil_index_twice, 0, ERR_REJECTED,
      "m01-b01 is there twice" },
    { "a path of no lesson id is refused", spoil_index_path, 0, ERR_REJECTED,
      "index: paths are not" },
    { "a deep index is refused", spoil_index_deep, 0, ERR_REJECTED, "nested deeper" },
    { "a missing index is told", spoil_index, 0, ERR_CORRUPT, "index is missing" },
    { "no pack there is told apart", spoil_manifest_missing, 0, ERR_OFFLINE,
      "no readable manifest.json" },
    { "a link in the place of the manifest is refused", spoil_manifest_link, 0,
      ERR_REJECTED, "no readable manifest.json" },
};

static void check_spoil(void **state)
{
    const struct spoil *spoil = *state;
    struct packed *f;
    void *made;

    packed_setup(&made);
    f = made;
    spoil->spoil(f);
    assert_int_equal(packed_open(f, spoil->floor_ver), spoil->want);
    assert_null(f->pack);
    if (!strstr(f->why, spoil->why))
        fail_msg("wanted “%s” in “%s”", spoil->why, f->why);
    packed_teardown(&made);
}

/* Found out at its last row, when the others are cut up. */
static void test_a_list_of_another_form_reads_the_same(void **state)
{
    struct packed *f = *state;
    struct arena arena = { 0 };
    struct manifest written, other;
    size_t n;
    char *text = tree_read(&f->t, f->manifest, &n), *last = text, *blank;

    for (char *at = text; (at = strstr(at, "\"role\"")) != NULL; at++)
        last = at;
    blank = arena_printf(&arena, "%.*s %s", (int)(last - text), text, last);
    assert_int_equal(manifest_read(text, n, &arena, &written, f->why, sizeof(f->why)),
                     ERR_OK);
    assert_int_equal(
        manifest_take(blank, n + 1, &arena, &other, f->why, sizeof(f->why)), ERR_OK);
    assert_true(written.n_files > 2);
    assert_int_equal(other.n_files, written.n_files);
    for (size_t i = 0; i < written.n_files; i++) {
        assert_string_equal(other.files[i].name, written.files[i].name);
        assert_string_equal(other.files[i].sha256, written.files[i].sha256);
        assert_string_equal(other.files[i].role, written.files[i].role);
        assert_int_equal(other.files[i].size, written.files[i].size);
    }
    arena_finish(&arena);
}

static const char *lesson_object(struct packed *f)
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
    struct packed *f = *state;

    tree_write(lesson_object(f), "{}", 2);
    assert_int_equal(packed_open(f, 0), ERR_OK);
    assert_int_equal(pack_info(f->pack)->n_lessons, 0);
    assert_int_equal(pack_info(f->pack)->modules[0].n_lessons, 0);
    assert_int_equal(pack_info(f->pack)->module_lists[0].n_lessons, 1);
    assert_int_equal(pack_info(f->pack)->n_notes, 1);
    assert_non_null(strstr(pack_info(f->pack)->notes[0], "lesson m01-b01 is left out"));
}

/* An index that tells of its lessons is believed until one is opened. */
static void test_an_object_of_another_lesson_is_not_opened(void **state)
{
    struct packed *f = *state;
    struct arena arena = { 0 };
    struct lesson *l;

    reindex_with(f, "\"id\":\"m01-b01\"", "\"id\":\"m01-b02\"");
    assert_int_equal(packed_open(f, 0), ERR_OK);
    assert_int_equal(pack_info(f->pack)->n_lessons, 1);
    assert_int_equal(pack_lesson(f->pack, 0, &arena, &l), ERR_REJECTED);
    assert_int_equal(pack_verify(f->pack, f->why, sizeof(f->why)), ERR_REJECTED);
    assert_string_equal(f->why, "lesson m01-b02: its object is another lesson");
    arena_finish(&arena);
}

static void test_a_damaged_lesson_is_found_before_it_is_installed(void **state)
{
    struct packed *f = *state;
    const char *path = lesson_object(f);
    size_t n;
    char *bytes = tree_read(&f->t, path, &n);

    bytes[n / 2] ^= 1; /* of the same size */
    tree_write(path, bytes, n);
    assert_int_equal(packed_open(f, 0), ERR_OK);
    assert_int_equal(pack_info(f->pack)->n_lessons, 1);
    assert_int_equal(pack_verify(f->pack, f->why, sizeof(f->why)), ERR_REJECTED);
    assert_non_null(strstr(f->why, "lesson m01-b01: its object is missing or damaged"));
}

/* … and while it is open: it goes, the others stay where they belong. */
static void test_a_damaged_lesson_is_left_out_when_it_is_found(void **state)
{
    struct packed *f = *state;
    const char *path = lesson_object(f);
    const struct pack_info *info;
    size_t n;
    char *bytes = tree_read(&f->t, path, &n);
    struct pack_key key;
    struct pack *alert;

    assert_int_equal(pack_key_read(f->pub, &key), ERR_OK);
    assert_int_equal(packed_open(f, 0), ERR_OK);
    info = pack_info(f->pack);
    assert_int_equal(pack_open(packed_alert(f, "phat", "one", 20800, 1), &key, 1, 0,
                               items_table, &alert, f->why, sizeof(f->why)),
                     ERR_OK);
    assert_int_equal(pack_add_beside(f->pack, alert, f->why, sizeof(f->why)), ERR_OK);
    assert_int_equal(pack_check(f->pack, 0, 1), 1);
    assert_int_equal(pack_check(f->pack, 1, 9), 2);
    bytes[n / 2] ^= 1;
    tree_write(path, bytes, n);
    assert_int_equal(pack_check(f->pack, 0, 9), 1);
    assert_int_equal(info->n_lessons, 1);
    assert_string_equal(info->lessons[0].id, "phat-b01");
    assert_int_equal(info->modules[0].n_lessons, 0);
    assert_int_equal(info->modules[1].first_lesson, 0);
    assert_int_equal(info->n_notes, 1);
    assert_non_null(strstr(info->notes[0], "lesson m01-b01 is left out"));
}

/* As packs were built before: the lessons are read when the pack is opened. */
static void use_old_index(struct packed *f, const char *id)
{
    reindex_with(f, "\"title\":\"Giữ kín mã\"", "\"was\":\"\"");
    if (strcmp(id, "m01-b01") != 0)
        reindex_with(f, "\"id\":\"m01-b01\"",
                     arena_printf(&f->t.arena, "\"id\":\"%s\"", id));
    assert_int_equal(packed_open(f, 0), ERR_OK);
}

static void test_an_index_that_tells_nothing_is_read(void **state)
{
    struct packed *f = *state;

    use_old_index(f, "m01-b01");
    assert_int_equal(pack_info(f->pack)->n_lessons, 1);
    assert_string_equal(pack_info(f->pack)->lessons[0].title, "Giữ kín mã");
    assert_int_equal(pack_info(f->pack)->lessons[0].n_items, 3);
    assert_int_equal(pack_verify(f->pack, f->why, sizeof(f->why)), ERR_OK);
}

static void test_an_object_of_another_lesson_is_left_out_with_a_note(void **state)
{
    struct packed *f = *state;

    use_old_index(f, "m01-b02");
    assert_int_equal(pack_info(f->pack)->n_lessons, 0);
    assert_string_equal(pack_info(f->pack)->notes[0],
                        "lesson m01-b02 is left out: its object is another lesson");
}

static void test_a_lesson_of_unknown_items_is_left_out_with_a_note(void **state)
{
    static const struct item_type *const none[] = { NULL };
    struct packed *f = *state;
    struct pack_key key;

    assert_int_equal(pack_key_read(f->pub, &key), ERR_OK);
    assert_int_equal(
        pack_open(f->out, &key, 1, 0, none, &f->pack, f->why, sizeof(f->why)), ERR_OK);
    assert_int_equal(pack_info(f->pack)->n_lessons, 0);
    assert_non_null(
        strstr(pack_info(f->pack)->notes[0], "a type of its questions is not known"));
}

static void test_objects_are_checked_each_time_they_are_read(void **state)
{
    struct packed *f = *state;
    struct arena arena = { 0 };
    struct lesson *l;
    struct buf b;
    const char *hex;

    assert_int_equal(packed_open(f, 0), ERR_OK);
    tree_write(lesson_object(f), "{}", 2);
    assert_int_equal(pack_lesson(f->pack, 0, &arena, &l), ERR_REJECTED);
    assert_null(l);
    unlink(lesson_object(f));
    assert_int_equal(pack_lesson(f->pack, 0, &arena, &l), ERR_CORRUPT);
    hex = pack_info(f->pack)->lessons[0].cover->object[0];
    buf_init(&b, 10);
    assert_int_equal(pack_object(f->pack, hex, &b), ERR_REJECTED); /* does not fit */
    assert_int_equal(pack_object(f->pack, "../../etc/passwd", &b), ERR_REJECTED);
    assert_int_equal(pack_object(f->pack, NOBODY, &b),
                     ERR_REJECTED); /* a proper name that is not listed */
    buf_finish(&b);
    arena_finish(&arena);
}

#define FRESH(test) cmocka_unit_test_setup_teardown(test, packed_setup, packed_teardown)

int main(void)
{
    const struct CMUnitTest fresh[] = {
        FRESH(test_what_was_written_is_what_the_kiosk_reads),
        FRESH(test_pictures_come_in_the_width_of_each_panel),
        FRESH(test_a_list_of_another_form_reads_the_same),
        FRESH(test_a_broken_lesson_is_left_out_with_a_note),
        FRESH(test_an_object_of_another_lesson_is_not_opened),
        FRESH(test_a_damaged_lesson_is_found_before_it_is_installed),
        FRESH(test_a_damaged_lesson_is_left_out_when_it_is_found),
        FRESH(test_an_index_that_tells_nothing_is_read),
        FRESH(test_an_object_of_another_lesson_is_left_out_with_a_note),
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
