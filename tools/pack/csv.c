/* Records of a known head, and what is wrong with others. */
#include "csv.h"

#include <string.h>

#include "base/buf.h"
#include "base/csv.h"
#include "report.h"

/* "id,fact,source,checked,due" */
static void put_head(const struct csv *c, struct buf *out)
{
    buf_init(out, 200);
    for (size_t i = 0; i < c->n_fields; i++)
        buf_printf(out, "%s%s", i ? "," : "", c->head[i]);
}

static void complain(const struct csv *c, int line, size_t n)
{
    struct buf head;

    put_head(c, &head);
    report_problem(c->report, c->file, line, "%zu fields, not %zu: %s; quote commas", n,
                   c->n_fields, buf_text(&head));
    buf_finish(&head);
}

bool csv_read(struct csv *c, char *fields[CSV_FIELDS_MAX])
{
    int line = c->line;
    bool last = false;
    size_t n = 0;

    while (!last) {
        char *field = csv_field(&c->at, &last, &c->line);

        if (!field) {
            report_problem(c->report, c->file, line,
                           "a stray quotation mark: write \"\" inside a quoted field");
            c->at += strcspn(c->at, "\n");
            c->at += *c->at == '\n';
            c->line = line + 1;
            return false;
        }
        if (n < c->n_fields)
            fields[n] = field;
        n++;
    }
    c->line++;
    if (n != c->n_fields)
        complain(c, line, n);
    return n == c->n_fields;
}

bool csv_read_head(struct csv *c)
{
    char *fields[CSV_FIELDS_MAX];
    struct buf head;
    bool same = true;

    if (!csv_read(c, fields))
        return false;
    for (size_t i = 0; i < c->n_fields; i++)
        same = same && strcmp(fields[i], c->head[i]) == 0;
    if (same)
        return true;
    put_head(c, &head);
    report_problem(c->report, c->file, 1, "the head line: write %s", buf_text(&head));
    buf_finish(&head);
    return false;
}
