/* What somebody far away wants to know to help: how the machine is, what it is, which files lie
 * there. No names, nothing of a learner, no key: it may be sent by mail. */
#pragma once

#include "base/options.h"
#include "machine.h"

/* Writes `path`, which must not be there yet. Returns an exit code. */
int support_run(struct machine *m, const struct options *o, const char *path);
