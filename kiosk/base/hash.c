/* Thin doors to libsodium. */
#include "base/hash.h"

#include <sodium.h>
#include <string.h>

#include "base/check.h"
#include "base/encoding.h"

void hash_init(void)
{
    ASSERT(sodium_init() >= 0);
}

void hash_sha256(const void *bytes, size_t n, unsigned char out[HASH_SHA256_BYTES])
{
    crypto_hash_sha256(out, bytes, n);
}

void hash_sha256_hex(const void *bytes, size_t n, char out[HASH_SHA256_HEX])
{
    unsigned char raw[HASH_SHA256_BYTES];

    hash_sha256(bytes, n, raw);
    encoding_hex(raw, sizeof(raw), out);
}

static crypto_hash_sha256_state *state_of(struct hash_sha256_sum *sum)
{
    _Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(sum->state), "room");
    return (crypto_hash_sha256_state *)(void *)sum->state;
}

void hash_sha256_begin(struct hash_sha256_sum *sum)
{
    crypto_hash_sha256_init(state_of(sum));
}

void hash_sha256_more(struct hash_sha256_sum *sum, const void *bytes, size_t n)
{
    crypto_hash_sha256_update(state_of(sum), bytes, n);
}

void hash_sha256_end(struct hash_sha256_sum *sum, char out[HASH_SHA256_HEX])
{
    unsigned char raw[HASH_SHA256_BYTES];

    crypto_hash_sha256_final(state_of(sum), raw);
    encoding_hex(raw, sizeof(raw), out);
}

static void add_parts(crypto_generichash_state *st, const struct hash_part *parts,
                      size_t n_parts)
{
    for (size_t i = 0; i < n_parts; i++) {
        unsigned char len[8];

        for (size_t k = 0; k < 8; k++)
            len[k] = (unsigned char)((uint64_t)parts[i].n >> (8 * k));
        crypto_generichash_update(st, len, sizeof(len));
        if (parts[i].n)
            crypto_generichash_update(st, parts[i].bytes, parts[i].n);
    }
}

void hash_chain(const struct hash_part *parts, size_t n_parts,
                unsigned char out[HASH_CHAIN_BYTES])
{
    crypto_generichash_state st;

    crypto_generichash_init(&st, NULL, 0, HASH_CHAIN_BYTES);
    add_parts(&st, parts, n_parts);
    crypto_generichash_final(&st, out, HASH_CHAIN_BYTES);
    sodium_memzero(&st, sizeof(st)); /* a name or a token may stand in it */
}

void hash_keyed(const unsigned char key[HASH_KEY_BYTES], const struct hash_part *parts,
                size_t n_parts, unsigned char out[HASH_KEY_BYTES])
{
    crypto_generichash_state st;

    crypto_generichash_init(&st, key, HASH_KEY_BYTES, HASH_KEY_BYTES);
    add_parts(&st, parts, n_parts);
    crypto_generichash_final(&st, out, HASH_KEY_BYTES);
    sodium_memzero(&st, sizeof(st));
}

#define PIN_OPS 2
#define PIN_MEMORY (19U * 1024U * 1024U)

enum err hash_pin(const char *pin, char out[HASH_PIN_CHARS])
{
    _Static_assert(HASH_PIN_CHARS >= crypto_pwhash_STRBYTES, "room for the text");
    return crypto_pwhash_str(out, pin, strlen(pin), PIN_OPS, PIN_MEMORY) ? ERR_FULL
                                                                         : ERR_OK;
}

bool hash_pin_fits(const char *hash, const char *pin)
{
    return crypto_pwhash_str_verify(hash, pin, strlen(pin)) == 0;
}

void hash_random(void *out, size_t n)
{
    randombytes_buf(out, n);
}

uint64_t hash_random_u64(void)
{
    uint64_t v;

    hash_random(&v, sizeof(v));
    return v;
}

uint32_t hash_random_below(uint32_t below)
{
    return randombytes_uniform(below);
}

void hash_wipe(void *secret, size_t n)
{
    sodium_memzero(secret, n);
}

__attribute__((noinline)) void hash_wipe_stack(void)
{
    unsigned char below[64 * 1024];

    sodium_memzero(below, sizeof(below));
}
