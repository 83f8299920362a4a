/* Lessons, index, clips, manifest, in this order; then what is no longer named goes. */
#include "build.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "emit.h"
#include "lesson/pack.h"
#include "objects.h"
#include "report.h"
#include "voice_ahead.h"

/* The oldest program that can play what is built here. */
#define MIN_APP "0.1.0"

static void put_picture(struct buf *b, const char *key, const struct picture *p)
{
    json_open(b, key, '{');
    json_put_text(b, "alt", p->alt);
    json_open(b, "objects", '[');
    for (size_t i = 0; i < PANEL_COUNT; i++)
        json_put_text(b, NULL, p->object[i]);
    json_close(b, ']');
    json_close(b, '}');
}

static bool is_first_of_type(const struct lesson *lesson, size_t item)
{
    for (size_t i = 0; i < item; i++) {
        if (lesson->items[i].type == lesson->items[item].type)
            return false;
    }
    return true;
}

/* Enough for the kiosk to list the lesson without reading it. */
static void put_listing(struct buf *index, const struct lesson *lesson,
                        const char *sha256)
{
    json_put_text(index, "id", lesson->id);
    json_put_text(index, "object", sha256);
    json_put_text(index, "title", lesson->title);
    json_put_int(index, "minutes", lesson->minutes);
    json_put_int(index, "cards", (int64_t)lesson->n_cards);
    json_put_int(index, "practices", (int64_t)lesson->n_practices);
    json_put_int(index, "items", (int64_t)lesson->n_items);
    json_open(index, "types", '[');
    for (size_t i = 0; i < lesson->n_items; i++) {
        if (is_first_of_type(lesson, i))
            json_put_text(index, NULL, lesson->items[i].type->name);
    }
    json_close(index, ']');
    if (lesson->cards[0].picture)
        put_picture(index, "cover", lesson->cards[0].picture);
}

/* What was built must be what the kiosk reads. */
static enum err read_back(const struct emit *e, const struct source_lesson *l,
                          const struct buf *json, item_types types, struct arena *arena,
                          struct lesson **out)
{
    struct lesson *lesson;
    char why[200];
    enum err err =
        lesson_read(buf_text(json), json->len, types, arena, &lesson, why, sizeof(why));

    *out = lesson;

    if (err)
        report_problem(e->report, l->file, 1, "cannot be played (%s): mend that part",
                       why);
    else if (lesson->n_left_out) {
        report_problem(e->report, l->file, 1, "a practice cannot be played (%s)", why);
        err = ERR_REJECTED;
    }
    return err;
}

static enum err add_lesson(struct emit *e, const struct source_lesson *l,
                           item_types types, struct buf *index)
{
    const char *sha256 = NULL;
    struct arena arena = { 0 };
    struct lesson *lesson;
    struct buf json;
    enum err err;

    buf_init(&json, LESSON_JSON_MAX);
    err = emit_lesson(e, l, &json);
    if (!err)
        err = read_back(e, l, &json, types, &arena, &lesson);
    if (!err)
        err = objects_add(e->objects, l->front.id, "lesson", NULL, json.data, json.len,
                          &sha256);
    buf_finish(&json);
    if (!err) {
        json_open(index, NULL, '{');
        put_listing(index, lesson, sha256);
        json_close(index, '}');
    }
    arena_finish(&arena);
    return err;
}

static enum err add_module(struct emit *e, const struct source_module *m,
                           item_types types, struct buf *index)
{
    const struct gift_picture picture = { m->front.picture, m->front.title,
                                          yaml_line_of(&m->front_text, "picture") };
    enum err err;

    json_open(index, NULL, '{');
    json_put_text(index, "id", m->front.id);
    json_put_text(index, "title", m->front.title);
    json_put_text(index, "outcome", m->front.outcome);
    if (m->front.question)
        json_put_text(index, "question", m->front.question);
    if (m->front.until)
        json_put_int(index, "until", clock_day_parse(m->front.until));
    err = emit_picture(e, m->folder, "picture", &picture, m->file, index);
    json_open(index, "lessons", '[');
    for (size_t i = 0; !err && i < m->n_lessons; i++)
        err = add_lesson(e, &m->lessons[i], types, index);
    json_close(index, ']');
    json_close(index, '}');
    return err;
}

static void put_list(struct buf *b, const char *key, const struct yaml_list *list)
{
    json_open(b, key, '[');
    for (size_t i = 0; i < list->n; i++)
        json_put_text(b, NULL, list->item[i]);
    json_close(b, ']');
}

static enum err build_index(struct emit *e, item_types types, struct buf *index)
{
    const struct pack_yaml *front = &e->source->front;
    const char *sha256;
    enum err err = ERR_OK;

