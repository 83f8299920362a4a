/* Pieces of 10 ms, by their loudness. */
#include "take.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "speech.h"

#define PIECE_MS 10
#define HUM_HZ 70.0F      /* below a voice: mains, fans, a hand on the case */
#define QUIET_PART 5      /* the quietest 1/5 of the pieces are the noise of the room */
#define OVER_NOISE 3.0F   /* speech is so much louder: 10 dB … */
#define UNDER_TOP 0.04F   /* … and not 28 dB below the loudest piece */
#define LEAST 0.002F      /* -54 dBFS: below it is no speech */
#define PIECES_TOGETHER 6 /* of 12 in a row: a click is no speech */
#define WINDOW 12
#define LEAD_MS 80
#define TAIL_MS 200
#define TARGET_RMS 0.1F /* as TARGET_RMS of speech.c, of what is spoken */
#define PEAK_MAX 0.89F
#define KNEE 0.6F /* louder samples are bent, not cut */
#define GAIN_MAX 30.0F

static size_t piece_of(const struct speech *s)
{
    return (size_t)s->rate * PIECE_MS / 1000;
}

/* One pole: what stays the same is taken away. */
static void take_hum(struct speech *s)
{
    float k = 1.0F / (1.0F + 2.0F * 3.14159265F * HUM_HZ / (float)s->rate);
    float before = s->n ? s->pcm[0] : 0, y = 0;

    for (size_t i = 0; i < s->n; i++) {
        float x = s->pcm[i];

        y = k * (y + x - before);
        before = x;
        s->pcm[i] = y;
    }
}

static float loudness(const float *pcm, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += (double)pcm[i] * (double)pcm[i];
    return (float)sqrt(sum / (double)n);
}

static int ascending(const void *a, const void *b)
{
    const float *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* What a piece must have to count as spoken. */
static float threshold(const float *pieces, size_t n)
{
    float *sorted = check_alloc(n * sizeof(*sorted));
    float noise, top;

    memcpy(sorted, pieces, n * sizeof(*sorted));
    qsort(sorted, n, sizeof(*sorted), ascending);
    noise = sorted[n / QUIET_PART / 2];
    top = sorted[n - 1 - n / 50];
    free(sorted);
    /* where nobody paused, the quietest is no noise */
    if (noise * OVER_NOISE > top * 0.5F)
        noise = 0;
    return fmaxf(fmaxf(noise * OVER_NOISE, top * UNDER_TOP), LEAST);
}

/* The piece stands among others that are spoken. */
static bool is_spoken(const float *pieces, size_t n, size_t at, float least)
{
    size_t from = at > WINDOW / 2 ? at - WINDOW / 2 : 0, count = 0;

    if (pieces[at] < least)
        return false;
    for (size_t i = from; i < n && i < from + WINDOW; i++)
        count += pieces[i] >= least;
    return count >= PIECES_TOGETHER;
}

/* Cuts to what is spoken, and gives the loudness of its spoken pieces; 0: none is. */
static float cut(struct speech *s, float *pieces, size_t n)
{
    size_t size = piece_of(s), first = n, last = 0, n_spoken = 0;
    size_t lead = (size_t)s->rate * LEAD_MS / 1000;
    size_t tail = (size_t)s->rate * TAIL_MS / 1000, from, to;
    float least = threshold(pieces, n);
    double sum = 0;

    for (size_t i = 0; i < n; i++) {
        if (!is_spoken(pieces, n, i, least))
            continue;
        first = i < first ? i : first;
        last = i;
        sum += (double)pieces[i] * (double)pieces[i];
        n_spoken++;
    }
    if (!n_spoken)
        return 0;
    from = first * size > lead ? first * size - lead : 0;
    to = (last + 1) * size + tail < s->n ? (last + 1) * size + tail : s->n;
    s->n = to - from;
    memmove(s->pcm, s->pcm + from, s->n * sizeof(*s->pcm));
    return (float)sqrt(sum / (double)n_spoken);
}

static float bend(float x)
{
    float a = fabsf(x);

    if (a > KNEE)
        a = KNEE + (PEAK_MAX - KNEE) * tanhf((a - KNEE) / (PEAK_MAX - KNEE));
    return copysignf(a, x);
}

bool take_clean(struct speech *s)
{
    size_t size = piece_of(s), n = size ? s->n / size : 0;
    float *pieces, spoken;

    take_hum(s);
    if (!n)
        return false;
    pieces = check_alloc(n * sizeof(*pieces));
    for (size_t i = 0; i < n; i++)
        pieces[i] = loudness(s->pcm + i * size, size);
    spoken = cut(s, pieces, n);
    free(pieces);
    if (spoken <= 0)
        return false;
    for (size_t i = 0; i < s->n; i++)
        s->pcm[i] = bend(s->pcm[i] * fminf(TARGET_RMS / spoken, GAIN_MAX));
    return true;
}
