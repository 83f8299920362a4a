/* The kiosk that a command is for: the running program, reached through ctl.sock, or,
 * when none runs, its database opened here. Either way the same commands
 * (app/control.h) answer. */
#pragma once

#include <stdbool.h>

#include "base/err.h"

struct buf;
struct machine;
struct pack;

/* `dir` is the data folder, borrowed. */
void machine_create(const char *dir, struct machine **out);
void machine_destroy(struct machine *m); /* NULL is allowed */

/* Whether the kiosk program itself answers. */
bool machine_runs(struct machine *m);

/* Lessons for commands that run here, because no kiosk has any open. Borrowed. */
void machine_use_pack(struct machine *m, const struct pack *pack);

/* File with the key of set-up files; NULL: they are not checked. Borrowed. */
void machine_use_provision_key(struct machine *m, const char *file);

/* Runs one command; its output is appended. Returns its exit code, 75 when the data
 * folder cannot be used now (`out` says why). */
int machine_ask(struct machine *m, int argc, const char *const *argv, struct buf *out);

/* Lets a tenth of a second pass, in which answers of the server are taken in. */
void machine_wait(struct machine *m);
