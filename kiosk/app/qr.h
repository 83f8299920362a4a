/* A QR code as its modules, for the card on screen and on paper. */
#pragma once

#include <stdbool.h>

#include "base/err.h"

#define QR_SIDE_MAX 61 /* version 11: 122 capital letters */
#define QR_QUIET 4     /* modules that must stay white around it */

struct qr {
    int side;                            /* modules a side */
    bool dark[QR_SIDE_MAX][QR_SIDE_MAX]; /* [row][column] */
};

/* Level M: a thumb over a seventh of it does no harm. Errors: ERR_REJECTED (empty, or too
 * long for QR_SIDE_MAX). */
NODISCARD enum err qr_make(const char *text, struct qr *out);
