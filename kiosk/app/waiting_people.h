/* People whom staff have to look at: registered while names were locked and like somebody
 * who was there already; or long away, so that their name need not be kept any more. */
#pragma once

#include <stddef.h>

#include "base/err.h"
#include "lesson/event.h"

struct app;
struct arena;

enum waiting_kind { WAITING_ALIKE, WAITING_AWAY, WAITING_KINDS };

struct waiting_person {
    unsigned char who[EVENT_TOKEN_BYTES];
    unsigned char like[EVENT_TOKEN_BYTES]; /* of ALIKE: the likeliest */
};

#define WAITING_MAX 100 /* of a kind; the others come once these are done */

/* In `arena`. Who is like nobody is noted as looked at. 0 while names are locked. */
size_t app_waiting_people(struct app *app, enum waiting_kind kind, struct arena *arena,
                          struct waiting_person **out);
/* Two people after all: not asked again. Errors: ERR_REJECTED (not this one's right). */
NODISCARD enum err app_waiting_other(struct app *app, const unsigned char *who);
/* Long away, and the name stays. Errors: ERR_REJECTED (not this one's right), as people_kept. */
NODISCARD enum err app_waiting_keep(struct app *app, const unsigned char *who);
/* The same person: the card of `who` is a second one of `like`, who is selected. Errors:
 * as app_person_merge. */
NODISCARD enum err app_waiting_same(struct app *app, const struct waiting_person *w);
