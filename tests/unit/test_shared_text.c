/* A lesson written twice is found, whatever its marks; two stories are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/file.h"
#include "items/items.h"
#include "lint.h"
#include "report.h"
#include "shared_text.h"
#include "source.h"
#include "tree.h"

#define SECOND_FOLDER "m01-one/b02-second"
#define SECOND SECOND_FOLDER "/lesson.md"

static const char other_story[] =
    "---\nid: m01-b02\ntitle: Gọi cho con\noutcome: Tự gọi được.\nminutes: 5\n"
    "framework: [D2]\npath: [full]\n---\n\n# Nhớ con\n\nTối nào bà cũng nhớ con ở "
    "xa.\n\n"
    "# Chọn tên\n\nMỗi người một tên trong danh bạ.\n\n# Nhớ\n\nChạm tên là gọi "
    "được.\n";

struct fixture {
    struct tree t;
    struct source s;
    struct report report;
    struct shared_text shared;
};

static int setup(void **state)
{
    struct fixture *f = check_alloc(sizeof(*f));

    *f = (struct fixture){ 0 };
    tree_make(&f->t);
    report_init(&f->report);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    shared_text_finish(&f->shared);
    source_finish(&f->s);
    report_finish(&f->report);
    tree_remove(&f->t);
    free(f);
    return 0;
}

static void write_second(struct fixture *f, const char *lesson, size_t n)
{
    assert_int_equal(file_make_folder(tree_path(&f->t, SECOND_FOLDER)), ERR_OK);
    tree_write(tree_path(&f->t, SECOND), lesson, n);
}

static void copy_first(struct fixture *f)
{
    size_t n;
    char *bytes = tree_read(&f->t, tree_path(&f->t, TREE_LESSON), &n);

    write_second(f, bytes, n);
}

static void measure(struct fixture *f)
{
    assert_int_equal(source_read(f->t.content, 0, &f->report, &f->s), ERR_OK);
    shared_text_measure(&f->s, &f->shared);
}

static void test_a_lesson_alone_shares_nothing(void **state)
{
    struct fixture *f = *state;

    measure(f);
    assert_int_equal(f->shared.n, 1);
    assert_null(f->shared.rows[0].with);
    assert_int_equal(f->shared.rows[0].percent, 0);
}

static void test_two_stories_share_little(void **state)
{
    struct fixture *f = *state;

    write_second(f, other_story, strlen(other_story));
    measure(f);
    assert_int_equal(f->shared.n, 2);
    assert_in_range(f->shared.rows[1].percent, 0, 10);
}

static void test_a_copy_is_found_whatever_its_marks(void **state)
{
    struct fixture *f = *state;

    copy_first(f);
    tree_replace(&f->t, SECOND, "Mã như chìa khóa. Ai có mã",
                 "MA, nhu chia khoa: ai co ma");
    measure(f);
    assert_int_equal(f->shared.n, 2);
    assert_int_equal(f->shared.rows[0].percent, 100);
    assert_ptr_equal(f->shared.rows[0].with, f->shared.rows[1].lesson);
    assert_ptr_equal(f->shared.rows[1].with, f->shared.rows[0].lesson);
}

/* One word of a sentence changed: the runs over that word are gone, the rest stays. */
static void test_a_copy_with_some_words_changed_is_found(void **state)
{
    struct fixture *f = *state;

    copy_first(f);
    tree_replace(&f->t, SECOND, "lấy được tiền", "mở được nhà");
    tree_replace(&f->t, SECOND, "Công an không bao giờ", "Nhà mình chẳng khi nào");
    measure(f);
    assert_in_range(f->shared.rows[0].percent, SHARED_TEXT_MAX_PERCENT + 1, 99);
}

static void test_lint_warns_of_a_copy(void **state)
{
    struct fixture *f = *state;

    copy_first(f);
    assert_int_equal(source_read(f->t.content, 0, &f->report, &f->s), ERR_OK);
    lint_source(&f->s, items_table, &f->report);
    assert_non_null(
        strstr(buf_text(&f->report.lines), "warning: 100 % of the text is also in"));
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(test_a_lesson_alone_shares_nothing),
        EACH(test_two_stories_share_little),
        EACH(test_a_copy_is_found_whatever_its_marks),
        EACH(test_a_copy_with_some_words_changed_is_found),
        EACH(test_lint_warns_of_a_copy),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
