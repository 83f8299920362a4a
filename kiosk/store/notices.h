/* Notices of the commune for the first page: of the settings that the server pushed. They
 * are read out of them each time; nothing of them is stored a second time. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "wire/settings.h"

struct arena;
struct db;

#define NOTICES_MAX WIRE_NOTICES_MAX

struct notice {
    char id[WIRE_NOTICE_ID_MAX + 1]; /* "tb3": the unit of its notice_plays */
    int64_t from_day, to_day;        /* both days are days on which it stands */
    const char *text;
    const char *source; /* who says so, or "" */
};

/* Changes when what is known of the day does: then they are to be read again. NULL: 0. */
int64_t notices_clock(const struct db *db);

/* What may stand on the page now, in the order of the server. A clock that is not certain
 * shows a notice whose days lie within its uncertainty; one that nobody vouches for, or that
 * may be wrong by more than a day, shows none. `*change_ms_out`: milliseconds until the list
 * may be another one (midnight), -1: not by itself. Errors: of the disk. */
NODISCARD enum err notices_now(struct db *db, struct arena *arena,
                               struct notice out[NOTICES_MAX], size_t *n_out,
                               int64_t *change_ms_out);
