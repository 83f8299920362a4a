/* The USB courier's end: takes BDHVS/out/<name>.jws of a stick and leaves the signed
 * answers as BDHVS/in/<name>.jws. Replay is harmless; anything else on the stick is
 * ignored. */
#pragma once

#include "base/err.h"
#include "server.h"

struct usb_counts {
    int n_taken;
    int n_refused; /* files that were no bundle of ours */
    int n_later;   /* our database could not take them now */
};

/* `dir` holds BDHVS/, or is that folder. Errors: ERR_OFFLINE (no such folder),
 * ERR_FULL and ERR_CORRUPT (an answer could not be written; the totals are taken all the
 * same). */
NODISCARD enum err usb_import(struct server *s, const char *dir,
                              struct usb_counts *out);
