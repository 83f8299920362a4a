/* What class.c and class_members.c share. */
#pragma once

#include "lesson/event.h"
#include "store/class.h"

/* One transaction. */
NODISCARD enum err class_write(struct db *db, const struct event *events, size_t n);
NODISCARD enum err class_take_back(struct db *db, int64_t seq, const char *actor);
