/* The loudspeaker: one spoken clip at a time, and cues over it. The device is open only while
 * something sounds, so that a resting kiosk has no audio thread. Thread: the UI thread; SDL's
 * own thread reads from it under SDL's lock. */
#pragma once

#include <stddef.h>

#include "base/err.h"
#include "platform/cues.h"

struct sound;

struct sound *sound_create(void);
void sound_destroy(
    struct sound *s); /* NULL is allowed; everywhere else, too: silence */

/* Plays these bytes of Ogg Opus (copied) from the start; what was spoken before ends.
 * Errors: ERR_OFFLINE (no loudspeaker: asked again with the next clip), ERR_REJECTED (not
 * Opus). */
NODISCARD enum err sound_play(struct sound *s, const void *opus, size_t n);
void sound_hush(struct sound *s); /* the spoken clip; a cue ends by itself */
/* Milliseconds heard of the clip; -1: none is spoken, also when the device went away. */
int sound_heard_ms(struct sound *s);
void sound_cue(struct sound *s, enum cue cue);
void sound_set_volume(struct sound *s, int percent);
/* Closes the device when nothing sounds. Milliseconds until it should be asked again, -1:
 * not before the next sound. */
int sound_rest(struct sound *s);
