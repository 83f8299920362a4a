/* The index of a pack: modules, lessons, paths. Bounded; a lesson that cannot be read is
 * left out with a note, anything else that is wrong refuses the pack. */
#include <string.h>

#include "base/utf8.h"
#include "lesson/pack_inside.h"

#define LOG_MODULE "pack"
#include "base/log.h"

#define DAY_MAX 200000
#define WHY_BYTES 200

static const char *read_words(struct pack *p, const json_value *v, const char *key)
{
    const char *text = json_text(json_get(v, key));

    if (!text || !*text || strlen(text) > LESSON_TEXT_MAX ||
        !utf8_valid(text, strlen(text)))
        return NULL;
    return arena_strdup(&p->arena, text);
}

void pack_add_note(struct pack *p, const char *id, const char *why)
{
    p->notes[p->info.n_notes++] =
        arena_printf(&p->arena, "lesson %s is left out: %s", id, why);
    LOG_WARN("lesson %s is left out: %s", id, why);
}

static bool types_known(const struct pack *p, const json_value *types)
{
    for (size_t i = 0; i < json_count(types); i++) {
        const char *name = json_text(json_at(types, i));
        size_t k = 0;

        while (name && p->types[k] && strcmp(p->types[k]->name, name) != 0)
            k++;
        if (!name || !p->types[k])
            return false;
    }
    return true;
}

/* What the index itself tells of it. NULL, and `what` says why, when it cannot be shown. */
static const struct pack_lesson *listed(struct pack *p, const json_value *v,
                                        const char *object, char *what, size_t n_what)
{
    struct pack_lesson *l = arena_alloc(&p->arena, sizeof(*l));
    int64_t minutes, cards, items;

    l->id = arena_strdup(&p->arena, json_text(json_get(v, "id")));
    l->title = read_words(p, v, "title");
    if (!l->title || json_int(json_get(v, "minutes"), 1, 1000, &minutes) ||
        json_int(json_get(v, "cards"), 0, LESSON_CARDS_MAX, &cards) ||
        json_int(json_get(v, "items"), 0, LESSON_ITEMS_MAX, &items) ||
        lesson_read_picture(json_get(v, "cover"), &p->arena, &l->cover) ||
        !pack_has_picture(p, l->cover)) {
        pack_refuse(what, n_what, "what the index says of it is not proper");
        return NULL;
    }
    if (!pack_has_object(p, object)) {
        pack_refuse(what, n_what, "its object is missing or damaged");
        return NULL;
    }
    if (!types_known(p, json_get(v, "types"))) {
        pack_refuse(what, n_what, "a type of its questions is not known here");
        return NULL;
    }
    l->minutes = (int)minutes;
    l->n_cards = (int)cards;
    l->n_items = (int)items;
    return l;
}

/* Of an index that does not tell: the lesson itself. */
static const struct pack_lesson *read_lesson(struct pack *p, const char *id,
                                             const char *object, char *what,
                                             size_t n_what)
{
    struct pack_lesson *l = arena_alloc(&p->arena, sizeof(*l));
    struct lesson *lesson;

    if (pack_load_lesson(p, object, &p->arena, &lesson, what, n_what))
        return NULL;
    if (strcmp(lesson->id, id) != 0) {
        pack_refuse(what, n_what, "its object is another lesson");
        return NULL;
    }
    *l = (struct pack_lesson){ .id = lesson->id,
                               .title = lesson->title,
                               .minutes = lesson->minutes,
                               .n_cards = (int)lesson->n_cards,
                               .n_items = (int)lesson->n_items,
                               .cover = lesson->cards[0].picture };
    return l;
}

/* Lists the lesson, or notes why not. Its texts are read when it is opened. */
static enum err add_lesson(struct pack *p, const json_value *v, size_t module,
                           char *why, size_t n_why)
{
    const char *id = json_text(json_get(v, "id"));
    const char *object = json_text(json_get(v, "object"));
    const struct pack_lesson *lesson;
    char what[WHY_BYTES];
    int64_t n_practices;

    if (!lesson_id_valid(id) || !lesson_object_valid(object) ||
        json_int(json_get(v, "practices"), 0, 100, &n_practices))
        return pack_refuse(why, n_why,
                           "index: a lesson lacks a proper id, object, practices");
    if (p->info.n_lessons + p->info.n_notes >= PACK_LESSONS_MAX)
        return pack_refuse(why, n_why, "index: more than %d lessons", PACK_LESSONS_MAX);
    if (pack_find_lesson(p, id) >= 0)
        return pack_refuse(why, n_why, "index: lesson %s is there twice", id);
    lesson = json_get(v, "title") ? listed(p, v, object, what, sizeof(what))
                                  : read_lesson(p, id, object, what, sizeof(what));
    if (!lesson) {
        pack_add_note(p, id, what);
        return ERR_OK;
    }
    p->objects[p->info.n_lessons] = arena_strdup(&p->arena, object);
    p->holders[p->info.n_lessons] = p;
    p->lessons[p->info.n_lessons] = *lesson;
    p->lessons[p->info.n_lessons].n_practices = (int)n_practices;
    p->lessons[p->info.n_lessons++].module = module;
    return ERR_OK;
}

/* A module's or path's ids: `member` "id" of each element, or NULL, the elements. */
static enum err read_list(struct pack *p, const char *id, const json_value *list,
                          const char *member, struct pack_list *out)
{
    size_t n = json_count(list);
    const char **ids;

    if (!lesson_id_valid(id) || json_kind_of(list) != JSON_IS_ARRAY ||
        n > PACK_LESSONS_MAX)
        return ERR_REJECTED;
    ids = arena_alloc(&p->arena, n * sizeof(*ids));
    for (size_t i = 0; i < n; i++) {
        const json_value *v = json_at(list, i);
        const char *lesson = json_text(member ? json_get(v, member) : v);

        if (!lesson_id_valid(lesson))
            return ERR_REJECTED;
        ids[i] = arena_strdup(&p->arena, lesson);
    }
    *out = (struct pack_list){ arena_strdup(&p->arena, id), ids, n };
    return ERR_OK;
}

