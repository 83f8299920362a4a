/* Loudspeaker and microphone, between the platform and the app. */
#include "parts.h"

static enum err play_hook(void *ctx, const void *opus, size_t n, int ms)
{
    struct platform *p = ((struct parts *)ctx)->platform;

    return p->ops->play(p, opus, n, ms);
}

static void hush_hook(void *ctx)
{
    struct platform *p = ((struct parts *)ctx)->platform;

    p->ops->hush(p);
}

static int heard_hook(void *ctx)
{
    struct platform *p = ((struct parts *)ctx)->platform;

    return p->ops->heard_ms(p);
}

static void cue_hook(void *ctx, enum cue cue)
{
    struct platform *p = ((struct parts *)ctx)->platform;

    p->ops->cue(p, cue);
}

static void volume_hook(void *ctx, int percent)
{
    struct platform *p = ((struct parts *)ctx)->platform;

    p->ops->set_volume(p, percent);
}

static void spoke_hook(void *ctx, const char *text, const char *node, const char *lang,
                       const char *clip)
{
    struct parts *p = ctx;

    semantic_speak(p->semantic, platform_t_ms(p->platform), text, node, lang, clip);
}

/* --- the microphone ------------------------------------------------------------------- */

static enum err listen_hook(void *ctx)
{
    struct parts *p = ctx;

    return p->wav ? wav_file_start(p->wav) : p->platform->ops->listen(p->platform);
}

static size_t listened_hook(void *ctx, int16_t *out, size_t max)
{
    struct parts *p = ctx;

    return p->wav ? wav_file_read(p->wav, out, max)
                  : p->platform->ops->heard(p->platform, out, max);
}

static void listen_end_hook(void *ctx)
{
    struct parts *p = ctx;

    if (p->wav)
        wav_file_stop(p->wav);
    else
        p->platform->ops->listen_end(p->platform);
}

void parts_open_voice(struct parts *p, const struct options *o)
{
    const char *file = options_get(o, "microphone");

    if (file)
        p->wav = wav_file_create(file, p->platform->clock);
    p->voice_out = (struct voice_out){ p,        play_hook,   hush_hook, heard_hook,
                                       cue_hook, volume_hook, spoke_hook };
    p->voice_in = (struct voice_in){ p, listen_hook, listened_hook, listen_end_hook };
    recordings_open(p->dir, &p->recordings);
}
