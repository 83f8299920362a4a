/* Speech as Ogg Opus, mono. The only door to libopusenc. */
#pragma once

#include "base/err.h"

struct buf;
struct speech;

#define ENCODE_BIT_RATE 24000

/* Appends the JSON array of [ms, offset, length] per word (bytes of the text as written). */
void encode_marks(const struct speech *s, struct buf *out, const char *key);

/* Appends the file to `out`. Its tags: TEXT, the words as written; MARKS, as encode_marks.
 * `text` NULL: no tags, the file tells nobody what is said. The same speech gives the same
 * bytes. Errors: ERR_CORRUPT. */
NODISCARD enum err encode_speech(const struct speech *s, const char *text,
                                 struct buf *out);
