/* Categories and items one after another; each loss is named with its line. */
#include "gift_export.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "export_parts.h"
#include "gift_write.h"
#include "report.h"
#include "source.h"

/* What Moodle makes of the types that it does not have. */
static const struct {
    const char *type, *what;
} unlike[] = {
    { "picture-choice", "picture-choice: a plain choice in Moodle" },
    { "order", "order: a short answer in Moodle, where any step is right" },
    { "hotspot", "hotspot: a plain choice in Moodle, without the places" },
    { "scam-or-safe", "scam-or-safe: true or false in Moodle, without the sender" },
    { "scenario", "a story: in Moodle one question for each part, in any order" },
};

static size_t count_pictures(const struct gift_item *item)
{
    size_t n = item->picture.file != NULL;

    for (size_t i = 0; i < item->n_options; i++)
        n += item->options[i].picture.file != NULL;
    for (size_t i = 0; i < item->n_parts; i++)
        n += count_pictures(&item->parts[i]);
    return n;
}

void export_losses(const struct gift_item *item, const char *file,
                   struct report *losses)
{
    size_t n_pictures = count_pictures(item);

    for (size_t i = 0; i < COUNT(unlike); i++) {
        if (strcmp(unlike[i].type, item->type) == 0)
            report_warning(losses, file, item->line, "%s: %s", item->id,
                           unlike[i].what);
    }
    if (n_pictures)
        report_warning(losses, file, item->line,
                       "%s: %zu pictures by name alone: Moodle has no files of them",
                       item->id, n_pictures);
    if (item->safety)
        report_warning(losses, file, item->line,
                       "%s: a question of safety: Moodle does not bring it back",
                       item->id);
    if (item->unit)
        report_warning(losses, file, item->line, "%s: the unit %s: Moodle drops it",
                       item->id, item->unit);
}

bool export_is_short(const struct gift_item *item)
{
    size_t n_right = 0;

    for (size_t i = 0; i < item->n_options; i++)
        n_right += item->options[i].right && !item->options[i].weight;
    return item->form == GIFT_CHOICES && n_right == item->n_options;
}

/* A / in a title would part it in Moodle; // stands for one. */
static void write_title(struct buf *b, const char *id, const char *title)
{
    buf_printf(b, "%s ", id);
    for (; *title; title++) {
        buf_char(b, *title);
        if (*title == '/')
            buf_char(b, '/');
    }
}

void export_category(struct buf *b, const struct source_module *m,
                     const struct source_lesson *l)
{
    write_title(b, m->front.id, m->front.title);
    buf_char(b, '/');
    write_title(b, l->front.id, l->front.title);
}

static void export_lesson(const struct source_module *m, const struct source_lesson *l,
                          struct report *losses, struct buf *out)
{
    if (!l->n_items)
        return;
    buf_str(out, "$CATEGORY: ");
    export_category(out, m, l);
    buf_str(out, "\n\n");
    for (size_t i = 0; i < l->n_items; i++) {
        export_losses(&l->items[i], l->file, losses);
        gift_write_item(out, &l->items[i]);
        buf_char(out, '\n');
    }
}

void gift_export(const struct source *s, struct report *losses, struct buf *out)
{
    for (size_t i = 0; i < s->n_modules; i++) {
        for (size_t k = 0; k < s->modules[i].n_lessons; k++)
            export_lesson(&s->modules[i], &s->modules[i].lessons[k], losses, out);
    }
}
