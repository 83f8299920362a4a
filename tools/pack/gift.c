/* Cuts the text into items at blank lines, as Moodle does, then reads each by hand. Moodle's escapes
 * are a backslash before ~ = # { } : and itself. */
#include "gift.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "report.h"

#define PIECE_BYTES_MAX 4000

struct gift {
    const char *at;
    int line;
    const char *file;
    struct arena *arena;
    struct report *report;
    bool failed; /* the item at hand; reported already */
};

static void fail(struct gift *g, int line, const char *what)
{
    if (!g->failed)
        report_problem(g->report, g->file, line, "%s", what);
    g->failed = true;
}

static void advance(struct gift *g, size_t n)
{
    for (; n && *g->at; n--) {
        if (*g->at == '\n')
            g->line++;
        g->at++;
    }
}

static bool starts(const struct gift *g, const char *text)
{
    return strncmp(g->at, text, strlen(text)) == 0;
}

static size_t line_length(const struct gift *g)
{
    return strcspn(g->at, "\n");
}

static bool line_blank(const struct gift *g)
{
    return strspn(g->at, " \t\r") == line_length(g) || !*g->at;
}

static void skip_line(struct gift *g)
{
    advance(g, line_length(g) + 1);
}

/* White space and line ends, and comment lines inside an item, as Moodle drops them. */
static void skip_space(struct gift *g)
{
    for (;;) {
        size_t n = strspn(g->at, " \t\r\n");

        advance(g, n);
        if (n == 0 || g->at[-1] != '\n' || !starts(g, "//"))
            return;
        advance(g, line_length(g));
    }
}

static const char *trimmed(struct gift *g, struct buf *b)
{
    const char *text;

    while (b->len && b->data[b->len - 1] == ' ')
        b->data[--b->len] = 0;
    if (b->overflow)
        fail(g, g->line, "a text is longer than 4000 bytes: shorten it");
    text = arena_strdup(g->arena, buf_text(b));
    buf_finish(b);
    return text;
}

/* Text up to one of `stops` that is not escaped, escapes resolved, runs of white space
 * as one space. `at` is then on the stop, or on the end. */
static const char *read_piece(struct gift *g, const char *stops)
{
    struct buf b;

    buf_init(&b, PIECE_BYTES_MAX);
    skip_space(g);
    while (*g->at && !strchr(stops, *g->at)) {
        if (*g->at == '\\' && g->at[1] && strchr("~=#{}:\\", g->at[1])) {
            buf_char(&b, g->at[1]);
            advance(g, 2);
        } else if (strchr(" \t\r\n", *g->at)) {
            skip_space(g);
            buf_char(&b, ' ');
        } else {
            buf_char(&b, *g->at);
            advance(g, 1);
        }
    }
    return trimmed(g, &b);
}

/* --- the // lines above an item ---------------------------------------------------- */

static const char *const keys[] = { "type", "safety", "from", "picture", "alt" };
enum { KEY_TYPE, KEY_SAFETY, KEY_FROM, KEY_PICTURE, KEY_ALT, N_KEYS };

static void set_key(struct gift *g, struct gift_item *item, size_t key,
                    const char *value)
{
    switch (key) {
    case KEY_TYPE:
        item->type = value;
        break;
    case KEY_SAFETY:
        item->safety = strcmp(value, "yes") == 0;
        if (!item->safety)
            fail(g, g->line,
                 "safety is not 'yes': write '// safety: yes' or remove it");
        break;
    case KEY_FROM:
        item->from = value;
        break;
    case KEY_PICTURE:
        item->picture.file = value;
        item->picture.line = g->line;
        break;
    default:
        item->picture.alt = value;
        break;
    }
}

static void read_comment(struct gift *g, struct gift_item *item)
{
    const char *s = g->at + 2 + strspn(g->at + 2, " \t");
    size_t rest = (size_t)(g->at + line_length(g) - s);
    size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz-");
    size_t key = 0;

    if (n && n < rest && s[n] == ':') {
        const char *value = s + n + 1;
        size_t n_value = rest - n - 1;

        while (n_value && strchr(" \t\r", *value)) {
            value++;
            n_value--;
        }
        while (n_value && strchr(" \t\r", value[n_value - 1]))
            n_value--;
        while (key < N_KEYS && (strlen(keys[key]) != n || memcmp(keys[key], s, n) != 0))
            key++;
        if (key == N_KEYS)
            fail(g, g->line,
                 "a // line with an unknown key: use type, safety, from, picture or "
                 "alt");
        else if (n_value == 0)
            fail(g, g->line, "a // line without a value: write one or remove the line");
        else
            set_key(g, item, key, arena_strndup(g->arena, value, n_value));
    }
    skip_line(g);
}

/* --- the answers ------------------------------------------------------------------- */

/* "![alt](file) text": takes the picture off the front of an option. */
static const char *take_picture(struct gift *g, const char *text, int line,
                                struct gift_picture *out)
{
    const char *close, *end;

    if (strncmp(text, "![", 2) != 0)
        return text;
    close = strstr(text, "](");
    end = close ? strchr(close, ')') : NULL;
    if (!end) {
        fail(g, line, "a picture that does not end: write ![what it shows](file.svg)");
        return text;
    }
    out->alt = arena_strndup(g->arena, text + 2, (size_t)(close - text - 2));
    out->file = arena_strndup(g->arena, close + 2, (size_t)(end - close - 2));
    out->line = line;
    return end + 1 + strspn(end + 1, " ");
}

