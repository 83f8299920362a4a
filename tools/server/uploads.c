/* See uploads.h. */
#include "uploads.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "ingest.h"
#include "routes.h"

static void put_ingested(const struct ingest_upload *u, struct http_response *r)
{
    static const unsigned statuses[] = {
        [INGEST_TAKEN] = 200, [INGEST_TOO_LARGE] = 413, [INGEST_UNKNOWN] = 401,
        [INGEST_WRONG] = 400, [INGEST_LATER] = 503,
    };

    if (u->status == INGEST_TAKEN) {
        r->type = "application/jose";
        buf_add(&r->body, buf_text(u->answer), u->answer->len);
    } else {
        routes_refuse(r, statuses[u->status], buf_text(u->answer));
    }
}

void uploads_answer_all(void *ctx, struct http_exchange **exchanges, size_t n)
{
    struct ingest_upload *uploads = check_alloc(n * sizeof(*uploads));
    struct buf *answers = check_alloc(n * sizeof(*answers));

    for (size_t i = 0; i < n; i++) {
        buf_init(&answers[i], exchanges[i]->response.body.max);
        uploads[i] = (struct ingest_upload){ .bytes = exchanges[i]->request.body,
                                             .n = exchanges[i]->request.n_body,
                                             .answer = &answers[i] };
    }
    ingest_take_all(ctx, uploads, n);
    for (size_t i = 0; i < n; i++) {
        put_ingested(&uploads[i], &exchanges[i]->response);
        buf_finish(&answers[i]);
    }
    free(answers);
    free(uploads);
}

bool uploads_gather(const struct http_request *q)
{
    return !strcmp(q->path, UPLOADS_PATH) && !strcmp(q->method, "POST") &&
           !q->body_too_large;
}

void uploads_answer(struct server *s, const struct http_request *q,
                    struct http_response *r)
{
    struct http_exchange exchange = { *q, *r };
    struct http_exchange *one = &exchange;

    uploads_answer_all(s, &one, 1);
    *r = exchange.response;
}
