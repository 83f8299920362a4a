/* The XML of a workbook, one element after the other. libxml2 stays behind this header:
 * no document type, no entity, nothing from the network. */
#pragma once

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct refusal;

struct sheet_attr {
    const char *name; /* without its prefix */
    const char *value;
};
/* The value, or NULL. */
const char *sheet_attr(const struct sheet_attr *attrs, size_t n, const char *name);

struct sheet_walk {
    void *ctx;
    /* An element begins; may be NULL. Borrowed until it returns. */
    void (*start)(void *ctx, const char *name, const struct sheet_attr *attrs,
                  size_t n);
    /* The texts of <t> and <v> in an element `collect`, joined; called at its end. */
    void (*text)(void *ctx, const struct buf *text);
    const char *collect;
};
/* Errors: ERR_REJECTED: no XML, a document type, a text beyond 4 000 bytes ("cell"). */
NODISCARD enum err sheet_xml_walk(struct sheet_walk *w, const char *bytes, size_t n,
                                  struct refusal *no);
