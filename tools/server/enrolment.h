/* Lets a kiosk in (PROTOCOL §4): the administrator asks for a code, types it at the
 * kiosk, compares one number on both screens and confirms it here. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "server.h"
#include "wire/enrol.h"

struct buf;

#define ENROLMENT_CODE_MS (15 * 60 * 1000)

enum enrolment_status {
    ENROLMENT_WAITING, /* the number waits for the administrator; answer: body of 202 */
    ENROLMENT_GRANTED, /* answer: the grant, signed */
    ENROLMENT_WRONG,   /* not a request of ours */
    ENROLMENT_REFUSED, /* no such code, or used by another machine, or revoked key */
    ENROLMENT_OVER,    /* the code ran out or was used up */
    ENROLMENT_LATER,   /* our database cannot take it now */
};

/* Makes a code that lives for 15 minutes and 5 wrong tries. Errors: of the store. */
NODISCARD enum err enrolment_code(struct server *s, char out[ENROL_CODE_CHARS]);
/* A province's: whoever uses it, a kiosk or a commune's server, sends for `commune`. */
NODISCARD enum err enrolment_code_for(struct server *s, const char *commune,
                                      char out[ENROL_CODE_CHARS]);

/* A kiosk asks. Without an answer to give, `answer` gets a short English reason. */
NODISCARD enum enrolment_status enrolment_ask(struct server *s, const char *bytes,
                                              size_t n, struct buf *answer);

/* The administrator has compared the numbers. `kiosk_out` gets the id given. Errors:
 * ERR_REJECTED (no kiosk, or more than one, waits with this number), of the store. */
NODISCARD enum err enrolment_confirm(struct server *s, const char *number,
                                     char kiosk_out[BUNDLE_ID_MAX + 1]);

/* Whether the machine with this key may send, and of which commune it is. Errors: of the
 * store. */
NODISCARD enum err enrolment_is_active(struct server *s, const char *kid,
                                       char commune_out[BUNDLE_ID_MAX + 1],
                                       bool *active_out);
