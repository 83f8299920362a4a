/* Drafts for a page: the real helper, and helpers that are slow, crash or answer rubbish. */
#define _GNU_SOURCE /* usleep, memmem */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmocka_all.h"

#include "app/helper.h"
#include "app/voice_make.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/hash.h"
#include "lesson/voice_index.h"

#define FIRST "Câu 1 trên 5"
#define SECOND "Chào bác Hạnh!"
/* One answer for each line that is asked. */
#define EACH(answer) "while read -r line; do printf '" answer "'; done"
#define GOOD "{\"bytes\":8,\"ms\":900,\"marks\":[[0,0,4],[400,5,1]]}\\nOggSabcd"

static const char *const both[] = { FIRST, SECOND };

static int64_t now_ms;

static int64_t fake_mono(void *ctx)
{
    (void)ctx;
    return now_ms;
}

static const struct clock fake_clock = { fake_mono, fake_mono, NULL };

struct rig {
    struct helper_def def;
    struct voice_make *m;
};

static void rig_open(struct rig *r, const char *script)
{
    hash_init();
    now_ms = 1000;
    r->def = (struct helper_def){ { "/bin/sh", { "-c", script }, 20, 512 }, 4 };
    r->m = voice_make_create(&r->def, &fake_clock);
}

/* Until nothing is made any more. */
static void settle(struct voice_make *m)
{
    while (voice_make_tick(m) >= 0)
        usleep(1000);
}

static enum voice_made made(struct voice_make *m, const char *text)
{
    struct voice_draft draft;

    return voice_make_find(m, text, &draft);
}

/* --- the helper as it is --------------------------------------------------------------- */

static void test_values_are_spoken_with_their_words(void **state)
{
    const struct helper_def def = { { VOICE_PROGRAM, { NULL }, 60, 256 }, 4 };
    const char *const texts[] = { FIRST, "…", SECOND };
    struct voice_make *m = voice_make_create(&def, &clock_real);
    struct voice_draft draft;

    (void)state;
    voice_make_want(m, texts, COUNT(texts));
    assert_int_equal(made(m, FIRST), VOICE_MADE_SOON);
    settle(m);
    assert_int_equal(voice_make_find(m, FIRST, &draft), VOICE_MADE);
    assert_memory_equal(draft.opus, "OggS", 4);
    assert_in_range(draft.ms, 500, 5000);
    assert_int_equal(draft.n_marks, 4); /* “Câu”, “1”, “trên”, “5” */
    assert_int_equal(draft.marks[1].offset, strlen("Câu "));
    assert_int_equal(made(m, "…"), VOICE_MADE_NOT); /* nothing to speak */
    assert_int_equal(voice_make_find(m, SECOND, &draft), VOICE_MADE);
    assert_null(memmem(draft.opus, draft.n, "Hạnh", strlen("Hạnh")));
    assert_int_equal(voice_make_fault(m), ERR_OK);
    voice_make_destroy(m);
}

/* --- helpers that are played ----------------------------------------------------------- */

static void test_what_is_made_stays_while_it_is_wanted(void **state)
{
    struct rig r;
    struct voice_draft before, after;

    (void)state;
    rig_open(&r, EACH(GOOD));
    voice_make_want(r.m, both, 1);
    settle(r.m);
    assert_int_equal(voice_make_find(r.m, FIRST, &before), VOICE_MADE);
    voice_make_want(r.m, both, 2);
    assert_int_equal(voice_make_find(r.m, FIRST, &after), VOICE_MADE);
    assert_ptr_equal(before.opus, after.opus);
    assert_int_equal(made(r.m, SECOND), VOICE_MADE_SOON);
    settle(r.m);
    assert_int_equal(made(r.m, SECOND), VOICE_MADE);
    voice_make_want(r.m, both + 1, 1); /* another page */
    assert_int_equal(made(r.m, FIRST), VOICE_MADE_NOT);
    assert_int_equal(made(r.m, SECOND), VOICE_MADE);
    assert_int_equal(voice_make_tick(r.m), -1); /* nobody was asked again */
    voice_make_forget(r.m);
    assert_int_equal(made(r.m, SECOND), VOICE_MADE_NOT);
    voice_make_destroy(r.m);
}

static void test_answers_come_one_by_one(void **state)
{
    struct rig r;

    (void)state;
    rig_open(&r, "printf '" GOOD "'; exec sleep 600");
    voice_make_want(r.m, both, 2);
    while (made(r.m, FIRST) == VOICE_MADE_SOON) {
        assert_true(voice_make_tick(r.m) > 0);
        usleep(1000);
    }
    assert_int_equal(made(r.m, FIRST), VOICE_MADE);
    assert_int_equal(made(r.m, SECOND), VOICE_MADE_SOON);
    assert_true(voice_make_tick(r.m) > 0);
    now_ms += 5000; /* its patience with the second one ends */
    settle(r.m);
    assert_int_equal(made(r.m, FIRST), VOICE_MADE);
    assert_int_equal(made(r.m, SECOND), VOICE_MADE_NOT);
    assert_int_equal(voice_make_fault(r.m), ERR_RETRY);
    voice_make_destroy(r.m);
}

static void test_leaving_the_page_ends_the_helper(void **state)
{
    struct rig r;

    (void)state;
    rig_open(&r, "exec sleep 600");
    voice_make_want(r.m, both, 2);
    voice_make_forget(r.m); /* returns: it waited for the end of the child */
    assert_int_equal(voice_make_tick(r.m), -1);
    assert_int_equal(voice_make_fault(r.m), ERR_OK);
    voice_make_destroy(r.m);
}

