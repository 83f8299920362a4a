/* How a session stands in the body of EVENT_STEP. */
#pragma once

#include "lesson/session.h"

#define SESSION_BODY_MAX 512 /* bytes */
#define SESSION_TRIES_MAX 255

/* The body, in `arena`; `spent_ms` on the lesson so far. */
const char *session_body_write(const struct session *s, int64_t spent_ms,
                               struct arena *arena);

/* Fills in `s`, whose lesson is set; `answer_right` and `completed` are left to the
 * caller. Errors: ERR_REJECTED (malformed, or of another lesson or other words). */
NODISCARD enum err session_body_read(struct session *s, const char *body);
