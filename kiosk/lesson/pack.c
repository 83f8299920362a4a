/* A pack on disk. What the signature covers is trusted to be ours, not to be right:
 * every size, name and count is still checked. */
#include "lesson/pack.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "lesson/manifest.h"
#include "lesson/minisign.h"

#define LOG_MODULE "pack"
#include "base/log.h"

#define MODULES_MAX 64
#define LESSONS_MAX 512
#define INDEX_DEPTH_MAX 8
#define WHY_BYTES 200

struct pack {
    struct arena arena;
    char *folder;
    item_types types;
    struct manifest manifest;
    char manifest_hash[HASH_SHA256_HEX];
    struct pack_info info;
    struct pack_module *modules;
    struct pack_lesson *lessons;
    const char **objects; /* of the lessons */
    const char **notes;
};

static enum err __attribute__((format(printf, 3, 4)))
refuse(char *why, size_t n_why, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(why, n_why, format, args);
    va_end(args);
    return ERR_REJECTED;
}

static enum err read_file(const char *folder, const char *name, struct buf *out)
{
    struct buf path;
    enum err err;

    buf_init(&path, 4096);
    buf_printf(&path, "%s/%s", folder, name);
    err = path.overflow ? ERR_REJECTED : file_read_nofollow(buf_text(&path), out);
    buf_finish(&path);
    return err;
}

enum err pack_key_read(const char *path, struct pack_key *out)
{
    struct buf text;
    enum err err;

    buf_init(&text, MINISIGN_TEXT_MAX);
    err = file_read(path, &text);
    if (!err)
        err = minisign_key_parse(buf_text(&text), out);
    buf_finish(&text);
    return err;
}

static enum err read_object(const struct pack *p, const char *sha256, struct buf *out)
{
    const struct manifest_file *f = manifest_find(&p->manifest, sha256);
    char name[sizeof("objects/") + LESSON_OBJECT_HEX];
    char hash[HASH_SHA256_HEX];
    struct buf bytes;
    enum err err;

    if (!f)
        return ERR_REJECTED;
    snprintf(name, sizeof(name), "objects/%s", f->sha256);
    buf_init(&bytes, (size_t)f->size);
    err = read_file(p->folder, name, &bytes);
    if (err) {
        err = err == ERR_REJECTED ? ERR_REJECTED : ERR_CORRUPT;
    } else {
        hash_sha256_hex(buf_text(&bytes), bytes.len, hash);
        if (bytes.len != (size_t)f->size || strcmp(hash, f->sha256) != 0)
            err = ERR_REJECTED;
    }
    if (!err)
        buf_add(out, bytes.data, bytes.len);
    buf_finish(&bytes);
    return !err && out->overflow ? ERR_REJECTED : err;
}

enum err pack_object(const struct pack *p, const char *sha256_hex, struct buf *out)
{
    enum err err = lesson_object_valid(sha256_hex) ? read_object(p, sha256_hex, out)
                                                   : ERR_REJECTED;

    if (err)
        LOG_WARN("object %.12s: %s", sha256_hex ? sha256_hex : "", err_name(err));
    return err;
}

/* --- opening ----------------------------------------------------------------------- */

static enum err open_manifest(struct pack *p, const struct pack_key *keys,
                              size_t n_keys, int64_t floor_ver, char *why, size_t n_why)
{
    struct buf json, sig;
    enum err err;

    buf_init(&json, PACK_MANIFEST_MAX);
    buf_init(&sig, MINISIGN_TEXT_MAX);
    err = read_file(p->folder, "manifest.json", &json);
    if (err) {
        refuse(why, n_why, "no readable manifest.json in %s", p->folder);
    } else if (read_file(p->folder, "manifest.json.minisig", &sig)) {
        err = refuse(why, n_why, "not signed: manifest.json.minisig cannot be read");
    } else {
        err = minisign_verify(keys, n_keys, buf_text(&json), json.len, buf_text(&sig),
                              why, n_why);
    }
    if (!err)
        err = manifest_read(buf_text(&json), json.len, &p->arena, &p->manifest, why,
                            n_why);
    if (!err && !manifest_version_reached(BDHVS_VERSION, p->manifest.min_app))
        err = refuse(why, n_why, "needs program version %.20s, this is %s",
                     p->manifest.min_app, BDHVS_VERSION);
    if (!err && p->manifest.ver < floor_ver)
        err = refuse(why, n_why, "version %lld is older than %lld, which was used here",
                     (long long)p->manifest.ver, (long long)floor_ver);
    hash_sha256_hex(buf_text(&json), json.len, p->manifest_hash);
    buf_finish(&json);
    buf_finish(&sig);
    return err;
}

