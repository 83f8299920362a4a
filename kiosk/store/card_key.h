/* The key of cards and passports, and the tag of the commune that they carry. The commune's
 * kiosks share a key by the grant; before that each has its own, and what was made with it
 * stays good. */
#pragma once

#include <stdbool.h>

#include "base/hash.h"
#include "store/db.h"

#define CARD_TAG_BITS 20
#define CARD_KEYS 2 /* the commune's, then the one born here */

/* The key to make something with; born when there is none. Wipe it. Errors: of db_set. */
NODISCARD enum err card_key_need(struct db *db, unsigned char key[HASH_KEY_BYTES]);
/* Key `i` of CARD_KEYS, to check something with; false: there is none. Wipe it. */
bool card_key_read(struct db *db, int i, unsigned char key[HASH_KEY_BYTES]);
/* CARD_TAG_BITS in three bytes, at the left. */
void card_commune_tag(struct db *db, unsigned char out[3]);
