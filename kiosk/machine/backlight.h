/* The lamp behind the panel, where the kernel knows one. A screen on HDMI has none: its own
 * keys dim it. */
#pragma once

#include <stdbool.h>

#include "base/err.h"

#define BACKLIGHT_SYS "/sys/class/backlight" /* tests have another one */
#define BACKLIGHT_STEPS 10
#define BACKLIGHT_LEAST 2 /* of the steps: in a lit room the way back is still seen */
#define BACKLIGHT_PATH_BYTES 512

struct backlight {
    char path[BACKLIGHT_PATH_BYTES]; /* of the file that takes the value; "": none */
    long most;
};

/* The first by name of those that can be dimmed. */
void backlight_find(const char *sys, struct backlight *out);
/* `step` BACKLIGHT_LEAST … BACKLIGHT_STEPS. Errors: ERR_OFFLINE (none, or it may not be
 * written). */
NODISCARD enum err backlight_set(const struct backlight *b, long step);
