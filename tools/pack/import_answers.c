/* What answers are worth, and what none of them may hold: the same for GIFT and for Moodle
 * XML. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "import.h"

#define WEIGHT_BYTES_MAX 20

/* --- weights ------------------------------------------------------------------------ */

size_t import_weight_bytes(const char *text)
{
    size_t sign = *text == '-';
    size_t whole = strspn(text + sign, "0123456789"), n = sign + whole, parts = 0;

    if (text[n] == '.') {
        parts = strspn(text + n + 1, "0123456789");
        n += 1 + parts;
    }
    return whole + parts && n <= WEIGHT_BYTES_MAX ? n : 0;
}

double import_worth(const char *weight)
{
    return weight ? strtod(weight, NULL) : 0;
}

void import_weigh(struct importing *im, struct gift_item *item)
{
    size_t n_worth = 0, n_whole = 0;
    bool one;

    for (size_t i = 0; i < item->n_options; i++) {
        n_worth += import_worth(item->options[i].weight) > 0;
        n_whole += import_worth(item->options[i].weight) >= 100;
    }
    one = n_worth == 1 && n_whole == 1;
    for (size_t i = 0; i < item->n_options; i++) {
        struct gift_option *o = &item->options[i];

        o->right = import_worth(o->weight) > 0;
        if (one)
            o->weight = NULL;
    }
    if (one)
        import_note(im, SAID_WEIGHT, item->line,
                    "one right answer with its weight: made a = answer");
    else if (n_worth == 0)
        gift_fail(&im->g, item->line, "no right answer: the question left out");
    else if (!item->type)
        item->type = "multiple";
}

void import_drop_weights(struct importing *im, struct gift_item *item)
{
    for (size_t i = 0; i < item->n_options; i++) {
        if (item->options[i].weight)
            import_note(im, SAID_WEIGHT, item->options[i].line,
                        "a weight beside = answers: left out, only = is right");
        item->options[i].weight = NULL;
    }
}

/* --- signs -------------------------------------------------------------------------- */

/* An arrow in an answer would make a pair of it. */
static const char *turned_arrows(struct importing *im, const char *from, int line)
{
    const char *arrow, *text;
    struct buf b;

    if (!from || !strstr(from, "->"))
        return from;
    import_note(im, SAID_ARROW, line, "-> in an answer: written →");
    buf_init(&b, 2 * strlen(from));
    for (; (arrow = strstr(from, "->")); from = arrow + 2) {
        buf_add(&b, from, (size_t)(arrow - from));
        buf_str(&b, "→");
    }
    buf_str(&b, from);
    text = arena_strdup(im->g.arena, buf_text(&b));
    buf_finish(&b);
    return text;
}

void import_plain_signs(struct importing *im, struct gift_option *o)
{
    o->text = turned_arrows(im, o->text, o->line);
    o->picture.alt = turned_arrows(im, o->picture.alt, o->line);
    if (*o->text == '%' && !o->weight && !o->picture.file)
        gift_fail(&im->g, o->line,
                  "an answer that begins with %: the question left out");
    if (strncmp(o->text, "![", 2) == 0 && !o->picture.file)
        gift_fail(&im->g, o->line,
                  "an answer that begins with ![ and is no picture: the question left "
                  "out");
}

/* --- pairs, sides ------------------------------------------------------------------- */

void import_keep_pairs(struct importing *im, struct gift_item *item)
{
    size_t n = 0;

    for (size_t i = 0; i < item->n_options; i++) {
        const struct gift_option *o = &item->options[i];

        if (!o->pair || (!*o->text && !o->picture.file))
            import_note(im, 0, o->line, "an answer that fits nothing: left out");
        else
            item->options[n++] = *o;
    }
    item->n_options = n;
    if (n < 2)
        gift_fail(&im->g, item->line, "fewer than two pairs: the question left out");
}

void import_spread_why(struct importing *im, struct gift_item *item)
{
    struct gift_option *o = item->options;
    struct gift_option *right = o[0].right ? &o[0] : &o[1];
    struct gift_option *missed = o[0].right ? &o[1] : &o[0];

    if (item->why && !*missed->feedback)
        missed->feedback = item->why;
    else if (item->why)
        import_note(im, 0, item->line,
                    "a reason for the whole beside that of a wrong answer: left out "
                    "there");
    if (item->why && !*right->feedback)
        right->feedback = item->why;
    item->why = NULL;
}