static const char *read_words(struct pack *p, const json_value *v, const char *key)
{
    const char *text = json_text(json_get(v, key));

    if (!text || !*text || strlen(text) > LESSON_TEXT_MAX ||
        !utf8_valid(text, strlen(text)))
        return NULL;
    return arena_strdup(&p->arena, text);
}

static bool picture_listed(const struct pack *p, const struct picture *picture)
{
    for (size_t i = 0; picture && i < PANEL_COUNT; i++) {
        if (!manifest_find(&p->manifest, picture->object[i]))
            return false;
    }
    return true;
}

static bool pictures_listed(const struct pack *p, const struct lesson *l)
{
    bool all = true;

    for (size_t i = 0; i < l->n_cards; i++)
        all = all && picture_listed(p, l->cards[i].picture);
    for (size_t i = 0; i < l->n_items; i++) {
        all = all && picture_listed(p, l->items[i].picture);
        for (size_t k = 0; k < l->items[i].n_options; k++)
            all = all && picture_listed(p, l->items[i].options[k].picture);
    }
    return all;
}

static enum err load_lesson(const struct pack *p, const char *object,
                            struct arena *arena, struct lesson **out, char *why,
                            size_t n_why)
{
    struct buf json;
    enum err err;

    *out = NULL;
    buf_init(&json, LESSON_JSON_MAX);
    err = read_object(p, object, &json);
    if (err)
        snprintf(why, n_why, "its object is missing or damaged");
    else
        err = lesson_read(buf_text(&json), json.len, p->types, arena, out, why, n_why);
    buf_finish(&json);
    if (!err && !pictures_listed(p, *out))
        err = refuse(why, n_why, "a picture is not in the manifest");
    if (!err)
        (*out)->pack_ver = p->manifest.ver;
    return err;
}

static void add_note(struct pack *p, const char *id, const char *why)
{
    p->notes[p->info.n_notes++] =
        arena_printf(&p->arena, "lesson %s is left out: %s", id, why);
    LOG_WARN("lesson %s is left out: %s", id, why);
}

/* Lists the lesson, or notes why not. Its texts are read again when it is opened. */
static enum err add_lesson(struct pack *p, const json_value *v, size_t module,
                           char *why, size_t n_why)
{
    const char *id = json_text(json_get(v, "id"));
    const char *object = json_text(json_get(v, "object"));
    struct lesson *lesson;
    char what[WHY_BYTES];
    int64_t n_practices;

    if (!lesson_id_valid(id) || !lesson_object_valid(object) ||
        json_int(json_get(v, "practices"), 0, 100, &n_practices))
        return refuse(why, n_why,
                      "index: a lesson lacks a proper id, object, practices");
    if (p->info.n_lessons + p->info.n_notes >= LESSONS_MAX)
        return refuse(why, n_why, "index: more than %d lessons", LESSONS_MAX);
    if (pack_find_lesson(p, id) >= 0)
        return refuse(why, n_why, "index: lesson %s is there twice", id);
    if (load_lesson(p, object, &p->arena, &lesson, what, sizeof(what))) {
        add_note(p, id, what);
    } else if (strcmp(lesson->id, id) != 0) {
        add_note(p, id, "its object is another lesson");
    } else {
        p->objects[p->info.n_lessons] = arena_strdup(&p->arena, object);
        p->lessons[p->info.n_lessons++] = (struct pack_lesson){
            .id = lesson->id,
            .title = lesson->title,
            .minutes = lesson->minutes,
            .n_cards = (int)lesson->n_cards,
            .n_practices = (int)n_practices,
            .n_items = (int)lesson->n_items,
            .module = module,
            .cover = lesson->cards[0].picture,
        };
    }
    return ERR_OK;
}

static enum err add_module(struct pack *p, const json_value *v, char *why, size_t n_why)
{
    struct pack_module *m = &p->modules[p->info.n_modules];
    const json_value *lessons = json_get(v, "lessons");

