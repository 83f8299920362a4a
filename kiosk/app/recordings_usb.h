/* Recordings onto a stick, BDHVS/voice/…, as content/voice takes them (content/README.md): one
 * clip a step, each read back; then the manifest, with the rows of other kiosks that were
 * there already. What is copied stays here, too.
 *
 * zeroed -> COPYING [begin] -> DONE or FAILED [step] -> zeroed [finish]. */
#pragma once

#include "app/recordings.h"
#include "app/usb.h"

enum recordings_copy_state { COPY_NONE, COPY_GOES_ON, COPY_DONE, COPY_FAILED };

struct recordings_copy {
    enum recordings_copy_state state;
    enum usb_verdict verdict; /* why FAILED */
    size_t at, n;             /* clips looked at, of how many */
    size_t n_copied;          /* spoilt ones are left out */
    struct arena arena;
    struct recording *rows; /* of the manifest that is written */
    size_t n_rows;
};

void recordings_copy_begin(struct recordings_copy *c, const struct recordings *r,
                           struct usb *usb);
/* One clip, or the manifest. `r` must not have changed since begin. */
void recordings_copy_step(struct recordings_copy *c, struct recordings *r,
                          struct usb *usb);
void recordings_copy_finish(struct recordings_copy *c);
