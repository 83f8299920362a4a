/* Keys and certificates in PEM, by GnuTLS, which stays behind this header. Knows no
 * database and no HTTP. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct buf;

#define CERT_PIN_CHARS 53        /* "sha256//" and 44 of base64, with the NUL */
#define CERT_HOSTS_MAX 32        /* names and addresses in one certificate */
#define CERT_HOST_CHARS 254      /* of one, with the NUL */
#define CERT_PEM_MAX (64 * 1024) /* bytes */

struct cert_wish {
    char hosts[CERT_HOSTS_MAX][CERT_HOST_CHARS]; /* DNS names, IPv4, IPv6 */
    size_t n_hosts;
    int64_t from_s; /* seconds since 1970, both ends valid */
    int64_t to_s;
};

/* A new ECDSA key on P-256: Ed25519 is faster, but browsers know no certificate of it.
 * Appends PEM. Errors: ERR_FULL. */
NODISCARD enum err cert_make_key(struct buf *pem);

/* A certificate signed by that very key. Appends PEM. Errors: ERR_REJECTED (no key, a
 * host that is neither a name nor an address), ERR_FULL. */
NODISCARD enum err cert_sign_self(const char *key_pem, const struct cert_wish *wish,
                                  struct buf *cert_pem);

/* "sha256//…" of the public key of the first certificate, as libcurl's
 * CURLOPT_PINNEDPUBLICKEY wants it, and the second at which it ends. Errors:
 * ERR_REJECTED (no certificate). */
NODISCARD enum err cert_read(const char *cert_pem, char pin_out[CERT_PIN_CHARS],
                             int64_t *to_s_out);

/* A DNS name or an IP address? */
bool cert_host_ok(const char *host);
/* "sha256//" and the base64 of 32 bytes? */
bool cert_pin_ok(const char *pin);
