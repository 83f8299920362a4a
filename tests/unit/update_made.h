/* Updates of the program as `bdhvs-pack program` makes them, small, for tests of both ends. */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct update_wish {
    const char *key; /* prefix of a pair of keys; made when it is not there */
    int64_t ver;
    const char *version, *suite, *arch;
    size_t n_bytes; /* of the one package beside the small one */
};

#define UPDATE_SMALL "bdhvs-content_%s_all.deb"
#define UPDATE_LARGE "bdhvs-kiosk_%s_%s.deb"

/* Makes the folder and what belongs into it, in place of what was there. */
void update_make(const char *folder, const struct update_wish *wish);
/* "RW…", the second line of the public key. */
void update_key_line(const char *key, char *out, size_t n);
/* The bytes of the package of that version. Owned by the caller. */
char *update_bytes(const struct update_wish *wish);
