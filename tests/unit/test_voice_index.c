/* The index of clips: what is good is found, what is odd is refused whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "lesson/voice_index.h"

#define OBJECT "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define CLIP(more) "{\"object\":\"" OBJECT "\",\"ms\":1840" more "}"

static enum err read(const char *json, struct arena *arena, struct voice_index **out)
{
    char why[200] = "";

    return voice_index_read(json, strlen(json), arena, out, why, sizeof(why));
}

static void test_a_text_finds_its_clip_in_its_language(void **state)
{
    struct arena arena = { 0 };
    struct voice_index *index = NULL;
    const struct voice_clip *clip;
    char key[VOICE_KEY_CHARS], json[600];
    size_t n;

    (void)state;
    voice_key("Chào bà con", key);
    (void)snprintf(json, sizeof(json),
                   "{\"schema\":1,\"voices\":{\"vi\":{\"0000000000000000\":" CLIP(
                       "") ",\"%s\":" CLIP(",\"draft\":true,\"marks\":[[0,0,5],[310,6,"
                                           "3],[310,10,3]]") "},\"hre\":{}}}",
                   key);
    assert_int_equal(read(json, &arena, &index), ERR_OK);
    clip = voice_index_find(index, "vi", "Chào bà con");
    assert_non_null(clip);
    assert_string_equal(clip->key, key);
    assert_string_equal(clip->object, OBJECT);
    assert_int_equal(clip->ms, 1840);
    assert_true(clip->draft);
    assert_int_equal(clip->n_marks, 3);
    assert_int_equal(clip->marks[1].ms, 310);
    assert_int_equal(clip->marks[1].offset, 6);
    assert_null(voice_index_find(index, "hre", "Chào bà con"));
    assert_null(voice_index_find(index, "vi", "Chào bà con!"));
    assert_null(voice_index_find(NULL, "vi", "Chào bà con"));
    (void)voice_index_clips(index, &n);
    assert_int_equal(n, 2);
    arena_finish(&arena);
}

static void test_odd_indexes_are_refused(void **state)
{
    static const char *const bad[] = {
        "{}",
        "{\"schema\":2,\"voices\":{}}",
        "{\"schema\":1,\"voices\":[]}",
        "{\"schema\":1,\"voices\":{\"VI\":{}}}",
        "{\"schema\":1,\"voices\":{\"../etc\":{}}}",
        "{\"schema\":1,\"voices\":{\"vi\":[]}}",
        "{\"schema\":1,\"voices\":{\"vi\":{\"zz\":" CLIP("") "}}}",
        "{\"schema\":1,\"voices\":{\"vi\":{\"0000000000000000\":7}}}",
        "{\"schema\":1,\"voices\":{\"vi\":{\"0000000000000000\":{\"object\":\"x\","
        "\"ms\":1}}}}",
        "{\"schema\":1,\"voices\":{\"vi\":{\"0000000000000000\":{\"object\":\"" OBJECT
        "\",\"ms\":0}}}}",
        "{\"schema\":1,\"voices\":{\"vi\":{\"0000000000000000\":" CLIP(
            ",\"marks\":[[9,0,1],[5,2,1]]") "}}}",
        "{\"schema\":1,\"voices\":{\"vi\":{\"0000000000000000\":" CLIP(
            ",\"marks\":[[0,0,0]]") "}}}",
        "{\"schema\":1,\"voices\":{\"vi\":{\"0000000000000000\":" CLIP(
            ",\"marks\":[[0,-1,2]]") "}}}",
    };
    struct arena arena = { 0 };
    struct voice_index *index = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_int_equal(read(bad[i], &arena, &index), ERR_REJECTED);
    assert_null(index);
    arena_finish(&arena);
}

/* The form of bdhvs-pack is read another way than the same list with blanks in it. */
static void test_both_ways_of_reading_find_the_same(void **state)
{
#define ROW(key, ms, draft, marks)                                          \
    "\"" key "\":{\"object\":\"" OBJECT "\",\"ms\":" ms ",\"draft\":" draft \
    ",\"marks\":[" marks "]}"
#define ALL(blank)                                                                     \
    "{\"schema\":1," blank "\"voices\":{\"vi\":{" ROW(                                 \
        "6b694ef1041e67fa", "1547", "true",                                            \
        "[0,0,5],[210,6,4],[210,11,5]") "," ROW("0fcf3b8934dcb8d0", "120000", "false", \
                                                "") "},\"hre\":{" ROW("6b694"          \
                                                                      "ef104"          \
                                                                      "1e67f"          \
                                                                      "a",             \
                                                                      "1",             \
                                                                      "fals"           \
                                                                      "e",             \
                                                                      "[0,"            \
                                                                      "4000,"          \
                                                                      "4000"           \
                                                                      "]") "},"        \
                                                                           "\"bdq\":{" \
                                                                           "}}}"
    struct arena arena = { 0 };
    struct voice_index *as_written, *other;
    const struct voice_clip *a, *b;
    size_t n, n_other;

    (void)state;
    assert_int_equal(read(ALL(""), &arena, &as_written), ERR_OK);
    assert_int_equal(read(ALL(" "), &arena, &other), ERR_OK);
    a = voice_index_clips(as_written, &n);
    b = voice_index_clips(other, &n_other);
    assert_int_equal(n, 3);
    assert_int_equal(n_other, n);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(a[i].lang, b[i].lang);
        assert_string_equal(a[i].key, b[i].key);
        assert_string_equal(a[i].object, b[i].object);
        assert_int_equal(a[i].ms, b[i].ms);
        assert_int_equal(a[i].draft, b[i].draft);
        assert_int_equal(a[i].n_marks, b[i].n_marks);
        if (a[i].n_marks)
            assert_memory_equal(a[i].marks, b[i].marks,
                                a[i].n_marks * sizeof(*a[i].marks));
    }
    assert_string_equal(a[0].lang, "hre");
    assert_int_equal(a[2].n_marks, 3);
    arena_finish(&arena);
}

