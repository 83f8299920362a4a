/* Whether the machine has anything to touch or point with: read from what the kernel says of its
 * input devices, so that a panel whose cable is loose can be told of on screen. */
#pragma once

#include <stdbool.h>

#define POINTING_SYS "/sys/class/input" /* tests have another one */

/* A touch panel, a mouse or a touchpad is there now. True as well when nothing can be read. */
bool pointing_found(const char *sys);