static enum err read_paths(struct pack *p, json_value *paths, char *why, size_t n_why)
{
    json_value *list;
    const char *id;
    void *at = NULL;

    while (json_each(paths, &at, &id, &list)) {
        if (p->info.n_path_lists == PACK_PATHS_MAX ||
            read_list(p, id, list, NULL, &p->path_lists[p->info.n_path_lists]))
            return pack_refuse(why, n_why, "index: paths are not lists of lesson ids");
        p->info.n_path_lists++;
    }
    return ERR_OK;
}

/* Who made it, to be shown where it stands beside another one. */
static void read_makers(struct pack *p, const json_value *index)
{
    const char *author = json_text(json_at(json_get(index, "authors"), 0));
    const char *licence = read_words(p, index, "licence");

    p->licence = licence ? licence : "";
    p->author = author && strlen(author) <= LESSON_TEXT_MAX &&
                        utf8_valid(author, strlen(author))
                    ? arena_strdup(&p->arena, author)
                    : "";
}

static enum err add_module(struct pack *p, const json_value *v, char *why, size_t n_why)
{
    struct pack_module *m = &p->modules[p->info.n_modules];
    const json_value *lessons = json_get(v, "lessons");

    m->id = read_words(p, v, "id");
    m->title = read_words(p, v, "title");
    m->outcome = read_words(p, v, "outcome");
    m->question = read_words(p, v, "question");
    m->until = 0;
    if (!lesson_id_valid(m->id) || !m->title || !m->outcome ||
        (json_get(v, "question") && !m->question) ||
        (json_get(v, "until") &&
         json_int(json_get(v, "until"), 1, DAY_MAX, &m->until)) ||
        lesson_read_picture(json_get(v, "picture"), &p->arena, &m->picture) ||
        !pack_has_picture(p, m->picture))
        return pack_refuse(why, n_why,
                           "index: a module lacks a proper id, title, outcome, "
                           "question, day or picture");
    if (read_list(p, m->id, lessons, "id", &p->module_lists[p->info.n_modules]))
        return pack_refuse(why, n_why, "index: the lessons of %s are not a list",
                           m->id);
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

/* "bdq Tiếng Ba Na": a code, and a name where the program has none. Others are skipped:
 * without its language a lesson can still be read. */
static void read_languages(struct pack *p, const json_value *list)
{
    struct pack_language *languages =
        arena_alloc(&p->arena, VOICE_LANGS_MAX * sizeof(*languages));
    size_t n = 0;

    for (size_t i = 0; i < json_count(list) && n < VOICE_LANGS_MAX; i++) {
        const char *text = json_text(json_at(list, i));
        size_t code = text ? strcspn(text, " ") : 0;
        struct pack_language *l = &languages[n];

        *l = (struct pack_language){ .name = NULL };
        if (!code || code >= sizeof(l->code))
            continue;
        memcpy(l->code, text, code);
        if (!voice_lang_valid(l->code))
            continue;
        if (text[code] && text[code + 1] && utf8_valid(text, strlen(text)))
            l->name = arena_strdup(&p->arena, text + code + 1);
        n++;
    }
    p->info.languages = languages;
    p->info.n_languages = n;
}

enum err pack_index_read(struct pack *p, json_value *index, char *why, size_t n_why)
{
    const json_value *modules = json_get(index, "modules");
    int64_t schema;
    enum err err;

    p->info.title = read_words(p, index, "title");
    if (json_int(json_get(index, "schema"), 1, 1, &schema) || !p->info.title ||
        json_kind_of(modules) != JSON_IS_ARRAY ||
        json_count(modules) > PACK_MODULES_MAX)
        return pack_refuse(why, n_why,
                           "index: schema, title or modules are not proper");
    p->modules = arena_alloc(&p->arena, PACK_MODULES_MAX * sizeof(*p->modules));
    p->module_lists =
        arena_alloc(&p->arena, PACK_MODULES_MAX * sizeof(*p->module_lists));
    p->path_lists = arena_alloc(&p->arena, PACK_PATHS_MAX * sizeof(*p->path_lists));
    p->lessons = arena_alloc(&p->arena, PACK_LESSONS_MAX * sizeof(*p->lessons));
    p->objects = arena_alloc(&p->arena, PACK_LESSONS_MAX * sizeof(*p->objects));
    p->holders = arena_alloc(&p->arena, PACK_LESSONS_MAX * sizeof(*p->holders));
    p->notes = arena_alloc(&p->arena, PACK_LESSONS_MAX * sizeof(*p->notes));
    for (size_t i = 0; i < json_count(modules); i++) {
        err = add_module(p, json_at(modules, i), why, n_why);
        if (err)
            return err;
    }
    err = read_paths(p, json_get(index, "paths"), why, n_why);
    if (err)
        return err;
    read_languages(p, json_get(index, "languages"));
    read_makers(p, index);
    p->info.id = p->manifest.id;
    p->info.ver = p->manifest.ver;
    p->info.modules = p->modules;
    p->info.lessons = p->lessons;
    p->info.module_lists = p->module_lists;
    p->info.path_lists = p->path_lists;
    p->info.beside = p->told;
    p->info.notes = p->notes;
    return ERR_OK;
}
