/* The totals as they are stored, in the form that kiosk and server share byte for byte
 * (INTERFACES): {"schema":1,"rows":[["stat","period","unit","dims",value],…]}. */
#pragma once

#include "base/err.h"
#include "server.h"

struct buf;

/* `kiosk` "": of all. Errors: of the store; ERR_FULL when `out` reached its ceiling. */
NODISCARD enum err totals_json(struct server *s, const char *kiosk, struct buf *out);

/* The same as aligned columns for a person at a terminal. */
NODISCARD enum err totals_text(struct server *s, const char *kiosk, struct buf *out);
