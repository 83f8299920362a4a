/* A pack on disk. What the signature covers is trusted to be ours, not to be right:
 * every size, name and count is still checked. */
#include "lesson/pack.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/hash.h"
#include "lesson/minisign.h"
#include "lesson/pack_inside.h"

#define LOG_MODULE "pack"
#include "base/log.h"

#define INDEX_DEPTH_MAX 8
#define WHY_BYTES 200

enum err pack_refuse(char *why, size_t n_why, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(why, n_why, format, args);
    va_end(args);
    return ERR_REJECTED;
}

/* Whether the object of a lesson is where it belongs; what is in it is seen when it is read. */
bool pack_has_object(const struct pack *p, const char *sha256)
{
    const struct manifest_file *f = manifest_find(&p->manifest, sha256);
    struct stat st;
    struct buf path;
    bool has;

    buf_init(&path, 4096);
    buf_printf(&path, "%s/objects/%s", p->folder, sha256);
    has = f && !path.overflow && lstat(buf_text(&path), &st) == 0 &&
          S_ISREG(st.st_mode) && st.st_size == f->size;
    buf_finish(&path);
    return has;
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

/* The pack that has the object: `p` itself or one beside it. */
static const struct pack *holder_of(const struct pack *p, const char *sha256)
{
    for (size_t i = 0; i < p->info.n_beside; i++) {
        if (!manifest_find(&p->manifest, sha256) &&
            manifest_find(&p->beside[i]->manifest, sha256))
            return p->beside[i];
    }
    return p;
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
    enum err err = ERR_REJECTED;

    if (lesson_object_valid(sha256_hex))
        err = read_object(holder_of(p, sha256_hex), sha256_hex, out);
    if (err)
        LOG_WARN("object %.12s: %s", sha256_hex ? sha256_hex : "", err_name(err));
    return err;
}

/* --- opening ----------------------------------------------------------------------- */

static enum err open_manifest(struct pack *p, const struct pack_key *keys,
                              size_t n_keys, int64_t floor_ver, char *why, size_t n_why)
{
    struct buf *json = &p->list, sig;
    const struct pack_key *by = NULL;
    enum err err;

    buf_init(json, PACK_MANIFEST_MAX);
    buf_init(&sig, MINISIGN_TEXT_MAX);
    err = read_file(p->folder, "manifest.json", json);
    if (err) {
        pack_refuse(why, n_why, "no readable manifest.json in %s", p->folder);
    } else if (read_file(p->folder, "manifest.json.minisig", &sig)) {
        err =
            pack_refuse(why, n_why, "not signed: manifest.json.minisig cannot be read");
    } else {
        err = minisign_verify(keys, n_keys, buf_text(json), json->len, buf_text(&sig),
                              &by, why, n_why);
    }
    if (!err)
        err = manifest_take(json->data, json->len, &p->arena, &p->manifest, why, n_why);
    if (!err && by->of_others && !p->manifest.beside)
        err = pack_refuse(why, n_why,
                          "signed by others, whose packs only stand beside lessons");
    if (!err && !manifest_version_reached(BDHVS_VERSION, p->manifest.min_app))
        err = pack_refuse(why, n_why, "needs program version %.20s, this is %s",
                          p->manifest.min_app, BDHVS_VERSION);
    if (!err && p->manifest.ver < floor_ver)
        err = pack_refuse(why, n_why,
                          "version %lld is older than %lld, which was used here",
                          (long long)p->manifest.ver, (long long)floor_ver);
    buf_finish(&sig);
    return err;
}

bool pack_has_picture(const struct pack *p, const struct picture *picture)
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
        all = all && pack_has_picture(p, l->cards[i].picture);
    for (size_t i = 0; i < l->n_items; i++) {
        all = all && pack_has_picture(p, l->items[i].picture);
        for (size_t k = 0; k < l->items[i].n_options; k++)
            all = all && pack_has_picture(p, l->items[i].options[k].picture);
    }
    return all;
}

