/* Updates of the program that come from the server: a good one in pieces and through cuts, what a
 * hostile server may try, and which of two counts. */
#include "cmocka_all.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/updates.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/hash.h"
#include "update_made.h"
#include "wire/program.h"

#define PATH_BYTES 512
#define LARGE 1300000 /* three pieces */
#define FILE_MAX 4000000
#define ANSWERS_MAX 200

struct place {
    char dir[64], server[96], data[96], state[96], key[128], pub[160];
    struct updates *u;
    struct update_wish wish;
    char list[HASH_SHA256_HEX], signature[HASH_SHA256_HEX];
    struct arena arena;
    size_t answers;    /* that were given since the last offer */
    size_t bytes;      /* in them */
    size_t cut_after;  /* bytes; 0: nothing is cut */
    const char *spoil; /* file whose bytes are changed on the way; NULL: none */
};

static void open_updates(struct place *at)
{
    updates_destroy(at->u);
    at->u = updates_create(at->data, at->state, at->pub);
    (void)updates_tick(at->u, NULL);
}

static int setup(void **state)
{
    struct place *at = check_alloc(sizeof(*at));

    *at = (struct place){ .dir = "/tmp/bdhvs-updates-XXXXXX" };
    assert_non_null(mkdtemp(at->dir));
    snprintf(at->server, sizeof(at->server), "%s/server", at->dir);
    snprintf(at->data, sizeof(at->data), "%s/data", at->dir);
    snprintf(at->state, sizeof(at->state), "%s/state", at->dir);
    snprintf(at->key, sizeof(at->key), "%s/key", at->dir);
    snprintf(at->pub, sizeof(at->pub), "%s.pub", at->key);
    at->wish = (struct update_wish){
        .key = at->key, .ver = 9, .version = "0.9.0", .n_bytes = LARGE
    };
    assert_int_equal(file_make_folder(at->state), ERR_OK);
    *state = at;
    return 0;
}

static int teardown(void **state)
{
    struct place *at = *state;
    char command[128];

    updates_destroy(at->u);
    snprintf(command, sizeof(command), "rm -rf %s", at->dir);
    if (system(command))
        return 1;
    arena_finish(&at->arena);
    free(at);
    return 0;
}

static const char *in(struct place *at, const char *folder, const char *name)
{
    return arena_printf(&at->arena, "%s/%s", folder, name);
}

/* --- the server ----------------------------------------------------------------------------- */

static void hash_of(const char *path, char out[HASH_SHA256_HEX], struct buf *bytes)
{
    buf_init(bytes, FILE_MAX);
    assert_int_equal(file_read(path, bytes), ERR_OK);
    hash_sha256_hex(buf_text(bytes), bytes->len, out);
}

static void hash_small(struct place *at, const char *name, char out[HASH_SHA256_HEX])
{
    struct buf bytes;

    hash_of(in(at, at->server, name), out, &bytes);
    buf_finish(&bytes);
}

/* An update for this very machine, unless the wish says another. */
static void make(struct place *at)
{
    char *system;

    if (!at->wish.suite) { /* the key must be there before the kiosk is */
        struct update_wish first = at->wish;

        first.suite = first.arch = first.version = "0";
        update_make(at->server, &first);
        open_updates(at);
        assert_non_null(updates_system(at->u));
        system = arena_strdup(&at->arena, updates_system(at->u));
        at->wish.arch = strrchr(system, '-') + 1;
        system[strlen(system) - strlen(at->wish.arch) - 1] = 0;
        at->wish.suite = system;
    }
    update_make(at->server, &at->wish);
    hash_small(at, PROGRAM_LIST_FILE, at->list);
    hash_small(at, PROGRAM_SIGNATURE_FILE, at->signature);
}

static void offer(struct place *at)
{
    at->answers = at->bytes = 0;
    updates_offer(at->u, at->wish.ver, at->wish.version, at->list, at->signature);
}

