/* A helper makes the PDF, another one prints it. */
#include "app/printing.h"

#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/helper.h"
#include "app/stick.h"
#include "app/usb.h"
#include "base/buf.h"
#include "base/hash.h"

bool printing_busy(const struct printing *p)
{
    return p->state == PRINTING_MAKING || p->state == PRINTING_SENDING;
}

void printing_forget(struct printing *p)
{
    helper_free(p->helper); /* wipes what it was given and made */
    helper_free(p->maker);
    *p = (struct printing){ .state = PRINTING_IDLE };
}

void printing_start(struct app *app, struct printing *p, struct buf *json,
                    const char *file)
{
    enum err err;

    (void)app;
    printing_forget(p);
    snprintf(p->file, sizeof(p->file), "%s", file);
    err = helper_start(HELPER_PRINT, json->data, json->len, &p->helper);
    p->state = !err                 ? PRINTING_MAKING
               : err == ERR_OFFLINE ? PRINTING_NO_MAKER
                                    : PRINTING_FAILED;
    hash_wipe(json->data, json->len);
}

static void to_stick(struct app *app, struct printing *p, const struct buf *pdf)
{
    struct usb_status stick = { .present = false };
    enum usb_verdict verdict;

    if (app->usb)
        usb_status(app->usb, &stick);
    if (!stick.present) {
        p->state = PRINTING_NO_WAY;
        return;
    }
    verdict = stick_write(app, p->file, pdf->data, pdf->len);
    p->state = verdict == USB_DONE ? PRINTING_USB : PRINTING_STICK;
    p->words = usb_words(verdict);
}

static void made(struct app *app, struct printing *p)
{
    const struct buf *pdf = helper_output(p->helper);
    struct helper *lp = NULL;

    if (helper_result(p->helper) || !pdf->len) {
        p->state = PRINTING_FAILED;
    } else if (helper_there(HELPER_LP) &&
               !helper_start(HELPER_LP, pdf->data, pdf->len, &lp)) {
        p->maker = p->helper;
        p->helper = lp;
        p->state = PRINTING_SENDING;
    } else {
        to_stick(app, p, pdf);
    }
}

/* CUPS is there, but has no printer, or none that takes anything: lp says so at once. */
static void sent(struct app *app, struct printing *p)
{
    if (helper_result(p->helper))
        to_stick(app, p, helper_output(p->maker));
    else
        p->state = PRINTING_PAPER;
}

bool printing_tick(struct app *app, struct printing *p)
{
    if (!printing_busy(p) || !helper_tick(p->helper))
        return false;
    if (p->state == PRINTING_MAKING)
        made(app, p);
    else
        sent(app, p);
    if (!printing_busy(p)) {
        helper_free(p->helper);
        helper_free(p->maker);
        p->helper = p->maker = NULL;
    }
    return true;
}
