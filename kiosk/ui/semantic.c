/* Writes the tree of a frame as one JSON line, when it differs from the last line. */
#include "ui/semantic.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/json.h"
#include "ui/layout_check.h"
#include "ui/ui_core.h"

#define LOG_MODULE "semantic"
#include "base/log.h"

#define LINE_MAX_BYTES (1 << 20)

struct semantic {
    FILE *file;
    struct buf line; /* being built */
    struct buf body; /* screen and nodes of this frame */
    struct buf last; /* the same of the last line written */
};

static const char *const role_names[UI_ROLE_COUNT] = {
    [UI_ROLE_BUTTON] = "button",     [UI_ROLE_CHOICE] = "choice",
    [UI_ROLE_TEXT] = "text",         [UI_ROLE_TITLE] = "title",
    [UI_ROLE_IMAGE] = "image",       [UI_ROLE_FIELD] = "field",
    [UI_ROLE_KEY] = "key",           [UI_ROLE_ROW] = "row",
    [UI_ROLE_SWITCH] = "switch",     [UI_ROLE_TAB] = "tab",
    [UI_ROLE_CHART] = "chart",       [UI_ROLE_LINK] = "link",
    [UI_ROLE_PROGRESS] = "progress", [UI_ROLE_DIALOG] = "dialog",
    [UI_ROLE_PHONE] = "phone",       [UI_ROLE_HOTSPOT] = "hotspot",
};

static const struct state_name {
    unsigned bit;
    const char *name;
} state_names[] = {
    { UI_DISABLED, "disabled" }, { UI_SELECTED, "selected" }, { UI_CORRECT, "correct" },
    { UI_NOT_YET, "not-yet" },   { UI_FOCUS, "focus" },       { UI_PRESSED, "pressed" },
    { UI_PLAYING, "playing" },
};

const char *ui_role_name(enum ui_role role)
{
    ASSERT(role < UI_ROLE_COUNT);
    return role_names[role];
}

enum err semantic_open(const char *path, struct semantic **out)
{
    struct semantic *log;
    FILE *file = strcmp(path, "-") == 0 ? stdout : fopen(path, "ae");

    *out = NULL;
    if (!file) {
        LOG_ERR("%s cannot be written", path);
        return ERR_FULL;
    }
    if (file != stdout)
        setvbuf(file, NULL, _IONBF,
                0); /* whole lines anyway, and no copy of a name stays */
    log = check_alloc(sizeof(*log));
    *log = (struct semantic){ .file = file };
    buf_init(&log->line, LINE_MAX_BYTES);
    buf_init(&log->body, LINE_MAX_BYTES);
    buf_init(&log->last, LINE_MAX_BYTES);
    *out = log;
    return ERR_OK;
}

void semantic_close(struct semantic *log)
{
    if (!log)
        return;
    if (log->file != stdout)
        fclose(log->file);
    buf_finish(&log->line);
    buf_finish(&log->body);
    buf_finish(&log->last);
    free(log);
}

static void put_node(struct buf *b, const struct ui_node *n)
{
    json_open(b, NULL, '{');
    json_put_text(b, "id", n->id);
    json_put_text(b, "role", role_names[n->role]);
    json_put_text(b, "text", n->text);
    json_put_int(b, "x", n->box.x);
    json_put_int(b, "y", n->box.y);
    json_put_int(b, "w", n->box.w);
    json_put_int(b, "h", n->box.h);
    json_open(b, "state", '[');
    for (size_t i = 0; i < COUNT(state_names); i++) {
        if (n->state & state_names[i].bit)
            json_put_text(b, NULL, state_names[i].name);
    }
    json_close(b, ']');
    json_put_text(b, "value", n->value);
    json_close(b, '}');
}

/* A line that cannot be written is dropped: the log must never stop the lesson. */
static void write_line(struct semantic *log)
{
    if (log->line.overflow)
        return;
    buf_char(&log->line, '\n');
    fwrite(buf_text(&log->line), 1, log->line.len, log->file);
    fflush(log->file);
}

static void put_fault(void *ctx, const struct layout_fault *fault)
{
    struct buf *b = ctx;

    json_open(b, NULL, '{');
    json_put_text(b, "fault", fault->what);
    json_put_text(b, "text", fault->text);
    json_put_int(b, "x", fault->box.x);
    json_put_int(b, "y", fault->box.y);
    json_put_int(b, "w", fault->box.w);
    json_put_int(b, "h", fault->box.h);
    json_put_int(b, "by", fault->by);
    json_close(b, '}');
}

/* A frame without faults has no such line. */
static void write_faults(struct semantic *log, const struct ui *ui, const char *screen)
{
    buf_clear(&log->body);
    json_open(&log->body, NULL, '[');
    layout_check(ui, put_fault, &log->body);
    json_close(&log->body, ']');
    if (log->body.len <= strlen("[]"))
        return;
    buf_clear(&log->line);
    json_open(&log->line, NULL, '{');
    json_put_text(&log->line, "screen", screen);
    json_put_raw(&log->line, "layout", buf_text(&log->body));
    json_close(&log->line, '}');
    write_line(log);
}

void semantic_frame(struct semantic *log, const struct ui *ui, const char *screen,
                    double t_ms)
{
    const struct ui_node *nodes;
    size_t n;
    int w;
    int h;

    if (!log)
        return;
    nodes = ui_nodes(ui, &n);
    ui_size(ui, &w, &h);
    buf_clear(&log->body);
    json_open(&log->body, NULL, '[');
    for (size_t i = 0; i < n; i++)
        put_node(&log->body, &nodes[i]);
    json_close(&log->body, ']');

    buf_clear(&log->line);
    json_open(&log->line, NULL, '{');
    json_put_fixed(&log->line, "t_ms", t_ms, 1);
    json_put_int(&log->line, "frame", (int64_t)ui_frame(ui));
    json_put_text(&log->line, "screen", screen);
    json_put_int(&log->line, "w", w);
    json_put_int(&log->line, "h", h);
    json_put_raw(&log->line, "nodes", buf_text(&log->body));
    json_close(&log->line, '}');

    buf_str(&log->body, screen);
    if (strcmp(buf_text(&log->body), buf_text(&log->last)) == 0)
        return;
    buf_clear(&log->last);
    buf_str(&log->last, buf_text(&log->body));
    write_line(log);
    write_faults(log, ui, screen);
}

void semantic_ack(struct semantic *log, double t_ms, const char *event,
                  const char *lesson, int score_pct)
{
    if (!log)
        return;
    buf_clear(&log->line);
    json_open(&log->line, NULL, '{');
    json_put_fixed(&log->line, "t_ms", t_ms, 1);
    json_open(&log->line, "ack", '{');
    json_put_text(&log->line, "event", event);
    json_put_text(&log->line, "lesson", lesson);
    json_put_int(&log->line, "score_pct", score_pct);
    json_close(&log->line, '}');
    json_close(&log->line, '}');
    write_line(log);
}

void semantic_speak(struct semantic *log, double t_ms, const char *text,
                    const char *node, const char *lang, const char *clip)
{
    if (!log)
        return;
    buf_clear(&log->line);
    json_open(&log->line, NULL, '{');
    json_put_fixed(&log->line, "t_ms", t_ms, 1);
    json_put_text(&log->line, "speak", text);
    json_put_text(&log->line, "node", node);
    json_put_text(&log->line, "lang", lang);
    json_put_text(&log->line, "clip", clip);
    json_close(&log->line, '}');
    write_line(log);
}
