/* `serve` tells the parent by itself: a process beside it that sleeps, and now and then
 * does what `forward` does. It is made before anything is opened, so it holds neither the
 * database nor a connection, and a slow network is its own matter. */
#pragma once

#include "base/err.h"

/* Begins after a minute, then every `minutes`; it ends with this process. `run` is called
 * in it. Errors: ERR_FULL. */
NODISCARD enum err forward_timer_start(long minutes, void (*run)(void));