/* The file of that hash, by its name; NULL: none. */
static const char *name_of(struct place *at, const char *sha256, struct buf *bytes)
{
    char hash[HASH_SHA256_HEX];
    DIR *dir = opendir(at->server);
    struct dirent *e;
    const char *name = NULL;

    while (!name && (e = readdir(dir))) {
        if (*e->d_name == '.')
            continue;
        hash_of(in(at, at->server, e->d_name), hash, bytes);
        if (!strcmp(hash, sha256))
            name = arena_strdup(&at->arena, e->d_name);
        else
            buf_finish(bytes);
    }
    closedir(dir);
    return name;
}

/* As our server and libcurl answer it. False: the network went. */
static bool answer(struct place *at, const struct fetch_file *want)
{
    static const char route[] = "/v1/programs/";
    struct buf bytes;
    const char *name;
    size_t n;
    bool cut;

    at->answers++;
    assert_memory_equal(want->path, route, sizeof(route) - 1);
    name = name_of(at, want->path + sizeof(route) - 1, &bytes);
    if (!name) {
        updates_not_there(at->u);
        return true;
    }
    if (at->spoil && !strcmp(name, at->spoil))
        bytes.data[bytes.len / 2] ^= 1;
    n = bytes.len - want->offset;
    if (n > want->max)
        n = want->max;
    cut = at->cut_after && at->bytes + n > at->cut_after;
    if (cut)
        n = at->cut_after - at->bytes;
    at->bytes += n;
    updates_came(at->u, bytes.data + want->offset, n, want->in_pieces, !cut);
    buf_finish(&bytes);
    return !cut;
}

/* Until nothing is wanted, or the network went. */
static void serve(struct place *at)
{
    struct fetch_file want;

    for (int i = 0; i < ANSWERS_MAX; i++) {
        while (updates_tick(at->u, NULL) == 0)
            ; /* as the loop does */
        if (updates_wanted(at->u, &want)) {
            if (!answer(at, &want))
                break;
        } else if (!updates_at_work(at->u)) {
            break;
        }
    }
    assert_true(at->answers < ANSWERS_MAX);
}

/* The next file, once what lies here was looked at. */
static void want_next(struct place *at, struct fetch_file *out)
{
    while (updates_tick(at->u, NULL) == 0 ||
           (!updates_wanted(at->u, out) && updates_at_work(at->u)))
        ;
    assert_true(updates_wanted(at->u, out));
}

static struct updates_status status_of(const struct place *at)
{
    struct updates_status st;

    updates_status(at->u, &st);
    return st;
}

static void has_come(struct place *at)
{
    char *bytes = update_bytes(&at->wish);
    char hash[HASH_SHA256_HEX], want[HASH_SHA256_HEX];
    struct updates_found found;
    struct buf large;

    assert_int_equal(status_of(at).incoming.ver, at->wish.ver);
    assert_int_equal(status_of(at).step, UPDATES_EMPTY);
    assert_int_equal(updates_look(at->u, in(at, at->data, "update/incoming"), &found),
                     UPDATES_FINE);
    assert_string_equal(found.version, at->wish.version);
    hash_of(arena_printf(&at->arena, "%s/update/incoming/" UPDATE_LARGE, at->data,
                         at->wish.version, at->wish.arch),
            hash, &large);
    hash_sha256_hex(bytes, at->wish.n_bytes, want);
    assert_string_equal(hash, want);
    assert_false(file_exists(in(at, at->data, "update/new")));
    buf_finish(&large);
    free(bytes);
}

static void has_not_come(struct place *at)
{
    assert_int_equal(status_of(at).incoming.ver, 0);
    assert_false(file_exists(in(at, at->data, "update/incoming/list.json")));
}

static void ended(struct place *at, const char *step, int64_t ver, int64_t floor)
{
    const char *text = arena_printf(
        &at->arena,
        "{\"step\":\"%s\",\"why\":\"fine\",\"ver\":%d,\"floor\":%d,\"seq\":1}", step,
        (int)ver, (int)floor);

    assert_int_equal(
        file_replace(in(at, at->state, "state.json"), text, strlen(text), 0600),
        ERR_OK);
}

/* --- a good one -------------------------------------------------------------------------------- */

