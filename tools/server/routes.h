/* What the server answers at which path: routes.c holds THE TABLE. */
#pragma once

#include "http.h"

/* An http_handler; `ctx` is the struct server. */
void routes_answer(void *ctx, const struct http_request *request,
                   struct http_response *response);
