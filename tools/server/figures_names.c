/* Names and numbers of the settings, and the machines. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "figures_private.h"
#include "record.h"
#include "settings.h"
#include "titles.h"

#define TWIN_REMEMBER_MS (30 * 24 * 3600000LL) /* since the last two-faced number */

/* --- the thôn ----------------------------------------------------------------------- */

/* base.<thôn>.<year>: the newest up to the period's year is meant. */
static void take_base(struct reading *r, const char *key, const char *value)
{
    struct record base;
    const char *why;
    struct figures_thon *thon;
    int64_t today = clock_day(r->f->now_ms);
    int year =
        r->f->period.year ? r->f->period.year : period_of(PERIOD_YEAR, today).year;

    if (!record_read(key, value, &base, &why) || base.numbers[2] < 0 ||
        strtol(base.period, NULL, 10) > year)
        return;
    thon = figures_thon_row(r, base.code);
    if (!thon || strcmp(thon->adults_day, base.day) > 0)
        return;
    thon->adults = (struct figure){ .known = true, .value = base.numbers[2] };
    snprintf(thon->adults_day, sizeof(thon->adults_day), "%s", base.day);
}

static enum err take_place(void *ctx, const struct cell *c)
{
    struct reading *r = ctx;

    if (!strncmp(c[0].text, "thon.", 5)) {
        struct figures_thon *thon = figures_thon_row(r, c[0].text + 5);

        if (thon)
            thon->name = arena_strdup(r->arena, c[1].text);
    } else if (!strncmp(c[0].text, "base.", 5)) {
        take_base(r, c[0].text, c[1].text);
    }
    return ERR_OK;
}

enum err figures_read_places(struct reading *r)
{
    return store_run_plain(r->server->store, Q_SETTINGS, take_place, r);
}

/* --- the machines ------------------------------------------------------------------- */

/* Below 0: not known. */
static struct figure number_of(const struct cell *c, bool seen)
{
    return (struct figure){ .known = seen && c->number >= 0, .value = c->number };
}

/* Cells of Q_KIOSKS. */
static enum err take_machine(void *ctx, const struct cell *c)
{
    struct reading *r = ctx;
    struct figures *f = r->f;
    bool seen = c[2].number > 0;

    f->n_waiting += c[0].text == NULL;
    if (!c[0].text || f->n_machines == FIGURES_ROWS_MAX)
        return ERR_OK;
    f->machines[f->n_machines++] = (struct figures_machine){
        .id = arena_strdup(r->arena, c[0].text),
        .commune = arena_strdup(r->arena, c[13].text ? c[13].text : ""),
        .revoked = !strcmp(c[1].text, "revoked"),
        .seen_ms = c[2].number,
        .version = arena_strdup(r->arena, c[3].text ? c[3].text : ""),
        .system = arena_strdup(r->arena, c[14].text ? c[14].text : ""),
        .pack_ver = c[4].number,
        .only_here = c[5].number > 0 ? c[5].number : 0,
        .free_mb = number_of(&c[6], seen),
        .db = arena_strdup(r->arena, c[7].text ? c[7].text : ""),
        .shared_key =
            c[8].number &&
            f->now_ms -
                c[8].number<
                    TWIN_REMEMBER_MS, .number = arena_strdup(r->arena, c[9].text),
                    .temp_c = number_of(&c[10], seen),
                    .power_cuts = number_of(&c[11], seen), .undervolt = c[12].number> 0,
    };
    return ERR_OK;
}

/* Cells of Q_KIOSK_CLOCKS: kiosk trust uncertainty_ms. */
static enum err take_clock(void *ctx, const struct cell *c)
{
    struct reading *r = ctx;
    struct figures *f = r->f;

    for (size_t i = 0; i < f->n_machines; i++) {
        if (strcmp(f->machines[i].id, c[0].text) != 0)
            continue;
        f->machines[i].trust = (struct figure){ .known = true, .value = c[1].number };
        f->machines[i].uncertainty_ms = c[2].number;
    }
    return ERR_OK;
}

enum err figures_read_machines(struct reading *r)
{
    enum err err = store_run_plain(r->server->store, Q_KIOSKS, take_machine, r);

    if (!err)
        err = store_run_plain(r->server->store, Q_KIOSK_CLOCKS, take_clock, r);
    return err;
}

/* --- names, order ------------------------------------------------------------------- */

static enum err take_name(void *ctx, const struct cell *c)
{
    struct reading *r = ctx;
    struct figures *f = r->f;

    if (!strcmp(c[0].text, "commune.name"))
        f->commune = arena_strdup(r->arena, c[1].text);
    for (size_t i = 0; !strncmp(c[0].text, "lesson.", 7) && i < f->n_lessons; i++)
        if (!strcmp(f->lessons[i].id, c[0].text + 7))
            f->lessons[i].title = arena_strdup(r->arena, c[1].text);
    for (size_t i = 0; !strncmp(c[0].text, "kiosk.", 6) && i < f->n_machines; i++)
        if (!strcmp(f->machines[i].id, c[0].text + 6))
            f->machines[i].name = arena_strdup(r->arena, c[1].text);
    for (size_t i = 0; !strncmp(c[0].text, SETTING_COMMUNE, 3) && i < f->n_machines;
         i++)
        if (!strcmp(f->machines[i].commune, c[0].text + 3) && !f->machines[i].name)
            f->machines[i].name =
                arena_printf(r->arena, "%s (%s)", c[1].text, f->machines[i].id);
    return ERR_OK;
}

static int by_place(const void *a, const void *b)
{
    const struct figures_lesson *x = a;
    const struct figures_lesson *y = b;

    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return strcmp(x->id, y->id);
}

static int by_code(const void *a, const void *b)
{
    const struct figures_thon *x = a;
    const struct figures_thon *y = b;

    return strcmp(x->code, y->code);
}

enum err figures_read_names(struct reading *r)
{
    const struct titles *titles = r->server->titles;
    struct figures *f = r->f;
    enum err err = store_run_plain(r->server->store, Q_SETTINGS, take_name, r);

    for (size_t i = 0; i < f->n_lessons; i++) {
        struct figures_lesson *l = &f->lessons[i];

        l->place = titles ? titles_find(titles, l->id) : 0;
        if (!l->title)
            l->title = titles && l->place < titles->n_rows ? titles->rows[l->place].text
                                                           : l->id;
    }
    qsort(f->lessons, f->n_lessons, sizeof(*f->lessons), by_place);
    qsort(f->thons, f->n_thons, sizeof(*f->thons), by_code);
    for (size_t i = 0; i < f->n_machines; i++)
        if (!f->machines[i].name)
            f->machines[i].name =
                *f->machines[i].commune
                    ? arena_printf(r->arena, "%s (%s)", f->machines[i].commune,
                                   f->machines[i].id)
                    : f->machines[i].id;
    return err;
}
