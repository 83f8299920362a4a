/* Bundles of kiosks over HTTP: those that have come by the same moment are handed to
 * ingest.h together. */
#pragma once

#include "http.h"
#include "server.h"

#define UPLOADS_PATH "/v1/bundles"

/* For struct http_service; `ctx` is the struct server. */
bool uploads_gather(const struct http_request *q);
void uploads_answer_all(void *ctx, struct http_exchange **exchanges, size_t n);

/* For the table of routes: one that was not gathered, being too large. */
void uploads_answer(struct server *s, const struct http_request *q,
                    struct http_response *r);
