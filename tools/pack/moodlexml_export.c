/* Moodle XML: the format that Moodle itself keeps. Types of ours become its nearest. */
#include "gift_export.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "export_parts.h"
#include "source.h"

/* --- text --------------------------------------------------------------------------- */

static void write_escaped(struct buf *b, const char *text)
{
    for (; *text; text++) {
        if (*text == '<')
            buf_str(b, "&lt;");
        else if (*text == '>')
            buf_str(b, "&gt;");
        else if (*text == '&')
            buf_str(b, "&amp;");
        else
            buf_char(b, *text);
    }
}

/* The opening of `tag`, which says that its text is Markdown. */
static void open_text(struct buf *b, const char *tag)
{
    buf_printf(b, "<%s format=\"markdown\"><text>", tag);
}

static void close_text(struct buf *b, const char *tag)
{
    buf_printf(b, "</text></%s>\n", tag);
}

static void write_text(struct buf *b, const char *tag, const char *text)
{
    if (!text || !*text)
        return;
    open_text(b, tag);
    write_escaped(b, text);
    close_text(b, tag);
}

static void write_words(struct buf *b, const struct gift_picture *p, const char *text)
{
    if (p->file) {
        buf_str(b, "![");
        write_escaped(b, p->alt);
        buf_str(b, "](");
        write_escaped(b, p->file);
        buf_str(b, *text ? ") " : ")");
    }
    write_escaped(b, text);
}

/* --- answers ------------------------------------------------------------------------ */

/* <answer fraction="…"> with its text and its reason. */
static void write_answer(struct buf *b, const char *fraction,
                         const struct gift_option *o, const char *text)
{
    buf_printf(b, "<answer fraction=\"%s\" format=\"markdown\"><text>", fraction);
    write_words(b, &o->picture, text);
    buf_str(b, "</text>\n");
    write_text(b, "feedback", o->feedback);
    buf_str(b, "</answer>\n");
}

static const char *fraction_of(const struct gift_option *o)
{
    if (o->weight)
        return o->weight;
    return o->right ? "100" : "0";
}

static void write_choices(struct buf *b, const struct gift_item *item)
{
    bool several = strcmp(item->type, "multiple") == 0;

    if (!export_is_short(item))
        buf_printf(b, "<single>%s</single>\n<shuffleanswers>true</shuffleanswers>\n",
                   several ? "false" : "true");
    for (size_t i = 0; i < item->n_options; i++)
        write_answer(b, fraction_of(&item->options[i]), &item->options[i],
                     item->options[i].text);
}

static void write_sides(struct buf *b, const struct gift_item *item)
{
    const struct gift_option *o = item->options;

    write_answer(b, o[0].right ? "100" : "0", &o[0], "true");
    write_answer(b, o[1].right ? "100" : "0", &o[1], "false");
}

static void write_pairs(struct buf *b, const struct gift_item *item)
{
    buf_str(b, "<shuffleanswers>true</shuffleanswers>\n");
    for (size_t i = 0; i < item->n_options; i++) {
        const struct gift_option *o = &item->options[i];

        buf_str(b, "<subquestion format=\"markdown\"><text>");
        write_words(b, &o->picture, o->text);
        buf_str(b, "</text><answer><text>");
        write_escaped(b, o->pair);
        buf_str(b, "</text></answer></subquestion>\n");
    }
}

/* The middle of the span and how far it reaches. */
static void write_number(struct buf *b, const struct gift_item *item)
{
    const struct gift_option *o = item->options;
    int span = item->high - item->low;

    buf_printf(b, "<answer fraction=\"100\"><text>%d%s</text>\n", item->low + span / 2,
               span % 2 ? ".5" : "");
    write_text(b, "feedback", o[0].feedback);
    buf_printf(b, "<tolerance>%d%s</tolerance></answer>\n", span / 2,
               span % 2 ? ".5" : "");
    if (!*o[1].feedback)
        return;
    buf_str(b, "<answer fraction=\"0\"><text>*</text>\n");
    write_text(b, "feedback", o[1].feedback);
    buf_str(b, "<tolerance>0</tolerance></answer>\n");
}

/* --- questions ---------------------------------------------------------------------- */

static const char *type_in_moodle(const struct gift_item *item)
{
    static const char *const types[] = {
        [GIFT_CHOICES] = "multichoice",
        [GIFT_SIDES] = "truefalse",
        [GIFT_PAIRS] = "matching",
        [GIFT_NUMBER] = "numerical",
    };

    return export_is_short(item) ? "shortanswer" : types[item->form];
}

static void write_question(struct buf *b, const struct gift_item *item)
{
    static void (*const writers[])(struct buf *, const struct gift_item *) = {
        [GIFT_CHOICES] = write_choices,
        [GIFT_SIDES] = write_sides,
        [GIFT_PAIRS] = write_pairs,
        [GIFT_NUMBER] = write_number,
    };

    buf_printf(b, "<question type=\"%s\">\n<name><text>", type_in_moodle(item));
    write_escaped(b, item->id);
    buf_str(b, "</text></name>\n");
    open_text(b, "questiontext");
    write_words(b, &item->picture, item->stem);
    close_text(b, "questiontext");
    write_text(b, "generalfeedback", item->why);
    buf_str(b, "<defaultgrade>1</defaultgrade>\n");
    writers[item->form](b, item);
    buf_str(b, "</question>\n\n");
    for (size_t i = 0; i < item->n_parts; i++)
        write_question(b, &item->parts[i]);
}

static void write_category(struct buf *b, const struct source_module *m,
                           const struct source_lesson *l)
{
    struct buf name;

    buf_init(&name, 4096);
    export_category(&name, m, l);
    buf_str(b, "<question type=\"category\"><category><text>");
    write_escaped(b, buf_text(&name));
    buf_str(b, "</text></category></question>\n\n");
    buf_finish(&name);
}

static void write_lesson(const struct source_module *m, const struct source_lesson *l,
                         struct report *losses, struct buf *out)
{
    if (l->n_items)
        write_category(out, m, l);
    for (size_t i = 0; i < l->n_items; i++) {
        export_losses(&l->items[i], l->file, losses);
        write_question(out, &l->items[i]);
    }
}

void moodlexml_export(const struct source *s, struct report *losses, struct buf *out)
{
    buf_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n\n");
    for (size_t i = 0; i < s->n_modules; i++) {
        for (size_t k = 0; k < s->modules[i].n_lessons; k++)
            write_lesson(&s->modules[i], &s->modules[i].lessons[k], losses, out);
    }
    buf_str(out, "</quiz>\n");
}
