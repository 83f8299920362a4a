/* A content tree as a pack for this machine alone, open. */
#pragma once

#include "base/err.h"

struct pack;
struct report;
struct source;

/* Builds `s` without voices into FOLDER/.pack, where what was drawn before is kept, signs it
 * with a key of its own in FOLDER and opens it; the caller closes it. Makes FOLDER. Errors:
 * ERR_REJECTED (reported), ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err one_pack(struct source *s, const char *folder, struct report *report,
                            struct pack **out);
