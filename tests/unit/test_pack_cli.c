/* bdhvs-pack as people and scripts meet it: words in, exit code and one line out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/check.h"
#include "base/file.h"
#include "pack_cli.h"

static void test_an_author_builds_signs_and_verifies(void **state)
{
    struct cli *c = *state;

    assert_int_equal(cli_run(c, "lint content --today 2026-11-26"), 0);
    cli_said(c, "0 problems, 0 warnings");
    assert_int_equal(cli_run(c, "build content goi"), 0);
    cli_said(c, "1 lessons");
    cli_said(c, "to be signed");
    assert_int_equal(cli_run(c, "keygen --out xa"), 0);
    assert_int_equal(cli_run(c, "sign goi xa.key"), 0);
    assert_int_equal(cli_run(c, "verify goi xa.pub"), 0);
    cli_said(c, "all good");
    assert_int_equal(cli_run(c, "info goi"), 0);
    cli_said(c, "pack\tone\nver\t3\n");
    cli_said(c, "signed\tyes");
    assert_int_equal(cli_run(c, "build content goi"), 0);
    cli_said(c, "0 drawn, 0 removed; unchanged");
    assert_int_equal(cli_run(c, "verify goi xa.pub"), 0);
}

static void test_texts_are_given_a_voice_and_listed(void **state)
{
    struct cli *c = *state;

    assert_int_equal(cli_run(c, "voice content --drafts " DRAFTS), 0);
    cli_said(c, "\trecorded 0\t");
    cli_said(c, "\tmissing 0\n");
    cli_said(c, "dynamic\tstrings.def: code.typed\tĐã gõ {n} trên 6 số\n");
    assert_int_equal(cli_run(c, "lint content --today 2026-11-26"), 0);
    cli_said(c, "0 problems, 0 warnings");
    assert_int_equal(cli_run(c, "build content goi --drafts " DRAFTS), 0);
    assert_int_equal(cli_run(c, "info goi"), 0);
    cli_said(c, "voice_index\t1\t");
    assert_int_equal(cli_run(c, "build content goi --drafts " DRAFTS), 0);
    cli_said(c, "0 removed; unchanged");
    assert_int_equal(cli_run(c, "build content goi"), 0); /* silent without drafts */
    cli_said(c, " 0 clips, ");
}

static void test_a_problem_stops_the_build_and_leaves_the_old_pack(void **state)
{
    struct cli *c = *state;

    assert_int_equal(cli_run(c, "build content goi"), 0);
    tree_replace(&c->t, TREE_LESSON, "minutes: 5", "minutes: 500");
    assert_int_equal(cli_run(c, "lint content"), 1);
    cli_said(c, "content/" TREE_LESSON ":5: minutes is 500: a lesson takes 1 to 15\n");
    assert_int_equal(cli_run(c, "build content goi"), 1);
    cli_said(c, ":5: minutes is 500");
    cli_said(c, "bdhvs-pack: content: not built: mend the lines above");
    assert_int_equal(cli_run(c, "info goi"), 0);
}

static void test_verify_names_a_damaged_picture(void **state)
{
    struct cli *c = *state;

    assert_int_equal(cli_run(c, "build content goi"), 0);
    assert_int_equal(cli_run(c, "keygen --out xa"), 0);
    assert_int_equal(cli_run(c, "sign goi xa.key"), 0);
    assert_int_equal(
        system(arena_printf(&c->t.arena,
                            "for f in %s/goi/objects/*; do case $(head -c 4 $f) in"
                            " *PNG) echo x >>$f; break;; esac; done",
                            c->t.root)),
        0);
    assert_int_equal(cli_run(c, "verify goi xa.pub"), 1);
    cli_said(c, "missing or damaged");
    cli_said(c, "not whole");
}

static void build_and_sign(struct cli *c)
{
    assert_int_equal(cli_run(c, "build content goi"), 0);
    assert_int_equal(cli_run(c, "sign goi xa.key"), 0);
    assert_int_equal(cli_run(c, "verify goi xa.pub"), 0);
}

/* A file may grow to 4 KiB: the pictures do not fit, as on a full disk. */
static void test_a_full_disk_leaves_the_old_pack_whole(void **state)
{
    struct cli *c = *state;

    assert_int_equal(cli_run(c, "keygen --out xa"), 0);
    build_and_sign(c);
    tree_replace(&c->t, "art/khoa.svg", "r=\"90\"", "r=\"91\"");
    assert_int_equal(
        cli_run_under(c, "trap '' XFSZ; ulimit -f 8;", "build content goi"), 1);
    cli_said(c, "goi: cannot be written");
    assert_int_equal(cli_run(c, "verify goi xa.pub"), 0);
    build_and_sign(c);
}

