/* See file_answer.h. The bytes are not read here: http.c sends them as the client takes them. */
#include "file_answer.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct range {
    uint64_t from, to; /* both included */
};

static bool read_number(const char **at, uint64_t *out)
{
    char *end;

    if (**at < '0' || **at > '9')
        return false;
    *out = strtoull(*at, &end, 10);
    *at = end;
    return true;
}

/* "bytes=N-" or "bytes=N-M", when the client holds the same bytes; else the whole. */
static bool is_part(const struct http_request *q, const char *etag, uint64_t n,
                    struct range *out)
{
    const char *range = q->header(q, "Range"), *same = q->header(q, "If-Range"), *at;
    struct range asked = { .to = n ? n - 1 : 0 };

    *out = asked;
    if (!range || !same || strcmp(same, etag) != 0 || strncmp(range, "bytes=", 6) != 0)
        return false;
    at = range + 6;
    if (!read_number(&at, &asked.from) || *at++ != '-' ||
        (*at && !read_number(&at, &asked.to)) || *at || asked.from >= n ||
        asked.to < asked.from)
        return false;
    out->from = asked.from;
    if (asked.to < out->to)
        out->to = asked.to;
    return out->from > 0 || out->to < n - 1;
}

void file_answer(const char *path, const char *sha256, const struct http_request *q,
                 struct http_response *r)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct range part;
    struct stat st;
    uint64_t n;

    if (fd < 0 || fstat(fd, &st) || !S_ISREG(st.st_mode)) {
        if (fd >= 0)
            close(fd);
        r->status = 404;
        buf_str(&r->body, "not there\n");
        return;
    }
    n = (uint64_t)st.st_size;
    snprintf(r->etag, sizeof(r->etag), "\"%s\"", sha256);
    if (is_part(q, r->etag, n, &part)) {
        r->status = 206;
        snprintf(r->content_range, sizeof(r->content_range),
                 "bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64, part.from, part.to, n);
    }
    r->type = "application/octet-stream";
    r->cacheable = true;
    r->file = (struct http_file){ .is_open = true,
                                  .fd = fd,
                                  .from = part.from,
                                  .size = n ? part.to - part.from + 1 : 0 };
}
