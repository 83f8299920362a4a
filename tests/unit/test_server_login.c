/* Through the routes: logging in, roles, forms of others, what a proxy says. */
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "cmocka_all.h"
#include "gate.h"
#include "password.h"
#include "routes.h"
#include "server_rig.h"
#include "session.h"
#include "staff.h"

#define PASSWORD "mot-cau-dai-de-nho"

struct browser {
    struct rig *rig;
    const char *peer;
    const char *headers[8][2]; /* besides Cookie and Host */
    char cookies[2][HTTP_COOKIE_BYTES];
    char jar[400];
    bool secure;
    struct http_response answer; /* the last */
};

static const char *header(const struct http_request *q, const char *name)
{
    struct browser *b = q->connection;

    if (!strcmp(name, "Host"))
        return "xa.example";
    if (!strcmp(name, "Cookie"))
        return *b->jar ? b->jar : NULL;
    for (size_t i = 0; i < COUNT(b->headers) && b->headers[i][0]; i++)
        if (!strcmp(b->headers[i][0], name))
            return b->headers[i][1];
    return NULL;
}

static const char *no_query(const struct http_request *q, const char *name)
{
    (void)q;
    (void)name;
    return NULL;
}

/* A cookie of the answer takes the place of its namesake. */
static void keep_cookies(struct browser *b)
{
    for (size_t i = 0; i < HTTP_COOKIES_MAX; i++)
        if (b->answer.cookies[i][0])
            snprintf(b->cookies[i], HTTP_COOKIE_BYTES, "%.*s",
                     (int)strcspn(b->answer.cookies[i], ";"), b->answer.cookies[i]);
    snprintf(b->jar, sizeof(b->jar), "%s; %s", b->cookies[0], b->cookies[1]);
}

static unsigned ask(struct browser *b, const char *method, const char *path,
                    const char *body)
{
    struct http_request q = {
        .method = method,
        .path = path,
        .body = body,
        .n_body = strlen(body),
        .query = no_query,
        .header = header,
        .peer = b->peer,
        .secure = b->secure,
        .connection = b,
    };

    buf_finish(&b->answer.body);
    b->answer = (struct http_response){ .status = 200 };
    buf_init(&b->answer.body, 1 << 20);
    routes_answer(&b->rig->server, &q, &b->answer);
    keep_cookies(b);
    return b->answer.status;
}

static const char *token_of(struct browser *b)
{
    const char *at = strstr(buf_text(&b->answer.body), "name=\"ma\" value=\"");

    assert_non_null(at);
    return arena_strndup(&b->rig->arena, at + strlen("name=\"ma\" value=\""), 64);
}

static unsigned post(struct browser *b, const char *path, const char *token,
                     const char *fields)
{
    return ask(b, "POST", path,
               arena_printf(&b->rig->arena, "ma=%s&%s", token, fields));
}

static unsigned log_in(struct browser *b, const char *name, const char *password)
{
    assert_int_equal(ask(b, "GET", "/dang-nhap", ""), 200);
    return post(b, "/dang-nhap", token_of(b),
                arena_printf(&b->rig->arena, "ve=/theo-thon&ten=%s&mat-khau=%s", name,
                             password));
}

static void hire(struct rig *r, const char *name, enum staff_role role)
{
    static char hash[PASSWORD_HASH_CHARS];
    const char *why;

    if (!hash[0])
        assert_int_equal(password_hash(PASSWORD, hash), ERR_OK);
    assert_int_equal(staff_add(&r->server, "-", name, role, hash, &why), ERR_OK);
}

static int start(void **state)
{
    struct rig *r;

    rig_setup(state);
    r = *state;
    r->server.show_page = true;
    r->server.loopback_only = true;
    hire(r, "quantri", STAFF_ADMINISTRATOR);
    hire(r, "kiemtra", STAFF_INSPECTOR);
    hire(r, "bientap", STAFF_EDITOR);
    return 0;
}

static struct browser browse(struct rig *r)
{
    return (struct browser){ .rig = r, .peer = "127.0.0.1" };
}

static void test_one_logs_in_works_and_logs_out(void **state)
{
    struct browser b = browse(*state);

    assert_int_equal(ask(&b, "GET", "/theo-thon", ""), 303);
    assert_string_equal(b.answer.location, "/dang-nhap?ve=/theo-thon");
    assert_int_equal(log_in(&b, "quantri", PASSWORD), 303);
    assert_string_equal(b.answer.location, "/theo-thon");
    assert_non_null(strstr(b.answer.cookies[0], "; HttpOnly; SameSite=Strict"));
    assert_null(strstr(b.answer.cookies[0], "Secure")); /* http on this machine */
    assert_int_equal(ask(&b, "GET", "/theo-thon", ""), 200);
    assert_int_equal(ask(&b, "HEAD", "/", ""), 200);
    assert_int_equal(ask(&b, "GET", "/nhat-ky", ""), 200);
    assert_non_null(strstr(buf_text(&b.answer.body), "Đăng nhập"));
    assert_int_equal(post(&b, "/dang-xuat", token_of(&b), ""), 303);
    assert_int_equal(ask(&b, "GET", "/theo-thon", ""), 303);
    buf_finish(&b.answer.body);
}

