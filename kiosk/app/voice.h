/* Reading aloud. What a learner's page shows is spoken by the clips of the pack: by itself
 * 0.8 s after the page came, the title and the sentences; with "Nghe" everything, from the
 * start, also choices and buttons. One clip at a time; any touch ends it.
 *
 * It reads the tree of nodes that the page has made, so that a page need not know of it: a page
 * with the tool "bar.listen" can be listened to.
 *
 * SILENT -> WAITING [page came] -> SPEAKING <-> PAUSE (between sentences) -> SILENT [end, touch] */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ui/cue.h"

struct app;
struct voice_make;
struct ui_node;
struct voice_mark;

/* The loudspeaker, as the platform has it (platform.h). */
struct voice_out {
    void *ctx;
    enum err (*play)(void *ctx, const void *opus, size_t n, int ms);
    void (*hush)(void *ctx);
    int (*heard_ms)(void *ctx); /* -1: nothing is spoken */
    void (*cue)(void *ctx, enum cue cue);
    void (*set_volume)(void *ctx, int percent);
    /* A clip starts, for the semantic log; `clip`: its key, "draft" or "none". */
    void (*spoke)(void *ctx, const char *text, const char *node, const char *lang,
                  const char *clip);
};

#define VOICE_LINES_MAX 64
#define VOICE_ID_BYTES 64

struct voice_line {
    char id[VOICE_ID_BYTES];
    const char *text;
};

enum voice_state { VOICE_SILENT, VOICE_WAITING, VOICE_SPEAKING, VOICE_PAUSE };

struct voice {
    const struct voice_out *out; /* NULL: no loudspeaker is known */
    struct voice_make *make;     /* NULL: texts without a clip are silent */
    enum voice_state state;
    uint64_t page;   /* hash of what the page says */
    bool can_listen; /* the page has the tool */
    bool fell_back;  /* what is spoken is not in the language of the visit */
    bool offered;    /* "Nghe" was touched on this page … */
    int64_t
        offer_until_ms; /* … and other languages are offered until then, monotonic */
    const char *asked_for; /* screen that asked for what is spoken; NULL: it is read */
    bool wants_all;        /* with the next frame: everything on it */
    int64_t stopped_ms;    /* monotonic; when a touch ended what was spoken, 0: never */
    int64_t due_ms;        /* of WAITING and PAUSE, monotonic */
    int64_t late_ms; /* until then the draft of line `at` is waited for; 0: not yet */
    bool is_deaf;    /* the last clip found no loudspeaker */
    size_t at, n;    /* of `lines` */
    struct arena arena; /* of their texts */
    struct voice_line lines[VOICE_LINES_MAX];
    const struct voice_mark *marks;
    size_t n_marks;
};

/* What is read now, for the toolkit; false: nothing. */
struct voice_reading {
    const char *id, *text;
    size_t from, n; /* bytes of the word; n 0: no word */
};

/* Whether anybody speaks here and there is a loudspeaker to ask. */
bool voice_is_there(const struct app *app);
/* After a frame was shown: its nodes. */
void voice_seen(struct app *app, const char *screen, const struct ui_node *nodes,
                size_t n);
void voice_touched(struct app *app);
/* "Nghe", or "Dừng" while it speaks. */
void voice_listen(struct app *app);
/* A button of the page asks for these texts of it, `n` up to VOICE_LINES_MAX. */
void voice_say_lines(struct app *app, const struct voice_line *lines, size_t n);
/* The touch of this moment ended what was spoken: a button of its own says no more. */
bool voice_just_stopped(const struct app *app);
bool voice_speaks(const struct app *app);
bool voice_reading(struct app *app, struct voice_reading *out);
/* For a page of its own: speaks that one text now, as `node`. Errors: ERR_OFFLINE (no
 * loudspeaker), ERR_REJECTED (no clip). */
NODISCARD enum err voice_say(struct app *app, const char *lang, const char *node,
                             const char *text);
/* The same of bytes of Ogg Opus that are no clip yet. */
NODISCARD enum err voice_say_bytes(struct app *app, const char *node, const char *text,
                                   const void *opus, size_t n, int ms);
/* The same in Vietnamese, by a draft that is made now when there is no clip; touched again
 * while it speaks, it stops. Without a loudspeaker nothing happens. */
void voice_say_drafted(struct app *app, const char *node, const char *text);
/* Whether the text of `node` is spoken now. */
bool voice_says(const struct app *app, const char *node);
/* Whether what is spoken now is in Vietnamese although another language was chosen. */
bool voice_fell_back(const struct app *app);
/* For a while after "Nghe": the way to another language. */
bool voice_offers_languages(const struct app *app);
/* Goes on. Milliseconds until it wants to be called again, -1: not by itself. */
int voice_tick(struct app *app);
/* The pack is about to close, or the program. */
void voice_stop(struct app *app);
/* A short sound; nothing without a loudspeaker. */
void app_cue(struct app *app, enum cue cue);
