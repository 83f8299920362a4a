/* From the microphone to a clip. */
#include "app/recorder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/helper.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/json.h"
#include "lesson/opus_file.h"

#define SAMPLES_MAX ((size_t)LOUDNESS_RATE * LOUDNESS_SECONDS)
#define SKIP ((size_t)LOUDNESS_RATE * 150 / 1000) /* the click of our own loudspeaker */
#define LOOK_MS 40
#define REQUEST_MAX (4U << 20)

static void drop_samples(struct recorder *r)
{
    if (r->samples) {
        hash_wipe(r->samples, SAMPLES_MAX * sizeof(*r->samples));
        free(r->samples);
    }
    r->samples = NULL;
    r->n = 0;
}

void recorder_forget(struct app *app)
{
    struct recorder *r = &app->recorder;

    if (r->state == RECORDER_LISTENING)
        r->in->stop(r->in->ctx);
    helper_free(r->helper); /* wipes what it was given and made */
    r->helper = NULL;
    drop_samples(r);
    memset(&r->loudness, 0, sizeof(r->loudness));
    r->state = RECORDER_IDLE;
    r->trouble = RECORDER_FINE;
    r->clip_ms = 0;
}

void recorder_start(struct app *app, const char *text)
{
    struct recorder *r = &app->recorder;

    voice_stop(app);
    recorder_forget(app);
    if (!r->in || r->in->start(r->in->ctx)) {
        r->trouble = RECORDER_NO_MICROPHONE;
        return;
    }
    (void)snprintf(r->text, sizeof(r->text), "%s", text);
    r->samples = check_alloc(SAMPLES_MAX * sizeof(*r->samples));
    r->n_skip = SKIP;
    r->state = RECORDER_LISTENING;
}

static enum recorder_trouble trouble_of(enum err err)
{
    return err == ERR_REJECTED ? RECORDER_NOBODY_SPOKE : RECORDER_NO_MAKER;
}

void recorder_stop(struct app *app)
{
    struct recorder *r = &app->recorder;
    struct buf request;
    enum err err;

    if (r->state != RECORDER_LISTENING)
        return;
    r->in->stop(r->in->ctx);
    buf_init(&request, REQUEST_MAX);
    json_open(&request, NULL, '{');
    json_put_int(&request, "rate", LOUDNESS_RATE);
    json_put_text(&request, "text", r->text);
    json_close(&request, '}');
    buf_char(&request, '\n');
    for (size_t i = 0; i < r->n; i++) {
        unsigned x = (uint16_t)r->samples[i];

        buf_char(&request, (char)(x & 0xFF));
        buf_char(&request, (char)(x >> 8));
    }
    err = helper_start(HELPER_VOICE, request.data, request.len, &r->helper);
    hash_wipe(request.data, request.len);
    buf_finish(&request);
    drop_samples(r);
    r->state = err ? RECORDER_IDLE : RECORDER_MAKING;
    r->trouble = err ? trouble_of(err) : RECORDER_FINE;
}

static void listen_on(struct app *app)
{
    struct recorder *r = &app->recorder;
    size_t got;

    while (r->n_skip) {
        int16_t dropped[256];
        size_t want = r->n_skip < COUNT(dropped) ? r->n_skip : COUNT(dropped);

        got = r->in->read(r->in->ctx, dropped, want);
        if (!got)
            return;
        r->n_skip -= got;
    }
    got = r->in->read(r->in->ctx, r->samples + r->n, SAMPLES_MAX - r->n);
    loudness_add(&r->loudness, r->samples + r->n, got);
    r->n += got;
    if (r->n == SAMPLES_MAX)
        recorder_stop(app);
}

static void make_on(struct recorder *r)
{
    const struct buf *clip;
    enum err err;

    if (!helper_tick(r->helper))
        return;
    err = helper_result(r->helper);
    clip = helper_output(r->helper);
    if (!err && opus_file_check(clip->data, clip->len, &r->clip_ms))
        err = ERR_CORRUPT;
    r->state = err ? RECORDER_IDLE : RECORDER_READY;
    if (!err)
        return;
    r->trouble = trouble_of(err);
    helper_free(r->helper);
    r->helper = NULL;
}

const void *recorder_clip(const struct recorder *r, size_t *n_out)
{
    const struct buf *clip = helper_output(r->helper);

    ASSERT(r->state == RECORDER_READY);
    *n_out = clip->len;
    return clip->data;
}

int recorder_tick(struct app *app)
{
    struct recorder *r = &app->recorder;
    enum recorder_state before = r->state;

    if (r->state == RECORDER_IDLE)
        return -1;
    if (!r->shown) {
        recorder_forget(app);
        return -1;
    }
    if (r->state == RECORDER_LISTENING)
        listen_on(app);
    if (r->state == RECORDER_MAKING)
        make_on(r);
    if (r->state != before)
        return 0; /* the page shows it */
    return r->state == RECORDER_LISTENING ? LOOK_MS
           : r->state == RECORDER_MAKING  ? HELPER_TICK_MS
                                          : -1;
}
