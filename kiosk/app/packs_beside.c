/* Which packs stand beside the open one. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "app/packs_state.h"
#include "base/buf.h"

#define WHY_BYTES 200
#define LOG_MODULE "packs"
#include "base/log.h"

void packs_read_beside(struct packs *p, const json_value *list)
{
    for (size_t i = 0; i < json_count(list) && p->n_beside < PACKS_BESIDE_MAX; i++) {
        const json_value *v = json_at(list, i);
        const char *name = json_text(json_get(v, "name"));
        struct packs_other *other = &p->beside[p->n_beside];

        if (!name || !packs_name_ok(name))
            continue;
        snprintf(other->name, sizeof(other->name), "%s", name);
        other->on = json_bool(json_get(v, "on"), false);
        p->n_beside++;
    }
}

void packs_write_beside(const struct packs *p, struct buf *state)
{
    json_open(state, "beside", '[');
    for (size_t i = 0; i < p->n_beside; i++) {
        json_open(state, NULL, '{');
        json_put_text(state, "name", p->beside[i].name);
        json_put_bool(state, "on", p->beside[i].on);
        json_close(state, '}');
    }
    json_close(state, ']');
}

/* "canh-bao-3" is of "canh-bao". */
static bool is_of(const struct packs_other *other, const char *id)
{
    const char *dash = strrchr(other->name, '-');
    size_t n = strlen(id);

    return dash && (size_t)(dash - other->name) == n && !strncmp(other->name, id, n);
}

static const struct packs_other *find(const struct packs *p, const char *id)
{
    for (size_t i = 0; i < p->n_beside; i++)
        if (is_of(&p->beside[i], id))
            return &p->beside[i];
    return NULL;
}

int64_t packs_beside_floor(const struct packs *p, const char *id)
{
    const struct packs_other *other = find(p, id);

    return other ? packs_ver_of(other->name) : 0;
}

bool packs_stands_beside(const struct packs *p, const char *name)
{
    for (size_t i = 0; i < p->n_beside; i++)
        if (p->beside[i].on && !strcmp(p->beside[i].name, name))
            return true;
    return false;
}

static bool stands(const struct packs *p, const char *id)
{
    const struct packs_other *other = find(p, id);

    return other && other->on;
}

static size_t n_on(const struct packs *p)
{
    size_t n = 0;

    for (size_t i = 0; i < p->n_beside; i++)
        n += p->beside[i].on;
    return n;
}

bool packs_beside_room(const struct packs *p, const char *id)
{
    const struct packs_other *other = find(p, id);

    return (other && other->on) || n_on(p) < PACK_BESIDE_MAX;
}

/* Room in the list: the first that was put away is forgotten. */
static struct packs_other *make_place(struct packs *p)
{
    if (p->n_beside < PACKS_BESIDE_MAX)
        return &p->beside[p->n_beside++];
    for (size_t i = 0; i < p->n_beside; i++) {
        if (p->beside[i].on)
            continue;
        memmove(&p->beside[i], &p->beside[i + 1],
                (p->n_beside - i - 1) * sizeof(*p->beside));
        break;
    }
    return &p->beside[p->n_beside - 1];
}

void packs_set_beside(struct packs *p, const char *name)
{
    char id[PACKS_NAME_BYTES];
    struct packs_other *other;
    size_t at;

    snprintf(id, sizeof(id), "%.*s", (int)(strrchr(name, '-') - name), name);
    for (at = 0; at < p->n_beside && !is_of(&p->beside[at], id); at++)
        ;
    other = at < p->n_beside ? &p->beside[at] : make_place(p);
    snprintf(other->name, sizeof(other->name), "%s", name);
    other->on = true;
}

bool packs_beside_folder(const struct packs *p, size_t i, char out[PACKS_PATH_BYTES],
                         int64_t *floor_out)
{
    for (size_t k = 0; k < p->n_beside; k++) {
        if (!p->beside[k].on || i--)
            continue;
        *floor_out = packs_ver_of(p->beside[k].name);
        packs_path(p, out, "%s", p->beside[k].name);
        return true;
    }
    return false;
}

enum err packs_put_away(struct packs *p, const char *id)
{
    const struct packs_other *found = find(p, id);
    struct packs_other *other;
    enum err err;

    if (!found || !found->on)
        return ERR_OFFLINE;
    other = &p->beside[found - p->beside];
    other->on = false;
    err = packs_write_state(p);
    if (err)
        other->on = true;
    return err;
}

void packs_drop_trial(struct packs *p)
{
    LOG_ERR("%s ended the program before a lesson was shown: it is put away",
            p->trial_of);
    for (size_t i = 0; i < p->n_beside; i++)
        if (!strcmp(p->beside[i].name, p->trial_of))
            p->beside[i].on = false;
    snprintf(p->refused, sizeof(p->refused), "%s", p->trial_of);
    p->trial_of[0] = 0;
    p->trial = 0;
}

/* Whether it may be offered; then what it is called. */
static bool look_at(const struct packs *p, const char *folder, struct arena *arena,
                    struct packs_spare *out)
{
    char why[WHY_BYTES];
    struct pack *pack;
    const struct pack_info *info;
    bool good;

    if (pack_open(folder, p->keys, p->n_keys, 0, p->types, &pack, why, sizeof(why)))
        return false;
    info = pack_info(pack);
    good = pack_beside_of(pack) && packs_is_open(p, pack_beside_of(pack)) &&
           (packs_beside_floor(p, info->id) < info->ver || !stands(p, info->id));
    *out = (struct packs_spare){ arena_strdup(arena, folder),
                                 arena_strdup(arena, info->title),
                                 arena_strdup(arena, pack_author(pack)) };
    pack_close(pack);
    return good;
}

size_t packs_spares(const struct packs *p, struct arena *arena,
                    struct packs_spare out[PACK_BESIDE_MAX])
{
    const char *slash = strrchr(p->bundled, '/');
    const char *root = arena_printf(arena, "%.*s/beside",
                                    slash ? (int)(slash - p->bundled) : 0, p->bundled);
    DIR *dir = slash ? opendir(root) : NULL;
    struct dirent *e;
    size_t n = 0;

    while (dir && n < PACK_BESIDE_MAX && (e = readdir(dir)))
        if (e->d_name[0] != '.' &&
            look_at(p, arena_printf(arena, "%s/%s", root, e->d_name), arena, &out[n]))
            n++;
    if (dir)
        closedir(dir);
    return n;
}
