/* What was recorded here survives restarts, spoilt bytes, full disks and sticks. */
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmocka_all.h"

#include "app/helper.h"
#include "app/recordings_usb.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"

#define TEXT "Không đọc mã, \"6 số\", cho ai."
#define OTHER "Cúp máy."

struct stage {
    char dir[64], sticks[80];
    struct recordings *r;
    struct usb *usb;
};

static struct buf clip; /* one for all: they are only carried about */

static int make_clip(void **state)
{
    struct buf in;
    enum err err;

    (void)state;
    buf_init(&in, 1U << 20);
    buf_init(&clip, 1U << 20);
    buf_str(&in, "{\"rate\":16000,\"text\":\"Chào\"}\n");
    for (int i = 0; i < 16000; i++) {
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

static int setup(void **state)
{
    struct stage *s = check_alloc(sizeof(*s));

    *s = (struct stage){ .dir = "/tmp/bdhvs-rec-XXXXXX" };
    if (!mkdtemp(s->dir))
        return -1;
    (void)snprintf(s->sticks, sizeof(s->sticks), "%s/usb", s->dir);
    recordings_open(s->dir, &s->r);
    *state = s;
    return 0;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st;
    (void)kind;
    (void)at;
    return remove(path);
}

static int teardown(void **state)
{
    struct stage *s = *state;

    usb_destroy(s->usb);
    recordings_close(s->r);
    (void)nftw(s->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    free(s);
    return 0;
}

static void again(struct stage *s)
{
    recordings_close(s->r);
    recordings_open(s->dir, &s->r);
}

static struct recording row(const char *lang, const char *text, const char *speaker)
{
    struct recording r = { .text = text,
                           .speaker = speaker,
                           .date = "2026-11-26",
                           .dialect = "Sơn Hà",
                           .consent = "tại máy" };

    (void)snprintf(r.lang, sizeof(r.lang), "%s", lang);
    voice_key(text, r.key);
    return r;
}

static void keep(struct stage *s, const char *lang, const char *text, const char *who)
{
    struct recording r = row(lang, text, who);

    assert_int_equal(recordings_keep(s->r, &r, clip.data, clip.len), ERR_OK);
}

static void spoil(struct stage *s, const char *name, long at)
{
    char path[160];
    FILE *f;

    (void)snprintf(path, sizeof(path), "%s/voice/%s", s->dir, name);
    f = fopen(path, "r+b");
    assert_non_null(f);
    assert_int_equal(fseek(f, at, SEEK_SET), 0);
    assert_int_equal(fputc('?', f), '?');
    assert_int_equal(fclose(f), 0);
}

static void test_a_kept_clip_is_there_after_a_restart(void **state)
{
    struct stage *s = *state;
    const struct recording *found;
    struct buf out;
    int ms;

    keep(s, "hre", TEXT, "Đinh Thị Mỹ");
    again(s);
    found = recordings_find(s->r, "hre", TEXT);
    assert_non_null(found);
    assert_string_equal(found->speaker, "Đinh Thị Mỹ");
    assert_string_equal(found->text, TEXT);
    assert_null(recordings_find(s->r, "vi", TEXT));
    buf_init(&out, RECORDING_BYTES);
    assert_int_equal(recordings_clip(s->r, "hre", TEXT, &out, &ms), ERR_OK);
    assert_int_equal(out.len, clip.len);
    assert_memory_equal(out.data, clip.data, clip.len);
    buf_finish(&out);
    assert_int_equal(s->r->n_langs, 1);
}

static void test_recording_anew_replaces_row_and_clip(void **state)
{
    struct stage *s = *state;

    keep(s, "hre", TEXT, "Một người");
    keep(s, "vi", TEXT, "Người khác");
    keep(s, "hre", TEXT, "Hai người");
    assert_int_equal(recordings_count(s->r, NULL), 2);
    again(s);
    assert_int_equal(recordings_count(s->r, "hre"), 1);
    assert_string_equal(recordings_find(s->r, "hre", TEXT)->speaker, "Hai người");
    assert_string_equal(recordings_find(s->r, "vi", TEXT)->speaker, "Người khác");
}

static void test_what_is_taken_back_is_gone_from_the_disk(void **state)
{
    struct stage *s = *state;
    struct buf list;
    char path[160];

    keep(s, "hre", TEXT, "Mỹ");
    keep(s, "hre", OTHER, "Ríp");
    assert_int_equal(recordings_drop(s->r, "hre", TEXT), ERR_OK);
    again(s);
    assert_null(recordings_find(s->r, "hre", TEXT));
    assert_non_null(recordings_find(s->r, "hre", OTHER));
    (void)snprintf(path, sizeof(path), "%s/voice/hre/%s.opus", s->dir,
                   row("hre", TEXT, "").key);
    assert_false(file_exists(path));
    (void)snprintf(path, sizeof(path), "%s/voice/manifest.csv", s->dir);
    buf_init(&list, 1U << 16);
    assert_int_equal(file_read(path, &list), ERR_OK);
    assert_null(strstr(buf_text(&list), "Mỹ"));
    buf_finish(&list);
}

static void test_a_spoilt_clip_is_left_out_and_counted(void **state)
{
    struct stage *s = *state;
    struct buf out;
    char name[32];
    int ms;

    keep(s, "hre", TEXT, "Mỹ");
    keep(s, "hre", OTHER, "Ríp");
    recording_name(recordings_find(s->r, "hre", TEXT), name);
    spoil(s, name, (long)clip.len / 2);
    assert_int_equal(recordings_check(s->r), 1);
    assert_null(recordings_find(s->r, "hre", TEXT));
    buf_init(&out, RECORDING_BYTES);
    assert_int_equal(recordings_clip(s->r, "hre", TEXT, &out, &ms), ERR_CORRUPT);
    buf_finish(&out);
    keep(s, "hre", TEXT, "Mỹ");
    assert_int_equal(recordings_check(s->r), 0);
    assert_non_null(recordings_find(s->r, "hre", TEXT));
}

static void test_a_spoilt_list_is_set_aside(void **state)
{
    struct stage *s = *state;
    char path[160];

    keep(s, "hre", TEXT, "Mỹ");
    spoil(s, "manifest.csv", 2);
    again(s);
    assert_true(s->r->set_aside);
    assert_int_equal(recordings_count(s->r, NULL), 0);
    (void)snprintf(path, sizeof(path), "%s/voice/manifest.csv.bad", s->dir);
    assert_true(file_exists(path));
    keep(s, "hre", TEXT, "Mỹ"); /* and work goes on */
}

static void test_a_full_disk_loses_nothing(void **state)
{
    struct stage *s = *state;
    struct recording r = row("hre", OTHER, "Ríp");
    struct rlimit was, none;

    keep(s, "hre", TEXT, "Mỹ");
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
    none = was;
    none.rlim_cur = 16; /* bytes of a file */
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
    assert_int_not_equal(recordings_keep(s->r, &r, clip.data, clip.len), ERR_OK);
    assert_int_not_equal(recordings_drop(s->r, "hre", TEXT), ERR_OK);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
    assert_null(recordings_find(s->r, "hre", OTHER));
    assert_non_null(recordings_find(s->r, "hre", TEXT));
    again(s);
    assert_int_equal(recordings_count(s->r, NULL), 1);
    assert_int_equal(recordings_check(s->r), 0);
}

static enum recordings_copy_state copy(struct stage *s, struct recordings_copy *c)
{
    recordings_copy_begin(c, s->r, s->usb);
    for (int i = 0; i < 100 && c->state == COPY_GOES_ON; i++)
        recordings_copy_step(c, s->r, s->usb);
    return c->state;
}

static void test_a_stick_gets_clips_and_keeps_those_of_others(void **state)
{
    struct stage *s = *state;
    struct recordings_copy c = { .state = COPY_NONE };
    struct recording rows[8];
    struct arena arena = { 0 };
    struct buf list;
    char path[160];
    size_t n = 0;

    (void)snprintf(path, sizeof(path), "%s/STICK", s->sticks);
    assert_int_equal(file_make_folder(path), ERR_OK);
    assert_int_equal(usb_create(s->sticks, NULL, NULL, &s->usb), ERR_OK);
    (void)usb_tick(s->usb);
    keep(s, "hre", TEXT, "Mỹ");
    assert_int_equal(copy(s, &c), COPY_DONE);
    assert_int_equal(c.n_copied, 1);
    assert_int_equal(recordings_drop(s->r, "hre", TEXT), ERR_OK);
    keep(s, "vi", OTHER, "Ríp"); /* as another kiosk */
    assert_int_equal(copy(s, &c), COPY_DONE);
    recordings_copy_finish(&c);
    buf_init(&list, 1U << 16);
    assert_int_equal(usb_read(s->usb, "voice/manifest.csv", &list), USB_DONE);
    assert_true(recordings_read(list.data, &arena, rows, &n));
    assert_int_equal(n, 2);
    for (size_t i = 0; i < n; i++) {
        char name[32];

        recording_name(&rows[i], name);
        (void)snprintf(path, sizeof(path), "%s/STICK/BDHVS/voice/%s", s->sticks, name);
        assert_true(file_exists(path));
    }
    buf_finish(&list);
    arena_finish(&arena);
}

static void test_no_stick_is_said(void **state)
{
    struct stage *s = *state;
    struct recordings_copy c = { .state = COPY_NONE };

    assert_int_equal(copy(s, &c), COPY_FAILED);
    assert_int_equal(c.verdict, USB_NONE);
    recordings_copy_finish(&c);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_a_kept_clip_is_there_after_a_restart),
        CASE(test_recording_anew_replaces_row_and_clip),
        CASE(test_what_is_taken_back_is_gone_from_the_disk),
        CASE(test_a_spoilt_clip_is_left_out_and_counted),
        CASE(test_a_spoilt_list_is_set_aside),
        CASE(test_a_full_disk_loses_nothing),
        CASE(test_a_stick_gets_clips_and_keeps_those_of_others),
        CASE(test_no_stick_is_said),
    };

    (void)signal(SIGXFSZ, SIG_IGN);
    return cmocka_run_group_tests(tests, make_clip, drop_clip);
}
