/* One JSON object a line; it comes from a program that reads strangers' codes. */
#include "app/camera_lines.h"

#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/json.h"

#define DEPTH_MAX 1

static void take_state(struct camera_lines *l, const char *word)
{
    static const struct {
        const char *word;
        enum camera_state state;
    } states[] = {
        { "ready", CAMERA_READY },
        { "dark", CAMERA_DARK },
        { "busy", CAMERA_BUSY },
        { "no_camera", CAMERA_NONE },
    };

    for (size_t i = 0; i < COUNT(states); i++)
        if (!strcmp(states[i].word, word))
            l->state = states[i].state;
}

static void take_code(struct camera_lines *l, const char *code)
{
    size_t n = strlen(code);

    for (size_t i = 0; i < n; i++)
        if (code[i] < ' ' || code[i] > '~')
            return;
    if (n <= CAMERA_CODE_MAX)
        (void)snprintf(l->code, sizeof(l->code), "%s", n ? code : CAMERA_STRANGE);
}

static void take_line(struct camera_lines *l)
{
    json_value *doc = NULL;
    const char *text;

    if (json_parse(l->line, l->n, DEPTH_MAX, &doc, NULL, 0))
        return;
    text = json_text(json_get(doc, "state"));
    if (text)
        take_state(l, text);
    text = json_text(json_get(doc, "code"));
    if (text)
        take_code(l, text);
    json_free(doc);
}

void camera_lines_feed(struct camera_lines *l, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] == '\n') {
            if (!l->too_long)
                take_line(l);
            l->n = 0;
            l->too_long = false;
        } else if (l->n < CAMERA_LINE_MAX) {
            l->line[l->n++] = bytes[i];
        } else {
            l->too_long = true;
        }
    }
}