/* Killed wherever the clock hits: the next build makes it whole, whatever lay about. */
static void test_a_build_that_was_killed_is_made_whole_by_the_next(void **state)
{
    struct cli *c = *state;

    assert_int_equal(cli_run(c, "keygen --out xa"), 0);
    for (int ms = 2; ms < 40; ms += 4) {
        tree_replace(&c->t, "art/khoa.svg", "r=\"9", ms % 8 == 2 ? "r=\"99" : "r=\"9");
        (void)cli_run_under(c, arena_printf(&c->t.arena, "timeout -s KILL 0.%03d", ms),
                            "build content goi");
        build_and_sign(c);
    }
}

static void test_facts_lists_what_is_due_and_what_is_soon(void **state)
{
    struct cli *c = *state;

    assert_int_equal(cli_run(c, "facts content --today 2026-11-01"), 0);
    assert_string_equal(c->said, "");
    assert_int_equal(cli_run(c, "facts content --today 2026-11-02"), 0);
    cli_said(c,
             "ma\tsoon 2027-01-01\tKhông ai hỏi mã, \"kể cả\" cán bộ\tLuật\tm01-b01\n");
    assert_int_equal(cli_run(c, "facts content --today 2026-12-31"), 0);
    assert_int_equal(cli_run(c, "facts content --today 2027-01-01"), 1);
    cli_said(c,
             "ma\tdue 2027-01-01\tKhông ai hỏi mã, \"kể cả\" cán bộ\tLuật\tm01-b01\n");
}

static void test_facts_lists_what_lessons_and_list_do_not_share(void **state)
{
    struct cli *c = *state;

    tree_replace(&c->t, TREE_LESSON, "facts: [ma]", "facts: [khac]");
    assert_int_equal(cli_run(c, "facts content --today 2026-11-01"), 0);
    cli_said(c, "ma\tunused\tKhông ai hỏi mã, \"kể cả\" cán bộ\tLuật\t\n");
    cli_said(c, "khac\tunknown\t\t\tm01-b01\n");
}

/* Column `n` (from 0) of the line of lesson m01-b01. */
static long covered(const struct cli *c, int n)
{
    const char *at = strstr(c->said, "\nm01-b01\t");

    assert_non_null(at);
    for (; n; n--)
        at = strchr(at, '\t') + 1;
    return strtol(at, NULL, 10);
}

#define ALERT                                                                                     \
    "---\nid: phat-b01\ntitle: Tin lừa mới\noutcome: Biết tin ấy là lừa.\nminutes: "   \
    "2\n"                                                                                         \
    "framework: [D4]\n---\n\n# Có tin lạ\n\n![Chìa khóa](khoa.svg)\n\nMình đừng chạm." \
    "\n\n# Hỏi\n\n```gift\n::phat-b01-q1:: Tin ấy là tin lừa. {T#Tin lạ.#Tin lừa.}\n"  \
    "```\n\n# Nhớ\n\nTin lạ thì đừng chạm.\n"

static void write_beside(struct cli *c, const char *name, const char *text)
{
    tree_write(arena_printf(&c->t.arena, "%s/%s", c->t.root, name), text, strlen(text));
}

/* One file, one command: it can be carried to a kiosk. Windows' line ends do no harm. */
static void test_an_alert_is_built_and_signed_at_once(void **state)
{
    struct cli *c = *state;

    assert_int_equal(cli_run(c, "keygen --out xa"), 0);
    write_beside(c, "tin.md", ALERT);
    assert_int_equal(cli_run(c, "alert tin.md goi xa.key --beside one"), 0);
    cli_said(c, "goi: built and signed");
    assert_int_equal(cli_run(c, "verify goi xa.pub"), 0);
    cli_said(c, "1 lessons");
    assert_int_equal(cli_run(c, "info goi"), 0);
    cli_said(c, "pack\tphat\n");
    cli_said(c, "voice_index\t1\t");
    assert_int_equal(cli_run_under(c, "sed -i 's/$/\\r/' tin.md;",
                                   "alert tin.md goi xa.key --until 2099-01-01"),
                     0);
}

