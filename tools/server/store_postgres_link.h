/* The connection of the PostgreSQL backend: made, checked, made again when it was lost;
 * and what its errors mean. Knows no statement of queries.h. */
#pragma once

#include <libpq-fe.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define LINK_ORIGIN_CHARS 64

struct postgres_link {
    PGconn *conn; /* NULL, or of any state */
    char *uri;
    unsigned n_dialled; /* connections so far: what was prepared ended with its own */
    char origin[LINK_ORIGIN_CHARS]; /* which database this is */
    int64_t try_at_ms;              /* monotonic: no new connection before */
};

/* Connects and checks that what is committed here lasts. To be closed after errors, too.
 * Errors: ERR_RETRY (no answer), ERR_REJECTED (does not let us in, or is not fit). */
NODISCARD enum err link_open(struct postgres_link *l, const char *uri);
void link_close(struct postgres_link *l);
/* The connection ends, and with it its transaction; link_renew makes another. */
void link_drop(struct postgres_link *l);

/* Between transactions: there is a connection afterwards, or ERR_RETRY at once. ERR_CORRUPT:
 * another database answers now. */
NODISCARD enum err link_renew(struct postgres_link *l);
/* Asks which database this is and keeps it. ERR_CORRUPT: not the same as before. */
NODISCARD enum err link_check_origin(struct postgres_link *l);

/* Takes the result. `what` is for the log. Errors: ERR_RETRY (also: the connection was
 * lost), ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err link_finish(struct postgres_link *l, PGresult *result,
                               const char *what);
NODISCARD enum err link_exec(struct postgres_link *l, const char *sql,
                             const char *what);
/* The first cell of the first row; "" when there is none. */
NODISCARD enum err link_ask(struct postgres_link *l, const char *sql, char *out,
                            size_t n);
