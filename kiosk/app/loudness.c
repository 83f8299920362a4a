/* Counted in whole decibels. */
#include "app/loudness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FULL 32768.0
#define CUT 32700
#define FLOOR_DB (-90)
#define HEARD_DB (-50)  /* below it nobody speaks */
#define ENOUGH_DB (-36) /* below it the noise of the microphone comes with the voice */
#define OVER_ROOM_DB 12
#define CUT_PIECES 3
#define RECENT 25          /* pieces */
#define STEP_FROM_DB (-54) /* the first step of the bar, then one each … */
#define STEP_DB 5

static void end_piece(struct loudness *l)
{
    double rms = sqrt((double)l->sum / (double)l->n_sum) / FULL;
    double db = rms > 0 ? 20 * log10(rms) : FLOOR_DB;

    l->db[l->n++] = (signed char)(db < FLOOR_DB ? FLOOR_DB : db);
    l->n_cut += l->peak >= CUT;
    l->sum = 0;
    l->n_sum = 0;
    l->peak = 0;
}

void loudness_add(struct loudness *l, const int16_t *samples, size_t n)
{
    for (size_t i = 0; i < n && l->n < LOUDNESS_PIECES; i++) {
        int x = samples[i] < 0 ? -samples[i] : samples[i];

        l->sum += (int64_t)x * x;
        l->peak = x > l->peak ? x : l->peak;
        if (++l->n_sum == LOUDNESS_PIECE)
            end_piece(l);
    }
}

enum loudness_word loudness_now(const struct loudness *l)
{
    size_t from = l->n > RECENT ? l->n - RECENT : 0;
    int top = FLOOR_DB;

    for (size_t i = from; i < l->n; i++)
        top = l->db[i] > top ? l->db[i] : top;
    if (top < HEARD_DB)
        return LOUDNESS_NOTHING;
    if (l->n_cut >= CUT_PIECES)
        return LOUDNESS_TOO_LOUD;
    return top < ENOUGH_DB ? LOUDNESS_QUIET : LOUDNESS_GOOD;
}

static int steps_of(int db)
{
    int steps = (db - STEP_FROM_DB) / STEP_DB + 1;

    return db < STEP_FROM_DB ? 0 : steps > LOUDNESS_STEPS ? LOUDNESS_STEPS : steps;
}

int loudness_steps(const struct loudness *l)
{
    return l->n ? steps_of(l->db[l->n - 1]) : 0;
}

int loudness_top(const struct loudness *l)
{
    int top = FLOOR_DB;

    for (size_t i = 0; i < l->n; i++)
        top = l->db[i] > top ? l->db[i] : top;
    return steps_of(top);
}

static int ascending(const void *a, const void *b)
{
    return *(const signed char *)a - *(const signed char *)b;
}

enum loudness_word loudness_whole(const struct loudness *l)
{
    signed char sorted[LOUDNESS_PIECES];
    int room, top;

    if (!l->n)
        return LOUDNESS_NOTHING;
    memcpy(sorted, l->db, l->n);
    qsort(sorted, l->n, 1, ascending);
    room = sorted[l->n / 10];
    top = sorted[l->n - 1 - l->n / 20];
    if (top < HEARD_DB)
        return LOUDNESS_NOTHING;
    if (l->n_cut >= CUT_PIECES)
        return LOUDNESS_TOO_LOUD;
    if (top < ENOUGH_DB)
        return LOUDNESS_QUIET;
    return top - room < OVER_ROOM_DB ? LOUDNESS_NOISY : LOUDNESS_GOOD;
}

float loudness_column(const struct loudness *l, size_t i, size_t n)
{
    size_t from = i * l->n / n, to = (i + 1) * l->n / n;
    int top = FLOOR_DB;

    for (size_t k = from; k < to || k == from; k++)
        if (k < l->n && l->db[k] > top)
            top = l->db[k];
    return top <= STEP_FROM_DB ? 0 : (float)(top - STEP_FROM_DB) / -STEP_FROM_DB;
}
