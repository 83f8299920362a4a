/* See gate.h. */
#include "gate.h"

#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/encoding.h"
#include "form.h"

#define LOGIN_COOKIE "bdhvs-form"
#define COOKIE "bdhvs"
#define SECURE_COOKIE "__Host-bdhvs" /* browsers take it over TLS alone */

/* --- what the request says ---------------------------------------------------------- */

static bool is_this_machine(const char *address)
{
    return address && (!strncmp(address, "127.", 4) || !strcmp(address, "::1") ||
                       !strncmp(address, "::ffff:127.", 11));
}

/* Over TLS to us or to a proxy. Anybody may claim it; it only marks a cookie. */
static bool is_secure(const struct http_request *q)
{
    const char *scheme = q->header(q, "X-Forwarded-Proto");

    return q->secure || (scheme && !strcmp(scheme, "https"));
}

bool gate_is_private(const struct http_request *q)
{
    /* a proxy names whom it speaks for; then its own address says nothing */
    if (q->secure || !is_this_machine(q->peer))
        return q->secure;
    return !q->header(q, "X-Forwarded-For") || is_secure(q);
}

void gate_address(const struct http_request *q, char out[LISTEN_ADDRESS_CHARS])
{
    const char *list = q->header(q, "X-Forwarded-For");
    const char *last = q->peer ? q->peer : "";

    if (list && is_this_machine(q->peer)) { /* what the proxy itself added */
        last = strrchr(list, ',') ? strrchr(list, ',') + 1 : list;
        last += strspn(last, " ");
    }
    listen_network(last, out);
}

/* The cookie's value, when it is a token: 64 hex digits. */
static bool read_cookie(const struct http_request *q, const char *name,
                        char token[SESSION_TOKEN_CHARS])
{
    const char *at = q->header(q, "Cookie");
    size_t n = strlen(name);

    token[0] = 0;
    for (; at; at = strchr(at, ';'), at = at ? at + 1 : NULL) {
        at += strspn(at, " ");
        if (strncmp(at, name, n) != 0 || at[n] != '=')
            continue;
        at += n + 1;
        if (strspn(at, "0123456789abcdef") != SESSION_TOKEN_CHARS - 1)
            return false;
        memcpy(token, at, SESSION_TOKEN_CHARS - 1);
        token[SESSION_TOKEN_CHARS - 1] = 0;
        return true;
    }
    return false;
}

static void set_cookie(const struct http_request *q, struct http_response *r,
                       size_t place, const char *name, const char *value)
{
    snprintf(r->cookies[place], HTTP_COOKIE_BYTES,
             "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s", name, value,
             is_secure(q) ? "; Secure" : "", *value ? "" : "; Max-Age=0");
}

static const char *cookie_name(const struct http_request *q)
{
    return is_secure(q) ? SECURE_COOKIE : COOKIE;
}

/* --- sessions ----------------------------------------------------------------------- */

enum err gate_visitor(struct server *s, const struct http_request *q,
                      struct visitor *out)
{
    const struct session *session;
    bool found;
    enum err err;

    *out = (struct visitor){ .known = false };
    if (!read_cookie(q, cookie_name(q), out->token))
        return ERR_OK;
    session = session_find(s->sessions, clock_mono_ms(s->clock), out->token);
    if (!session)
        return ERR_OK;
    err = staff_find(s, session->name, &out->staff, &found);
    /* gone, or with a new password: perhaps through another process */
    if (!err && (!found || out->staff.stamp != session->stamp))
        session_close(s->sessions, out->token);
    else
        out->known = !err;
    return err;
}

bool gate_may(const struct server *s, const struct visitor *v, enum access access)
{
    switch (access) {
    case FOR_FIGURES:
        return v->known || (s->show_page && !s->loopback_only);
    case FOR_OFFICIALS:
        return v->known;
    case FOR_INSPECTORS:
        return v->known && v->staff.role != STAFF_EDITOR;
    case FOR_EDITORS:
        return v->known && v->staff.role != STAFF_INSPECTOR;
    case FOR_ADMINISTRATORS:
        return v->known && v->staff.role == STAFF_ADMINISTRATOR;
    default:
        return true;
    }
}

