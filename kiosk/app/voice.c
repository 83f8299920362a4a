/* What is read, in which order, and when. */
#include "app/voice.h"

#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/class_day.h"
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
    arena_finish(&v->arena);
}

static void take_lines(struct voice *v, const struct ui_node *nodes, size_t n, bool all)
{
    forget_lines(v);
    for (size_t i = 0; i < n && v->n < VOICE_LINES_MAX; i++) {
        struct voice_line *line = &v->lines[v->n];

        if (!is_read(&nodes[i], all))
            continue;
        (void)snprintf(line->id, sizeof(line->id), "%s", nodes[i].id);
        line->text = arena_strdup(&v->arena, nodes[i].text);
        v->n++;
    }
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

static enum err play_clip(struct app *app, const struct voice_clip *clip)
{
    struct voice *v = &app->voice;
    struct buf bytes;
    enum err err;

    buf_init(&bytes, CLIP_BYTES);
    err = pack_object(app->pack, clip->object, &bytes);
    v->out->set_volume(v->out->ctx, volume(app));
    if (!err)
        err = v->out->play(v->out->ctx, bytes.data, bytes.len, clip->ms);
    buf_finish(&bytes);
    return err;
}

static const struct voice_clip *clip_of(const struct app *app, const char *lang,
                                        const char *text)
{
    const struct voice_clip *clip = voice_index_find(index_of(app), lang, text);

    return clip ? clip : voice_index_find(index_of(app), "vi", text);
}

/* Speaks the next line that has a clip; silent after the last. */
static void speak_on(struct app *app)
{
    struct voice *v = &app->voice;
    const char *lang = *app->visit.look.lang ? app->visit.look.lang : "vi";

    for (; v->at < v->n; v->at++) {
        const struct voice_line *line = &v->lines[v->at];
        const struct voice_clip *clip = clip_of(app, lang, line->text);
        enum err err = clip ? play_clip(app, clip) : ERR_OK;

        if (err == ERR_OFFLINE) /* no loudspeaker: the page can be read */
            break;
        if (err)
            LOG_WARN("the clip of %s cannot be played: %s", line->id, err_name(err));
        v->out->spoke(v->out->ctx, line->text, line->id, clip ? clip->lang : lang,
                      !clip || err  ? "none"
                      : clip->draft ? "draft"
                                    : clip->key);
        if (!clip || err)
            continue;
        v->state = VOICE_SPEAKING;
        v->marks = clip->marks;
        v->n_marks = clip->n_marks;
        return;
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
        take_lines(v, nodes, n, true);
        speak_on(app);
        return;
    }
    if (page == v->page)
        return;
    v->page = page;
    silence(v);
    take_lines(v, nodes, n, false);
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

void voice_say(struct app *app, const struct voice_line *lines, size_t n)
{
    struct voice *v = &app->voice;

    silence(v);
    forget_lines(v);
    if (!voice_is_there(app))
        return;
    for (; v->n < n && v->n < VOICE_LINES_MAX; v->n++) {
        v->lines[v->n] = lines[v->n];
        v->lines[v->n].text = arena_strdup(&v->arena, lines[v->n].text);
    }
    speak_on(app);
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

int voice_tick(struct app *app)
{
    struct voice *v = &app->voice;
    int64_t now = now_of(app);

    if (v->state == VOICE_SPEAKING) {
        if (v->out->heard_ms(v->out->ctx) >= 0)
            return LOOK_MS;
        v->at++;
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
    return v->state == VOICE_SPEAKING ? LOOK_MS : -1;
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
