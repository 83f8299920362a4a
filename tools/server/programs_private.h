/* What programs.c and programs_add.c share. */
#pragma once

#include "programs.h"

#define OFFERS_FILE "offers.json"
#define OBJECTS_FOLDER "objects"

void programs_path(const struct programs *p, char out[PROGRAMS_PATH_BYTES],
                   const char *name);
/* Durable on ERR_OK. Errors: ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err programs_write(const struct programs *p);