/* As bdhvs-pack writes it, but for one thing. */
static void test_odd_rows_are_refused(void **state)
{
#define HEAD "{\"schema\":1,\"voices\":{\"vi\":{"
    static const char *const bad[] = {
        HEAD ROW("6b694ef1041e67fa", "0", "true", "") "}}}",
        HEAD ROW("6b694ef1041e67fa", "120001", "true", "") "}}}",
        HEAD ROW("6b694ef1041e67fa", "1", "maybe", "") "}}}",
        HEAD ROW("6b694ef1041e67f", "1", "true", "") "}}}",
        HEAD ROW("6b694ef1041e67fa", "1", "true", "[5,0,1],[4,1,1]") "}}}",
        HEAD ROW("6b694ef1041e67fa", "1", "true", "[0,4001,1]") "}}}",
        HEAD ROW("6b694ef1041e67fa", "1", "true", "[0,0]") "}}}",
        HEAD ROW("6b694ef1041e67fa", "1", "true", "") ",}}}",
        HEAD ROW("6b694ef1041e67fa", "1", "true", "") "}}}}",
        HEAD ROW("6b694ef1041e67fa", "1", "true", "") "}}",
        HEAD ROW("6b694ef1041e67fa", "1", "true", "") "," /* twice */
        ROW("6b694ef1041e67fa", "1", "true", "") "}}}",
    };
    struct arena arena = { 0 };
    struct voice_index *index = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_int_equal(read(bad[i], &arena, &index), ERR_REJECTED);
    assert_null(index);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_text_finds_its_clip_in_its_language),
        cmocka_unit_test(test_odd_indexes_are_refused),
        cmocka_unit_test(test_both_ways_of_reading_find_the_same),
        cmocka_unit_test(test_odd_rows_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
