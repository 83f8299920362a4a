/* Opus is decoded in SDL's audio thread, a few milliseconds at a time: a page never waits. */
#include "platform/sound.h"

#include <SDL.h>
#include <opusfile.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/hash.h"

#define LOG_MODULE "sound"
#include "base/log.h"

#define CHANNELS 2
#define FRAMES 1024    /* of a buffer: 21 ms */
#define TAIL_MS 200    /* the device's own buffers run out before it is closed */
#define RETRY_MS 60000 /* no loudspeaker: not asked at every touch */

struct sound {
    SDL_AudioDeviceID device; /* 0: closed */
    bool inited;
    Uint32 asked_at; /* SDL ticks; of the last try that failed */
    bool failed, complained;
    Uint32 silent_at; /* since when nothing sounds */

    /* under SDL_LockAudioDevice */
    OggOpusFile *opus; /* NULL: nothing is spoken */
    unsigned char *bytes;
    size_t n_bytes;
    int64_t n_heard; /* frames */
    const int16_t *cue;
    size_t cue_at, cue_n;
    int volume; /* percent */

    int16_t *cues[CUE_COUNT]; /* made when first wanted */
};

/* --- SDL's thread -------------------------------------------------------------------- */

static void mix(int16_t *out, size_t n, const int16_t *in, size_t n_in, int channels)
{
    for (size_t i = 0; i < n && i < n_in; i++)
        for (int c = 0; c < CHANNELS; c++) {
            int sum = out[i * CHANNELS + (size_t)c] +
                      in[channels == 1 ? i : i * CHANNELS + (size_t)c];

            out[i * CHANNELS + (size_t)c] = (int16_t)(sum > 32767    ? 32767
                                                      : sum < -32768 ? -32768
                                                                     : sum);
        }
}

static void drop_clip(struct sound *s)
{
    op_free(s->opus);
    if (s->bytes)
        hash_wipe(s->bytes, s->n_bytes); /* it may be somebody's name */
    free(s->bytes);
    s->opus = NULL;
    s->bytes = NULL;
}

static void speak(struct sound *s, int16_t *out, size_t n)
{
    int16_t piece[FRAMES * CHANNELS];

    while (s->opus && n > 0) {
        size_t want = n < FRAMES ? n : FRAMES;
        int got = op_read_stereo(s->opus, piece, (int)(want * CHANNELS));

        if (got <= 0) { /* the end, or a hole that cannot be played */
            drop_clip(s);
            return;
        }
        mix(out, (size_t)got, piece, (size_t)got, CHANNELS);
        out += (size_t)got * CHANNELS;
        n -= (size_t)got;
        s->n_heard += got;
    }
}

static void fill(void *ctx, Uint8 *stream, int len)
{
    struct sound *s = ctx;
    int16_t *out = (int16_t *)(void *)stream;
    size_t n = (size_t)len / (CHANNELS * sizeof(*out));

    memset(stream, 0, (size_t)len);
    speak(s, out, n);
    if (s->cue) {
        mix(out, n, s->cue + s->cue_at, s->cue_n - s->cue_at, 1);
        s->cue_at += n;
        if (s->cue_at >= s->cue_n)
            s->cue = NULL;
    }
    for (size_t i = 0; i < n * CHANNELS; i++)
        out[i] = (int16_t)(out[i] * s->volume / 100);
}

/* SDL's ALSA part has a thread that looks for new cards ten times a second as long as the
 * subsystem is there: a machine at rest shall not have it. */
static void leave_audio(struct sound *s)
{
    if (s->device)
        SDL_CloseAudioDevice(s->device);
    s->device = 0;
    if (s->inited)
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
    s->inited = false;
}

/* --- the device ---------------------------------------------------------------------- */

