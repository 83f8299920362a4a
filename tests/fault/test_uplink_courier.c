/* The USB stick: the same bytes as over HTTP, and a stick that means harm. */
#include "../unit/cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/hash.h"
#include "kiosk_and_server.h"

static void path_on_stick(const struct kiosk *k, const char *rest, char out[256])
{
    snprintf(out, 256, "%s/stick/%s", k->dir, rest);
}

static int setup(void **state)
{
    char path[256];
    int rc = kiosk_setup(state);

    path_on_stick(*state, "", path);
    assert_int_equal(mkdir(path, 0700), 0);
    return rc;
}

static enum err carry(struct kiosk *k, struct uplink_courier *out)
{
    char stick[256];

    path_on_stick(k, "", stick);
    return uplink_courier(k->uplink, stick, out);
}

static void put_file(const struct kiosk *k, const char *name, const char *bytes,
                     size_t n)
{
    char path[256];

    path_on_stick(k, "BDHVS/in", path);
    assert_int_equal(file_make_folder(path), ERR_OK);
    path_on_stick(k, name, path);
    assert_int_equal(file_replace(path, bytes, n, 0644), ERR_OK);
}

static void get_file(const struct kiosk *k, const char *name, struct buf *out)
{
    char path[256];

    path_on_stick(k, name, path);
    buf_clear(out);
    assert_int_equal(file_read(path, out), ERR_OK);
}

/* The server imports the stick's bytes, as if they had come by HTTP: the kiosk sends
 * the kept bundle, the ack is lost on the way, and the stick brings it. */
static void import_into_server(struct kiosk *k)
{
    kiosk_behave(k, HANG_UP);
    assert_int_equal(kiosk_send(k), SYNC_CUT);
    kiosk_behave(k, HONEST);
}

static void test_the_stick_carries_the_bytes_that_http_sends(void **state)
{
    struct kiosk *k = *state;
    struct uplink_courier c;
    struct buf stick;
    struct buf head;
    struct buf body;
    struct stat st;
    char path[256];

    buf_init(&stick, JWS_BYTES_MAX);
    buf_init(&head, JWS_BYTES_MAX);
    buf_init(&body, JWS_BYTES_MAX);
    kiosk_complete(k, 3);
    assert_int_equal(carry(k, &c), ERR_OK);
    assert_int_equal(c.written, 1);
    assert_true(c.rows > 0);
    get_file(k, "BDHVS/out/k7f3a9c2e51b04d8-1.jws", &stick);
    path_on_stick(k, "BDHVS/out/k7f3a9c2e51b04d8-1.jws.new", path);
    assert_int_equal(stat(path, &st), -1); /* the temporary name is gone */
    import_into_server(k);
    loopback_last(k->loopback, &head, &body);
    assert_string_equal(buf_text(&stick), buf_text(&body));
    buf_finish(&stick);
    buf_finish(&head);
    buf_finish(&body);
}

static void test_an_ack_on_the_stick_is_as_good_as_one_by_http(void **state)
{
    struct kiosk *k = *state;
    struct uplink_courier c;

    kiosk_complete(k, 3);
    assert_int_equal(carry(k, &c), ERR_OK);
    import_into_server(k);
    assert_int_equal(kiosk_status(k).completions_only_here, 3);
    put_file(k, "BDHVS/in/k7f3a9c2e51b04d8-1.jws", k->server.ack,
             strlen(k->server.ack));
    assert_int_equal(carry(k, &c), ERR_OK);
    assert_int_equal(c.acks, 1);
    assert_int_equal(c.rows, 0); /* at most the time of the run is news */
    assert_int_equal(kiosk_status(k).completions_only_here, 0);
    assert_int_equal(server_completions(k), 3);
    /* The stick stays in: the old ack again and again changes nothing. */
    kiosk_complete(k, 1);
    assert_int_equal(carry(k, &c), ERR_OK);
    assert_int_equal(carry(k, &c), ERR_OK);
    assert_int_equal(kiosk_status(k).completions_only_here, 1);
    assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(kiosk_status(k).completions_only_here, 0);
    assert_int_equal(server_completions(k), 4);
}

static void test_an_ack_that_comes_late_still_counts(void **state)
{
    struct kiosk *k = *state;
    struct uplink_courier c;
    char late[65536];

    kiosk_complete(k, 2);
    import_into_server(k);
    snprintf(late, sizeof(late), "%s", k->server.ack);
    kiosk_behave(k, STATUS_400); /* the bundle is given up, its rows go into another */
    assert_int_equal(kiosk_send(k), SYNC_REFUSED);
    put_file(k, "BDHVS/in/late.jws", late, strlen(late));
    assert_int_equal(carry(k, &c), ERR_OK);
    assert_int_equal(c.acks, 1);
    assert_int_equal(kiosk_status(k).completions_only_here, 0);
}

