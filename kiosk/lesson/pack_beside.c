/* Packs beside the open one: their lists are appended to its own. */
#include <string.h>

#include "lesson/pack_inside.h"

const char *pack_beside_of(const struct pack *p)
{
    return p->manifest.beside;
}

const char *pack_author(const struct pack *p)
{
    return p->author;
}

static enum err check(const struct pack *p, const struct pack *other, char *why,
                      size_t n_why)
{
    const struct pack_info *has = &p->info, *adds = &other->info;

    if (!other->manifest.beside || strcmp(other->manifest.beside, has->id) != 0)
        return pack_refuse(why, n_why, "is made to stand beside %s, not beside %s",
                           other->manifest.beside ? other->manifest.beside : "nothing",
                           has->id);
    if (has->n_beside == PACK_BESIDE_MAX || adds->n_beside ||
        has->n_modules + adds->n_modules > PACK_MODULES_MAX ||
        has->n_lessons + has->n_notes + adds->n_lessons + adds->n_notes >
            PACK_LESSONS_MAX)
        return pack_refuse(why, n_why, "one pack too many");
    for (size_t i = 0; i < adds->n_lessons; i++) {
        if (pack_find_lesson(p, adds->lessons[i].id) >= 0)
            return pack_refuse(why, n_why, "lesson %s is there already",
                               adds->lessons[i].id);
    }
    for (size_t i = 0; i < adds->n_modules; i++) {
        for (size_t k = 0; k < has->n_modules; k++) {
            if (strcmp(has->modules[k].id, adds->modules[i].id) == 0)
                return pack_refuse(why, n_why, "module %s is there already",
                                   adds->modules[i].id);
        }
    }
    return ERR_OK;
}

static void append(struct pack *p, const struct pack *other)
{
    const struct pack_info *adds = &other->info;
    size_t first_module = p->info.n_modules, first_lesson = p->info.n_lessons;

    for (size_t i = 0; i < adds->n_modules; i++) {
        struct pack_module *m = &p->modules[p->info.n_modules];

        *m = adds->modules[i];
        m->first_lesson += first_lesson;
        p->module_lists[p->info.n_modules++] = adds->module_lists[i];
    }
    for (size_t i = 0; i < adds->n_lessons; i++) {
        p->objects[p->info.n_lessons] = other->objects[i];
        p->holders[p->info.n_lessons] = other;
        p->lessons[p->info.n_lessons] = adds->lessons[i];
        p->lessons[p->info.n_lessons++].module += first_module;
    }
    for (size_t i = 0; i < adds->n_notes; i++)
        p->notes[p->info.n_notes++] = adds->notes[i];
}

enum err pack_add_beside(struct pack *p, struct pack *other, char *why, size_t n_why)
{
    enum err err = check(p, other, why, n_why);

    if (err)
        return err;
    append(p, other);
    p->told[p->info.n_beside] = (struct pack_beside){ .id = other->info.id,
                                                      .ver = other->info.ver,
                                                      .title = other->info.title,
                                                      .author = other->author,
                                                      .licence = other->licence };
    p->beside[p->info.n_beside++] = other;
    p->voices->read = false; /* what it says is to be added */
    return ERR_OK;
}
