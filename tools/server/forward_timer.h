/* `serve` tells the parent by itself: a process beside it that sleeps, and now and then
 * does what `forward` does. It is made before anything is opened, so it holds neither the
 * database nor a connection, and a slow network is its own matter. */
#pragma once

#include "base/err.h"

/* `run` is called there after `first_s`, then every `every_s`, until this process ends.
 * Errors: ERR_FULL. */
NODISCARD enum err forward_timer_start(long first_s, long every_s, void (*run)(void));
