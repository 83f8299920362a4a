/* Checks and reads the document of tables. */
#include "tables.h"

#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "commands.h"

#define DEPTH_MAX 8
#define WIDTH_MAX 100
#define NAME_CHARS_MAX 31 /* of a sheet, in every spreadsheet program */

static enum err refuse(struct refusal *no, const char *why)
{
    *no = (struct refusal){ .why = why };
    return ERR_REJECTED;
}

enum err tables_parse(const char *text, size_t n, json_value **doc, struct refusal *no)
{
    if (json_parse(text, n, DEPTH_MAX, doc, NULL, 0))
        return refuse(no, "json");
    if (!json_count(json_get(*doc, "sheets")) ||
        json_count(json_get(*doc, "sheets")) > TABLES_MAX) {
        json_free(*doc);
        *doc = NULL;
        return refuse(no, "sheets");
    }
    return ERR_OK;
}

size_t tables_count(const json_value *doc)
{
    return json_count(json_get(doc, "sheets"));
}

static bool read_column(const json_value *v, struct column *c)
{
    static const char *const kinds[] = {
        [COLUMN_TEXT] = "text",
        [COLUMN_INT] = "int",
        [COLUMN_PERCENT] = "percent",
        [COLUMN_DATE] = "date",
    };
    const char *kind = json_text(json_get(v, "kind"));
    int64_t width = 14;

    c->name = json_text(json_get(v, "name"));
    c->kind = COLUMN_TEXT;
    for (size_t i = 0; kind && i < COUNT(kinds); i++)
        if (!strcmp(kind, kinds[i]))
            c->kind = (enum column_kind)i;
    if (json_get(v, "width") && json_int(json_get(v, "width"), 1, WIDTH_MAX, &width))
        return false;
    c->width = (int)width;
    return c->name != NULL;
}

static bool sheet_name_fits(const char *name)
{
    size_t chars = 0;

    for (const char *s = name; s && *s; s++)
        chars += ((unsigned char)*s & 0xC0) != 0x80;
    return chars >= 1 && chars <= NAME_CHARS_MAX && !strpbrk(name, "[]:*?/\\'");
}

enum err tables_read(const json_value *doc, size_t i, struct table *out,
                     struct refusal *no)
{
    const json_value *v = json_at(json_get(doc, "sheets"), i);
    const json_value *columns = json_get(v, "columns");

    *out = (struct table){ .name = json_text(json_get(v, "name")),
                           .title = json_text(json_get(v, "title")),
                           .n_columns = json_count(columns),
                           .n_rows = json_count(json_get(v, "rows")),
                           .rows = json_get(v, "rows"),
                           .notes = json_get(v, "notes"),
                           .strong = json_get(v, "strong") };
    if (!sheet_name_fits(out->name))
        return refuse(no, "name");
    if (!out->n_columns || out->n_columns > TABLE_COLUMNS_MAX)
        return refuse(no, "columns");
    if (out->n_rows > TABLE_ROWS_MAX)
        return refuse(no, "rows");
    for (size_t c = 0; c < out->n_columns; c++)
        if (!read_column(json_at(columns, c), &out->columns[c]))
            return refuse(no, "columns");
    return ERR_OK;
}

enum cell_kind table_cell(const struct table *t, size_t row, size_t column,
                          const char **text, int64_t *number)
{
    const json_value *v = json_at(json_at(t->rows, row), column);

    *text = json_text(v);
    if (*text && t->columns[column].kind == COLUMN_DATE) {
        *number = clock_day_parse(*text);
        if (*number >= 0)
            return CELL_NUMBER;
    }
    if (*text)
        return **text ? CELL_TEXT : CELL_EMPTY;
    return json_int(v, -JSON_INT_MAX, JSON_INT_MAX, number) ? CELL_EMPTY : CELL_NUMBER;
}
