/* Walks a GIFT file from elsewhere: lines, categories, titles, what stands around the
 * braces. */
#include "gift_import.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "gift_import_text.h"
#include "gift_write.h"
#include "lesson/lesson.h"
#include "lint_item.h"
#include "report.h"

#define CATEGORY "$CATEGORY:"
#define GAP "_____"

/* --- bytes -------------------------------------------------------------------------- */

/* Ends of lines as LF, a byte order mark taken off. */
static void plain_ends(struct buf *b)
{
    size_t from = 0, to = 0;

    if (b->len >= 3 && memcmp(b->data, "\xEF\xBB\xBF", 3) == 0)
        from = 3;
    for (; from < b->len; from++) {
        if (b->data[from] != '\r')
            b->data[to++] = b->data[from];
        else if (b->data[from + 1] != '\n')
            b->data[to++] = '\n'; /* of old Macs */
    }
    b->len = to;
    b->data[to] = 0;
}

bool gift_import_tidy(struct buf *text, const char *file, struct report *report)
{
    int line = 1;

    if (!text->len) {
        report_problem(report, file, 1, "is empty: nothing was done");
        return false;
    }
    plain_ends(text);
    for (size_t i = 0; i < text->len; line++) {
        const char *end = memchr(text->data + i, '\n', text->len - i);
        size_t n = (end ? (size_t)(end - text->data) : text->len) - i;

        if (n > GIFT_IMPORT_LINE_MAX) {
            report_problem(report, file, line,
                           "a line longer than 64 KiB: the file was refused");
            return false;
        }
        if (!utf8_valid(text->data + i, n)) {
            report_problem(report, file, line,
                           "not valid UTF-8 text: the file was refused, save it as "
                           "UTF-8");
            return false;
        }
        i += n + 1;
    }
    return true;
}

/* --- blocks of the output ----------------------------------------------------------- */

static void close_block(struct importing *im)
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

/* The line is a category's: a new block for what follows. */
static void read_category(struct importing *im)
{
    size_t n = gift_line_length(&im->g);
    const char *name = im->g.at + strlen(CATEGORY);

    name += strspn(name, " \t");
    close_block(im);
    im->category = arena_strndup(im->g.arena, name, (size_t)(im->g.at + n - name));
    im->story = NULL;
    gift_skip_line(&im->g);
}

/* --- around the braces -------------------------------------------------------------- */

/* "::title::", NULL when there is none. */
static const char *read_title(struct importing *im)
{
    struct gift whole;
    const char *end, *title;

    gift_skip_space(&im->g);
    if (!gift_starts(&im->g, "::"))
        return NULL;
    end = strstr(im->g.at + 2, "::");
    if (!end) {
        gift_fail(&im->g, im->g.line,
                  "a title without its second two colons: left out");
        return NULL;
    }
    whole = im->g;
    im->g.at = arena_strndup(whole.arena, whole.at + 2, (size_t)(end - whole.at - 2));
    title = import_piece(im, "", false);
    whole.failed = im->g.failed;
    im->g = whole;
    gift_advance(&im->g, (size_t)(end + 2 - whole.at));
    return title;
}

