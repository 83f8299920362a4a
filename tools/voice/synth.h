/* Text to speech. The only door to espeak-ng, which is GPL-3: this is why speaking is a
 * program of its own. */
#pragma once

#include <stdbool.h>

#include "base/err.h"

struct arena;
struct speech;

/* Errors: ERR_OFFLINE (espeak-ng has no data here). */
NODISCARD enum err synth_open(void);
void synth_close(void);

/* Whether there is a voice for the language ("vi"). */
bool synth_knows(const char *lang);

/* Speaks `text` (valid UTF-8, NFC) into the zeroed `out`; marks live in `arena`. No
 * samples: the text has nothing to speak. Errors: ERR_CORRUPT (espeak-ng failed). */
NODISCARD enum err synth_speak(const char *lang, const char *text, struct arena *arena,
                               struct speech *out);
