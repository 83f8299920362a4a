/* The platform without a machine: a script is the person, text is the screen, and time
 * stands still until the script says `wait`. */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/utf8.h"
#include "platform/font_sdl.h"
#include "platform/plain_width.h"
#include "platform/platform.h"
#include "platform/script.h"

#define DEFAULT_W 1280
#define DEFAULT_H 800
#define WAIT_MAX_MS 86400000L       /* a day: longer is a slip of the pen */
#define START_WALL_MS 1795311600000 /* 2026-11-22 09:00 in Vietnam */

struct platform_null {
    struct platform base;
    struct platform_hooks hooks;
    struct clock clock;
    int64_t now_ms;
    FILE *out;
    struct script *script;
    struct fonts *fonts; /* NULL: widths that depend on nothing */
    int64_t wait_left_ms;
    unsigned acks_seen;
    int64_t clip_from_ms; /* what is "spoken" since then … */
    int clip_ms;          /* … and so long */
    char *screen;         /* of the last frame presented */
    uint64_t shown;
    bool shown_any;
};

static struct platform_null *self(struct platform *p)
{
    return (struct platform_null *)p; /* base comes first */
}

static int64_t null_mono(void *ctx)
{
    return ((struct platform_null *)ctx)->now_ms;
}

static int64_t null_wall(void *ctx)
{
    return START_WALL_MS + ((struct platform_null *)ctx)->now_ms;
}

/* --- the script ------------------------------------------------------------------- */

__attribute__((format(printf, 2, 3))) static bool fail(struct platform_null *s,
                                                       const char *format, ...)
{
    va_list args;

    fprintf(stderr, "%s:%d: ", script_name(s->script), script_line(s->script));
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    s->base.exit_code = 1;
    return false;
}

static const struct ui_node *find_node(const struct ui *ui, const char *id)
{
    size_t n;
    const struct ui_node *nodes = ui_nodes(ui, &n);

    for (size_t i = 0; i < n; i++) {
        if (strcmp(nodes[i].id, id) == 0)
            return &nodes[i];
    }
    return NULL;
}

static bool play_tap(struct platform_null *s, struct ui *ui, char *arg)
{
    const struct ui_node *node = find_node(ui, arg);

    if (!node)
        return fail(s, "tap: no node \"%s\" on screen \"%s\"", arg, s->screen);
    if (!node->active)
        return fail(s, "tap: \"%s\" cannot be tapped", arg);
    ui_feed(ui, &(struct ui_event){ .kind = UI_EVENT_TAP_ID, .text = arg });
    return true;
}

static bool play_text(struct platform_null *s, struct ui *ui, char *arg)
{
    uint32_t ch;

    (void)s;
    for (size_t n; (n = utf8_next(arg, &ch)) > 0; arg += n)
        ui_feed(ui, &(struct ui_event){ .kind = UI_EVENT_CHAR, .ch = ch });
    return true;
}

static bool play_key(struct platform_null *s, struct ui *ui, char *arg)
{
    static const struct key_name {
        const char *name;
        enum ui_event_key key;
    } names[] = {
        { "tab", UI_EVENT_KEY_TAB },   { "backtab", UI_EVENT_KEY_BACKTAB },
        { "left", UI_EVENT_KEY_LEFT }, { "right", UI_EVENT_KEY_RIGHT },
        { "up", UI_EVENT_KEY_UP },     { "down", UI_EVENT_KEY_DOWN },
        { "enter", UI_EVENT_KEY_ACT }, { "space", UI_EVENT_KEY_ACT },
        { "esc", UI_EVENT_KEY_ESC },   { "f1", UI_EVENT_KEY_F1 },
        { "f2", UI_EVENT_KEY_F2 },     { "erase", UI_EVENT_KEY_ERASE },
    };

    for (size_t i = 0; i < COUNT(names); i++) {
        if (strcmp(names[i].name, arg) == 0) {
            ui_feed(ui,
                    &(struct ui_event){ .kind = UI_EVENT_KEY, .key = names[i].key });
            return true;
        }
    }
    return fail(s, "key: no key \"%s\"", arg);
}

static bool play_scan(struct platform_null *s, struct ui *ui, char *arg)
{
    if (strlen(arg) > UI_SCAN_MAX)
        return fail(s, "scan: longer than %d bytes", UI_SCAN_MAX);
    ui_feed(ui, &(struct ui_event){ .kind = UI_EVENT_SCAN, .text = arg });
    return true;
}

static bool play_wait(struct platform_null *s, struct ui *ui, char *arg)
{
    char *end;
    long ms;

    (void)ui;
    errno = 0;
    ms = strtol(arg, &end, 10);
    if (errno || *end || end == arg || ms < 0 || ms > WAIT_MAX_MS)
        return fail(s, "wait: \"%s\" is no number of ms up to a day", arg);
    s->wait_left_ms = ms;
    return true;
}

