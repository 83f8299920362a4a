/* The camera before which cards are held: bdhvs-scan runs while a page wants it, and what
 * it reads goes the way of a scanner's burst. No picture ever comes here.
 *
 * OFF -> STARTING [wanted] -> READY, DARK, BUSY [its lines] -> NONE [it ended]
 * any -> OFF [not wanted any more]. Thread: one; nothing blocks. */
#pragma once

#include "app/camera_lines.h"

struct camera;

/* `source` NULL: the first camera; a folder: its frames, for tests; else that device.
 * `wake` is called from a thread when there is something to hear. */
struct camera *camera_create(const char *source, void (*wake)(void *ctx), void *ctx);
void camera_destroy(struct camera *c); /* NULL is allowed */

/* Starts, hears or ends it. True: the state changed or a code is there. NULL is allowed. */
bool camera_tick(struct camera *c, bool wanted);
enum camera_state camera_state(const struct camera *c); /* NULL: CAMERA_NONE */
/* The code that was read, once; NULL: none. Borrowed until the next tick. NULL is
 * allowed. */
const char *camera_code(struct camera *c);
