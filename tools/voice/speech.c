/* Samples: trimmed, then brought to one loudness. */
#include "speech.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"

#define SILENCE 0.01F /* of the loudest sample: -40 dB */
#define LEAD_MS 30
#define TAIL_MS 120
#define TARGET_RMS 0.1F /* -20 dBFS */
#define PEAK_MAX 0.89F  /* -1 dBFS; Opus may overshoot a little */

void speech_finish(struct speech *s)
{
    free(s->pcm);
    *s = (struct speech){ 0 };
}

void speech_add(struct speech *s, const short *samples, size_t n)
{
    if (s->n + n > s->cap) {
        s->cap = 2 * (s->n + n);
        s->pcm = check_realloc(s->pcm, s->cap * sizeof(*s->pcm));
    }
    for (size_t i = 0; i < n; i++)
        s->pcm[s->n++] = (float)samples[i] / 32768.0F;
}

static float peak(const struct speech *s)
{
    float top = 0;

    for (size_t i = 0; i < s->n; i++)
        top = fmaxf(top, fabsf(s->pcm[i]));
    return top;
}

static size_t samples_of(const struct speech *s, long ms)
{
    return (size_t)ms * (size_t)s->rate / 1000;
}

void speech_trim(struct speech *s)
{
    float floor = peak(s) * SILENCE;
    size_t lead = samples_of(s, LEAD_MS), tail = samples_of(s, TAIL_MS);
    size_t first = 0, last = s->n;
    long cut_ms;

    while (first < s->n && fabsf(s->pcm[first]) <= floor)
        first++;
    while (last > first && fabsf(s->pcm[last - 1]) <= floor)
        last--;
    first = first > lead ? first - lead : 0;
    last = last + tail < s->n ? last + tail : s->n;
    s->n = last - first;
    if (s->n)
        memmove(s->pcm, s->pcm + first, s->n * sizeof(*s->pcm));
    cut_ms = (long)(first * 1000 / (size_t)s->rate);
    for (size_t i = 0; i < s->n_marks; i++)
        s->marks[i].ms = s->marks[i].ms > cut_ms ? s->marks[i].ms - cut_ms : 0;
}

void speech_level(struct speech *s)
{
    double sum = 0;
    float top = peak(s), gain;

    for (size_t i = 0; i < s->n; i++)
        sum += (double)s->pcm[i] * (double)s->pcm[i];
    if (top <= 0)
        return;
    gain = TARGET_RMS / (float)sqrt(sum / (double)s->n);
    gain = fminf(gain, PEAK_MAX / top);
    for (size_t i = 0; i < s->n; i++)
        s->pcm[i] *= gain;
}
