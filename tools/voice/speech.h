/* A spoken text as samples, with the moment of each word; and making it fit to be heard
 * beside others. Pure. */
#pragma once

#include <stddef.h>

struct speech_mark {
    long ms;
    size_t offset, length; /* bytes of the text as written */
};

struct speech {
    int rate;                  /* samples a second */
    float *pcm;                /* -1 … 1, mono */
    size_t n;                  /* samples */
    size_t cap;                /* samples that `pcm` has room for */
    struct speech_mark *marks; /* in order of `ms` */
    size_t n_marks;
};

void speech_finish(struct speech *s); /* zeroed is allowed */

/* Appends 16-bit samples. */
void speech_add(struct speech *s, const short *samples, size_t n);

/* Cuts silence off both ends; marks move along. */
void speech_trim(struct speech *s);
/* Gives it the loudness that all clips have: -20 dBFS RMS, peaks below -1 dBFS. */
void speech_level(struct speech *s);
