/* A commune says things in its own way without touching the content. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/check.h"
#include "base/file.h"
#include "items/items.h"
#include "lint.h"
#include "report.h"
#include "source.h"
#include "tree.h"

#define HEAD "file,from,to\n"

struct fixture {
    struct tree t;
    const char *overlay;
    struct report report;
    struct source s;
};

static int setup(void **state)
{
    struct fixture *f = check_alloc(sizeof(*f));

    *f = (struct fixture){ 0 };
    tree_make(&f->t);
    report_init(&f->report);
    f->overlay = arena_printf(&f->t.arena, "%s/xa", f->t.root);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    source_finish(&f->s);
    report_finish(&f->report);
    tree_remove(&f->t);
    free(f);
    return 0;
}

/* Makes its folders too. */
static void over(struct fixture *f, const char *name, const char *text)
{
    char *path = arena_printf(&f->t.arena, "%s/%s", f->overlay, name);

    for (char *c = path + strlen(f->t.root) + 1; (c = strchr(c, '/')); c++) {
        *c = '\0';
        assert_int_equal(file_make_folder(path), ERR_OK);
        *c = '/';
    }
    tree_write(path, text, strlen(text));
}

static void read_tree(struct fixture *f)
{
    assert_int_equal(source_read_over(f->t.content, f->overlay, 0, &f->report, &f->s),
                     ERR_OK);
    lint_source(&f->s, items_table, &f->report);
}

static void reads_well(struct fixture *f)
{
    read_tree(f);
    if (f->report.n_problems)
        fail_msg("%s", buf_text(&f->report.lines));
}

static void said(const struct fixture *f, const char *want)
{
    if (!strstr(buf_text(&f->report.lines), want))
        fail_msg("wanted “%s” in “%s”", want, buf_text(&f->report.lines));
}

static void test_words_are_exchanged(void **state)
{
    struct fixture *f = *state;

    over(f, "replace.csv",
         HEAD TREE_LESSON ",Mã như chìa khóa.,Mã như cái rựa.\n" TREE_LESSON
                          ",\"Ai có mã là lấy được tiền.\",\"Có mã, là có tiền.\"\n");
    reads_well(f);
    assert_string_equal(f->s.modules[0].lessons[0].cards[0].text.text,
                        "Mã như cái rựa. Có mã, là có tiền.");
    /* … everywhere in the file: the second row stands in an answer too */
    assert_string_equal(f->s.modules[0].lessons[0].items[0].options[0].feedback,
                        "Có mã, là có tiền.");
}

static void test_a_row_that_finds_nothing_is_named(void **state)
{
    struct fixture *f = *state;

    over(f, "replace.csv", HEAD TREE_LESSON ",Câu không có,Câu khác\n");
    read_tree(f);
    said(f, "/xa/replace.csv:2: “Câu không có” is not in " TREE_LESSON);
}

static void test_a_file_takes_the_place_of_another(void **state)
{
    static const char module[] = "id: m01\ntitle: Phần của xã\noutcome: Sau phần này, "
                                 "{xh} biết giữ mã.\npicture: khoa.svg\n";
    struct fixture *f = *state;
    const char *picture;

    over(f, "m01-one/module.yaml", module);
    over(f, "art/khoa.svg",
         "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"/>\n");
    reads_well(f);
    assert_string_equal(f->s.modules[0].front.title, "Phần của xã");
    picture = source_find_picture(&f->s, f->s.modules[0].folder, "khoa.svg");
    assert_string_equal(picture,
                        arena_printf(&f->t.arena, "%s/art/khoa.svg", f->overlay));
    picture = source_find_picture(&f->s, f->s.modules[0].lessons[0].folder, "tay.svg");
    assert_non_null(strstr(picture, "/content/"));
}

static void test_a_lesson_may_stand_in_the_overlay_alone(void **state)
{
    struct fixture *f = *state;
    size_t n;
    char *lesson;

    lesson = tree_read(&f->t, tree_path(&f->t, TREE_LESSON), &n);
    over(f, "m01-one/b02-second/lesson.md", lesson);
    over(f, "replace.csv",
         HEAD "m01-one/b02-second/lesson.md,m01-b01,m01-b02\n"
              "m01-one/b02-second/lesson.md,\"[short, full]\",[full]\n");
    over(f, "m01-one/b02-second/tay.svg",
         "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"/>\n");
    reads_well(f);
    assert_int_equal(f->s.modules[0].n_lessons, 2);
    assert_string_equal(f->s.modules[0].lessons[1].front.id, "m01-b02");
}

/* What the exchange made is held to the rules like anything that was written. */
static void test_the_exchanged_text_is_checked(void **state)
{
    struct fixture *f = *state;

    over(f, "replace.csv",
         HEAD TREE_LESSON ",Mã như chìa khóa.,Bấm vào link này ngay.\n");
    read_tree(f);
    said(f, "says “link”");
}

static void test_a_list_of_another_form_is_refused(void **state)
{
    struct fixture *f = *state;

    over(f, "replace.csv", "tep,cu,moi\na,b,c\n");
    read_tree(f);
    said(f, "replace.csv:1: the head line: write file,from,to");
}

static void test_an_empty_search_is_refused(void **state)
{
    struct fixture *f = *state;

    over(f, "replace.csv", HEAD TREE_LESSON ",,x\n");
    read_tree(f);
    said(f, "replace.csv:2: without a file or without words to look for");
}

static void test_an_overlay_that_is_not_there_is_named(void **state)
{
    struct fixture *f = *state;

    read_tree(f);
    said(f, "/xa:1: is no folder: name the overlay");
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(test_words_are_exchanged),
        EACH(test_a_row_that_finds_nothing_is_named),
        EACH(test_a_file_takes_the_place_of_another),
        EACH(test_a_lesson_may_stand_in_the_overlay_alone),
        EACH(test_the_exchanged_text_is_checked),
        EACH(test_a_list_of_another_form_is_refused),
        EACH(test_an_empty_search_is_refused),
        EACH(test_an_overlay_that_is_not_there_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
