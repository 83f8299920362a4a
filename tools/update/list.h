/* What an update of the program is made of: list.json beside its signature and the packages.
 *
 *   BDHVS/program/list.json           {"ver":7,"version":"0.2.0","suite":"bookworm",
 *                                      "arch":"arm64","files":[{"name":"….deb","size":…,
 *                                      "sha256":"…"}]}
 *   BDHVS/program/list.json.minisig   by the program key, which is not the one of lessons
 *   BDHVS/program/….deb
 *
 * `ver` only ever grows. Names are those of our own packages (list_names). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"

struct arena;
struct buf;

#define LIST_FILE "list.json"
#define LIST_SIGNATURE LIST_FILE ".minisig"
#define LIST_BYTES_MAX 65536
#define LIST_SIGNATURE_MAX 4096
#define LIST_PACKAGES_MAX 16
#define LIST_PACKAGE_BYTES_MAX (INT64_C(1) << 30)
#define LIST_NAME_BYTES 128
#define LIST_VERSION_BYTES 32

struct list_package {
    char name[LIST_NAME_BYTES]; /* of the file, "bdhvs-kiosk_0.2.0_arm64.deb" */
    int64_t size;
    char sha256[HASH_SHA256_HEX];
};

struct list {
    int64_t ver;
    char version[LIST_VERSION_BYTES]; /* of the packages, for people */
    char suite[16], arch[16];
    struct list_package packages[LIST_PACKAGES_MAX];
    size_t n_packages;
};

/* Packages that an update may bring; NULL at the end. */
extern const char *const list_names[];

/* Whether the file name is that of one of them, and of this version and architecture (or
 * "all"). Nothing else passes, so that a name is safe in a path. */
bool list_name_ok(const char *file, const char *version, const char *arch);
/* "bdhvs-kiosk" of "bdhvs-kiosk_0.2.0_arm64.deb". */
void list_package_name(const char *file, char out[LIST_NAME_BYTES]);

/* Errors: ERR_REJECTED (anything is not as described above). */
NODISCARD enum err list_read(const char *json, size_t n, struct list *out);
void list_write(const struct list *list, struct buf *out);
