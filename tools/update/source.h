/* The update itself: found on a stick or where the kiosk put what it fetched, believed only
 * after it was copied where nobody else writes. */
#pragma once

#include <stdint.h>

#include "place.h"
#include "state.h"
#include "wire/program.h"

/* What an update must be made for. */
struct source_machine {
    char suite[16], arch[16];
};

/* Takes the first one found into PLACE_NEXT: packages whole and as its signed list says, newer
 * than `floor`, for this machine. `out` is filled as far as it could be read. UPDATE_FINE: it is
 * all there. */
enum update_why source_take(const struct place *p, const struct source_machine *machine,
                            int64_t floor, struct program_list *out);
/* The list of what lies in PLACE_NEXT already. Errors: ERR_OFFLINE, ERR_REJECTED. */
NODISCARD enum err source_list(const struct place *p, struct program_list *out);
