/* The report as a document, there and back: what is frozen, what the other formats are
 * written from, and what --format json gives (README.md). */
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/json.h"
#include "report.h"

#define DEPTH_MAX 8

static const char *const kinds[COLUMN_KINDS] = {
    [COLUMN_PEOPLE] = "people", [COLUMN_TIMES] = "times", [COLUMN_COUNT] = "count",
    [COLUMN_RATE] = "rate",     [COLUMN_DAY] = "day",     [COLUMN_TEXT] = "text",
    [COLUMN_MIXED] = "mixed",
};

/* --- writing ---------------------------------------------------------------------------- */

static void put_texts(struct buf *out, const char *key, const char *const *texts,
                      size_t n)
{
    json_open(out, key, '[');
    for (size_t i = 0; i < n; i++)
        json_put_text(out, NULL, texts[i]);
    json_close(out, ']');
}

static void put_cell(struct buf *out, const struct value *v)
{
    switch (v->kind) {
    case VALUE_NONE:
        json_put_text(out, NULL, NULL);
        break;
    case VALUE_NUMBER:
        json_put_int(out, NULL, v->least);
        break;
    case VALUE_RANGE:
        json_open(out, NULL, '[');
        json_put_int(out, NULL, v->least);
        json_put_int(out, NULL, v->most);
        json_close(out, ']');
        break;
    case VALUE_TEXT:
        json_put_text(out, NULL, v->text);
        break;
    case VALUE_BLANK:
        json_put_text(out, NULL, "");
        break;
    case VALUE_MERGED:
        json_put_bool(out, NULL, false);
        break;
    }
}

static void put_column(struct buf *out, const struct report_column *c)
{
    json_open(out, NULL, '{');
    json_put_text(out, "code", c->code);
    json_put_text(out, "name", c->name);
    json_put_text(out, "kind", kinds[c->kind]);
    json_put_text(out, "unit", report_unit(c->kind));
    json_put_int(out, "width", c->width);
    if (c->before)
        json_put_bool(out, "before", true);
    if (c->part_of)
        json_put_text(out, "part_of", c->part_of);
    if (c->over)
        json_put_text(out, "over", c->over);
    json_put_text(out, "meaning", c->meaning);
    json_close(out, '}');
}

static void put_table(struct buf *out, const struct report_table *t)
{
    json_open(out, NULL, '{');
    json_put_text(out, "id", t->id);
    json_put_text(out, "title", t->title);
    json_put_text(out, "sheet", t->sheet);
    json_put_text(out, "row_head", t->row_head);
    json_open(out, "columns", '[');
    for (size_t c = 0; c < t->n_columns; c++)
        put_column(out, &t->columns[c]);
    json_close(out, ']');
    json_open(out, "rows", '[');
    for (size_t i = 0; i < t->n_rows; i++) {
        json_open(out, NULL, '{');
        json_put_text(out, "code", t->rows[i].code);
        json_put_text(out, "name", t->rows[i].name);
        if (t->rows[i].total)
            json_put_bool(out, "total", true);
        if (t->rows[i].group)
            json_put_int(out, "group", t->rows[i].group);
        json_open(out, "cells", '[');
        for (size_t c = 0; c < t->n_columns; c++)
            put_cell(out, &t->rows[i].cells[c]);
        json_close(out, ']');
        json_close(out, '}');
    }
    json_close(out, ']');
    put_texts(out, "notes", t->notes, t->n_notes);
    json_close(out, '}');
}

static void put_paper(struct buf *out, const struct report_paper *p)
{
    json_open(out, "paper", '{');
    json_put_text(out, "parent", p->parent);
    json_put_text(out, "agency", p->agency);
    json_put_text(out, "agency_place", p->agency_place);
    json_put_text(out, "symbol", p->symbol);
    json_put_text(out, "place", p->place);
    put_texts(out, "signer", p->signer, p->n_signer);
    put_texts(out, "recipients", p->recipients, p->n_recipients);
    json_close(out, '}');
}