static void test_an_alert_that_is_not_whole_is_refused(void **state)
{
    struct cli *c = *state;

    assert_int_equal(cli_run(c, "keygen --out xa"), 0);
    assert_int_equal(cli_run(c, "alert tin.md goi xa.key"), 1);
    cli_said(c, "tin.md: is not there");
    write_beside(c, "tin.md", "Coi chừng!\n");
    assert_int_equal(cli_run(c, "alert tin.md goi xa.key"), 1);
    cli_said(c, "tin.md:1: no front matter");
    write_beside(c, "tin.md", ALERT);
    assert_int_equal(
        cli_run_under(c, "sed -i s/phat-b01/phat/ tin.md;", "alert tin.md goi xa.key"),
        1);
    cli_said(c, "write a word for the alert, then -b01");
    write_beside(c, "tin.md", ALERT);
    assert_int_equal(cli_run_under(c, "sed -i s/khoa.svg/la.svg/ tin.md;",
                                   "alert tin.md goi xa.key"),
                     1);
    cli_said(c, "picture la.svg is not there");
    write_beside(c, "tin.md", ALERT);
    assert_int_equal(cli_run(c, "alert tin.md goi xa.key --until 2020-01-01"), 64);
    cli_said(c, "--until: not a day to come");
}

static void test_coverage_counts_each_lesson_and_the_framework(void **state)
{
    enum { TEXTS = 16, DRAFT, UNLISTED, RECORDED_VI };
    static const char voices[] =
        "key,text,speaker,date,dialect,consent,state\n"
        "7df3d93806d5212b,Giữ kín mã,A,2026-11-01,QN,1,recorded\n"
        "343963afc51ada8b,Biết từ chối khi có người hỏi mã.,,,,,draft\n"
        "0123456789abcdef,Câu cũ,A,2026-11-01,QN,1,recorded\n";
    struct cli *c = *state;

    assert_int_equal(cli_run(c, "coverage content --today 2026-11-01"), 0);
    cli_said(c, "lesson\ttitle\tframework\tpractices\tquestions\tsingle\ttrue-false\t");
    cli_said(c,
             "\tpictures\ttexts\tdraft\tunlisted\trecorded_vi\tshared_percent\tshared_"
             "with\n");
    cli_said(c, "\nm01-b01\tGiữ kín mã\tD4\t1\t3\t1\t1\t1\t0\t0\t0\t0\t0\t0\t0\t");
    cli_said(c, "\ntotal\t1 lessons\t\t1\t3\t");
    assert_true(covered(c, TEXTS) > 20);
    assert_int_equal(covered(c, UNLISTED), covered(c, TEXTS));
    assert_int_equal(cli_run_under(c, "mkdir content/voice;", "lint content"), 0);
    tree_write(tree_path(&c->t, "voice/manifest.csv"), voices, strlen(voices));
    assert_int_equal(cli_run(c, "coverage content --today 2026-11-01"), 0);
    assert_int_equal(covered(c, RECORDED_VI), 1);
    assert_int_equal(covered(c, DRAFT), 1);
    assert_int_equal(covered(c, UNLISTED), covered(c, TEXTS) - 2);
}

static void test_coverage_names_what_no_lesson_covers(void **state)
{
    struct cli *c = *state;

    assert_int_equal(cli_run(c, "coverage content --today 2026-11-01"), 0);
    cli_said(c, "\nuncovered\tD0\t0\n");
    cli_said(c, "\ncovered\tD4\t1\n");
    tree_replace(&c->t, TREE_LESSON, "framework: [", "framework: [D0, X9, ");
    assert_int_equal(cli_run(c, "coverage content --today 2026-11-01"), 0);
    cli_said(c, "\nm01-b01\tGiữ kín mã\tD0 X9 D4\t");
    cli_said(c, "\ncovered\tD0\t1\n");
    cli_said(c, "\nuncovered\tK2\t0\n");
    cli_said(c, "\nunknown\tX9\tm01-b01\n");
}