static void test_it_comes_in_pieces_and_waits(void **state)
{
    struct place *at = *state;

    make(at);
    offer(at);
    assert_int_equal(status_of(at).step, UPDATES_FETCHING);
    serve(at);
    has_come(at);
    assert_int_equal(at->answers, 6); /* signature, list, small, three pieces */
    assert_false(status_of(at).asked);
    offer(at); /* the next ack says the same */
    serve(at);
    assert_int_equal(at->answers, 0);
    open_updates(at); /* after a power cut it waits still */
    has_come(at);
}

static void test_a_cut_loses_no_byte_that_came(void **state)
{
    struct place *at = *state;
    size_t all, again = 0;

    make(at);
    offer(at);
    serve(at);
    all = at->bytes;
    for (at->cut_after = 1; at->cut_after < all; at->cut_after += 99991) {
        assert_int_equal(updates_forget_incoming(at->u), ERR_OK);
        offer(at);
        serve(at);
        has_not_come(at);
        again = at->bytes;
        if (at->cut_after % 2)
            open_updates(at); /* the power went, too */
        size_t keep = at->cut_after;

        at->cut_after = 0;
        offer(at);
        serve(at);
        has_come(at);
        at->cut_after = keep;
        /* but for the small files, which begin anew */
        assert_true(again + at->bytes <= all + 2000);
    }
}

static void test_what_an_earlier_try_spoilt_is_fetched_anew(void **state)
{
    struct place *at = *state;
    const char *part;
    int fd;

    make(at);
    offer(at);
    at->cut_after = 900000;
    serve(at);
    part = arena_printf(&at->arena, "%s/update/new/" UPDATE_LARGE ".part", at->data,
                        at->wish.version, at->wish.arch);
    fd = open(part, O_WRONLY);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, "zeros", 5, 1000), 5);
    close(fd);
    open_updates(at);
    at->cut_after = 0;
    offer(at);
    serve(at);
    has_come(at);
}

static void test_a_newer_offer_takes_the_place_of_the_one_under_way(void **state)
{
    struct place *at = *state;
    struct dirent *e;
    size_t n = 0;
    DIR *dir;

    make(at);
    offer(at);
    at->cut_after = 700000;
    serve(at);
    at->wish.ver = 10;
    at->wish.version = "0.10.0";
    make(at);
    at->cut_after = 0;
    offer(at);
    serve(at);
    has_come(at);
    dir = opendir(in(at, at->data, "update/incoming"));
    while ((e = readdir(dir)))
        n += *e->d_name != '.';
    closedir(dir);
    assert_int_equal(n, 4); /* nothing of 0.9.0 */
}

static void test_an_answer_for_another_offer_is_dropped(void **state)
{
    struct place *at = *state;
    struct fetch_file want;
    char list[HASH_SHA256_HEX];

    make(at);
    offer(at);
    assert_true(updates_wanted(at->u, &want));
    memcpy(list, at->list, sizeof(list));
    at->wish.ver = 10;
    at->wish.version = "0.10.0";
    make(at);
    offer(at);
    updates_came(at->u, "x", 1, false, true);
    updates_too_large(at->u);
    updates_not_there(at->u);
    assert_int_equal(status_of(at).step, UPDATES_FETCHING);
    serve(at);
    has_come(at);
}

/* --- a hostile server ------------------------------------------------------------------------------ */

