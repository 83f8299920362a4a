/* /sys/class/backlight/<name>/{max_brightness,brightness}. */
#include "machine/backlight.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define LOG_MODULE "backlight"
#include "base/log.h"

static long read_most(const char *sys, const char *name)
{
    char path[BACKLIGHT_PATH_BYTES];
    long most = 0;
    FILE *f;

    if (snprintf(path, sizeof(path), "%s/%s/max_brightness", sys, name) >=
        (int)sizeof(path))
        return 0;
    f = fopen(path, "re");
    if (!f)
        return 0;
    if (fscanf(f, "%9ld", &most) != 1)
        most = 0;
    (void)fclose(f);
    return most;
}

void backlight_find(const char *sys, struct backlight *out)
{
    DIR *dir = opendir(sys);
    char first[256] = "";

    *out = (struct backlight){ .most = 0 };
    for (const struct dirent *e; dir && (e = readdir(dir));) {
        long most = e->d_name[0] == '.' ? 0 : read_most(sys, e->d_name);

        if (most < BACKLIGHT_STEPS || (*first && strcmp(e->d_name, first) > 0))
            continue; /* a lamp that is on or off is not dimmed */
        (void)snprintf(first, sizeof(first), "%s", e->d_name);
        out->most = most;
    }
    if (dir)
        (void)closedir(dir);
    if (*first && snprintf(out->path, sizeof(out->path), "%s/%s/brightness", sys,
                           first) >= (int)sizeof(out->path))
        out->path[0] = 0;
}

enum err backlight_set(const struct backlight *b, long step)
{
    bool written;
    FILE *f;

    if (!*b->path)
        return ERR_OFFLINE;
    step = step < BACKLIGHT_LEAST ? BACKLIGHT_LEAST : step;
    step = step > BACKLIGHT_STEPS ? BACKLIGHT_STEPS : step;
    f = fopen(b->path, "we");
    if (!f) {
        LOG_WARN("the panel cannot be dimmed: %s", strerror(errno));
        return ERR_OFFLINE;
    }
    written = fprintf(f, "%ld\n", b->most * step / BACKLIGHT_STEPS) > 0;
    if (fclose(f) || !written) {
        LOG_WARN("the panel is not dimmed: %s", strerror(errno));
        return ERR_OFFLINE;
    }
    return ERR_OK;
}