static void test_wrong_words_get_one_answer_and_then_a_wait(void **state)
{
    struct rig *r = *state;
    struct browser b = browse(r);
    const char *unknown;

    assert_int_equal(log_in(&b, "khong-ai", PASSWORD), 401);
    unknown = strstr(buf_text(&b.answer.body), "<p class=\"said\"");
    unknown = arena_strndup(&r->arena, unknown, strcspn(unknown, "/"));
    assert_int_equal(log_in(&b, "quantri", "sai-mat-khau"), 401);
    assert_non_null(strstr(buf_text(&b.answer.body), unknown));
    for (int i = 0; i < 3; i++)
        assert_int_equal(log_in(&b, "quantri", "sai-mat-khau"), 401);
    assert_int_equal(log_in(&b, "quantri", PASSWORD), 429); /* this address waits */
    assert_true(b.answer.retry_after_s > 290 && b.answer.retry_after_s <= 301);
    b.peer = "::1";
    assert_int_equal(log_in(&b, "quantri", "sai-mat-khau"), 401); /* the fifth */
    assert_int_equal(log_in(&b, "quantri", PASSWORD), 429); /* now the name waits too */
    r->wall_ms += 5 * 60000;
    assert_int_equal(log_in(&b, "quantri", PASSWORD), 303);
    buf_finish(&b.answer.body);
}

static void test_a_rested_session_asks_to_log_in_again(void **state)
{
    struct rig *r = *state;
    struct browser b = browse(r);

    log_in(&b, "quantri", PASSWORD);
    r->wall_ms += SESSION_IDLE_MS - 1;
    assert_int_equal(ask(&b, "GET", "/", ""), 200);
    r->wall_ms += SESSION_IDLE_MS;
    assert_int_equal(ask(&b, "GET", "/", ""), 303);
    buf_finish(&b.answer.body);
}

static void test_roles_keep_to_their_pages(void **state)
{
    static const struct {
        const char *name;
        const char *method;
        const char *path;
        unsigned want;
    } rows[] = {
        { "bientap", "GET", "/", 200 },
        { "bientap", "GET", "/don-vi", 200 },
        { "bientap", "GET", "/totals.csv", 200 },
        { "bientap", "GET", "/can-bo", 403 },
        { "bientap", "GET", "/nhat-ky", 403 },
        { "bientap", "GET", "/viec-cho", 403 },
        { "bientap", "POST", "/can-bo", 403 },
        { "bientap", "POST", "/viec-cho", 403 },
        { "kiemtra", "GET", "/can-bo", 200 },
        { "kiemtra", "GET", "/nhat-ky", 200 },
        { "kiemtra", "GET", "/viec-cho", 200 },
        { "kiemtra", "POST", "/can-bo", 403 },
        { "kiemtra", "POST", "/viec-cho", 403 },
        { "kiemtra", "POST", "/theo-thon", 405 },
        { "quantri", "GET", "/viec-cho", 200 },
        { "quantri", "POST", "/can-bo", 400 },
        { "quantri", "POST", "/viec-cho", 400 },
    };
    struct browser b = browse(*state);
    const char *who = "";
    const char *token = "";

    for (size_t i = 0; i < COUNT(rows); i++) {
        unsigned got;

        if (strcmp(who, rows[i].name) != 0) {
            buf_finish(&b.answer.body);
            b = browse(*state);
            who = rows[i].name;
            assert_int_equal(log_in(&b, who, PASSWORD), 303);
            ask(&b, "GET", "/toi", "");
            token = token_of(&b);
        }
        got = !strcmp(rows[i].method, "GET")
                  ? ask(&b, "GET", rows[i].path, "")
                  : post(&b, rows[i].path, token, "viec=xoa&ten=minh");
        if (got != rows[i].want)
            fail_msg("%s %s %s: %u", who, rows[i].method, rows[i].path, got);
    }
    buf_finish(&b.answer.body);
}

