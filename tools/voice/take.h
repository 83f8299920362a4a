/* What a person said into a microphone, as samples: hum taken out, the quiet before and after
 * cut off, then as loud as the drafts (speech.h). A room is never as silent as a machine, so
 * silence is what is near the noise of the recording, not near zero. Pure. */
#pragma once

#include <stdbool.h>

struct speech;

/* False: nobody speaks in it; then it is as it was, but for the hum. */
bool take_clean(struct speech *s);
