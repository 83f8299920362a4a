/* The first sheet of a workbook: shared and inline texts, numbers, dates as serials. The
 * file is a stranger's: no document type, no entity, no network, and everything bounded
 * (package.h, rows.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/json.h"
#include "commands.h"
#include "package.h"
#include "rows.h"
#include "sheet_xml.h"

#define PART_MAX (48u << 20)
#define PATH_BYTES 512
#define SHARED_MAX 500000

static enum err refuse(struct refusal *no, const char *why)
{
    *no = (struct refusal){ .why = why };
    return ERR_REJECTED;
}

/* A part of the package, walked. Errors: ERR_OFFLINE (it is not there), ERR_REJECTED. */
static enum err walk(struct package *zip, const char *name, struct sheet_walk *walker,
                     struct refusal *no)
{
    struct buf part;
    enum err err;

    buf_init(&part, PART_MAX);
    err = package_get(zip, name, NULL, &part);
    if (err == ERR_FULL)
        err = refuse(no, "bomb");
    else if (err == ERR_REJECTED)
        err = refuse(no, "damaged");
    if (!err)
        err = sheet_xml_walk(walker, buf_text(&part), part.len, no);
    buf_finish(&part);
    return err;
}

/* --- which sheet ---------------------------------------------------------------------- */

struct place {
    char id[64]; /* of the first sheet's relationship */
    bool date1904;
    char path[PATH_BYTES]; /* of the sheet in the package */
};

static void book_start(void *ctx, const char *name, const struct sheet_attr *attrs,
                       size_t n)
{
    struct place *at = ctx;
    const char *v;

    if (!strcmp(name, "sheet") && !at->id[0]) {
        v = sheet_attr(attrs, n, "id");
        (void)snprintf(at->id, sizeof(at->id), "%s", v ? v : "");
    } else if (!strcmp(name, "workbookPr")) {
        v = sheet_attr(attrs, n, "date1904");
        at->date1904 = v && (!strcmp(v, "1") || !strcmp(v, "true"));
    }
}

static void rels_start(void *ctx, const char *name, const struct sheet_attr *attrs,
                       size_t n)
{
    struct place *at = ctx;
    const char *id = sheet_attr(attrs, n, "Id"), *to = sheet_attr(attrs, n, "Target");

    if (strcmp(name, "Relationship") || !id || !to || strcmp(id, at->id))
        return;
    (void)snprintf(at->path, sizeof(at->path), "%s%s", to[0] == '/' ? "" : "xl/",
                   to[0] == '/' ? to + 1 : to);
}

static enum err find_sheet(struct package *zip, struct place *at, struct refusal *no)
{
    struct sheet_walk book = { .ctx = at, .start = book_start };
    struct sheet_walk rels = { .ctx = at, .start = rels_start };
    enum err err = walk(zip, "xl/workbook.xml", &book, no);

    if (err == ERR_OFFLINE)
        return refuse(no, "not_a_sheet"); /* a DOCX, or anybody's ZIP */
    if (!err)
        err = walk(zip, "xl/_rels/workbook.xml.rels", &rels, no);
    if (err)
        return err == ERR_OFFLINE ? refuse(no, "damaged") : err;
    return at->path[0] ? ERR_OK : refuse(no, "damaged");
}

/* --- shared texts --------------------------------------------------------------------- */

struct shared {
    struct arena arena;
    const char **texts;
    size_t n, cap;
    bool too_many;
};

static void shared_text(void *ctx, const struct buf *text)
{
    struct shared *s = ctx;

    if (s->n == SHARED_MAX) {
        s->too_many = true;
        return;
    }
    if (s->n == s->cap) {
        s->cap = s->cap ? 2 * s->cap : 256;
        s->texts = check_realloc(s->texts, s->cap * sizeof(*s->texts));
    }
    s->texts[s->n++] = arena_strndup(&s->arena, buf_text(text), text->len);
}

/* --- cells ---------------------------------------------------------------------------- */

struct cells {
    struct rows *rows;
    const struct shared *shared;
    long row, column; /* of the cell being read */
    enum { CELL_NUMERIC, CELL_SHARED, CELL_WORDS } type;
    enum err err;
    struct refusal *no;
};

