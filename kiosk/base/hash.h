/* Hashes and random bytes. libsodium stays behind this header. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define HASH_SHA256_BYTES 32
#define HASH_SHA256_HEX 65 /* with the NUL */
#define HASH_CHAIN_BYTES 16

/* Call once at process start, before any thread. */
void hash_init(void);

void hash_sha256(const void *bytes, size_t n, unsigned char out[HASH_SHA256_BYTES]);
/* Lower-case hex of the SHA-256 of `n` bytes. */
void hash_sha256_hex(const void *bytes, size_t n, char out[HASH_SHA256_HEX]);

/* The same piece by piece, for what does not fit into memory. */
struct hash_sha256_sum {
    _Alignas(16) unsigned char state[128];
};
void hash_sha256_begin(struct hash_sha256_sum *sum);
void hash_sha256_more(struct hash_sha256_sum *sum, const void *bytes, size_t n);
void hash_sha256_end(struct hash_sha256_sum *sum, char out[HASH_SHA256_HEX]);

/* BLAKE2b-128 over the parts in turn, each preceded by its length (8 bytes, little
 * endian), so that no two lists of parts give the same input. */
struct hash_part {
    const void *bytes;
    size_t n;
};
void hash_chain(const struct hash_part *parts, size_t n_parts,
                unsigned char out[HASH_CHAIN_BYTES]);

/* Argon2id (19 MiB, two passes) of a short secret, as a text that says how it was made;
 * about 0.1 s on a small board. It slows guessing, it does not replace a long secret. */
#define HASH_PIN_CHARS 128
NODISCARD enum err hash_pin(const char *pin, char out[HASH_PIN_CHARS]);
bool hash_pin_fits(const char *hash, const char *pin);

/* Keyed BLAKE2b-256 over the parts, as hash_chain: only who has the key can make it. */
#define HASH_KEY_BYTES 32
void hash_keyed(const unsigned char key[HASH_KEY_BYTES], const struct hash_part *parts,
                size_t n_parts, unsigned char out[HASH_KEY_BYTES]);

void hash_random(void *out, size_t n);
uint64_t hash_random_u64(void);
/* Uniform in [0, below). */
uint32_t hash_random_below(uint32_t below);

/* Overwrites a secret; the compiler does not leave it out. */
void hash_wipe(void *secret, size_t n);
/* Overwrites what calls that have returned left on the stack, 64 KiB deep. */
void hash_wipe_stack(void);