enum err report_write(const struct report *r, struct buf *out)
{
    json_open(out, NULL, '{');
    json_put_int(out, "schema", REPORT_SCHEMA);
    json_put_text(out, "commune", r->commune_code);
    json_put_text(out, "commune_name", r->commune_name);
    json_put_text(out, "period", r->period);
    json_put_text(out, "period_label", r->period_label);
    json_put_text(out, "from", r->from);
    json_put_text(out, "to", r->to);
    json_put_text(out, "before", r->before);
    json_put_text(out, "before_label", r->before_label);
    json_put_text(out, "made", r->made);
    json_put_int(out, "version", r->version);
    json_put_bool(out, "outside", r->outside);
    put_paper(out, &r->paper);
    put_texts(out, "lines", r->lines, r->n_lines);
    json_open(out, "tables", '[');
    for (size_t i = 0; i < r->n_tables; i++)
        put_table(out, &r->tables[i]);
    json_close(out, ']');
    json_close(out, '}');
    return out->overflow ? ERR_FULL : ERR_OK;
}

/* --- reading ---------------------------------------------------------------------------- */

struct reader {
    struct arena *arena;
    bool bad;
};

static const char *text_in(struct reader *r, const json_value *v)
{
    const char *text = json_text(v);

    r->bad = r->bad || !text;
    return text ? arena_strdup(r->arena, text) : "";
}

static const char *text_of(struct reader *r, const json_value *v, const char *key)
{
    return text_in(r, json_get(v, key));
}

static size_t texts_of(struct reader *r, const json_value *list, const char **out,
                       size_t max)
{
    size_t n = json_count(list);

    r->bad = r->bad || n > max;
    for (size_t i = 0; i < n && i < max; i++)
        out[i] = text_in(r, json_at(list, i));
    return n < max ? n : max;
}

static struct value read_cell(struct reader *r, const json_value *v)
{
    struct value cell = { .kind = VALUE_NONE };
    bool bad = false;

    switch (json_kind_of(v)) {
    case JSON_IS_NULL:
        break;
    case JSON_IS_INT:
        cell.kind = VALUE_NUMBER;
        bad = json_int(v, -JSON_INT_MAX, JSON_INT_MAX, &cell.least) != ERR_OK;
        cell.most = cell.least;
        break;
    case JSON_IS_ARRAY:
        cell.kind = VALUE_RANGE;
        bad = json_int(json_at(v, 0), -JSON_INT_MAX, JSON_INT_MAX, &cell.least) ||
              json_int(json_at(v, 1), -JSON_INT_MAX, JSON_INT_MAX, &cell.most);
        break;
    case JSON_IS_TEXT:
        cell.kind = *json_text(v) ? VALUE_TEXT : VALUE_BLANK;
        cell.text = arena_strdup(r->arena, json_text(v));
        break;
    case JSON_IS_BOOL:
        cell.kind = VALUE_MERGED;
        break;
    default:
        bad = true;
    }
    r->bad = r->bad || bad;
    return cell;
}

static void read_column(struct reader *r, const json_value *v, struct report_column *c)
{
    const char *kind = text_of(r, v, "kind");
    int64_t width = 0;
    size_t k = 0;

    *c = (struct report_column){ .code = text_of(r, v, "code"),
                                 .name = text_of(r, v, "name"),
                                 .meaning = text_of(r, v, "meaning"),
                                 .before = json_bool(json_get(v, "before"), false) };
    if (json_get(v, "part_of"))
        c->part_of = text_of(r, v, "part_of");
    if (json_get(v, "over"))
        c->over = text_of(r, v, "over");
    while (k < COLUMN_KINDS && strcmp(kinds[k], kind) != 0)
        k++;
    if (k == COLUMN_KINDS || json_int(json_get(v, "width"), 1, 100, &width))
        r->bad = true;
    else
        c->kind = (enum column_kind)k;
    c->width = (int)width;
}

