/* How loud somebody speaks into the microphone, as words and as a picture: pieces of 20 ms in
 * dBFS, while it comes and when it is over. Pure. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define LOUDNESS_RATE 48000
#define LOUDNESS_SECONDS 30
#define LOUDNESS_PIECE (LOUDNESS_RATE / 50)
#define LOUDNESS_PIECES (LOUDNESS_SECONDS * 50)
#define LOUDNESS_STEPS 9 /* of the bar */

enum loudness_word {
    LOUDNESS_NOTHING, /* nobody speaks */
    LOUDNESS_QUIET,
    LOUDNESS_GOOD,
    LOUDNESS_TOO_LOUD, /* cut off by the microphone */
    LOUDNESS_NOISY,    /* hardly louder than the room */
};

/* Zeroed is empty. */
struct loudness {
    signed char db[LOUDNESS_PIECES]; /* RMS, -90 … 0 */
    size_t n, n_cut;                 /* pieces; with samples at the end of the range */
    int64_t sum;                     /* of squares, of the piece that is not full */
    size_t n_sum;
    int peak;
};

void loudness_add(struct loudness *l, const int16_t *samples, size_t n);
/* Of the last half second. */
enum loudness_word loudness_now(const struct loudness *l);
/* Steps of the bar that are lit, of the last piece. */
int loudness_steps(const struct loudness *l);
/* The same of the loudest piece. */
int loudness_top(const struct loudness *l);
/* Of all of it. */
enum loudness_word loudness_whole(const struct loudness *l);
/* Height of column `i` of `n` over all of it, 0 … 1. */
float loudness_column(const struct loudness *l, size_t i, size_t n);
