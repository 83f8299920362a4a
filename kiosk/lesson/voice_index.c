/* The index of clips, bounded, sorted by key. */
#include "lesson/voice_index.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/json.h"
#include "lesson/lesson.h"

#define DEPTH_MAX 6
#define LANGUAGES_MAX 8
#define CLIPS_MAX 8192
#define MARKS_MAX 1000
#define KEY_HEX (VOICE_KEY_CHARS - 1)

struct language {
    const char *lang;
    struct voice_clip *clips; /* sorted by key */
    size_t n;
};

struct voice_index {
    struct language languages[LANGUAGES_MAX];
    size_t n;
};

void voice_key(const char *text, char out[VOICE_KEY_CHARS])
{
    char hash[HASH_SHA256_HEX];

    hash_sha256_hex(text, strlen(text), hash);
    memcpy(out, hash, KEY_HEX);
    out[KEY_HEX] = 0;
}

static enum err refuse(char *why, size_t n_why, const char *what, const char *which)
{
    snprintf(why, n_why, "voice index: %s (%.40s)", what, which);
    return ERR_REJECTED;
}

static bool read_int(const json_value *v, int64_t min, int64_t max, int *out)
{
    int64_t got;

    if (json_int(v, min, max, &got))
        return false;
    *out = (int)got;
    return true;
}

/* Words begin one after the other and do not overlap. */
static bool read_marks(const json_value *list, struct arena *arena,
                       struct voice_clip *out)
{
    size_t n = json_count(list);
    struct voice_mark *marks;
    int from_ms = 0, from = 0;

    if (json_kind_of(list) != JSON_IS_ARRAY || n > MARKS_MAX)
        return false;
    marks = arena_alloc(arena, n * sizeof(*marks) + 1);
    for (size_t i = 0; i < n; i++) {
        const json_value *mark = json_at(list, i);
        struct voice_mark *m = &marks[i];

        if (json_count(mark) != 3 ||
            !read_int(json_at(mark, 0), from_ms, out->ms, &m->ms) ||
            !read_int(json_at(mark, 1), from, VOICE_TEXT_MAX, &m->offset) ||
            !read_int(json_at(mark, 2), 1, VOICE_TEXT_MAX - m->offset, &m->length))
            return false;
        from_ms = m->ms;
        from = m->offset + m->length;
    }
    out->marks = marks;
    out->n_marks = n;
    return true;
}

static bool read_clip(const char *key, const json_value *v, struct arena *arena,
                      struct voice_clip *out)
{
    const char *object = json_text(json_get(v, "object"));

    if (strlen(key) != KEY_HEX || strspn(key, "0123456789abcdef") != KEY_HEX ||
        !lesson_object_valid(object) ||
        json_kind_of(json_get(v, "draft")) != JSON_IS_BOOL ||
        !read_int(json_get(v, "ms"), 1, VOICE_MS_MAX, &out->ms))
        return false;
    memcpy(out->key, key, VOICE_KEY_CHARS);
    out->object = arena_strdup(arena, object);
    out->draft = json_bool(json_get(v, "draft"), true);
    return read_marks(json_get(v, "marks"), arena, out);
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct voice_clip *)a)->key,
                  ((const struct voice_clip *)b)->key);
}

static enum err read_language(const char *lang, json_value *clips, struct arena *arena,
                              struct language *out, char *why, size_t n_why)
{
    size_t n = json_count(clips);
    const char *key;
    json_value *clip;
    void *at = NULL;

    if (!lesson_id_valid(lang) || json_kind_of(clips) != JSON_IS_OBJECT ||
        n > CLIPS_MAX)
        return refuse(why, n_why, "a language is not proper", lang);
    out->lang = arena_strdup(arena, lang);
    out->clips = arena_alloc(arena, n * sizeof(*out->clips) + 1);
    while (json_each(clips, &at, &key, &clip)) {
        if (!read_clip(key, clip, arena, &out->clips[out->n]))
            return refuse(why, n_why, "a clip is not proper", key);
        out->n++;
    }
    if (out->n)
        qsort(out->clips, out->n, sizeof(*out->clips), by_key);
    return ERR_OK;
}

enum err voice_index_read(const char *json, size_t n, struct arena *arena,
                          struct voice_index **out, char *why, size_t n_why)
{
    struct voice_index *v = arena_alloc(arena, sizeof(*v));
    json_value *doc, *clips;
    const char *lang;
    void *at = NULL;
    int64_t schema;
    enum err err = json_parse(json, n, DEPTH_MAX, &doc, why, n_why);

    *out = NULL;
    if (err)
        return err;
    if (json_int(json_get(doc, "schema"), 1, 1, &schema) ||
        json_kind_of(json_get(doc, "languages")) != JSON_IS_OBJECT ||
        json_count(json_get(doc, "languages")) > LANGUAGES_MAX)
        err = refuse(why, n_why, "schema or languages are not proper", "");
    while (!err && json_each(json_get(doc, "languages"), &at, &lang, &clips))
        err = read_language(lang, clips, arena, &v->languages[v->n++], why, n_why);
    json_free(doc);
    if (!err)
        *out = v;
    return err;
}

static const struct language *find_language(const struct voice_index *v,
                                            const char *lang)
{
    for (size_t i = 0; i < v->n; i++) {
        if (strcmp(v->languages[i].lang, lang) == 0)
            return &v->languages[i];
    }
    return NULL;
}

const struct voice_clip *voice_index_find(const struct voice_index *v, const char *lang,
                                          const char *text)
{
    const struct language *l = find_language(v, lang);
    const struct voice_clip *clip;
    const struct voice_mark *last;
    struct voice_clip wanted;

    if (!l || !l->n)
        return NULL;
    voice_key(text, wanted.key);
    clip = bsearch(&wanted, l->clips, l->n, sizeof(wanted), by_key);
    if (!clip || clip->n_marks == 0)
        return clip;
    last = &clip->marks[clip->n_marks - 1];
    return (size_t)last->offset + (size_t)last->length <= strlen(text) ? clip : NULL;
}

size_t voice_index_count(const struct voice_index *v, const char *lang)
{
    const struct language *l = find_language(v, lang);

    return l ? l->n : 0;
}
