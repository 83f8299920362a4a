/* manifest.json names the index, the index names each lesson's object, the object holds
 * its title (kiosk/lesson/pack.h). */
#include "titles.h"

#include <string.h>

#include "base/buf.h"
#include "base/encoding.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"

#define LOG_MODULE "titles"
#include "base/log.h"

#define FILE_BYTES_MAX (4U * 1024U * 1024U)
#define DEPTH_MAX 16
#define TITLES_MAX 2000

/* NULL when it is not there or is no JSON. */
static json_value *read_json(struct arena *a, const char *folder, const char *name)
{
    json_value *doc = NULL;
    struct buf text;

    buf_init(&text, FILE_BYTES_MAX);
    if (file_read(arena_printf(a, "%s/%s", folder, name), &text) ||
        json_parse(buf_text(&text), text.len, DEPTH_MAX, &doc, NULL, 0))
        doc = NULL;
    buf_finish(&text);
    return doc;
}

/* A hash is the only thing that may become a file's name. */
static json_value *read_object(struct arena *a, const char *folder, const char *hash)
{
    unsigned char bytes[HASH_SHA256_BYTES];

    if (!hash || encoding_unhex(hash, bytes, sizeof(bytes)))
        return NULL;
    return read_json(a, folder, arena_printf(a, "objects/%s", hash));
}

static const char *index_hash(const json_value *manifest)
{
    const json_value *files = json_get(manifest, "files");

    for (size_t i = 0; i < json_count(files); i++) {
        const char *role = json_text(json_get(json_at(files, i), "role"));

        if (role && !strcmp(role, "index"))
            return json_text(json_get(json_at(files, i), "sha256"));
    }
    return NULL;
}

static void add(struct titles *t, const char *id, const char *text)
{
    if (id && text && t->n_rows < TITLES_MAX)
        t->rows[t->n_rows++] = (struct title){ arena_strdup(&t->arena, id),
                                               arena_strdup(&t->arena, text) };
}

static void add_module(struct titles *t, const json_value *line)
{
    add(t, json_text(json_get(line, "id")), json_text(json_get(line, "title")));
}

static void add_lesson(struct titles *t, const char *folder, const json_value *line)
{
    const char *id = json_text(json_get(line, "id"));
    json_value *lesson =
        read_object(&t->arena, folder, json_text(json_get(line, "object")));

    add(t, id, json_text(json_get(lesson, "title")));
    json_free(lesson);
}

enum err titles_read(const char *folder, struct titles *out)
{
    json_value *manifest;
    json_value *index;
    const json_value *modules;

    *out = (struct titles){ 0 };
    out->rows = arena_alloc(&out->arena, TITLES_MAX * sizeof(*out->rows));
    manifest = read_json(&out->arena, folder, "manifest.json");
    index = read_object(&out->arena, folder, index_hash(manifest));
    modules = json_get(index, "modules");
    for (size_t i = 0; i < json_count(modules); i++) {
        const json_value *lessons = json_get(json_at(modules, i), "lessons");

        add_module(out, json_at(modules, i));
        for (size_t j = 0; j < json_count(lessons); j++)
            add_lesson(out, folder, json_at(lessons, j));
    }
    json_free(manifest);
    json_free(index);
    LOG_INFO("%s: %zu titles", folder, out->n_rows);
    return out->n_rows ? ERR_OK : ERR_REJECTED;
}

void titles_finish(struct titles *t)
{
    arena_finish(&t->arena);
    *t = (struct titles){ 0 };
}

size_t titles_find(const struct titles *t, const char *id)
{
    size_t i = 0;

    while (i < t->n_rows && strcmp(t->rows[i].id, id))
        i++;
    return i;
}