static void test_nothing_of_a_hostile_server_is_taken(void **state)
{
    static const struct {
        const char *name, *spoil;
        const char *key;
        const char *suite;
        int64_t ver, floor;
        enum updates_why why;
    } rows[] = {
        { "a package is changed", "bdhvs-content_0.9.0_all.deb", NULL, NULL, 9, 0,
          UPDATES_BROKEN },
        { "the list is changed", "list.json", NULL, NULL, 9, 0, UPDATES_BROKEN },
        { "the signature is changed", "list.json.minisig", NULL, NULL, 9, 0,
          UPDATES_BROKEN },
        { "another key", NULL, "other", NULL, 9, 0, UPDATES_SIGNATURE },
        { "another Debian", NULL, NULL, "sid", 9, 0, UPDATES_OTHER_KIND },
        { "older than it says", NULL, NULL, NULL, 5, 7, UPDATES_OLDER },
    };
    struct place *at = *state;
    struct updates_status st;

    make(at);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct update_wish good = at->wish;

        print_message("%s\n", rows[i].name);
        ended(at, "kept", 1, rows[i].floor);
        open_updates(at);
        at->wish.key = rows[i].key ? in(at, at->dir, rows[i].key) : good.key;
        at->wish.suite = rows[i].suite ? rows[i].suite : good.suite;
        at->wish.ver = rows[i].ver;
        at->spoil = rows[i].spoil;
        make(at);
        at->wish.ver = 9;
        offer(at);
        serve(at);
        st = status_of(at);
        assert_int_equal(st.step, UPDATES_FAILED_FETCH);
        assert_int_equal(st.why, rows[i].why);
        has_not_come(at);
        assert_false(file_exists(in(at, at->data, "update/new")));
        offer(at); /* not again by itself */
        serve(at);
        assert_int_equal(at->answers, 0);
        at->wish = good;
        at->spoil = NULL;
    }
}

static void test_more_or_fewer_bytes_than_promised_are_refused(void **state)
{
    struct place *at = *state;
    struct fetch_file want;
    char *bytes = check_alloc(2 * LARGE);

    make(at);
    offer(at);
    at->cut_after = 600000;
    serve(at);
    at->cut_after = 0;
    open_updates(at);
    offer(at);
    want_next(at, &want);
    assert_true(want.in_pieces);
    updates_came(at->u, bytes, 2 * LARGE, true, true);
    assert_int_equal(status_of(at).why, UPDATES_BROKEN);
    open_updates(at);
    at->wish.version = "0.9.1";
    make(at);
    offer(at);
    at->cut_after = 600000;
    serve(at);
    want_next(at, &want);
    updates_came(at->u, bytes, 7, true, true); /* drips */
    assert_int_equal(status_of(at).why, UPDATES_BROKEN);
    free(bytes);
}

static void test_what_the_server_has_no_more_ends_the_try(void **state)
{
    struct place *at = *state;

    make(at);
    offer(at);
    at->cut_after = 700000;
    serve(at);
    at->cut_after = 0;
    unlink(in(at, at->server,
              arena_printf(&at->arena, UPDATE_LARGE, at->wish.version, at->wish.arch)));
    serve(at);
    assert_int_equal(status_of(at).step, UPDATES_FAILED_FETCH);
    assert_int_equal(status_of(at).why, UPDATES_NOTHING);
    make(at); /* it is there again, and only the rest is fetched */
    offer(at);
    serve(at);
    has_come(at);
    assert_true(at->bytes < 700000);
}

/* --- room --------------------------------------------------------------------------------------------- */

static void fetch_on_a_full_disk(struct place *at)
{
    const struct rlimit limit = { 600000, 600000 };
    bool good;

    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit))
        _exit(255);
    offer(at);
    serve(at);
    good = status_of(at).why == UPDATES_SPACE && !status_of(at).incoming.ver &&
           !file_exists(in(at, at->data, "update/new"));
    _exit(good ? 0 : 1);
}

static void test_a_full_disk_ends_the_try_and_gives_the_room_back(void **state)
{
    struct place *at = *state;
    int status;
    pid_t child;

    make(at);
    child = fork();
    if (!child)
        fetch_on_a_full_disk(at);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    open_updates(at);
    offer(at); /* room was made: space is no reason for ever */
    serve(at);
    has_come(at);
}

/* --- which counts ------------------------------------------------------------------------------------ */