static void test_a_helper_that_failed_has_a_rest(void **state)
{
    struct rig r;

    (void)state;
    rig_open(&r, "exit 3");
    voice_make_want(r.m, both, 2);
    settle(r.m);
    assert_int_equal(voice_make_fault(r.m), ERR_CORRUPT);
    r.def.child.words[1] = EACH(GOOD); /* it was mended */
    voice_make_want(r.m, both, 2);
    assert_int_equal(made(r.m, FIRST), VOICE_MADE_NOT); /* but is not asked */
    assert_int_equal(voice_make_tick(r.m), -1);
    now_ms += 60000;
    voice_make_want(r.m, both, 2);
    settle(r.m);
    assert_int_equal(made(r.m, FIRST), VOICE_MADE);
    assert_int_equal(voice_make_fault(r.m), ERR_OK);
    voice_make_destroy(r.m);
}

static void test_one_that_is_not_installed_is_asked_once(void **state)
{
    struct rig r;

    (void)state;
    rig_open(&r, "");
    r.def.child.program = "bdhvs-none";
    voice_make_want(r.m, both, 2);
    assert_int_equal(voice_make_fault(r.m), ERR_OFFLINE);
    assert_int_equal(made(r.m, FIRST), VOICE_MADE_NOT);
    r.def.child.program = "/bin/sh";
    now_ms += 3600000;
    voice_make_want(r.m, both, 2);
    assert_int_equal(voice_make_tick(r.m), -1);
    voice_make_destroy(r.m);
}

static void test_nobody_makes_drafts(void **state)
{
    (void)state;
    voice_make_want(NULL, both, 2);
    voice_make_forget(NULL);
    assert_int_equal(made(NULL, FIRST), VOICE_MADE_NOT);
    assert_int_equal(voice_make_tick(NULL), -1);
    assert_int_equal(voice_make_fault(NULL), ERR_OK);
    voice_make_destroy(NULL);
}

static const struct row {
    const char *name, *script;
    enum voice_made first, second;
    enum err fault;
} rows[] = {
    { "both are made", EACH(GOOD), VOICE_MADE, VOICE_MADE, ERR_OK },
    { "it ends after the first", "printf '" GOOD "'", VOICE_MADE, VOICE_MADE_NOT,
      ERR_CORRUPT },
    { "it crashes", "kill -SEGV $$", VOICE_MADE_NOT, VOICE_MADE_NOT, ERR_CORRUPT },
    { "it refuses", "exit 65", VOICE_MADE_NOT, VOICE_MADE_NOT, ERR_REJECTED },
    { "it says nothing", "exit 0", VOICE_MADE_NOT, VOICE_MADE_NOT, ERR_CORRUPT },
    { "half a clip", "printf '{\"bytes\":9,\"ms\":9,\"marks\":[]}\\nOggS'",
      VOICE_MADE_NOT, VOICE_MADE_NOT, ERR_CORRUPT },
    { "no JSON", EACH("rubbish\\n"), VOICE_MADE_NOT, VOICE_MADE_NOT, ERR_CORRUPT },
    { "no Ogg", EACH("{\"bytes\":8,\"ms\":9,\"marks\":[]}\\nRIFFabcd"), VOICE_MADE_NOT,
      VOICE_MADE_NOT, ERR_CORRUPT },
    { "more bytes than are kept",
      EACH("{\"bytes\":2097153,\"ms\":9,\"marks\":[]}\\nOggS"), VOICE_MADE_NOT,
      VOICE_MADE_NOT, ERR_CORRUPT },
    { "a mark beyond the text",
      EACH("{\"bytes\":8,\"ms\":9,\"marks\":[[0,10,9]]}\\nOggSabcd"), VOICE_MADE_NOT,
      VOICE_MADE_NOT, ERR_CORRUPT },
    { "a mark within a letter",
      EACH("{\"bytes\":8,\"ms\":9,\"marks\":[[0,0,2]]}\\nOggSabcd"), VOICE_MADE_NOT,
      VOICE_MADE_NOT, ERR_CORRUPT },
    { "an endless line", "while :; do printf '{{{{{{{{{{{{{{{{'; done", VOICE_MADE_NOT,
      VOICE_MADE_NOT, ERR_CORRUPT },
    { "clips that together are more than is kept",
      "for i in 1 2; do printf '{\"bytes\":1500004,\"ms\":9,\"marks\":[]}\\nOggS'; "
      "head -c 1500000 /dev/zero; done",
      VOICE_MADE, VOICE_MADE_NOT, ERR_OK },
};

static void check_row(void **state)
{
    const struct row *row = *state;
    struct rig r;

    rig_open(&r, row->script);
    voice_make_want(r.m, both, 2);
    settle(r.m);
    assert_int_equal(made(r.m, FIRST), row->first);
    assert_int_equal(made(r.m, SECOND), row->second);
    assert_int_equal(voice_make_fault(r.m), row->fault);
    voice_make_destroy(r.m);
}

int main(void)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(test_values_are_spoken_with_their_words),
        cmocka_unit_test(test_what_is_made_stays_while_it_is_wanted),
        cmocka_unit_test(test_answers_come_one_by_one),
        cmocka_unit_test(test_leaving_the_page_ends_the_helper),
        cmocka_unit_test(test_a_helper_that_failed_has_a_rest),
        cmocka_unit_test(test_one_that_is_not_installed_is_asked_once),
        cmocka_unit_test(test_nobody_makes_drafts),
    };
    struct CMUnitTest tests[COUNT(others) + COUNT(rows)];
    size_t n = 0;

    for (size_t i = 0; i < COUNT(others); i++)
        tests[n++] = others[i];
    for (size_t i = 0; i < COUNT(rows); i++)
        tests[n++] =
            (struct CMUnitTest){ .name = rows[i].name,
                                 .test_func = check_row,
                                 .initial_state = (void *)(uintptr_t)&rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