    m->id = read_words(p, v, "id");
    m->title = read_words(p, v, "title");
    m->outcome = read_words(p, v, "outcome");
    if (!lesson_id_valid(m->id) || !m->title || !m->outcome ||
        lesson_read_picture(json_get(v, "picture"), &p->arena, &m->picture) ||
        !picture_listed(p, m->picture))
        return refuse(why, n_why,
                      "index: a module lacks a proper id, title, outcome or picture");
    m->first_lesson = p->info.n_lessons;
    for (size_t i = 0; i < json_count(lessons); i++) {
        enum err err =
            add_lesson(p, json_at(lessons, i), p->info.n_modules, why, n_why);

        if (err)
            return err;
    }
    m->n_lessons = p->info.n_lessons - m->first_lesson;
    p->info.n_modules++;
    return ERR_OK;
}

static enum err read_index(struct pack *p, const json_value *index, char *why,
                           size_t n_why)
{
    const json_value *modules = json_get(index, "modules");
    int64_t schema;

    p->info.title = read_words(p, index, "title");
    if (json_int(json_get(index, "schema"), 1, 1, &schema) || !p->info.title ||
        json_kind_of(modules) != JSON_IS_ARRAY || json_count(modules) > MODULES_MAX)
        return refuse(why, n_why, "index: schema, title or modules are not proper");
    p->modules = arena_alloc(&p->arena, MODULES_MAX * sizeof(*p->modules));
    p->lessons = arena_alloc(&p->arena, LESSONS_MAX * sizeof(*p->lessons));
    p->objects = arena_alloc(&p->arena, LESSONS_MAX * sizeof(*p->objects));
    p->notes = arena_alloc(&p->arena, LESSONS_MAX * sizeof(*p->notes));
    for (size_t i = 0; i < json_count(modules); i++) {
        enum err err = add_module(p, json_at(modules, i), why, n_why);

        if (err)
            return err;
    }
    p->info.id = p->manifest.id;
    p->info.ver = p->manifest.ver;
    p->info.modules = p->modules;
    p->info.lessons = p->lessons;
    p->info.notes = p->notes;
    return ERR_OK;
}

static enum err open_index(struct pack *p, char *why, size_t n_why)
{
    const struct manifest_file *f = manifest_only(&p->manifest, "index");
    json_value *index;
    struct buf json;
    enum err err;

    if (!f)
        return refuse(why, n_why, "manifest: there is not exactly one index");
    buf_init(&json, PACK_OBJECT_MAX);
    err = read_object(p, f->sha256, &json);
    if (err) {
        refuse(why, n_why, "the index is missing or damaged");
    } else {
        err =
            json_parse(buf_text(&json), json.len, INDEX_DEPTH_MAX, &index, why, n_why);
        if (!err)
            err = read_index(p, index, why, n_why);
        json_free(index);
    }
    buf_finish(&json);
    return err;
}

enum err pack_open(const char *folder, const struct pack_key *keys, size_t n_keys,
                   int64_t floor_ver, item_types types, struct pack **out, char *why,
                   size_t n_why)
{
    struct pack *p = check_alloc(sizeof(*p));
    enum err err;

    *out = NULL;
    *p = (struct pack){ .folder = check_strdup(folder), .types = types };
    err = open_manifest(p, keys, n_keys, floor_ver, why, n_why);
    if (!err)
        err = open_index(p, why, n_why);
    if (err) {
        LOG_WARN("%s: %s", folder, why);
        pack_close(p);
        return err;
    }
    LOG_INFO("%s %lld: %zu lessons, %zu left out", p->info.id, (long long)p->info.ver,
             p->info.n_lessons, p->info.n_notes);
    *out = p;
    return ERR_OK;
}

void pack_close(struct pack *p)
{
    if (!p)
        return;
    arena_finish(&p->arena);
    free(p->folder);
    free(p);
}

/* --- reading ----------------------------------------------------------------------- */

const struct pack_info *pack_info(const struct pack *p)
{
    return &p->info;
}

enum err pack_lesson(const struct pack *p, size_t index, struct arena *arena,
                     struct lesson **out)
{
    char why[WHY_BYTES];
    enum err err;

    ASSERT(index < p->info.n_lessons);
    err = load_lesson(p, p->objects[index], arena, out, why, sizeof(why));
    if (err)
        LOG_WARN("lesson %s: %s", p->lessons[index].id, why);
    return err;
}

long pack_find_lesson(const struct pack *p, const char *id)
{
    for (size_t i = 0; i < p->info.n_lessons; i++) {
        if (strcmp(p->lessons[i].id, id) == 0)
            return (long)i;
    }
    return -1;
}

const char *pack_manifest_hash(const struct pack *p)
{
    return p->manifest_hash;
}
