/* Signed bytes and their text. */
#include "wire/certificate.h"

#include <ctype.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/encoding.h"
#include "base/hash.h"

#define PREFIX "BC1"
#define PREFIX_CHARS 3
#define VERSION 1
#define TAG_BYTES 6
#define NAME_BYTES 8
#define NAMED 0x80U /* beside the length of the unit */
#define BODY_MAX \
    (1 + TAG_BYTES + 2 + CERTIFICATE_REF_BYTES + 1 + CERTIFICATE_UNIT_MAX + NAME_BYTES)
#define BODY_MIN (BODY_MAX - NAME_BYTES - CERTIFICATE_UNIT_MAX + 1)
#define BYTES_MAX (BODY_MAX + crypto_sign_BYTES)
#define SYMBOLS_MAX ((8 * BYTES_MAX + 4) / 5)
#define DAY_MAX 0xFFFE /* the year 2149 */

_Static_assert(CERTIFICATE_TEXT_CHARS == PREFIX_CHARS + SYMBOLS_MAX + 1, "room");

/* No signature of ours for anything else can be one of these, and the other way round. */
static const char domain[] = "bdhvs certificate 1";

/* --- the name ----------------------------------------------------------------------- */

/* The number of the paper is random, so no table of names made ahead fits two papers. */
static void check_of(const struct certificate *c, const char *name,
                     unsigned char out[NAME_BYTES])
{
    static const char label[] = "bdhvs certificate name";
    const struct hash_part parts[] = { { label, sizeof(label) },
                                       { c->ref, sizeof(c->ref) },
                                       { c->unit, strlen(c->unit) },
                                       { name, strlen(name) } };
    unsigned char sum[HASH_CHAIN_BYTES];

    hash_chain(parts, COUNT(parts), sum);
    memcpy(out, sum, NAME_BYTES);
}

void certificate_set_name(struct certificate *c, const char *name)
{
    c->named = *name != 0;
    memset(c->name_check, 0, sizeof(c->name_check));
    if (c->named)
        check_of(c, name, c->name_check);
}

bool certificate_has_name(const struct certificate *c, const char *name)
{
    unsigned char check[NAME_BYTES];

    if (!c->named || !*name)
        return false;
    check_of(c, name, check);
    return !memcmp(check, c->name_check, sizeof(check));
}

void certificate_number(const struct certificate *c, char out[CERTIFICATE_REF_CHARS])
{
    char symbols[CERTIFICATE_REF_CHARS];

    encoding_base32(c->ref, sizeof(c->ref), symbols);
    (void)snprintf(out, CERTIFICATE_REF_CHARS, "%.4s-%.4s", symbols, symbols + 4);
}

/* --- bytes -------------------------------------------------------------------------- */

/* A key's tag as bytes: 8 characters of base64url are 6 of them. */
static void tag_bytes(const struct jws_key *key, unsigned char out[TAG_BYTES])
{
    struct buf bytes;

    buf_init(&bytes, TAG_BYTES);
    ASSERT(!encoding_unbase64url(key->kid, CERTIFICATE_TAG_CHARS - 1, &bytes));
    memcpy(out, bytes.data, TAG_BYTES);
    buf_finish(&bytes);
}

static size_t write_body(const struct jws_key *key, const struct certificate *c,
                         unsigned char out[BODY_MAX])
{
    size_t n_unit = strlen(c->unit), n = 0;
    unsigned day = c->day >= 0 && c->day <= DAY_MAX ? (unsigned)c->day + 1 : 0;

    ASSERT(n_unit > 0 && n_unit <= CERTIFICATE_UNIT_MAX);
    out[n++] = VERSION;
    tag_bytes(key, out + n);
    n += TAG_BYTES;
    out[n++] = (unsigned char)(day >> 8);
    out[n++] = (unsigned char)day;
    memcpy(out + n, c->ref, sizeof(c->ref));
    n += sizeof(c->ref);
    out[n++] = (unsigned char)(n_unit | (c->named ? NAMED : 0));
    memcpy(out + n, c->unit, n_unit);
    n += n_unit;
    if (c->named) {
        memcpy(out + n, c->name_check, NAME_BYTES);
        n += NAME_BYTES;
    }
    return n;
}

static bool unit_ok(const char *unit, size_t n)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";

    return strlen(unit) == n && strspn(unit, allowed) == n;
}

static enum err read_body(const unsigned char *p, size_t n, struct certificate *out)
{
    size_t n_unit, want;
    unsigned day;
    struct buf tag;

