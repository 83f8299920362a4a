/* Updates of the kiosks' program at the server: what is taken, what kiosks are told, how the files
 * go out, and the page. */
#include "cmocka_all.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"
#include "base/file.h"
#include "programs.h"
#include "routes.h"
#include "server_rig.h"
#include "settings.h"
#include "update_made.h"

#define PATH_BYTES 512
#define ANSWER_MAX 1048576

static void path_of(const struct rig *r, const char *name, char out[PATH_BYTES])
{
    snprintf(out, PATH_BYTES, "%s/%s", r->dir, name);
}

static void clear_folder(const char *path)
{
    DIR *dir = opendir(path);
    struct dirent *e;

    while (dir && (e = readdir(dir)))
        unlinkat(dirfd(dir), e->d_name, 0);
    if (dir)
        closedir(dir);
    rmdir(path);
}

static int setup(void **state)
{
    char path[PATH_BYTES];
    int err = rig_setup(state);
    struct rig *r = *state;

    path_of(r, "programs", path);
    programs_place(&r->server, path);
    return err;
}

static int teardown(void **state)
{
    static const char *const folders[] = { "in", "programs/objects", "programs" };
    static const char *const files[] = { "k.key", "k.pub", "other.key", "other.pub" };
    struct rig *r = *state;
    char path[PATH_BYTES];

    for (size_t i = 0; i < COUNT(folders); i++) {
        path_of(r, folders[i], path);
        clear_folder(path);
    }
    for (size_t i = 0; i < COUNT(files); i++) {
        path_of(r, files[i], path);
        unlink(path);
    }
    return rig_teardown(state);
}

static struct update_wish wish_of(struct rig *r, int64_t ver, const char *version)
{
    return (struct update_wish){ .key = arena_printf(&r->arena, "%s/k", r->dir),
                                 .ver = ver,
                                 .version = version,
                                 .suite = "bookworm",
                                 .arch = "arm64",
                                 .n_bytes = 100000 };
}

static enum err add(struct rig *r, const struct update_wish *w, const char **why)
{
    struct programs_offer offer;
    char path[PATH_BYTES];
    bool checked;

    path_of(r, "in", path);
    clear_folder(path);
    update_make(path, w);
    return programs_add(&r->server, path, &offer, &checked, why);
}

static size_t n_objects(const struct rig *r)
{
    char path[PATH_BYTES];
    struct dirent *e;
    size_t n = 0;
    DIR *dir;

    path_of(r, "programs/objects", path);
    dir = opendir(path);
    while (dir && (e = readdir(dir)))
        n += *e->d_name != '.';
    if (dir)
        closedir(dir);
    return n;
}

/* --- taking ----------------------------------------------------------------------------- */

static void test_one_is_offered_until_a_newer_one_or_the_end(void **state)
{
    struct rig *r = *state;
    struct update_wish w = wish_of(r, 9, "0.9.0"), other = wish_of(r, 9, "0.9.0");
    const struct programs_offer *now;
    const char *why;

    other.arch = "amd64";
    assert_int_equal(add(r, &w, &why), ERR_OK);
    assert_int_equal(add(r, &other, &why), ERR_OK);
    assert_int_equal(r->server.programs.n, 2);
    assert_int_equal(n_objects(r), 6); /* the packages are the same bytes */
    assert_int_equal(add(r, &w, &why), ERR_REJECTED);
    assert_non_null(strstr(why, "already"));
    w.ver = 8;
    assert_int_equal(add(r, &w, &why), ERR_REJECTED);
    assert_non_null(strstr(why, "newer"));
    w = wish_of(r, 10, "0.10.0");
    assert_int_equal(add(r, &w, &why), ERR_OK);
    assert_int_equal(n_objects(r), 8); /* 0.9.0 of arm64 is gone */
    now = programs_for(&r->server.programs, "bookworm-arm64");
    assert_non_null(now);
    assert_string_equal(now->version, "0.10.0");
    assert_null(programs_for(&r->server.programs, "trixie-arm64"));
    assert_null(programs_for(&r->server.programs, NULL));
    assert_int_equal(programs_stop(&r->server, "minh", "trixie-arm64"), ERR_REJECTED);
    assert_int_equal(programs_stop(&r->server, "minh", "bookworm-arm64"), ERR_OK);
    assert_int_equal(programs_stop(&r->server, "minh", "bookworm-arm64"), ERR_REJECTED);
    assert_int_equal(n_objects(r), 4);
    /* an older one may come back once the newer one is offered no more */
    w = wish_of(r, 9, "0.9.0");
    assert_int_equal(add(r, &w, &why), ERR_OK);
}