static bool play_network(struct platform_null *s, bool online)
{
    if (s->hooks.network)
        s->hooks.network(s->hooks.ctx, online);
    return true;
}

static bool play_offline(struct platform_null *s, struct ui *ui, char *arg)
{
    (void)ui;
    (void)arg;
    return play_network(s, false);
}

static bool play_online(struct platform_null *s, struct ui *ui, char *arg)
{
    (void)ui;
    (void)arg;
    return play_network(s, true);
}

/* Tells who plays along that everything before it is done and written. */
static bool play_mark(struct platform_null *s, struct ui *ui, char *arg)
{
    (void)ui;
    fprintf(s->out, "# %s\n", arg);
    fflush(s->out);
    return true;
}

/* The power goes: nothing is closed, nothing is flushed but our own output. */
static bool play_kill(struct platform_null *s, struct ui *ui, char *arg)
{
    (void)ui;
    (void)arg;
    fflush(s->out);
    raise(SIGKILL);
    return false;
}

/* Cuts the first word off `text`; the rest has no leading spaces. */
static char *cut_word(char **text)
{
    char *word = *text;
    char *rest = word + strcspn(word, " \t");

    if (*rest) {
        *rest++ = '\0';
        rest += strspn(rest, " \t");
    }
    *text = rest;
    return word;
}

static bool expect_node(struct platform_null *s, struct ui *ui, char *arg)
{
    const char *id = cut_word(&arg);
    const struct ui_node *node = find_node(ui, id);

    if (!node)
        return fail(s, "expected node \"%s\", not on screen \"%s\"", id, s->screen);
    if (*arg && strcmp(node->text, arg) != 0)
        return fail(s, "expected \"%s\" to say \"%s\", it says \"%s\"", id, arg,
                    node->text);
    return true;
}

static bool play_expect(struct platform_null *s, struct ui *ui, char *arg)
{
    const char *what = cut_word(&arg);

    if (strcmp(what, "screen") == 0) {
        if (strcmp(arg, s->screen) != 0)
            return fail(s, "expected screen \"%s\", got \"%s\"", arg, s->screen);
        return true;
    }
    if (strcmp(what, "node") == 0)
        return expect_node(s, ui, arg);
    if (strcmp(what, "ack") == 0) {
        if (s->base.n_acks == s->acks_seen)
            return fail(s, "expected a durable completion, none came");
        s->acks_seen = s->base.n_acks;
        return true;
    }
    return fail(s, "expect: \"%s\" is neither screen, node nor ack", what);
}

static const struct command {
    const char *name;
    bool takes_arg;
    bool (*play)(struct platform_null *s, struct ui *ui, char *arg);
} commands[] = {
    { "tap", true, play_tap },        { "text", true, play_text },
    { "key", true, play_key },        { "scan", true, play_scan },
    { "wait", true, play_wait },      { "offline", false, play_offline },
    { "online", false, play_online }, { "kill", false, play_kill },
    { "expect", true, play_expect },  { "mark", true, play_mark },
};

static bool play_line(struct platform_null *s, struct ui *ui, char *line)
{
    char *arg = line;
    const char *name = cut_word(&arg);

    for (size_t i = 0; i < COUNT(commands); i++) {
        if (strcmp(commands[i].name, name) != 0)
            continue;
        if (commands[i].takes_arg != (*arg != '\0'))
            return fail(s, "%s: %s", name,
                        commands[i].takes_arg ? "what? A word is missing"
                                              : "needs no word after it");
        return commands[i].play(s, ui, arg);
    }
    return fail(s, "no command \"%s\"", name);
}

static bool null_wait(struct platform *p, struct ui *ui, int timeout_ms)
{
    struct platform_null *s = self(p);
    const char *bad;
    char *line;

    if (s->wait_left_ms > 0) {
        int64_t step = s->wait_left_ms;

        if (timeout_ms >= 0 && timeout_ms < step)
            step = timeout_ms > 0 ? timeout_ms : 1;
        s->now_ms += step;
        s->wait_left_ms -= step;
        return true;
    }
    line = script_next(s->script, &bad);
    if (!line) {
        fflush(s->out);
        return bad ? fail(s, "%s", bad) : false;
    }
    return play_line(s, ui, line);
}

/* --- the text frames -------------------------------------------------------------- */

static void print_states(FILE *out, unsigned state)
{
    static const char *const names[] = { "disabled", "selected", "correct", "not-yet",
                                         "focus",    "pressed",  "playing" };

    for (size_t i = 0; i < COUNT(names); i++) {
        if (state & (1U << i))
            fprintf(out, " +%s", names[i]);
    }
}

