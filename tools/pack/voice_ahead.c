/* Each child takes every n-th text of every language. */
#include "voice_ahead.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "clip.h"
#include "source.h"
#include "spoken.h"
#include "voice.h"

static void make(const struct source *s, struct voice v, size_t first, size_t step)
{
    struct spoken spoken;
    struct buf clip;
    bool draft;

    buf_init(&clip, CLIP_BYTES_MAX);
    spoken_collect(s, &spoken);
    for (size_t k = 0; k < s->front.languages.n; k++) {
        for (size_t i = first; i < spoken.n; i += step) {
            buf_clear(&clip);
            if (voice_clip(&v, s->front.languages.item[k], &spoken.list[i], &clip,
                           &draft))
                continue; /* tried again, and told, when the pack is put together */
        }
    }
    spoken_finish(&spoken);
    buf_finish(&clip);
    voice_close(&v);
}

void voice_ahead_start(const struct source *s, const struct voice *v,
                       struct voice_ahead *out)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    size_t step = n < 1 ? 1 : n > VOICE_AHEAD_MAX ? VOICE_AHEAD_MAX : (size_t)n;

    out->n = 0;
    if (!v->drafts || !v->program)
        return;
    ASSERT(!v->helper);
    for (size_t i = 0; i < step; i++) {
        pid_t pid = fork();

        if (pid == 0) {
            make(s, *v, i, step);
            _exit(EXIT_SUCCESS);
        }
        if (pid > 0)
            out->children[out->n++] = pid;
    }
}

void voice_ahead_finish(struct voice_ahead *a)
{
    for (size_t i = 0; i < a->n; i++)
        (void)waitpid(a->children[i], NULL, 0);
    a->n = 0;
}
