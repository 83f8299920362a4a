/* One clip: Ogg Opus as bytes. The only door to opusfile here. */
#pragma once

#include <stddef.h>

#include "base/err.h"

struct arena;
struct buf;

#define CLIP_BYTES_MAX (4U * 1024U * 1024U)
#define CLIP_MS_PER_CHARACTER 40 /* faster than that nobody speaks: it was cut off */
#define CLIP_QUIET_DBFS (-40.0)

struct clip {
    int ms;
    const char *text;  /* its tag TEXT, or NULL */
    const char *marks; /* its tag MARKS when that is a JSON array, else "[]" */
};

/* Length and tags; copies into `arena`. Errors: ERR_REJECTED (no mono Ogg Opus). */
NODISCARD enum err clip_read(const void *bytes, size_t n, struct arena *arena,
                             struct clip *out);

/* Appends the samples: 16 bits, least byte first, mono, CLIP_RATE a second. Errors:
 * ERR_REJECTED, ERR_FULL (the ceiling of `pcm`). */
#define CLIP_RATE 48000
NODISCARD enum err clip_decode(const void *bytes, size_t n, struct buf *pcm);

/* RMS of the whole clip, decoded. Errors: ERR_REJECTED. */
NODISCARD enum err clip_loudness(const void *bytes, size_t n, double *dbfs_out);
