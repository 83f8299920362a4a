/* Texts sealed and opened: with the data key while it is open, else to the public key alone. What
 * is sealed belongs to one token, column and version. */
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "store/vault_private.h"

#define COLUMN_MAX 32
#define AAD_MAX (EVENT_TOKEN_BYTES + COLUMN_MAX + 8)

enum form { SEALED_OPEN = 1, SEALED_LOCKED = 2 };

static size_t put_aad(unsigned char out[AAD_MAX],
                      const unsigned char token[EVENT_TOKEN_BYTES], const char *column,
                      int64_t version)
{
    size_t n = strlen(column);

    ASSERT(n < COLUMN_MAX);
    memset(out, 0, AAD_MAX);
    memcpy(out, token, EVENT_TOKEN_BYTES);
    memcpy(out + EVENT_TOKEN_BYTES, column, n);
    for (int i = 0; i < 8; i++)
        out[EVENT_TOKEN_BYTES + COLUMN_MAX + i] =
            (unsigned char)((uint64_t)version >> (8 * i));
    return AAD_MAX;
}

enum err vault_seal(struct vault *v, const unsigned char token[EVENT_TOKEN_BYTES],
                    const char *column, int64_t version, const void *plain, size_t n,
                    struct buf *out)
{
    unsigned char aad[AAD_MAX], room[SEALED_MAX + AAD_MAX + 128];
    unsigned char both[SEALED_MAX + AAD_MAX];
    size_t n_aad = put_aad(aad, token, column, version), len;
    int failed;

    if (!v->exists)
        return ERR_OFFLINE;
    if (n > SEALED_MAX)
        return ERR_REJECTED;
    if (v->key) {
        room[0] = SEALED_OPEN;
        randombytes_buf(room + 1, NONCE_BYTES);
        crypto_aead_xchacha20poly1305_ietf_encrypt(
            room + 1 + NONCE_BYTES, NULL, plain, n, aad, n_aad, NULL, room + 1, v->key);
        len = 1 + NONCE_BYTES + n + TAG_BYTES;
    } else {
        memcpy(both, aad, n_aad);
        memcpy(both + n_aad, plain, n);
        room[0] = SEALED_LOCKED;
        failed = crypto_box_seal(room + 1, both, n_aad + n, v->public);
        sodium_memzero(both, sizeof(both));
        if (failed)
            return ERR_CORRUPT;
        len = 1 + n_aad + n + crypto_box_SEALBYTES;
    }
    buf_add(out, room, len);
    return out->overflow ? ERR_FULL : ERR_OK;
}

static enum err open_box(struct vault *v, const unsigned char *aad, size_t n_aad,
                         const unsigned char *sealed, size_t n, struct buf *out)
{
    unsigned char both[SEALED_MAX + AAD_MAX];
    size_t len = n - 1 - crypto_box_SEALBYTES;
    enum err err = ERR_CORRUPT;

    if (n < 1 + crypto_box_SEALBYTES + n_aad || len > sizeof(both))
        return ERR_CORRUPT;
    if (!crypto_box_seal_open(both, sealed + 1, n - 1, v->public, v->secret) &&
        !sodium_memcmp(both, aad, n_aad)) {
        buf_add(out, both + n_aad, len - n_aad);
        err = ERR_OK;
    }
    sodium_memzero(both, sizeof(both));
    return err;
}

enum err vault_unseal(struct vault *v, const unsigned char token[EVENT_TOKEN_BYTES],
                      const char *column, int64_t version, const void *sealed, size_t n,
                      struct buf *out)
{
    const unsigned char *bytes = sealed;
    unsigned char aad[AAD_MAX], plain[SEALED_MAX];
    size_t n_aad = put_aad(aad, token, column, version);
    unsigned long long n_plain;
    enum err err = ERR_CORRUPT;

    if (!v->key)
        return ERR_OFFLINE;
    if (!n)
        return ERR_CORRUPT;
    if (bytes[0] == SEALED_LOCKED)
        return open_box(v, aad, n_aad, bytes, n, out);
    if (bytes[0] != SEALED_OPEN || n < 1 + NONCE_BYTES + TAG_BYTES ||
        n - 1 - NONCE_BYTES - TAG_BYTES > sizeof(plain))
        return ERR_CORRUPT;
    if (!crypto_aead_xchacha20poly1305_ietf_decrypt(
            plain, &n_plain, NULL, bytes + 1 + NONCE_BYTES, n - 1 - NONCE_BYTES, aad,
            n_aad, bytes + 1, v->key)) {
        buf_add(out, plain, (size_t)n_plain);
        err = out->overflow ? ERR_FULL : ERR_OK;
    }
    sodium_memzero(plain, sizeof(plain));
    return err;
}
