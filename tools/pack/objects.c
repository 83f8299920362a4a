/* Objects and cache as files. */
#include "objects.h"

#include <dirent.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/hash.h"
#include "lesson/lesson.h"
#include "lesson/pack.h"

enum err objects_open(struct objects *o, const char *out)
{
    enum err err;

    *o = (struct objects){ 0 };
    o->out = arena_strdup(&o->arena, out);
    err = file_make_folder(arena_printf(&o->arena, "%s/objects", out));
    if (!err)
        err = file_make_folder(arena_printf(&o->arena, "%s/.cache", out));
    return err;
}

void objects_close(struct objects *o)
{
    if (!o)
        return;
    arena_finish(&o->arena);
    free(o->list);
    free(o->keys);
}

static void list_object(struct objects *o, struct object x)
{
    for (size_t i = 0; i < o->n; i++) {
        if (strcmp(o->list[i].sha256, x.sha256) == 0)
            return; /* two lessons share a picture */
    }
    if (o->n == o->cap) {
        o->cap = o->cap ? 2 * o->cap : 64;
        o->list = check_realloc(o->list, o->cap * sizeof(*o->list));
    }
    o->list[o->n++] = x;
}

static void use_key(struct objects *o, const char *key)
{
    if (o->n_keys == o->keys_cap) {
        o->keys_cap = o->keys_cap ? 2 * o->keys_cap : 64;
        o->keys = check_realloc(o->keys, o->keys_cap * sizeof(*o->keys));
    }
    o->keys[o->n_keys++] = arena_strdup(&o->arena, key);
}

static const char *object_path(struct objects *o, const char *sha256)
{
    return arena_printf(&o->arena, "%s/objects/%s", o->out, sha256);
}

static const char *cache_path(struct objects *o, const char *key)
{
    return arena_printf(&o->arena, "%s/.cache/%s", o->out, key);
}

/* The size of a whole and right object, or 0. */
static size_t object_size(struct objects *o, const char *sha256)
{
    char hash[HASH_SHA256_HEX];
    struct buf bytes;
    size_t n = 0;

    buf_init(&bytes, PACK_OBJECT_MAX);
    if (!file_read(object_path(o, sha256), &bytes)) {
        hash_sha256_hex(buf_text(&bytes), bytes.len, hash);
        n = strcmp(hash, sha256) == 0 ? bytes.len : 0;
    }
    buf_finish(&bytes);
    return n;
}

enum err objects_add(struct objects *o, const char *name, const char *role,
                     const char *key, const void *bytes, size_t n,
                     const char **sha256_out)
{
    char hash[HASH_SHA256_HEX];
    struct object x = { .size = n };
    enum err err = ERR_OK;

    ASSERT(n > 0 && n <= PACK_OBJECT_MAX);
    hash_sha256_hex(bytes, n, hash);
    x.name = arena_strdup(&o->arena, name);
    x.role = arena_strdup(&o->arena, role);
    x.sha256 = arena_strdup(&o->arena, hash);
    if (object_size(o, hash) != n) {
        err = file_replace(object_path(o, hash), bytes, n, 0644);
        o->n_written++;
    }
    if (!err && key)
        err = file_replace(cache_path(o, key), hash, strlen(hash), 0644);
    if (err)
        return err;
    if (key)
        use_key(o, key);
    list_object(o, x);
    *sha256_out = x.sha256;
    return ERR_OK;
}

bool objects_recall(struct objects *o, const char *name, const char *role,
                    const char *key, const char **sha256_out)
{
    struct object x = { 0 };
    struct buf hash;

    buf_init(&hash, HASH_SHA256_HEX);
    if (!file_read(cache_path(o, key), &hash) && lesson_object_valid(buf_text(&hash))) {
        x.sha256 = arena_strdup(&o->arena, buf_text(&hash));
        x.size = object_size(o, x.sha256);
    }
    buf_finish(&hash);
    if (x.size == 0)
        return false;
    x.name = arena_strdup(&o->arena, name);
    x.role = arena_strdup(&o->arena, role);
    use_key(o, key);
    list_object(o, x);
    *sha256_out = x.sha256;
    return true;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Removes every file of out/`sub` that is not in `keep` (sorted). */
static size_t sweep(struct objects *o, const char *sub, const char **keep,
                    size_t n_keep)
{
    const char *folder = arena_printf(&o->arena, "%s/%s", o->out, sub);
    DIR *dir = opendir(folder);
    struct dirent *e;
    size_t n = 0;

    while (dir && (e = readdir(dir))) {
        const char *name = e->d_name;

        if (name[0] == '.' ||
            (n_keep && bsearch(&name, keep, n_keep, sizeof(*keep), by_text)))
            continue;
        n += unlink(arena_printf(&o->arena, "%s/%s", folder, name)) == 0;
    }
    if (dir)
        closedir(dir);
    return n;
}

void objects_sweep(struct objects *o)
{
    const char **names = check_alloc(o->n * sizeof(*names) + 1);

    for (size_t i = 0; i < o->n; i++)
        names[i] = o->list[i].sha256;
    qsort(names, o->n, sizeof(*names), by_text);
    o->n_removed += sweep(o, "objects", names, o->n);
    if (o->n_keys)
        qsort(o->keys, o->n_keys, sizeof(*o->keys), by_text);
    sweep(o, ".cache", o->keys, o->n_keys);
    free(names);
}
