/* Ed25519 keys: made, named (RFC 7638), kept in a file. Signs nothing. */
#include "wire/jws.h"

#include <sodium.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/encoding.h"
#include "base/file.h"
#include "base/hash.h"

#define LOG_MODULE "key"
#include "base/log.h"

#define FILE_BYTES_MAX 128
#define FOLDER_BYTES 4096

static void fill_kid(struct jws_key *key)
{
    unsigned char digest[HASH_SHA256_BYTES];
    struct buf text;

    /* The members of RFC 8037 §2 in the order and spelling of RFC 7638 §3. */
    buf_init(&text, 256);
    buf_str(&text, "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"");
    encoding_base64url(key->public_key, JWS_PUBLIC_BYTES, &text);
    buf_str(&text, "\"}");
    hash_sha256(text.data, text.len, digest);
    buf_clear(&text);
    encoding_base64url(digest, sizeof(digest), &text);
    ASSERT(text.len == JWS_KID_CHARS - 1);
    memcpy(key->kid, text.data, JWS_KID_CHARS);
    buf_finish(&text);
}

void jws_key_make(struct jws_key *out)
{
    unsigned char seed[JWS_SEED_BYTES];

    hash_random(seed, sizeof(seed));
    jws_key_from_seed(seed, out);
    sodium_memzero(seed, sizeof(seed));
}

void jws_key_from_seed(const unsigned char seed[JWS_SEED_BYTES], struct jws_key *out)
{
    crypto_sign_seed_keypair(out->public_key, out->secret_key, seed);
    fill_kid(out);
}

void jws_key_public(const unsigned char public_key[JWS_PUBLIC_BYTES],
                    struct jws_key *out)
{
    *out = (struct jws_key){ 0 };
    memcpy(out->public_key, public_key, JWS_PUBLIC_BYTES);
    fill_kid(out);
}

void jws_key_wipe(struct jws_key *key)
{
    sodium_memzero(key->secret_key, sizeof(key->secret_key));
}

/* `n` base64url characters that must give exactly 32 bytes. */
static enum err parse_32(const char *text, size_t n, unsigned char out[32])
{
    struct buf bytes;
    enum err err;

    buf_init(&bytes, 32);
    err = encoding_unbase64url(text, n, &bytes);
    if (!err && bytes.len != 32)
        err = ERR_REJECTED;
    if (!err)
        memcpy(out, bytes.data, 32);
    if (bytes.data)
        sodium_memzero(bytes.data, bytes.len);
    buf_finish(&bytes);
    return err;
}

enum err jws_public_parse(const char *text, unsigned char out[JWS_PUBLIC_BYTES])
{
    return parse_32(text, strlen(text), out);
}

/* Makes the key's folder; a name without one lies in the current folder. */
static enum err make_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char folder[FOLDER_BYTES];
    size_t n = slash ? (size_t)(slash - path) : 0;

    if (n >= sizeof(folder))
        return ERR_CORRUPT;
    if (n == 0)
        return ERR_OK;
    memcpy(folder, path, n);
    folder[n] = 0;
    return file_make_folder(folder);
}

static enum err store_new(const char *path, struct jws_key *out)
{
    struct buf line;
    enum err err = make_folder_of(path);

    if (err)
        return err;
    jws_key_make(out);
    buf_init(&line, FILE_BYTES_MAX);
    encoding_base64url(out->secret_key, JWS_SEED_BYTES, &line); /* its first half */
    buf_char(&line, '\n');
    err = file_replace(path, line.data, line.len, 0600);
    sodium_memzero(line.data, line.len);
    buf_finish(&line);
    if (!err)
        LOG_INFO("new device key %s", out->kid);
    return err;
}

enum err jws_key_load(const char *path, struct jws_key *out)
{
    unsigned char seed[JWS_SEED_BYTES];
    struct buf line;
    enum err err;

    buf_init(&line, FILE_BYTES_MAX);
    err = file_read(path, &line);
    if (err == ERR_OFFLINE) {
        err = store_new(path, out);
    } else {
        /* Never replaced by a new key on its own: the server knows the old one. */
        if (err || line.len < 2 || line.data[line.len - 1] != '\n' ||
            parse_32(line.data, line.len - 1, seed)) {
            LOG_ERR("%s is not a device key", path);
            err = ERR_CORRUPT;
        } else {
            jws_key_from_seed(seed, out);
            sodium_memzero(seed, sizeof(seed));
        }
    }
    if (line.data)
        sodium_memzero(line.data, line.len);
    buf_finish(&line);
    return err;
}
