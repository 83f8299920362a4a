/* One sentence into the microphone: samples come while somebody speaks, a helper makes a clip
 * of them, which can be heard and is kept or thrown away. Nothing of it is on the disk before
 * it is kept, and it is wiped when its page is left.
 *
 * IDLE -> LISTENING [start] -> MAKING [stop, or 30 s] -> READY [the helper is done]
 * MAKING -> IDLE [nobody spoke]; any -> IDLE [forget, or the page is left]. Thread: one. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/loudness.h"
#include "base/err.h"
#include "lesson/lesson.h"

struct app;
struct helper;

/* The microphone, as the platform has it: 16-bit mono samples, LOUDNESS_RATE a second. */
struct voice_in {
    void *ctx;
    enum err (*start)(void *ctx); /* ERR_OFFLINE: there is none */
    size_t (*read)(void *ctx, int16_t *out,
                   size_t max); /* what came; waits for nothing */
    void (*stop)(void *ctx);
};

enum recorder_state {
    RECORDER_IDLE,
    RECORDER_LISTENING,
    RECORDER_MAKING,
    RECORDER_READY
};

enum recorder_trouble {
    RECORDER_FINE,
    RECORDER_NO_MICROPHONE,
    RECORDER_NOBODY_SPOKE,
    RECORDER_NO_MAKER, /* bdhvs-voice is not there, or ended badly */
};

struct recorder {
    const struct voice_in *in; /* NULL: no microphone is known */
    enum recorder_state state;
    enum recorder_trouble trouble; /* of the last sentence */
    bool shown;                    /* the page of the last frame shows it */
    char text[LESSON_TEXT_MAX + 1];
    int16_t *samples; /* NULL: none */
    size_t n;
    size_t n_skip; /* the touch that started it sounds, too */
    struct loudness loudness;
    struct helper *helper; /* READY: its output is the clip */
    int clip_ms;
};

/* What is spoken now will be the clip of `text`. A voice of the kiosk falls silent. */
void recorder_start(struct app *app, const char *text);
void recorder_stop(struct app *app);
void recorder_forget(struct app *app);
/* READY: the clip, until forget. */
const void *recorder_clip(const struct recorder *r, size_t *n_out);
/* Takes what came. Milliseconds until it wants to be called again, -1: not by itself. */
int recorder_tick(struct app *app);
