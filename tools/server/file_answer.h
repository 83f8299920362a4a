/* A file over HTTP that the client may get piece by piece: Range with If-Range. */
#pragma once

#include "http.h"

/* `sha256` of its bytes, hex, becomes the ETag; no link is followed. 404 when there is no such
 * plain file. */
void file_answer(const char *path, const char *sha256, const struct http_request *q,
                 struct http_response *r);
