/* See targets.h. */
#include "targets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "record.h"

#define TARGETS_MAX 500
#define DIMS_BYTES 32

struct targets {
    struct arena arena;
    const char *keys[TARGETS_MAX];
    struct record records[TARGETS_MAX];
    size_t n;
};

static enum err take_target(void *ctx, const struct cell *c)
{
    struct targets *t = ctx;
    const char *why;

    if (t->n < TARGETS_MAX && !strncmp(c[0].text, "target.", 7) &&
        record_read(c[0].text, c[1].text, &t->records[t->n], &why))
        t->keys[t->n++] = arena_strdup(&t->arena, c[0].text);
    return ERR_OK;
}

static enum err note_one(struct server *s, const char *key, const struct record *r,
                         const char *today)
{
    char dims[DIMS_BYTES] = "-";
    int64_t value = 0;
    enum err err;

    if (r->code[0])
        snprintf(dims, sizeof(dims), "group=%s", r->code);
    err = store_run(s->store, Q_PEOPLE_SUM, store_number, &value,
                    PARAM_TEXT(TARGETS_STAT), PARAM_TEXT(r->period), PARAM_TEXT(dims));
    if (err || value < r->numbers[0] || value == 0)
        return err;
    return store_run(s->store, Q_REACHED_ADD, NULL, NULL, PARAM_TEXT(key),
                     PARAM_TEXT(today));
}

enum err targets_note(struct server *s)
{
    struct targets *t;
    char today[11];
    enum err err;

    if (!server_clock_is_sane(s))
        return ERR_OK;
    t = check_alloc(sizeof(*t));
    *t = (struct targets){ .n = 0 };
    clock_day_text(clock_day(clock_wall_ms(s->clock)), today);
    err = store_run_plain(s->store, Q_SETTINGS, take_target, t);
    for (size_t i = 0; !err && i < t->n; i++)
        err = note_one(s, t->keys[i], &t->records[i], today);
    arena_finish(&t->arena);
    free(t);
    return err;
}
