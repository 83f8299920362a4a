/* Every text of the lessons and the program has a clip in the pack that can be heard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/utf8.h"
#include "clip.h"
#include "language.h"
#include "report.h"
#include "source.h"
#include "spoken.h"
#include "ui/strings.h"
#include "voice.h"

#define LOUD_MAX_DBFS (-14.0)
/* Each clip is decoded: the gate takes one in so many, tools/check all (BDHVS_CLIPS=all). */
#define GATE_STEP 8

static void read_spoken(const char *content, struct spoken *out)
{
    struct report report;
    struct source s;

    report_init(&report);
    assert_int_equal(source_read(content, 0, &report, &s), ERR_OK);
    spoken_collect(&s, out);
    report_finish(&report);
    source_finish(&s);
}

static void test_every_string_without_values_is_spoken(void **state)
{
    struct spoken spoken;

    (void)state;
    read_spoken(CONTENT, &spoken);
    for (int i = 0; i < T_COUNT; i++) {
        const char *text = text_of((enum text_id)i);
        char key[VOICE_KEY_CHARS];

        if (strchr(text, '{') || language_syllables(text) == 0)
            continue;
        voice_key(text, key);
        if (!spoken_find(&spoken, key))
            fail_msg("%s is not spoken", text_key((enum text_id)i));
    }
    spoken_finish(&spoken);
}

/* Marks name words of the text, one after the other. */
static void check_marks(const struct spoken_text *t, const struct clip *clip)
{
    json_value *marks;
    int64_t from_ms = 0, from = 0, length;

    assert_int_equal(json_parse(clip->marks, strlen(clip->marks), 2, &marks, NULL, 0),
                     ERR_OK);
    assert_true(json_count(marks) > 0);
    for (size_t i = 0; i < json_count(marks); i++) {
        const json_value *m = json_at(marks, i);

        assert_int_equal(json_int(json_at(m, 0), from_ms, clip->ms, &from_ms), ERR_OK);
        assert_int_equal(json_int(json_at(m, 1), from, 4000, &from), ERR_OK);
        assert_int_equal(json_int(json_at(m, 2), 1, 4000, &length), ERR_OK);
        from += length;
        assert_true((size_t)from <= strlen(t->text));
    }
    json_free(marks);
}

static void check_draft(const struct spoken_text *t, const struct buf *bytes)
{
    struct arena arena = { 0 };
    char key[VOICE_KEY_CHARS];
    struct clip clip;
    double dbfs;

    assert_int_equal(clip_read(bytes->data, bytes->len, &arena, &clip), ERR_OK);
    assert_string_equal(clip.text, t->text);
    voice_key(clip.text, key);
    assert_string_equal(key, t->key);
    if ((size_t)clip.ms < utf8_length(t->text) * CLIP_MS_PER_CHARACTER)
        fail_msg("%s: %d ms", t->text, clip.ms);
    assert_int_equal(clip_loudness(bytes->data, bytes->len, &dbfs), ERR_OK);
    if (dbfs <= CLIP_QUIET_DBFS || dbfs > LOUD_MAX_DBFS)
        fail_msg("%s: %.1f dBFS", t->text, dbfs);
    check_marks(t, &clip);
    arena_finish(&arena);
}

static void test_every_text_has_a_clip_that_can_be_heard(void **state)
{
    struct voice v = { .root = CONTENT, .drafts = DRAFTS, .program = VOICE_PROGRAM };
    size_t step = getenv("BDHVS_CLIPS") ? 1 : GATE_STEP;
    struct spoken spoken;

    (void)state;
    read_spoken(CONTENT, &spoken);
    for (size_t i = 0; i < spoken.n; i++) {
        struct buf bytes;
        bool draft;

        buf_init(&bytes, CLIP_BYTES_MAX);
        if (voice_clip(&v, "vi", &spoken.list[i], &bytes, &draft))
            fail_msg("%s: no clip of “%s”", spoken.list[i].where, spoken.list[i].text);
        if (draft && i % step == 0)
            check_draft(&spoken.list[i], &bytes);
        buf_finish(&bytes);
    }
    voice_close(&v);
    spoken_finish(&spoken);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_string_without_values_is_spoken),
        cmocka_unit_test(test_every_text_has_a_clip_that_can_be_heard),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
