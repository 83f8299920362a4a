/* The sound cues of tokens.md §9, made here sample by sample: bamboo, a small bell, a gong.
 * Pure. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "ui/cue.h"

#define CUE_RATE 48000 /* samples a second, one channel */

/* How many samples a cue has. */
size_t cue_samples(enum cue cue);
/* Fills `out` with cue_samples(cue) of them. */
void cue_make(enum cue cue, int16_t *out);
