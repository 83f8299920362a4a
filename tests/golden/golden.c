/* Draws the page of states without a display and compares it with the stored picture,
 * pixel by pixel. golden_states SIZE PART WANTED.png GOT.png: exit 0 when no channel differs by
 * more than TOLERANCE; otherwise GOT.png is written and the way to accept it told.
 * It is not for whole pages of the kiosk: those come from replays. */
#include <SDL.h>
#include <SDL_image.h>
#include <stdio.h>
#include <stdlib.h>

#include "platform/platform.h"
#include "states_page.h"
#include "ui/ui_core.h"

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

static int compare(const char *wanted, const char *got)
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

int main(int argc, char **argv)
{
    struct platform_options o = { 0 };
    struct platform *p;
    struct ui *ui;
    enum err err;

    if (argc != 5 || sscanf(argv[1], "%dx%d", &o.w, &o.h) != 2) {
        fprintf(stderr, "usage: golden_states WxH PART WANTED.png GOT.png\n");
        return 64;
    }
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    if (platform_sdl_create(&o, &p) != ERR_OK)
        return 1;
    ui = ui_create(&p->metrics, p->w, p->h, 0);
    ui_begin(ui);
    states_page(ui, argv[2][0] == '1');
    ui_end(ui);
    platform_present(p, ui, "states");
    err = platform_sdl_save_png(p, argv[4]);
    ui_destroy(ui);
    platform_destroy(p);
    return err ? 1 : compare(argv[3], argv[4]);
}
