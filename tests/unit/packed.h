/* The example content built and signed with a key of its own, for tests that open,
 * rebuild or spoil a pack. Everything asserts. */
#pragma once

#include "build.h"
#include "lesson/pack.h"
#include "tree.h"

struct packed {
    struct tree t;
    const char *out, *manifest, *signature, *key, *pub;
    struct build_result built;
    struct pack *pack; /* open, or NULL */
    char why[300];
};

/* cmocka's set-up and tear-down: `*state` is the struct packed. */
int packed_setup(void **state);
int packed_teardown(void **state);

void packed_build(struct packed *f); /* again, from the tree */
void packed_sign(struct packed *f);
/* An alert that stands beside it (`beside` "one"), built and signed like it; its lesson is
 * ID-b01 and counts until the day. The minute is its version. Returns its folder. */
const char *packed_alert(struct packed *f, const char *id, const char *beside,
                         int64_t until, int64_t minute);
/* Signs a folder again, with the secret key in that file. */
void packed_sign_with(struct packed *f, const char *folder, const char *key);
/* Opens it as the kiosk does, into `f->pack`. */
enum err packed_open(struct packed *f, int64_t floor_ver);
