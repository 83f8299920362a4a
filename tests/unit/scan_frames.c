/* scan_frames TEXT DIR: eight frames of a card that says TEXT, held a little askew by
 * a hand that is not quite still, for end-to-end tests of the camera. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "qr_frames.h"

#define FRAMES 8
#define MODULE_PX 3.5
#define NOISE 12

int main(int argc, char **argv)
{
    struct qr_look look = { MODULE_PX, 0, 0, NOISE, 0, 40, 215 };
    char path[PATH_MAX];

    if (argc != 3) {
        fputs("scan_frames: TEXT DIR: two arguments are needed\n", stderr);
        return 64;
    }
    for (int i = 0; i < FRAMES; i++) {
        snprintf(path, sizeof(path), "%s/%02d.pgm", argv[2], i);
        look.angle_deg = 2.0 * i - FRAMES;
        qr_frame_write(path, argv[1], &look, (unsigned)i + 1);
    }
    return EXIT_SUCCESS;
}
