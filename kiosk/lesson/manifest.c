/* Reads manifest.json, bounded. */
#include "lesson/manifest.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/row.h"
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

static enum err sort_files(struct manifest *out, char *why, size_t n_why)
{
    size_t i = 1;

    while (i < out->n_files && by_sha256(&out->files[i - 1], &out->files[i]) < 0)
        i++;
    if (i >= out->n_files)
        return ERR_OK; /* as it is written */
    qsort(out->files, out->n_files, sizeof(*out->files), by_sha256);
    for (i = 1; i < out->n_files; i++) {
        if (by_sha256(&out->files[i - 1], &out->files[i]) == 0)
            return refuse(why, n_why, "an object is listed twice");
    }
    return ERR_OK;
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
    return sort_files(out, why, n_why);
}

/* --- as bdhvs-pack writes it -------------------------------------------------------- */

/* Thousands of rows of one form, all of one document, are most of the time that a start
 * takes: those are taken as they stand. Anything else is read as JSON. */
#define FILES_KEY ",\"files\":["
#define HEAD_MAX 600

static bool take_row(char **at, struct manifest_file *out)
{
    out->name = row_word(at, "{\"name\":\"");
    if (!out->name || !row_number(at, ",\"size\":", 1, PACK_OBJECT_MAX, &out->size))
        return false;
    out->sha256 = row_word(at, ",\"sha256\":\"");
    out->role = out->sha256 ? row_word(at, ",\"role\":\"") : NULL;
    return out->role && row_skip(at, "}") && lesson_object_valid(out->sha256);
}

static size_t count_rows(const char *at, const char *end)
{
    size_t n = 0;

    for (; at < end && (at = memchr(at, '{', (size_t)(end - at))) != NULL; at++)
        n++;
    return n;
}

/* The rows from `at`, `n_text` bytes up to the end of the document; false when they are of
 * another form, and the text is as it was. */
static bool take_rows(char *at, size_t n_text, struct arena *arena,
                      struct manifest *out)
{
    size_t n = count_rows(at, at + n_text);
    char *text = at;

    if (n < 1 || n > MANIFEST_FILES_MAX || !row_plain(text, n_text))
        return false;
    out->files = arena_alloc(arena, n * sizeof(*out->files));
    for (out->n_files = 0; out->n_files < n; out->n_files++) {
        if ((out->n_files && !row_skip(&at, ",")) ||
            !take_row(&at, &out->files[out->n_files]))
            break;
    }
    if (out->n_files == n && strncmp(at, "]}", 2) == 0 &&
        at[2 + strspn(at + 2, " \n")] == '\0')
        return true;
    for (size_t i = 0; i < n_text; i++) /* NUL stands where a word was cut out */
        if (!text[i])
            text[i] = '"';
    return false;
}

/* Offset of its rows, when everything else stands before them; else n. */
static size_t find_rows(const char *json, size_t n)
{
    size_t n_head = n < HEAD_MAX ? n : HEAD_MAX;
    char head[HEAD_MAX + 1];
    const char *at;

    memcpy(head, json, n_head);
    head[n_head] = '\0';
    at = strstr(head, FILES_KEY);
    return at ? (size_t)(at - head) : n;
}

/* The document without its rows. */
static enum err parse_head(const char *json, size_t rows, json_value **doc, char *why,
                           size_t n_why)
{
    char head[HEAD_MAX + 2];
    int n = snprintf(head, sizeof(head), "%.*s}", (int)rows, json);

    return json_parse(head, (size_t)n, DEPTH_MAX, doc, why, n_why);
}

/* --- reading ------------------------------------------------------------------------ */

static enum err read_head(const json_value *doc, struct arena *arena,
                          struct manifest *out, char *why, size_t n_why)
{
    enum err err = ERR_OK;
    int64_t schema;

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
    return err;
}

static enum err read_all(const char *json, size_t n, struct arena *arena,
                         struct manifest *out, char *why, size_t n_why)
{
    json_value *doc;
    enum err err = json_parse(json, n, DEPTH_MAX, &doc, why, n_why);

    if (err)
        return err;
    err = read_head(doc, arena, out, why, n_why);
    if (!err)
        err = read_files(json_get(doc, "files"), arena, out, why, n_why);
    json_free(doc);
    return err;
}

enum err manifest_read_head(const char *json, size_t n, struct arena *arena,
                            struct manifest *out, char *why, size_t n_why)
{
    size_t rows = find_rows(json, n);
    json_value *doc;
    enum err err = rows < n ? parse_head(json, rows, &doc, why, n_why)
                            : json_parse(json, n, DEPTH_MAX, &doc, why, n_why);

    *out = (struct manifest){ 0 };
    if (err)
        return err;
    err = read_head(doc, arena, out, why, n_why);
    json_free(doc);
    return err;
}

enum err manifest_take(char *json, size_t n, struct arena *arena, struct manifest *out,
                       char *why, size_t n_why)
{
    size_t rows = find_rows(json, n), at = rows + strlen(FILES_KEY);
    struct manifest files = { 0 };
    enum err err;

    *out = files;
    if (rows == n || !take_rows(json + at, n - at, arena, &files))
        return read_all(json, n, arena, out, why, n_why);
    err = manifest_read_head(json, n, arena, out, why, n_why);
    out->files = files.files;
    out->n_files = files.n_files;
    return err ? err : sort_files(out, why, n_why);
}

enum err manifest_read(const char *json, size_t n, struct arena *arena,
                       struct manifest *out, char *why, size_t n_why)
{
    return manifest_take(arena_strndup(arena, json, n), n, arena, out, why, n_why);
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
