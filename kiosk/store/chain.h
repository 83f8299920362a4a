/* Each event's hash over the one before and itself (PROTOCOL §1): a changed, missing or
 * inserted row shows. */
#pragma once

#include "base/hash.h"
#include "store/private.h"

#define CHAIN_SALT_BYTES 16

/* BLAKE2b(salt, token): how a person enters the chain, so that erasing token and salt
 * leaves it whole. */
void chain_who(const unsigned char salt[CHAIN_SALT_BYTES],
               const unsigned char token[EVENT_TOKEN_BYTES],
               unsigned char out[HASH_CHAIN_BYTES]);

/* The chain of event `seq` from the rows in the table. Errors: ERR_CORRUPT when it is
 * not there. */
NODISCARD enum err chain_of(struct db *db, int64_t seq,
                            unsigned char out[HASH_CHAIN_BYTES]);
