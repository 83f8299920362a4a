/* What the kiosk holds about whoever learns, asked for by themselves: no staff needed. */
#pragma once

#include "app/visit.h"
#include "store/erase.h"
#include "store/people.h"

struct app;

/* Of the visit that is open. `details` are empty while names are locked, and of a card without a
 * name. Wipe `out`. Errors: ERR_REJECTED (a guest: nothing is held). */
NODISCARD enum err myself_read(struct app *app, struct person_record *out);
/* Whether `code` is on the card of this very person: a neighbour who touched the name does not
 * have it. Misses count as at the sign-in. */
enum code_result myself_is(struct app *app, const char *code);
/* Consent is taken back: as people_erase. The visit goes on as a guest's. */
NODISCARD enum err myself_erase(struct app *app, struct erase_receipt *out);
