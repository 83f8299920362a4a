/* Characters, lines and pieces of GIFT. Moodle's escapes are a backslash before
 * ~ = # { } : and itself. */
#include "gift_text.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "report.h"

#define PIECE_BYTES_MAX 4000

void gift_fail(struct gift *g, int line, const char *what)
{
    if (!g->failed)
        report_problem(g->report, g->file, line, "%s", what);
    g->failed = true;
}

void gift_advance(struct gift *g, size_t n)
{
    for (; n && *g->at; n--) {
        if (*g->at == '\n')
            g->line++;
        g->at++;
    }
}

bool gift_starts(const struct gift *g, const char *text)
{
    return strncmp(g->at, text, strlen(text)) == 0;
}

size_t gift_line_length(const struct gift *g)
{
    return strcspn(g->at, "\n");
}

bool gift_line_blank(const struct gift *g)
{
    return strspn(g->at, " \t\r") == gift_line_length(g) || !*g->at;
}

void gift_skip_line(struct gift *g)
{
    gift_advance(g, gift_line_length(g) + 1);
}

const char *gift_key(const struct gift *g, const char **key_out, size_t *n_key_out)
{
    const char *s = g->at + 2 + strspn(g->at + 2, " \t");
    size_t rest = (size_t)(g->at + gift_line_length(g) - s);
    size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz-");
    const char *value;

    if (!n || n >= rest || s[n] != ':')
        return NULL;
    *key_out = s;
    *n_key_out = n;
    value = s + n + 1;
    rest -= n + 1;
    while (rest && strchr(" \t\r", *value)) {
        value++;
        rest--;
    }
    while (rest && strchr(" \t\r", value[rest - 1]))
        rest--;
    return arena_strndup(g->arena, value, rest);
}

static bool is_key(const char *key, size_t n, const char *want)
{
    return strlen(want) == n && memcmp(key, want, n) == 0;
}

/* "// hotspot: x y w h" and "// go: 2" say more of the answer below them. */
static void read_inner(struct gift *g)
{
    const char *key;
    size_t n;
    const char *value = gift_key(g, &key, &n);
    int *spot = g->pending.spot;
    char end;

    if (!value)
        return;
    if (is_key(key, n, "hotspot")) {
        g->pending.has_spot = sscanf(value, "%4d %4d %4d %4d%c", &spot[0], &spot[1],
                                     &spot[2], &spot[3], &end) == 4;
        if (!g->pending.has_spot)
            gift_fail(g, g->line,
                      "hotspot is not four numbers: write x y w h, in the "
                      "480 × 400 of the picture");
    } else if (is_key(key, n, "go")) {
        g->pending.go =
            value[0] >= '2' && value[0] <= '9' && !value[1] ? value[0] - '0' : 0;
        if (!g->pending.go)
            gift_fail(g, g->line,
                      "go is not the number of a later part: write // go: 2");
    } else {
        return;
    }
    g->pending_line = g->line;
}

void gift_skip_space(struct gift *g)
{
    for (;;) {
        size_t n = strspn(g->at, " \t\r\n");

        gift_advance(g, n);
        if (n == 0 || !memchr(g->at - n, '\n', n) || !gift_starts(g, "//"))
            return;
        read_inner(g);
        gift_advance(g, gift_line_length(g));
    }
}

static const char *trimmed(struct gift *g, struct buf *b)
{
    const char *text;

    while (b->len && b->data[b->len - 1] == ' ')
        b->data[--b->len] = 0;
    if (b->overflow)
        gift_fail(g, g->line, "a text is longer than 4000 bytes: shorten it");
    text = arena_strdup(g->arena, buf_text(b));
    buf_finish(b);
    return text;
}

const char *gift_piece(struct gift *g, const char *stops)
{
    struct buf b;

    buf_init(&b, PIECE_BYTES_MAX);
    gift_skip_space(g);
    while (*g->at && !strchr(stops, *g->at)) {
        if (*g->at == '\\' && g->at[1] && strchr("~=#{}:\\", g->at[1])) {
            buf_char(&b, g->at[1]);
            gift_advance(g, 2);
        } else if (strchr(" \t\r\n", *g->at)) {
            gift_skip_space(g);
            buf_char(&b, ' ');
        } else {
            buf_char(&b, *g->at);
            gift_advance(g, 1);
        }
    }
    return trimmed(g, &b);
}