    json_open(index, NULL, '{');
    json_put_int(index, "schema", 1);
    json_put_text(index, "title", front->title);
    put_list(index, "languages", &front->spoken);
    put_list(index, "authors", &front->authors);
    json_put_text(index, "licence", front->licence);
    json_open(index, "modules", '[');
    for (size_t i = 0; !err && i < e->source->n_modules; i++) {
        if (e->source->modules[i].n_lessons)
            err = add_module(e, &e->source->modules[i], types, index);
    }
    json_close(index, ']');
    json_open(index, "paths", '{');
    for (size_t i = 0; i < YAML_PATHS; i++) {
        struct yaml_list list = source_path(e->source, (enum yaml_path)i);

        if (list.n)
            put_list(index, yaml_path_name(i), &list);
    }
    json_close(index, '}');
    json_close(index, '}');
    if (!err && index->overflow) {
        report_problem(e->report, e->source->file, 1,
                       "the index is too large: split "
                       "the pack");
        err = ERR_REJECTED;
    }
    if (!err)
        err = objects_add(e->objects, "index.json", "index", NULL, index->data,
                          index->len, &sha256);
    return err;
}

static int by_sha256(const void *a, const void *b)
{
    return strcmp(((const struct object *)a)->sha256,
                  ((const struct object *)b)->sha256);
}

static void put_manifest(struct buf *b, const struct pack_yaml *front,
                         struct objects *o)
{
    qsort(o->list, o->n, sizeof(*o->list), by_sha256); /* same tree, same bytes */
    json_open(b, NULL, '{');
    json_put_int(b, "schema", 1);
    json_put_text(b, "id", front->id);
    json_put_int(b, "ver", front->version);
    if (front->beside)
        json_put_text(b, "beside", front->beside);
    json_put_text(b, "min_app", MIN_APP);
    json_open(b, "files", '[');
    for (size_t i = 0; i < o->n; i++) {
        json_open(b, NULL, '{');
        json_put_text(b, "name", o->list[i].name);
        json_put_int(b, "size", (int64_t)o->list[i].size);
        json_put_text(b, "sha256", o->list[i].sha256);
        json_put_text(b, "role", o->list[i].role);
        json_close(b, '}');
    }
    json_close(b, ']');
    json_close(b, '}');
    buf_char(b, '\n');
}

static enum err write_manifest(struct emit *e, const char *out, bool *changed)
{
    struct arena *arena = &e->source->arena;
    const char *path = arena_printf(arena, "%s/manifest.json", out);
    struct buf manifest, before;
    enum err err = ERR_OK;

    buf_init(&manifest, PACK_MANIFEST_MAX);
    buf_init(&before, PACK_MANIFEST_MAX);
    put_manifest(&manifest, &e->source->front, e->objects);
    *changed =
        file_read(path, &before) || strcmp(buf_text(&before), buf_text(&manifest)) != 0;
    if (manifest.overflow) {
        report_problem(e->report, e->source->file, 1,
                       "the manifest is too large: split "
                       "the pack");
        err = ERR_REJECTED;
    } else if (*changed) {
        /* the old signature does not fit the new manifest: without it a reader says
         * "not signed" instead of "changed" */
        unlink(arena_printf(arena, "%s/manifest.json.minisig", out));
        err = file_replace(path, manifest.data, manifest.len, 0644);
    }
    buf_finish(&manifest);
    buf_finish(&before);
    return err;
}

enum err build_pack(struct source *s, const char *out, item_types types,
                    struct voice *voice, struct report *report,
                    struct build_result *result)
{
    struct objects objects;
    struct emit e = { .source = s, .objects = &objects, .report = report };
    struct voice_ahead ahead;
    struct buf index;
    enum err err;

    voice_ahead_start(s, voice, &ahead);
    err = objects_open(&objects, out);
    *result = (struct build_result){ 0 };
    buf_init(&index, PACK_OBJECT_MAX);
    if (!err)
        err = build_index(&e, types, &index);
    voice_ahead_finish(&ahead);
    if (!err)
        err = emit_voice(&e, voice);
    if (!err)
        err = write_manifest(&e, out, &result->changed);
    if (!err)
        objects_sweep(&objects);
    for (size_t i = 0; i < s->n_modules; i++)
        result->n_lessons += s->modules[i].n_lessons;
    result->n_objects = objects.n;
    result->n_clips = e.n_clips;
    result->n_drawn = e.n_drawn;
    result->n_removed = objects.n_removed;
    buf_finish(&index);
    objects_close(&objects);
    return err;
}
