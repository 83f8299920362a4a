/* See communes.h. A gauge that is 0 is one that was withdrawn: what is small does not
 * travel, so it is as unknown here as what was never sent. */
#include "communes.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "outside.h"
#include "settings.h"
#include "vietnamese/collate.h"

#define KEY_BYTES 1024
#define COMMUNES_MAX 2000 /* a province has some two hundred */

static const struct kind {
    const char *title;
    const char *unit;
    const char *stat;
} kinds[COMMUNE_FIGURES] = {
    [COMMUNE_REGISTERED] = { "Ghi danh", "người", "registered" },
    [COMMUNE_ACTIVE] = { "Có học", "người", "active" },
    [COMMUNE_FINISHED] = { "Xong ít nhất 1 bài", "người", "finished_one" },
    [COMMUNE_PATH] = { "Hoàn thành", "người", "path_finished" },
    [COMMUNE_COMPLETIONS] = { "Xong bài", "lượt", "completions" },
    [COMMUNE_ATTENDANCE] = { "Dự lớp", "lượt", "attendance" },
    [COMMUNE_CLASSES] = { "Lớp đã mở", "buổi", "classes" },
};

struct reading {
    struct server *server;
    struct arena *arena;
    struct communes *out;
    const struct period *period;
    const char *path; /* whose end is "hoàn thành" */
};

const char *communes_title(enum commune_figure which)
{
    return kinds[which].title;
}

const char *communes_unit(enum commune_figure which)
{
    return kinds[which].unit;
}

/* NULL: the list is full. */
static struct commune *row(struct reading *r, const char *code)
{
    struct communes *c = r->out;

    for (size_t i = 0; i < c->n; i++)
        if (!strcmp(c->rows[i].code, code))
            return &c->rows[i];
    if (c->n == COMMUNES_MAX)
        return NULL;
    c->rows[c->n] = (struct commune){ .code = arena_strdup(r->arena, code) };
    return &c->rows[c->n++];
}

static void add(struct reading *r, const char *code, const char *stat, int64_t v)
{
    struct commune *commune = row(r, code);

    for (size_t i = 0; commune && v > 0 && i < COMMUNE_FIGURES; i++)
        if (!strcmp(kinds[i].stat, stat)) {
            commune->figures[i].known = true;
            commune->figures[i].value += v;
        }
}

/* Cells: commune seen_ms. */
static enum err take_sender(void *ctx, const struct cell *c)
{
    struct commune *commune = row(ctx, c[0].text);

    if (commune)
        commune->seen_ms = c[1].number;
    return ERR_OK;
}

/* Cells: commune stat unit value. */
static enum err take_gauge(void *ctx, const struct cell *c)
{
    struct reading *r = ctx;
    bool is_path = !strcmp(c[1].text, kinds[COMMUNE_PATH].stat);

    if (!strcmp(c[2].text, is_path ? r->path : OUTSIDE_ALL_UNITS))
        add(r, c[0].text, c[1].text, c[3].number);
    return ERR_OK;
}

/* Cells: commune value. */
static enum err take_stock(void *ctx, const struct cell *c)
{
    add(ctx, c[0].text, kinds[COMMUNE_REGISTERED].stat, c[1].number);
    return ERR_OK;
}

/* Cells: commune stat value. */
static enum err take_days(void *ctx, const struct cell *c)
{
    add(ctx, c[0].text, c[1].text, c[2].number);
    return ERR_OK;
}

/* Cells: commune stat period value start uncertainty trust. */
static enum err take_hour(void *ctx, const struct cell *c)
{
    struct reading *r = ctx;
    int64_t day;
    bool placed = figures_place(strtoll(c[2].text + 1, NULL, 10), c[4].number,
                                c[5].number, c[6].number, &day);

    if (placed ? period_holds(r->period, day) : r->period->kind == PERIOD_ALL)
        add(r, c[0].text, c[1].text, c[3].number);
    return ERR_OK;
}

/* Cells: key value. */
static enum err take_name(void *ctx, const struct cell *c)
{
    struct reading *r = ctx;
    size_t n = strlen(SETTING_COMMUNE);
    struct commune *commune =
        strncmp(c[0].text, SETTING_COMMUNE, n) ? NULL : row(r, c[0].text + n);

    if (commune)
        commune->name = arena_strdup(r->arena, c[1].text);
    return ERR_OK;
}

static enum err read_counts(struct reading *r)
{
    char first[11] = "0", last[11] = "9999-12-31";
    enum err err;

    if (r->period->first_day > INT64_MIN)
        clock_day_text(r->period->first_day, first);
    if (r->period->end_day < INT64_MAX)
        clock_day_text(r->period->end_day - 1, last);
    err = store_run(r->server->store, Q_COMMUNE_DAYS, take_days, r, PARAM_TEXT(first),
                    PARAM_TEXT(last));
    return err ? err : store_run_plain(r->server->store, Q_COMMUNE_HOURS, take_hour, r);
}

static enum err read_gauges(struct reading *r)
{
    char name[PERIOD_NAME_CHARS];
    struct buf path;
    enum err err;

    period_name(r->period, name);
    buf_init(&path, SETTING_VALUE_MAX + 1);
    err = settings_get(r->server, "report.path", "short", &path);
    r->path = arena_strdup(r->arena, buf_text(&path));
    buf_finish(&path);
    if (!err)
        err = store_run(r->server->store, Q_COMMUNE_GAUGES, take_gauge, r,
                        PARAM_TEXT(name));
    return err ? err
               : store_run(r->server->store, Q_COMMUNE_STOCK, take_stock, r,
                           PARAM_TEXT(name));
}

static int by_name(const void *a, const void *b)
{
    const struct commune *x = a, *y = b;
    int order = 0;

    if (!x->name != !y->name)
        return !x->name - !y->name;
    if (x->name) {
        char keys[2][KEY_BYTES];

        collate_key(x->name, keys[0], sizeof(keys[0]));
        collate_key(y->name, keys[1], sizeof(keys[1]));
        order = strcmp(keys[0], keys[1]);
    }
    return order ? order : strcmp(x->code, y->code);
}

static void add_up(struct communes *c)
{
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < COMMUNE_FIGURES; k++)
            if (c->rows[i].figures[k].known) {
                c->sums[k].known = true;
                c->sums[k].value += c->rows[i].figures[k].value;
            }
}

enum err communes_read(struct server *s, const struct period *period,
                       struct arena *arena, struct communes *out)
{
    struct reading r = { .server = s, .arena = arena, .out = out, .period = period };
    enum err err;

    *out = (struct communes){ 0 };
    out->rows = arena_alloc(arena, COMMUNES_MAX * sizeof(*out->rows));
    err = store_run_plain(s->store, Q_COMMUNES, take_sender, &r);
    if (!err)
        err = store_run_plain(s->store, Q_SETTINGS, take_name, &r);
    if (!err)
        err = read_counts(&r);
    if (!err && period->kind != PERIOD_RANGE)
        err = read_gauges(&r);
    if (out->n)
        qsort(out->rows, out->n, sizeof(*out->rows), by_name);
    add_up(out);
    return server_note(s, err);
}
