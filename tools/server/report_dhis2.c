/* A report as DHIS2 dataValueSets. Without a mapping the codes are our own
 * (BDHVS_B1_ACTIVE …), for a DHIS2 that has them as codes; with one, its uids. What DHIS2
 * holds is beyond the commune, so small cells are merged before (report_cli.c). */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/json.h"
#include "report.h"

#define MAP_DEPTH 3
#define ID_BYTES 128

struct sending {
    const struct report *r;
    const json_value *map; /* NULL: codes of our own */
    struct buf *out;
    size_t n_values;
};

/* "2026-H2" is 2026S2; phases, free days and "all" have no form there. */
static bool period_id(const char *period, char out[16])
{
    size_t n = strlen(period);

    if (!strcmp(period, "all") || period[0] == 'P' || strstr(period, ".."))
        return false;
    if (n == 4)
        snprintf(out, 16, "%.4s", period);
    else if (period[5] == 'H')
        snprintf(out, 16, "%.4sS%.1s", period, period + 6);
    else if (period[5] == 'Q')
        snprintf(out, 16, "%.4sQ%.1s", period, period + 6);
    else
        snprintf(out, 16, "%.4s%.2s", period, period + 5);
    return true;
}

/* "BDHVS_B1_ACTIVE" */
static void own_code(char out[ID_BYTES], const char *a, const char *b)
{
    snprintf(out, ID_BYTES, "BDHVS_%s%s%s", a, *b ? "_" : "", b);
    for (char *c = out; *c; c++)
        *c = isalnum((unsigned char)*c) ? (char)toupper((unsigned char)*c) : '_';
}

static const char *mapped(const struct sending *s, const char *group, const char *key)
{
    return json_text(json_get(json_get(s->map, group), key));
}

/* Where a cell goes, or false: it has no place there. */
struct target {
    char element[ID_BYTES], org_unit[ID_BYTES], combo[ID_BYTES];
};

static bool find_own(const struct sending *s, const struct report_table *t,
                     const struct report_column *c, const struct report_row *row,
                     struct target *out)
{
    own_code(out->element, t->id, c->code);
    snprintf(out->org_unit, ID_BYTES, "%s", s->r->commune_code);
    if (row->total && !strcmp(row->code, "all"))
        snprintf(out->combo, ID_BYTES, "default");
    else
        own_code(out->combo, row->code, "");
    return true;
}

static bool find_mapped(const struct sending *s, const struct report_table *t,
                        const struct report_column *c, const struct report_row *row,
                        struct target *out)
{
    char key[ID_BYTES];
    const char *unit = json_text(json_get(s->map, "orgUnit"));
    const char *element, *combo = mapped(s, "categoryOptionCombos", "all");
    bool whole = row->total && !strcmp(row->code, "all");

    snprintf(key, sizeof(key), "%s.%s.%s", t->id, c->code, row->code);
    element = mapped(s, "dataElements", key);
    if (!element) {
        snprintf(key, sizeof(key), "%s.%s", t->id, c->code);
        element = mapped(s, "dataElements", key);
        if (!whole && mapped(s, "orgUnits", row->code) && !strcmp(t->id, "b1"))
            unit = mapped(s, "orgUnits", row->code);
        else if (!whole)
            combo = mapped(s, "categoryOptionCombos", row->code);
        if (!whole && !combo)
            return false;
    }
    if (!element)
        return false;
    snprintf(out->element, ID_BYTES, "%s", element);
    snprintf(out->org_unit, ID_BYTES, "%s", unit);
    snprintf(out->combo, ID_BYTES, "%s", combo ? combo : "");
    return true;
}

static void put_value(struct sending *s, const struct report_column *c,
                      const struct value *v, const struct target *to)
{
    char text[32];

    if (c->kind == COLUMN_RATE)
        snprintf(text, sizeof(text), "%lld.%d", (long long)v->least / 10,
                 (int)(v->least % 10));
    else
        snprintf(text, sizeof(text), "%lld", (long long)v->least);
    json_open(s->out, NULL, '{');
    json_put_text(s->out, "dataElement", to->element);
    json_put_text(s->out, "orgUnit", to->org_unit);
    if (*to->combo)
        json_put_text(s->out, "categoryOptionCombo", to->combo);
    json_put_text(s->out, "value", text);
    json_close(s->out, '}');
    s->n_values++;
}

static void put_table(struct sending *s, const struct report_table *t)
{
    for (size_t i = 0; i < t->n_rows; i++)
        for (size_t c = 0; c < t->n_columns; c++) {
            const struct report_column *column = &t->columns[c];
            const struct value *v = &t->rows[i].cells[c];
            struct target to;

            if (v->kind != VALUE_NUMBER || column->before ||
                column->kind == COLUMN_DAY || column->kind == COLUMN_TEXT)
                continue;
            if (s->map ? find_mapped(s, t, column, &t->rows[i], &to)
                       : find_own(s, t, column, &t->rows[i], &to))
                put_value(s, column, v, &to);
        }
}

static void put_head(struct sending *s, const char *period)
{
    if (s->map) {
        json_put_text(s->out, "dataSet", json_text(json_get(s->map, "dataSet")));
        json_put_text(s->out, "orgUnit", json_text(json_get(s->map, "orgUnit")));
    } else {
        json_put_text(s->out, "dataSet", "BDHVS");
        json_put_text(s->out, "orgUnit", s->r->commune_code);
        json_put_text(s->out, "idScheme", "CODE");
    }
    json_put_text(s->out, "period", period);
}

static bool map_is_whole(const json_value *map)
{
    return json_text(json_get(map, "dataSet")) && json_text(json_get(map, "orgUnit")) &&
           json_count(json_get(map, "dataElements"));
}

enum err report_dhis2(const struct report *r, const char *map, size_t n_map,
                      struct buf *out, const char **why)
{
    struct sending s = { .r = r, .out = out };
    json_value *doc = NULL;
    char period[16];

    *why = "DHIS2 has months, quarters, half-years and years alone";
    if (!period_id(r->period, period))
        return ERR_REJECTED;
    *why = "the mapping is no JSON with dataSet, orgUnit and dataElements";
    if (n_map &&
        (json_parse(map, n_map, MAP_DEPTH, &doc, NULL, 0) || !map_is_whole(doc))) {
        json_free(doc);
        return ERR_REJECTED;
    }
    s.map = doc;
    json_open(out, NULL, '{');
    put_head(&s, period);
    json_open(out, "dataValues", '[');
    for (size_t i = 0; i < r->n_tables; i++)
        put_table(&s, &r->tables[i]);
    json_close(out, ']');
    json_close(out, '}');
    json_free(doc);
    *why = "no figure has a place in the mapping";
    if (!s.n_values && n_map)
        return ERR_REJECTED;
    return out->overflow ? ERR_FULL : ERR_OK;
}
