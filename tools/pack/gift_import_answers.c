/* What stands between the braces of a question from elsewhere, and which of our types it
 * can be. */
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/check.h"
#include "gift_import_text.h"
#include "lint_item.h"

static void lose(struct importing *im, int line, const char *what)
{
    gift_fail(&im->g, line, what);
}

/* --- one answer --------------------------------------------------------------------- */

const char *gift_import_weight(struct importing *im)
{
    const char *start = im->g.at + 1;
    const char *weight;
    size_t n;

    if (*im->g.at != '%')
        return NULL;
    n = import_weight_bytes(start);
    if (!n || start[n] != '%') {
        lose(im, im->g.line,
             "an answer that begins with % and is no weight: the question left out");
        return NULL;
    }
    weight = arena_strndup(im->g.arena, start, n);
    gift_advance(&im->g, n + 2);
    return weight;
}

const char *gift_import_feedback(struct importing *im)
{
    struct gift_picture picture = { 0 };
    int line = im->g.line;
    const char *text;

    if (*im->g.at != '#' || gift_starts(&im->g, "####"))
        return "";
    gift_advance(&im->g, 1);
    text = gift_import_words(im, gift_import_piece(im, "~=}", true), line, &picture);
    if (picture.file)
        import_note(im, 0, line, "a picture in a reason: left out");
    return text;
}

void gift_import_why(struct importing *im, struct gift_item *item)
{
    struct gift_picture picture = { 0 };
    int line = im->g.line;

    gift_advance(&im->g, strlen("####"));
    item->why =
        gift_import_words(im, gift_import_piece(im, "}", false), line, &picture);
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
    o->pair =
        gift_import_words(im, arrow + 2 + strspn(arrow + 2, " "), o->line, &picture);
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
    o.weight = gift_import_weight(im);
    o.text = gift_import_piece(im, "~=#}", false);
    o.feedback = gift_import_feedback(im);
    return o;
}

/* --- choices, pairs ----------------------------------------------------------------- */

struct marks {
    size_t n, n_equal, n_tilde, n_arrows;
};

static void count(struct marks *m, const struct gift_option *o)
{
    m->n++;
    m->n_equal += o->right;
    m->n_tilde += !o->right;
    m->n_arrows += strstr(o->text, "->") != NULL;
}

static void take_words(struct importing *im, struct gift_option *o)
{
    o->text = gift_import_words(im, o->text, o->line, &o->picture);
    import_plain_signs(im, o);
}

static void read_pairs(struct importing *im, struct gift_item *item)
{
    item->form = GIFT_PAIRS;
    for (size_t i = 0; i < item->n_options; i++) {
        struct gift_option *o = &item->options[i];

        if (*o->feedback || o->weight)
            import_note(im, 0, o->line, "a reason or weight of a pair: left out");
        o->feedback = "";
        o->weight = NULL;
        split_pair(im, o);
        take_words(im, o);
    }
    import_keep_pairs(im, item);
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
        import_drop_weights(im, item);
    else
        import_weigh(im, item);
    if (m->n_equal > 1 && !is_ours)
        import_note(im, 0, item->line, "several = answers: kept, leave one of them");
    for (size_t i = 0; i < item->n_options; i++)
        take_words(im, &item->options[i]);
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
            gift_import_why(im, item);
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

void gift_import_answers(struct importing *im, struct gift_item *item)
{
    size_t n = 0;
    int side;

    gift_advance(&im->g, 1);
    gift_skip_space(&im->g);
    side = side_at(&im->g, &n);
    if (*im->g.at == '}') {
        lose(im, item->line, "an essay: left out, no machine can mark it");
    } else if (*im->g.at == '#' && !gift_starts(&im->g, "####")) {
        gift_import_numbers(im, item);
    } else if (side >= 0) {
        gift_advance(&im->g, n);
        gift_import_sides(im, item, side);
    } else if (gift_starts(&im->g, "####")) {
        lose(im, item->line, "an essay: left out, no machine can mark it");
    } else {
        read_marked(im, item);
    }
}
