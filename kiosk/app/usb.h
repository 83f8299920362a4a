/* The stick that somebody put in: found by its mount, told by the kernel, so that nobody
 * looks by the clock. Only its folder BDHVS/ is touched.
 *
 * NONE -> THERE [a mount appears] -> NONE [usb_release, or pulled]. Thread: one. */
#pragma once

#include <stdint.h>

#include "app/usb_files.h"

struct usb;

#define USB_LABEL_MAX 64
#define USB_FOLDER "BDHVS"

struct usb_status {
    bool present;
    bool read_only;
    bool released;             /* the one that was there may be pulled out now */
    int n_sticks;              /* the first by name is used */
    char label[USB_LABEL_MAX]; /* of its mount point; valid UTF-8 */
    int64_t free_mb;
};

/* `dir` NULL: mounts below /media, /run/media and /run/bdhvs-usb. Else (--usb) every folder
 * in `dir` is a stick, mounted or not. `wake` is called from a thread when something
 * changed; NULL: nobody waits, usb_tick looks itself. Errors: ERR_FULL. */
NODISCARD enum err usb_create(const char *dir, void (*wake)(void *ctx), void *ctx,
                              struct usb **out);
void usb_destroy(struct usb *usb); /* NULL is allowed */

/* Looks when the thread told of a change. True: a stick came or went. NULL is allowed. */
bool usb_tick(struct usb *usb);
void usb_status(const struct usb *usb, struct usb_status *out);
/* The mount point, for packs and the courier; NULL: there is none. Until the next tick. */
const char *usb_path(const struct usb *usb);

/* Writes BDHVS/<name>; folders in front of it ("voice/hre/a.opus") are made (usb_file_write). */
enum usb_verdict usb_write(struct usb *usb, const char *name, const void *bytes,
                           size_t n);
/* Reads such a file; at most the ceiling of `out`. */
enum usb_verdict usb_read(struct usb *usb, const char *name, struct buf *out);
/* Names in BDHVS/<folder>, "" for BDHVS itself (usb_file_list). */
enum usb_verdict usb_list(struct usb *usb, const char *folder,
                          const char *const *suffixes, struct arena *arena,
                          const char ***names_out, size_t *n_out, bool *more_out);
/* Everything is on the stick, and it is taken out of the system where that is allowed:
 * "được rút". It counts as away until it is put in anew. */
enum usb_verdict usb_release(struct usb *usb);
/* What a page says of a verdict. Static text; "" for USB_DONE. */
const char *usb_words(enum usb_verdict verdict);
