/* Installing an update of the program, so that the machine never stays without one: see
 * state.h for the way it takes. As root. What happens is logged, and told through state.json.
 *
 * The new program is kept when it presented a frame: the kiosk's unit is ready then (Type=notify),
 * and bdhvs-update-settle.service, which waits for that, calls update_settle. Until then nobody
 * can have finished a lesson with it, so that the copy of the database may come back; after that
 * nothing goes back any more. */
#pragma once

#include <stdbool.h>

#include "place.h"
#include "state.h"

#define UPDATE_BOOTS_MAX \
    3 /* starts of the machine that a new program may show nothing */

struct update {
    struct place place;
    bool for_tests; /* programs come from PATH */
    bool at_boot;   /* before the kiosk: systemd starts it by itself */
};

/* What was asked for: finds the update, checks it, installs it. The state at its end. */
enum update_step update_run(struct update *u);
/* At boot, before the kiosk: goes on where a power cut ended it. */
enum update_step update_recover(struct update *u);
/* The kiosk presented a frame. */
enum update_step update_settle(struct update *u);
/* Keeps the packages of `folder` that are those installed now, so that there is a way back from
 * the next update. Returns how many. */
int update_adopt(struct update *u, const char *folder);
