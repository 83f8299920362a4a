/* What has changed since the parent was told: see forward.h. */
#include "forward_private.h"

#include <string.h>

/* Cells: stat period unit dims value. */
static enum err take_told(void *ctx, const struct cell *c)
{
    struct telling *t = ctx;

    if (t->n_told == t->cap) {
        struct outside_cell *more;

        t->cap = t->cap ? 2 * t->cap : 1024;
        more = arena_alloc(&t->arena, t->cap * sizeof(*more));
        if (t->n_told)
            memcpy(more, t->told, t->n_told * sizeof(*more));
        t->told = more;
    }
    t->told[t->n_told++] =
        (struct outside_cell){ .stat = arena_strdup(&t->arena, c[0].text),
                               .period = arena_strdup(&t->arena, c[1].text),
                               .unit = arena_strdup(&t->arena, c[2].text),
                               .dims = arena_strdup(&t->arena, c[3].text),
                               .value = c[4].number };
    return ERR_OK;
}

static enum err tell(struct telling *t, const struct outside_cell *c, int64_t value)
{
    return store_run(t->server->store, Q_FORWARD_SET, NULL, NULL, PARAM_TEXT(c->stat),
                     PARAM_TEXT(c->period), PARAM_TEXT(c->unit), PARAM_TEXT(c->dims),
                     PARAM_INT(value), PARAM_INT(++t->parent.rev));
}

/* Both lists are sorted. A figure that may not leave any more falls to 0; where we may have
 * told one and forgotten it, so does each that may not leave. */
static enum err tell_changes(struct telling *t, const struct outside *now)
{
    size_t i = 0, k = 0;
    enum err err = ERR_OK;

    while (!err && (i < now->n || k < t->n_told)) {
        const struct outside_cell *cell = i < now->n ? &now->cells[i] : NULL;
        const struct outside_cell *told = k < t->n_told ? &t->told[k] : NULL;
        int order = !cell ? 1 : !told ? -1 : outside_compare(cell, told);
        int64_t was = told && order >= 0 ? told->value : 0;
        int64_t is = cell && order <= 0 && !cell->hidden ? cell->value : 0;

        if (is != was || (order < 0 && t->parent.wary))
            err = tell(t, cell && order <= 0 ? cell : told, is);
        i += order <= 0;
        k += order >= 0;
    }
    return err;
}

enum err forward_refresh(struct telling *t)
{
    struct outside now;
    enum err err = outside_read(t->server, &t->arena, &now);

    if (err)
        return err;
    outside_merge(&now);
    err = store_run_plain(t->server->store, Q_FORWARD_ROWS, take_told, t);
    return err ? err : tell_changes(t, &now);
}
