/* Unicode normalisation form C: the one form of text stored and shown here. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define NFC_MAX \
    1024 /* code points of a text that nfc_write takes, marks counted alone */

/* Whether a valid UTF-8 string is in NFC. */
bool nfc_is(const char *text);

/* The NFC form into `out` (`size` bytes with the NUL), for short texts that people type. It
 * may be a name, so no copy is left behind on the heap or the stack. On an error `out` is "".
 * Errors: ERR_REJECTED (bad UTF-8), ERR_FULL (does not fit, more than NFC_MAX). */
NODISCARD enum err nfc_write(const char *text, char *out, size_t size);
