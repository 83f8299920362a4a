/* Compares channels, not files: PNG writers differ in how they compress. */
#include "compare.h"

#include <SDL.h>
#include <SDL_image.h>
#include <stdio.h>
#include <stdlib.h>

#define TOLERANCE 2 /* of 255: rounding of another processor */

static SDL_Surface *load(const char *path)
{
    SDL_Surface *s = IMG_Load(path);
    SDL_Surface *rgb =
        s ? SDL_ConvertSurfaceFormat(s, SDL_PIXELFORMAT_RGB888, 0) : NULL;

    SDL_FreeSurface(s);
    return rgb;
}

/* How many bytes of the two pictures differ by more than the tolerance. */
static long count_differences(const SDL_Surface *a, const SDL_Surface *b)
{
    long n = 0;

    for (int y = 0; y < a->h; y++) {
        const unsigned char *pa = (unsigned char *)a->pixels + (long)y * a->pitch;
        const unsigned char *pb = (unsigned char *)b->pixels + (long)y * b->pitch;

        for (int x = 0; x < a->w * 4; x++)
            n += x % 4 != 3 && abs(pa[x] - pb[x]) > TOLERANCE;
    }
    return n;
}

int compare_pictures(const char *wanted, const char *got)
{
    SDL_Surface *a = load(wanted);
    SDL_Surface *b = load(got);
    long n = -1;

    if (a && b && a->w == b->w && a->h == b->h)
        n = count_differences(a, b);
    SDL_FreeSurface(a);
    SDL_FreeSurface(b);
    if (n == 0)
        return 0;
    if (n < 0)
        fprintf(stderr, "golden: %s is missing or of another size\n", wanted);
    else
        fprintf(stderr, "golden: %s differs from %s in %ld values\n", got, wanted, n);
    fprintf(stderr, "golden: look at both; to accept: cp %s %s\n", got, wanted);
    return 1;
}
