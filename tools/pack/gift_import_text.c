/* Texts of a GIFT file from elsewhere: escapes, and a [format] at the front. */
#include "gift_import_text.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

/* --- pieces ------------------------------------------------------------------------- */

/* "####" ends a text even where a single # belongs to it. */
static bool at_stop(const struct gift *g, const char *stops, bool ends_at_why)
{
    return !*g->at || strchr(stops, *g->at) || (ends_at_why && gift_starts(g, "####"));
}

/* A backslash and what it stands for. */
static void take_escape(struct importing *im, struct buf *b)
{
    char c = im->g.at[1];

    if (c == 'n')
        import_note(im, SAID_BREAKS, im->g.line,
                    "line breaks in a text: joined into one line");
    buf_char(b, c == 'n' ? ' ' : c);
    gift_advance(&im->g, 2);
}

const char *gift_import_piece(struct importing *im, const char *stops, bool ends_at_why)
{
    struct gift *g = &im->g;
    const char *text;
    struct buf b;

    buf_init(&b, IMPORT_PIECE_MAX);
    gift_skip_space(g);
    while (!at_stop(g, stops, ends_at_why)) {
        if (*g->at == '\\' && g->at[1] && strchr("~=#{}:\\n", g->at[1])) {
            take_escape(im, &b);
        } else if (strchr(" \t\n", *g->at)) {
            gift_skip_space(g);
            buf_char(&b, ' ');
        } else {
            buf_char(&b, *g->at);
            gift_advance(g, 1);
        }
    }
    if (b.overflow)
        gift_fail(g, g->line, "a text longer than 4000 bytes: left out");
    while (b.len && b.data[b.len - 1] == ' ')
        b.data[--b.len] = 0;
    text = arena_strdup(g->arena, buf_text(&b));
    buf_finish(&b);
    return text;
}

/* --- words -------------------------------------------------------------------------- */

const char *gift_import_words(struct importing *im, const char *text, int line,
                              struct gift_picture *picture)
{
    enum text_format format = import_take_format(&text, im->format);

    if (im->format == FORMAT_NONE)
        im->format = format;
    if (format == FORMAT_MARKDOWN)
        import_note(im, SAID_FORMAT, line,
                    "[markdown]: taken out; marks of bold and the like stay as text");
    else if (format == FORMAT_PLAIN || format == FORMAT_MOODLE)
        import_note(im, SAID_FORMAT, line, "[plain] or [moodle]: taken out");
    return import_words(im, format, text, line, picture);
}
