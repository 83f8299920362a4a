/* bdhvs-pack as people and scripts meet it: words in, exit code and one line out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/check.h"
#include "base/file.h"
#include "tree.h"

struct cli {
    struct tree t;
    char *said; /* stdout and stderr of the last run */
};

/* `before` stands in the shell before the program: a limit, a timeout. */
static int run_under(struct cli *c, const char *before, const char *words)
{
    const char *log = arena_printf(&c->t.arena, "%s/said", c->t.root);
    int status =
        system(arena_printf(&c->t.arena, "cd %s && %s %s %s >%s 2>&1 </dev/null",
                            c->t.root, before, PACK_PROGRAM, words, log));
    size_t n;

    assert_true(WIFEXITED(status));
    c->said = tree_read(&c->t, log, &n);
    return WEXITSTATUS(status);
}

static int run(struct cli *c, const char *words)
{
    return run_under(c, "", words);
}

static void said(const struct cli *c, const char *want)
{
    if (!strstr(c->said, want))
        fail_msg("wanted “%s” in “%s”", want, c->said);
}

static int setup(void **state)
{
    struct cli *c = check_alloc(sizeof(*c));

    *c = (struct cli){ 0 };
    tree_make(&c->t);
    *state = c;
    return 0;
}

static int teardown(void **state)
{
    struct cli *c = *state;

    tree_remove(&c->t);
    free(c);
    return 0;
}

static void test_an_author_builds_signs_and_verifies(void **state)
{
    struct cli *c = *state;

    assert_int_equal(run(c, "lint content --today 2026-11-26"), 0);
    said(c, "0 problems, 0 warnings");
    assert_int_equal(run(c, "build content goi"), 0);
    said(c, "1 lessons");
    said(c, "to be signed");
    assert_int_equal(run(c, "keygen --out xa"), 0);
    assert_int_equal(run(c, "sign goi xa.key"), 0);
    assert_int_equal(run(c, "verify goi xa.pub"), 0);
    said(c, "all good");
    assert_int_equal(run(c, "info goi"), 0);
    said(c, "pack\tone\nver\t3\n");
    said(c, "signed\tyes");
    assert_int_equal(run(c, "build content goi"), 0);
    said(c, "0 drawn, 0 removed; unchanged");
    assert_int_equal(run(c, "verify goi xa.pub"), 0);
}

static void test_texts_are_given_a_voice_and_listed(void **state)
{
    struct cli *c = *state;

    assert_int_equal(run(c, "voice content --drafts " DRAFTS), 0);
    said(c, "\trecorded 0\t");
    said(c, "\tmissing 0\n");
    said(c, "dynamic\tstrings.def: code.typed\tĐã gõ {n} trên 6 số\n");
    assert_int_equal(run(c, "lint content --today 2026-11-26"), 0);
    said(c, "0 problems, 0 warnings");
    assert_int_equal(run(c, "build content goi --drafts " DRAFTS), 0);
    assert_int_equal(run(c, "info goi"), 0);
    said(c, "voice_index\t1\t");
    assert_int_equal(run(c, "build content goi --drafts " DRAFTS), 0);
    said(c, "0 removed; unchanged");
    assert_int_equal(run(c, "build content goi"), 0); /* silent without drafts */
    said(c, " 0 clips, ");
}

static void test_a_problem_stops_the_build_and_leaves_the_old_pack(void **state)
{
    struct cli *c = *state;

    assert_int_equal(run(c, "build content goi"), 0);
    tree_replace(&c->t, TREE_LESSON, "minutes: 5", "minutes: 500");
    assert_int_equal(run(c, "lint content"), 1);
    said(c, "content/" TREE_LESSON ":5: minutes is 500: a lesson takes 1 to 15\n");
    assert_int_equal(run(c, "build content goi"), 1);
    said(c, ":5: minutes is 500");
    said(c, "bdhvs-pack: content: not built: mend the lines above");
    assert_int_equal(run(c, "info goi"), 0);
}

static void test_verify_names_a_damaged_picture(void **state)
{
    struct cli *c = *state;

    assert_int_equal(run(c, "build content goi"), 0);
    assert_int_equal(run(c, "keygen --out xa"), 0);
    assert_int_equal(run(c, "sign goi xa.key"), 0);
    assert_int_equal(
        system(arena_printf(&c->t.arena,
                            "for f in %s/goi/objects/*; do case $(head -c 4 $f) in"
                            " *PNG) echo x >>$f; break;; esac; done",
                            c->t.root)),
        0);
    assert_int_equal(run(c, "verify goi xa.pub"), 1);
    said(c, "missing or damaged");
    said(c, "not whole");
}

