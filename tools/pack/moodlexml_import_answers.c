/* The answers of a question of Moodle XML, and which of our types it can be. */
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/check.h"
#include "moodlexml_import_text.h"

#define STEPS_MIN 3 /* fewer are no order */

static void lose(struct importing *im, int line, const char *what)
{
    gift_fail(&im->g, line, what);
}

/* --- answers as they stand ---------------------------------------------------------- */

/* NULL for nothing. */
static const char *fraction_of(struct importing *im, const struct xml_element *e)
{
    const char *fraction = xml_tree_attr(e, "fraction");

    if (!fraction || !*fraction)
        return NULL;
    if (!import_weight_bytes(fraction) || fraction[import_weight_bytes(fraction)])
        lose(im, e->line, "a fraction that is no number: the question left out");
    return import_worth(fraction) != 0 ? fraction : NULL;
}

/* The next place for an answer; NULL: all are taken, and the question is given up. */
static struct gift_option *next_option(struct importing *im, struct gift_item *item,
                                       const struct xml_element *e)
{
    struct gift_option *o = &item->options[item->n_options];

    if (item->n_options == ITEM_OPTIONS_MAX) {
        lose(im, item->line, "more than 6 answers: left out, keep two or three");
        return NULL;
    }
    *o = (struct gift_option){ .text = "", .feedback = "", .line = e->line };
    item->n_options++;
    return o;
}

static void read_answers(struct importing *im, const struct xml_element *question,
                         struct gift_item *item)
{
    const struct xml_element *e = question->first;

    for (; e && !im->g.failed; e = e->next) {
        struct gift_option *o;

        if (strcmp(e->name, "answer") != 0)
            continue;
        o = next_option(im, item, e);
        if (!o)
            return;
        o->weight = fraction_of(im, e);
        o->text = moodlexml_words(im, e, &o->picture);
        o->feedback = moodlexml_reason(im, e, "feedback");
    }
}

/* After the weights: without one, a % at the front would be read as one. */
static void plain_signs(struct importing *im, struct gift_item *item)
{
    for (size_t i = 0; i < item->n_options; i++)
        import_plain_signs(im, &item->options[i]);
}

static bool is_whole(const struct gift_option *o)
{
    return import_worth(o->weight) >= 100;
}

/* Those that are worth the whole become = answers. */
static size_t mark_whole(struct gift_item *item)
{
    size_t n = 0;

    for (size_t i = 0; i < item->n_options; i++) {
        struct gift_option *o = &item->options[i];

        o->right = is_whole(o);
        if (o->right)
            o->weight = NULL;
        n += o->right;
    }
    return n;
}

/* --- choices, sides, pairs ---------------------------------------------------------- */

/* Several may be chosen: nothing but 0 and 100 needs no weights. */
static void weigh_several(struct importing *im, struct gift_item *item)
{
    size_t n_whole = 0, n_weights = 0;

    for (size_t i = 0; i < item->n_options; i++) {
        n_whole += is_whole(&item->options[i]);
        n_weights += item->options[i].weight != NULL;
    }
    if (n_whole > 1 && n_whole == n_weights) {
        mark_whole(item);
        item->type = "multiple";
    } else {
        import_weigh(im, item);
    }
}

/* One may be chosen: what is half right is not right here. */
static void weigh_one(struct importing *im, struct gift_item *item)
{
    size_t n_right = mark_whole(item);

    import_drop_weights(im, item);
    if (n_right == 0)
        lose(im, item->line, "no right answer: the question left out");
    else if (n_right > 1)
        import_note(im, 0, item->line, "several = answers: kept, leave one of them");
}

static void read_choices(struct importing *im, const struct xml_element *question,
                         struct gift_item *item)
{
    read_answers(im, question, item);
    if (moodlexml_is_true(moodlexml_value(im, question, "single", "true")))
        weigh_one(im, item);
    else
        weigh_several(im, item);
    plain_signs(im, item);
}

