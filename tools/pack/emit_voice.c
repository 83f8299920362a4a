/* Clips and their index. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "clip.h"
#include "emit.h"
#include "lesson/pack.h"
#include "lesson/voice_index.h"
#include "report.h"
#include "spoken.h"
#include "voice.h"

#define NAME_MAX_BYTES 200

struct clips {
    struct emit *e;
    struct voice *voice;
    struct spoken spoken;
    const char *lang;
    struct buf index;
    struct buf name; /* of the index: "voice", and each language that is heard */
};

static enum err put_clip(struct clips *c, const struct spoken_text *text,
                         const struct buf *bytes, bool draft)
{
    const char *sha256;
    struct clip clip;
    enum err err = clip_read(bytes->data, bytes->len, &c->spoken.arena, &clip);

    if (err) {
        report_problem(
            c->e->report,
            voice_recording(c->voice->root, c->lang, text->key, &c->spoken.arena), 0,
            "not mono Ogg Opus: record it anew (content/README.md)");
        return err;
    }
    /* what it says stands in the index: thousands of rows are read at each start */
    err = objects_add(c->e->objects, c->lang, "voice", NULL, bytes->data, bytes->len,
                      &sha256);
    if (err)
        return err;
    json_open(&c->index, text->key, '{');
    json_put_text(&c->index, "object", sha256);
    json_put_int(&c->index, "ms", clip.ms);
    json_put_bool(&c->index, "draft", draft);
    json_put_raw(&c->index, "marks", clip.marks);
    json_close(&c->index, '}');
    c->e->n_clips++;
    return ERR_OK;
}

static enum err add_clip(struct clips *c, const struct spoken_text *text)
{
    struct buf bytes;
    bool draft;
    enum err err;

    buf_init(&bytes, CLIP_BYTES_MAX);
    err = voice_clip(c->voice, c->lang, text, &bytes, &draft);
    if (!err)
        err = put_clip(c, text, &bytes, draft);
    buf_finish(&bytes);
    return err == ERR_OFFLINE ? ERR_OK : err; /* a text may be without a voice */
}

static enum err add_language(struct clips *c, const char *lang)
{
    size_t before = c->e->n_clips;
    enum err err = ERR_OK;

    c->lang = lang;
    json_open(&c->index, lang, '{');
    for (size_t i = 0; !err && i < c->spoken.n; i++)
        err = add_clip(c, &c->spoken.list[i]);
    json_close(&c->index, '}');
    if (c->e->n_clips > before)
        buf_printf(&c->name, " %s", lang);
    return err;
}

/* What was built must be what the kiosk reads: marks of recordings come from outside. */
static enum err add_index(struct clips *c)
{
    struct voice_index *read;
    const char *sha256;
    char why[200];

    if (voice_index_read(buf_text(&c->index), c->index.len, &c->spoken.arena, &read,
                         why, sizeof(why))) {
        report_problem(c->e->report, c->e->source->file, 1,
                       "%s: take the marks out of that recording", why);
        return ERR_REJECTED;
    }
    return objects_add(c->e->objects, buf_text(&c->name), "voice_index", NULL,
                       c->index.data, c->index.len, &sha256);
}

static int by_key(const void *a, const void *b)
{
    const struct spoken_text *x = a, *y = b;

    return strcmp(x->key, y->key);
}

enum err emit_voice(struct emit *e, struct voice *voice)
{
    const struct yaml_list *languages = &e->source->front.languages;
    struct clips c = { .e = e, .voice = voice };
    enum err err = ERR_OK;

    buf_init(&c.index, PACK_OBJECT_MAX);
    buf_init(&c.name, NAME_MAX_BYTES);
    buf_str(&c.name, PACK_VOICE_NAME);
    spoken_collect(e->source, &c.spoken);
    /* as voice_index.c keeps them: the kiosk need not sort */
    qsort(c.spoken.list, c.spoken.n, sizeof(*c.spoken.list), by_key);
    json_open(&c.index, NULL, '{');
    json_put_int(&c.index, "schema", 1);
    json_open(&c.index, "voices", '{');
    for (size_t i = 0; !err && i < languages->n; i++)
        err = add_language(&c, languages->item[i]);
    json_close(&c.index, '}');
    json_close(&c.index, '}');
    if (!err && e->n_clips)
        err = add_index(&c);
    spoken_finish(&c.spoken);
    buf_finish(&c.index);
    buf_finish(&c.name);
    return err;
}
