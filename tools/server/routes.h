/* What the server answers at which path: routes.c holds THE TABLE. */
#pragma once

#include "http.h"

/* `ctx` is the struct server. */
extern const struct http_service routes_service;
void routes_answer(void *ctx, const struct http_request *request,
                   struct http_response *response);
/* {"error":"why"}; a 503 asks for patience. */
void routes_refuse(struct http_response *r, unsigned status, const char *why);