static bool null_present(struct platform *p, const struct ui *ui, const char *screen)
{
    struct platform_null *s = self(p);
    size_t n;
    const struct ui_node *nodes = ui_nodes(ui, &n);

    if (!s->screen || strcmp(s->screen, screen) != 0) {
        free(s->screen);
        s->screen = check_strdup(screen);
        s->shown_any = false;
    }
    if (s->shown_any && s->shown == ui_hash(ui))
        return false;
    s->shown = ui_hash(ui);
    s->shown_any = true;
    p->shows = true;
    fprintf(s->out, "== %s @%lld\n", screen, (long long)s->now_ms);
    for (size_t i = 0; i < n; i++) {
        fprintf(s->out, "%s %s", ui_role_name(nodes[i].role), nodes[i].id);
        print_states(s->out, nodes[i].state);
        if (nodes[i].value)
            fprintf(s->out, " =%s", nodes[i].value);
        for (const char *c = nodes[i].text, *sep = ": "; *c; c++) {
            fputs(sep, s->out);
            fputs(*c == '\n' ? " / " : (char[]){ *c, '\0' }, s->out);
            sep = "";
        }
        fputc('\n', s->out);
    }
    return true;
}

static void null_wake(struct platform *p)
{
    (void)p; /* it never sleeps */
}

static void null_destroy(struct platform *p)
{
    struct platform_null *s = self(p);

    script_close(s->script);
    fonts_close(s->fonts);
    free(s->screen);
    free(s);
}

/* Nothing sounds, but time passes as if it did. */
static enum err null_play(struct platform *p, const void *opus, size_t n, int ms)
{
    struct platform_null *s = self(p);

    (void)opus;
    (void)n;
    s->clip_from_ms = s->now_ms;
    s->clip_ms = ms;
    return ERR_OK;
}

static void null_hush(struct platform *p)
{
    self(p)->clip_ms = 0;
}

static int null_heard_ms(struct platform *p)
{
    struct platform_null *s = self(p);
    int64_t heard = s->now_ms - s->clip_from_ms;

    return heard < s->clip_ms ? (int)heard : -1;
}

static void null_cue(struct platform *p, enum cue cue)
{
    (void)p;
    (void)cue;
}

static void null_set_volume(struct platform *p, int percent)
{
    (void)p;
    (void)percent;
}

static int null_sound_rest(struct platform *p)
{
    (void)p;
    return -1;
}

/* Nobody speaks here. */
static enum err null_listen(struct platform *p)
{
    (void)p;
    return ERR_OFFLINE;
}

static size_t null_heard(struct platform *p, int16_t *out, size_t max)
{
    (void)p;
    (void)out;
    (void)max;
    return 0;
}

static void null_listen_end(struct platform *p)
{
    (void)p;
}

static const struct platform_ops null_ops = {
    .wait = null_wait,
    .present = null_present,
    .play = null_play,
    .hush = null_hush,
    .heard_ms = null_heard_ms,
    .cue = null_cue,
    .set_volume = null_set_volume,
    .sound_rest = null_sound_rest,
    .listen = null_listen,
    .heard = null_heard,
    .listen_end = null_listen_end,
    .wake = null_wake,
    .destroy = null_destroy,
};

/* Letters as wide as on the screen, for who checks the layout without one. */
static enum err take_real_fonts(struct platform_null *s, const char *share)
{
    struct buf folder;
    enum err err;

    buf_init(&folder, 4096);
    platform_find_share(share, &folder);
    buf_str(&folder, "/fonts");
    err = fonts_open(buf_text(&folder), &s->fonts);
    if (!err)
        s->base.metrics = (struct ui_metrics){ fonts_text_width, s->fonts };
    buf_finish(&folder);
    return err;
}

enum err platform_null_create(const struct platform_options *o, const char *script,
                              FILE *out, struct platform **out_platform)
{
    struct platform_null *s = check_alloc(sizeof(*s));
    enum err err;

    memset(s, 0, sizeof(*s));
    *out_platform = NULL;
    s->base = (struct platform){ .ops = &null_ops,
                                 .dpi = o->dpi,
                                 .clock = &s->clock,
                                 .w = o->w > 0 ? o->w : DEFAULT_W,
                                 .h = o->h > 0 ? o->h : DEFAULT_H,
                                 .metrics = { plain_text_width, NULL } };
    s->clock = (struct clock){ null_mono, null_wall, s };
    s->out = out;
    if (o->hooks)
        s->hooks = *o->hooks;
    err = script_open(script, &s->script);
    if (!err && o->real_fonts)
        err = take_real_fonts(s, o->share);
    if (err) {
        null_destroy(&s->base);
        return err;
    }
    *out_platform = &s->base;
    return ERR_OK;
}
