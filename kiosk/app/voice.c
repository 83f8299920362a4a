/* What is read, in which order, and when. */
#include "app/voice.h"

#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/languages.h"
#include "app/recordings.h"
#include "app/voice_make.h"
#include "app/voice_source.h"
#include "lesson/pack.h"
#include "lesson/voice_index.h"
#include "ui/ui.h"

#define BEFORE_MS 800      /* a page is looked at first */
#define BETWEEN_MS 350     /* sentences */
#define SAME_TOUCH_MS 1500 /* a slow finger on "Dừng" is not asking for more */
#define LATE_MS 700        /* a draft that is not ready is waited for */
#define ASKED_LATE_MS 6000 /* … longer, when somebody asked for that one text */
#define LOOK_MS 60         /* the end of a clip and the next word are looked for */
#define OFFER_MS 10000     /* after "Nghe": another language can be chosen */
#define LISTEN_ID "bar.listen"
#define FNV_START 14695981039346656037U
#define FNV_PRIME 1099511628211U

bool voice_is_there(const struct app *app)
{
    return app->voice.out && ((app->pack && pack_speaks(app->pack, NULL)) ||
                              recordings_count(app->recordings, NULL));
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
static uint64_t page_hash(const struct app *app, const char *screen,
                          const struct ui_node *nodes, size_t n)
{
    uint64_t h = mix_text(FNV_START, screen);

    for (size_t i = 0; i < n; i++)
        if (is_read(&nodes[i], false) && nodes[i].role != UI_ROLE_CHOICE &&
            voice_source_there(app, app_voice_language(app), nodes[i].text))
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

/* What of it has no clip is made from now on; what was made for another page is wiped. */
static void want_drafts(struct app *app)
{
    const struct voice *v = &app->voice;
    const char *texts[VOICE_LINES_MAX];
    size_t n = 0;

    for (size_t i = 0; i < v->n && !v->is_deaf; i++)
        if (!voice_source_there(app, app_voice_language(app), v->lines[i].text))
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
    v->asked_for = NULL;
    v->fell_back = false;
    v->late_ms = 0;
    v->marks = NULL;
    v->n_marks = 0;
}

/* Speaks a line, and tells the semantic log. Errors: as voice_source_play. */
static enum err speak_line(struct app *app, const char *lang,
                           const struct voice_line *line)
{
    struct voice *v = &app->voice;
    struct voice_source source;
    enum err err = voice_source_play(app, lang, line->text, &source);

    if (err == ERR_OFFLINE)
        return err;
    v->out->spoke(v->out->ctx, line->text, line->id, source.lang, source.key);
    if (err)
        return err;
    v->state = VOICE_SPEAKING;
    v->fell_back = strcmp(source.lang, lang) != 0;
    v->marks = source.marks;
    v->n_marks = source.n_marks;
    return ERR_OK;
}

/* The same of a draft that was made for this page, in Vietnamese. */
static enum err speak_draft(struct app *app, const struct voice_draft *draft,
                            const struct voice_line *line)
{
    struct voice *v = &app->voice;
    enum err err = voice_source_bytes(app, draft->opus, draft->n, draft->ms);

    if (err == ERR_OFFLINE)
        return err;
    v->out->spoke(v->out->ctx, line->text, line->id, LANGUAGE_FIRST,
                  err ? "none" : "draft");
    if (err)
        return err;
    v->state = VOICE_SPEAKING;
    v->fell_back = strcmp(app_voice_language(app), LANGUAGE_FIRST) != 0;
    v->marks = draft->marks;
    v->n_marks = draft->n_marks;
    return ERR_OK;
}

/* A draft is on the way: a moment of patience, once a line. */
static bool wait_for_draft(struct app *app)
{
    struct voice *v = &app->voice;
    int64_t now = now_of(app);

    if (!v->late_ms)
        v->late_ms = now + (v->asked_for ? ASKED_LATE_MS : LATE_MS);
    if (now >= v->late_ms)
        return false;
    v->state = VOICE_PAUSE;
    v->due_ms = now + LOOK_MS;
    return true;
}

/* Speaks the next line that has a clip or a draft; silent after the last. Without a
 * loudspeaker the page can be read. */
static void speak_on(struct app *app)
{
    struct voice *v = &app->voice;

    for (; v->at < v->n; v->at++, v->late_ms = 0) {
        const struct voice_line *line = &v->lines[v->at];
        const char *lang = app_voice_language(app);
        struct voice_draft draft = { .n = 0 };
        enum voice_made made = voice_source_there(app, lang, line->text)
                                   ? VOICE_MADE_NOT
                                   : voice_make_find(v->make, line->text, &draft);
        enum err err;

        if (made == VOICE_MADE_SOON && wait_for_draft(app))
            return;
        err = made == VOICE_MADE ? speak_draft(app, &draft, line)
                                 : speak_line(app, lang, line);
        v->is_deaf = err == ERR_OFFLINE;
        if (!err)
            return;
        if (v->is_deaf)
            break;
    }
    v->state = VOICE_SILENT;
}

/* One line alone takes the place of what was read. */
static void only_line(struct app *app, const char *node, const char *text)
{
    struct voice *v = &app->voice;

    silence(v);
    forget_lines(v);
    (void)snprintf(v->lines[0].id, sizeof(v->lines[0].id), "%s", node);
    v->lines[0].text = arena_strdup(&v->arena, text);
    v->n = 1;
    v->asked_for = app_screen_name(app);
}

enum err voice_say(struct app *app, const char *lang, const char *node,
                   const char *text)
{
    struct voice *v = &app->voice;

    if (!v->out)
        return ERR_OFFLINE;
    only_line(app, node, text);
    return speak_line(app, lang, &v->lines[0]);
}

enum err voice_say_bytes(struct app *app, const char *node, const char *text,
                         const void *opus, size_t n, int ms)
{
    struct voice *v = &app->voice;
    enum err err;

    only_line(app, node, text);
    err = voice_source_bytes(app, opus, n, ms);
    if (!err)
        v->state = VOICE_SPEAKING;
    return err;
}

void voice_say_drafted(struct app *app, const char *node, const char *text)
{
    struct voice *v = &app->voice;
    bool was_stopped = voice_just_stopped(app);

    v->stopped_ms = 0;
    if (was_stopped || !v->out)
        return;
    only_line(app, node, text);
    want_drafts(app);
    speak_on(app);
}

bool voice_says(const struct app *app, const char *node)
{
    const struct voice *v = &app->voice;

    return v->state == VOICE_SPEAKING && !strcmp(v->lines[v->at].id, node);
}

bool voice_fell_back(const struct app *app)
{
    return app->voice.state == VOICE_SPEAKING && app->voice.fell_back;
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

    if ((v->state == VOICE_SPEAKING || v->state == VOICE_PAUSE) && v->asked_for &&
        !strcmp(v->asked_for, screen))
        return;
    v->can_listen = may_be_read(v, nodes, n);
    if (!v->can_listen || !voice_is_there(app)) {
        silence(v);
        forget_lines(v);
        v->page = 0;
        return;
    }
    page = page_hash(app, screen, nodes, n);
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
    v->offered = false;
    silence(v);
    take_lines(app, nodes, n, false);
    v->state = VOICE_WAITING;
    v->due_ms = now_of(app) + BEFORE_MS;
}

void voice_touched(struct app *app)
{
    struct voice *v = &app->voice;

    if (voice_speaks(app)) {
        v->stopped_ms = now_of(app);
        if (v->offered)
            v->offer_until_ms = v->stopped_ms + OFFER_MS;
    }
    silence(v);
}

void voice_listen(struct app *app)
{
    struct voice *v = &app->voice;

    silence(v);
    v->wants_all = !v->stopped_ms || now_of(app) - v->stopped_ms > SAME_TOUCH_MS;
    v->stopped_ms = 0;
    v->offered = true;
    v->offer_until_ms = now_of(app) + OFFER_MS;
}

bool voice_offers_languages(const struct app *app)
{
    const struct voice *v = &app->voice;

    return v->offered && (v->wants_all || voice_speaks(app) ||
                          clock_mono_ms(app->clock) < v->offer_until_ms);
}

bool voice_just_stopped(const struct app *app)
{
    const struct voice *v = &app->voice;

    return v->stopped_ms && now_of(app) - v->stopped_ms <= SAME_TOUCH_MS;
}

void voice_say_lines(struct app *app, const struct voice_line *lines, size_t n)
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
    v->asked_for = app_screen_name(app);
    want_drafts(app);
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
        return v->offered && now < v->offer_until_ms ? (int)(v->offer_until_ms - now)
                                                     : -1;
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
    out->set_volume(out->ctx, voice_volume(app));
    out->cue(out->ctx, cue);
}
