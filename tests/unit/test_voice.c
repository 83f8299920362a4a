/* Every text has a voice that can be heard; recordings win, and stale ones are named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/json.h"
#include "base/utf8.h"
#include "clip.h"
#include "items/items.h"
#include "language.h"
#include "lint.h"
#include "packed.h"
#include "report.h"
#include "source.h"
#include "spoken.h"
#include "ui/strings.h"
#include "voice.h"

#define LOUD_MAX_DBFS (-14.0)
#define NOTE "Công an không bao giờ hỏi mã." /* a card of the tree */

/* --- the content of this program ------------------------------------------------------ */

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
    struct spoken spoken;

    (void)state;
    read_spoken(CONTENT, &spoken);
    for (size_t i = 0; i < spoken.n; i++) {
        struct buf bytes;
        bool draft;

        buf_init(&bytes, CLIP_BYTES_MAX);
        if (voice_clip(&v, "vi", &spoken.list[i], &bytes, &draft))
            fail_msg("%s: no clip of “%s”", spoken.list[i].where, spoken.list[i].text);
        if (draft)
            check_draft(&spoken.list[i], &bytes);
        buf_finish(&bytes);
    }
    voice_close(&v);
    spoken_finish(&spoken);
}

/* --- a tree that is spoiled ----------------------------------------------------------- */

struct fixture {
    struct packed *p;
    struct voice voice;
    struct spoken_text note;
    const char *recording; /* of the note */
};

static int setup(void **state)
{
    struct fixture *f = check_alloc(sizeof(*f));
    struct arena *arena;

    *f = (struct fixture){ 0 };
    packed_setup((void **)&f->p);
    arena = &f->p->t.arena;
    f->note.text = NOTE;
    voice_key(NOTE, f->note.key);
    f->voice = (struct voice){ .root = f->p->t.content,
                               .drafts = arena_printf(arena, "%s/drafts", f->p->t.root),
                               .program = VOICE_PROGRAM };
    f->recording = voice_recording(f->p->t.content, "vi", f->note.key, arena);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    voice_close(&f->voice);
    packed_teardown((void **)&f->p);
    free(f);
    return 0;
}

/* A person's recording of the note: here the machine lends its voice. */
static void record(struct fixture *f, const char *key, const char *text)
{
    const char *list = tree_path(&f->p->t, "voice/manifest.csv");
    const char *row = arena_printf(&f->p->t.arena,
                                   "key,text,speaker,date,dialect,consent,state\n"
                                   "%s,%s,Nga,2026-11-20,Quảng Ngãi,giấy 12,recorded\n",
                                   key, text);
    struct buf bytes;
    bool draft;

    buf_init(&bytes, CLIP_BYTES_MAX);
    assert_int_equal(voice_clip(&f->voice, "vi", &f->note, &bytes, &draft), ERR_OK);
    assert_int_equal(file_make_folder(tree_path(&f->p->t, "voice/vi")), ERR_OK);
    tree_write(f->recording, bytes.data, bytes.len);
    tree_write(list, row, strlen(row));
    buf_finish(&bytes);
}

static void lint(struct fixture *f, struct report *report)
{
    struct source s;

    report_init(report);
    if (!source_read(f->p->t.content, 0, report, &s))
        lint_source(&s, items_table, report);
    source_finish(&s);
}

static void lint_says(struct fixture *f, const char *want)
{
    struct report report;

    lint(f, &report);
    if (*want ? !strstr(buf_text(&report.lines), want) : report.lines.len)
        fail_msg("wanted “%s” in “%s”", want, buf_text(&report.lines));
    report_finish(&report);
}

static void test_a_draft_is_made_once(void **state)
{
    struct fixture *f = *state;
    struct buf first, second;
    bool draft = false;

    buf_init(&first, CLIP_BYTES_MAX);
    buf_init(&second, CLIP_BYTES_MAX);
    assert_int_equal(voice_clip(&f->voice, "vi", &f->note, &first, &draft), ERR_OK);
    assert_true(draft);
    assert_int_equal(voice_clip(&f->voice, "vi", &f->note, &second, &draft), ERR_OK);
    assert_int_equal(f->voice.n_made, 1);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.data, second.data, first.len);
    buf_finish(&first);
    buf_finish(&second);
}

/* There is no machine that speaks Hrê: a text waits for a person. */
static void test_a_language_without_a_machine_has_no_drafts(void **state)
{
    struct fixture *f = *state;
    struct buf clip;
    bool draft;

    buf_init(&clip, CLIP_BYTES_MAX);
    assert_int_equal(voice_clip(&f->voice, "hre", &f->note, &clip, &draft),
                     ERR_OFFLINE);
    assert_int_equal(f->voice.n_made, 0);
    buf_finish(&clip);
}

static void test_a_recording_wins_and_stands_in_the_pack(void **state)
{
    struct fixture *f = *state;
    const struct voice_clip *clip;
    struct buf bytes;

    record(f, f->note.key, NOTE);
    lint_says(f, "");
    packed_build(f->p);
    packed_sign(f->p);
    assert_int_equal(f->p->built.n_clips, 1);
    assert_int_equal(packed_open(f->p, 0), ERR_OK);
    clip = voice_index_find(pack_voice(f->p->pack), "vi", NOTE);
    assert_non_null(clip);
    assert_false(clip->draft);
    assert_int_equal(clip->n_marks, 7);
    assert_int_equal(clip->marks[1].offset, strlen("Công "));
    buf_init(&bytes, CLIP_BYTES_MAX);
    assert_int_equal(pack_object(f->p->pack, clip->object, &bytes), ERR_OK);
    assert_memory_equal(bytes.data, "OggS", 4);
    buf_finish(&bytes);
    assert_null(voice_index_find(pack_voice(f->p->pack), "vi", "Không có câu này"));
}

static void test_lint_names_a_recording_whose_text_was_changed(void **state)
{
    struct fixture *f = *state;

    record(f, f->note.key, NOTE);
    tree_replace(&f->p->t, TREE_LESSON, NOTE, "Một câu khác.");
    lint_says(f, arena_printf(&f->p->t.arena,
                              "voice/manifest.csv:2: warning: clip %s is stale: “" NOTE
                              "” is spoken nowhere any more",
                              f->note.key));
}

static void test_lint_names_a_recording_of_another_text(void **state)
{
    struct fixture *f = *state;

    record(f, f->note.key, "Một câu khác.");
    lint_says(f, arena_printf(&f->p->t.arena,
                              "voice/manifest.csv:2: clip %s is stale: its key is not "
                              "that of its text",
                              f->note.key));
}

static void test_lint_names_a_recording_that_is_not_there(void **state)
{
    struct fixture *f = *state;

    record(f, f->note.key, NOTE);
    assert_int_equal(remove(f->recording), 0);
    lint_says(f, "voice/manifest.csv:2: no voice/LANGUAGE/");
}

static void test_lint_names_a_recording_that_is_no_sound(void **state)
{
    struct fixture *f = *state;

    record(f, f->note.key, NOTE);
    tree_write(f->recording, "RIFF", 4);
    lint_says(f, "not mono Ogg Opus");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_string_without_values_is_spoken),
        cmocka_unit_test(test_every_text_has_a_clip_that_can_be_heard),
        cmocka_unit_test_setup_teardown(test_a_draft_is_made_once, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_language_without_a_machine_has_no_drafts,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_recording_wins_and_stands_in_the_pack,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(
            test_lint_names_a_recording_whose_text_was_changed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_lint_names_a_recording_of_another_text,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_lint_names_a_recording_that_is_not_there,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_lint_names_a_recording_that_is_no_sound,
                                        setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
