/* One grey picture in memory that is never swapped out or dumped, and wiped after use: it
 * shows who stands before the machine. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define FRAME_W_MAX 1280
#define FRAME_H_MAX 960

struct frame {
    unsigned char *luma; /* luma[h * w], 0 black … 255 white */
    int w, h;
};

/* How a camera lays out what we take of its pictures. */
struct frame_layout {
    int w, h;
    size_t stride; /* bytes from one line to the next */
    size_t step;   /* bytes from one luma to the next */
    size_t first;  /* bytes before the first luma of a line */
};

/* Room for the largest frame. False: there is no memory. */
bool frame_open(struct frame *f);
void frame_close(struct frame *f); /* wipes; a zeroed one is allowed */
void frame_wipe(struct frame *f);

/* Takes the luma of `n` bytes. False: too large, or there are fewer bytes than that. */
bool frame_take(struct frame *f, const unsigned char *bytes, size_t n,
                const struct frame_layout *layout);
/* Mean of all luma; 0 for an empty frame. */
int frame_mean(const struct frame *f);
/* Each becomes the mean of its 2 × 2: a quarter of the noise of a cheap camera's picture
 * in weak light. */
void frame_smooth(struct frame *f);
