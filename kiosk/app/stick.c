#include "app/stick.h"

#include "app/app.h"

enum usb_verdict stick_write(struct app *app, const char *name, const void *bytes,
                             size_t n)
{
    enum usb_verdict verdict = USB_NONE;

    if (app->usb)
        verdict = usb_write(app->usb, name, bytes, n);
    app_touched(app);
    return verdict;
}
