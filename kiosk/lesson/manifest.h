/* The list of a pack's objects, as signed. Knows nothing of folders or lessons. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;

#define MANIFEST_FILES_MAX 32768

struct manifest_file {
    const char *name;
    const char *sha256; /* lower-case hex */
    const char *role;
    int64_t size;
};

struct manifest {
    const char *id;
    int64_t ver;
    const char *beside; /* id of the pack that it stands beside; NULL: by itself */
    const char *min_app;
    struct manifest_file *files; /* sorted by sha256, each once */
    size_t n_files;
};

/* Reads manifest.json into `arena`. `why` as in json_parse. Errors: ERR_REJECTED. */
NODISCARD enum err manifest_read(const char *json, size_t n, struct arena *arena,
                                 struct manifest *out, char *why, size_t n_why);

/* The same out of a text of the caller's (NUL-terminated), which is cut up and must stay as
 * long as `out`. */
NODISCARD enum err manifest_take(char *json, size_t n, struct arena *arena,
                                 struct manifest *out, char *why, size_t n_why);

/* Its id, version and the pack it stands beside alone: `out` has no files. Fast. */
NODISCARD enum err manifest_read_head(const char *json, size_t n, struct arena *arena,
                                      struct manifest *out, char *why, size_t n_why);

/* NULL when there is no such object. */
const struct manifest_file *manifest_find(const struct manifest *m, const char *sha256);
/* The only file of that role; NULL when there is none or more than one. */
const struct manifest_file *manifest_only(const struct manifest *m, const char *role);

/* Whether version `have` ("1.4.2") is at least `need`; false when either is malformed. */
bool manifest_version_reached(const char *have, const char *need);
