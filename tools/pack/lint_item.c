/* Rules for one quiz item. */
#include "lint_item.h"

#include <string.h>

#include "report.h"

#define SENTENCES_MAX 3 /* of a question or of a reason */

static bool known_type(item_types types, const char *name)
{
    for (; *types; types++) {
        if (strcmp((*types)->name, name) == 0)
            return true;
    }
    return false;
}

static void lint_id(const struct lint *c, const struct source_lesson *l,
                    const struct gift_item *item)
{
    size_t n = strlen(l->front.id);

    if (!lesson_id_valid(item->id))
        report_problem(c->report, c->file, item->line,
                       "id “%.40s”: use 1 to 32 of a-z 0-9 . _ -", item->id);
    else if (strncmp(item->id, l->front.id, n) != 0 ||
             strncmp(item->id + n, "-q", 2) != 0)
        report_problem(c->report, c->file, item->line,
                       "id %s: write %s-q1, %s-q2 and so on", item->id, l->front.id,
                       l->front.id);
    for (const struct gift_item *o = l->items; o < item; o++) {
        if (strcmp(o->id, item->id) == 0)
            report_problem(c->report, c->file, item->line,
                           "question %s is there twice: give it another number",
                           item->id);
    }
}

static void lint_option(const struct lint *c, const struct source_lesson *l,
                        const struct gift_item *item, const struct gift_option *o)
{
    if (!*o->feedback)
        report_problem(c->report, c->file, o->line,
                       "an answer without its reason: add # and say why");
    else
        lint_sentences(c, o->line, "a reason", o->feedback, SENTENCES_MAX);
    if (item->is_true_false)
        return;
    if (!*o->text)
        report_problem(c->report, c->file, o->line,
                       "an answer without words: add them");
    else
        lint_sentences(c, o->line, "an answer", o->text, 1);
    if (o->picture.file)
        lint_picture(c, l->folder, &o->picture, true);
    else
        report_problem(c->report, c->file, o->line,
                       "an answer without a picture: put ![what it shows](file.svg) "
                       "before its words");
}

static void lint_choices(const struct lint *c, const struct gift_item *item)
{
    size_t n_right = 0;

    for (size_t i = 0; i < item->n_options; i++)
        n_right += item->options[i].right;
    if (item->n_options < 2 || item->n_options > 3)
        report_problem(c->report, c->file, item->line, "%zu answers: give 2 or 3",
                       item->n_options);
    if (n_right != 1)
        report_problem(c->report, c->file, item->line,
                       "%zu right answers: mark exactly one with =", n_right);
}

void lint_item(const struct lint *c, const struct source_lesson *l,
               const struct gift_item *item)
{
    bool is_message = strcmp(item->type, "scam-or-safe") == 0;
    bool two_ways = is_message || strcmp(item->type, "true-false") == 0;

    lint_id(c, l, item);
    if (!known_type(c->types, item->type)) {
        report_problem(c->report, c->file, item->line,
                       "type “%.40s” cannot be played: use single, true-false or "
                       "scam-or-safe",
                       item->type);
        return;
    }
    if (two_ways != item->is_true_false)
        report_problem(c->report, c->file, item->line,
                       two_ways ? "type %s needs {T#…#…} or {F#…#…}"
                                : "type %s needs ~ and = answers",
                       item->type);
    if (!*item->stem)
        report_problem(c->report, c->file, item->line,
                       "no question: write it before {");
    else if (!is_message) /* a message speaks as swindlers do */
        lint_sentences(c, item->line, "the question", item->stem, SENTENCES_MAX);
    if (is_message && !item->from)
        report_problem(c->report, c->file, item->line,
                       "a message without a sender: add // from: above it");
    if (item->picture.file)
        lint_picture(c, l->folder, &item->picture, true);
    if (!item->is_true_false)
        lint_choices(c, item);
    for (size_t i = 0; i < item->n_options; i++)
        lint_option(c, l, item, &item->options[i]);
}
