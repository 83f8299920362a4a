/* Whether bytes are one whole clip, without decoding it: mono Ogg Opus from its first page to
 * its last, every page with the checksum that it carries (RFC 3533, RFC 7845). Pure. */
#pragma once

#include <stddef.h>

#include "base/err.h"

/* Errors: ERR_REJECTED (something else), ERR_CORRUPT (cut off, or a bit changed). */
NODISCARD enum err opus_file_check(const void *bytes, size_t n, int *ms_out);
