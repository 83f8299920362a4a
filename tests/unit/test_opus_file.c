/* A clip is whole or it is not: every changed byte and every cut is found. */
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

#include "app/helper.h"
#include "base/buf.h"
#include "lesson/opus_file.h"

static struct buf clip;

static int read_clip(void **state)
{
    struct buf in;
    enum err err;

    (void)state;
    buf_init(&in, 1U << 20);
    buf_init(&clip, 1U << 20);
    buf_str(&in, "{\"rate\":16000,\"text\":\"Chào bà con\"}\n");
    for (int i = 0; i < 16000; i++) { /* a second of a hoarse 500 Hz */
        buf_char(&in, 0);
        buf_char(&in, (char)(i / 16 % 2 ? 20 + i % 7 : -20));
    }
    err = helper_run(HELPER_VOICE, in.data, in.len, &clip);
    buf_finish(&in);
    return err != ERR_OK;
}

static int drop_clip(void **state)
{
    (void)state;
    buf_finish(&clip);
    return 0;
}

static void test_a_whole_clip_tells_its_length(void **state)
{
    int ms;

    (void)state;
    assert_int_equal(opus_file_check(clip.data, clip.len, &ms), ERR_OK);
    assert_in_range(ms, 500, 20000);
}

static void test_every_cut_is_found(void **state)
{
    int ms;

    (void)state;
    for (size_t n = 0; n < clip.len; n++)
        assert_int_not_equal(opus_file_check(clip.data, n, &ms), ERR_OK);
}

static void test_every_changed_byte_is_found(void **state)
{
    int ms;

    (void)state;
    for (size_t i = 0; i < clip.len; i += 1 + i / 200) {
        clip.data[i] = (char)(clip.data[i] ^ 0x10);
        assert_int_not_equal(opus_file_check(clip.data, clip.len, &ms), ERR_OK);
        clip.data[i] = (char)(clip.data[i] ^ 0x10);
    }
}

static void test_what_comes_after_the_end_is_found(void **state)
{
    struct buf more;
    int ms;

    (void)state;
    buf_init(&more, 2U << 20);
    buf_add(&more, clip.data, clip.len);
    buf_add(&more, clip.data, clip.len);
    assert_int_equal(opus_file_check(more.data, more.len, &ms), ERR_CORRUPT);
    buf_finish(&more);
    assert_int_not_equal(opus_file_check("RIFFxxxxWAVE", 12, &ms), ERR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_whole_clip_tells_its_length),
        cmocka_unit_test(test_every_cut_is_found),
        cmocka_unit_test(test_every_changed_byte_is_found),
        cmocka_unit_test(test_what_comes_after_the_end_is_found),
    };

    return cmocka_run_group_tests(tests, read_clip, drop_clip);
}