static void read_row(struct reader *r, const json_value *v, struct report_table *t)
{
    struct report_row *row = &t->rows[t->n_rows++];
    const json_value *cells = json_get(v, "cells");

    *row = (struct report_row){ .code = text_of(r, v, "code"),
                                .name = text_of(r, v, "name"),
                                .total = json_bool(json_get(v, "total"), false) };
    r->bad = r->bad || json_count(cells) != t->n_columns ||
             (json_get(v, "group") &&
              json_int(json_get(v, "group"), 1, REPORT_ROWS_MAX, &row->group));
    row->cells = arena_alloc(r->arena, (t->n_columns + 1) * sizeof(*row->cells));
    for (size_t c = 0; !r->bad && c < t->n_columns; c++)
        row->cells[c] = read_cell(r, json_at(cells, c));
}

static void read_table(struct reader *r, const json_value *v, struct report_table *t)
{
    const json_value *columns = json_get(v, "columns"), *rows = json_get(v, "rows");

    t->id = text_of(r, v, "id");
    t->title = text_of(r, v, "title");
    t->sheet = text_of(r, v, "sheet");
    t->row_head = text_of(r, v, "row_head");
    t->n_columns = json_count(columns);
    r->bad = r->bad || t->n_columns > REPORT_COLUMNS_MAX ||
             json_count(rows) > REPORT_ROWS_MAX;
    if (r->bad)
        return;
    for (size_t c = 0; c < t->n_columns; c++)
        read_column(r, json_at(columns, c), &t->columns[c]);
    t->rows = arena_alloc(r->arena, (json_count(rows) + 1) * sizeof(*t->rows));
    for (size_t i = 0; i < json_count(rows); i++)
        read_row(r, json_at(rows, i), t);
    t->n_notes = texts_of(r, json_get(v, "notes"), t->notes, REPORT_NOTES_MAX);
}

static void read_paper(struct reader *r, const json_value *v, struct report_paper *p)
{
    p->parent = text_of(r, v, "parent");
    p->agency = text_of(r, v, "agency");
    p->agency_place = text_of(r, v, "agency_place");
    p->symbol = text_of(r, v, "symbol");
    p->place = text_of(r, v, "place");
    p->n_signer = texts_of(r, json_get(v, "signer"), p->signer, COUNT(p->signer));
    p->n_recipients =
        texts_of(r, json_get(v, "recipients"), p->recipients, COUNT(p->recipients));
}

static void read_report(struct reader *r, const json_value *v, struct report *out)
{
    const json_value *tables = json_get(v, "tables");
    int64_t schema = 0;

    r->bad = json_int(json_get(v, "schema"), REPORT_SCHEMA, REPORT_SCHEMA, &schema) ||
             json_int(json_get(v, "version"), 0, JSON_INT_MAX, &out->version) ||
             json_count(tables) > REPORT_TABLES_MAX;
    out->commune_code = text_of(r, v, "commune");
    out->commune_name = text_of(r, v, "commune_name");
    out->period = text_of(r, v, "period");
    out->period_label = text_of(r, v, "period_label");
    out->from = text_of(r, v, "from");
    out->to = text_of(r, v, "to");
    out->before = text_of(r, v, "before");
    out->before_label = text_of(r, v, "before_label");
    out->made = text_of(r, v, "made");
    out->outside = json_bool(json_get(v, "outside"), false);
    read_paper(r, json_get(v, "paper"), &out->paper);
    out->n_lines = texts_of(r, json_get(v, "lines"), out->lines, REPORT_LINES_MAX);
    for (size_t i = 0; !r->bad && i < json_count(tables); i++)
        read_table(r, json_at(tables, i), &out->tables[out->n_tables++]);
}

enum err report_read(const char *json, size_t n, struct arena *arena,
                     struct report *out)
{
    struct reader r = { .arena = arena };
    json_value *doc = NULL;

    *out = (struct report){ 0 };
    if (json_parse(json, n, DEPTH_MAX, &doc, NULL, 0))
        return ERR_REJECTED;
    read_report(&r, doc, out);
    json_free(doc);
    return r.bad ? ERR_REJECTED : ERR_OK;
}
