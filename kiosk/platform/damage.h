/* Which parts of the window a new command list changes. The window is cut into square
 * cells; the cell's number is a hash of all commands that reach into it, in order. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/ui.h"

#define DAMAGE_RECTS_MAX 24

struct damage;

struct damage *damage_create(int w_px, int h_px);
void damage_destroy(struct damage *d); /* NULL is allowed */

/* The pixels that a command may touch, without regard to clips. */
struct box damage_extent(const struct ui_cmd *cmd);

/* Compares with the list given last; the first time all is changed. Boxes do not
 * overlap. Returns how many of at most DAMAGE_RECTS_MAX were written. */
size_t damage_update(struct damage *d, const struct ui_cmd *cmds, size_t n_cmds,
                     struct box out[DAMAGE_RECTS_MAX]);
/* Forget: the window lost its contents. */
void damage_forget(struct damage *d);
