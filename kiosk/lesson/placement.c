/* The proposal of placement.h. */
#include "lesson/placement.h"

#include <string.h>

#include "base/check.h"

_Static_assert(PLACEMENT_QUESTIONS_MAX *PLACEMENT_QUESTION_S <= PLACEMENT_MINUTES * 60,
               "the questions take longer than promised");

size_t placement_questions(const struct pack_info *info,
                           size_t modules[PLACEMENT_QUESTIONS_MAX])
{
    size_t n = 0;

    for (size_t i = 0; i < info->n_modules && n < PLACEMENT_QUESTIONS_MAX; i++)
        if (info->modules[i].question && info->modules[i].n_lessons)
            modules[n++] = i;
    return n;
}

static const struct pack_list *find_path(const struct pack_info *info, const char *id)
{
    for (size_t i = 0; i < info->n_path_lists; i++)
        if (strcmp(info->path_lists[i].id, id) == 0 && info->path_lists[i].n_lessons)
            return &info->path_lists[i];
    return NULL;
}

/* Whether the path has a lesson of the module. */
static bool leads_through(const struct pack_info *info, const struct pack_list *path,
                          const struct pack_module *m)
{
    for (size_t i = 0; i < path->n_lessons; i++)
        for (size_t k = 0; k < m->n_lessons; k++)
            if (strcmp(path->lessons[i], info->lessons[m->first_lesson + k].id) == 0)
                return true;
    return false;
}

struct placement placement_propose(const struct pack_info *info,
                                   const enum placement_answer *answers)
{
    static const char *const paths[] = { "short", "citizen", "full" };
    size_t n_known = 0, n_asked = 0, want;
    const struct pack_list *path = NULL;
    struct placement out = { 0 };

    for (size_t i = 0; i < info->n_modules; i++) {
        n_asked += answers[i] != PLACEMENT_NOT_ASKED;
        n_known += answers[i] == PLACEMENT_KNOWN;
    }
    want = n_asked && n_known == n_asked ? 2 : 2 * n_known > n_asked ? 1 : 0;
    for (size_t i = want + 1; !path && i > 0; i--)
        path = find_path(info, paths[i - 1]);
    for (size_t i = want + 1; !path && i < COUNT(paths); i++)
        path = find_path(info, paths[i]);
    if (!path)
        return out;
    out.path = path->id;
    for (size_t i = 0; !out.start && n_known && i < info->n_modules; i++)
        if (answers[i] == PLACEMENT_NOT_KNOWN &&
            leads_through(info, path, &info->modules[i]))
            out.start = info->modules[i].id;
    return out;
}
