/* libxml2's SAX interface. */
#include "xml_tree.h"

#include <stdbool.h>
#include <string.h>

#include <libxml/SAX2.h>
#include <libxml/parser.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "report.h"

#define FEED 4096
#define WHY_BYTES_MAX 120

struct open {
    struct xml_element *element;
    struct xml_element **tail; /* where its next child goes */
    struct buf text;
};

struct walk {
    xmlParserCtxtPtr parser;
    const char *file;
    struct arena *arena;
    struct report *report;
    struct xml_element *root;
    struct open open[XML_DEPTH_MAX];
    size_t depth;  /* of `open` */
    size_t silent; /* bytes since the parser last told something */
    bool refused;
};

/* --- refusals ----------------------------------------------------------------------- */

static void refuse(struct walk *w, const char *what)
{
    if (!w->refused)
        report_problem(w->report, w->file, xmlSAX2GetLineNumber(w->parser), "%s", what);
    w->refused = true;
    xmlStopParser(w->parser);
}

/* Its words for a file cut off, or for none, would send authors the wrong way. */
static const char *why_damaged(const struct walk *w, const xmlError *e)
{
    if (!e || !e->message || e->code == XML_ERR_DOCUMENT_EMPTY)
        return "no element in it";
    if (e->code == XML_ERR_DOCUMENT_END && w->depth)
        return "it ends too soon";
    return e->message;
}

static void refuse_damaged(struct walk *w)
{
    const xmlError *e = xmlCtxtGetLastError(w->parser);
    const char *why = why_damaged(w, e);
    size_t n = strcspn(why, "\n");

    if (!w->refused)
        report_problem(w->report, w->file, e ? e->line : 1,
                       "no XML, or damaged (%.*s): the file was refused, let Moodle "
                       "write it again",
                       (int)(n < WHY_BYTES_MAX ? n : WHY_BYTES_MAX), why);
    w->refused = true;
}

/* --- what the parser tells ---------------------------------------------------------- */

static struct xml_attr *attributes(struct walk *w, const xmlChar **raw, int n)
{
    struct xml_attr *first = NULL;

    for (; n > 0; n--, raw += 5) {
        struct xml_attr *a = arena_alloc(w->arena, sizeof(*a));

        a->name = arena_strdup(w->arena, (const char *)raw[0]);
        a->value =
            arena_strndup(w->arena, (const char *)raw[3], (size_t)(raw[4] - raw[3]));
        a->next = first;
        first = a;
    }
    return first;
}

static void on_start(void *ctx, const xmlChar *local, const xmlChar *prefix,
                     const xmlChar *uri, int n_spaces, const xmlChar **spaces,
                     int n_attrs, int n_default, const xmlChar **attrs)
{
    struct walk *w = ctx;
    struct xml_element *e;

    (void)prefix;
    (void)uri;
    (void)n_spaces;
    (void)spaces;
    (void)n_default;
    if (w->refused)
        return;
    w->silent = 0;
    if (w->depth == XML_DEPTH_MAX) {
        refuse(w, "more than 16 elements in each other: the file was refused, such are "
                  "not Moodle's");
        return;
    }
    e = arena_alloc(w->arena, sizeof(*e));
    e->name = arena_strdup(w->arena, (const char *)local);
    e->attrs = attributes(w, attrs, n_attrs);
    e->line = xmlSAX2GetLineNumber(w->parser);
    if (w->depth) {
        struct open *parent = &w->open[w->depth - 1];

        *parent->tail = e;
        parent->tail = &e->next;
    } else {
        w->root = e;
    }
    w->open[w->depth].element = e;
    w->open[w->depth].tail = &e->first;
    buf_clear(&w->open[w->depth].text);
    w->depth++;
}

static void on_end(void *ctx, const xmlChar *local, const xmlChar *prefix,
                   const xmlChar *uri)
{
    struct walk *w = ctx;
    const struct open *o;

    (void)local;
    (void)prefix;
    (void)uri;
    if (w->refused)
        return;
    w->silent = 0;
    o = &w->open[--w->depth];
    if (!o->text.overflow)
        o->element->text = arena_strdup(w->arena, buf_text(&o->text));
}

static void on_text(void *ctx, const xmlChar *text, int n)
{
    struct walk *w = ctx;

    w->silent = 0;
    if (w->depth)
        buf_add(&w->open[w->depth - 1].text, text, (size_t)n);
}

static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *id,
                       const xmlChar *system)
{
    (void)name;
    (void)id;
    (void)system;
    refuse(ctx,
           "a document type (<!DOCTYPE): the file was refused, Moodle writes none");
}

static void on_remark(void *ctx, const xmlChar *text)
{
    struct walk *w = ctx;

    (void)text;
    w->silent = 0;
}

static void on_instruction(void *ctx, const xmlChar *target, const xmlChar *text)
{
    (void)target;
    on_remark(ctx, text);
}

static void quiet(void *ctx, const char *format, ...)
{
    (void)ctx;
    (void)format;
}

/* --- reading ------------------------------------------------------------------------ */

/* A tag has no end in sight while nothing is told: thousands of attributes are compared
 * each with each. */
static void feed(struct walk *w, const char *text, size_t n)
{
    for (size_t at = 0; at < n && !w->refused && w->parser->wellFormed; at += FEED) {
        size_t part = n - at < FEED ? n - at : FEED;

        w->silent += part;
        if (w->silent > XML_TAG_MAX)
            refuse(w, "a tag or a remark longer than 64 KiB: the file was refused");
        else
            xmlParseChunk(w->parser, text + at, (int)part, at + part == n);
    }
    if (!n || !w->parser->wellFormed)
        refuse_damaged(w);
}

const struct xml_element *xml_tree_read(const char *text, size_t n, const char *file,
                                        struct arena *arena, struct report *report)
{
    xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC,
                          .startElementNs = on_start,
                          .endElementNs = on_end,
                          .characters = on_text,
                          .ignorableWhitespace = on_text,
                          .cdataBlock = on_text,
                          .comment = on_remark,
                          .processingInstruction = on_instruction,
                          .internalSubset = on_doctype,
                          .error = quiet,
                          .warning = quiet };
    struct walk w = { .file = file, .arena = arena, .report = report };

    for (size_t i = 0; i < XML_DEPTH_MAX; i++)
        buf_init(&w.open[i].text, XML_TEXT_MAX);
    w.parser = xmlCreatePushParserCtxt(&sax, &w, NULL, 0, NULL);
    ASSERT(w.parser);
    /* the bytes are known to be UTF-8, whatever the first line calls them */
    xmlCtxtUseOptions(w.parser, XML_PARSE_NONET | XML_PARSE_NOERROR |
                                    XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC);
    feed(&w, text, n);
    xmlFreeParserCtxt(w.parser);
    for (size_t i = 0; i < XML_DEPTH_MAX; i++)
        buf_finish(&w.open[i].text);
    return w.refused ? NULL : w.root;
}

/* --- asking ------------------------------------------------------------------------- */

const struct xml_element *xml_tree_child(const struct xml_element *e, const char *name)
{
    const struct xml_element *child = e->first;

    while (child && strcmp(child->name, name) != 0)
        child = child->next;
    return child;
}

const char *xml_tree_attr(const struct xml_element *e, const char *name)
{
    for (const struct xml_attr *a = e->attrs; a; a = a->next) {
        if (strcmp(a->name, name) == 0)
            return a->value;
    }
    return NULL;
}
