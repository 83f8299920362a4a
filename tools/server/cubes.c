/* See cubes.h. */
#include "cubes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "vietnamese/collate.h"

#define ROWS_MAX 500 /* of one kind */
#define KEY_BYTES 512

static const struct kind {
    const char *dim;
    const char *title;
} kinds[CUBE_KINDS] = {
    [CUBE_SEX] = { "sex", "Nam, nữ" },
    [CUBE_BAND] = { "band", "Độ tuổi" },
    [CUBE_GROUP] = { "group", "Nhóm đối tượng" },
    [CUBE_JOB] = { "job", "Nghề nghiệp" },
    [CUBE_UNIT] = { "unit", "Đơn vị" },
};

/* Codes that kiosks know, in official order. */
static const struct known {
    enum cube_kind kind;
    const char *code;
    const char *name;
} known[] = {
    { CUBE_SEX, "f", "Nữ" },
    { CUBE_SEX, "m", "Nam" },
    { CUBE_BAND, "b0", "Dưới 14 tuổi" },
    { CUBE_BAND, "b1", "14–17 tuổi" },
    { CUBE_BAND, "b2", "18–34 tuổi" },
    { CUBE_BAND, "b3", "35–59 tuổi" },
    { CUBE_BAND, "b4", "Từ 60 tuổi" },
    { CUBE_GROUP, "g1", "Học sinh, sinh viên" },
    { CUBE_GROUP, "g2", "Người dân" },
    { CUBE_GROUP, "g3", "Cán bộ, công chức, viên chức" },
    { CUBE_GROUP, "g4", "Người lao động" },
    { CUBE_JOB, "j1", "Cán bộ, công chức" },
    { CUBE_JOB, "j2", "Viên chức" },
    { CUBE_JOB, "j3", "Chiến sĩ lực lượng vũ trang" },
    { CUBE_JOB, "j4", "Công nhân" },
    { CUBE_JOB, "j5", "Nông dân" },
    { CUBE_JOB, "j6", "Người lao động khác" },
    { CUBE_JOB, "j7", "Học sinh, sinh viên" },
    { CUBE_JOB, "j8", "Hưu trí, cao tuổi" },
    { CUBE_JOB, "j9", "Khác" },
};

struct reading {
    struct server *server;
    struct arena *arena;
    struct cubes *cubes;
    const struct period *period;
};

const char *cubes_title(enum cube_kind kind)
{
    return kinds[kind].title;
}

static struct cube *row_of(const struct cubes *c, enum cube_kind kind, const char *code)
{
    for (size_t i = 0; i < c->n_rows[kind]; i++)
        if (!strcmp(c->rows[kind][i].code, code))
            return &c->rows[kind][i];
    return NULL;
}

const struct cube *cubes_find(const struct cubes *c, enum cube_kind kind,
                              const char *code)
{
    return row_of(c, kind, code);
}

/* Made when there is none; NULL: the list is full. */
static struct cube *make_row(struct reading *r, enum cube_kind kind, const char *code)
{
    struct cube *row = row_of(r->cubes, kind, code);
    size_t *n = &r->cubes->n_rows[kind];

    if (row || *n == ROWS_MAX)
        return row;
    row = &r->cubes->rows[kind][(*n)++];
    row->code = arena_strdup(r->arena, code);
    return row;
}

/* The row of dims of one pair, "sex=f"; NULL: it is of another kind. */
static struct cube *cube_of(struct reading *r, const char *dims)
{
    for (size_t i = 0; i < CUBE_KINDS; i++) {
        size_t n = strlen(kinds[i].dim);

        if (!strncmp(dims, kinds[i].dim, n) && dims[n] == '=' && !strchr(dims, ';'))
            return make_row(r, (enum cube_kind)i, dims + n + 1);
    }
    return NULL;
}

static void add(struct figure *figure, int64_t v)
{
    figure->known = true;
    figure->value += v;
}

/* Cells of Q_PAGE_CUBES: stat period unit dims value start uncertainty trust. */
static enum err take_count(void *ctx, const struct cell *c)
{
    struct reading *r = ctx;
    const char *period = c[1].text;
    int64_t day = 0;
    bool placed = period[0] == '?'
                      ? figures_place(strtoll(period + 1, NULL, 10), c[5].number,
                                      c[6].number, c[7].number, &day)
                      : (day = clock_day_parse(period)) >= 0;
    struct cube *cube;