/* Ours are kept; any other title is a name, not an id. */
static void set_id(struct importing *im, struct gift_item *item, const char *title)
{
    if (title && lesson_id_valid(title) && strstr(title, "-q")) {
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

static void set_stem_picture(struct importing *im, struct gift_item *item, int line,
                             const struct gift_picture *picture)
{
    if (picture->file && item->picture.file)
        import_note(im, 0, line, "a second picture of the question: left out");
    else if (picture->file)
        item->picture = *picture;
}

static const char *read_stem(struct importing *im, struct gift_item *item)
{
    int line = im->g.line;
    struct gift_picture picture = { 0 };
    const char *stem = import_words(im, import_piece(im, "{", false), line, &picture);

    set_stem_picture(im, item, line, &picture);
    return stem;
}

/* "before {…} after": the gap of Moodle's missing word. */
static void read_tail(struct importing *im, struct gift_item *item)
{
    struct gift_picture picture = { 0 };
    int line = im->g.line;
    const char *tail = import_words(im, import_piece(im, "", false), line, &picture);

    if (!*tail)
        return;
    import_note(im, 0, line, "a missing word: its place is written " GAP);
    if (strchr(tail, '{'))
        import_note(im, 0, line, "a second {…} in one question: kept as text");
    tail = arena_printf(im->g.arena, "%s%s" GAP " %s", item->stem,
                        *item->stem ? " " : "", tail);
    /* what opened before the gap may close behind it */
    picture = (struct gift_picture){ 0 };
    item->stem = import_front_picture(im, tail, line, &picture);
    set_stem_picture(im, item, line, &picture);
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

/* // lines between the answers that say nothing of the one below. */
static void name_remarks(struct importing *im)
{
    struct gift ahead = im->g;

    for (; *ahead.at; gift_skip_line(&ahead)) {
        const char *key;
        size_t n;

        gift_advance(&ahead, strspn(ahead.at, " \t"));
        if (!gift_starts(&ahead, "//"))
            continue;
        if (!gift_key(&ahead, &key, &n) ||
            (strncmp(key, "hotspot:", 8) != 0 && strncmp(key, "go:", 3) != 0))
            import_note(im, 0, ahead.line, "a remark: left out");
    }
}

/* One question into the item, unless it failed. */
static void read_question(struct importing *im, struct gift_item *item)
{
    const char *title;

    item->line = im->g.line;
    im->said = 0;
    im->format = FORMAT_NONE;
    im->g.pending = (struct gift_option){ 0 };
    im->g.pending_line = 0;
    name_remarks(im);
    title = read_title(im);
    item->stem = read_stem(im, item);
    if (!*im->g.at)
        gift_fail(&im->g, item->line, "a description without a question: left out");
    if (!im->g.failed)
        import_answers(im, item);
    if (im->g.failed)
        return;
    gift_advance(&im->g, 1);
    read_tail(im, item);
    set_type(im, item);
    if (!im->g.failed)
        set_id(im, item, title);
}

static bool is_part(const struct importing *im, const struct gift_item *item)
{
    size_t n = im->story ? strlen(im->story) : 0;

    return n && strncmp(item->id, im->story, n) == 0 && item->id[n] == '.';
}

static void write_question(struct importing *im, const struct gift_item *item)
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

/* Remarks have no place of their own; Moodle's "// question: 12  name: …" says nothing. */
static void read_comment(struct importing *im, struct gift_item *item)
{
    static const char ours[] = "// $CATEGORY ";
    enum gift_comment kind = gift_comment(&im->g, item);

    if (im->g.failed)
        im->g.failed = false; /* named already; the line is gone, the question stays */
    else if (kind != GIFT_OURS && !gift_starts(&im->g, "// question:") &&
             !gift_starts(&im->g, ours))
        report_problem(im->g.report, im->g.file, im->g.line, "a remark: left out");
    gift_skip_line(&im->g);
}

size_t gift_import(const char *text, const char *file, const char *lesson,
                   struct arena *arena, struct report *report, struct buf *out)
{
    struct importing im = {
        .g = { .at = text, .line = 1, .file = file, .arena = arena, .report = report },
        .lesson = lesson,
        .out = out,
    };
    struct gift_item item = { 0 };

    while (*im.g.at) {
        struct gift block;
        size_t length;

        if (gift_line_blank(&im.g)) {
            gift_skip_line(&im.g);
            continue;
        }
        gift_advance(&im.g, strspn(im.g.at, " \t"));
        if (gift_starts(&im.g, "//")) {
            read_comment(&im, &item);
            continue;
        }
        if (gift_starts(&im.g, CATEGORY)) {
            read_category(&im);
            continue;
        }
        if (++im.n_questions > GIFT_IMPORT_ITEMS_MAX) {
            report_problem(report, file, im.g.line,
                           "more than 5000 questions: the rest was left out");
            break;
        }
        block = im.g;
        length = gift_item_length(&block);
        im.g.at = arena_strndup(arena, block.at, length);
        read_question(&im, &item);
        if (!im.g.failed)
            write_question(&im, &item);
        item = (struct gift_item){ 0 };
        im.g = block;
        gift_advance(&im.g, length);
    }
    close_block(&im);
    return im.n_items;
}
