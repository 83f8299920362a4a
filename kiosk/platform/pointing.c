/* /sys/class/input/event<n>/device/capabilities: bits in words of hexadecimal digits, the
 * highest first (linux/input-event-codes.h). */
#include "platform/pointing.h"

#include <dirent.h>
#include <linux/input-event-codes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH_BYTES 512
#define LINE_BYTES 1024
#define WORD_BITS (8 * sizeof(unsigned long))

/* Whether `bit` is set in the line of words. */
static bool has_bit(char *line, unsigned bit)
{
    size_t from_end = bit / WORD_BITS;
    char *word = line + strlen(line);

    for (;;) {
        while (word > line && word[-1] != ' ')
            word--;
        if (!from_end--)
            return strtoul(word, NULL, 16) >> bit % WORD_BITS & 1;
        if (word == line)
            return false;
        *--word = 0; /* the blank before it */
    }
}

static bool can(const char *device, const char *kind, unsigned bit)
{
    char path[PATH_BYTES], line[LINE_BYTES] = "";
    FILE *f;

    if (snprintf(path, sizeof(path), "%s/%s", device, kind) >= PATH_BYTES)
        return false;
    f = fopen(path, "re");
    if (!f)
        return false;
    if (!fgets(line, sizeof(line), f))
        line[0] = 0;
    fclose(f);
    line[strcspn(line, "\n")] = 0;
    return has_bit(line, bit);
}

static bool points(const char *device)
{
    if (can(device, "abs", ABS_MT_POSITION_X))
        return true;
    if (!can(device, "key", BTN_LEFT) && !can(device, "key", BTN_TOUCH))
        return false;
    return can(device, "rel", REL_X) || can(device, "abs", ABS_X);
}

bool pointing_found(const char *sys)
{
    DIR *dir = opendir(sys);
    const struct dirent *entry;
    bool found = false;

    if (!dir)
        return true;
    while (!found && (entry = readdir(dir)) != NULL) {
        char device[PATH_BYTES];

        if (!strncmp(entry->d_name, "event", 5) &&
            snprintf(device, sizeof(device), "%s/%s/device/capabilities", sys,
                     entry->d_name) < PATH_BYTES)
            found = points(device);
    }
    closedir(dir);
    return found;
}
