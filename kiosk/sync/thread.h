/* Threads that leave signals to the UI thread. */
#pragma once

#include <pthread.h>
#include <stdbool.h>

/* Starts `run(ctx)` with every signal blocked: a new thread inherits the mask. */
bool thread_start(pthread_t *out, void *(*run)(void *ctx), void *ctx);