static void test_what_another_process_offers_is_seen(void **state)
{
    struct rig *r = *state;
    struct update_wish w = wish_of(r, 9, "0.9.0");
    char path[PATH_BYTES];
    const char *why;

    assert_int_equal(add(r, &w, &why), ERR_OK);
    path_of(r, "programs", path);
    r->server.programs = (struct programs){ .n = 0 };
    programs_place(&r->server, path);
    assert_non_null(programs_for(&r->server.programs, "bookworm-arm64"));
    path_of(r, "programs/offers.json", path);
    assert_int_equal(file_replace(path, "[]", 2, 0600), ERR_OK);
    programs_refresh(&r->server.programs);
    assert_int_equal(r->server.programs.n, 0);
    assert_int_equal(file_replace(path, "nonsense", 8, 0600), ERR_OK);
    programs_refresh(&r->server.programs);
    assert_int_equal(r->server.programs.n, 0);
}

static void spoil(struct rig *r, const char *name, const char *bytes)
{
    char path[PATH_BYTES];

    path_of(r, arena_printf(&r->arena, "in/%s", name), path);
    unlink(path);
    if (bytes)
        assert_int_equal(file_replace(path, bytes, strlen(bytes), 0600), ERR_OK);
}

static void test_what_is_not_as_its_list_says_is_refused(void **state)
{
    static const struct {
        const char *file, *bytes;
        enum err want;
    } rows[] = {
        { "bdhvs-content_0.9.0_all.deb", "0.9.1", ERR_REJECTED },
        { "bdhvs-content_0.9.0_all.deb", "0.9.00", ERR_REJECTED },
        { "bdhvs-content_0.9.0_all.deb", NULL, ERR_REJECTED },
        { "list.json", "{}", ERR_REJECTED },
        { "list.json", NULL, ERR_OFFLINE },
        { "list.json.minisig", NULL, ERR_OFFLINE },
    };
    struct rig *r = *state;
    struct update_wish w = wish_of(r, 9, "0.9.0");
    struct programs_offer offer;
    char path[PATH_BYTES];
    const char *why;
    bool checked;

    path_of(r, "in", path);
    for (size_t i = 0; i < COUNT(rows); i++) {
        update_make(path, &w);
        spoil(r, rows[i].file, rows[i].bytes);
        assert_int_equal(programs_add(&r->server, path, &offer, &checked, &why),
                         rows[i].want);
        assert_true(*why);
        assert_int_equal(r->server.programs.n, 0);
        assert_int_equal(n_objects(r), 0);
    }
    r->server.programs.folder[0] = 0;
    assert_int_equal(add(r, &w, &why), ERR_REJECTED);
    assert_non_null(strstr(why, "--programs"));
}

static void test_the_signature_is_checked_once_the_key_is_told(void **state)
{
    struct rig *r = *state;
    struct update_wish w = wish_of(r, 9, "0.9.0"), stranger = w;
    struct programs_offer offer;
    char line[128], path[PATH_BYTES];
    const char *why;
    bool checked;

    stranger.key = arena_printf(&r->arena, "%s/other", r->dir);
    assert_int_equal(add(r, &stranger, &why), ERR_OK); /* nobody can know */
    assert_int_equal(programs_stop(&r->server, "-", "bookworm-arm64"), ERR_OK);
    path_of(r, "in", path);
    update_make(path, &w);
    update_key_line(w.key, line, sizeof(line));
    assert_int_equal(settings_set(&r->server, "program.key", "x", &why), ERR_REJECTED);
    assert_int_equal(settings_set(&r->server, "program.key", line, &why), ERR_OK);
    assert_int_equal(add(r, &stranger, &why), ERR_REJECTED);
    assert_non_null(strstr(why, "signature"));
    assert_int_equal(r->server.programs.n, 0);
    update_make(path, &w);
    assert_int_equal(programs_add(&r->server, path, &offer, &checked, &why), ERR_OK);
    assert_true(checked);
    assert_string_equal(offer.system, "bookworm-arm64");
}

static void add_on_a_full_disk(struct rig *r)
{
    const struct rlimit limit = { 50000, 50000 };
    struct update_wish w = wish_of(r, 10, "0.10.0");
    struct programs_offer offer;
    char path[PATH_BYTES];
    const char *why;
    bool checked;
    enum err err;

    path_of(r, "in", path);
    update_make(path, &w);
    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit))
        _exit(255);
    err = programs_add(&r->server, path, &offer, &checked, &why);
    _exit(err == ERR_FULL && r->server.programs.n == 1 ? 0 : 1);
}

