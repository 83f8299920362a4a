/* See file_routes.h. One line in the table a route. */
#include "file_routes.h"

#include <string.h>

#include "base/check.h"

static void get_pack(struct server *s, const char *rest, const struct http_request *q,
                     struct http_response *r)
{
    offer_answer(&s->offer, rest, q, r);
}

static void get_program(struct server *s, const char *rest,
                        const struct http_request *q, struct http_response *r)
{
    programs_answer(&s->programs, rest, q, r);
}

/* Routes whose path goes on: files that kiosks fetch, and check by themselves. */
static const struct file_route {
    const char *prefix;
    void (*answer)(struct server *, const char *rest, const struct http_request *,
                   struct http_response *);
} file_routes[] = {
    { "/v1/packs/", get_pack },
    { "/v1/programs/", get_program },
};

bool file_routes_answer(struct server *s, const struct http_request *q,
                        struct http_response *r)
{
    for (size_t i = 0; i < COUNT(file_routes); i++) {
        size_t n = strlen(file_routes[i].prefix);

        if (strncmp(q->path, file_routes[i].prefix, n) != 0)
            continue;
        file_routes[i].answer(s, q->path + n, q, r);
        return true;
    }
    return false;
}
