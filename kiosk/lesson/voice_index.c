/* The clips in order of language and key, found by halving. */
#include "lesson/voice_index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/row.h"
#include "lesson/lesson.h"

#define DEPTH_MAX 6
#define LANGS_MAX 16
#define CLIPS_MAX 32768
#define MARKS_MAX 400
#define TEXT_MAX 4000 /* bytes of a text that is spoken */

struct voice_index {
    struct voice_clip *clips;
    size_t n;
};

void voice_key(const char *text, char out[VOICE_KEY_CHARS])
{
    char hex[HASH_SHA256_HEX];

    hash_sha256_hex(text, strlen(text), hex);
    memcpy(out, hex, VOICE_KEY_CHARS - 1);
    out[VOICE_KEY_CHARS - 1] = 0;
}

static int compare(const void *a, const void *b)
{
    const struct voice_clip *x = a, *y = b;
    int lang = strcmp(x->lang, y->lang);

    return lang ? lang : strcmp(x->key, y->key);
}

static void sort(struct voice_index *index)
{
    size_t i = 1;

    while (i < index->n && compare(&index->clips[i - 1], &index->clips[i]) < 0)
        i++;
    if (i < index->n) /* not as it is written */
        qsort(index->clips, index->n, sizeof(*index->clips), compare);
}

/* --- reading ------------------------------------------------------------------------------ */

static bool key_valid(const char *key)
{
    return strlen(key) == VOICE_KEY_CHARS - 1 &&
           strspn(key, "0123456789abcdef") == VOICE_KEY_CHARS - 1;
}

bool voice_lang_valid(const char *lang)
{
    size_t n = strlen(lang);

    return n >= 2 && n < VOICE_LANG_CHARS &&
           strspn(lang, "abcdefghijklmnopqrstuvwxyz-") == n;
}

static bool read_mark(const json_value *v, int64_t from_ms, struct voice_mark *out)
{
    int64_t ms, offset, length;

    if (json_count(v) != 3 || json_int(json_at(v, 0), from_ms, VOICE_MS_MAX, &ms) ||
        json_int(json_at(v, 1), 0, TEXT_MAX, &offset) ||
        json_int(json_at(v, 2), 1, TEXT_MAX, &length))
        return false;
    *out = (struct voice_mark){ (int)ms, (uint16_t)offset, (uint16_t)length };
    return true;
}

bool voice_marks_read(const json_value *v, struct arena *arena, struct voice_clip *out)
{
    size_t n = json_count(v);
    struct voice_mark *marks;

    if (json_kind_of(v) == JSON_IS_NONE)
        return true;
    if (json_kind_of(v) != JSON_IS_ARRAY || n > MARKS_MAX)
        return false;
    marks = arena_alloc(arena, (n + 1) * sizeof(*marks));
    for (size_t i = 0; i < n; i++)
        if (!read_mark(json_at(v, i), i ? marks[i - 1].ms : 0, &marks[i]))
            return false;
    out->marks = marks;
    out->n_marks = n;
    return true;
}

static bool read_clip(const char *lang, const char *key, const json_value *v,
                      struct arena *arena, struct voice_clip *out)
{
    const char *object = json_text(json_get(v, "object"));
    int64_t ms;

    if (!key_valid(key) || !object || !lesson_object_valid(object) ||
        json_int(json_get(v, "ms"), 1, VOICE_MS_MAX, &ms))
        return false;
    *out = (struct voice_clip){ .object = arena_strdup(arena, object),
                                .ms = (int)ms,
                                .draft = json_bool(json_get(v, "draft"), false) };
    (void)snprintf(out->lang, sizeof(out->lang), "%s", lang);
    (void)snprintf(out->key, sizeof(out->key), "%s", key);
    return voice_marks_read(json_get(v, "marks"), arena, out);
}

static enum err refuse(char *why, size_t n_why, const char *what, const char *which)
{
    (void)snprintf(why, n_why, "voice index: %s%s", what, which);
    return ERR_REJECTED;
}

