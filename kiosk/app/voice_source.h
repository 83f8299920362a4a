/* Which clip speaks a text: in the language of the visit what was recorded here, then what
 * the pack has; where there is neither, the same in Vietnamese. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "lesson/voice_index.h"

struct app;

struct voice_source {
    char lang[VOICE_LANG_CHARS];    /* really heard */
    char key[VOICE_KEY_CHARS];      /* "draft": the machine speaks; "none": nobody */
    const struct voice_mark *marks; /* of the pack, until it closes */
    size_t n_marks;
};

/* Starts the clip of `text`; `lang` is the language wished for. Errors: ERR_OFFLINE (no
 * loudspeaker), ERR_REJECTED (no clip, or none that can be played). */
NODISCARD enum err voice_source_play(struct app *app, const char *lang,
                                     const char *text, struct voice_source *out);
/* Whether some clip in `lang` or in Vietnamese speaks it. */
bool voice_source_there(const struct app *app, const char *lang, const char *text);
/* Bytes of Ogg Opus, as loud as the hour allows. Errors: as above. */
NODISCARD enum err voice_source_bytes(struct app *app, const void *opus, size_t n,
                                      int ms);
/* In percent: evenings are quiet in a village. */
int voice_volume(const struct app *app);
