/* What stands between the braces of a question from elsewhere, and which of our types it
 * can be. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "gift_import_text.h"
#include "lint_item.h"

#define WEIGHT_BYTES_MAX 12

static void lose(struct importing *im, int line, const char *what)
{
    gift_fail(&im->g, line, what);
}

/* --- one answer --------------------------------------------------------------------- */

const char *import_weight(struct importing *im)
{
    const char *start = im->g.at + 1, *end = start;
    const char *weight;

    if (*im->g.at != '%')
        return NULL;
    end += *end == '-';
    end += strspn(end, "0123456789.");
    if (*end != '%' || end - start > WEIGHT_BYTES_MAX ||
        strcspn(start, "0123456789") >= (size_t)(end - start)) {
        lose(im, im->g.line,
             "an answer that begins with % and is no weight: the question left out");
        return NULL;
    }
    weight = arena_strndup(im->g.arena, start, (size_t)(end - start));
    gift_advance(&im->g, (size_t)(end + 1 - im->g.at));
    return weight;
}

double import_worth(const char *weight)
{
    return weight ? strtod(weight, NULL) : 0;
}

const char *import_feedback(struct importing *im)
{
    struct gift_picture picture = { 0 };
    int line = im->g.line;
    const char *text;

    if (*im->g.at != '#' || gift_starts(&im->g, "####"))
        return "";
    gift_advance(&im->g, 1);
    text = import_words(im, import_piece(im, "~=}", true), line, &picture);
    if (picture.file)
        import_note(im, 0, line, "a picture in a reason: left out");
    return text;
}

void import_why(struct importing *im, struct gift_item *item)
{
    struct gift_picture picture = { 0 };
    int line = im->g.line;

    gift_advance(&im->g, strlen("####"));
    item->why = import_words(im, import_piece(im, "}", false), line, &picture);
    if (picture.file)
        import_note(im, 0, line, "a picture in a reason: left out");
    if (!*item->why)
        item->why = NULL;
}

/* "a -> b". Pairs that fit nothing have no left side. */
static void split_pair(struct importing *im, struct gift_option *o)
{
    const char *arrow = strstr(o->text, "->");
    size_t n = arrow ? (size_t)(arrow - o->text) : 0;
    struct gift_picture picture = { 0 };

    if (!arrow)
        return;
    while (n && o->text[n - 1] == ' ')
        n--;
    o->pair = import_words(im, arrow + 2 + strspn(arrow + 2, " "), o->line, &picture);
    if (picture.file)
        import_note(im, 0, o->line, "a picture on the right of a pair: left out");
    o->text = arena_strndup(im->g.arena, o->text, n);
}

static struct gift_option take_option(struct importing *im)
{
    struct gift_option o = im->g.pending;

    im->g.pending = (struct gift_option){ 0 };
    im->g.pending_line = 0;
    o.line = im->g.line;
    o.right = *im->g.at == '=';
    gift_advance(&im->g, 1);
    gift_skip_space(&im->g);
    o.weight = import_weight(im);
    o.text = import_piece(im, "~=#}", false);
    o.feedback = import_feedback(im);
    return o;
}

/* --- choices, pairs ----------------------------------------------------------------- */

struct marks {
    size_t n, n_equal, n_tilde, n_arrows;
    size_t n_worth, n_whole; /* weights above 0, weights of 100 */
};

static void count(struct marks *m, const struct gift_option *o)
{
    m->n++;
    m->n_equal += o->right;
    m->n_tilde += !o->right;
    m->n_arrows += strstr(o->text, "->") != NULL;
    m->n_worth += import_worth(o->weight) > 0;
    m->n_whole += import_worth(o->weight) >= 100;
}

/* An arrow in an answer would make a pair of it. */
static void turn_arrows(struct importing *im, struct gift_option *o)
{
    const char *from = o->text, *arrow;
    struct buf b;

    if (!strstr(from, "->"))
        return;
    import_note(im, SAID_ARROW, o->line, "-> in an answer: written →");
    buf_init(&b, 2 * strlen(from));
    for (; (arrow = strstr(from, "->")); from = arrow + 2) {
        buf_add(&b, from, (size_t)(arrow - from));
        buf_str(&b, "→");
    }
    buf_str(&b, from);
    o->text = arena_strdup(im->g.arena, buf_text(&b));
    buf_finish(&b);
}

/* Its words, none of which may be taken for a sign when it is read again. */
static void take_words(struct importing *im, struct gift_option *o)
{
    o->text = import_words(im, o->text, o->line, &o->picture);
    turn_arrows(im, o);
    if (*o->text == '%' && !o->weight && !o->picture.file)
        lose(im, o->line, "an answer that begins with %: the question left out");
}

