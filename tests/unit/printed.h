/* A document through bdhvs-print, as the kiosk has it made. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

/* helper_run(HELPER_PRINT, …). Under qemu-user (BDHVS_EMULATED) the program is started without the
 * helper's limits: there /proc/self/auxv, which libraries read at their start on 32-bit ARM, is a
 * file that qemu writes, and a helper may write none. */
NODISCARD enum err printed(const struct buf *document, struct buf *pdf);
