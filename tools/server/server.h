/* What every part of bdhvs-server shares: the open database, the server's key, the
 * clock. One thread owns it all. No HTTP, no SQL. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/hash.h"
#include "cert.h"
#include "offer.h"
#include "programs.h"
#include "store.h"
#include "wire/bundle.h"
#include "wire/jws.h"

struct server_counts { /* for /metrics, since the process began */
    int64_t bundles_taken;
    int64_t bundles_refused;
    int64_t commits; /* transactions that took them */
    int64_t rows_merged;
    int64_t rows_rejected;
    int64_t rows_held;
    int64_t enrol_asked;
    int64_t enrol_refused;
    int64_t pages;
};

struct server {
    struct store *store;
    char *path; /* of the database: what follows the scheme */
    const struct clock *clock;
    struct jws_key key;
    char commune[BUNDLE_ID_MAX + 1]; /* a province's: its own code */
    bool is_province;                /* senders are of communes of their own */
    char inst[17];  /* new after a restore: tells kiosks that our memory may be old */
    bool broken;    /* the database failed: nothing is acknowledged any more */
    bool show_page; /* /metrics may be asked for at all */
    bool loopback_only; /* … and only under a name of this machine; false as well: the
                           figures are open to everybody (--open-page) */
    struct sessions *sessions;              /* of officials */
    struct throttle *throttle;              /* of those who guess */
    unsigned char form_key[HASH_KEY_BYTES]; /* of this process: marks forms as ours */
    int64_t started_ms;                     /* monotonic */
    const struct titles *titles;            /* of the lessons, or NULL; borrowed */
    struct offer offer;                     /* of a content pack */
    struct programs programs;               /* updates of the kiosks' program */
    char tls_pin[CERT_PIN_CHARS];           /* of what is served with; "": no TLS */
    struct server_counts counts;
};

/* Makes the tables, the signing key, the certificate and the first administrator. `hash`
 * is an Argon2id string, `hosts` goes into the certificate (tls_hosts_ok). Errors:
 * ERR_REJECTED (initialised already), and those of the store. */
NODISCARD enum err server_init(const char *uri, const struct clock *clock,
                               const char *commune, const char *admin, const char *hash,
                               const char *hosts);
/* The same for a province: its senders are of the communes that their codes name. */
NODISCARD enum err server_init_province(const char *uri, const struct clock *clock,
                                        const char *province, const char *admin,
                                        const char *hash, const char *hosts);

/* Errors: ERR_REJECTED (not initialised, written by a newer program), ERR_RETRY (another
 * process has it), ERR_FULL, ERR_CORRUPT. `*out` is then zeroed. */
NODISCARD enum err server_open(const char *uri, const struct clock *clock,
                               struct server *out);
void server_close(struct server *s); /* zeroed is allowed */

/* One of the few lines that the server knows of itself (table `identity`). Errors:
 * ERR_REJECTED (it is not there), ERR_CORRUPT (longer than `n`), of the store. */
NODISCARD enum err server_fact(struct store *store, const char *name, char *out,
                               size_t n);
NODISCARD enum err server_set_fact(struct store *store, const char *name,
                                   const char *value);

/* Called with every error of the store: remembers that the database failed. Returns
 * `err`. */
enum err server_note(struct server *s, enum err err);

/* Whether the database can be read, or it is not for us to see to that it can (PostgreSQL is
 * away for a while). */
bool server_answers(struct server *s);

/* Whether the clock shows a day that a paper may bear: 2025 to 2099. */
bool server_clock_is_sane(const struct server *s);
