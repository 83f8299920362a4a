/* What is held of each life of a kiosk: the lines of its clock, how far its revs go, and
 * what an acknowledgement says of them (PROTOCOL §4). Called inside the transaction of
 * ingest.c. */
#pragma once

#include <stdint.h>

#include "base/err.h"
#include "server.h"
#include "wire/ack.h"

struct arena;

/* A run's id as the database writes it: 16 hex digits. */
char *runs_text(struct arena *arena, uint64_t run);

/* Takes in the bundle's runs: a better clock wins, `held` grows when nothing is missing
 * in between, `top` in any case. Errors: of the store. */
NODISCARD enum err runs_merge(struct server *s, const struct bundle *b,
                              struct arena *arena);

/* Fills in `held` of every run that the bundle knows, and `foreign_ord`. Errors: of the
 * store. */
NODISCARD enum err runs_answer(struct server *s, const struct bundle *b,
                               struct arena *arena, struct ack *ack);
