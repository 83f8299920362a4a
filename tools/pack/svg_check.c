/* A scanner over the bytes of an SVG, not an XML parser: everything that is not on the
 * short list of allowed things is refused, so the renderer never sees a DOCTYPE, an
 * entity, a reference or a style sheet. Well-formedness is the renderer's business. */
#include "svg_check.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/utf8.h"

#define DEPTH_MAX 32
#define ELEMENTS_MAX 2000
#define NUMBERS_MAX 10000 /* in all; a renderer's time grows with their square */

static const char *const elements[] = {
    "svg",  "g",        "path",    "rect",  "circle", "ellipse",
    "line", "polyline", "polygon", "title", "desc",
};

/* Never inside a tag of a flat drawing, whatever the attribute. */
static const struct {
    const char *text;
    const char *fix;
} refused[] = {
    { "href", "a reference to another file or shape: draw the shape itself" },
    { "url(", "a paint or image by reference: use a plain colour" },
    { "style=", "a style attribute: use fill=, stroke= and stroke-width=" },
    { "class=", "a style class: use fill=, stroke= and stroke-width=" },
    { "filter=", "a filter: draw flat shapes" },
    { "mask=", "a mask: draw flat shapes" },
    { "clip-path=", "a clip path: draw flat shapes" },
    { "xml:base", "xml:base: remove it" },
    { "&", "an entity inside a tag: write the character itself" },
    { "<", "a '<' inside a tag: close the tag before it" },
};

struct scan {
    const char *s;
    size_t n;
    size_t at;
    int line;
    int depth;
    int n_elements;
    int n_numbers;
    struct svg_problem *out;
};

static enum err refuse(const struct scan *c, const char *what)
{
    c->out->line = c->line;
    snprintf(c->out->what, sizeof(c->out->what), "%s", what);
    return ERR_REJECTED;
}

static bool starts(const struct scan *c, const char *text)
{
    size_t n = strlen(text);

    return c->n - c->at >= n && memcmp(c->s + c->at, text, n) == 0;
}

/* Goes past the next `end`; false when there is none. */
static bool skip_past(struct scan *c, const char *end)
{
    while (c->at < c->n && !starts(c, end)) {
        if (c->s[c->at] == '\n')
            c->line++;
        c->at++;
    }
    if (c->at == c->n)
        return false;
    c->at += strlen(end);
    return true;
}

static bool allowed_element(const char *name, size_t n)
{
    for (size_t i = 0; i < COUNT(elements); i++) {
        if (strlen(elements[i]) == n && memcmp(elements[i], name, n) == 0)
            return true;
    }
    return false;
}

static bool is_digit(char ch)
{
    return ch >= '0' && ch <= '9';
}

/* The attributes of the tag from `at` to its '>', quotes respected. */
static enum err scan_attributes(struct scan *c)
{
    char quote = 0;

    for (; c->at < c->n; c->at++) {
        char ch = c->s[c->at];

        if (ch == '\n')
            c->line++;
        if (ch == '>' && !quote) {
            bool closed = c->s[c->at - 1] == '/';

            c->at++;
            if (!closed && ++c->depth > DEPTH_MAX)
                return refuse(c, "nested deeper than 32: group less");
            return ERR_OK;
        }
        if (is_digit(ch) && !is_digit(c->s[c->at - 1]) && ++c->n_numbers > NUMBERS_MAX)
            return refuse(c, "more than 10000 numbers: simplify the drawing");
        if (quote) {
            if (ch == quote)
                quote = 0;
        } else if (ch == '"' || ch == '\'') {
            quote = ch;
        } else if ((starts(c, "on") || starts(c, "On") || starts(c, "ON")) &&
                   strchr(" \t\n\r/", c->s[c->at - 1])) {
            return refuse(c, "an event attribute (on…): remove it");
        }
        for (size_t i = 0; i < COUNT(refused); i++) {
            if (starts(c, refused[i].text))
                return refuse(c, refused[i].fix);
        }
    }
    return refuse(c, "a tag without '>': close it");
}

static enum err scan_open(struct scan *c)
{
    size_t start = ++c->at;
    size_t n;

    while (c->at < c->n && !strchr(" \t\r\n/>", c->s[c->at]))
        c->at++;
    n = c->at - start;
    if (!allowed_element(c->s + start, n)) {
        char what[120];

        snprintf(what, sizeof(what), "<%.*s> is not a flat shape: use paths and shapes",
                 (int)(n < 24 ? n : 24), c->s + start);
        return refuse(c, what);
    }
    if (++c->n_elements > ELEMENTS_MAX)
        return refuse(c, "more than 2000 shapes: simplify the drawing");
    return scan_attributes(c);
}

/* "</name>": nothing but a name and white space. */
static enum err scan_close(struct scan *c)
{
    c->at += strlen("</");
    while (c->at < c->n && strchr("abcdefghijklmnopqrstuvwxyz \t\n", c->s[c->at])) {
        c->line += c->s[c->at] == '\n';
        c->at++;
    }
    if (c->at == c->n || c->s[c->at] != '>')
        return refuse(c, "a closing tag that is no name: export it again");
    c->at++;
    c->depth--;
    return ERR_OK;
}

static enum err scan_markup(struct scan *c)
{
    if (starts(c, "<!--"))
        return skip_past(c, "-->") ? ERR_OK : refuse(c, "a comment without -->");
    if (starts(c, "<!"))
        return refuse(c, "a DOCTYPE, entity or CDATA section: remove it");
    if (starts(c, "<?xml ") && c->at == 0) {
        const char *end = memchr(c->s, '>', c->n);

        for (c->at = 0; end && c->s + c->at < end; c->at++) {
            if (starts(c, "encoding=") && !starts(c, "encoding=\"UTF-8\"") &&
                !starts(c, "encoding=\"utf-8\""))
                return refuse(c, "another encoding than UTF-8: save it as UTF-8");
        }
        return skip_past(c, "?>") ? ERR_OK : refuse(c, "a declaration without ?>");
    }
    if (starts(c, "<?"))
        return refuse(c, "a processing instruction: remove it");
    if (starts(c, "</"))
        return scan_close(c);
    return scan_open(c);
}

enum err svg_check(const char *svg, size_t n, struct svg_problem *out)
{
    struct scan c = { .s = svg, .n = n, .line = 1, .out = out };

    if (n > SVG_BYTES_MAX)
        return refuse(&c, "larger than 1 MiB: simplify the drawing");
    for (size_t i = 0; i < n; i++) {
        if (svg[i] == '\r') /* the one control character that utf8_valid refuses here */
            return refuse(&c, "carriage returns: save it with LF line ends");
    }
    if (!utf8_valid(svg, n))
        return refuse(&c, "not valid UTF-8: save it as UTF-8");
    while (c.at < n) {
        char ch = svg[c.at];
        enum err err = ERR_OK;

        if (ch == '<') {
            err = scan_markup(&c);
        } else {
            if (ch == '\n')
                c.line++;
            c.at++;
        }
        if (err)
            return err;
    }
    if (c.n_elements == 0)
        return refuse(&c, "no <svg> in it: export it as plain SVG");
    if (!strstr(svg, "viewBox="))
        return refuse(&c, "no viewBox: add viewBox=\"0 0 480 400\"");
    return ERR_OK;
}
