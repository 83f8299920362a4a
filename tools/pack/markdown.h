/* A lesson's Markdown as a flat list of blocks with line numbers. The only door to
 * cmark. Knows nothing of lessons. */
#pragma once

#include <stddef.h>

struct arena;

enum block_kind {
    BLOCK_HEADING,   /* text; level */
    BLOCK_PICTURE,   /* a paragraph that is one image: text = alt, file */
    BLOCK_PARAGRAPH, /* text */
    BLOCK_NOTE,      /* a block quote of one paragraph: text */
    BLOCK_FENCE,     /* a code fence: text, info ("gift", "practice") */
    BLOCK_OTHER,     /* lists, HTML, rules, quotes of several blocks */
};

struct block {
    enum block_kind kind;
    int line; /* of the first line; a fence's text starts on the next one */
    int level;
    const char *text; /* never NULL */
    const char *file; /* PICTURE */
    const char *info; /* FENCE */
    const char *odd;  /* inline markup that is not plain text ("a link"), or NULL */
};

#define MARKDOWN_BYTES_MAX (256U * 1024U)
#define MARKDOWN_LINE_MAX 4000 /* bytes */

/* `text` has at most the sizes above; `line` is its first line in the file. Blocks and
 * strings live in `arena`. */
struct block *markdown_read(const char *text, size_t n, int line, struct arena *arena,
                            size_t *n_blocks);
