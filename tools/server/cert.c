/* See cert.h. The only file that includes gnutls. */
#include "cert.h"

#include <arpa/inet.h>
#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/hash.h"

#define LOG_MODULE "cert"
#include "base/log.h"

#define SUBJECT "bdhvs-server" /* the names stand in subjectAltName */
#define SERIAL_BYTES 16
#define PIN_PREFIX "sha256//"
#define PIN_BASE64 44 /* of 32 bytes; the last is '=' */
#define LABEL_MAX 63  /* RFC 1035 */
#define BASE64 "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

static enum err said(const char *what, int rc)
{
    if (rc >= 0)
        return ERR_OK;
    LOG_ERR("%s: %s", what, gnutls_strerror(rc));
    return ERR_REJECTED;
}

static enum err append(struct buf *out, const char *what, int rc, gnutls_datum_t *d)
{
    if (rc < 0)
        return said(what, rc);
    buf_add(out, d->data, d->size);
    hash_wipe(d->data, d->size); /* one of them is a key */
    gnutls_free(d->data);
    return out->overflow ? ERR_FULL : ERR_OK;
}

enum err cert_make_key(struct buf *pem)
{
    gnutls_x509_privkey_t key;
    gnutls_datum_t text = { NULL, 0 };
    enum err err;
    int rc = gnutls_x509_privkey_init(&key);

    if (rc < 0)
        return said("key", rc);
    rc = gnutls_x509_privkey_generate(
        key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
    if (rc >= 0)
        rc = gnutls_x509_privkey_export2_pkcs8(key, GNUTLS_X509_FMT_PEM, NULL,
                                               GNUTLS_PKCS_PLAIN, &text);
    err = append(pem, "key", rc, &text);
    gnutls_x509_privkey_deinit(key);
    return err;
}

/* --- names ------------------------------------------------------------------------ */

static bool is_label(const char *at, size_t n)
{
    return n > 0 && n <= LABEL_MAX && at[0] != '-' && at[n - 1] != '-';
}

static bool is_name(const char *host)
{
    size_t n = strlen(host);

    if (!n || n >= CERT_HOST_CHARS ||
        strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                     "0123456789-.") != n)
        return false;
    for (const char *at = host;; at++) {
        n = strcspn(at, ".");
        if (!is_label(at, n))
            return false;
        at += n;
        if (!*at)
            return true;
    }
}

/* Bytes of the address, 0: it is none. */
static unsigned address_of(const char *host, unsigned char out[16])
{
    if (inet_pton(AF_INET, host, out) == 1)
        return 4;
    return inet_pton(AF_INET6, host, out) == 1 ? 16 : 0;
}

bool cert_host_ok(const char *host)
{
    unsigned char address[16];

    return address_of(host, address) || is_name(host);
}

bool cert_pin_ok(const char *pin)
{
    size_t n = strlen(PIN_PREFIX);

    return strlen(pin) == n + PIN_BASE64 && !strncmp(pin, PIN_PREFIX, n) &&
           strspn(pin + n, BASE64) == PIN_BASE64 - 1 && pin[n + PIN_BASE64 - 1] == '=';
}

static int add_hosts(gnutls_x509_crt_t crt, const struct cert_wish *wish)
{
    unsigned char address[16];
    int rc = 0;

    for (size_t i = 0; i < wish->n_hosts && rc >= 0; i++) {
        const char *host = wish->hosts[i];
        unsigned n = address_of(host, address);

        if (!n && !is_name(host))
            return GNUTLS_E_INVALID_REQUEST;
        rc = gnutls_x509_crt_set_subject_alt_name(
            crt, n ? GNUTLS_SAN_IPADDRESS : GNUTLS_SAN_DNSNAME,
            n ? (const void *)address : host, n ? n : (unsigned)strlen(host),
            GNUTLS_FSAN_APPEND);
    }
    return rc;
}

/* --- the certificate -------------------------------------------------------------- */

/* GnuTLS takes a time_t, which has 32 bits on armhf of Debian 12; a certificate that should
 * hold longer then ends with them, and is renewed under the same key. */
static time_t time_of(int64_t s)
{
    return sizeof(time_t) < sizeof(s) && s > INT32_MAX ? (time_t)INT32_MAX : (time_t)s;
}