    if (placed ? !period_holds(r->period, day) : r->period->kind != PERIOD_ALL)
        return ERR_OK;
    cube = cube_of(r, c[3].text);
    if (!cube)
        return ERR_OK;
    if (!strcmp(c[0].text, "completions"))
        add(&cube->completions, c[4].number);
    else if (!strcmp(c[0].text, "attendance"))
        add(&cube->attendance, c[4].number);
    else
        add(&cube->classes, c[4].number);
    return ERR_OK;
}

static enum err read_counts(struct reading *r)
{
    static const char *const stats[] = { "completions", "attendance", "classes" };
    struct period_days days;
    enum err err = ERR_OK;

    period_days(r->period, &days);
    for (size_t i = 0; i < COUNT(stats) && !err; i++) {
        err = store_run(r->server->store, Q_PAGE_CUBES, take_count, r,
                        PARAM_TEXT(stats[i]), PARAM_TEXT(days.first),
                        PARAM_TEXT(days.last));
        if (!err)
            err = store_run(r->server->store, Q_PAGE_CUBE_HOURS, take_count, r,
                            PARAM_TEXT(stats[i]));
    }
    return err;
}

/* Cells of Q_PAGE_GAUGES and Q_PAGE_STOCK: stat unit dims value. */
static enum err take_gauge(void *ctx, const struct cell *c)
{
    struct reading *r = ctx;
    bool registered = !strcmp(c[0].text, "registered");
    struct cube *cube =
        registered || !strcmp(c[0].text, "finished_one") ? cube_of(r, c[2].text) : NULL;
    struct figure *figure;

    if (!cube)
        return ERR_OK;
    figure = registered ? &cube->registered : &cube->finished;
    figure->known = true;
    if (registered || r->period->kind != PERIOD_RANGE) {
        figure->value += c[3].number;
        return ERR_OK;
    }
    figure->most += c[3].number; /* of free days, as in figures_people.c */
    if (c[3].number > figure->value)
        figure->value = c[3].number;
    return ERR_OK;
}

static enum err read_people(struct reading *r)
{
    const struct period *p = r->period;
    struct period month = period_of(PERIOD_MONTH, p->first_day < 0 ? 0 : p->first_day);
    char name[PERIOD_NAME_CHARS];
    bool is_range = p->kind == PERIOD_RANGE;
    enum err err = ERR_OK;

    period_name(p, name);
    if (!is_range)
        err =
            store_run(r->server->store, Q_PAGE_GAUGES, take_gauge, r, PARAM_TEXT(name));
    for (; is_range && !err && month.first_day < p->end_day;
         month = period_step(&month, 1)) {
        period_name(&month, name);
        err =
            store_run(r->server->store, Q_PAGE_GAUGES, take_gauge, r, PARAM_TEXT(name));
    }
    if (!err)
        err =
            store_run(r->server->store, Q_PAGE_STOCK, take_gauge, r, PARAM_TEXT(name));
    return err;
}

static enum err take_unit(void *ctx, const struct cell *c)
{
    struct reading *r = ctx;
    struct cube *unit =
        strncmp(c[0].text, "unit.", 5) ? NULL : make_row(r, CUBE_UNIT, c[0].text + 5);

    if (unit)
        unit->name = arena_strdup(r->arena, c[1].text);
    return ERR_OK;
}

/* By name as a Vietnamese dictionary has it; without a name last, by code. */
static int by_name(const void *a, const void *b)
{
    const struct cube *x = a;
    const struct cube *y = b;
    char key_x[KEY_BYTES];
    char key_y[KEY_BYTES];

    if (!x->name || !y->name)
        return x->name ? -1 : y->name ? 1 : strcmp(x->code, y->code);
    collate_key(x->name, key_x, sizeof(key_x));
    collate_key(y->name, key_y, sizeof(key_y));
    return strcmp(key_x, key_y);
}

enum err cubes_read(struct server *s, const struct period *period, struct arena *arena,
                    struct cubes *out)
{
    struct reading r = { s, arena, out, period };
    enum err err;

    *out = (struct cubes){ 0 };
    for (size_t i = 0; i < CUBE_KINDS; i++)
        out->rows[i] = arena_alloc(arena, ROWS_MAX * sizeof(**out->rows));
    for (size_t i = 0; i < COUNT(known); i++) {
        struct cube *row = make_row(&r, known[i].kind, known[i].code);

        ASSERT(row); /* the first have room */
        row->name = known[i].name;
    }
    err = store_run_plain(s->store, Q_SETTINGS, take_unit, &r);
    if (!err)
        err = read_counts(&r);
    if (!err)
        err = read_people(&r);
    qsort(out->rows[CUBE_UNIT], out->n_rows[CUBE_UNIT], sizeof(**out->rows), by_name);
    return server_note(s, err);
}