static void test_a_bundle_that_the_stick_acked_is_not_refused_afterwards(void **state)
{
    struct kiosk *k = *state;
    struct uplink_courier c;
    struct buf kept;
    int64_t n = 0;

    kiosk_complete(k, 2);
    import_into_server(k); /* bundle 1; its ack goes by stick */
    put_file(k, "BDHVS/in/one.jws", k->server.ack, strlen(k->server.ack));
    kiosk_behave(k, STATUS_400);
    uplink_send_now(k->uplink);
    uplink_tick(k->uplink); /* bundle 1 again, on its way to be refused */
    assert_true(kiosk_status(k).sending);
    kiosk_complete(k, 1);
    assert_int_equal(carry(k, &c), ERR_OK);
    assert_int_equal(c.acks, 1);
    assert_int_equal(c.written, 1); /* bundle 2 */
    kiosk_settle(k);
    assert_int_equal(kiosk_status(k).refused, 0);
    buf_init(&kept, JWS_BYTES_MAX);
    assert_int_equal(outbox_kept(k->db, &n, &kept), ERR_OK);
    assert_int_equal(n, 2);
    buf_finish(&kept);
}

/* After months without a network more waits than one bundle may hold. */
static void test_one_trip_carries_everything_that_waits(void **state)
{
    struct kiosk *k = *state;
    struct uplink_courier first;
    struct uplink_courier second;

    kiosk_complete(k, 3);
    kiosk_behave(k, STATUS_413); /* the server wants ever smaller ones: down to a row */
    for (int i = 0; i < 9; i++)
        assert_int_equal(kiosk_send(k), SYNC_TOO_LARGE);
    assert_int_equal(carry(k, &first), ERR_OK);
    assert_true(first.written > 1);
    assert_int_equal(first.rows, kiosk_waiting(k));
    assert_int_equal(carry(k, &second),
                     ERR_OK); /* the first stick fell into a stream */
    assert_int_equal(second.rows, first.rows);
    kiosk_behave(k, HONEST);
    for (int64_t i = 0; i < first.rows && kiosk_waiting(k); i++)
        assert_int_equal(kiosk_send(k), SYNC_VERIFIED);
    assert_int_equal(kiosk_status(k).completions_only_here, 0);
    assert_int_equal(server_completions(k), 3);
}

static void test_what_is_not_for_us_is_ignored(void **state)
{
    struct kiosk *k = *state;
    struct uplink_courier c;
    struct buf big;
    char path[256];
    int64_t waiting;

    kiosk_complete(k, 2);
    kiosk_behave(k, WRONG_SIGNATURE);
    assert_int_equal(kiosk_send(k), SYNC_STRANGER);
    waiting = kiosk_waiting(k);
    put_file(k, "BDHVS/in/forged.jws", k->server.ack, strlen(k->server.ack));
    put_file(k, "BDHVS/in/empty.jws", "", 0);
    put_file(k, "BDHVS/in/page.jws", "<html></html>", 13);
    put_file(k, "BDHVS/in/setup.exe", "MZ", 2);
    put_file(k, "BDHVS/in/.hidden.jws", "x", 1);
    buf_init(&big, 2 * JWS_BYTES_MAX);
    for (size_t i = 0; i < JWS_BYTES_MAX + 1; i++)
        buf_char(&big, 'a');
    put_file(k, "BDHVS/in/big.jws", big.data, big.len);
    buf_finish(&big);
    path_on_stick(k, "BDHVS/in/pipe.jws", path);
    assert_int_equal(mkfifo(path, 0600), 0); /* opening it would wait for ever */
    path_on_stick(k, "BDHVS/in/folder.jws", path);
    assert_int_equal(mkdir(path, 0700), 0);
    path_on_stick(k, "BDHVS/in/link.jws", path);
    assert_int_equal(symlink("/etc/passwd", path), 0);

    assert_int_equal(carry(k, &c), ERR_OK);
    assert_int_equal(c.acks, 0);
    assert_int_equal(c.ignored, 7); /* those that are named as acks */
    assert_int_equal(kiosk_waiting(k), waiting);
}

static void test_a_pipe_in_the_way_of_a_bundle_makes_nobody_wait(void **state)
{
    struct kiosk *k = *state;
    struct uplink_courier c;
    char path[256];

    kiosk_complete(k, 1);
    path_on_stick(k, "BDHVS/out", path);
    assert_int_equal(file_make_folder(path), ERR_OK);
    path_on_stick(k, "BDHVS/out/k7f3a9c2e51b04d8-1.jws.new", path);
    assert_int_equal(mkfifo(path, 0644), 0);
    assert_int_not_equal(carry(k, &c), ERR_OK); /* and it returns */
    assert_int_equal(c.written, 0);
    path_on_stick(k, "BDHVS/out/k7f3a9c2e51b04d8-1.jws", path);
    assert_false(file_exists(path));
    path_on_stick(k, "BDHVS/out/k7f3a9c2e51b04d8-1.jws.new", path);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(carry(k, &c), ERR_OK);
    assert_int_equal(c.written, 1);
}

