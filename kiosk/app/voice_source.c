/* From here to the loudspeaker. */
#include "app/voice_source.h"

#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/class_day.h"
#include "app/languages.h"
#include "app/recordings.h"
#include "base/buf.h"
#include "lesson/pack.h"

#define LOG_MODULE "voice"
#include "base/log.h"

#define MINUTE_MS 60000
#define ZONE_MINUTES (7 * 60)
#define NIGHT_FROM 20 /* o'clock */
#define NIGHT_TO 6
#define NIGHT_LESS 2
#define CLIP_BYTES (4U << 20)

int voice_volume(const struct app *app)
{
    long tenths = app->settings.value[SETTING_VOLUME];
    int64_t minute = clock_wall_ms(app->clock) / MINUTE_MS + ZONE_MINUTES;
    long hour = (long)(minute / 60 % 24);
    bool night = class_today(app) >= 0 && (hour >= NIGHT_FROM || hour < NIGHT_TO);

    if (night && tenths > 0)
        tenths = tenths > NIGHT_LESS + 1 ? tenths - NIGHT_LESS : 1;
    return (int)(tenths * 10);
}

static const struct voice_index *index_of(const struct app *app)
{
    return app->pack ? pack_voice(app->pack) : NULL;
}

enum err voice_source_bytes(struct app *app, const void *opus, size_t n, int ms)
{
    const struct voice_out *speaker = app->voice.out;

    if (!speaker)
        return ERR_OFFLINE;
    speaker->set_volume(speaker->ctx, voice_volume(app));
    return speaker->play(speaker->ctx, opus, n, ms);
}

static void is_from(struct voice_source *out, const char *lang, const char *key)
{
    (void)snprintf(out->lang, sizeof(out->lang), "%s", lang);
    (void)snprintf(out->key, sizeof(out->key), "%s", key);
}

static enum err play_recording(struct app *app, const char *lang, const char *text,
                               struct voice_source *out)
{
    const struct recording *row = recordings_find(app->recordings, lang, text);
    struct buf bytes;
    enum err err;
    int ms = 0;

    if (!row)
        return ERR_REJECTED;
    is_from(out, lang, row->key);
    buf_init(&bytes, RECORDING_BYTES);
    err = recordings_clip(app->recordings, lang, text, &bytes, &ms);
    if (!err)
        err = voice_source_bytes(app, bytes.data, bytes.len, ms);
    else
        err = ERR_REJECTED; /* the health page counts it; somebody else speaks */
    buf_finish(&bytes);
    return err;
}

static enum err play_packed(struct app *app, const char *lang, const char *text,
                            struct voice_source *out)
{
    const struct voice_clip *clip = voice_index_find(index_of(app), lang, text);
    struct buf bytes;
    enum err err;

    if (!clip)
        return ERR_REJECTED;
    is_from(out, lang, clip->draft ? "draft" : clip->key);
    buf_init(&bytes, CLIP_BYTES);
    err = pack_object(app->pack, clip->object, &bytes);
    if (!err)
        err = voice_source_bytes(app, bytes.data, bytes.len, clip->ms);
    if (err && err != ERR_OFFLINE)
        LOG_WARN("the clip %s %s cannot be played: %s", lang, clip->key, err_name(err));
    if (!err) {
        out->marks = clip->marks;
        out->n_marks = clip->n_marks;
    }
    buf_finish(&bytes);
    return err;
}

enum err voice_source_play(struct app *app, const char *lang, const char *text,
                           struct voice_source *out)
{
    const char *const langs[] = { lang, LANGUAGE_FIRST };
    size_t n = strcmp(lang, LANGUAGE_FIRST) ? 2 : 1;
    enum err err = ERR_REJECTED;

    *out = (struct voice_source){ .marks = NULL };
    for (size_t i = 0; i < n && err && err != ERR_OFFLINE; i++) {
        err = play_recording(app, langs[i], text, out);
        if (err && err != ERR_OFFLINE)
            err = play_packed(app, langs[i], text, out);
    }
    if (err)
        is_from(out, lang, "none");
    return err;
}

bool voice_source_there(const struct app *app, const char *lang, const char *text)
{
    return recordings_find(app->recordings, lang, text) ||
           voice_index_find(index_of(app), lang, text) ||
           recordings_find(app->recordings, LANGUAGE_FIRST, text) ||
           voice_index_find(index_of(app), LANGUAGE_FIRST, text);
}
