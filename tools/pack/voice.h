/* Where the clips of a content tree come from: recordings of people in SRC/voice/LANG/
 * KEY.opus win; where there is none, a draft by bdhvs-voice, kept in a folder of its own
 * that is no part of the content. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct arena;
struct buf;
struct spoken_text;
struct voice_helper;

struct voice {
    const char *root;    /* of the content */
    const char *drafts;  /* folder of drafts, or NULL: recordings only */
    const char *program; /* bdhvs-voice, or NULL: missing drafts are not made */
    struct voice_helper *helper;
    size_t n_made;
};

void voice_close(struct voice *v); /* zeroed is allowed */

/* Appends the clip. Errors: ERR_OFFLINE (there is none, and none can be made),
 * ERR_REJECTED (a recording that is too large), ERR_FULL, ERR_CORRUPT. */
NODISCARD enum err voice_clip(struct voice *v, const char *lang,
                              const struct spoken_text *text, struct buf *clip,
                              bool *draft_out);

/* Path of the recording, there or not. */
const char *voice_recording(const char *root, const char *lang, const char *key,
                            struct arena *arena);
