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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_text_finds_its_clip_in_its_language),
        cmocka_unit_test(test_odd_indexes_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