enum err pack_load_lesson(const struct pack *p, const char *object, struct arena *arena,
                          struct lesson **out, char *why, size_t n_why)
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
        err = pack_refuse(why, n_why, "a picture is not in the manifest");
    if (!err)
        (*out)->pack_ver = p->manifest.ver;
    return err;
}

static enum err open_index(struct pack *p, char *why, size_t n_why)
{
    const struct manifest_file *f = manifest_only(&p->manifest, "index");
    json_value *index;
    struct buf json;
    enum err err;

    if (!f)
        return pack_refuse(why, n_why, "manifest: there is not exactly one index");
    buf_init(&json, PACK_OBJECT_MAX);
    err = read_object(p, f->sha256, &json);
    if (err) {
        pack_refuse(why, n_why, "the index is missing or damaged");
    } else {
        err =
            json_parse(buf_text(&json), json.len, INDEX_DEPTH_MAX, &index, why, n_why);
        if (!err)
            err = pack_index_read(p, index, why, n_why);
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
    p->voices = arena_alloc(&p->arena, sizeof(*p->voices));
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
    for (size_t i = 0; i < p->info.n_beside; i++)
        pack_close(p->beside[i]);
    arena_finish(&p->voices->arena);
    arena_finish(&p->arena);
    buf_finish(&p->list);
    free(p->folder);
    free(p);
}

/* --- reading ----------------------------------------------------------------------- */

const struct pack_info *pack_info(const struct pack *p)
{
    return &p->info;
}

static enum err load(const struct pack *p, size_t index, struct arena *arena,
                     struct lesson **out, char *why, size_t n_why)
{
    enum err err =
        pack_load_lesson(p->holders[index], p->objects[index], arena, out, why, n_why);

    if (!err && strcmp((*out)->id, p->lessons[index].id) != 0)
        err = pack_refuse(why, n_why, "its object is another lesson");
    return err;
}

enum err pack_lesson(const struct pack *p, size_t index, struct arena *arena,
                     struct lesson **out)
{
    char why[WHY_BYTES];
    enum err err;

    ASSERT(index < p->info.n_lessons);
    err = load(p, index, arena, out, why, sizeof(why));
    if (err)
        LOG_WARN("lesson %s: %s", p->lessons[index].id, why);
    return err;
}

static void leave_out(struct pack *p, size_t index, const char *why)
{
    size_t module = p->lessons[index].module, after = p->info.n_lessons - index - 1;

    pack_add_note(p, p->lessons[index].id, why);
    memmove(&p->lessons[index], &p->lessons[index + 1], after * sizeof(*p->lessons));
    memmove(&p->objects[index], &p->objects[index + 1], after * sizeof(*p->objects));
    memmove(&p->holders[index], &p->holders[index + 1], after * sizeof(*p->holders));
    p->info.n_lessons--;
    p->modules[module].n_lessons--;
    for (size_t m = module + 1; m < p->info.n_modules; m++)
        p->modules[m].first_lesson--;
}

size_t pack_check(struct pack *p, size_t at, size_t n)
{
    struct arena arena = { 0 };
    struct lesson *lesson;
    char why[WHY_BYTES];

    for (; n > 0 && at < p->info.n_lessons; n--) {
        if (load(p, at, &arena, &lesson, why, sizeof(why)))
            leave_out(p, at, why);
        else
            at++;
        arena_reset(&arena);
    }
    arena_finish(&arena);
    return at;
}

enum err pack_verify(const struct pack *p, char *why, size_t n_why)
{
    struct arena arena = { 0 };
    enum err err = ERR_OK;

    for (size_t i = 0; !err && i < p->info.n_lessons; i++) {
        struct lesson *lesson;
        char what[WHY_BYTES];

        err = load(p, i, &arena, &lesson, what, sizeof(what));
        if (err)
            snprintf(why, n_why, "lesson %s: %s", p->lessons[i].id, what);
        arena_reset(&arena);
    }
    if (!err && pack_speaks(p, NULL) && !pack_voice(p))
        err = pack_refuse(why, n_why, "the list of clips cannot be read");
    arena_finish(&arena);
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
