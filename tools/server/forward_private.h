/* Between forward.c and forward_changes.c alone. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "outside.h"
#include "parent.h"
#include "wire/bundle.h"

struct telling {
    struct server *server;
    struct arena arena;
    struct parent parent;
    struct bundle bundle;
    char nonce[PARENT_NONCE_CHARS];
    struct buf bytes;          /* signed */
    bool fresh;                /* made of what has changed until now */
    struct outside_cell *told; /* as the table has them, in outside_compare's order */
    size_t n_told, cap;
};

/* Brings the table `forward` up to what may leave now: a figure that has changed gets the
 * next rev, one that may not leave any more falls to 0. Errors: as outside_read. */
NODISCARD enum err forward_refresh(struct telling *t);
