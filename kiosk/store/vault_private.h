/* The inside of a vault, for vault.c and vault_seal.c. */
#pragma once

#include <sodium.h>

#include "store/vault.h"

#define SECRET_BYTES crypto_box_SECRETKEYBYTES
#define PUBLIC_BYTES crypto_box_PUBLICKEYBYTES
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define SEALED_MAX 4096 /* bytes of one text */
#define KEY_BYTES crypto_aead_xchacha20poly1305_ietf_KEYBYTES

struct vault {
    struct db *db;
    bool exists;
    unsigned char public[PUBLIC_BYTES];
    unsigned char *secret; /* sodium_malloc; NULL while locked */
    unsigned char *key;    /* of the data, derived from it; likewise */
};
