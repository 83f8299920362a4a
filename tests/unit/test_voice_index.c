/* The index of clips: what is found, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/check.h"
#include "lesson/voice_index.h"

#define KEY "6e2dd224597bec5e" /* of "Tiếp" */
#define OBJECT "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define INDEX(clips) "{\"schema\":1,\"languages\":{\"vi\":{" clips "}}}"
#define CLIP(key, object, ms, marks)                    \
    "\"" key "\":{\"object\":\"" object "\",\"ms\":" ms \
    ",\"draft\":true,\"marks\":" marks "}"

static enum err read_index(const char *json, struct arena *arena,
                           struct voice_index **out, char *why, size_t n_why)
{
    return voice_index_read(json, strlen(json), arena, out, why, n_why);
}

static void test_a_key_is_the_beginning_of_the_hash(void **state)
{
    char key[VOICE_KEY_CHARS];

    (void)state;
    voice_key("Tiếp", key); /* printf Tiếp | sha256sum */
    assert_string_equal(key, KEY);
}

static void test_a_text_finds_its_clip(void **state)
{
    static const char json[] = "{\"schema\":1,\"languages\":{\"hre\":{},\"vi\":{" CLIP(
        KEY, OBJECT, "640", "[[0,0,6]]") "}}}";
    struct arena arena = { 0 };
    struct voice_index *v;
    const struct voice_clip *clip;
    char why[200];

    (void)state;
    assert_int_equal(read_index(json, &arena, &v, why, sizeof(why)), ERR_OK);
    assert_int_equal(voice_index_count(v, "vi"), 1);
    assert_int_equal(voice_index_count(v, "hre"), 0);
    assert_int_equal(voice_index_count(v, "en"), 0);
    clip = voice_index_find(v, "vi", "Tiếp");
    assert_non_null(clip);
    assert_string_equal(clip->object, OBJECT);
    assert_int_equal(clip->ms, 640);
    assert_true(clip->draft);
    assert_int_equal(clip->n_marks, 1);
    assert_int_equal(clip->marks[0].length, 6);
    assert_null(voice_index_find(v, "vi", "tiếp"));
    assert_null(voice_index_find(v, "hre", "Tiếp"));
    assert_null(voice_index_find(v, "en", "Tiếp"));
    arena_finish(&arena);
}

static void test_marks_beyond_the_text_are_not_given(void **state)
{
    static const char json[] = INDEX(CLIP(KEY, OBJECT, "640", "[[0,0,7]]"));
    struct arena arena = { 0 };
    struct voice_index *v;
    char why[200];

    (void)state;
    assert_int_equal(read_index(json, &arena, &v, why, sizeof(why)), ERR_OK);
    assert_null(voice_index_find(v, "vi", "Tiếp"));
    arena_finish(&arena);
}

static const struct row {
    const char *name, *json;
} refused[] = {
    { "no JSON", "{" },
    { "another schema", "{\"schema\":2,\"languages\":{}}" },
    { "no languages", "{\"schema\":1}" },
    { "a language that is no name", "{\"schema\":1,\"languages\":{\"VI\":{}}}" },
    { "clips that are a list", "{\"schema\":1,\"languages\":{\"vi\":[]}}" },
    { "a short key", INDEX(CLIP("b3d6", OBJECT, "640", "[]")) },
    { "a key in capitals", INDEX(CLIP("B3D6FCE5CE8DFF4D", OBJECT, "640", "[]")) },
    { "an object that is none", INDEX(CLIP(KEY, "../../x", "640", "[]")) },
    { "no length", INDEX(CLIP(KEY, OBJECT, "0", "[]")) },
    { "a mark of two", INDEX(CLIP(KEY, OBJECT, "640", "[[0,0]]")) },
    { "a mark of no bytes", INDEX(CLIP(KEY, OBJECT, "640", "[[0,0,0]]")) },
    { "a mark after the end", INDEX(CLIP(KEY, OBJECT, "640", "[[641,0,3]]")) },
    { "marks out of order", INDEX(CLIP(KEY, OBJECT, "640", "[[9,0,1],[8,2,1]]")) },
    { "marks that overlap", INDEX(CLIP(KEY, OBJECT, "640", "[[0,0,3],[9,2,1]]")) },
    { "marks too deep", INDEX(CLIP(KEY, OBJECT, "640", "[[[[0]]]]")) },
};

static void check_refused(void **state)
{
    const struct row *r = *state;
    struct arena arena = { 0 };
    struct voice_index *v;
    char why[200] = "";

    assert_int_equal(read_index(r->json, &arena, &v, why, sizeof(why)), ERR_REJECTED);
    assert_null(v);
    assert_true(strlen(why) > 0);
    arena_finish(&arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(refused) + 3] = {
        cmocka_unit_test(test_a_key_is_the_beginning_of_the_hash),
        cmocka_unit_test(test_a_text_finds_its_clip),
        cmocka_unit_test(test_marks_beyond_the_text_are_not_given),
    };

    for (size_t i = 0; i < COUNT(refused); i++)
        tests[3 + i] =
            (struct CMUnitTest){ .name = refused[i].name,
                                 .test_func = check_refused,
                                 .initial_state = (void *)(uintptr_t)&refused[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
