/* minisign's two file kinds, verified with libsodium. */
#include "lesson/minisign.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define UNTRUSTED "untrusted comment: "
#define TRUSTED "trusted comment: "
#define HASH_BYTES 64

struct signature {
    unsigned char algorithm[2];
    unsigned char id[PACK_KEY_ID_BYTES];
    unsigned char ed25519[crypto_sign_BYTES];
};

struct public_key {
    unsigned char algorithm[2];
    unsigned char id[PACK_KEY_ID_BYTES];
    unsigned char key[PACK_KEY_BYTES];
};

_Static_assert(sizeof(struct signature) == 74, "read as bytes");
_Static_assert(sizeof(struct public_key) == 42, "read as bytes");

/* A line of the text, without its end. */
struct line {
    const char *s;
    size_t n;
};

static struct line take_line(const char **at)
{
    struct line l = { *at, strcspn(*at, "\n") };

    *at += l.n + (l.s[l.n] == '\n');
    if (l.n && l.s[l.n - 1] == '\r') /* a key copied by way of Windows */
        l.n--;
    return l;
}

static bool begins(struct line l, const char *prefix)
{
    return l.n >= strlen(prefix) && memcmp(l.s, prefix, strlen(prefix)) == 0;
}

/* Exactly `n` bytes. */
static bool decode(struct line l, void *out, size_t n)
{
    size_t got;
    const char *end;

    return sodium_base642bin(out, n, l.s, l.n, NULL, &got, &end,
                             sodium_base64_VARIANT_ORIGINAL) == 0 &&
           got == n && end == l.s + l.n;
}

enum err minisign_key_parse(const char *text, struct pack_key *out)
{
    const char *at = text;
    struct line comment = take_line(&at);
    struct line body = begins(comment, UNTRUSTED) ? take_line(&at) : comment;
    struct public_key pk;

    if (!decode(body, &pk, sizeof(pk)) || memcmp(pk.algorithm, "Ed", 2) != 0)
        return ERR_REJECTED;
    *out = (struct pack_key){ .of_others = false };
    memcpy(out->id, pk.id, sizeof(out->id));
    memcpy(out->key, pk.key, sizeof(out->key));
    return ERR_OK;
}

static enum err refuse(char *why, size_t n_why, const char *what)
{
    snprintf(why, n_why, "%s", what);
    return ERR_REJECTED;
}

static const struct pack_key *find_key(const struct pack_key *keys, size_t n,
                                       const unsigned char id[PACK_KEY_ID_BYTES])
{
    for (size_t i = 0; i < n; i++) {
        if (memcmp(keys[i].id, id, PACK_KEY_ID_BYTES) == 0)
            return &keys[i];
    }
    return NULL;
}

/* The global signature covers the signature and the trusted comment. */
static bool comment_holds(const struct signature *sig, struct line comment,
                          const unsigned char global[crypto_sign_BYTES],
                          const struct pack_key *key)
{
    unsigned char signed_bytes[crypto_sign_BYTES + MINISIGN_TEXT_MAX];

    if (comment.n > MINISIGN_TEXT_MAX)
        return false;
    memcpy(signed_bytes, sig->ed25519, crypto_sign_BYTES);
    memcpy(signed_bytes + crypto_sign_BYTES, comment.s, comment.n);
    return crypto_sign_verify_detached(global, signed_bytes,
                                       crypto_sign_BYTES + comment.n, key->key) == 0;
}

enum err minisign_verify(const struct pack_key *keys, size_t n_keys,
                         const void *message, size_t n, const char *signature,
                         const struct pack_key **by_out, char *why, size_t n_why)
{
    unsigned char hash[HASH_BYTES];
    unsigned char global[crypto_sign_BYTES];
    const struct pack_key *key;
    struct signature sig;
    const char *at = signature;
    struct line untrusted = take_line(&at);
    struct line body = take_line(&at);
    struct line trusted = take_line(&at);
    struct line last = take_line(&at);

    if (!begins(untrusted, UNTRUSTED) || !begins(trusted, TRUSTED) ||
        !decode(body, &sig, sizeof(sig)) || !decode(last, global, sizeof(global)) ||
        *at)
        return refuse(why, n_why, "the signature file is malformed");
    if (memcmp(sig.algorithm, "ED", 2) != 0)
        return refuse(why, n_why, "the signature is not of the prehashed kind");
    key = find_key(keys, n_keys, sig.id);
    if (!key)
        return refuse(why, n_why, "signed with a key that is not trusted here");
    crypto_generichash(hash, sizeof(hash), message, n, NULL, 0);
    if (crypto_sign_verify_detached(sig.ed25519, hash, sizeof(hash), key->key))
        return refuse(why, n_why, "the signature does not fit: it was changed");
    trusted.s += strlen(TRUSTED);
    trusted.n -= strlen(TRUSTED);
    if (!comment_holds(&sig, trusted, global, key))
        return refuse(why, n_why, "the signed comment was changed");
    if (by_out)
        *by_out = key;
    return ERR_OK;
}
