/* The slot where two threads meet. */
#include "cmocka_all.h"

#include <pthread.h>

#include "sync/mailbox.h"

static void test_one_message_goes_out_and_comes_back(void **state)
{
    struct mailbox box;
    int first = 1;
    int second = 2;

    (void)state;
    mailbox_init(&box);
    assert_false(mailbox_busy(&box));
    assert_true(mailbox_put(&box, &first));
    assert_false(mailbox_put(&box, &second)); /* one at a time */
    assert_true(mailbox_busy(&box));
    assert_null(mailbox_take(&box)); /* not answered yet */
    assert_ptr_equal(mailbox_wait(&box), &first);
    assert_false(mailbox_put(&box, &second));
    assert_null(mailbox_take(&box));
    mailbox_reply(&box, &first);
    assert_false(mailbox_put(&box, &second)); /* first the answer is taken */
    assert_ptr_equal(mailbox_take(&box), &first);
    assert_null(mailbox_take(&box)); /* only once */
    assert_true(mailbox_put(&box, &second));
    assert_ptr_equal(mailbox_finish(&box), &second); /* nothing is forgotten */
}

static void test_a_stopped_box_takes_and_gives_nothing(void **state)
{
    struct mailbox box;
    int message = 1;

    (void)state;
    mailbox_init(&box);
    assert_true(mailbox_put(&box, &message));
    mailbox_stop(&box);
    assert_true(mailbox_stopping(&box));
    assert_null(mailbox_wait(&box));
    assert_ptr_equal(mailbox_finish(&box), &message);

    mailbox_init(&box);
    mailbox_stop(&box);
    assert_false(mailbox_put(&box, &message));
    assert_null(mailbox_finish(&box));
}

static void *echo(void *ctx)
{
    struct mailbox *box = ctx;
    int *message;

    while ((message = mailbox_wait(box)) != NULL) {
        ++*message;
        mailbox_reply(box, message);
    }
    return NULL;
}

static void test_a_thousand_messages_between_two_threads(void **state)
{
    struct mailbox box;
    pthread_t thread;
    int message = 0;

    (void)state;
    mailbox_init(&box);
    assert_int_equal(pthread_create(&thread, NULL, echo, &box), 0);
    for (int i = 0; i < 1000; i++) {
        int *back;

        assert_true(mailbox_put(&box, &message));
        do {
            back = mailbox_take(&box);
        } while (!back);
        assert_int_equal(*back, i + 1);
    }
    mailbox_stop(&box);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_null(mailbox_finish(&box));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_message_goes_out_and_comes_back),
        cmocka_unit_test(test_a_stopped_box_takes_and_gives_nothing),
        cmocka_unit_test(test_a_thousand_messages_between_two_threads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
