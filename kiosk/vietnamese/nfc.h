/* Unicode normalisation form C: the one form of text stored and shown here. */
#pragma once

#include <stdbool.h>

#include "base/err.h"

struct arena;

/* Whether a valid UTF-8 string is in NFC. */
bool nfc_is(const char *text);

/* The NFC form, in `arena`. Errors: ERR_REJECTED (bad UTF-8). */
NODISCARD enum err nfc_make(struct arena *arena, const char *text, const char **out);