static size_t count_clips(json_value *voices)
{
    void *at = NULL;
    const char *lang;
    json_value *clips;
    size_t n = 0;

    while (json_each(voices, &at, &lang, &clips))
        n += json_count(clips);
    return n;
}

static enum err read_voices(json_value *voices, struct arena *arena,
                            struct voice_index *index, char *why, size_t n_why)
{
    void *at = NULL;
    const char *lang, *key;
    json_value *clips, *clip;

    while (json_each(voices, &at, &lang, &clips)) {
        void *in = NULL;

        if (!voice_lang_valid(lang) || json_kind_of(clips) != JSON_IS_OBJECT)
            return refuse(why, n_why, "no proper language: ", lang);
        while (json_each(clips, &in, &key, &clip))
            if (!read_clip(lang, key, clip, arena, &index->clips[index->n++]))
                return refuse(why, n_why, "no proper clip: ", key);
    }
    sort(index);
    return ERR_OK;
}

static enum err read_document(const char *json, size_t n, struct arena *arena,
                              struct voice_index *index, char *why, size_t n_why)
{
    json_value *doc, *voices;
    int64_t schema;
    size_t n_clips;
    enum err err = json_parse(json, n, DEPTH_MAX, &doc, why, n_why);

    if (err)
        return err;
    voices = json_get(doc, "voices");
    n_clips = count_clips(voices);
    if (json_int(json_get(doc, "schema"), 1, 1, &schema) ||
        json_kind_of(voices) != JSON_IS_OBJECT || json_count(voices) > LANGS_MAX ||
        n_clips > CLIPS_MAX) {
        err = refuse(why, n_why, "no schema 1, no voices, or too many", "");
    } else {
        index->clips = arena_alloc(arena, (n_clips + 1) * sizeof(*index->clips));
        err = read_voices(voices, arena, index, why, n_why);
    }
    json_free(doc);
    return err;
}

/* --- as bdhvs-pack writes it -------------------------------------------------------------- */

/* The kiosk reads the list when it first says something: thousands of clips with each word's
 * mark, in the pause before a voice. */

static bool take_mark(char **at, int64_t from_ms, struct voice_mark *out)
{
    int64_t ms, offset, length;

    if (!row_number(at, "[", from_ms, VOICE_MS_MAX, &ms) ||
        !row_number(at, ",", 0, TEXT_MAX, &offset) ||
        !row_number(at, ",", 1, TEXT_MAX, &length) || !row_skip(at, "]"))
        return false;
    *out = (struct voice_mark){ (int)ms, (uint16_t)offset, (uint16_t)length };
    return true;
}

static bool take_marks(char **at, struct arena *arena, struct voice_clip *out)
{
    struct voice_mark marks[MARKS_MAX];
    size_t n = 0;

    if (!row_skip(at, "["))
        return false;
    while (!row_skip(at, "]")) {
        if (n == MARKS_MAX || (n && !row_skip(at, ",")) ||
            !take_mark(at, n ? marks[n - 1].ms : 0, &marks[n]))
            return false;
        n++;
    }
    out->n_marks = n;
    if (n)
        out->marks =
            memcpy(arena_alloc(arena, n * sizeof(*marks)), marks, n * sizeof(*marks));
    return true;
}

static bool take_clip(char **at, const char *lang, struct arena *arena,
                      struct voice_clip *out)
{
    char *key = row_word(at, "\"");
    char *object = key ? row_word(at, ":{\"object\":\"") : NULL;
    int64_t ms;

    if (!object || !key_valid(key) || !lesson_object_valid(object) ||
        !row_number(at, ",\"ms\":", 1, VOICE_MS_MAX, &ms) ||
        !row_skip(at, ",\"draft\":"))
        return false;
    *out = (struct voice_clip){ .ms = (int)ms, .draft = row_skip(at, "true") };
    if ((!out->draft && !row_skip(at, "false")) || !row_skip(at, ",\"marks\":") ||
        !take_marks(at, arena, out) || !row_skip(at, "}"))
        return false;
    out->object = arena_strdup(arena, object);
    (void)snprintf(out->lang, sizeof(out->lang), "%s", lang);
    memcpy(out->key, key, VOICE_KEY_CHARS);
    return true;
}