static void test_a_link_to_a_true_ack_is_not_followed(void **state)
{
    struct kiosk *k = *state;
    struct uplink_courier c;
    char target[256];
    char link_path[256];

    kiosk_complete(k, 2);
    import_into_server(k);
    put_file(k, "elsewhere.jws", k->server.ack, strlen(k->server.ack));
    path_on_stick(k, "elsewhere.jws", target);
    path_on_stick(k, "BDHVS/in/ack.jws", link_path);
    assert_int_equal(symlink(target, link_path), 0);
    assert_int_equal(carry(k, &c), ERR_OK);
    assert_int_equal(c.acks, 0);
    assert_int_equal(c.ignored, 1);
    assert_int_equal(kiosk_status(k).completions_only_here, 2);
}

static const struct folder_row {
    const char *name;
    const char *link; /* on the stick */
} folder_rows[] = {
    { "BDHVS that leads elsewhere is refused", "BDHVS" },
    { "so is in", "BDHVS/in" },
    { "so is out", "BDHVS/out" },
};

static void check_folder(void **state)
{
    const struct folder_row *r = *state;
    struct uplink_courier c;
    struct kiosk *k;
    char target[256];
    char base[256];
    char path[256];
    void *fixture;

    setup(&fixture);
    k = fixture;
    kiosk_complete(k, 1);
    snprintf(target, sizeof(target), "%s/target", k->dir);
    assert_int_equal(mkdir(target, 0700), 0);
    if (strcmp(r->link, "BDHVS")) {
        path_on_stick(k, "BDHVS", base);
        assert_int_equal(mkdir(base, 0700), 0);
    }
    path_on_stick(k, r->link, path);
    assert_int_equal(symlink(target, path), 0);
    assert_int_equal(carry(k, &c), ERR_REJECTED);
    assert_int_equal(c.written, 0);
    assert_int_equal(rmdir(target), 0); /* nothing was written there */
    kiosk_teardown(&fixture);
}

static void test_a_file_in_the_place_of_the_folder_is_refused(void **state)
{
    struct kiosk *k = *state;
    struct uplink_courier c;
    char path[256];

    path_on_stick(k, "BDHVS", path);
    assert_int_equal(file_replace(path, "x", 1, 0600), ERR_OK);
    assert_int_equal(carry(k, &c), ERR_REJECTED);
}

static void test_a_stick_that_is_not_there_is_an_error(void **state)
{
    struct kiosk *k = *state;
    struct uplink_courier c;
    char file[256];

    put_file(k, "file", "x", 1);
    path_on_stick(k, "file", file);
    assert_int_not_equal(uplink_courier(k->uplink, file, &c), ERR_OK);
    assert_int_equal(c.written, 0);
}

static void test_without_enrolment_there_is_nothing_to_carry(void **state)
{
    struct kiosk *k = *state;
    struct uplink_courier c;

    kiosk_complete(k, 1);
    assert_int_equal(uplink_courier(k->uplink, k->dir, &c), ERR_OFFLINE);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, setup, kiosk_teardown)

int main(void)
{
    static const struct CMUnitTest single[] = {
        WITH(test_the_stick_carries_the_bytes_that_http_sends),
        WITH(test_an_ack_on_the_stick_is_as_good_as_one_by_http),
        WITH(test_an_ack_that_comes_late_still_counts),
        WITH(test_a_bundle_that_the_stick_acked_is_not_refused_afterwards),
        WITH(test_one_trip_carries_everything_that_waits),
        WITH(test_what_is_not_for_us_is_ignored),
        WITH(test_a_pipe_in_the_way_of_a_bundle_makes_nobody_wait),
        WITH(test_a_link_to_a_true_ack_is_not_followed),
        WITH(test_a_file_in_the_place_of_the_folder_is_refused),
        WITH(test_a_stick_that_is_not_there_is_an_error),
        cmocka_unit_test_setup_teardown(
            test_without_enrolment_there_is_nothing_to_carry, kiosk_setup_unenrolled,
            kiosk_teardown),
    };
    struct CMUnitTest tests[COUNT(folder_rows) + COUNT(single)];

    memcpy(tests, single, sizeof(single));
    for (size_t i = 0; i < COUNT(folder_rows); i++)
        tests[COUNT(single) + i] =
            (struct CMUnitTest){ .name = folder_rows[i].name,
                                 .test_func = check_folder,
                                 .initial_state = (void *)&folder_rows[i] };
    hash_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
