/* XML in UTF-8 as a tree, for files from elsewhere. libxml2 stays behind this header: no
 * document type, no entity, nothing from the network, bounds for everything. */
#pragma once

#include <stddef.h>

struct arena;
struct report;

#define XML_DEPTH_MAX 16   /* elements in each other */
#define XML_TEXT_MAX 16384 /* bytes of an element's own text */
#define XML_TAG_MAX 65536  /* bytes of a tag or a remark, more or less */

struct xml_attr {
    const char *name, *value;
    struct xml_attr *next;
};

struct xml_element {
    const char *name; /* without its prefix */
    const char *text; /* its own, its children's not; NULL: longer than XML_TEXT_MAX */
    struct xml_attr *attrs;
    struct xml_element *first, *next; /* its first child; the one beside it */
    int line;
};

/* The root of the `n` bytes at `text`, all of it in `arena`. NULL: refused, with a line in
 * `report`. */
const struct xml_element *xml_tree_read(const char *text, size_t n, const char *file,
                                        struct arena *arena, struct report *report);

/* The first child of that name; NULL: there is none. */
const struct xml_element *xml_tree_child(const struct xml_element *e, const char *name);
/* NULL when it is missing. */
const char *xml_tree_attr(const struct xml_element *e, const char *name);
