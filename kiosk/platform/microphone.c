/* SDL keeps what was said in a queue until it is read. */
#include "platform/microphone.h"

#include <SDL.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/check.h"

#define LOG_MODULE "microphone"
#include "base/log.h"

#define RATE 48000
#define FRAMES 1024

struct microphone {
    SDL_AudioDeviceID device; /* 0: closed */
    bool inited;
};

struct microphone *microphone_create(void)
{
    struct microphone *m = check_alloc(sizeof(*m));

    *m = (struct microphone){ .device = 0 };
    return m;
}

void microphone_destroy(struct microphone *m)
{
    if (!m)
        return;
    microphone_stop(m);
    if (m->inited)
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
    free(m);
}

enum err microphone_start(struct microphone *m)
{
    const SDL_AudioSpec want = {
        .freq = RATE, .format = AUDIO_S16SYS, .channels = 1, .samples = FRAMES
    };

    microphone_stop(m);
    if (!m->inited)
        m->inited = SDL_InitSubSystem(SDL_INIT_AUDIO) == 0;
    if (m->inited)
        m->device = SDL_OpenAudioDevice(NULL, 1, &want, NULL, 0);
    if (!m->device) {
        LOG_WARN("no microphone: %s", SDL_GetError());
        return ERR_OFFLINE;
    }
    SDL_PauseAudioDevice(m->device, 0);
    return ERR_OK;
}

size_t microphone_read(struct microphone *m, int16_t *out, size_t max)
{
    if (!m->device)
        return 0;
    return SDL_DequeueAudio(m->device, out, (Uint32)(max * sizeof(*out))) /
           sizeof(*out);
}

void microphone_stop(struct microphone *m)
{
    if (m->device)
        SDL_CloseAudioDevice(m->device);
    m->device = 0;
}
