/* A small ray caster for one flat card. */
#include "qr_frames.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/qr.h"
#include "base/check.h"

#define ROOM 96   /* grey behind the card, of 255 */
#define SAMPLES 3 /* a side, within a pixel */
#define MARGIN 6  /* modules of paper around the code */
#define DEGREES 57.29577951308232
#define JITTER_PX 40

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static int within(unsigned *seed, int limit)
{
    return limit ? (int)(next_random(seed) % (unsigned)(2 * limit + 1)) - limit : 0;
}

/* Grey of the card's plane at (u, v), in modules from the middle of the code. */
static int paper_at(const struct qr *qr, const struct qr_look *look, double u, double v)
{
    double half = qr->side / 2.0;
    int column = (int)floor(u + half), row = (int)floor(v + half);

    if (fabs(u) > half + MARGIN || fabs(v) > half + MARGIN)
        return look->white * ROOM / 255;
    if (column < 0 || row < 0 || column >= qr->side || row >= qr->side)
        return look->white;
    return qr->dark[row][column] ? look->black : look->white;
}

static void draw(const struct qr *qr, const struct qr_look *look, unsigned *seed,
                 double *grey)
{
    double c = cos(look->angle_deg / DEGREES), s = sin(look->angle_deg / DEGREES);
    double x0 = QR_FRAME_W / 2.0 + within(seed, JITTER_PX);
    double y0 = QR_FRAME_H / 2.0 + within(seed, JITTER_PX);
    double low = cos(look->lean_deg / DEGREES);

    for (int i = 0; i < QR_FRAME_W * QR_FRAME_H; i++) {
        int sum = 0;

        for (int k = 0; k < SAMPLES * SAMPLES; k++) {
            double x = i % QR_FRAME_W + (k % SAMPLES + 0.5) / SAMPLES - x0;
            double y = i / QR_FRAME_W + (k / SAMPLES + 0.5) / SAMPLES - y0;

            y /= low;
            sum += paper_at(qr, look, (x * c + y * s) / look->module_px,
                            (y * c - x * s) / look->module_px);
        }
        grey[i] = (double)sum / (SAMPLES * SAMPLES);
    }
}

static double blurred(const double *grey, int x, int y, int radius)
{
    double sum = 0;
    int n = 0;

    for (int dy = -radius; dy <= radius; dy++)
        for (int dx = -radius; dx <= radius; dx++)
            if (x + dx >= 0 && y + dy >= 0 && x + dx < QR_FRAME_W &&
                y + dy < QR_FRAME_H) {
                sum += grey[(y + dy) * QR_FRAME_W + x + dx];
                n++;
            }
    return sum / n;
}

void qr_frame_write(const char *path, const char *text, const struct qr_look *look,
                    unsigned seed)
{
    static double grey[QR_FRAME_W * QR_FRAME_H];
    struct qr qr;
    FILE *out = fopen(path, "wb");

    ASSERT(out && !qr_make(text, &qr));
    draw(&qr, look, &seed, grey);
    fprintf(out, "P5 %d %d 255\n", QR_FRAME_W, QR_FRAME_H);
    for (int i = 0; i < QR_FRAME_W * QR_FRAME_H; i++) {
        double g = blurred(grey, i % QR_FRAME_W, i / QR_FRAME_W, look->blur_px) +
                   within(&seed, look->noise);

        fputc(g < 0 ? 0 : g > 255 ? 255 : (int)g, out);
    }
    ASSERT(!fclose(out));
}
