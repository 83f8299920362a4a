/* ctl.sock in the data folder (0600): how bdhvs-ctl reaches the running kiosk. A
 * request is the arguments, each ended by a NUL, then the end of the stream; the
 * answer is "<exit code>\n" and the output. */
#pragma once

#include <stdbool.h>

#include "app/control.h"

struct control_socket;

/* Listens. `wake` (may be NULL) is called from a thread of its own when a request
 * waits, so that the loop serves it. Errors: ERR_RETRY (another kiosk listens there),
 * ERR_FULL, ERR_REJECTED (the path is too long for a socket). */
NODISCARD enum err control_socket_open(const char *dir, void (*wake)(void *ctx),
                                       void *ctx, struct control_socket **out);
void control_socket_close(struct control_socket *s); /* NULL is allowed */
/* Answers the requests that wait, without waiting for one; each gets at most half a
 * second. NULL is allowed. */
void control_socket_serve(struct control_socket *s, struct control *c);

/* The other side. Errors: ERR_OFFLINE (no kiosk runs), ERR_CORRUPT (it hung up). */
NODISCARD enum err control_ask(const char *dir, int argc, const char *const *argv,
                               int *exit_code, struct buf *out);
