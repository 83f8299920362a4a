/* What the files of classes share. */
#pragma once

#include <stdbool.h>

#include "lesson/event.h"
#include "store/class.h"

#define CLASS_BODY_BYTES 160

/* One transaction. Errors: as journal_append. */
NODISCARD enum err class_write(struct db *db, const struct event *events, size_t n);
/* Takes the event `seq` back. */
NODISCARD enum err class_take_back(struct db *db, int64_t seq, const char *actor);
/* Errors: ERR_REJECTED when none is open. */
NODISCARD enum err class_need_open(struct db *db, struct class_state *out);
/* Since it was opened, -1 when a restart lies between. */
int64_t class_minutes(const struct db *db, const struct class_state *c);
/* [a-z0-9._-], at most `max`; "" is one. */
bool class_id_ok(const char *id, size_t max);

bool head_count_ok(const struct head_count *c);
/* The events that lead from one count to the other; returns how many. `elsewhere_day`
 * -1: today. `bodies` holds what the events point to. */
size_t head_count_events(const struct head_count *was, const struct head_count *now,
                         const char *thon, int64_t class_seq, int64_t elsewhere_day,
                         const char *actor, struct event events[3],
                         char bodies[3][CLASS_BODY_BYTES]);
/* EVENT_VOLUNTEER; `body` holds what it points to. Errors: ERR_REJECTED. */
NODISCARD enum err volunteer_event(const char *staff, int minutes, const char *actor,
                                   char body[CLASS_BODY_BYTES], struct event *out);