void gate_enter(struct server *s, const struct http_request *q,
                const struct staff *staff, struct http_response *r)
{
    char token[SESSION_TOKEN_CHARS];

    session_open(s->sessions, clock_mono_ms(s->clock), staff->name, staff->stamp,
                 token);
    set_cookie(q, r, 0, cookie_name(q), token);
    set_cookie(q, r, 1, LOGIN_COOKIE, "");
    hash_wipe(token, sizeof(token));
}

void gate_leave(struct server *s, const struct http_request *q,
                const struct visitor *visitor, struct http_response *r)
{
    session_close(s->sessions, visitor->token);
    set_cookie(q, r, 0, cookie_name(q), "");
}

/* --- forms -------------------------------------------------------------------------- */

void gate_form_token(const struct server *s, const char *token,
                     char out[GATE_TOKEN_CHARS])
{
    const struct hash_part part = { token, strlen(token) };
    unsigned char mac[HASH_KEY_BYTES];

    hash_keyed(s->form_key, &part, 1, mac);
    encoding_hex(mac, sizeof(mac), out);
}

/* As browsers tell it; an old one that says neither is held to the token alone. */
static bool is_from_here(const struct http_request *q)
{
    const char *site = q->header(q, "Sec-Fetch-Site");
    const char *origin = q->header(q, "Origin");
    const char *host = q->header(q, "Host");
    const char *name;

    if (site)
        return !strcmp(site, "same-origin");
    if (!origin)
        return true;
    name = strstr(origin, "://");
    return name && host && !strcmp(name + 3, host);
}

bool gate_form_ok(const struct server *s, const struct http_request *q,
                  const char *token)
{
    char want[GATE_TOKEN_CHARS];
    char got[GATE_TOKEN_CHARS];
    unsigned char differ = 0;

    if (!*token || !is_from_here(q) ||
        !form_value(q->body, q->n_body, "ma", got, sizeof(got)) ||
        strlen(got) != GATE_TOKEN_CHARS - 1)
        return false;
    gate_form_token(s, token, want);
    for (size_t i = 0; i < sizeof(want); i++) /* all of them, whatever the first say */
        differ |= (unsigned char)(want[i] ^ got[i]);
    return !differ;
}

void gate_login_cookie(const struct http_request *q, struct http_response *r,
                       char token[GATE_TOKEN_CHARS])
{
    unsigned char bytes[HASH_SHA256_BYTES];

    if (read_cookie(q, LOGIN_COOKIE, token))
        return;
    hash_random(bytes, sizeof(bytes));
    encoding_hex(bytes, sizeof(bytes), token);
    set_cookie(q, r, 1, LOGIN_COOKIE, token);
}

/* --- where to ----------------------------------------------------------------------- */

static bool is_plain(const char *text)
{
    return text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "0123456789/._-?=&")] == 0;
}

bool gate_return_ok(const char *path)
{
    return path[0] == '/' && path[1] != '/' && strlen(path) < GATE_RETURN_CHARS &&
           is_plain(path);
}

void gate_return_path(const struct http_request *q, char out[GATE_RETURN_CHARS])
{
    static const char *const names[] = { "period", "id" };
    char mark = '?';
    size_t used = (size_t)snprintf(out, GATE_RETURN_CHARS, "%s", q->path);

    for (size_t i = 0; i < COUNT(names) && used < GATE_RETURN_CHARS; i++) {
        const char *value = q->query(q, names[i]);

        if (!value || !is_plain(value) || value[strcspn(value, "/?=&")])
            continue;
        used += (size_t)snprintf(out + used, GATE_RETURN_CHARS - used, "%c%s=%s", mark,
                                 names[i], value);
        mark = '&';
    }
    if (used >= GATE_RETURN_CHARS || !gate_return_ok(out))
        snprintf(out, GATE_RETURN_CHARS, "/");
}