static void test_a_full_disk_changes_nothing(void **state)
{
    struct rig *r = *state;
    struct update_wish w = wish_of(r, 9, "0.9.0");
    const char *why;
    pid_t child;
    int status;

    assert_int_equal(add(r, &w, &why), ERR_OK);
    child = fork();
    if (!child)
        add_on_a_full_disk(r);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    programs_refresh(&r->server.programs);
    assert_string_equal(programs_for(&r->server.programs, "bookworm-arm64")->version,
                        "0.9.0");
    assert_int_equal(n_objects(r), 4);
}

/* --- telling ------------------------------------------------------------------------------ */

static void test_a_kiosk_is_told_of_what_is_for_its_system(void **state)
{
    static const struct {
        const char *system;
        int64_t ver;
    } rows[] = { { NULL, 0 },
                 { "bookworm-arm64", 9 },
                 { "trixie-arm64", 0 },
                 { "bookworm-arm64", 9 } };
    struct rig *r = *state;
    struct update_wish w = wish_of(r, 9, "0.9.0");
    const char *why;

    assert_int_equal(add(r, &w, &why), ERR_OK);
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t n = (int64_t)i + 1;
        struct bundle b = rig_bundle(r, n, n, n);

        b.system = rows[i].system;
        assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
        assert_int_equal(r->ack.program_ver, rows[i].ver);
    }
    assert_string_equal(r->ack.program_version, "0.9.0");
    assert_string_equal(r->ack.program_list, r->server.programs.offers[0].list);
}

/* --- going out ------------------------------------------------------------------------------ */

static const char *range_asked, *etag_asked;

static const char *header(const struct http_request *q, const char *name)
{
    (void)q;
    return !strcmp(name, "Range")      ? range_asked
           : !strcmp(name, "If-Range") ? etag_asked
                                       : NULL;
}

struct answer {
    unsigned status;
    char content_range[64];
    size_t n;
    char bytes[ANSWER_MAX];
};

static void get(struct rig *r, const char *path, struct answer *out)
{
    struct http_request q = { .method = "GET", .path = path, .header = header };
    struct http_response a = { .status = 200 };
    ssize_t n = 0;

    buf_init(&a.body, ANSWER_MAX);
    routes_answer(&r->server, &q, &a);
    out->status = a.status;
    snprintf(out->content_range, sizeof(out->content_range), "%s", a.content_range);
    if (a.file.is_open) {
        n = pread(a.file.fd, out->bytes, a.file.size, (off_t)a.file.from);
        close(a.file.fd);
    }
    out->n = (size_t)n;
    buf_finish(&a.body);
}

static void test_files_go_out_whole_or_in_pieces(void **state)
{
    static const struct {
        const char *range;
        bool same;
        unsigned status;
        size_t from, n;
    } rows[] = {
        { NULL, false, 200, 0, 100000 },
        { "bytes=0-99", true, 206, 0, 100 },
        { "bytes=50-99", true, 206, 50, 50 },
        { "bytes=99990-", true, 206, 99990, 10 },
        { "bytes=99990-200000", true, 206, 99990, 10 },
        { "bytes=50-99", false, 200, 0, 100000 },
        { "bytes=100000-", true, 200, 0, 100000 },
        { "bytes=9-8", true, 200, 0, 100000 },
        { "bytes=-5", true, 200, 0, 100000 },
        { "bytes=1-2,4-5", true, 200, 0, 100000 },
        { "lines=1-2", true, 200, 0, 100000 },
        { "bytes=0-99999", true, 200, 0, 100000 },
    };
    struct rig *r = *state;
    struct update_wish w = wish_of(r, 9, "0.9.0");
    struct answer *a = check_alloc(sizeof(*a));
    char hash[HASH_SHA256_HEX], path[128], etag[72];
    char *bytes = update_bytes(&w);
    const char *why;

    assert_int_equal(add(r, &w, &why), ERR_OK);
    hash_sha256_hex(bytes, w.n_bytes, hash);
    snprintf(path, sizeof(path), "/v1/programs/%s", hash);
    snprintf(etag, sizeof(etag), "\"%s\"", hash);
    for (size_t i = 0; i < COUNT(rows); i++) {
        range_asked = rows[i].range;
        etag_asked = rows[i].same ? etag : "\"other\"";
        get(r, path, a);
        assert_int_equal(a->status, rows[i].status);
        assert_int_equal(a->n, rows[i].n);
        assert_memory_equal(a->bytes, bytes + rows[i].from, rows[i].n);
        assert_int_equal(*a->content_range != 0, rows[i].status == 206);
    }
    range_asked = etag_asked = NULL;
    free(bytes);
    free(a);
}

