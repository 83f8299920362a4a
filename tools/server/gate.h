/* Who asks, and whether the request is really theirs: cookies, sessions, tokens of forms,
 * where a form was posted from, where to go after logging in. Which page is for whom is in
 * routes.c. */
#pragma once

#include <stdbool.h>

#include "http.h"
#include "listen.h"
#include "session.h"
#include "staff.h"

#define GATE_LOGIN "/dang-nhap"
#define GATE_TOKEN_CHARS SESSION_TOKEN_CHARS
#define GATE_RETURN_CHARS 128

/* For whom a page is. */
enum access {
    FOR_ALL,
    FOR_MACHINE,        /* asked for on this machine (or --open-page) */
    FOR_FIGURES,        /* every official; with --open-page everybody */
    FOR_OFFICIALS,      /* every official */
    FOR_INSPECTORS,     /* administrators and inspectors */
    FOR_EDITORS,        /* administrators and editors */
    FOR_ADMINISTRATORS, /* all that changes something */
};

struct visitor {
    bool known; /* an official who is logged in */
    struct staff staff;
    char token[SESSION_TOKEN_CHARS]; /* of the session */
};

/* Errors: of the store. Not known is no error. */
NODISCARD enum err gate_visitor(struct server *s, const struct http_request *q,
                                struct visitor *out);

bool gate_may(const struct server *s, const struct visitor *v, enum access access);

/* The session begins or ends: its cookie. */
void gate_enter(struct server *s, const struct http_request *q,
                const struct staff *staff, struct http_response *r);
void gate_leave(struct server *s, const struct http_request *q,
                const struct visitor *visitor, struct http_response *r);

/* The hidden field "ma" of a form: only who has the cookie `token` can post it. */
void gate_form_token(const struct server *s, const char *token,
                     char out[GATE_TOKEN_CHARS]);
/* Was the form posted from a page of ours, with that field? */
bool gate_form_ok(const struct server *s, const struct http_request *q,
                  const char *token);

/* Before there is a session, a cookie of its own marks the form. Reads it, or makes one
 * and sets it. */
void gate_login_cookie(const struct http_request *q, struct http_response *r,
                       char token[GATE_TOKEN_CHARS]);

/* Nobody between can read along: TLS, a proxy on this machine that says so, or this
 * machine itself. */
bool gate_is_private(const struct http_request *q);
/* Who is at the other end, as listen_network says; behind a proxy on this machine, whom it
 * speaks for. */
void gate_address(const struct http_request *q, char out[LISTEN_ADDRESS_CHARS]);

/* "/theo-thon?period=2026-H2" of what was asked for, in letters that need no encoding. */
void gate_return_path(const struct http_request *q, char out[GATE_RETURN_CHARS]);
/* Is it a path on this server, of such letters alone? */
bool gate_return_ok(const char *path);
