/* A helper makes the PDF, another one prints it. */
#include "app/printing.h"

#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/helper.h"
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
    *p = (struct printing){ .state = PRINTING_IDLE };
}

static void begin(struct printing *p, enum helper_job job, const void *in, size_t n,
                  enum printing_state then)
{
    struct helper *next = NULL;
    enum err err = helper_start(job, in, n, &next);

    helper_free(p->helper);
    p->helper = next;
    p->state = !err ? then : err == ERR_OFFLINE ? PRINTING_NO_MAKER : PRINTING_FAILED;
}

void printing_start(struct app *app, struct printing *p, struct buf *json,
                    const char *file)
{
    (void)app;
    printing_forget(p);
    snprintf(p->file, sizeof(p->file), "%s", file);
    begin(p, HELPER_PRINT, json->data, json->len, PRINTING_MAKING);
    hash_wipe(json->data, json->len);
}

static void to_stick(struct app *app, struct printing *p)
{
    const struct buf *pdf = helper_output(p->helper);
    struct usb_status stick = { .present = false };
    enum usb_verdict verdict;

    if (app->usb)
        usb_status(app->usb, &stick);
    if (!stick.present) {
        p->state = PRINTING_NO_WAY;
        return;
    }
    verdict = usb_write(app->usb, p->file, pdf->data, pdf->len);
    p->state = verdict == USB_DONE ? PRINTING_USB : PRINTING_STICK;
    p->words = usb_words(verdict);
}

static void made(struct app *app, struct printing *p)
{
    const struct buf *pdf = helper_output(p->helper);

    if (helper_result(p->helper) || !pdf->len)
        p->state = PRINTING_FAILED;
    else if (helper_there(HELPER_LP))
        begin(p, HELPER_LP, pdf->data, pdf->len, PRINTING_SENDING);
    else
        to_stick(app, p);
}

bool printing_tick(struct app *app, struct printing *p)
{
    if (!printing_busy(p) || !helper_tick(p->helper))
        return false;
    if (p->state == PRINTING_MAKING)
        made(app, p);
    else
        p->state = helper_result(p->helper) ? PRINTING_FAILED : PRINTING_PAPER;
    if (!printing_busy(p)) {
        helper_free(p->helper);
        p->helper = NULL;
    }
    return true;
}
