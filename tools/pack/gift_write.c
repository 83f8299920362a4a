/* Writes items as GIFT: the // lines, the question, one answer a line. */
#include "gift_write.h"

#include <string.h>

#include "base/buf.h"

void gift_write_text(struct buf *b, const char *text)
{
    for (; *text; text++) {
        if (strchr("~=#{}:\\", *text))
            buf_char(b, '\\');
        buf_char(b, *text);
    }
}

/* --- the // lines above an item ----------------------------------------------------- */

static void write_key(struct buf *b, const char *key, const char *value)
{
    if (value && *value)
        buf_printf(b, "// %s: %s\n", key, value);
}

static void write_keys(struct buf *b, const struct gift_item *item)
{
    write_key(b, "safety", item->safety ? "yes" : NULL);
    write_key(b, "from", item->from);
    write_key(b, "unit", item->unit);
    write_key(b, "picture", item->picture.file);
    write_key(b, "alt", item->picture.alt);
}

/* --- answers ------------------------------------------------------------------------ */

static void write_feedback(struct buf *b, const char *feedback)
{
    if (!*feedback)
        return;
    buf_char(b, '#');
    gift_write_text(b, feedback);
}

static void write_why(struct buf *b, const char *why)
{
    if (!why)
        return;
    buf_str(b, "  ####");
    gift_write_text(b, why);
    buf_char(b, '\n');
}

/* The lines above an answer, its sign and what it is worth. */
static void write_mark(struct buf *b, const struct gift_option *o)
{
    bool weighs = o->weight != NULL;

    if (o->has_spot)
        buf_printf(b, "  // hotspot: %d %d %d %d\n", o->spot[0], o->spot[1], o->spot[2],
                   o->spot[3]);
    if (o->go)
        buf_printf(b, "  // go: %d\n", o->go);
    buf_str(b, o->right && !weighs ? "  =" : "  ~");
    if (weighs)
        buf_printf(b, "%%%s%%", o->weight);
}

static void write_option(struct buf *b, const struct gift_option *o)
{
    write_mark(b, o);
    if (o->picture.file) {
        buf_str(b, "![");
        gift_write_text(b, o->picture.alt);
        buf_str(b, "](");
        gift_write_text(b, o->picture.file);
        buf_str(b, *o->text ? ") " : ")");
    }
    gift_write_text(b, o->text);
    if (o->pair) {
        buf_str(b, " -> ");
        gift_write_text(b, o->pair);
    }
    if (*o->feedback)
        buf_char(b, ' ');
    write_feedback(b, o->feedback);
    buf_char(b, '\n');
}

static void write_choices(struct buf *b, const struct gift_item *item)
{
    buf_str(b, "{\n");
    for (size_t i = 0; i < item->n_options; i++)
        write_option(b, &item->options[i]);
    write_why(b, item->why);
    buf_str(b, "}\n");
}

/* {T#missed#right}, as short as it goes. */
static void write_sides(struct buf *b, const struct gift_item *item)
{
    const struct gift_option *o = item->options;
    const char *missed = o[o[0].right ? 1 : 0].feedback;
    const char *right = o[o[0].right ? 0 : 1].feedback;

    buf_str(b, o[0].right ? "{T" : "{F");
    if (*missed || *right) {
        buf_char(b, '#');
        gift_write_text(b, missed);
    }
    write_feedback(b, right);
    buf_str(b, "}\n");
}

/* A span that begins at its number is low..high, any other has a tolerance. */
static void write_number(struct buf *b, const struct gift_item *item)
{
    const struct gift_option *o = item->options;
    int number = 0;

    for (const char *p = o[0].text; *p; p++)
        number = number * 10 + (*p - '0');
    if (number == item->low && item->low < item->high)
        buf_printf(b, "{\n  #=%s..%d", o[0].text, item->high);
    else
        buf_printf(b, "{\n  #=%s:%d", o[0].text, item->high - number);
    buf_str(b, *o[0].feedback ? " " : "");
    write_feedback(b, o[0].feedback);
    if (*o[1].feedback)
        buf_str(b, "\n  ~");
    write_feedback(b, o[1].feedback);
    buf_char(b, '\n');
    write_why(b, item->why);
    buf_str(b, "}\n");
}

/* --- items -------------------------------------------------------------------------- */

void gift_write_part(struct buf *b, const struct gift_item *part)
{
    static void (*const writers[])(struct buf *, const struct gift_item *) = {
        [GIFT_CHOICES] = write_choices,
        [GIFT_SIDES] = write_sides,
        [GIFT_PAIRS] = write_choices,
        [GIFT_NUMBER] = write_number,
    };

    write_keys(b, part);
    buf_printf(b, "::%s:: ", part->id);
    gift_write_text(b, part->stem);
    buf_char(b, ' ');
    writers[part->form](b, part);
}

void gift_write_item(struct buf *b, const struct gift_item *item)
{
    write_key(b, "type", item->type);
    gift_write_part(b, item);
    for (size_t i = 0; i < item->n_parts; i++) {
        buf_char(b, '\n');
        gift_write_part(b, &item->parts[i]);
    }
}
