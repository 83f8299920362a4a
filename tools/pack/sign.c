/* minisign's key and signature files, with libsodium. */
#include "sign.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"

#define ID_BYTES 8
#define CHECKSUM_BYTES 32
#define HASH_BYTES 64
#define TEXT_MAX 4096
#define BASE64_MAX 300

/* As minisign -W writes it: kdf "none", so salt and limits are zero. */
struct secret_key {
    unsigned char algorithm[2];     /* "Ed" */
    unsigned char kdf[2];           /* 0 0 */
    unsigned char checksum_kind[2]; /* "B2" */
    unsigned char salt[32];
    unsigned char limits[16];
    unsigned char id[ID_BYTES];
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    unsigned char checksum[CHECKSUM_BYTES];
};

struct public_key {
    unsigned char algorithm[2];
    unsigned char id[ID_BYTES];
    unsigned char key[crypto_sign_PUBLICKEYBYTES];
};

struct signature {
    unsigned char algorithm[2]; /* "ED": prehashed */
    unsigned char id[ID_BYTES];
    unsigned char ed25519[crypto_sign_BYTES];
};

_Static_assert(sizeof(struct secret_key) == 158, "written as bytes");
_Static_assert(sizeof(struct public_key) == 42, "written as bytes");
_Static_assert(sizeof(struct signature) == 74, "written as bytes");

static enum err refuse(char *why, size_t n_why, const char *what)
{
    snprintf(why, n_why, "%s", what);
    return ERR_REJECTED;
}

static void checksum(const struct secret_key *k, unsigned char out[CHECKSUM_BYTES])
{
    crypto_generichash_state st;

    crypto_generichash_init(&st, NULL, 0, CHECKSUM_BYTES);
    crypto_generichash_update(&st, k->algorithm, sizeof(k->algorithm));
    crypto_generichash_update(&st, k->id, sizeof(k->id));
    crypto_generichash_update(&st, k->secret, sizeof(k->secret));
    crypto_generichash_final(&st, out, CHECKSUM_BYTES);
}

/* minisign 0.11 leaves the checksum of unencrypted keys at zero. */
static bool checksum_holds(const struct secret_key *k)
{
    unsigned char sum[CHECKSUM_BYTES];

    checksum(k, sum);
    return sodium_is_zero(k->checksum, sizeof(k->checksum)) ||
           sodium_memcmp(sum, k->checksum, sizeof(sum)) == 0;
}

static void put_base64(struct buf *b, const void *bytes, size_t n)
{
    char text[BASE64_MAX];

    sodium_bin2base64(text, sizeof(text), bytes, n, sodium_base64_VARIANT_ORIGINAL);
    buf_str(b, text);
    buf_char(b, '\n');
    sodium_memzero(text, sizeof(text));
}

static enum err write_file(const char *prefix, const char *suffix,
                           const struct buf *text, unsigned mode)
{
    struct buf path;
    enum err err;

    buf_init(&path, TEXT_MAX);
    buf_printf(&path, "%s%s", prefix, suffix);
    err = path.overflow || file_exists(buf_text(&path))
              ? ERR_REJECTED
              : file_replace(buf_text(&path), text->data, text->len, mode);
    buf_finish(&path);
    return err;
}

enum err sign_keygen(const char *prefix, char *why, unsigned long n_why)
{
    struct secret_key sk = { "Ed", { 0, 0 }, "B2", { 0 }, { 0 }, { 0 }, { 0 }, { 0 } };
    struct public_key pk = { "Ed", { 0 }, { 0 } };
    struct buf secret, public;
    enum err err;

    crypto_sign_keypair(pk.key, sk.secret);
    randombytes_buf(sk.id, sizeof(sk.id));
    memcpy(pk.id, sk.id, sizeof(pk.id));
    checksum(&sk, sk.checksum);
    buf_init(&secret, TEXT_MAX);
    buf_init(&public, TEXT_MAX);
    buf_str(&secret, "untrusted comment: minisign secret key of a content author\n");
    put_base64(&secret, &sk, sizeof(sk));
    buf_str(&public, "untrusted comment: minisign public key of a content author\n");
    put_base64(&public, &pk, sizeof(pk));
    err = write_file(prefix, ".key", &secret, 0600);
    if (!err)
        err = write_file(prefix, ".pub", &public, 0644);
    if (err)
        snprintf(why, n_why, "%s",
                 err == ERR_REJECTED ? "a key of that name is there already"
                                     : "the key files cannot be written");
    sodium_memzero(&sk, sizeof(sk));
    sodium_memzero(secret.data, secret.len);
    buf_finish(&secret);
    buf_finish(&public);
    return err;
}

static enum err read_key(const char *path, struct secret_key *out, char *why,
                         size_t n_why)
{
    const char *line;
    struct buf text;
    size_t n = 0;
    enum err err;

    buf_init(&text, TEXT_MAX);
    err = file_read(path, &text);
    line = err ? NULL : strchr(buf_text(&text), '\n');
    if (err)
        snprintf(why, n_why, "the key file cannot be read");
    else if (!line ||
             sodium_base642bin((unsigned char *)out, sizeof(*out), line + 1,
                               strlen(line + 1), "\r\n", &n, NULL,
                               sodium_base64_VARIANT_ORIGINAL) ||
             n != sizeof(*out) || memcmp(out->algorithm, "Ed", 2) != 0)
        err = refuse(why, n_why, "not a minisign secret key");
    else if (out->kdf[0] || out->kdf[1])
        err = refuse(why, n_why, "an encrypted key: sign with minisign itself");
    if (!err && !checksum_holds(out))
        err = refuse(why, n_why, "a damaged secret key");
    if (text.data)
        sodium_memzero(text.data, text.len);
    buf_finish(&text);
    return err;
}

enum err sign_bytes(const char *key_path, const struct buf *message,
                    const char *comment, struct buf *out, char *why,
                    unsigned long n_why)
{
    unsigned char hash[HASH_BYTES], global[crypto_sign_BYTES];
    struct signature sig = { "ED", { 0 }, { 0 } };
    struct secret_key sk;
    struct buf signed_too;
    enum err err = read_key(key_path, &sk, why, n_why);

    if (err)
        return err;
    crypto_generichash(hash, sizeof(hash), (const unsigned char *)buf_text(message),
                       message->len, NULL, 0);
    memcpy(sig.id, sk.id, sizeof(sig.id));
    crypto_sign_detached(sig.ed25519, NULL, hash, sizeof(hash), sk.secret);
    buf_init(&signed_too, TEXT_MAX);
    buf_add(&signed_too, sig.ed25519, sizeof(sig.ed25519));
    buf_str(&signed_too, comment);
    crypto_sign_detached(global, NULL, (const unsigned char *)signed_too.data,
                         signed_too.len, sk.secret);
    sodium_memzero(&sk, sizeof(sk));
    buf_finish(&signed_too);
    buf_str(out, "untrusted comment: signature of a bdhvs content pack\n");
    put_base64(out, &sig, sizeof(sig));
    buf_printf(out, "trusted comment: %s\n", comment);
    put_base64(out, global, sizeof(global));
    return ERR_OK;
}
