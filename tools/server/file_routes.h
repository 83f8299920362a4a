/* GET routes whose path goes on: files that kiosks fetch, and check by themselves. */
#pragma once

#include <stdbool.h>

#include "http.h"
#include "server.h"

/* False: the path is none of them. */
bool file_routes_answer(struct server *s, const struct http_request *q,
                        struct http_response *r);
