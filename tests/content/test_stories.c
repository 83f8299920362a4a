/* Each lesson tells a story of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report.h"
#include "shared_text.h"
#include "source.h"

static void test_no_two_lessons_share_their_text(void **state)
{
    struct shared_text shared;
    struct report report;
    struct source s;

    (void)state;
    report_init(&report);
    assert_int_equal(source_read(CONTENT, 0, &report, &s), ERR_OK);
    shared_text_measure(&s, &shared);
    assert_int_equal(shared.n, 61);
    for (size_t i = 0; i < shared.n; i++) {
        const struct shared_row *row = &shared.rows[i];

        assert_non_null(row->with);
        if (row->percent > SHARED_TEXT_MAX_PERCENT)
            fail_msg("%s: %d %% is also in %s", row->lesson->front.id, row->percent,
                     row->with->front.id);
    }
    shared_text_finish(&shared);
    report_finish(&report);
    source_finish(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_two_lessons_share_their_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
