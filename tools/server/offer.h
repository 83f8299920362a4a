/* The content pack that this server offers its kiosks (PROTOCOL §5): a built and signed
 * folder, served as it is. Kiosks verify it; here names are checked, not signatures. */
#pragma once

#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"
#include "http.h"

#define OFFER_ID_MAX 32
#define OFFER_PATH_BYTES 4096

struct offer {
    char folder[OFFER_PATH_BYTES]; /* "": nothing is offered */
    char id[OFFER_ID_MAX + 1];     /* "": the folder holds no pack (yet) */
    int64_t ver;
    char manifest[HASH_SHA256_HEX]; /* of manifest.json */
    int64_t seen_ns, seen_bytes;    /* mtime and size of the manifest that was read */
};

/* Looks at the folder again when its manifest changed. */
void offer_refresh(struct offer *o);

/* GET /v1/packs/<id>/manifest.json[.minisig], /v1/packs/<id>/objects/<sha256>, with
 * Range and If-Range. `rest` is what follows "/v1/packs/". */
void offer_answer(struct offer *o, const char *rest, const struct http_request *q,
                  struct http_response *r);
