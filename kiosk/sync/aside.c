#include "sync/aside.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/check.h"

struct aside {
    void (*work)(void *ctx);
    void *ctx;
    pthread_t thread;
    bool running;
};

static void *run(void *ctx)
{
    const struct aside *a = ctx;

    a->work(a->ctx);
    return NULL;
}

void aside_begin(void (*work)(void *ctx), void *ctx, struct aside **out)
{
    struct aside *a = check_alloc(sizeof(*a));

    *a = (struct aside){ .work = work, .ctx = ctx };
    a->running = pthread_create(&a->thread, NULL, run, a) == 0;
    if (!a->running)
        work(ctx);
    *out = a;
}

void aside_end(struct aside *a)
{
    if (a && a->running)
        (void)pthread_join(a->thread, NULL);
    free(a);
}
