/* golden_screen KEPT.png SCREEN [X,Y,W,H…]: a kept picture beside what an Xvfb shows at this
 * moment (its frame buffer in a file, an XWD). Says which share of the pixels differs; those
 * in the boxes, which are others each day, do not count. */
#include <SDL.h>
#include <SDL_image.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOLERANCE 8 /* of 255: fonts of another machine */
#define XWD_HEADER 25
#define XWD_COLOUR_BYTES 12

enum xwd {
    XWD_SIZE,
    XWD_WIDTH = 4,
    XWD_HEIGHT,
    XWD_BITS = 11,
    XWD_LINE,
    XWD_COLOURS = 19
};

static unsigned char *read_all(const char *path, size_t *n_out)
{
    FILE *f = fopen(path, "rb");
    unsigned char *data = NULL;
    long n;

    if (f && !fseek(f, 0, SEEK_END) && (n = ftell(f)) > 0 && !fseek(f, 0, SEEK_SET)) {
        data = malloc((size_t)n);
        *n_out = data ? fread(data, 1, (size_t)n, f) : 0;
    }
    if (f)
        fclose(f);
    return data;
}

/* A surface over `data`, which must outlive it; NULL: no screen of 32 bits. */
static SDL_Surface *screen_of(unsigned char *data, size_t n)
{
    uint32_t head[XWD_HEADER];
    size_t start;

    if (!data || n < sizeof(head))
        return NULL;
    memcpy(head, data, sizeof(head));
    for (size_t i = 0; i < XWD_HEADER; i++)
        head[i] = SDL_SwapBE32(head[i]);
    start = (size_t)head[XWD_SIZE] + (size_t)head[XWD_COLOURS] * XWD_COLOUR_BYTES;
    if (head[XWD_BITS] != 32 || n < start + (size_t)head[XWD_HEIGHT] * head[XWD_LINE])
        return NULL;
    return SDL_CreateRGBSurfaceWithFormatFrom(
        data + start, (int)head[XWD_WIDTH], (int)head[XWD_HEIGHT], 32,
        (int)head[XWD_LINE], SDL_PIXELFORMAT_RGB888);
}

static bool is_left_out(int x, int y, const SDL_Rect *out, int n)
{
    SDL_Point at = { x, y };

    for (int i = 0; i < n; i++)
        if (SDL_PointInRect(&at, &out[i]))
            return true;
    return false;
}

static long count_differences(const SDL_Surface *a, const SDL_Surface *b,
                              const SDL_Rect *out, int n_out)
{
    long n = 0;

    for (int y = 0; y < a->h; y++) {
        const unsigned char *pa = (unsigned char *)a->pixels + (long)y * a->pitch;
        const unsigned char *pb = (unsigned char *)b->pixels + (long)y * b->pitch;

        for (int x = 0; x < a->w; x++, pa += 4, pb += 4)
            n += (abs(pa[0] - pb[0]) > TOLERANCE || abs(pa[1] - pb[1]) > TOLERANCE ||
                  abs(pa[2] - pb[2]) > TOLERANCE) &&
                 !is_left_out(x, y, out, n_out);
    }
    return n;
}

int main(int argc, char **argv)
{
    size_t n = 0;
    unsigned char *data = argc > 2 ? read_all(argv[2], &n) : NULL;
    SDL_Surface *png = argc > 1 ? IMG_Load(argv[1]) : NULL,
                *screen = screen_of(data, n);
    SDL_Surface *kept =
        png ? SDL_ConvertSurfaceFormat(png, SDL_PIXELFORMAT_RGB888, 0) : NULL;
    int n_out = argc > 3 ? argc - 3 : 0, code = 1;
    SDL_Rect *out = calloc((size_t)n_out + 1, sizeof(*out));

    for (int i = 0; out && i < n_out; i++) {
        if (sscanf(argv[3 + i], "%d,%d,%d,%d", &out[i].x, &out[i].y, &out[i].w,
                   &out[i].h) != 4)
            argc = 0;
    }
    if (argc < 3) {
        fprintf(stderr, "usage: golden_screen KEPT.png SCREEN [X,Y,W,H…]\n");
        code = 64;
    } else if (!kept || !screen || !out || kept->w != screen->w ||
               kept->h != screen->h) {
        fprintf(stderr, "golden_screen: %s and %s are not of one size\n", argv[1],
                argv[2]);
    } else {
        printf("%.6f\n", (double)count_differences(kept, screen, out, n_out) /
                             ((double)kept->w * kept->h));
        code = 0;
    }
    SDL_FreeSurface(screen);
    SDL_FreeSurface(kept);
    SDL_FreeSurface(png);
    free(out);
    free(data);
    return code;
}
