/* Each cue is a few struck notes: partials that die away, the higher ones sooner. */
#include "platform/cues.h"

#include <math.h>
#include <string.h>

#include "base/check.h"

#define PEAK 9000.0 /* of 32767: soft beside a voice */
#define PARTIALS 4
#define TAU 6.283185307179586

/* What is struck: how its partials lie, how loud they are, how long they ring. */
struct body {
    double ratio[PARTIALS], level[PARTIALS], ring_s[PARTIALS];
    double attack_s;
};

static const struct body bamboo = {
    { 1, 2.76, 5.4, 8.9 }, { 1, 0.35, 0.12, 0.05 }, { 0.09, 0.04, 0.02, 0.01 }, 0.002
};
static const struct body wood = {
    { 1, 2.4, 4.3, 6.6 }, { 1, 0.3, 0.1, 0.05 }, { 0.018, 0.009, 0.005, 0.003 }, 0.001
};
static const struct body bell = {
    { 1, 2.0, 3.01, 4.17 }, { 1, 0.5, 0.3, 0.15 }, { 0.13, 0.09, 0.06, 0.03 }, 0.002
};
static const struct body gong = {
    { 1, 1.48, 2.03, 2.9 }, { 1, 0.5, 0.35, 0.12 }, { 0.30, 0.22, 0.14, 0.07 }, 0.008
};
static const struct body warm = {
    { 1, 2, 3, 4 }, { 1, 0.22, 0.08, 0.03 }, { 0.12, 0.08, 0.05, 0.03 }, 0.012
};

struct note {
    int at_ms;
    double hz; /* 0: no more */
};

#define NOTES 3

static const struct score {
    const struct body *body;
    int ms;
    double level; /* of PEAK */
    struct note notes[NOTES];
} scores[CUE_COUNT] = {
    [CUE_TOUCH] = { &wood, 40, 0.5, { { 0, 1150 } } },
    [CUE_SIGN_IN] = { &bell, 250, 0.8, { { 0, 1568 } } },
    [CUE_RIGHT] = { &bamboo, 350, 1, { { 0, 659.3 }, { 140, 880 } } },
    [CUE_NOT_YET] = { &warm, 250, 0.8, { { 0, 233.1 } } },
    [CUE_DONE] = { &gong, 900, 1, { { 0, 261.6 }, { 220, 329.6 }, { 440, 392 } } },
    [CUE_HELP] = { &bell, 600, 1, { { 0, 1174.7 }, { 280, 1174.7 } } },
    [CUE_ERROR] = { &wood, 200, 0.6, { { 0, 330 }, { 90, 330 } } },
};

size_t cue_samples(enum cue cue)
{
    return (size_t)scores[cue].ms * CUE_RATE / 1000;
}

static double struck(const struct body *b, double hz, double t)
{
    double sum = 0, rise = t < b->attack_s ? t / b->attack_s : 1;

    for (int i = 0; i < PARTIALS; i++)
        sum += b->level[i] * exp(-t / b->ring_s[i]) * sin(TAU * hz * b->ratio[i] * t);
    return rise * sum;
}

void cue_make(enum cue cue, int16_t *out)
{
    const struct score *s = &scores[cue];
    size_t n = cue_samples(cue), fade = CUE_RATE / 200; /* 5 ms: no click at the end */

    for (size_t i = 0; i < n; i++) {
        double t = (double)i / CUE_RATE, sum = 0, left = (double)(n - 1 - i);

        for (int k = 0; k < NOTES && s->notes[k].hz > 0; k++) {
            double since = t - s->notes[k].at_ms / 1000.0;

            if (since >= 0)
                sum += struck(s->body, s->notes[k].hz, since);
        }
        if (left < (double)fade)
            sum *= left / (double)fade;
        sum = tanh(sum * 0.7) * PEAK * s->level; /* two notes at once stay in range */
        out[i] = (int16_t)lround(sum);
    }
}