    *out = (struct certificate){ 0 };
    if (n < BODY_MIN || p[0] != VERSION)
        return ERR_REJECTED;
    buf_init(&tag, CERTIFICATE_TAG_CHARS);
    encoding_base64url(p + 1, TAG_BYTES, &tag);
    memcpy(out->tag, buf_text(&tag), CERTIFICATE_TAG_CHARS);
    buf_finish(&tag);
    p += 1 + TAG_BYTES;
    day = (unsigned)p[0] << 8 | p[1];
    out->day = (int64_t)day - 1;
    memcpy(out->ref, p + 2, sizeof(out->ref));
    p += 2 + sizeof(out->ref);
    out->named = (*p & NAMED) != 0;
    n_unit = *p++ & ~NAMED;
    want = BODY_MIN - 1 + n_unit + (out->named ? NAME_BYTES : 0);
    if (n_unit == 0 || n_unit > CERTIFICATE_UNIT_MAX || n != want)
        return ERR_REJECTED;
    memcpy(out->unit, p, n_unit);
    if (out->named)
        memcpy(out->name_check, p + n_unit, NAME_BYTES);
    return unit_ok(out->unit, n_unit) ? ERR_OK : ERR_REJECTED;
}

/* --- text --------------------------------------------------------------------------- */

/* What is signed: the domain, then the body. */
static size_t signed_bytes(const unsigned char *body, size_t n,
                           unsigned char out[sizeof(domain) + BODY_MAX])
{
    memcpy(out, domain, sizeof(domain));
    memcpy(out + sizeof(domain), body, n);
    return sizeof(domain) + n;
}

void certificate_sign(const struct jws_key *key, const struct certificate *c,
                      char out[CERTIFICATE_TEXT_CHARS])
{
    unsigned char bytes[BYTES_MAX], whole[sizeof(domain) + BODY_MAX];
    size_t n = write_body(key, c, bytes);

    crypto_sign_detached(bytes + n, NULL, whole, signed_bytes(bytes, n, whole),
                         key->secret_key);
    memcpy(out, PREFIX, PREFIX_CHARS);
    encoding_base32(bytes, n + crypto_sign_BYTES, out + PREFIX_CHARS);
}

/* Without blanks and hyphens; false when it is too long or does not begin as ours. */
static bool tidy(const char *text, char out[CERTIFICATE_TEXT_CHARS])
{
    size_t n = 0;

    for (; *text; text++) {
        if (isspace((unsigned char)*text) || *text == '-')
            continue;
        if (n + 1 >= CERTIFICATE_TEXT_CHARS)
            return false;
        out[n++] = (char)toupper((unsigned char)*text);
    }
    out[n] = 0;
    /* typed by hand, 1 may be I or L */
    return !strncmp(out, "BC", 2) && out[2] && strchr("1IL", out[2]);
}

struct parts {
    unsigned char bytes[BYTES_MAX];
    size_t n_body;
};

static enum err split(const char *text, struct parts *out, struct certificate *c)
{
    char symbols[CERTIFICATE_TEXT_CHARS];
    size_t n;

    *c = (struct certificate){ 0 };
    if (!tidy(text, symbols))
        return ERR_REJECTED;
    n = 5 * strlen(symbols + PREFIX_CHARS) / 8;
    if (n < BODY_MIN + crypto_sign_BYTES || n > BYTES_MAX ||
        encoding_unbase32(symbols + PREFIX_CHARS, out->bytes, n))
        return ERR_REJECTED;
    out->n_body = n - crypto_sign_BYTES;
    if (read_body(out->bytes, out->n_body, c)) {
        *c = (struct certificate){ 0 };
        return ERR_REJECTED;
    }
    return ERR_OK;
}

enum err certificate_peek(const char *text, struct certificate *out)
{
    struct parts parts;

    return split(text, &parts, out);
}

enum err certificate_verify(const char *text, const struct jws_key *key,
                            struct certificate *out)
{
    unsigned char whole[sizeof(domain) + BODY_MAX];
    struct parts parts;
    enum err err = split(text, &parts, out);

    if (!err && (memcmp(out->tag, key->kid, CERTIFICATE_TAG_CHARS - 1) != 0 ||
                 crypto_sign_verify_detached(
                     parts.bytes + parts.n_body, whole,
                     signed_bytes(parts.bytes, parts.n_body, whole), key->public_key)))
        err = ERR_REJECTED;
    if (err)
        *out = (struct certificate){ 0 };
    return err;
}
