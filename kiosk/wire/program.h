/* What an update of the program is made of: list.json beside its signature and the packages.
 *
 *   list.json           {"ver":7,"version":"0.2.0","suite":"bookworm","arch":"arm64",
 *                        "files":[{"name":"….deb","size":…,"sha256":"…"}]}
 *   list.json.minisig   by the program key, which is not the one of lessons
 *   ….deb
 *
 * On a stick they lie in BDHVS/program/; the server offers them by their hashes:
 *
 *   ack: "program":{"ver":7,"version":"0.2.0","list":"<SHA-256 of list.json>",
 *                   "signature":"<SHA-256 of list.json.minisig>"}
 *   GET /v1/programs/<SHA-256>   any of the files, with Range and If-Range
 *
 * `ver` only ever grows. Names are those of our own packages (program_names). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"

struct arena;
struct buf;

#define PROGRAM_LIST_FILE "list.json"
#define PROGRAM_SIGNATURE_FILE PROGRAM_LIST_FILE ".minisig"
#define PROGRAM_LIST_MAX 65536
#define PROGRAM_SIGNATURE_MAX 4096
#define PROGRAM_PACKAGES_MAX 16
#define PROGRAM_PACKAGE_MAX (INT64_C(1) << 30)
#define PROGRAM_NAME_BYTES 128
#define PROGRAM_VERSION_BYTES 32
#define PROGRAM_SYSTEM_BYTES 33 /* a bundle's id, with the NUL */

struct program_package {
    char name[PROGRAM_NAME_BYTES]; /* of the file, "bdhvs-kiosk_0.2.0_arm64.deb" */
    int64_t size;
    char sha256[HASH_SHA256_HEX];
};

struct program_list {
    int64_t ver;
    char version[PROGRAM_VERSION_BYTES]; /* of the packages, for people */
    char suite[16], arch[16];
    struct program_package packages[PROGRAM_PACKAGES_MAX];
    size_t n_packages;
};

/* Packages that an update may bring; NULL at the end. */
extern const char *const program_names[];

/* Whether the file name is that of one of them, and of this version and architecture (or
 * "all"). Nothing else passes, so that a name is safe in a path. */
bool program_name_ok(const char *file, const char *version, const char *arch);
/* "bdhvs-kiosk" of "bdhvs-kiosk_0.2.0_arm64.deb". */
void program_package_name(const char *file, char out[PROGRAM_NAME_BYTES]);

/* Errors: ERR_REJECTED (anything is not as described above). */
NODISCARD enum err program_list_read(const char *json, size_t n,
                                     struct program_list *out);
/* Letters and length of a version: it may be shown. */
bool program_version_ok(const char *version);
/* "bookworm-arm64": what it is for, in one word that may stand in a path. Errors: ERR_REJECTED. */
NODISCARD enum err program_system(const struct program_list *list,
                                  char out[PROGRAM_SYSTEM_BYTES]);
void program_list_write(const struct program_list *list, struct buf *out);
