/* The kiosk's database beside an update: copied while the kiosk stands still, put back if the new
 * program never presented a frame. */
#pragma once

#include "place.h"

/* Errors: ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err database_keep(const struct place *p);
/* Without a copy nothing is done. Can be done again from its beginning at any time. Errors: as
 * above. */
NODISCARD enum err database_put_back(const struct place *p);
