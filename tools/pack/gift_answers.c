/* What stands between the braces of an item. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "gift_text.h"

#define NUMBER_DIGITS_MAX 9

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
        gift_fail(g, line,
                  "a picture that does not end: write ![what it shows](file.svg)");
        return text;
    }
    out->alt = arena_strndup(g->arena, text + 2, (size_t)(close - text - 2));
    out->file = arena_strndup(g->arena, close + 2, (size_t)(end - close - 2));
    out->line = line;
    return end + 1 + strspn(end + 1, " ");
}

/* "%50%" and "%-50%" before an answer: more than nothing is right. */
static void read_weight(struct gift *g, struct gift_item *item, struct gift_option *o)
{
    char *end;
    double weight;

    if (*g->at != '%')
        return;
    weight = strtod(g->at + 1, &end);
    if (end == g->at + 1 || *end != '%') {
        gift_fail(g, g->line, "a weight that does not end: write ~%50% or ~%-50%");
        return;
    }
    o->right = weight > 0;
    o->weight = arena_strndup(g->arena, g->at + 1, (size_t)(end - g->at - 1));
    if (!item->type)
        item->type = "multiple";
    gift_advance(g, (size_t)(end + 1 - g->at));
}

/* "a -> b" into its two sides. */
static void split_pair(struct gift *g, struct gift_item *item, struct gift_option *o)
{
    const char *arrow = strstr(o->text, "->");
    size_t n = arrow ? (size_t)(arrow - o->text) : 0;

    if (!arrow)
        return;
    item->form = GIFT_PAIRS;
    while (n && o->text[n - 1] == ' ')
        n--;
    o->pair = arena_strdup(g->arena, arrow + 2 + strspn(arrow + 2, " "));
    o->text = arena_strndup(g->arena, o->text, n);
    if (*g->at == '#' && !gift_starts(g, "####"))
        gift_fail(g, o->line,
                  "a reason (#) in a pair, where Moodle knows none: write one reason "
                  "for all after ####");
}

/* "####why": the reason for the answer as a whole; the last thing before }. */
static void read_why(struct gift *g, struct gift_item *item)
{
    if (!gift_starts(g, "####"))
        return;
    gift_advance(g, strlen("####"));
    item->why = gift_piece(g, "#}");
    if (*g->at == '#')
        gift_fail(g, g->line, "a # after ####: write \\# for the sign itself");
}

static void read_feedback(struct gift *g, struct gift_option *o)
{
    if (*g->at != '#' || gift_starts(g, "####"))
        return;
    gift_advance(g, 1);
    o->feedback = gift_piece(g, "~=#}");
    if (*g->at == '#' && !gift_starts(g, "####"))
        gift_fail(g, g->line,
                  "a second # in one answer: write \\# for the sign itself");
}

static void read_option(struct gift *g, struct gift_item *item)
{
    struct gift_option o = g->pending;

    g->pending = (struct gift_option){ 0 };
    g->pending_line = 0;
    o.line = g->line;
    o.right = *g->at == '=';
    o.feedback = "";
    gift_advance(g, 1);
    gift_skip_space(g);
    read_weight(g, item, &o);
    o.text = take_picture(g, gift_piece(g, "~=#}"), o.line, &o.picture);
    split_pair(g, item, &o);
    read_feedback(g, &o);
    if (item->n_options == ITEM_OPTIONS_MAX)
        gift_fail(g, o.line, "more than 6 answers: keep 2 or 3");
    else
        item->options[item->n_options++] = o;
}

static void read_choices(struct gift *g, struct gift_item *item)
{
    while (!g->failed) {
        gift_skip_space(g);
        if (*g->at == '}')
            return;
        if (*g->at == '=' || *g->at == '~')
            read_option(g, item);
        else if (gift_starts(g, "####"))
            read_why(g, item);
        else if (!*g->at)
            gift_fail(g, item->line,
                      "the answers do not end: close them with }, without a blank line "
                      "before");
        else
            gift_fail(g, g->line, "an answer without = or ~: put one before it");
    }
}

