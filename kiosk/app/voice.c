/* What is read, in which order, and when. */
#include "app/voice.h"

#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/class_day.h"
#include "app/voice_make.h"
#include "base/buf.h"
#include "base/hash.h"
#include "lesson/pack.h"
#include "lesson/voice_index.h"
#include "ui/ui.h"

#define LOG_MODULE "voice"
#include "base/log.h"

#define BEFORE_MS 800      /* a page is looked at first */
#define BETWEEN_MS 350     /* sentences */
#define SAME_TOUCH_MS 1500 /* a slow finger on "Dừng" is not asking for more */
#define LOOK_MS 60         /* the end of a clip and the next word are looked for */
#define LATE_MS 700        /* a draft that is not ready is waited for */
#define MINUTE_MS 60000
#define ZONE_MINUTES (7 * 60)
#define NIGHT_FROM 20 /* o'clock */
#define NIGHT_TO 6
#define NIGHT_LESS 2
#define CLIP_BYTES (4U << 20)
#define LISTEN_ID "bar.listen"
#define FNV_START 14695981039346656037U
#define FNV_PRIME 1099511628211U

static const struct voice_index *index_of(const struct app *app)
{
    return app->pack ? pack_voice(app->pack) : NULL;
}

bool voice_is_there(const struct app *app)
{
    return app->voice.out && index_of(app);
}

/* --- what a page says ------------------------------------------------------------------- */

/* The bars speak when they are asked for by their own buttons, not between sentences. */
static bool is_chrome(const char *id)
{
    return !strncmp(id, "bar.", 4) || !strncmp(id, "nav.", 4) || !strncmp(id, "kb.", 3);
}

static bool is_read(const struct ui_node *node, bool all)
{
    if (!node->text || !*node->text || is_chrome(node->id))
        return node->role == UI_ROLE_TITLE && node->text && *node->text;
    switch (node->role) {
    case UI_ROLE_TITLE:
    case UI_ROLE_TEXT:
    case UI_ROLE_CHOICE:
    case UI_ROLE_DIALOG:
        return true;
    case UI_ROLE_BUTTON:
    case UI_ROLE_LINK:
    case UI_ROLE_HOTSPOT:
    case UI_ROLE_KEY:
        return all;
    default:
        return false;
    }
}

static uint64_t mix_text(uint64_t h, const char *s)
{
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * FNV_PRIME;
    return (h ^ 0x1F) * FNV_PRIME;
}

/* Of what is read by itself and has a clip: a countdown, which has none, is no new page. */
static uint64_t page_hash(const struct voice_index *index, const char *screen,
                          const struct ui_node *nodes, size_t n)
{
    uint64_t h = mix_text(FNV_START, screen);

    for (size_t i = 0; i < n; i++)
        if (is_read(&nodes[i], false) && nodes[i].role != UI_ROLE_CHOICE &&
            voice_index_find(index, "vi", nodes[i].text))
            h = mix_text(h, nodes[i].text);
    return h;
}

/* What a page said may have been somebody's name: it goes with the page (arenas are wiped). */
static void forget_lines(struct voice *v)
{
    v->n = v->at = 0;
    voice_make_forget(v->make);
    arena_finish(&v->arena);
}

static const struct voice_clip *clip_of(const struct app *app, const char *lang,
                                        const char *text)
{
    const struct voice_clip *clip = voice_index_find(index_of(app), lang, text);

    return clip ? clip : voice_index_find(index_of(app), "vi", text);
}

static const char *lang_of(const struct app *app)
{
    return *app->visit.audio_lang ? app->visit.audio_lang : "vi";
}

/* What of it has no clip is made from now on; what was made for another page is wiped. */
static void want_drafts(struct app *app)
{
    const struct voice *v = &app->voice;
    const char *texts[VOICE_LINES_MAX];
    size_t n = 0;

    for (size_t i = 0; i < v->n && !v->is_deaf; i++)
        if (!clip_of(app, lang_of(app), v->lines[i].text))
            texts[n++] = v->lines[i].text;
    voice_make_want(v->make, texts, n);
}

