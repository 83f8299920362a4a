#include "overlay.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "csv.h"
#include "report.h"

#define N_FIELDS 3
static const char *const head[N_FIELDS] = { "file", "from", "to" };

static void check(const struct overlay_row *row, const char *file,
                  struct report *report)
{
    if (!*row->file || !*row->from)
        report_problem(report, file, row->line,
                       "without a file or without words to look for: write both");
    else if (strchr(row->from, '\n') || strchr(row->to, '\n'))
        report_problem(report, file, row->line,
                       "words over two lines: write a row for each line");
}

void overlay_read(char *text, const char *file, struct arena *arena,
                  struct report *report, struct overlay *out)
{
    struct csv c = { text, 1, file, head, N_FIELDS, report };
    char *fields[CSV_FIELDS_MAX];

    out->list = file;
    out->n = 0;
    out->rows = arena_alloc(arena, OVERLAY_ROWS_MAX * sizeof(*out->rows));
    if (!csv_read_head(&c))
        return;
    while (*c.at) {
        struct overlay_row row = { .line = c.line };

        if (!csv_read(&c, fields))
            continue;
        if (out->n == OVERLAY_ROWS_MAX) {
            report_problem(report, file, row.line,
                           "more than 500 rows: put the whole file into the overlay");
            return;
        }
        row.file = arena_strdup(arena, fields[0]);
        row.from = arena_strdup(arena, fields[1]);
        row.to = arena_strdup(arena, fields[2]);
        check(&row, file, report);
        out->rows[out->n++] = row;
    }
}

static void exchange(struct overlay_row *row, struct buf *text, struct arena *arena)
{
    const char *from = arena_strdup(arena, buf_text(text)), *at;

    if (!*row->from || !strstr(from, row->from))
        return;
    buf_clear(text);
    while ((at = strstr(from, row->from))) {
        buf_add(text, from, (size_t)(at - from));
        buf_str(text, row->to);
        from = at + strlen(row->from);
        row->n_found++;
    }
    buf_str(text, from);
}

void overlay_words(struct overlay *o, const char *below, struct buf *text,
                   struct arena *arena)
{
    for (size_t i = 0; i < o->n; i++) {
        if (strcmp(o->rows[i].file, below) == 0)
            exchange(&o->rows[i], text, arena);
    }
}

void overlay_check(const struct overlay *o, struct report *report)
{
    for (size_t i = 0; i < o->n; i++) {
        if (*o->rows[i].from && !o->rows[i].n_found)
            report_problem(
                report, o->list, o->rows[i].line,
                "“%.80s” is not in %s: it was changed since, look at it again",
                o->rows[i].from, o->rows[i].file);
    }
}
