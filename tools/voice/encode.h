/* Speech as Ogg Opus, mono. The only door to libopusenc. */
#pragma once

#include "base/err.h"

struct buf;
struct speech;

#define ENCODE_BIT_RATE 24000

/* Appends the file to `out`. Its tags: TEXT, the words as written; MARKS, a JSON array of
 * [ms, offset, length] per word (bytes of TEXT). The same speech gives the same bytes.
 * Errors: ERR_CORRUPT. */
NODISCARD enum err encode_speech(const struct speech *s, const char *text,
                                 struct buf *out);
