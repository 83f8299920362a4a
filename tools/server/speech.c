/* See speech.h. */
#include "speech.h"

#include <string.h>

#include "base/json.h"

#define LINES_TO_WRITE 2

void speech_say(struct speech *s, const char *key)
{
    bool bare = !s->of_paper && !strcmp(key, "text");

    if (!bare)
        json_open(s->out, NULL, '{');
    json_put_text(s->out, bare ? NULL : key, buf_text(&s->text));
    if (!bare)
        json_close(s->out, '}');
    buf_clear(&s->text);
}

void speech_text(struct speech *s, const char *key, const char *text)
{
    buf_str(&s->text, text);
    speech_say(s, key);
}

void speech_to_write(struct speech *s, const char *heading)
{
    speech_text(s, "heading", heading);
    for (int i = 0; i < LINES_TO_WRITE; i++)
        speech_text(s, "open", "");
}

void speech_label(struct buf *out, const char *label)
{
    buf_char(out, *label >= 'A' && *label <= 'Z' ? (char)(*label + 32) : *label);
    buf_str(out, *label ? label + 1 : "");
}