static bool open_device(struct sound *s)
{
    SDL_AudioSpec want = { .freq = CUE_RATE,
                           .format = AUDIO_S16SYS,
                           .channels = CHANNELS,
                           .samples = FRAMES,
                           .callback = fill,
                           .userdata = s };

    if (s->device && SDL_GetAudioDeviceStatus(s->device) == SDL_AUDIO_PLAYING)
        return true;
    if (s->device) { /* it was pulled out */
        SDL_CloseAudioDevice(s->device);
        s->device = 0;
    }
    if (s->failed && SDL_GetTicks() - s->asked_at < RETRY_MS)
        return false;
    if (!s->inited)
        s->inited = SDL_InitSubSystem(SDL_INIT_AUDIO) == 0;
    if (s->inited)
        s->device = SDL_OpenAudioDevice(NULL, 0, &want, NULL, 0);
    s->failed = !s->device;
    s->asked_at = SDL_GetTicks();
    if (s->failed) {
        if (!s->complained)
            LOG_WARN("no loudspeaker: %s", SDL_GetError());
        s->complained = true;
        leave_audio(s);
        return false;
    }
    SDL_PauseAudioDevice(s->device, 0);
    return true;
}

struct sound *sound_create(void)
{
    struct sound *s = check_alloc(sizeof(*s));

    *s = (struct sound){ .volume = 100 };
    return s;
}

void sound_destroy(struct sound *s)
{
    if (!s)
        return;
    leave_audio(s);
    drop_clip(s);
    for (size_t i = 0; i < CUE_COUNT; i++)
        free(s->cues[i]);
    free(s);
}

enum err sound_play(struct sound *s, const void *opus, size_t n)
{
    unsigned char *bytes;
    OggOpusFile *file;

    if (!s || !open_device(s))
        return ERR_OFFLINE;
    bytes = check_alloc(n ? n : 1);
    memcpy(bytes, opus, n);
    file = op_open_memory(bytes, n, NULL);
    if (!file) {
        free(bytes);
        return ERR_REJECTED;
    }
    SDL_LockAudioDevice(s->device);
    drop_clip(s);
    s->opus = file;
    s->bytes = bytes;
    s->n_bytes = n;
    s->n_heard = 0;
    SDL_UnlockAudioDevice(s->device);
    return ERR_OK;
}

void sound_hush(struct sound *s)
{
    if (!s || !s->device)
        return;
    SDL_LockAudioDevice(s->device);
    drop_clip(s);
    SDL_UnlockAudioDevice(s->device);
}

int sound_heard_ms(struct sound *s)
{
    int ms = -1;

    if (!s || !s->device)
        return -1;
    SDL_LockAudioDevice(s->device);
    if (s->opus && SDL_GetAudioDeviceStatus(s->device) == SDL_AUDIO_PLAYING)
        ms = (int)(s->n_heard * 1000 / CUE_RATE);
    SDL_UnlockAudioDevice(s->device);
    return ms;
}

void sound_cue(struct sound *s, enum cue cue)
{
    if (!s || !s->volume || !open_device(s))
        return;
    if (!s->cues[cue]) {
        s->cues[cue] = check_alloc(cue_samples(cue) * sizeof(int16_t));
        cue_make(cue, s->cues[cue]);
    }
    SDL_LockAudioDevice(s->device);
    s->cue = s->cues[cue];
    s->cue_at = 0;
    s->cue_n = cue_samples(cue);
    SDL_UnlockAudioDevice(s->device);
}

void sound_set_volume(struct sound *s, int percent)
{
    if (!s)
        return;
    if (s->device)
        SDL_LockAudioDevice(s->device);
    s->volume = percent < 0 ? 0 : percent > 100 ? 100 : percent;
    if (s->device)
        SDL_UnlockAudioDevice(s->device);
}

int sound_rest(struct sound *s)
{
    bool sounds;

    if (!s || !s->device)
        return -1;
    SDL_LockAudioDevice(s->device);
    sounds = s->opus || s->cue;
    SDL_UnlockAudioDevice(s->device);
    if (sounds || !s->silent_at) {
        s->silent_at = SDL_GetTicks();
        return TAIL_MS;
    }
    if (SDL_GetTicks() - s->silent_at < TAIL_MS)
        return TAIL_MS;
    leave_audio(s);
    s->silent_at = 0;
    return -1;
}