static void test_questions_go_out_and_come_back(void **state)
{
    struct cli *c = *state;

    assert_int_equal(
        cli_run(c, "export content 2>losses >quiz.gift; cat quiz.gift losses"), 0);
    cli_said(c, "$CATEGORY: m01 ");
    cli_said(c, "warning: m01-b01-q1: ");
    assert_int_equal(cli_run(c, "import --format gift quiz.gift"), 0);
    cli_said(c, "```gift\n// $CATEGORY m01 ");
    cli_said(c, "::m01-b01-q1::");
    cli_said(c, "questions carried");
    assert_int_equal(cli_run(c, "export --format moodlexml content"), 0);
    cli_said(c, "<question type=\"category\">");
    cli_said(c, "</quiz>\n");
    assert_int_equal(
        cli_run(c, "export --format moodlexml content 2>losses >quiz.xml; cat losses"),
        0);
    assert_int_equal(cli_run(c, "import --format moodlexml quiz.xml"), 0);
    cli_said(c, "```gift\n// $CATEGORY m01 ");
    cli_said(c, "::m01-b01-q1::");
    cli_said(c, "questions carried");
    tree_replace(&c->t, TREE_LESSON, "minutes: 5", "minuten: 5");
    assert_int_equal(cli_run(c, "export content"), 1);
    cli_said(c, "content: not exported: mend the lines above");
}

static void test_files_that_are_no_questions_are_refused_within_bounds(void **state)
{
    struct cli *c = *state;

    assert_int_equal(cli_run_under(c, "head -c 10000000 /dev/zero | tr '\\0' a >long;",
                                   "import long"),
                     1);
    cli_said(c, "long:1: unreadable or larger than 1024 KiB: refused, cut it in two\n");
    cli_said(c, "0 questions carried\n");
    assert_int_equal(cli_run_under(c, "printf 'a {T}\\n\\0' >nul;", "import nul"), 1);
    cli_said(c, "nul:2: not valid UTF-8 text");
    assert_int_equal(cli_run_under(c, "mkdir folder;", "import folder"), 1);
    cli_said(c, "folder:1: unreadable");
    assert_int_equal(cli_run_under(c, "echo '<!DOCTYPE quiz><quiz/>' >type;",
                                   "import --format moodlexml type"),
                     1);
    cli_said(c, "type:1: a document type (<!DOCTYPE): the file was refused");
    assert_int_equal(cli_run(c, "import --format moodlexml long"), 1);
    cli_said(c, "long:1: unreadable or larger than 1024 KiB: refused, cut it in two\n");
    assert_int_equal(
        cli_run_under(c, "echo 'Câu {=a ~b}' >one;", "import one --lesson m09-b03"), 0);
    cli_said(c, "::m09-b03-q1:: Câu {\n");
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
    { "questions that are not there", "import nothing", 1, "nothing:1: is not there" },
    { "a format that is none", "export content --format pdf", 64,
      "--format: not known" },
    { "Moodle XML that is none", "import content/pack.yaml --format moodlexml", 1,
      "content/pack.yaml:1: no XML, or damaged" },
    { "a lesson that is none", "import x --lesson 'A b'", 64, "--lesson: not an id" },
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

    cli_setup(&made);
    c = made;
    assert_int_equal(cli_run(c, r->words), r->code);
    cli_said(c, r->said);
    if (r->code == 64)
        assert_int_equal(strncmp(c->said, "bdhvs-pack: ", strlen("bdhvs-pack: ")), 0);
    cli_teardown(&made);
}

static void test_help_and_version(void **state)
{
    struct cli *c = *state;

    assert_int_equal(cli_run(c, "--help"), 0);
    cli_said(c, "lint SRC");
    assert_int_equal(cli_run(c, "--version"), 0);
    cli_said(c, "bdhvs-pack ");
}

#define FRESH(test) cmocka_unit_test_setup_teardown(test, cli_setup, cli_teardown)

int main(void)
{
    const struct CMUnitTest fresh[] = {
        FRESH(test_an_author_builds_signs_and_verifies),
        FRESH(test_texts_are_given_a_voice_and_listed),
        FRESH(test_a_problem_stops_the_build_and_leaves_the_old_pack),
        FRESH(test_verify_names_a_damaged_picture),
        FRESH(test_a_full_disk_leaves_the_old_pack_whole),
        FRESH(test_a_build_that_was_killed_is_made_whole_by_the_next),
        FRESH(test_facts_lists_what_is_due_and_what_is_soon),
        FRESH(test_facts_lists_what_lessons_and_list_do_not_share),
        FRESH(test_an_alert_is_built_and_signed_at_once),
        FRESH(test_an_alert_that_is_not_whole_is_refused),
        FRESH(test_coverage_counts_each_lesson_and_the_framework),
        FRESH(test_coverage_names_what_no_lesson_covers),
        FRESH(test_questions_go_out_and_come_back),
        FRESH(test_files_that_are_no_questions_are_refused_within_bounds),
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
