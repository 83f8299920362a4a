/* bdhvs-raster IN.svg OUT.png WIDTH: one of the program's own drawings, at build. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "svg.h"
#include "svg_check.h"

#define EXIT_USAGE 64

static int complain(const char *what, const char *why, const char *fix)
{
    fprintf(stderr, "bdhvs-raster: %s: %s: %s\n", what, why, fix);
    return EXIT_FAILURE;
}

static int raster(const char *in, const char *out, int width)
{
    struct buf svg, png;
    char why[200];
    int status = EXIT_SUCCESS;

    buf_init(&svg, SVG_BYTES_MAX);
    buf_init(&png, PNG_BYTES_MAX);
    if (file_read(in, &svg))
        status = complain(in, "cannot be read", "give an SVG file of at most 1 MiB");
    else if (svg_draw(buf_text(&svg), svg.len, width, &png, why, sizeof(why)))
        status = complain(in, why, "see the drawing rules in content/README.md");
    else if (file_replace(out, png.data, png.len, 0644))
        status = complain(out, "cannot be written", "check the disk and the folder");
    buf_finish(&svg);
    buf_finish(&png);
    return status;
}

int main(int argc, char **argv)
{
    char *end;
    long width;

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        puts("usage: bdhvs-raster IN.svg OUT.png WIDTH\n"
             "Draws a flat SVG as a PNG, WIDTH px wide (1 to 4096).");
        return EXIT_SUCCESS;
    }
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        puts("bdhvs-raster " BDHVS_VERSION);
        return EXIT_SUCCESS;
    }
    if (argc != 4) {
        complain("arguments", "three are needed", "bdhvs-raster IN.svg OUT.png WIDTH");
        return EXIT_USAGE;
    }
    width = strtol(argv[3], &end, 10);
    if (*end || end == argv[3] || width < 1 || width > SVG_WIDTH_MAX) {
        complain(argv[3], "not a width", "give a number from 1 to 4096");
        return EXIT_USAGE;
    }
    return raster(argv[1], argv[2], (int)width);
}
