/* Answers that are not listed: T or F with its reasons, and numbers. */
#include <string.h>

#include "base/arena.h"
#include "gift_import_text.h"

static const char *side_feedback(struct importing *im)
{
    struct gift_picture picture = { 0 };
    int line = im->g.line;

    gift_skip_space(&im->g);
    if (*im->g.at != '#' || gift_starts(&im->g, "####"))
        return "";
    gift_advance(&im->g, 1);
    return gift_import_words(im, gift_import_piece(im, "#}", true), line, &picture);
}

void gift_import_sides(struct importing *im, struct gift_item *item, int side)
{
    struct gift_option missed = { .text = "", .line = im->g.line };
    struct gift_option right = { .text = "", .line = im->g.line, .right = true };

    missed.feedback = side_feedback(im);
    right.feedback = side_feedback(im);
    gift_skip_space(&im->g);
    if (gift_starts(&im->g, "####"))
        gift_import_why(im, item);
    if (*im->g.at != '}')
        gift_fail(&im->g, im->g.line,
                  "something else after T or F: the question left out");
    item->form = GIFT_SIDES;
    item->options[side ? 0 : 1] = right;
    item->options[side ? 1 : 0] = missed;
    item->n_options = 2;
    import_spread_why(im, item);
}

/* One number of possibly several; the first that is wholly right is ours. */
static void take_number(struct importing *im, struct gift_item *item)
{
    struct gift_option o = { .right = true };
    int low, high;

    if (*im->g.at == '=')
        gift_advance(&im->g, 1);
    gift_skip_space(&im->g);
    o.line = im->g.line;
    o.weight = gift_import_weight(im);
    o.text = gift_import_piece(im, "~=#}", false);
    o.feedback = gift_import_feedback(im);
    if (*item->options[0].text || (o.weight && import_worth(o.weight) < 100)) {
        import_note(im, 0, o.line, "a second or half right number: left out");
        return;
    }
    if (!gift_range(o.text, &low, &high)) {
        gift_fail(
            &im->g, o.line,
            "a number with a comma, a sign or none: left out, ours are whole numbers");
        return;
    }
    o.weight = NULL;
    o.text = arena_strndup(im->g.arena, o.text, strspn(o.text, "0123456789"));
    item->low = low;
    item->high = high;
    item->options[0] = o;
}

void gift_import_numbers(struct importing *im, struct gift_item *item)
{
    struct gift_option none = { .text = "", .feedback = "", .line = im->g.line };

    item->form = GIFT_NUMBER;
    item->options[0] = none;
    item->options[1] = none;
    item->n_options = 2;
    gift_advance(&im->g, 1);
    gift_skip_space(&im->g);
    while (!im->g.failed && *im->g.at && *im->g.at != '}') {
        if (gift_starts(&im->g, "####")) {
            gift_import_why(im, item);
        } else if (*im->g.at == '~') {
            item->options[1].line = im->g.line;
            gift_advance(&im->g, 1);
            if (*gift_import_piece(im, "~=#}", false))
                import_note(im, 0, item->options[1].line,
                            "a wrong number by name: left out, its reason is for any");
            item->options[1].feedback = gift_import_feedback(im);
        } else {
            take_number(im, item);
        }
        gift_skip_space(&im->g);
    }
    if (!*item->options[0].text)
        gift_fail(&im->g, item->line, "no right number: the question left out");
}