/* "BL12" → 63, 12. False: it is no address. */
static bool address(const char *ref, long *column, long *row)
{
    long c = 0;
    char *end;

    for (; *ref >= 'A' && *ref <= 'Z' && c < 100000; ref++)
        c = c * 26 + (*ref - 'A' + 1);
    if (!c || *ref < '0' || *ref > '9')
        return false;
    *row = strtol(ref, &end, 10);
    *column = c - 1;
    return *end == 0 && *row >= 1;
}

static void cell_start(void *ctx, const char *name, const struct sheet_attr *attrs,
                       size_t n)
{
    struct cells *c = ctx;
    const char *ref, *type;

    if (!strcmp(name, "row")) {
        ref = sheet_attr(attrs, n, "r");
        c->row = ref ? strtol(ref, NULL, 10) : c->row + 1;
        c->column = -1;
        return;
    }
    if (strcmp(name, "c"))
        return;
    c->column++;
    ref = sheet_attr(attrs, n, "r");
    if (ref && !address(ref, &c->column, &c->row) && !c->err)
        c->err = refuse(c->no, "damaged");
    type = sheet_attr(attrs, n, "t");
    c->type = !type || !strcmp(type, "n") ? CELL_NUMERIC
              : !strcmp(type, "s")        ? CELL_SHARED
                                          : CELL_WORDS;
}

/* "1958.0" and "1.958E3" are 1958. */
static void tidy_number(const struct buf *text, char out[64])
{
    char *end;
    double v = strtod(buf_text(text), &end);

    if (text->len && *end == 0 && v > -1e15 && v < 1e15 && v == (double)(long long)v)
        (void)snprintf(out, 64, "%lld", (long long)v);
    else
        out[0] = 0;
}

static void cell_value(void *ctx, const struct buf *value)
{
    struct cells *c = ctx;
    const char *text = buf_text(value);
    size_t n = value->len;
    char number[64];

    if (c->err)
        return;
    if (c->type == CELL_SHARED) {
        char *end;
        unsigned long i = strtoul(text, &end, 10);

        if (!n || *end || i >= c->shared->n) {
            c->err = refuse(c->no, "damaged");
            return;
        }
        text = c->shared->texts[i];
        n = strlen(text);
    } else if (c->type == CELL_NUMERIC) {
        tidy_number(value, number);
        if (number[0]) {
            text = number;
            n = strlen(number);
        }
    }
    c->err = rows_cell(c->rows, c->row, c->column, text, n, c->no);
}

static enum err read_cells(struct package *zip, const struct place *at,
                           const struct shared *shared, struct buf *out,
                           struct refusal *no)
{
    struct cells cells = { .shared = shared, .no = no };
    struct sheet_walk sheet = {
        .ctx = &cells, .start = cell_start, .text = cell_value, .collect = "c"
    };
    enum err err, ended;

    json_put_text(out, "kind", "xlsx");
    json_put_bool(out, "date1904", at->date1904);
    rows_begin(out, &cells.rows);
    err = walk(zip, at->path, &sheet, no);
    if (err == ERR_OFFLINE)
        err = refuse(no, "damaged");
    if (!err)
        err = cells.err;
    ended = rows_end(cells.rows);
    return err ? err : ended;
}

enum err read_xlsx(const char *bytes, size_t n, struct buf *out, struct refusal *no)
{
    struct shared shared = { 0 };
    struct sheet_walk texts = { .ctx = &shared, .text = shared_text, .collect = "si" };
    struct place at = { 0 };
    struct package *zip;
    enum err err;

    if (package_open(bytes, n, &zip))
        return refuse(no, "damaged");
    err = find_sheet(zip, &at, no);
    if (!err) {
        err = walk(zip, "xl/sharedStrings.xml", &texts, no);
        if (err == ERR_OFFLINE) /* a sheet of numbers, or of inline texts */
            err = ERR_OK;
    }
    if (!err && shared.too_many)
        err = refuse(no, "rows");
    if (!err)
        err = read_cells(zip, &at, &shared, out, no);
    package_drop(zip);
    arena_finish(&shared.arena);
    free(shared.texts);
    return err;
}