/* {T#missed#right}: Moodle's order. The side that is right gets the second text. */
static void read_true_false(struct gift *g, struct gift_item *item, bool is_true,
                            size_t n_word)
{
    struct gift_option missed = { .text = "", .feedback = "", .line = g->line };
    struct gift_option right = { .text = "", .feedback = "", .line = g->line };

    right.right = true;
    gift_advance(g, n_word);
    gift_skip_space(g);
    if (*g->at == '#') {
        gift_advance(g, 1);
        missed.feedback = gift_piece(g, "#}~=");
    }
    if (*g->at == '#') {
        gift_advance(g, 1);
        right.feedback = gift_piece(g, "#}~=");
    }
    if (*g->at != '}')
        gift_fail(g, g->line, "T or F with more than two #: write {T#missed#right}");
    item->form = GIFT_SIDES;
    item->options[is_true ? 0 : 1] = right;
    item->options[is_true ? 1 : 0] = missed;
    item->n_options = 2;
}

/* --- numbers ------------------------------------------------------------------------ */

/* Digits alone: dots and commas mean one thing to Moodle, another to Vietnamese
 * readers. False when there are none or too many. */
static bool take_number(const char **text, int *out)
{
    size_t n = strspn(*text, "0123456789");

    if (n == 0 || n > NUMBER_DIGITS_MAX)
        return false;
    *out = (int)strtol(*text, NULL, 10);
    *text += n;
    return true;
}

bool gift_range(const char *text, int *low, int *high)
{
    int more = 0;

    if (!take_number(&text, low))
        return false;
    *high = *low;
    if (strncmp(text, "..", 2) == 0) {
        text += 2;
        return take_number(&text, high) && !*text && *low <= *high;
    }
    if (*text == ':') {
        text++;
        if (!take_number(&text, &more))
            return false;
        *high = *low + more;
        *low = *low > more ? *low - more : 0;
    }
    return !*text;
}

/* {#5:1#right ~#any other}, with or without = before the number. */
static void read_number(struct gift *g, struct gift_item *item)
{
    struct gift_option *right = &item->options[0], *other = &item->options[1];

    *right = (struct gift_option){ .feedback = "", .right = true, .line = g->line };
    *other = (struct gift_option){ .text = "", .feedback = "", .line = g->line };
    item->form = GIFT_NUMBER;
    item->n_options = 2;
    gift_advance(g, 1);
    gift_skip_space(g);
    if (*g->at == '=')
        gift_advance(g, 1);
    right->text = gift_piece(g, "~=#}");
    if (!gift_range(right->text, &item->low, &item->high))
        gift_fail(g, right->line,
                  "not a number: write digits without dots, as {#=50000:0#…}, "
                  "{#=5:1#…} or {#1..3#…}");
    right->text =
        arena_strndup(g->arena, right->text, strspn(right->text, "0123456789"));
    read_feedback(g, right);
    if (*g->at == '~') {
        other->line = g->line;
        gift_advance(g, 1);
        gift_skip_space(g);
        read_feedback(g, other);
    }
    read_why(g, item);
    if (*g->at != '}')
        gift_fail(g, g->line, "more than one number: keep one, then ~#reason");
}

void gift_answers(struct gift *g, struct gift_item *item)
{
    static const struct {
        const char *word;
        bool is_true;
    } words[] = { { "TRUE", true }, { "FALSE", false }, { "T", true }, { "F", false } };

    gift_advance(g, 1);
    gift_skip_space(g);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        size_t n = strlen(words[i].word);

        if (gift_starts(g, words[i].word) && strchr("#} \t\r\n", g->at[n]) &&
            g->at[n]) {
            read_true_false(g, item, words[i].is_true, n);
            return;
        }
    }
    if (*g->at == '#')
        read_number(g, item);
    else if (*g->at == '}')
        gift_fail(g, g->line, "no answers: write ~ and = answers, or {T#…#…}");
    else
        read_choices(g, item);
}
