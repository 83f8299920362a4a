/* Rules for one quiz item. */
#include "lint_item.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "pictures.h"
#include "report.h"
#include "svg.h"

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

/* --- what each type asks of its answers --------------------------------------------- */

enum pictures { PICTURES_NONE, PICTURES_ALL, PICTURES_ANY };
enum marks { ONE_RIGHT, SOME_RIGHT, ALL_RIGHT };

static const struct rule {
    const char *type;
    enum gift_form form;
    size_t min, max; /* answers */
    enum marks marks;
    enum pictures pictures;
} rules[] = {
    { "single", GIFT_CHOICES, 2, 3, ONE_RIGHT, PICTURES_ALL },
    { "true-false", GIFT_SIDES, 2, 2, ONE_RIGHT, PICTURES_NONE },
    { "scam-or-safe", GIFT_SIDES, 2, 2, ONE_RIGHT, PICTURES_NONE },
    { "multiple", GIFT_CHOICES, 3, 4, SOME_RIGHT, PICTURES_ALL },
    { "picture-choice", GIFT_CHOICES, 2, 4, ONE_RIGHT, PICTURES_ALL },
    { "order", GIFT_CHOICES, 3, 4, ALL_RIGHT, PICTURES_NONE },
    { "match", GIFT_PAIRS, 2, 4, ALL_RIGHT, PICTURES_ANY },
    { "numeric", GIFT_NUMBER, 2, 2, ONE_RIGHT, PICTURES_NONE },
    { "hotspot", GIFT_CHOICES, 2, 6, ONE_RIGHT, PICTURES_NONE },
    { "scenario", GIFT_CHOICES, 2, 3, ONE_RIGHT, PICTURES_ALL },
};

static const char *const mark_names[] = {
    [ONE_RIGHT] = "mark exactly one with =",
    [SOME_RIGHT] = "give two or more a weight as ~%50%, and at least one none",
    [ALL_RIGHT] = "put = before each of them",
};

static bool marks_hold(enum marks marks, size_t n_right, size_t n)
{
    switch (marks) {
    case ONE_RIGHT:
        return n_right == 1;
    case SOME_RIGHT:
        return n_right >= 2 && n_right < n;
    case ALL_RIGHT:
        return n_right == n;
    }
    return false;
}

static const char *const form_names[] = {
    [GIFT_CHOICES] = "~ and = answers",
    [GIFT_SIDES] = "{T#…#…} or {F#…#…}",
    [GIFT_PAIRS] = "= a -> b answers",
    [GIFT_NUMBER] = "a number as {#=5:0#…~#…}",
};

static const struct rule *rule_of(const char *type)
{
    for (size_t i = 0; i < COUNT(rules); i++) {
        if (strcmp(rules[i].type, type) == 0)
            return &rules[i];
    }
    return NULL;
}

bool lint_type_takes(const char *type, enum gift_form form)
{
    const struct rule *rule = rule_of(type);

    return rule && rule->form == form;
}

static void lint_words_of(const struct lint *c, const struct gift_item *item,
                          const struct gift_option *o)
{
    if (item->form == GIFT_SIDES || item->form == GIFT_NUMBER)
        return;
    if (*o->text)
        lint_sentences(c, o->line, "an answer", o->text, 1);
    if (o->pair)
        lint_sentences(c, o->line, "an answer", o->pair, 1);
    if ((!*o->text && !(o->pair && o->picture.file)) || (o->pair && !*o->pair))
        report_problem(c->report, c->file, o->line,
                       "an answer without words: add them");
}

static void lint_option(const struct lint *c, const struct source_lesson *l,
                        const struct gift_item *item, const struct rule *rule,
                        const struct gift_option *o)
{
    if (*o->feedback)
        lint_sentences(c, o->line, "a reason", o->feedback, SENTENCES_MAX);
    else if (rule->form != GIFT_PAIRS)
        report_problem(c->report, c->file, o->line,
                       "an answer without its reason: add # and say why");
    lint_words_of(c, item, o);
    if (o->picture.file && rule->pictures == PICTURES_NONE)
        report_problem(c->report, c->file, o->line,
                       "a picture that %s does not show: leave it out", rule->type);
    else if (o->picture.file)
        lint_picture(c, l->folder, &o->picture, true);
    else if (rule->pictures == PICTURES_ALL)
        report_problem(c->report, c->file, o->line,
                       "an answer without a picture: put ![what it shows](file.svg) "
                       "before its words");
}

static void lint_options(const struct lint *c, const struct source_lesson *l,
                         const struct gift_item *item, const struct rule *rule)
{
    size_t n = item->n_options, n_right = 0, n_pictures = 0;

    for (size_t i = 0; i < n; i++) {
        n_right += item->options[i].right;
        n_pictures += item->options[i].picture.file != NULL;
        lint_option(c, l, item, rule, &item->options[i]);
    }
    if (n < rule->min || n > rule->max)
        report_problem(c->report, c->file, item->line,
                       rule->max == rule->min + 1 ? "%zu answers: give %zu or %zu"
                                                  : "%zu answers: give %zu to %zu",
                       n, rule->min, rule->max);
    if (!marks_hold(rule->marks, n_right, n))
        report_problem(c->report, c->file, item->line, "%zu right answers: %s", n_right,
                       mark_names[rule->marks]);
    if (rule->form == GIFT_PAIRS && n_pictures && n_pictures < n)
        report_problem(c->report, c->file, item->line,
                       "pairs with and without a picture: do all of them alike");
}