static void test_what_was_refused_or_went_back_is_not_fetched(void **state)
{
    static const struct {
        const char *step;
        int64_t ver, floor;
        bool fetched;
    } rows[] = {
        { "back", 9, 0, false },   { "refused", 9, 0, false }, { "kept", 9, 9, false },
        { "trying", 9, 0, false }, { "kept", 12, 12, false },  { "back", 8, 0, true },
        { "refused", 8, 0, true }, { "kept", 8, 8, true },
    };
    struct place *at = *state;

    make(at);
    for (size_t i = 0; i < COUNT(rows); i++) {
        ended(at, rows[i].step, rows[i].ver, rows[i].floor);
        open_updates(at);
        offer(at);
        serve(at);
        assert_int_equal(status_of(at).incoming.ver, rows[i].fetched ? 9 : 0);
        assert_int_equal(updates_forget_incoming(at->u), ERR_OK);
    }
}

/* It is shown before its list was verified. */
static void test_a_version_that_is_none_is_not_shown(void **state)
{
    struct place *at = *state;

    make(at);
    updates_offer(at->u, 9, "\xE1\xBB\x9D <b>0.9.0</b> and more than thirty-two bytes",
                  at->list, at->signature);
    assert_string_equal(status_of(at).coming, "?");
}

static void test_a_half_of_an_earlier_process_does_not_stay_for_ever(void **state)
{
    struct place *at = *state;

    make(at);
    offer(at);
    at->cut_after = 700000;
    serve(at);
    assert_true(file_exists(in(at, at->data, "update/new")));
    open_updates(at);
    updates_offer(at->u, 0, NULL, NULL, NULL);
    assert_false(file_exists(in(at, at->data, "update/new")));
    at->cut_after = 0;
    offer(at);
    at->cut_after = 700000;
    serve(at);
    ended(at, "kept", 12, 12); /* a stick was newer */
    open_updates(at);
    offer(at);
    assert_false(file_exists(in(at, at->data, "update/new")));
}

static void test_an_offer_that_ends_takes_back_what_nobody_asked_for(void **state)
{
    struct place *at = *state;

    make(at);
    offer(at);
    serve(at);
    updates_offer(at->u, 0, NULL, NULL, NULL);
    has_not_come(at);
    assert_false(file_exists(in(at, at->data, "update/incoming")));
    offer(at);
    serve(at);
    assert_int_equal(updates_ask(at->u), ERR_OK);
    updates_offer(at->u, 0, NULL, NULL, NULL); /* bdhvs-update may be reading it */
    has_come(at);
}

static void test_what_runs_by_now_is_tidied_away(void **state)
{
    struct place *at = *state;

    make(at);
    offer(at);
    serve(at);
    ended(at, "kept", 9, 9);
    open_updates(at);
    assert_int_equal(status_of(at).incoming.ver, 0);
    assert_false(file_exists(in(at, at->data, "update/incoming")));
}

static void test_without_a_program_key_nothing_is_taken(void **state)
{
    struct place *at = *state;
    struct fetch_file want;

    make(at);
    unlink(at->pub);
    open_updates(at);
    assert_null(updates_system(at->u));
    offer(at);
    assert_false(updates_wanted(at->u, &want));
}

#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PLACE(test_it_comes_in_pieces_and_waits),
        IN_PLACE(test_a_cut_loses_no_byte_that_came),
        IN_PLACE(test_what_an_earlier_try_spoilt_is_fetched_anew),
        IN_PLACE(test_a_newer_offer_takes_the_place_of_the_one_under_way),
        IN_PLACE(test_an_answer_for_another_offer_is_dropped),
        IN_PLACE(test_nothing_of_a_hostile_server_is_taken),
        IN_PLACE(test_more_or_fewer_bytes_than_promised_are_refused),
        IN_PLACE(test_what_the_server_has_no_more_ends_the_try),
        IN_PLACE(test_a_full_disk_ends_the_try_and_gives_the_room_back),
        IN_PLACE(test_what_was_refused_or_went_back_is_not_fetched),
        IN_PLACE(test_a_version_that_is_none_is_not_shown),
        IN_PLACE(test_a_half_of_an_earlier_process_does_not_stay_for_ever),
        IN_PLACE(test_an_offer_that_ends_takes_back_what_nobody_asked_for),
        IN_PLACE(test_what_runs_by_now_is_tidied_away),
        IN_PLACE(test_without_a_program_key_nothing_is_taken),
    };

    hash_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