static void read_sides(struct importing *im, const struct xml_element *question,
                       struct gift_item *item)
{
    struct gift_option sides[2] = { { .text = NULL }, { .text = NULL } };

    read_answers(im, question, item);
    mark_whole(item);
    for (size_t i = 0; i < item->n_options; i++) {
        struct gift_option o = item->options[i];
        size_t side = strcasecmp(o.text, "true") == 0 ? 0 : 1;

        if (side == 1 && strcasecmp(o.text, "false") != 0)
            lose(im, o.line,
                 "an answer that is neither true nor false: the question left out");
        o.text = "";
        o.picture = (struct gift_picture){ 0 };
        o.weight = NULL;
        sides[side] = o;
    }
    if (item->n_options != COUNT(sides) || !sides[0].text || !sides[1].text ||
        sides[0].right == sides[1].right)
        lose(im, item->line,
             "true and false are not one right, one wrong: the question left out");
    if (im->g.failed)
        return;
    item->form = GIFT_SIDES;
    memcpy(item->options, sides, sizeof(sides));
    import_spread_why(im, item);
}

static void read_pairs(struct importing *im, const struct xml_element *question,
                       struct gift_item *item)
{
    const struct xml_element *e = question->first;

    item->form = GIFT_PAIRS;
    for (; e && !im->g.failed; e = e->next) {
        const char *pair;
        struct gift_option *o;

        if (strcmp(e->name, "subquestion") != 0)
            continue;
        o = next_option(im, item, e);
        if (!o)
            return;
        o->right = true;
        o->text = moodlexml_words(im, e, &o->picture);
        pair = moodlexml_plain(im, xml_tree_child(e, "answer"));
        o->pair = *pair ? pair : NULL;
    }
    plain_signs(im, item);
    import_keep_pairs(im, item);
}

/* --- numbers ------------------------------------------------------------------------ */

#define MILLION 1000000
#define WHOLE_DIGITS_MAX 9 /* as in GIFT */

/* Millionths; what is smaller still is dropped. -1: no number, or below zero. */
static int64_t millionths(const char *text)
{
    size_t n_whole = strspn(text, "0123456789"), n_parts = 0;
    int64_t n = 0;

    if (!n_whole || n_whole > WHOLE_DIGITS_MAX)
        return -1;
    for (size_t i = 0; i < n_whole; i++)
        n = n * 10 + (text[i] - '0');
    text += n_whole;
    if (*text == '.')
        n_parts = strspn(++text, "0123456789");
    if (text[n_parts])
        return -1;
    for (size_t i = 0, scale = MILLION; scale > 1; i++, scale /= 10)
        n = n * 10 + (i < n_parts ? text[i] - '0' : 0);
    return n;
}

/* The number and how far around it is right, as GIFT has them; NULL: not in whole numbers.
 * A number and a half is fine if its tolerance ends at whole ones. */
static const char *whole_range(struct importing *im, int line, int64_t number,
                               int64_t around)
{
    int64_t low = number - around, high = number + around;

    if (number < 0 || around < 0)
        return NULL;
    if (number % MILLION == 0) {
        if (around % MILLION)
            import_note(im, 0, line, "a tolerance with a comma: cut to whole numbers");
        return arena_printf(im->g.arena, "%d:%d", (int)(number / MILLION),
                            (int)(around / MILLION));
    }
    if (low < 0 || low % MILLION || high % MILLION)
        return NULL;
    return arena_printf(im->g.arena, "%d..%d", (int)(low / MILLION),
                        (int)(high / MILLION));
}

