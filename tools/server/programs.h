/* Updates of the kiosks' program that this server offers, one for each suite and architecture:
 * folders of `bdhvs-pack program` (wire/program.h), checked and kept by the hashes of their files.
 *
 *   <folder>/offers.json         what is offered: replaced as a whole
 *   <folder>/objects/<SHA-256>   lists, signatures, packages
 *
 * Kiosks believe nothing that is said here: they check the signature with their own key. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"
#include "http.h"
#include "wire/program.h"

struct server;

#define PROGRAMS_MAX 16
#define PROGRAMS_PATH_BYTES 4096
#define PROGRAMS_KEY_SETTING "program.key"

struct programs_offer {
    char system[PROGRAM_SYSTEM_BYTES]; /* "bookworm-arm64" */
    int64_t ver;
    char version[PROGRAM_VERSION_BYTES];
    char list[HASH_SHA256_HEX], signature[HASH_SHA256_HEX];
};

struct programs {
    char folder[PROGRAMS_PATH_BYTES]; /* "": nothing can be offered */
    struct programs_offer offers[PROGRAMS_MAX];
    size_t n;
    int64_t seen_ns, seen_node; /* of the offers.json that was read */
};

/* `folder` NULL: "programs" beside the database, where that is a file. */
void programs_place(struct server *s, const char *folder);
/* Looks at offers.json again when it changed; another process may have. */
void programs_refresh(struct programs *p);
/* What is offered for this system, or NULL. Valid until the next refresh. */
const struct programs_offer *programs_for(const struct programs *p, const char *system);

/* Takes the update in `folder`: its list, signature, sizes and hashes are checked, the signature
 * by the setting program.key where there is one (`*checked_out`). `*why` (static) says what is
 * wrong. Errors: ERR_REJECTED, ERR_OFFLINE (no update there), ERR_FULL, ERR_CORRUPT, of the
 * store; nothing is offered otherwise than before. */
NODISCARD enum err programs_add(struct server *s, const char *folder,
                                struct programs_offer *out, bool *checked_out,
                                const char **why);
/* By `by`, as deeds.h has it. Errors: ERR_REJECTED (none is offered for it), as above. */
NODISCARD enum err programs_stop(struct server *s, const char *by, const char *system);

/* GET /v1/programs/<SHA-256>, with Range and If-Range. `rest` is what follows
 * "/v1/programs/". */
void programs_answer(const struct programs *p, const char *rest,
                     const struct http_request *q, struct http_response *r);
