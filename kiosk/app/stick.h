/* Files that somebody stands there for and waits until the stick has them. */
#pragma once

#include <stddef.h>

#include "app/usb.h"

struct app;

/* As usb_write, USB_NONE where no stick can be; and the wait counts as a touch: a stick may
 * take a minute, and who waited has not walked away. */
enum usb_verdict stick_write(struct app *app, const char *name, const void *bytes,
                             size_t n);
