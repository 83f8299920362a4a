/* The real bdhvs-scan before synthetic cards: each look is a row, five frames of it are
 * shown, and how many were read is printed. A card that is held still is before a camera
 * for many frames: one of five is enough for a person. */
#define _GNU_SOURCE /* mkdtemp, popen */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "qr_frames.h"

#define FRAMES 5
#define LINE 256
#define NEAR_PX 4.0 /* a module of 1.12 mm, about 15 cm before a common camera */
#define SPAN_PX 3.0 /* about 20 cm, a hand's span */
#define FAR_PX 2.0  /* about 30 cm */

static const struct row {
    const char *name;
    struct qr_look look;
    int want; /* of FRAMES, at least; 0: only counted */
} rows[] = {
    { "upright, near", { NEAR_PX, 0, 0, 0, 0, 30, 225 }, 1 },
    { "upright, a hand's span", { SPAN_PX, 0, 0, 0, 0, 30, 225 }, 1 },
    { "upright, far", { FAR_PX, 0, 0, 0, 0, 30, 225 }, 0 },
    { "tilted 10°", { SPAN_PX, 10, 0, 0, 0, 30, 225 }, 1 },
    { "tilted 30°", { SPAN_PX, 30, 0, 0, 0, 30, 225 }, 1 },
    { "tilted 45°", { SPAN_PX, 45, 0, 0, 0, 30, 225 }, 1 },
    { "upside down", { SPAN_PX, 180, 0, 0, 0, 30, 225 }, 1 },
    { "leaning back 30°", { SPAN_PX, 0, 30, 0, 0, 30, 225 }, 1 },
    { "noise ±25", { SPAN_PX, 0, 0, 25, 0, 30, 225 }, 1 },
    { "noise ±25, tilted 10°", { SPAN_PX, 10, 0, 25, 0, 30, 225 }, 1 },
    { "noise ±25, tilted 30°", { SPAN_PX, 30, 0, 25, 0, 30, 225 }, 1 },
    { "noise ±25, tilted 45°", { SPAN_PX, 45, 0, 25, 0, 30, 225 }, 1 },
    { "noise ±25, far", { FAR_PX, 0, 0, 25, 0, 30, 225 }, 0 },
    { "blurred 1 px", { SPAN_PX, 0, 0, 0, 1, 30, 225 }, 1 },
    { "blurred 2 px, near", { NEAR_PX, 0, 0, 0, 2, 30, 225 }, 0 },
    { "blurred 1 px, noise ±25, tilted 10°", { SPAN_PX, 10, 0, 25, 1, 30, 225 }, 0 },
    { "dark", { SPAN_PX, 0, 0, 0, 0, 8, 60 }, 1 },
    { "dark, noise ±10", { SPAN_PX, 0, 0, 10, 0, 8, 60 }, 0 },
    { "worn ink", { SPAN_PX, 0, 0, 10, 0, 120, 210 }, 1 },
};

/* "BD1…", 36 characters as on a card; it says which frame it was. */
static void text_of_frame(size_t row, int frame, char out[37])
{
    snprintf(out, 37, "BD1R%02zuF%d0123456789ABCDEFGHJKMNPQRSTV", row, frame);
    out[36] = 0;
}

/* The output of bdhvs-scan on a folder, and that it left well. */
static void scan(const char *dir, char *out, size_t size)
{
    char command[512];
    size_t n;
    FILE *p;

    /* stdin that stays open */
    snprintf(command, sizeof(command), SCAN_PROGRAM " --once --frames %s </dev/zero",
             dir);
    p = popen(command, "r");
    assert_non_null(p);
    n = fread(out, 1, size - 1, p);
    out[n] = 0;
    pclose(p);
}

static int read_of(const char *said, size_t row)
{
    char text[37], line[LINE];
    int n = 0;

    for (int i = 0; i < FRAMES; i++) {
        text_of_frame(row, i, text);
        snprintf(line, sizeof(line), "{\"code\":\"%s\"}\n", text);
        n += strstr(said, line) != NULL;
    }
    return n;
}

static void check_row(void **state)
{
    const struct row *r = *state;
    size_t row = (size_t)(r - rows);
    char dir[] = "/tmp/bdhvs-scan-XXXXXX", path[PATH_MAX], text[37];
    static char said[16384];
    int n;

    assert_non_null(mkdtemp(dir));
    for (int i = 0; i < FRAMES; i++) {
        text_of_frame(row, i, text);
        snprintf(path, sizeof(path), "%s/%d.pgm", dir, i);
        qr_frame_write(path, text, &r->look, (unsigned)(row * FRAMES + (size_t)i) + 1);
    }
    scan(dir, said, sizeof(said));
    for (int i = 0; i < FRAMES; i++) {
        snprintf(path, sizeof(path), "%s/%d.pgm", dir, i);
        unlink(path);
    }
    rmdir(dir);
    n = read_of(said, row);
    print_message("%-38s %d of %d read%s\n", r->name, n, FRAMES,
                  n < FRAMES ? "  <- misses" : "");
    assert_true(n >= r->want);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(rows)];

    for (size_t i = 0; i < COUNT(rows); i++)
        tests[i] = (struct CMUnitTest){ .name = rows[i].name,
                                        .test_func = check_row,
                                        .initial_state = (void *)(uintptr_t)&rows[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