/* --- places in a picture ------------------------------------------------------------ */

#define SPOT_MIN 120 /* 15 mm on the smallest panel, with the margin of a finger */

static void lint_spot(const struct lint *c, const struct gift_item *item,
                      const struct gift_option *o)
{
    const int *s = o->spot;

    if (!o->has_spot) {
        report_problem(c->report, c->file, o->line,
                       "an answer without its place: put // hotspot: x y w h above it");
        return;
    }
    if (s[0] < 0 || s[1] < 0 || s[2] < SPOT_MIN || s[3] < SPOT_MIN ||
        s[0] + s[2] > PICTURE_FRAME_W || s[1] + s[3] > PICTURE_FRAME_H)
        report_problem(c->report, c->file, o->line,
                       "a place beyond 480 × 400, or smaller than 120 × 120: make it "
                       "fit, a finger must too");
    for (const struct gift_option *b = item->options; b < o; b++) {
        const int *t = b->spot;

        if (s[0] < t[0] + t[2] && t[0] < s[0] + s[2] && s[1] < t[1] + t[3] &&
            t[1] < s[1] + s[3])
            report_problem(c->report, c->file, o->line,
                           "two places overlap: move them apart");
    }
}

static void lint_spots(const struct lint *c, const struct source_lesson *l,
                       const struct gift_item *item)
{
    const char *path = item->picture.file ? source_find_picture(c->source, l->folder,
                                                                item->picture.file)
                                          : NULL;
    char why[200];
    struct buf bytes;

    if (!item->picture.file)
        report_problem(c->report, c->file, item->line,
                       "no picture to touch: add // picture: and // alt: above it");
    buf_init(&bytes, PNG_BYTES_MAX);
    if (path && !picture_load(path, &bytes, why, sizeof(why)) &&
        !strstr(buf_text(&bytes), PICTURE_FRAME))
        report_problem(c->report, c->file, item->picture.line,
                       "a picture to touch whose frame is not 480 × 400: draw it as "
                       "an .svg with " PICTURE_FRAME);
    buf_finish(&bytes);
    for (size_t i = 0; i < item->n_options; i++)
        lint_spot(c, item, &item->options[i]);
}

/* --- stories ------------------------------------------------------------------------ */

static void lint_stem(const struct lint *c, const struct source_lesson *l,
                      const struct gift_item *item)
{
    if (!*item->stem)
        report_problem(c->report, c->file, item->line,
                       "no question: write it before {");
    else if (strcmp(item->type, "scam-or-safe") != 0) /* it speaks as swindlers do */
        lint_sentences(c, item->line, "the question", item->stem, SENTENCES_MAX);
    if (item->picture.file)
        lint_picture(c, l->folder, &item->picture, true);
    if (item->why)
        lint_sentences(c, item->line, "a reason", item->why, SENTENCES_MAX);
}

/* Each part leads to later ones, and something leads to each. */
static void lint_ways(const struct lint *c, const struct gift_item *story)
{
    for (size_t i = 0; i <= story->n_parts; i++) {
        const struct gift_item *part = i ? &story->parts[i - 1] : story;
        bool reached = i == 0;

        for (size_t k = 0; k < part->n_options; k++) {
            const struct gift_option *o = &part->options[k];

            if (o->go && (o->go <= (int)i + 1 || o->go > (int)story->n_parts + 1))
                report_problem(c->report, c->file, o->line,
                               "an act that goes to part %d: go to a later one that "
                               "is there",
                               o->go);
        }
        for (size_t b = 0; b < i; b++) {
            const struct gift_item *from = b ? &story->parts[b - 1] : story;

            for (size_t k = 0; k < from->n_options; k++)
                reached = reached || from->options[k].go == (int)i + 1;
        }
        if (!reached)
            report_problem(c->report, c->file, part->line,
                           "no act leads to this part: write // go: %zu above one",
                           i + 1);
    }
}

static void lint_story(const struct lint *c, const struct source_lesson *l,
                       const struct gift_item *item, const struct rule *rule)
{
    lint_ways(c, item);
    for (size_t i = 0; i < item->n_parts; i++) {
        const struct gift_item *part = &item->parts[i];

        if (part->form != GIFT_CHOICES)
            report_problem(c->report, c->file, part->line, "type scenario needs %s",
                           form_names[GIFT_CHOICES]);
        lint_stem(c, l, part);
        lint_options(c, l, part, rule);
    }
}

/* --- one item ----------------------------------------------------------------------- */

void lint_item(const struct lint *c, const struct source_lesson *l,
               const struct gift_item *item)
{
    const struct rule *rule = rule_of(item->type);

    lint_id(c, l, item);
    if (!rule || !known_type(c->types, item->type)) {
        report_problem(c->report, c->file, item->line,
                       "type “%.40s” cannot be played: use one of those in "
                       "content/README.md",
                       item->type);
        return;
    }
    if (rule->form != item->form) {
        report_problem(c->report, c->file, item->line, "type %s needs %s", item->type,
                       form_names[rule->form]);
        return;
    }
    lint_stem(c, l, item);
    if (strcmp(item->type, "scam-or-safe") == 0 && !item->from)
        report_problem(c->report, c->file, item->line,
                       "a message without a sender: add // from: above it");
    lint_options(c, l, item, rule);
    if (strcmp(item->type, "hotspot") == 0)
        lint_spots(c, l, item);
    if (strcmp(item->type, "scenario") == 0)
        lint_story(c, l, item, rule);
}
