/* The lines of bdhvs-scan (tools/scan/README.md), as they come in pieces. Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define CAMERA_CODE_MAX 120
#define CAMERA_LINE_MAX 256
#define CAMERA_STRANGE \
    "?" /* stands for a code that is not ours: nobody tells what it says */

enum camera_state {
    CAMERA_OFF,      /* no page wants it */
    CAMERA_STARTING, /* nothing heard yet */
    CAMERA_READY,    /* it looks */
    CAMERA_DARK,     /* it looks and sees nothing */
    CAMERA_BUSY,     /* another program has it */
    CAMERA_NONE,     /* no camera, or no bdhvs-scan, or it ended */
};

struct camera_lines {
    char line[CAMERA_LINE_MAX + 1];
    size_t n;
    bool too_long; /* the rest of the line is dropped, too */
    enum camera_state state;
    char code[CAMERA_CODE_MAX + 1]; /* the last one; "" when none waits */
};

/* Takes `n` bytes; whole lines change state and code, what is no line of ours changes
 * nothing. */
void camera_lines_feed(struct camera_lines *l, const char *bytes, size_t n);