static void read_pairs(struct importing *im, struct gift_item *item)
{
    size_t n = 0;

    item->form = GIFT_PAIRS;
    for (size_t i = 0; i < item->n_options; i++) {
        struct gift_option *o = &item->options[i];

        if (*o->feedback || o->weight)
            import_note(im, 0, o->line, "a reason or weight of a pair: left out");
        o->feedback = "";
        o->weight = NULL;
        split_pair(im, o);
        take_words(im, o);
        if (!o->pair || (!*o->text && !o->picture.file))
            import_note(im, 0, o->line, "an answer that fits nothing: left out");
        else
            item->options[n++] = *o;
    }
    item->n_options = n;
    if (n < 2)
        lose(im, item->line, "fewer than two pairs: the question left out");
}

/* Who is right where no answer has a =. */
static void weigh(struct importing *im, struct gift_item *item, const struct marks *m)
{
    bool one = m->n_worth == 1 && m->n_whole == 1;

    for (size_t i = 0; i < item->n_options; i++) {
        struct gift_option *o = &item->options[i];

        o->right = import_worth(o->weight) > 0;
        if (one)
            o->weight = NULL;
    }
    if (one)
        import_note(im, SAID_WEIGHT, item->line,
                    "one right answer with its weight: made a = answer");
    else if (m->n_worth == 0)
        lose(im, item->line, "no right answer: the question left out");
    else if (!item->type)
        item->type = "multiple";
}

static void drop_weights(struct importing *im, struct gift_item *item)
{
    for (size_t i = 0; i < item->n_options; i++) {
        if (item->options[i].weight)
            import_note(im, SAID_WEIGHT, item->options[i].line,
                        "a weight beside = answers: left out, only = is right");
        item->options[i].weight = NULL;
    }
}

static void read_choices(struct importing *im, struct gift_item *item,
                         const struct marks *m)
{
    bool is_ours = item->type && lint_type_takes(item->type, GIFT_CHOICES);

    if (!m->n_tilde && !is_ours) {
        lose(im, item->line,
             "a short answer: left out, write it again as a choice of two or three");
        return;
    }
    if (m->n_equal)
        drop_weights(im, item);
    else
        weigh(im, item, m);
    if (m->n_equal > 1 && !is_ours)
        import_note(im, 0, item->line, "several = answers: kept, leave one of them");
    for (size_t i = 0; i < item->n_options; i++) {
        struct gift_option *o = &item->options[i];

        take_words(im, o);
    }
}

static void read_marked(struct importing *im, struct gift_item *item)
{
    struct marks m = { 0 };

    while (!im->g.failed && *im->g.at != '}') {
        if (*im->g.at == '=' || *im->g.at == '~') {
            struct gift_option o = take_option(im);

            count(&m, &o);
            if (item->n_options < ITEM_OPTIONS_MAX)
                item->options[item->n_options++] = o;
        } else if (gift_starts(&im->g, "####")) {
            import_why(im, item);
        } else if (!*im->g.at) {
            lose(im, item->line, "answers without a } before the blank line: left out");
        } else {
            lose(
                im, im->g.line,
                "a short answer: left out, write it again as a choice of two or three");
        }
        gift_skip_space(&im->g);
    }
    if (m.n > ITEM_OPTIONS_MAX)
        lose(im, item->line, "more than 6 answers: left out, keep two or three");
    if (im->g.failed)
        return;
    if (!m.n_tilde && m.n_arrows)
        read_pairs(im, item);
    else
        read_choices(im, item, &m);
}

/* T, TRUE, F, FALSE in any case, and nothing but reasons after it: 1, 0; else -1. */
static int side_at(const struct gift *g, size_t *n_out)
{
    static const char *const words[] = { "FALSE", "TRUE", "F", "T" };

    for (size_t i = 0; i < COUNT(words); i++) {
        size_t n = strlen(words[i]);

        if (strncasecmp(g->at, words[i], n) != 0)
            continue;
        *n_out = n;
        n += strspn(g->at + n, " \t\n");
        if (g->at[n] == '#' || g->at[n] == '}')
            return i % 2;
    }
    return -1;
}

void import_answers(struct importing *im, struct gift_item *item)
{
    size_t n = 0;
    int side;

    gift_advance(&im->g, 1);
    gift_skip_space(&im->g);
    side = side_at(&im->g, &n);
    if (*im->g.at == '}') {
        lose(im, item->line, "an essay: left out, no machine can mark it");
    } else if (*im->g.at == '#' && !gift_starts(&im->g, "####")) {
        import_numbers(im, item);
    } else if (side >= 0) {
        gift_advance(&im->g, n);
        import_sides(im, item, side);
    } else if (gift_starts(&im->g, "####")) {
        lose(im, item->line, "an essay: left out, no machine can mark it");
    } else {
        read_marked(im, item);
    }
}