static void build_and_sign(struct cli *c)
{
    assert_int_equal(run(c, "build content goi"), 0);
    assert_int_equal(run(c, "sign goi xa.key"), 0);
    assert_int_equal(run(c, "verify goi xa.pub"), 0);
}

/* A file may grow to 4 KiB: the pictures do not fit, as on a full disk. */
static void test_a_full_disk_leaves_the_old_pack_whole(void **state)
{
    struct cli *c = *state;

    assert_int_equal(run(c, "keygen --out xa"), 0);
    build_and_sign(c);
    tree_replace(&c->t, "art/khoa.svg", "r=\"90\"", "r=\"91\"");
    assert_int_equal(run_under(c, "trap '' XFSZ; ulimit -f 8;", "build content goi"),
                     1);
    said(c, "goi: cannot be written");
    assert_int_equal(run(c, "verify goi xa.pub"), 0);
    build_and_sign(c);
}

/* Killed wherever the clock hits: the next build makes it whole, whatever lay about. */
static void test_a_build_that_was_killed_is_made_whole_by_the_next(void **state)
{
    struct cli *c = *state;

    assert_int_equal(run(c, "keygen --out xa"), 0);
    for (int ms = 2; ms < 40; ms += 4) {
        tree_replace(&c->t, "art/khoa.svg", "r=\"9", ms % 8 == 2 ? "r=\"99" : "r=\"9");
        (void)run_under(c, arena_printf(&c->t.arena, "timeout -s KILL 0.%03d", ms),
                        "build content goi");
        build_and_sign(c);
    }
}

static void test_facts_lists_what_is_due(void **state)
{
    struct cli *c = *state;

    assert_int_equal(run(c, "facts content --today 2026-12-31"), 0);
    assert_string_equal(c->said, "");
    assert_int_equal(run(c, "facts content --today 2027-01-01"), 1);
    said(c, "ma\tdue 2027-01-01\tKhông ai hỏi mã, \"kể cả\" cán bộ\tLuật\n");
}

static const struct refusal {
    const char *name;
    const char *words;
    int code;
    const char *said;
} refusals[] = {
    { "no command", "", 64, "no command" },
    { "an unknown command", "dance", 64, "dance: not a command" },
    { "a word too few", "build content", 64, "build: a wrong number of words" },
    { "a word too many", "lint content goi", 64, "lint: a wrong number of words" },
    { "keygen without a place", "keygen", 64, "--out is missing" },
    { "a day that is none", "lint content --today tomorrow", 64, "not a date" },
    { "a tree that is not there", "lint nothing", 1,
      "nothing/pack.yaml:1: is not there" },
    { "a pack that is not there", "info nothing", 1, "no readable manifest.json" },
    { "a key that is not there", "verify content nothing.pub", 1,
      "nothing.pub: not a minisign public key" },
    { "an unsigned folder", "sign content nothing.key", 1,
      "no readable manifest.json" },
};

static void check_refusal(void **state)
{
    const struct refusal *r = *state;
    struct cli *c;
    void *made;

    setup(&made);
    c = made;
    assert_int_equal(run(c, r->words), r->code);
    said(c, r->said);
    if (r->code == 64)
        assert_int_equal(strncmp(c->said, "bdhvs-pack: ", strlen("bdhvs-pack: ")), 0);
    teardown(&made);
}

static void test_help_and_version(void **state)
{
    struct cli *c = *state;

    assert_int_equal(run(c, "--help"), 0);
    said(c, "lint SRC");
    assert_int_equal(run(c, "--version"), 0);
    said(c, "bdhvs-pack ");
}

#define FRESH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest fresh[] = {
        FRESH(test_an_author_builds_signs_and_verifies),
        FRESH(test_texts_are_given_a_voice_and_listed),
        FRESH(test_a_problem_stops_the_build_and_leaves_the_old_pack),
        FRESH(test_verify_names_a_damaged_picture),
        FRESH(test_a_full_disk_leaves_the_old_pack_whole),
        FRESH(test_a_build_that_was_killed_is_made_whole_by_the_next),
        FRESH(test_facts_lists_what_is_due),
        FRESH(test_help_and_version),
    };
    struct CMUnitTest refused[COUNT(refusals)];

    for (size_t i = 0; i < COUNT(refusals); i++)
        refused[i] = (struct CMUnitTest){ .name = refusals[i].name,
                                          .test_func = check_refusal,
                                          .initial_state = (void *)&refusals[i] };
    return cmocka_run_group_tests(fresh, NULL, NULL) +
           cmocka_run_group_tests(refused, NULL, NULL);
}
