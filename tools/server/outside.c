/* Hides small cells and what would tell them. Every sum that holds between cells is a
 * line: a whole and its parts, by units, by the codes of a dimension, by time, by a
 * statistic within another. What a line's parts leave of the whole ("sex not said") is a
 * part that never travels. A line is in order when nothing of it can be subtracted out;
 * lines are mended until all are in order, which ends, because mending only hides. */
#include "outside.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"

#define BY_UNITS "1"
#define BY_TIME "2"
#define BY_PHASES "3"
#define BY_STAT "4" /* a dimension's name never begins with a digit that stands here */
#define YEAR_CHARS 4

struct link {
    size_t whole;
    const char *kind;
    size_t part;
};

struct links {
    struct outside *o;
    struct arena arena; /* of periods and kinds */
    struct link *all;
    size_t n, cap;
};

int outside_compare(const void *a, const void *b)
{
    const struct outside_cell *x = a, *y = b;
    int order = strcmp(x->stat, y->stat);

    if (!order)
        order = strcmp(x->period, y->period);
    if (!order)
        order = strcmp(x->unit, y->unit);
    return order ? order : strcmp(x->dims, y->dims);
}

/* --- periods ------------------------------------------------------------------------ */

static bool is_year(const char *period)
{
    return strlen(period) == YEAR_CHARS && period[0] >= '0' && period[0] <= '9';
}

static const char *phase_of_year(const struct outside *o, const char *year)
{
    return strtol(year, NULL, 10) <= o->phase1_year ? "P1" : "P2";
}

const char *outside_period_above(const struct outside *o, const char *period,
                                 struct arena *arena)
{
    int part;

    if (is_year(period))
        return o->years_fill_phases ? phase_of_year(o, period) : "all";
    if (strlen(period) != YEAR_CHARS + 3)
        return NULL;
    part = period[6] - '0';
    switch (period[5]) {
    case 'H':
        return arena_strndup(arena, period, YEAR_CHARS);
    case 'Q':
        return arena_printf(arena, "%.4s-H%d", period, (part + 1) / 2);
    default:
        part += 10 * (period[5] - '0');
        return arena_printf(arena, "%.4s-Q%d", period, (part + 2) / 3);
    }
}

/* --- lines -------------------------------------------------------------------------- */

static size_t find(const struct outside *o, const char *stat, const char *period,
                   const char *unit, const char *dims)
{
    const struct outside_cell key = {
        .stat = stat, .period = period, .unit = unit, .dims = dims
    };
    const struct outside_cell *at =
        o->n ? bsearch(&key, o->cells, o->n, sizeof(key), outside_compare) : NULL;

    return at ? (size_t)(at - o->cells) : o->n;
}

static void add_link(struct links *l, size_t whole, const char *kind, size_t part)
{
    if (whole == l->o->n)
        return;
    if (l->n == l->cap) {
        struct link *more;

        l->cap = l->cap ? 2 * l->cap : 1024;
        more = check_alloc(l->cap * sizeof(*more));
        if (l->n)
            memcpy(more, l->all, l->n * sizeof(*more));
        free(l->all);
        l->all = more;
    }
    l->all[l->n++] = (struct link){ whole, kind, part };
}

static void link_cell(struct links *l, size_t i)
{
    const struct outside *o = l->o;
    const struct outside_cell *c = &o->cells[i];
    const char *above =
        c->over_time ? outside_period_above(o, c->period, &l->arena) : NULL;
    bool whole = !strcmp(c->dims, "-");

    if (c->over_units && whole && strcmp(c->unit, OUTSIDE_ALL_UNITS) != 0)
        add_link(l, find(o, c->stat, c->period, OUTSIDE_ALL_UNITS, "-"), BY_UNITS, i);
    if (!whole)
        add_link(l, find(o, c->stat, c->period, c->unit, "-"),
                 arena_strndup(&l->arena, c->dims, strcspn(c->dims, "=")), i);
    if (above)
        add_link(l, find(o, c->stat, above, c->unit, c->dims), BY_TIME, i);
    if (c->over_time && c->period[0] == 'P')
        add_link(l, find(o, c->stat, "all", c->unit, c->dims), BY_PHASES, i);
    if (c->part_of)
        add_link(l, find(o, c->part_of, c->period, c->unit, c->dims),
                 arena_printf(&l->arena, BY_STAT "%s", c->stat), i);
}

static int by_line(const void *a, const void *b)
{
    const struct link *x = a, *y = b;
    int order;

    if (x->whole != y->whole)
        return x->whole < y->whole ? -1 : 1;
    order = strcmp(x->kind, y->kind);
    return order ? order : (x->part > y->part) - (x->part < y->part);
}

static bool same_line(const struct link *a, const struct link *b)
{
    return a->whole == b->whole && !strcmp(a->kind, b->kind);
}

/* --- mending ------------------------------------------------------------------------ */

struct line {
    struct outside_cell *whole;
    int64_t rest;     /* what the parts leave of the whole; never travels */
    size_t n_unknown; /* parts that do not travel, with the rest */
    int64_t unknown;  /* they come to */
    bool hides;       /* something there must not be told */
    struct outside_cell *smallest; /* that travels still, or NULL */
};

static struct line look(struct outside *o, const struct link *links, size_t n)
{
    struct line l = { .whole = &o->cells[links[0].whole] };

    l.rest = l.whole->value;
    for (size_t i = 0; i < n; i++) {
        struct outside_cell *part = &o->cells[links[i].part];

        l.rest -= part->value;
        if (part->hidden) {
            l.n_unknown++;
            l.unknown += part->value;
            l.hides = true;
        } else if (!l.smallest || part->value < l.smallest->value) {
            l.smallest = part;
        }
    }
    if (l.rest) {
        l.n_unknown++;
        l.unknown += l.rest > 0 ? l.rest : 0;
        l.hides = l.hides || (l.rest > 0 && l.rest < OUTSIDE_SMALL);
    }
    return l;
}

/* True: one cell more is hidden. */
static bool mend(struct outside *o, const struct link *links, size_t n)
{
    struct line l = look(o, links, n);
    bool wrong = l.whole->hidden
                     ? !l.n_unknown /* its parts would add up to it */
                     : l.hides && (l.n_unknown < 2 || l.unknown < OUTSIDE_SMALL);

    if (!wrong)
        return false;
    if (l.smallest)
        l.smallest->hidden = true;
    else
        l.whole->hidden = true;
    return true;
}

static bool mend_all(struct outside *o, const struct link *links, size_t n)
{
    bool moved = false;

    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && same_line(&links[i], &links[end]);)
            end++;
        while (mend(o, links + i, end - i))
            moved = true;
    }
    return moved;
}

void outside_merge(struct outside *o)
{
    struct links l = { .o = o };

    if (o->n)
        qsort(o->cells, o->n, sizeof(*o->cells), outside_compare);
    for (size_t i = 0; i < o->n; i++) {
        o->cells[i].hidden = o->cells[i].value < OUTSIDE_SMALL;
        if (o->cells[i].value > 0) /* what is 0 hides nobody */
            link_cell(&l, i);
    }
    if (l.n)
        qsort(l.all, l.n, sizeof(*l.all), by_line);
    while (mend_all(o, l.all, l.n))
        ;
    free(l.all);
    arena_finish(&l.arena);
}
