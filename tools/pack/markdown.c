/* cmark's tree, flattened. */
#include "markdown.h"

#include <cmark.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"

/* What an inline node would add that a card cannot show, or NULL. */
static const char *odd_inline(cmark_node_type type)
{
    switch (type) {
    case CMARK_NODE_EMPH:
    case CMARK_NODE_STRONG:
        return "emphasis (* or _)";
    case CMARK_NODE_LINK:
        return "a link";
    case CMARK_NODE_IMAGE:
        return "a picture inside text";
    case CMARK_NODE_CODE:
        return "code (`)";
    case CMARK_NODE_HTML_INLINE:
        return "HTML";
    default:
        return NULL;
    }
}

/* The words below `node`, breaks as spaces. cmark's iterator does not recurse, so depth
 * costs no stack. */
static void gather(cmark_node *node, struct block *b, struct arena *arena)
{
    cmark_iter *it = cmark_iter_new(node);
    cmark_event_type event;
    struct buf text;

    buf_init(&text, MARKDOWN_BYTES_MAX);
    while ((event = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
        cmark_node *n = cmark_iter_get_node(it);
        cmark_node_type type = cmark_node_get_type(n);
        const char *literal = cmark_node_get_literal(n);

        if (event != CMARK_EVENT_ENTER)
            continue;
        if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            buf_char(&text, ' ');
        else if (literal)
            buf_str(&text, literal);
        if (n != node && !b->odd)
            b->odd = odd_inline(type);
    }
    cmark_iter_free(it);
    b->text = arena_strdup(arena, buf_text(&text));
    buf_finish(&text);
}

static bool is_only_child(cmark_node *parent, cmark_node_type type)
{
    cmark_node *child = cmark_node_first_child(parent);

    return child && !cmark_node_next(child) && cmark_node_get_type(child) == type;
}

static void fill_paragraph(cmark_node *node, struct block *b, struct arena *arena)
{
    b->kind = BLOCK_PARAGRAPH;
    if (is_only_child(node, CMARK_NODE_IMAGE)) {
        node = cmark_node_first_child(node);
        b->kind = BLOCK_PICTURE;
        b->file = arena_strdup(arena, cmark_node_get_url(node));
    }
    gather(node, b, arena);
}

static void fill(cmark_node *node, struct block *b, struct arena *arena)
{
    b->kind = BLOCK_OTHER;
    b->text = "";
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HEADING:
        b->kind = BLOCK_HEADING;
        b->level = cmark_node_get_heading_level(node);
        gather(node, b, arena);
        break;
    case CMARK_NODE_PARAGRAPH:
        fill_paragraph(node, b, arena);
        break;
    case CMARK_NODE_BLOCK_QUOTE:
        if (!is_only_child(node, CMARK_NODE_PARAGRAPH))
            break;
        b->kind = BLOCK_NOTE;
        gather(cmark_node_first_child(node), b, arena);
        break;
    case CMARK_NODE_CODE_BLOCK:
        b->kind = BLOCK_FENCE;
        b->info = arena_strdup(arena, cmark_node_get_fence_info(node));
        b->text = arena_strdup(arena, cmark_node_get_literal(node));
        break;
    default:
        break;
    }
}

struct block *markdown_read(const char *text, size_t n, int line, struct arena *arena,
                            size_t *n_blocks)
{
    cmark_node *doc;
    cmark_node *node;
    struct block *blocks;
    size_t count = 0;

    ASSERT(n <= MARKDOWN_BYTES_MAX);
    doc = cmark_parse_document(text, n, CMARK_OPT_DEFAULT);
    for (node = cmark_node_first_child(doc); node; node = cmark_node_next(node))
        count++;
    blocks = arena_alloc(arena, count * sizeof(*blocks));
    *n_blocks = 0;
    for (node = cmark_node_first_child(doc); node; node = cmark_node_next(node)) {
        struct block *b = &blocks[(*n_blocks)++];

        b->line = cmark_node_get_start_line(node) + line - 1;
        fill(node, b, arena);
    }
    cmark_node_free(doc);
    return blocks;
}