static void test_nothing_else_goes_out(void **state)
{
    static const char *const paths[] = {
        "/v1/programs/",
        "/v1/programs/offers.json",
        "/v1/programs/../../etc/passwd",
        "/v1/programs/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "/v1/programs/x/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f2001",
    };
    struct rig *r = *state;
    struct update_wish w = wish_of(r, 9, "0.9.0");
    struct answer *a = check_alloc(sizeof(*a));
    const char *why;

    assert_int_equal(add(r, &w, &why), ERR_OK);
    for (size_t i = 0; i < COUNT(paths); i++) {
        get(r, paths[i], a);
        assert_int_equal(a->status, 404);
    }
    free(a);
}

/* --- the page ---------------------------------------------------------------------------------- */

static void test_the_page_shows_who_has_it(void **state)
{
    struct rig *r = *state;
    struct update_wish w = wish_of(r, 9, "0.9.0");
    struct http_response page = { .status = 200 };
    struct bundle b = rig_bundle(r, 1, 1, 1);
    const char *why;

    assert_int_equal(add(r, &w, &why), ERR_OK);
    b.system = "bookworm-arm64";
    b.version = "0.8.0";
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    buf_init(&page.body, ANSWER_MAX);
    assert_int_equal(rig_page(r, page_packs, NULL, &page), ERR_OK);
    assert_non_null(
        strstr(buf_text(&page.body),
               "bookworm-arm64</th><td>0.9.0</td><td class=\"num\">0 / 1</td>"));
    b = rig_bundle(r, 2, 2, 2);
    b.system = "bookworm-arm64";
    b.version = "0.9.0";
    assert_int_equal(rig_send(r, &b), INGEST_TAKEN);
    buf_clear(&page.body);
    assert_int_equal(rig_page(r, page_packs, NULL, &page), ERR_OK);
    assert_non_null(strstr(buf_text(&page.body), "1 / 1</td>"));
    buf_finish(&page.body);
}

static const char *no_query(const struct http_request *q, const char *name)
{
    (void)q;
    (void)name;
    return NULL;
}

static unsigned post(struct rig *r, const char *form)
{
    struct visitor visitor = { .known = true, .staff = { .name = "minh" } };
    struct http_request request = { .method = "POST",
                                    .path = "/goi-bai",
                                    .query = no_query,
                                    .header = no_query,
                                    .body = form,
                                    .n_body = strlen(form) };
    struct visit v = { &r->server, &request, &visitor };
    struct http_response a = { .status = 200 };

    buf_init(&a.body, ANSWER_MAX);
    assert_int_equal(page_packs_post(&v, &a), ERR_OK);
    buf_finish(&a.body);
    return a.status;
}

static void test_an_administrator_ends_the_offer(void **state)
{
    struct rig *r = *state;
    struct update_wish w = wish_of(r, 9, "0.9.0");
    const char *why;

    assert_int_equal(add(r, &w, &why), ERR_OK);
    assert_int_equal(post(r, "loai=bookworm-arm64"), 400);
    assert_int_equal(post(r, "loai=trixie-arm64&chac=co"), 400);
    assert_int_equal(r->server.programs.n, 1);
    assert_int_equal(post(r, "loai=bookworm-arm64&chac=co"), 303);
    assert_int_equal(r->server.programs.n, 0);
}

#define ON_A_RIG(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_A_RIG(test_one_is_offered_until_a_newer_one_or_the_end),
        ON_A_RIG(test_what_another_process_offers_is_seen),
        ON_A_RIG(test_what_is_not_as_its_list_says_is_refused),
        ON_A_RIG(test_the_signature_is_checked_once_the_key_is_told),
        ON_A_RIG(test_a_full_disk_changes_nothing),
        ON_A_RIG(test_a_kiosk_is_told_of_what_is_for_its_system),
        ON_A_RIG(test_files_go_out_whole_or_in_pieces),
        ON_A_RIG(test_nothing_else_goes_out),
        ON_A_RIG(test_the_page_shows_who_has_it),
        ON_A_RIG(test_an_administrator_ends_the_offer),
    };

    hash_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