static bool take_language(char **at, struct arena *arena, struct voice_index *index,
                          size_t n_max)
{
    char *lang = row_word(at, "\"");

    if (!lang || !voice_lang_valid(lang) || !row_skip(at, ":{"))
        return false;
    for (size_t from = index->n; !row_skip(at, "}"); index->n++)
        if (index->n == n_max || (index->n > from && !row_skip(at, ",")) ||
            !take_clip(at, lang, arena, &index->clips[index->n]))
            return false;
    return true;
}

static bool each_once(const struct voice_index *index)
{
    for (size_t i = 1; i < index->n; i++)
        if (compare(&index->clips[i - 1], &index->clips[i]) == 0)
            return false;
    return true;
}

/* False when it is of another form, or wrong: json_parse then says what. `text` is cut up. */
static bool take_document(char *text, size_t n_max, struct arena *arena,
                          struct voice_index *index)
{
    char *at = text;
    size_t n_langs = 0;

    if (!row_skip(&at, "{\"schema\":1,\"voices\":{"))
        return false;
    index->clips = arena_alloc(arena, (n_max + 1) * sizeof(*index->clips));
    while (!row_skip(&at, "}}")) {
        if (n_langs == LANGS_MAX || (n_langs && !row_skip(&at, ",")) ||
            !take_language(&at, arena, index, n_max))
            return false;
        n_langs++;
    }
    sort(index);
    return !*at && each_once(index);
}

static size_t count_objects(const char *at)
{
    size_t n = 0;

    for (; (at = strstr(at, "\"object\":")) != NULL; at++)
        n++;
    return n;
}

enum err voice_index_read(const char *json, size_t n, struct arena *arena,
                          struct voice_index **out, char *why, size_t n_why)
{
    struct voice_index *index = arena_alloc(arena, sizeof(*index));
    char *text = check_alloc(n + 1);
    size_t n_clips;
    enum err err = ERR_OK;

    memcpy(text, json, n);
    text[n] = '\0';
    n_clips = count_objects(text);
    if (!row_plain(json, n) || n_clips > CLIPS_MAX ||
        !take_document(text, n_clips, arena, index)) {
        *index = (struct voice_index){ 0 };
        err = read_document(json, n, arena, index, why, n_why);
    }
    free(text);
    if (!err)
        *out = index;
    return err;
}

void voice_index_join(struct voice_index *index, const struct voice_index *other,
                      struct arena *arena)
{
    size_t n = index->n;
    struct voice_clip *clips = arena_alloc(arena, (n + other->n + 1) * sizeof(*clips));

    memcpy(clips, index->clips, n * sizeof(*clips));
    for (size_t i = 0; i < other->n; i++) {
        const struct voice_clip *clip = &other->clips[i];
        struct voice_clip *had =
            index->n ? bsearch(clip, clips, index->n, sizeof(*clips), compare) : NULL;

        if (!had)
            clips[n++] = *clip;
        else if (had->draft && !clip->draft)
            *had = *clip;
    }
    qsort(clips, n, sizeof(*clips), compare);
    index->clips = clips;
    index->n = n;
}

/* --- finding ------------------------------------------------------------------------------ */

const struct voice_clip *voice_index_find(const struct voice_index *index,
                                          const char *lang, const char *text)
{
    struct voice_clip wanted = { .ms = 0 };

    if (!index || !index->n)
        return NULL;
    (void)snprintf(wanted.lang, sizeof(wanted.lang), "%s", lang);
    voice_key(text, wanted.key);
    return bsearch(&wanted, index->clips, index->n, sizeof(*index->clips), compare);
}

const struct voice_clip *voice_index_clips(const struct voice_index *index,
                                           size_t *n_out)
{
    *n_out = index ? index->n : 0;
    return index ? index->clips : NULL;
}
