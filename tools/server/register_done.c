/* See register_done.h. */
#include "register_done.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "period.h"

#define UNIT_DIMS "unit="

struct reading {
    struct arena *arena;
    struct register_counts *out;
    size_t cap;
};

static struct register_count *add(struct reading *r)
{
    struct register_counts *c = r->out;

    if (c->n == r->cap) {
        struct register_count *more;

        r->cap = r->cap ? 2 * r->cap : 64;
        more = arena_alloc(r->arena, r->cap * sizeof(*more));
        if (c->n)
            memcpy(more, c->rows, c->n * sizeof(*more));
        c->rows = more;
    }
    return &c->rows[c->n++];
}

/* Cells of Q_PAGE_CUBES: stat period unit dims value, of hours also start uncertainty
 * trust. Hours whose day nobody knows belong to no month. */
static enum err take(void *ctx, const struct cell *c)
{
    struct reading *r = ctx;
    const char *unit = c[3].text + strlen(UNIT_DIMS);
    int64_t day = clock_day_parse(c[1].text);
    struct register_count *row;

    if (strncmp(c[3].text, UNIT_DIMS, strlen(UNIT_DIMS)) != 0 || strchr(unit, ';') ||
        (c[1].text[0] == '?' &&
         !figures_place(strtoll(c[1].text + 1, NULL, 10), c[5].number, c[6].number,
                        c[7].number, &day)))
        return ERR_OK;
    row = add(r);
    *row = (struct register_count){ .unit = arena_strdup(r->arena, unit),
                                    .day = day,
                                    .is_class = !strcmp(c[0].text, "classes"),
                                    .value = c[4].number };
    return ERR_OK;
}

enum err register_counts_read(struct server *s, struct arena *arena,
                              struct register_counts *out)
{
    static const char *const stats[] = { "classes", "completions" };
    struct period all = period_of(PERIOD_ALL, 0);
    struct reading r = { .arena = arena, .out = out };
    struct period_days days;
    enum err err = ERR_OK;

    *out = (struct register_counts){ 0 };
    period_days(&all, &days);
    for (size_t i = 0; i < COUNT(stats) && !err; i++) {
        err = store_run(s->store, Q_PAGE_CUBES, take, &r, PARAM_TEXT(stats[i]),
                        PARAM_TEXT(days.first), PARAM_TEXT(days.last));
        if (!err)
            err =
                store_run(s->store, Q_PAGE_CUBE_HOURS, take, &r, PARAM_TEXT(stats[i]));
    }
    return server_note(s, err);
}

/* Adds up the unit's rows of these days; each is known once it sent any of them. */
static void add_up(const struct register_counts *c, const char *unit, int64_t first,
                   int64_t end, struct register_done *done)
{
    for (size_t i = 0; i < c->n; i++) {
        const struct register_count *row = &c->rows[i];
        struct figure *sum = row->is_class ? &done->classes : &done->completions;

        if (strcmp(row->unit, unit) != 0)
            continue;
        sum->known = true;
        if (row->day >= first && row->day < end)
            sum->value += row->value;
    }
}

struct register_done register_done_of(const struct register_counts *c,
                                      const struct entry *e)
{
    struct register_done done = { 0 };
    const char *unit = e->values[register_field_of(e->kind, REGISTER_UNIT)];
    int64_t first;
    int64_t end;
    struct period month;

    if (!register_months(e->values[register_field_of(e->kind, REGISTER_MONTHS)], &first,
                         &end))
        return done;
    add_up(c, unit, first, end, &done);
    for (month = period_of(PERIOD_MONTH, first); month.first_day < end;
         month = period_step(&month, 1)) {
        struct register_done of_month = { 0 };

        done.months_taken++;
        add_up(c, unit, month.first_day, month.end_day, &of_month);
        done.months.value += of_month.classes.value > 0;
    }
    done.months.known = done.classes.known;
    return done;
}

void register_done_words(const struct register_done *done, struct buf *out)
{
    if (done->months.known)
        buf_printf(out, "%" PRId64 "/%d tháng có buổi học, %" PRId64 " buổi",
                   done->months.value, done->months_taken, done->classes.value);
    if (done->completions.known)
        buf_printf(out, "%s%" PRId64 " lượt xong bài", done->months.known ? ", " : "",
                   done->completions.value);
    if (!done->months.known && !done->completions.known)
        buf_str(out, "chưa có số liệu");
}
