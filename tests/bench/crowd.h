/* Many kiosks with their keys, and what they say after each lesson, signed ahead so that
 * signing is not part of what is measured. */
#pragma once

#include <stddef.h>

#include "base/buf.h"
#include "server.h"

#define CROWD_KIOSKS 128
#define CROWD_COMMUNE "21520"

struct crowd;

/* `per_kiosk` uploads of `n_rows` rows for each, in turns: neighbours in the list are of
 * different kiosks. */
struct crowd *crowd_create(size_t per_kiosk, int n_rows);
void crowd_destroy(struct crowd *c);

size_t crowd_size(const struct crowd *c);
/* One whole HTTP request. */
const struct buf *crowd_request(const struct crowd *c, size_t i);

/* Lets all of them in at a new database. */
void crowd_enrol(const struct crowd *c, const char *uri);
/* The same for one machine, in a transaction of the caller. */
void crowd_let_in(struct server *s, const struct jws_key *key, const char *kiosk);
/* "kid public_hex kiosk" a line: for a server that has no database of ours. */
void crowd_write_keys(const struct crowd *c, const char *path);