static void test_forms_of_others_do_nothing(void **state)
{
    struct rig *r = *state;
    struct browser b = browse(r);
    struct browser other = browse(r);
    const char *fields = "viec=xoa&ten=bientap&chac=co";
    const char *token;
    struct staff staff;
    bool found;

    log_in(&other, "kiemtra", PASSWORD);
    ask(&other, "GET", "/toi", "");
    log_in(&b, "quantri", PASSWORD);
    assert_int_equal(ask(&b, "POST", "/can-bo", fields), 403); /* no token */
    assert_int_equal(post(&b, "/can-bo", "abc", fields), 403); /* nonsense */
    assert_int_equal(post(&b, "/can-bo", token_of(&other), fields), 403);
    ask(&b, "GET", "/toi", "");
    token = token_of(&b);
    b.headers[0][0] = "Origin";
    b.headers[0][1] = "https://evil.example";
    assert_int_equal(post(&b, "/can-bo", token, fields), 403);
    b.headers[0][1] = "null";
    assert_int_equal(post(&b, "/can-bo", token, fields), 403);
    b.headers[0][1] = "https://xa.example";
    b.headers[1][0] = "Sec-Fetch-Site";
    b.headers[1][1] = "cross-site";
    assert_int_equal(post(&b, "/can-bo", token, fields), 403);
    assert_int_equal(staff_find(&r->server, "bientap", &staff, &found), ERR_OK);
    assert_true(found);
    b.headers[1][1] = "same-origin";
    assert_int_equal(post(&b, "/can-bo", token, fields), 303);
    assert_int_equal(staff_find(&r->server, "bientap", &staff, &found), ERR_OK);
    assert_false(found);
    buf_finish(&b.answer.body);
    buf_finish(&other.answer.body);
}

static void test_who_is_removed_or_gets_a_password_is_out_at_once(void **state)
{
    struct rig *r = *state;
    struct browser b = browse(r);
    char hash[PASSWORD_HASH_CHARS];
    const char *why;

    assert_int_equal(password_hash("mot-cau-khac-han", hash), ERR_OK);
    log_in(&b, "kiemtra", PASSWORD);
    assert_int_equal(staff_passwd(&r->server, "-", "kiemtra", hash, &why), ERR_OK);
    assert_int_equal(ask(&b, "GET", "/", ""), 303);
    assert_int_equal(log_in(&b, "kiemtra", "mot-cau-khac-han"), 303);
    assert_int_equal(staff_remove(&r->server, "-", "kiemtra", &why), ERR_OK);
    assert_int_equal(ask(&b, "GET", "/", ""), 303);
    buf_finish(&b.answer.body);
}

static void test_the_last_administrator_stays(void **state)
{
    struct rig *r = *state;
    const char *why;

    assert_int_equal(staff_remove(&r->server, "-", "minh", &why), ERR_OK);
    assert_int_equal(staff_remove(&r->server, "-", "quantri", &why), ERR_REJECTED);
    assert_int_equal(staff_remove(&r->server, "-", "khong-ai", &why), ERR_REJECTED);
}

static void test_passwords_do_not_cross_the_network_in_the_open(void **state)
{
    struct browser b = browse(*state);

    b.peer = "192.0.2.7";
    assert_int_equal(ask(&b, "GET", "/dang-nhap", ""), 403);
    b.secure = true;
    assert_int_equal(log_in(&b, "quantri", PASSWORD), 303);
    assert_non_null(strstr(b.answer.cookies[0], "__Host-bdhvs="));
    assert_non_null(strstr(b.answer.cookies[0], "; Secure"));
    buf_finish(&b.answer.body);
    b = browse(*state); /* a proxy on this machine */
    b.headers[0][0] = "X-Forwarded-For";
    b.headers[0][1] = "198.51.100.1, 192.0.2.7";
    assert_int_equal(ask(&b, "GET", "/dang-nhap", ""), 403);
    b.headers[1][0] = "X-Forwarded-Proto";
    b.headers[1][1] = "https";
    assert_int_equal(log_in(&b, "quantri", PASSWORD), 303);
    assert_non_null(strstr(b.answer.cookies[0], "; Secure"));
    buf_finish(&b.answer.body);
}

static void test_an_open_page_shows_figures_and_nothing_else(void **state)
{
    struct rig *r = *state;
    struct browser b = browse(r);

    r->server.loopback_only = false; /* --open-page */
    assert_int_equal(ask(&b, "GET", "/", ""), 200);
    assert_non_null(strstr(buf_text(&b.answer.body), "/dang-nhap"));
    assert_int_equal(ask(&b, "GET", "/totals.csv", ""), 200);
    assert_int_equal(ask(&b, "GET", "/can-bo", ""), 303);
    assert_int_equal(ask(&b, "GET", "/nhat-ky", ""), 303);
    assert_int_equal(ask(&b, "POST", "/viec-cho", "viec=ma-moi"), 303);
    buf_finish(&b.answer.body);
}

#define T(f) cmocka_unit_test_setup_teardown(f, start, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_one_logs_in_works_and_logs_out),
        T(test_wrong_words_get_one_answer_and_then_a_wait),
        T(test_a_rested_session_asks_to_log_in_again),
        T(test_roles_keep_to_their_pages),
        T(test_forms_of_others_do_nothing),
        T(test_who_is_removed_or_gets_a_password_is_out_at_once),
        T(test_the_last_administrator_stays),
        T(test_passwords_do_not_cross_the_network_in_the_open),
        T(test_an_open_page_shows_figures_and_nothing_else),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
