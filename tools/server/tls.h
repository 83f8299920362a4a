/* The server's TLS: which key and certificate it serves with, and the pin by which kiosks
 * know it. Its own pair lives in the database beside the signing key, so that a backup
 * carries it and a server that moved is still the one that kiosks pinned. */
#pragma once

#include "base/buf.h"
#include "base/err.h"
#include "cert.h"

struct clock;
struct server;
struct store;

struct tls_pair { /* PEM */
    struct buf cert;
    struct buf key;
};

void tls_pair_init(struct tls_pair *p);
void tls_pair_finish(struct tls_pair *p); /* wipes the key */

/* A list of at most 32 DNS names and IP addresses, with ',' between them? */
bool tls_hosts_ok(const char *hosts);

/* Makes the certificate anew for `hosts` ("may-chu.xa.vn,10.0.0.5", "" for those it had)
 * and for every name and address that this machine has; makes the key only when there is
 * none. The caller has begun a transaction. Errors: ERR_REJECTED (`*why` says: a host is
 * neither name nor address, or too many), and those of the store. */
NODISCARD enum err tls_make(struct store *store, const struct clock *clock,
                            const char *hosts, const char **why);
/* The same in a transaction of its own. */
NODISCARD enum err tls_renew(struct server *s, const char *hosts, const char **why);

/* The own pair into an empty `out`; made when the database is older than this, renewed in
 * its last year. Errors: of the store. */
NODISCARD enum err tls_own(struct server *s, struct tls_pair *out);
/* From files. Errors: ERR_REJECTED (said in the log). */
NODISCARD enum err tls_read(const char *cert_path, const char *key_path,
                            struct tls_pair *out);

/* What a kiosk is told to pin: the setting tls.pin (a proxy's), else the key that is
 * served with; "": none, since this process serves without TLS. Errors: of the store. */
NODISCARD enum err tls_pin(struct server *s, char out[CERT_PIN_CHARS]);
