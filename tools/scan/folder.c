/* Frames from files, for tests: what a camera would have seen. */
#define _DEFAULT_SOURCE /* scandir, alphasort */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "source.h"

#define HEAD_MAX 64 /* "P5 1280 960 255\n" and some blanks */
#define SIDE_DIGITS 5

struct folder {
    char *dir;
    struct dirent **names;
    int n, at;
    bool once;
    unsigned char bytes[FRAME_W_MAX * FRAME_H_MAX + HEAD_MAX];
};

/* A number and the one blank behind it; -1: there is none. */
static int number(const unsigned char **at, const unsigned char *end)
{
    int value = 0, n = 0;

    for (; *at < end && **at >= '0' && **at <= '9' && n < SIDE_DIGITS; (*at)++, n++)
        value = value * 10 + (**at - '0');
    if (!n || *at == end || (**at != ' ' && **at != '\n'))
        return -1;
    (*at)++;
    return value;
}

static bool parse(struct frame *f, const unsigned char *bytes, size_t n)
{
    const unsigned char *at = bytes + 3, *end = bytes + n;
    struct frame_layout layout = { .step = 1 };

    if (n < 3 || memcmp(bytes, "P5", 2) != 0)
        return false;
    layout.w = number(&at, end);
    layout.h = number(&at, end);
    if (layout.w < 1 || number(&at, end) != 255)
        return false;
    layout.stride = (size_t)layout.w;
    return frame_take(f, at, (size_t)(end - at), &layout);
}

static enum source_turn folder_next(struct source *s, struct frame *f)
{
    struct folder *d = s->state;
    char path[PATH_MAX];
    FILE *file;
    size_t n;

    if (d->at == d->n && d->once)
        return SOURCE_END;
    d->at %= d->n;
    if (snprintf(path, sizeof(path), "%s/%s", d->dir, d->names[d->at++]->d_name) >=
        (int)sizeof(path))
        return SOURCE_NONE;
    file = fopen(path, "rb");
    if (!file)
        return SOURCE_NONE;
    n = fread(d->bytes, 1, sizeof(d->bytes), file);
    (void)fclose(file);
    return parse(f, d->bytes, n) ? SOURCE_FRAME : SOURCE_NONE;
}

static void folder_close(struct source *s)
{
    struct folder *d = s->state;

    for (int i = 0; i < d->n; i++)
        free(d->names[i]);
    free(d->names);
    free(d->dir);
    free(d);
}

static int is_frame(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');

    return dot && !strcmp(dot, ".pgm");
}

enum err folder_open(const char *dir, bool once, struct source *out)
{
    struct folder *d = check_alloc(sizeof(*d));

    d->dir = check_strdup(dir);
    d->at = 0;
    d->once = once;
    d->names = NULL;
    d->n = scandir(dir, &d->names, is_frame, alphasort);
    *out = (struct source){ -1, d, folder_next, folder_close };
    if (d->n > 0)
        return ERR_OK;
    d->n = 0;
    folder_close(out);
    *out = (struct source){ .fd = -1 };
    return ERR_OFFLINE;
}