static void read_option(struct gift *g, struct gift_item *item)
{
    struct gift_option o = { .line = g->line, .right = *g->at == '=', .feedback = "" };

    advance(g, 1);
    skip_space(g);
    if (*g->at == '%')
        fail(g, g->line, "weights (%…%) are not used here: mark the right one with =");
    o.text = take_picture(g, read_piece(g, "~=#}"), o.line, &o.picture);
    if (strstr(o.text, "->"))
        fail(g, o.line, "matching (->) is not known here: use ~ and = answers");
    if (*g->at == '#') {
        advance(g, 1);
        if (*g->at == '#')
            fail(g, g->line,
                 "general feedback (####) is not used: use # on each answer");
        o.feedback = read_piece(g, "~=#}");
        if (*g->at == '#')
            fail(g, g->line, "a second # in one answer: write \\# for the sign itself");
    }
    if (item->n_options == ITEM_OPTIONS_MAX)
        fail(g, o.line, "more than 6 answers: keep 2 or 3");
    else
        item->options[item->n_options++] = o;
}

static void read_choices(struct gift *g, struct gift_item *item)
{
    while (!g->failed) {
        skip_space(g);
        if (*g->at == '}')
            return;
        if (*g->at == '=' || *g->at == '~')
            read_option(g, item);
        else if (!*g->at)
            fail(g, item->line,
                 "the answers do not end: close them with }, without a blank line "
                 "before");
        else
            fail(g, g->line, "an answer without = or ~: put one before it");
    }
}

/* {T#missed#right}: Moodle's order. The side that is right gets the second text. */
static void read_true_false(struct gift *g, struct gift_item *item, bool is_true,
                            size_t n_word)
{
    struct gift_option missed = { .text = "", .feedback = "", .line = g->line };
    struct gift_option right = { .text = "", .feedback = "", .line = g->line };

    right.right = true;
    advance(g, n_word);
    skip_space(g);
    if (*g->at == '#') {
        advance(g, 1);
        missed.feedback = read_piece(g, "#}~=");
    }
    if (*g->at == '#') {
        advance(g, 1);
        right.feedback = read_piece(g, "#}~=");
    }
    if (*g->at != '}')
        fail(g, g->line, "T or F with more than two #: write {T#missed#right}");
    item->is_true_false = true;
    item->options[is_true ? 0 : 1] = right;
    item->options[is_true ? 1 : 0] = missed;
    item->n_options = 2;
}

static void read_answers(struct gift *g, struct gift_item *item)
{
    static const struct {
        const char *word;
        bool is_true;
    } words[] = { { "TRUE", true }, { "FALSE", false }, { "T", true }, { "F", false } };

    advance(g, 1);
    skip_space(g);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        size_t n = strlen(words[i].word);

        if (starts(g, words[i].word) && strchr("#} \t\r\n", g->at[n]) && g->at[n]) {
            read_true_false(g, item, words[i].is_true, n);
            return;
        }
    }
    if (*g->at == '#')
        fail(g, g->line, "numbers as answers are not known here: use ~ and = answers");
    else if (*g->at == '}')
        fail(g, g->line, "no answers: write ~ and = answers, or {T#…#…}");
    else
        read_choices(g, item);
}

/* --- items ------------------------------------------------------------------------- */

static void read_id(struct gift *g, struct gift_item *item)
{
    const char *end;

    item->line = g->line;
    item->id = "";
    if (!starts(g, "::")) {
        fail(g, g->line, "an item without its id: start it with ::lesson-q1::");
        return;
    }
    end = strstr(g->at + 2, "::");
    if (!end || memchr(g->at, '\n', (size_t)(end - g->at))) {
        fail(g, g->line, "an id that does not end: write ::lesson-q1::");
        return;
    }
    item->id = arena_strndup(g->arena, g->at + 2, (size_t)(end - g->at - 2));
    advance(g, (size_t)(end + 2 - g->at));
}

static void read_item(struct gift *g, struct gift_item *item)
{
    read_id(g, item);
    if (g->failed)
        return;
    item->stem = read_piece(g, "{}~=");
    if (*g->at != '{') {
        fail(g, g->line,
             "the question has no {answers}: add them, and put \\ before "
             "{ } ~ = that are only text");
        return;
    }
    read_answers(g, item);
    if (g->failed)
        return;
    advance(g, 1);
    if (!line_blank(g))
        fail(g, g->line, "text after the answers: put the whole question before {");
    if (!item->type)
        item->type = item->is_true_false ? "true-false" : "single";
    if (item->picture.file && !item->picture.alt)
        item->picture.alt = "";
}

/* The bytes from here to the next blank line or the end: one item. */
static size_t item_length(const struct gift *g)
{
    struct gift ahead = *g;

    while (*ahead.at && !line_blank(&ahead))
        skip_line(&ahead);
    return (size_t)(ahead.at - g->at);
}

size_t gift_read(const char *text, const char *file, int line, struct arena *arena,
                 struct report *report, struct gift_item *items, size_t max)
{
    struct gift g = { text, line, file, arena, report, false };
    struct gift_item item = { 0 };
    size_t n = 0;

    while (*g.at) {
        if (line_blank(&g)) {
            skip_line(&g);
        } else if (starts(&g, "//")) {
            read_comment(&g, &item);
        } else {
            size_t length = item_length(&g);
            struct gift one = g;

            one.at = arena_strndup(arena, g.at, length);
            read_item(&one, &item);
            if (!one.failed && n == max)
                fail(&one, item.line, "too many items in one lesson: keep 3 to 5");
            if (!one.failed)
                items[n++] = item;
            item = (struct gift_item){ 0 };
            g.failed = false;
            advance(&g, length);
        }
    }
    return n;
}
