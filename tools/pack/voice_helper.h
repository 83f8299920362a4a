/* bdhvs-voice as a child: a text goes in, a clip comes out (tools/voice/README.md). */
#pragma once

#include "base/err.h"

struct buf;
struct voice_helper;

/* Errors: ERR_OFFLINE (it cannot be started). */
NODISCARD enum err voice_helper_open(const char *program, struct voice_helper **out);
void voice_helper_close(struct voice_helper *h); /* NULL is allowed */

/* Appends the clip; nothing when there is no voice for `lang`. Errors: ERR_CORRUPT (it
 * died; what it said stands on stderr). */
NODISCARD enum err voice_helper_speak(struct voice_helper *h, const char *lang,
                                      const char *text, struct buf *clip);

/* A run of its own, "bdhvs-voice encode": samples (16 bits, least byte first, mono, `rate` a
 * second) become one clip, appended, whose tag TEXT is `text`. Errors: ERR_OFFLINE,
 * ERR_CORRUPT (it refused them or died; what it said stands on stderr). */
NODISCARD enum err voice_helper_encode(const char *program, int rate, const char *text,
                                       const struct buf *pcm, struct buf *clip);
