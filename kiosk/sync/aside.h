/* One piece of work in a thread of its own, while the caller does another one and then waits for
 * it: neither needs what the other makes until then. */
#pragma once

struct aside;

/* Begins `work(ctx)`. Where there is no thread to be had, it is done at once. */
void aside_begin(void (*work)(void *ctx), void *ctx, struct aside **out);
/* Waits until it is done. NULL is allowed. */
void aside_end(struct aside *a);
