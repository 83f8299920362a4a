/* What a camera would see of a card, as *.pgm of 640 × 480: a white card with a QR code
 * before a grey room. */
#pragma once

#include <stddef.h>

#define QR_FRAME_W 640
#define QR_FRAME_H 480

struct qr_look {
    double module_px; /* side of one module */
    double angle_deg; /* held askew */
    double lean_deg;  /* its top away from the camera: lower than wide */
    int noise;        /* ± grey */
    int blur_px;      /* radius of the box; 0: sharp */
    int black, white; /* grey of ink and paper */
};

/* Draws `text` into the file `path`. `seed` moves card and noise: equal seeds, equal
 * frames. The process ends when it cannot be done. */
void qr_frame_write(const char *path, const char *text, const struct qr_look *look,
                    unsigned seed);