static void take_lines(struct app *app, const struct ui_node *nodes, size_t n, bool all)
{
    struct voice *v = &app->voice;

    v->n = v->at = 0;
    arena_finish(&v->arena);
    for (size_t i = 0; i < n && v->n < VOICE_LINES_MAX; i++) {
        struct voice_line *line = &v->lines[v->n];

        if (!is_read(&nodes[i], all))
            continue;
        (void)snprintf(line->id, sizeof(line->id), "%s", nodes[i].id);
        line->text = arena_strdup(&v->arena, nodes[i].text);
        v->n++;
    }
    want_drafts(app);
}

/* --- speaking ---------------------------------------------------------------------------- */

static int64_t now_of(const struct app *app)
{
    return clock_mono_ms(app->clock);
}

static void silence(struct voice *v)
{
    if (v->state == VOICE_SPEAKING && v->out)
        v->out->hush(v->out->ctx);
    v->state = VOICE_SILENT;
    v->late_ms = 0;
    v->marks = NULL;
    v->n_marks = 0;
}

/* In percent: evenings are quiet in a village. */
static int volume(const struct app *app)
{
    long tenths = app->settings.value[SETTING_VOLUME];
    int64_t minute = clock_wall_ms(app->clock) / MINUTE_MS + ZONE_MINUTES;
    long hour = (long)(minute / 60 % 24);
    bool night = class_today(app) >= 0 && (hour >= NIGHT_FROM || hour < NIGHT_TO);

    if (night && tenths > 0)
        tenths = tenths > NIGHT_LESS + 1 ? tenths - NIGHT_LESS : 1;
    return (int)(tenths * 10);
}

/* A draft if there is no `clip` of the pack. */
static enum err play(struct app *app, const struct voice_clip *clip,
                     const struct voice_draft *draft)
{
    struct voice *v = &app->voice;
    struct buf bytes;
    enum err err = ERR_OK;

    v->out->set_volume(v->out->ctx, volume(app));
    if (!clip)
        return v->out->play(v->out->ctx, draft->opus, draft->n, draft->ms);
    buf_init(&bytes, CLIP_BYTES);
    err = pack_object(app->pack, clip->object, &bytes);
    if (!err)
        err = v->out->play(v->out->ctx, bytes.data, bytes.len, clip->ms);
    buf_finish(&bytes);
    return err;
}

/* Its draft is on the way: a moment of patience, once a line. */
static bool wait_for(struct app *app, enum voice_made made)
{
    struct voice *v = &app->voice;
    int64_t now = now_of(app);

    if (made != VOICE_MADE_SOON)
        return false;
    if (!v->late_ms)
        v->late_ms = now + LATE_MS;
    if (now >= v->late_ms)
        return false;
    v->state = VOICE_PAUSE;
    v->due_ms = now + LOOK_MS;
    return true;
}

/* The line at hand, with what sounds for it. Errors: ERR_OFFLINE (no loudspeaker), others:
 * this line is not heard. */
static enum err speak(struct app *app, const struct voice_clip *clip,
                      const struct voice_draft *draft)
{
    struct voice *v = &app->voice;
    const struct voice_line *line = &v->lines[v->at];
    bool can_sound = clip || draft->n;
    enum err err = can_sound ? play(app, clip, draft) : ERR_REJECTED;

    if (can_sound)
        v->is_deaf = err == ERR_OFFLINE;
    if (err == ERR_OFFLINE)
        return err;
    if (err && can_sound)
        LOG_WARN("the clip of %s cannot be played: %s", line->id, err_name(err));
    v->out->spoke(v->out->ctx, line->text, line->id,
                  clip       ? clip->lang
                  : draft->n ? "vi"
                             : lang_of(app),
                  err                    ? "none"
                  : !clip || clip->draft ? "draft"
                                         : clip->key);
    v->marks = clip ? clip->marks : draft->marks;
    v->n_marks = clip ? clip->n_marks : draft->n_marks;
    return err;
}

/* Speaks the next line that has a clip or a draft; silent after the last. */
static void speak_on(struct app *app)
{
    struct voice *v = &app->voice;

    for (; v->at < v->n; v->at++, v->late_ms = 0) {
        const char *text = v->lines[v->at].text;
        const struct voice_clip *clip = clip_of(app, lang_of(app), text);
        struct voice_draft draft = { .n = 0 };
        enum err err;

        if (!clip && wait_for(app, voice_make_find(v->make, text, &draft)))
            return;
        err = speak(app, clip, &draft);
        if (!err) {
            v->state = VOICE_SPEAKING;
            return;
        }
        if (err == ERR_OFFLINE) /* the page can be read */
            break;
    }
    v->state = VOICE_SILENT;
}

