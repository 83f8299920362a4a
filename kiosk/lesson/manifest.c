/* Reads manifest.json, bounded. */
#include "lesson/manifest.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/utf8.h"
#include "lesson/pack.h"

#define DEPTH_MAX 4

static enum err refuse(char *why, size_t n_why, const char *what)
{
    snprintf(why, n_why, "manifest: %s", what);
    return ERR_REJECTED;
}

static const char *read_text(const json_value *v, const char *key, struct arena *arena)
{
    const char *text = json_text(json_get(v, key));

    if (!text || !*text || strlen(text) > LESSON_TEXT_MAX ||
        !utf8_valid(text, strlen(text)))
        return NULL;
    return arena_strdup(arena, text);
}

static bool read_file(const json_value *v, struct arena *arena,
                      struct manifest_file *out)
{
    out->name = read_text(v, "name", arena);
    out->sha256 = read_text(v, "sha256", arena);
    out->role = read_text(v, "role", arena);
    return out->name && out->role && lesson_object_valid(out->sha256) &&
           json_int(json_get(v, "size"), 1, PACK_OBJECT_MAX, &out->size) == ERR_OK;
}

static int by_sha256(const void *a, const void *b)
{
    const struct manifest_file *x = a;
    const struct manifest_file *y = b;

    return strcmp(x->sha256, y->sha256);
}

static enum err read_files(const json_value *list, struct arena *arena,
                           struct manifest *out, char *why, size_t n_why)
{
    size_t n = json_count(list);

    if (json_kind_of(list) != JSON_IS_ARRAY || n < 1 || n > MANIFEST_FILES_MAX)
        return refuse(why, n_why, "files are not 1 to 32768");
    out->files = arena_alloc(arena, n * sizeof(*out->files));
    for (size_t i = 0; i < n; i++) {
        if (!read_file(json_at(list, i), arena, &out->files[i]))
            return refuse(why, n_why,
                          "a file lacks a proper name, size, sha256 or role");
    }
    out->n_files = n;
    qsort(out->files, n, sizeof(*out->files), by_sha256);
    for (size_t i = 1; i < n; i++) {
        if (by_sha256(&out->files[i - 1], &out->files[i]) == 0)
            return refuse(why, n_why, "an object is listed twice");
    }
    return ERR_OK;
}

enum err manifest_read(const char *json, size_t n, struct arena *arena,
                       struct manifest *out, char *why, size_t n_why)
{
    json_value *doc;
    int64_t schema;
    enum err err = json_parse(json, n, DEPTH_MAX, &doc, why, n_why);

    *out = (struct manifest){ 0 };
    if (err)
        return err;
    out->id = read_text(doc, "id", arena);
    out->min_app = read_text(doc, "min_app", arena);
    out->beside = read_text(doc, "beside", arena);
    if (json_int(json_get(doc, "schema"), 1, 1, &schema))
        err = refuse(why, n_why, "schema is not 1");
    else if (!lesson_id_valid(out->id))
        err = refuse(why, n_why, "id is not 1 to 32 of a-z 0-9 . _ -");
    else if (json_int(json_get(doc, "ver"), 1, JSON_INT_MAX, &out->ver))
        err = refuse(why, n_why, "ver is not a number from 1");
    else if (json_get(doc, "beside") && !lesson_id_valid(out->beside))
        err = refuse(why, n_why, "beside is no id of a pack");
    else if (!out->min_app)
        err = refuse(why, n_why, "min_app is missing");
    else
        err = read_files(json_get(doc, "files"), arena, out, why, n_why);
    json_free(doc);
    return err;
}

const struct manifest_file *manifest_find(const struct manifest *m, const char *sha256)
{
    struct manifest_file key = { .sha256 = sha256 };

    return bsearch(&key, m->files, m->n_files, sizeof(key), by_sha256);
}

const struct manifest_file *manifest_only(const struct manifest *m, const char *role)
{
    const struct manifest_file *found = NULL;

    for (size_t i = 0; i < m->n_files; i++) {
        if (strcmp(m->files[i].role, role) != 0)
            continue;
        if (found)
            return NULL;
        found = &m->files[i];
    }
    return found;
}

/* "1.4.2" with numbers below 10000, and nothing else. */
static bool read_version(const char *s, long out[3])
{
    for (int i = 0; i < 3; i++) {
        size_t digits = strspn(s, "0123456789");

        if (digits < 1 || digits > 4 || s[digits] != (i < 2 ? '.' : 0))
            return false;
        out[i] = strtol(s, NULL, 10);
        s += digits + 1;
    }
    return true;
}

bool manifest_version_reached(const char *have, const char *need)
{
    long h[3], n[3];

    if (!read_version(have, h) || !read_version(need, n))
        return false;
    for (int i = 0; i < 3; i++) {
        if (h[i] != n[i])
            return h[i] > n[i];
    }
    return true;
}
