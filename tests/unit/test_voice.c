/* Recordings win over drafts, and stale ones are named. */
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
#include "clip.h"
#include "items/items.h"
#include "lint.h"
#include "packed.h"
#include "report.h"
#include "source.h"
#include "spoken.h"
#include "voice.h"

#define NOTE "Công an không bao giờ hỏi mã." /* a card of the tree */

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