/* A learner's page has the tool; a dialog over one is read, too. */
static bool may_be_read(const struct voice *v, const struct ui_node *nodes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(nodes[i].id, LISTEN_ID) ||
            (v->can_listen && nodes[i].role == UI_ROLE_DIALOG))
            return true;
    return false;
}

void voice_seen(struct app *app, const char *screen, const struct ui_node *nodes,
                size_t n)
{
    struct voice *v = &app->voice;
    uint64_t page;

    v->can_listen = may_be_read(v, nodes, n);
    if (!v->can_listen || !voice_is_there(app)) {
        silence(v);
        forget_lines(v);
        v->page = 0;
        return;
    }
    page = page_hash(index_of(app), screen, nodes, n);
    if (v->wants_all) {
        v->wants_all = false;
        v->page = page;
        take_lines(app, nodes, n, true);
        speak_on(app);
        return;
    }
    if (page == v->page)
        return;
    v->page = page;
    silence(v);
    take_lines(app, nodes, n, false);
    v->state = VOICE_WAITING;
    v->due_ms = now_of(app) + BEFORE_MS;
}

void voice_touched(struct app *app)
{
    struct voice *v = &app->voice;

    if (voice_speaks(app))
        v->stopped_ms = now_of(app);
    silence(v);
}

void voice_listen(struct app *app)
{
    struct voice *v = &app->voice;

    silence(v);
    v->wants_all = !v->stopped_ms || now_of(app) - v->stopped_ms > SAME_TOUCH_MS;
    v->stopped_ms = 0;
}

bool voice_speaks(const struct app *app)
{
    return app->voice.state == VOICE_SPEAKING || app->voice.state == VOICE_PAUSE;
}

static const struct voice_mark *mark_at(const struct voice *v, int heard_ms)
{
    const struct voice_mark *found = NULL;

    for (size_t i = 0; i < v->n_marks && v->marks[i].ms <= heard_ms; i++)
        found = &v->marks[i];
    return found;
}

bool voice_reading(struct app *app, struct voice_reading *out)
{
    struct voice *v = &app->voice;
    const struct voice_mark *mark;

    if (v->state != VOICE_SPEAKING)
        return false;
    mark = mark_at(v, v->out->heard_ms(v->out->ctx));
    *out = (struct voice_reading){ v->lines[v->at].id, v->lines[v->at].text, 0, 0 };
    if (mark) {
        out->from = mark->offset;
        out->n = mark->length;
    }
    return true;
}

static int speak_tick(struct app *app)
{
    struct voice *v = &app->voice;
    int64_t now = now_of(app);

    if (v->state == VOICE_SPEAKING) {
        if (v->out->heard_ms(v->out->ctx) >= 0)
            return LOOK_MS;
        v->at++;
        v->late_ms = 0;
        v->marks = NULL;
        v->n_marks = 0;
        v->state = v->at < v->n ? VOICE_PAUSE : VOICE_SILENT;
        v->due_ms = now + BETWEEN_MS;
    }
    if (v->state != VOICE_WAITING && v->state != VOICE_PAUSE)
        return -1;
    if (now < v->due_ms)
        return (int)(v->due_ms - now);
    speak_on(app);
    return v->state == VOICE_SILENT ? -1 : LOOK_MS;
}

int voice_tick(struct app *app)
{
    int make_ms = voice_make_tick(app->voice.make);
    int speak_ms = speak_tick(app);

    return make_ms < 0                          ? speak_ms
           : speak_ms < 0 || make_ms < speak_ms ? make_ms
                                                : speak_ms;
}

void voice_stop(struct app *app)
{
    silence(&app->voice);
    app->voice.page = 0;
    forget_lines(&app->voice);
}

void app_cue(struct app *app, enum cue cue)
{
    const struct voice_out *out = app->voice.out;

    if (!out)
        return;
    out->set_volume(out->ctx, volume(app));
    out->cue(out->ctx, cue);
}
