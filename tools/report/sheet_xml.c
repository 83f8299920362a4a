/* libxml2's SAX interface. */
#include "sheet_xml.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>

#include "base/utf8.h"
#include "commands.h"
#include "rows.h"

#define ATTRS_MAX 16
#define VALUE_BYTES 256
#define FEED 65536

struct walk {
    struct sheet_walk *to;
    xmlParserCtxtPtr parser;
    struct buf text;
    bool inside;  /* the element that is collected */
    bool taking;  /* a <t> or <v> in it */
    int phonetic; /* <rPh>: how it is read aloud, no part of the text */
    const char *bad;
};

static void stop(struct walk *w, const char *why)
{
    if (!w->bad)
        w->bad = why;
    xmlStopParser(w->parser);
}

const char *sheet_attr(const struct sheet_attr *attrs, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(attrs[i].name, name))
            return attrs[i].value;
    return NULL;
}

static void tell_start(struct walk *w, const char *name, const xmlChar **raw, int n_raw)
{
    struct sheet_attr attrs[ATTRS_MAX];
    char values[ATTRS_MAX][VALUE_BYTES];
    size_t n = 0;

    for (int i = 0; i < n_raw && n < ATTRS_MAX; i++, raw += 5) {
        size_t size = (size_t)(raw[4] - raw[3]);

        if (size >= VALUE_BYTES)
            continue; /* none that we ask for is so long */
        memcpy(values[n], raw[3], size);
        values[n][size] = 0;
        attrs[n] = (struct sheet_attr){ (const char *)raw[0], values[n] };
        n++;
    }
    w->to->start(w->to->ctx, name, attrs, n);
}

static void on_start(void *ctx, const xmlChar *local, const xmlChar *prefix,
                     const xmlChar *uri, int n_spaces, const xmlChar **spaces,
                     int n_attrs, int n_default, const xmlChar **attrs)
{
    const char *name = (const char *)local;
    struct walk *w = ctx;

    (void)prefix;
    (void)uri;
    (void)n_spaces;
    (void)spaces;
    (void)n_default;
    if (w->to->start)
        tell_start(w, name, attrs, n_attrs);
    if (!w->to->collect)
        return;
    if (!strcmp(name, w->to->collect)) {
        w->inside = true;
        buf_clear(&w->text);
    } else if (!strcmp(name, "rPh")) {
        w->phonetic++;
    }
    w->taking = w->inside && !w->phonetic && (!strcmp(name, "t") || !strcmp(name, "v"));
}

/* "_x000D_" is how a spreadsheet writes what XML cannot hold; a line end here. */
static bool escaped(const char *s, uint32_t *cp)
{
    if (strncmp(s, "_x", 2) || strspn(s + 2, "0123456789abcdefABCDEF") < 4 ||
        s[6] != '_')
        return false;
    *cp = (uint32_t)strtoul((char[]){ s[2], s[3], s[4], s[5], 0 }, NULL, 16);
    return true;
}

static void unescape(struct buf *text)
{
    char *to = text->data;

    for (const char *from = text->data; from && *from;) {
        uint32_t cp;

        /* Only ASCII: the rest needs no such writing. */
        if (escaped(from, &cp) && cp < 0x80) {
            if (cp >= 0x20 || cp == '\n' || cp == '\t')
                *to++ = (char)cp;
            from += 7;
        } else {
            *to++ = *from++;
        }
    }
    if (text->data) {
        text->len = (size_t)(to - text->data);
        *to = 0;
    }
}

static void on_end(void *ctx, const xmlChar *local, const xmlChar *prefix,
                   const xmlChar *uri)
{
    const char *name = (const char *)local;
    struct walk *w = ctx;

    (void)prefix;
    (void)uri;
    w->taking = false;
    if (!strcmp(name, "rPh") && w->phonetic)
        w->phonetic--;
    if (!w->to->collect || strcmp(name, w->to->collect))
        return;
    w->inside = false;
    unescape(&w->text);
    w->to->text(w->to->ctx, &w->text);
}

static void on_text(void *ctx, const xmlChar *text, int n)
{
    struct walk *w = ctx;

    if (!w->taking)
        return;
    buf_add(&w->text, text, (size_t)n);
    if (w->text.overflow)
        stop(w, "cell");
}

static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *id,
                       const xmlChar *system)
{
    (void)name;
    (void)id;
    (void)system;
    stop(ctx, "damaged");
}

static void quiet(void *ctx, const char *format, ...)
{
    (void)ctx;
    (void)format;
}

enum err sheet_xml_walk(struct sheet_walk *to, const char *bytes, size_t n,
                        struct refusal *no)
{
    xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC,
                          .startElementNs = on_start,
                          .endElementNs = on_end,
                          .characters = on_text,
                          .cdataBlock = on_text,
                          .internalSubset = on_doctype,
                          .error = quiet,
                          .warning = quiet };
    struct walk w = { .to = to };

    buf_init(&w.text, CELL_BYTES_MAX);
    w.parser = xmlCreatePushParserCtxt(&sax, &w, NULL, 0, NULL);
    if (w.parser) {
        xmlCtxtUseOptions(w.parser,
                          XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
        for (size_t at = 0; at < n && !w.bad; at += FEED) {
            size_t part = n - at < FEED ? n - at : FEED;

            if (xmlParseChunk(w.parser, bytes + at, (int)part, at + part == n))
                w.bad = w.bad ? w.bad : "damaged";
        }
        if (!w.bad && (n == 0 || !w.parser->wellFormed))
            w.bad = "damaged";
        xmlFreeParserCtxt(w.parser);
    } else {
        w.bad = "damaged";
    }
    buf_finish(&w.text);
    if (!w.bad)
        return ERR_OK;
    *no = (struct refusal){ .why = w.bad };
    return ERR_REJECTED;
}
