/* See spot_check.h. */
#include "spot_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/hash.h"
#include "deeds.h"
#include "figures.h"

#define LINES_MAX 400000
#define KEY_BYTES 256
#define OBJECT_BYTES 64

static const char seed_letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

struct drawing {
    const struct period *period;
    struct arena *arena;
    struct spot_row *rows;
    size_t n, cap;
};

bool spot_row_is_placed(const struct spot_row *row)
{
    return *row->day != '?';
}

/* --- the lines ---------------------------------------------------------------------------- */

static enum err add(struct drawing *d, const struct spot_row *row)
{
    if (d->n == LINES_MAX)
        return ERR_FULL;
    if (d->n == d->cap) {
        struct spot_row *more;

        d->cap = d->cap ? 2 * d->cap : 256;
        more = arena_alloc(d->arena, d->cap * sizeof(*more));
        if (d->n)
            memcpy(more, d->rows, d->n * sizeof(*more));
        d->rows = more;
    }
    d->rows[d->n++] =
        (struct spot_row){ arena_strdup(d->arena, row->kiosk),
                           arena_strdup(d->arena, row->day),
                           arena_strdup(d->arena, row->run),
                           arena_strdup(d->arena, row->lesson), row->claimed };
    return ERR_OK;
}

/* Cells of Q_CHECK_ROWS: kiosk period unit value start uncertainty trust run. */
static enum err take(void *ctx, const struct cell *c)
{
    struct drawing *d = ctx;
    struct spot_row row = { c[0].text, c[1].text, "-", c[2].text, c[3].number };
    char text[11];
    int64_t day;

    if (*row.day == '?') {
        if (!figures_place(strtoll(row.day + 1, NULL, 10), c[4].number, c[5].number,
                           c[6].number, &day)) {
            row.run = c[7].text;
            return add(d, &row);
        }
        if (!period_holds(d->period, day))
            return ERR_OK;
        clock_day_text(day, text);
        row.day = text;
    }
    return add(d, &row);
}

static int by_key(const void *a, const void *b)
{
    const struct spot_row *x = a, *y = b;
    int order = strcmp(x->kiosk, y->kiosk);

    if (!order)
        order = strcmp(x->day, y->day);
    if (!order)
        order = strcmp(x->lesson, y->lesson);
    return order ? order : strcmp(x->run, y->run);
}

/* Lives of a machine add up; what was withdrawn whole is no line. */
static void fold(struct drawing *d)
{
    size_t n = 0, used = 0;

    if (d->n)
        qsort(d->rows, d->n, sizeof(*d->rows), by_key);
    for (size_t i = 0; i < d->n; i++) {
        if (n && !by_key(&d->rows[n - 1], &d->rows[i]))
            d->rows[n - 1].claimed += d->rows[i].claimed;
        else
            d->rows[n++] = d->rows[i];
    }
    for (size_t i = 0; i < n; i++)
        if (d->rows[i].claimed > 0)
            d->rows[used++] = d->rows[i];
    d->n = used;
}

/* --- the draw ----------------------------------------------------------------------------- */

struct lot {
    char hash[HASH_SHA256_HEX];
    size_t row;
};

static int by_hash(const void *a, const void *b)
{
    const struct lot *x = a, *y = b;

    return strcmp(x->hash, y->hash);
}

static void draw(struct drawing *d, const char *seed, size_t n, struct spot_sample *out)
{
    struct lot *lots = check_alloc((d->n + 1) * sizeof(*lots));
    char key[KEY_BYTES];

    for (size_t i = 0; i < d->n; i++) {
        const struct spot_row *row = &d->rows[i];
        int len = snprintf(key, sizeof(key), "%s|%s|%s|%s|%s", seed, row->kiosk,
                           row->day, row->run, row->lesson);

        ASSERT(len > 0 && (size_t)len < sizeof(key)); /* ids are short: wire/bundle.h */
        hash_sha256_hex(key, (size_t)len, lots[i].hash);
        lots[i].row = i;
    }
    qsort(lots, d->n, sizeof(*lots), by_hash);
    out->n_all = d->n;
    out->n = n < d->n ? n : d->n;
    out->rows = arena_alloc(d->arena, (out->n + 1) * sizeof(*out->rows));
    for (size_t i = 0; i < out->n; i++)
        out->rows[i] = d->rows[lots[i].row];
    if (out->n)
        qsort(out->rows, out->n, sizeof(*out->rows), by_key);
    free(lots);
}

enum err spot_check_draw(struct server *s, const struct period *period,
                         const char *seed, size_t n, struct arena *arena,
                         struct spot_sample *out)
{
    struct drawing d = { .period = period, .arena = arena };
    char from[11] = "0", to[11] = "9999-12-31";
    enum err err;

    *out = (struct spot_sample){ 0 };
    if (period->kind != PERIOD_ALL) {
        clock_day_text(period->first_day, from);
        clock_day_text(period->end_day - 1, to);
    }
    err = store_run(s->store, Q_CHECK_ROWS, take, &d, PARAM_TEXT(from), PARAM_TEXT(to));
    if (err)
        return err == ERR_FULL && d.n == LINES_MAX ? err : server_note(s, err);
    fold(&d);
    draw(&d, seed, n, out);
    return ERR_OK;
}

/* --- seed and log ------------------------------------------------------------------------- */

void spot_check_seed(char out[SPOT_CHECK_SEED_CHARS])
{
    for (size_t i = 0; i + 1 < SPOT_CHECK_SEED_CHARS; i++)
        out[i] = seed_letters[hash_random_below(sizeof(seed_letters) - 1)];
    out[SPOT_CHECK_SEED_CHARS - 1] = 0;
}

bool spot_check_seed_ok(const char *seed)
{
    return strlen(seed) == SPOT_CHECK_SEED_CHARS - 1 &&
           strspn(seed, seed_letters) == SPOT_CHECK_SEED_CHARS - 1;
}

static void object_of(const struct period *period, const char *seed, size_t n,
                      char out[OBJECT_BYTES])
{
    char name[PERIOD_NAME_CHARS];

    period_name(period, name);
    (void)snprintf(out, OBJECT_BYTES, "%s %zu %s", name, n, seed);
}

enum err spot_check_log(struct server *s, const char *by, const struct period *period,
                        const char *seed, size_t n)
{
    char object[OBJECT_BYTES];

    object_of(period, seed, n, object);
    return deeds_add(s, by, DEED_SPOT_CHECK, object);
}

struct looking {
    const char *object;
    bool found;
};

static enum err look(void *ctx, const struct deed *line)
{
    struct looking *l = ctx;

    l->found =
        l->found || (line->what == DEED_SPOT_CHECK && !strcmp(line->object, l->object));
    return ERR_OK;
}

enum err spot_check_is_logged(struct server *s, const struct period *period,
                              const char *seed, size_t n, bool *out)
{
    char object[OBJECT_BYTES];
    struct looking l = { object, false };
    enum err err;

    object_of(period, seed, n, object);
    err = deeds_each(s, INT64_MAX, look, &l);
    *out = l.found;
    return err;
}
