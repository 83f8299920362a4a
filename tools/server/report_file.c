/* See report_file.h. */
#include "report_file.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "report_helper.h"

#define TABLES_MAX (64u << 20)

struct job {
    const struct report_file *file;
    struct report *report;
    char sha256[HASH_SHA256_HEX]; /* of the frozen document, or "" */
    struct buf *out;
    const char **why;
};

static enum err write_csv(struct job *j)
{
    return report_csv(j->report, j->out);
}

/* The very bytes that were frozen, so that sha256sum tells what the paper bears. */
static enum err write_json(struct job *j)
{
    if (j->report->outside)
        return report_write(j->report, j->out);
    buf_add(j->out, buf_text(j->file->document), j->file->document->len);
    return j->out->overflow ? ERR_FULL : ERR_OK;
}

static enum err by_helper(struct job *j, const char *job, const struct buf *tables)
{
    enum err err = report_helper_run(job, tables, j->file->seconds, j->out);

    if (err)
        *j->why = "bdhvs-report gave nothing: see that it is installed beside this "
                  "program";
    return err;
}

static enum err write_xlsx(struct job *j)
{
    struct buf tables;
    enum err err;

    buf_init(&tables, TABLES_MAX);
    err = report_sheets(j->report, j->sha256, &tables);
    if (!err)
        err = by_helper(j, "xlsx", &tables);
    buf_finish(&tables);
    return err;
}

static enum err write_docx(struct job *j)
{
    struct buf tables;
    enum err err;

    buf_init(&tables, TABLES_MAX);
    err = report_document(j->report, j->sha256, j->file->shape, &tables);
    if (!err)
        err = by_helper(j, "docx", &tables);
    buf_finish(&tables);
    return err;
}

static enum err write_dhis2(struct job *j)
{
    return report_dhis2(j->report, j->file->map, j->file->n_map, j->out, j->why);
}

static const struct known {
    struct report_format format;
    enum err (*write)(struct job *);
} formats[] = {
    { { "csv", "text/csv; charset=utf-8", false, false }, write_csv },
    { { "dhis2", "application/json", false, true }, write_dhis2 },
    { { "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", true,
        false },
      write_docx },
    { { "json", "application/json", false, false }, write_json },
    { { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        true, false },
      write_xlsx },
};

const struct report_format *report_format_of(const char *name)
{
    for (size_t i = 0; i < COUNT(formats); i++)
        if (!strcmp(formats[i].format.name, name))
            return &formats[i].format;
    return NULL;
}

enum err report_file_write(const struct report_file *f, struct buf *out,
                           size_t *n_small_out, const char **why)
{
    struct arena arena = { 0 };
    struct job j = { .file = f,
                     .out = out,
                     .why = why,
                     .report = arena_alloc(&arena, sizeof(*j.report)) };
    enum err err =
        report_read(buf_text(f->document), f->document->len, &arena, j.report);

    *why = err ? "the server's answer is no report: use the same version of both"
               : "ask for a shorter period";
    *n_small_out = 0;
    if (!err) {
        if (j.report->version)
            hash_sha256_hex(buf_text(f->document), f->document->len, j.sha256);
        if (f->outside || f->format->outside)
            report_outside(j.report);
        if (!j.report->outside)
            *n_small_out = report_small_cells(j.report);
        for (size_t i = 0; i < COUNT(formats); i++)
            if (&formats[i].format == f->format)
                err = formats[i].write(&j);
    }
    arena_finish(&arena);
    return err;
}
