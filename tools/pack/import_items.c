/* The items that were made of a file from elsewhere: their ids and types, and the blocks
 * that they are written to. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "gift_write.h"
#include "import.h"
#include "lesson/lesson.h"
#include "lint_item.h"
#include "report.h"

/* --- blocks of the output ----------------------------------------------------------- */

void import_close(struct importing *im)
{
    if (im->is_open)
        buf_str(im->out, "```\n");
    im->is_open = false;
}

static void open_block(struct importing *im)
{
    if (im->is_open) {
        buf_char(im->out, '\n');
        return;
    }
    buf_str(im->out, im->out->len ? "\n```gift\n" : "```gift\n");
    if (im->category)
        buf_printf(im->out, "// $CATEGORY %s\n\n", im->category);
    im->is_open = true;
}

void import_category(struct importing *im, const char *name)
{
    import_close(im);
    im->category = name;
    im->story = NULL;
}

static bool is_part(const struct importing *im, const struct gift_item *item)
{
    size_t n = im->story ? strlen(im->story) : 0;

    return n && strncmp(item->id, im->story, n) == 0 && item->id[n] == '.';
}

static void write_item(struct importing *im, const struct gift_item *item)
{
    open_block(im);
    if (is_part(im, item)) {
        gift_write_part(im->out, item);
    } else {
        im->story = strcmp(item->type, "scenario") == 0 ? item->id : NULL;
        gift_write_item(im->out, item);
    }
    im->n_items++;
}

/* --- what an item needs ------------------------------------------------------------- */

bool import_is_id(const char *title)
{
    return title && lesson_id_valid(title) && strstr(title, "-q");
}

/* Ours are kept; any other title is a name, not an id. */
static void set_id(struct importing *im, struct gift_item *item, const char *title)
{
    if (import_is_id(title)) {
        item->id = title;
        return;
    }
    item->id = arena_printf(im->g.arena, "%s-q%zu", im->lesson, ++im->n_numbered);
    if (title)
        report_problem(im->g.report, im->g.file, item->line,
                       "title “%.80s” is no id of ours: numbered %s", title, item->id);
    else
        report_problem(im->g.report, im->g.file, item->line,
                       "a question without a title: numbered %s", item->id);
}

void import_stem_picture(struct importing *im, struct gift_item *item, int line,
                         const struct gift_picture *picture)
{
    if (picture->file && item->picture.file)
        import_note(im, 0, line, "a second picture of the question: left out");
    else if (picture->file)
        item->picture = *picture;
}

static void set_type(struct importing *im, struct gift_item *item)
{
    if (item->type && !lint_type_takes(item->type, item->form)) {
        import_note(im, 0, item->line,
                    "a // type: that is not ours or not of these answers: left out");
        item->type = NULL;
    }
    if (!item->type)
        item->type = gift_type_of_form(item->form);
    if (item->picture.file && !item->picture.alt)
        item->picture.alt = "";
}

static size_t length(const char *text)
{
    return text ? strlen(text) : 0;
}

/* Words that were turned may be longer than those that were read. */
static void check_lengths(struct importing *im, const struct gift_item *item)
{
    bool fits =
        length(item->stem) <= IMPORT_PIECE_MAX && length(item->why) <= IMPORT_PIECE_MAX;

    for (size_t i = 0; i < item->n_options; i++) {
        const struct gift_option *o = &item->options[i];
        size_t n = length(o->text) + strlen(" -> ") + length(o->pair);

        n += strlen("![]() ") + length(o->picture.file) + length(o->picture.alt);
        fits = fits && n <= IMPORT_PIECE_MAX && length(o->feedback) <= IMPORT_PIECE_MAX;
    }
    if (!fits)
        gift_fail(&im->g, item->line, "a text longer than 4000 bytes: left out");
}

void import_item(struct importing *im, struct gift_item *item, const char *title)
{
    set_type(im, item);
    check_lengths(im, item);
    if (im->g.failed)
        return;
    set_id(im, item, title);
    write_item(im, item);
}
