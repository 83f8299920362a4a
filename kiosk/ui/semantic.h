/* The semantic log: JSON Lines that say what is on screen, for whoever checks the
 * program from outside. Off unless asked for; the caller refuses it to the service. */
#pragma once

#include <stdint.h>

#include "base/err.h"

struct semantic;
struct ui;

/* Opens `path` ("-": standard output) for appending. Errors: ERR_FULL (cannot be
 * opened). */
NODISCARD enum err semantic_open(const char *path, struct semantic **out);
void semantic_close(struct semantic *log); /* NULL is allowed */

/* Call after the frame was presented: writes a line when the tree of `ui` differs from
 * the last line. `t_ms` is monotonic since process start. All calls accept a NULL log
 * and then do nothing. */
void semantic_frame(struct semantic *log, const struct ui *ui, const char *screen,
                    double t_ms);
/* A completion has become durable. `event`: "<run>-<seq>". */
void semantic_ack(struct semantic *log, double t_ms, const char *event,
                  const char *lesson, int score_pct);
/* A clip starts. `clip`: its key, "draft" or "none"; `node` may be NULL. */
void semantic_speak(struct semantic *log, double t_ms, const char *text,
                    const char *node, const char *lang, const char *clip);
