/* bdhvs-print: one JSON document on stdin, a PDF on stdout. Started by the kiosk
 * (app/helper.c); it reads no file but fonts and writes none. */
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/filter.h"
#include "documents.h"
#include "page.h"

#define INPUT_MAX (8u << 20)
#define OUTPUT_MAX (32u << 20)
#define DEPTH_MAX 8
#define MEMORY_MB 1024
#define SECONDS 60

static const struct kind {
    const char *name;
    enum err (*draw)(struct page *p, const json_value *doc, struct complaint *why);
} kinds[] = {
    { "cards", cards_draw },
    { "receipt", form_draw },
    { "person", form_draw },
    { "summary", form_draw },
    { "certificate", certificate_draw },
    { "sheet", sheet_draw },
    { "result", result_draw },
};

static int complain(const char *what, const char *fix, int code)
{
    fprintf(stderr, "bdhvs-print: %s: %s\n", what, fix);
    return code;
}

static const struct kind *kind_of(const json_value *doc)
{
    const char *name = json_text(json_get(doc, "kind"));

    for (size_t i = 0; name && i < COUNT(kinds); i++)
        if (!strcmp(kinds[i].name, name))
            return &kinds[i];
    return NULL;
}

static int draw(const json_value *doc, struct buf *out)
{
    const struct kind *kind = kind_of(doc);
    const char *date = json_text(json_get(doc, "date"));
    const char *title = json_text(json_get(doc, "pdf_title"));
    struct complaint why = { "the document" };
    struct page *p;
    enum err err, closed;

    if (!kind)
        return complain(
            "kind",
            "it is cards, receipt, person, summary, certificate, sheet or result",
            EX_DATAERR);
    if (!date || !title)
        return complain("date, pdf_title", "both are needed", EX_DATAERR);
    page_open(title, date, &p);
    err = kind->draw(p, doc, &why);
    closed = page_close(p, out);
    if (err)
        return complain(why.what, "see tools/print/README.md", EX_DATAERR);
    return closed ? complain("the PDF", "out of memory", EX_SOFTWARE) : 0;
}

/* Bytes in, bytes out. */
static int convert(struct buf *in, struct buf *out)
{
    json_value *doc = NULL;
    char problem[128];
    int code;

    if (!filter_read(in))
        return complain("stdin", "cannot be read, or is larger than 8 MiB", EX_DATAERR);
    if (json_parse(buf_text(in), in->len, DEPTH_MAX, &doc, problem, sizeof(problem)))
        return complain("the document", "is no JSON of ours", EX_DATAERR);
    code = draw(doc, out);
    json_free(doc);
    if (!code && !filter_write(out))
        return complain("stdout", "is closed", EX_IOERR);
    return code;
}

int main(int argc, char **argv)
{
    struct buf in, out;
    int code;

    (void)argv;
    if (argc > 1)
        return complain("arguments", "there are none: a document comes on stdin",
                        EX_USAGE);
    filter_begin(MEMORY_MB, SECONDS);
    buf_init(&in, INPUT_MAX);
    buf_init(&out, OUTPUT_MAX);
    code = convert(&in, &out);
    buf_finish(&in);
    buf_finish(&out);
    return code;
}