/* The first that is wholly right is ours. */
static void take_number(struct importing *im, const struct xml_element *e,
                        const char *number, struct gift_item *item)
{
    struct gift_option o = { .right = true, .line = e->line };
    const char *around = moodlexml_value(im, e, "tolerance", "");
    const char *range;

    if (import_worth(fraction_of(im, e)) < 100 || *item->options[0].text) {
        import_note(im, 0, o.line, "a second, half right or wrong number: left out");
        return;
    }
    range =
        whole_range(im, o.line, millionths(number), *around ? millionths(around) : 0);
    if (!range || !gift_range(range, &item->low, &item->high)) {
        lose(im, o.line,
             "a number with a comma, a sign or none: left out, ours are whole numbers");
        return;
    }
    o.text = arena_strndup(im->g.arena, range, strspn(range, "0123456789"));
    o.feedback = moodlexml_reason(im, e, "feedback");
    item->options[0] = o;
}

/* One unit is ours, if it is counted as it stands. */
static void read_unit(struct importing *im, const struct xml_element *question,
                      struct gift_item *item)
{
    const struct xml_element *units = xml_tree_child(question, "units");
    const struct xml_element *unit = units ? xml_tree_child(units, "unit") : NULL;

    if (!unit)
        return;
    if (unit->next ||
        millionths(moodlexml_value(im, unit, "multiplier", "1")) != MILLION)
        import_note(im, 0, units->line, "several units of a number: left out");
    else
        item->unit = moodlexml_value(im, unit, "unit_name", NULL);
}

static void read_numbers(struct importing *im, const struct xml_element *question,
                         struct gift_item *item)
{
    struct gift_option none = { .text = "", .feedback = "", .line = item->line };
    const struct xml_element *e = question->first;

    item->form = GIFT_NUMBER;
    item->options[0] = none;
    item->options[1] = none;
    item->n_options = 2;
    for (; e && !im->g.failed; e = e->next) {
        const char *number;

        if (strcmp(e->name, "answer") != 0)
            continue;
        number = moodlexml_plain(im, e);
        if (strcmp(number, "*") == 0)
            item->options[1].feedback = moodlexml_reason(im, e, "feedback");
        else
            take_number(im, e, number, item);
    }
    if (!*item->options[0].text)
        lose(im, item->line, "no right number: the question left out");
    read_unit(im, question, item);
}

/* --- short answers ------------------------------------------------------------------ */

/* Our export writes what is to be put in order as a short answer, each step of it right. */
static bool is_order(struct importing *im, const struct xml_element *question,
                     const struct gift_item *item)
{
    size_t n_whole = 0;

    for (const struct xml_element *e = question->first; e; e = e->next) {
        if (strcmp(e->name, "answer") != 0)
            continue;
        if (import_worth(fraction_of(im, e)) < 100)
            return false;
        n_whole++;
    }
    return import_is_id(item->id) && n_whole >= STEPS_MIN;
}

static void read_short(struct importing *im, const struct xml_element *question,
                       struct gift_item *item)
{
    const struct xml_element *first = xml_tree_child(question, "answer");

    if (is_order(im, question, item)) {
        import_note(im, 0, item->line,
                    "a short answer with an id of ours: made steps in order");
        read_answers(im, question, item);
        mark_whole(item);
        plain_signs(im, item);
        item->type = "order";
    } else if (first && millionths(moodlexml_value(im, first, "text", "")) >= 0) {
        import_note(im, 0, item->line, "a short answer in digits: made a number");
        read_numbers(im, question, item);
    } else {
        lose(im, item->line,
             "a short answer: left out, write it again as a choice of two or three");
    }
}

/* --- types -------------------------------------------------------------------------- */

moodlexml_read_fn *moodlexml_read_of(const char *type)
{
    static const struct {
        const char *type;
        moodlexml_read_fn *read;
    } readers[] = {
        { "matching", read_pairs },    { "multichoice", read_choices },
        { "numerical", read_numbers }, { "shortanswer", read_short },
        { "truefalse", read_sides },
    };

    for (size_t i = 0; i < COUNT(readers); i++) {
        if (strcmp(readers[i].type, type) == 0)
            return readers[i].read;
    }
    return NULL;
}