static int describe(gnutls_x509_crt_t crt, gnutls_x509_privkey_t key,
                    const struct cert_wish *wish)
{
    unsigned char serial[SERIAL_BYTES];
    unsigned char key_id[HASH_SHA256_BYTES];
    size_t n_id = sizeof(key_id);
    int rc;

    hash_random(serial, sizeof(serial));
    serial[0] = (unsigned char)((serial[0] & 0x7f) | 0x01); /* positive, not 0 */
    if ((rc = gnutls_x509_crt_set_version(crt, 3)) < 0 ||
        (rc = gnutls_x509_crt_set_key(crt, key)) < 0 ||
        (rc = gnutls_x509_crt_set_serial(crt, serial, sizeof(serial))) < 0 ||
        (rc = gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0,
                                            SUBJECT, strlen(SUBJECT))) < 0 ||
        (rc = gnutls_x509_crt_set_activation_time(crt, time_of(wish->from_s))) < 0 ||
        (rc = gnutls_x509_crt_set_expiration_time(crt, time_of(wish->to_s))) < 0 ||
        (rc = add_hosts(crt, wish)) < 0 ||
        (rc = gnutls_x509_crt_set_basic_constraints(crt, 0, -1)) < 0 ||
        (rc = gnutls_x509_crt_set_key_usage(crt, GNUTLS_KEY_DIGITAL_SIGNATURE)) < 0 ||
        (rc = gnutls_x509_crt_set_key_purpose_oid(crt, GNUTLS_KP_TLS_WWW_SERVER, 0)) <
            0 ||
        (rc = gnutls_x509_crt_get_key_id(crt, GNUTLS_KEYID_USE_SHA256, key_id, &n_id)) <
            0)
        return rc;
    return gnutls_x509_crt_set_subject_key_id(crt, key_id, n_id);
}

enum err cert_sign_self(const char *key_pem, const struct cert_wish *wish,
                        struct buf *cert_pem)
{
    gnutls_datum_t pem = { (void *)(uintptr_t)key_pem, (unsigned)strlen(key_pem) };
    gnutls_datum_t text = { NULL, 0 };
    gnutls_x509_privkey_t key = NULL;
    gnutls_x509_crt_t crt = NULL;
    enum err err;
    int rc = gnutls_x509_privkey_init(&key);

    if (rc >= 0)
        rc = gnutls_x509_privkey_import(key, &pem, GNUTLS_X509_FMT_PEM);
    if (rc >= 0)
        rc = gnutls_x509_crt_init(&crt);
    if (rc >= 0)
        rc = describe(crt, key, wish);
    if (rc >= 0)
        rc = gnutls_x509_crt_sign2(crt, crt, key, GNUTLS_DIG_SHA256, 0);
    if (rc >= 0)
        rc = gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_PEM, &text);
    err = append(cert_pem, "certificate", rc, &text);
    if (crt)
        gnutls_x509_crt_deinit(crt);
    if (key)
        gnutls_x509_privkey_deinit(key);
    return err;
}

static int pin_of(gnutls_x509_crt_t crt, char out[CERT_PIN_CHARS])
{
    unsigned char digest[HASH_SHA256_BYTES];
    gnutls_datum_t der = { NULL, 0 };
    gnutls_datum_t hash = { digest, sizeof(digest) };
    gnutls_datum_t text = { NULL, 0 };
    gnutls_pubkey_t key = NULL;
    int rc = gnutls_pubkey_init(&key);

    if (rc >= 0)
        rc = gnutls_pubkey_import_x509(key, crt, 0);
    if (rc >= 0)
        rc = gnutls_pubkey_export2(key, GNUTLS_X509_FMT_DER, &der);
    if (rc >= 0) {
        hash_sha256(der.data, der.size, digest);
        rc = gnutls_base64_encode2(&hash, &text);
    }
    if (rc >= 0)
        snprintf(out, CERT_PIN_CHARS, PIN_PREFIX "%.*s", PIN_BASE64,
                 (const char *)text.data);
    gnutls_free(der.data);
    gnutls_free(text.data);
    if (key)
        gnutls_pubkey_deinit(key);
    return rc;
}

enum err cert_read(const char *cert_pem, char pin_out[CERT_PIN_CHARS],
                   int64_t *to_s_out)
{
    gnutls_datum_t pem = { (void *)(uintptr_t)cert_pem, (unsigned)strlen(cert_pem) };
    gnutls_x509_crt_t crt = NULL;
    enum err err;
    int rc = gnutls_x509_crt_init(&crt);

    if (rc >= 0)
        rc = gnutls_x509_crt_import(crt, &pem, GNUTLS_X509_FMT_PEM);
    if (rc >= 0)
        rc = pin_of(crt, pin_out);
    if (rc >= 0)
        *to_s_out = (int64_t)gnutls_x509_crt_get_expiration_time(crt);
    err = said("certificate", rc);
    if (crt)
        gnutls_x509_crt_deinit(crt);
    return err;
}
