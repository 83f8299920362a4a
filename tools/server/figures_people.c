/* The gauges: người. Of free days no gauge speaks: then their months say from how many
 * (of the fullest month) to how many (all months together) people there were. */
#include <string.h>

#include "figures_private.h"

/* `value` is of one kiosk sum and period; of several months this is called for each. */
static void add_people(struct reading *r, struct figure *figure, int64_t v)
{
    if (r->f->period.kind != PERIOD_RANGE) {
        figures_add(figure, v);
        return;
    }
    figure->known = true;
    figure->most += v;
    if (v > figure->value)
        figure->value = v;
}

/* `dims` is "<name>=<code>;thon=<thôn>": the thôn's row. */
static struct figures_thon *thon_under(struct reading *r, const char *dims,
                                       const char *start)
{
    size_t n = strlen(start);

    return strncmp(dims, start, n) ? NULL : figures_thon_row(r, dims + n);
}

static void take_thon(struct reading *r, bool registered, const char *dims, int64_t v)
{
    struct figures_thon *thon;

    if (!strchr(dims, ';')) {
        thon = thon_under(r, dims, "thon=");
        if (thon)
            add_people(r, registered ? &thon->registered : &thon->finished, v);
        return;
    }
    thon = registered ? thon_under(r, dims, "sex=f;thon=") : NULL;
    if (thon)
        figures_add(&thon->women, v);
    thon = registered ? thon_under(r, dims, "band=b4;thon=") : NULL;
    if (thon)
        figures_add(&thon->over60, v);
}

/* Cells of Q_PAGE_GAUGES and Q_PAGE_STOCK: stat unit dims value. */
static enum err take_gauge(void *ctx, const struct cell *c)
{
    struct reading *r = ctx;
    struct figures *f = r->f;
    const char *dims = c[2].text;
    bool registered = !strcmp(c[0].text, "registered");
    bool finished = !strcmp(c[0].text, "finished_one");
    bool whole = !strcmp(dims, "-");

    if (whole && registered) {
        figures_add(&f->registered, c[3].number);
    } else if (whole && finished) {
        add_people(r, &f->finished, c[3].number);
    } else if (whole && !strcmp(c[0].text, "lesson_firsts")) {
        struct figures_lesson *lesson = figures_lesson_row(r, c[1].text);

        if (lesson)
            figures_add(&lesson->firsts, c[3].number);
    } else if (registered && !strcmp(dims, "sex=f")) {
        figures_add(&f->women, c[3].number);
    } else if (registered && !strcmp(dims, "band=b4")) {
        figures_add(&f->over60, c[3].number);
    } else if (registered || finished) {
        take_thon(r, registered, dims, c[3].number);
    } else if (whole) {
        figures_add_other(r, c[0].text, true, c[3].number);
    }
    return ERR_OK;
}

/* The months that free days touch; of the last one the stock is read. */
static enum err read_months(struct reading *r, char last[PERIOD_NAME_CHARS])
{
    const struct period *days = &r->f->period;
    struct period month = period_of(PERIOD_MONTH, days->first_day);
    enum err err = ERR_OK;

    for (; !err && month.first_day < days->end_day; month = period_step(&month, 1)) {
        period_name(&month, last);
        err =
            store_run(r->server->store, Q_PAGE_GAUGES, take_gauge, r, PARAM_TEXT(last));
    }
    return err;
}

enum err figures_read_people(struct reading *r)
{
    struct store *store = r->server->store;
    char name[PERIOD_NAME_CHARS];
    enum err err;

    period_name(&r->f->period, name);
    err = r->f->period.kind == PERIOD_RANGE
              ? read_months(r, name)
              : store_run(store, Q_PAGE_GAUGES, take_gauge, r, PARAM_TEXT(name));
    if (!err)
        err = store_run(store, Q_PAGE_STOCK, take_gauge, r, PARAM_TEXT(name));
    if (err || r->f->registered.known)
        return err;
    err = store_run(store, Q_PAGE_STOCK, take_gauge, r, PARAM_TEXT("all"));
    r->f->registered_now = r->f->registered.known;
    return err;
}
