/* Walks a GIFT file from elsewhere: lines, categories, titles, what stands around the
 * braces. */
#include "gift_import.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "gift_import_text.h"
#include "import_tidy.h"
#include "report.h"

#define CATEGORY "$CATEGORY:"
#define GAP "_____"

/* No line so long that looking ahead in it takes time. */
static bool lines_are_short(const struct buf *text, const char *file,
                            struct report *report)
{
    int line = 1;

    for (const char *at = buf_text(text); *at; line++) {
        size_t n = strcspn(at, "\n");

        if (n > GIFT_IMPORT_LINE_MAX) {
            report_problem(report, file, line,
                           "a line longer than 64 KiB: the file was refused");
            return false;
        }
        at += n + (at[n] == '\n');
    }
    return true;
}

bool gift_import_tidy(struct buf *text, const char *file, struct report *report)
{
    return import_tidy(text, file, report) && lines_are_short(text, file, report);
}

static void read_category(struct importing *im)
{
    size_t n = gift_line_length(&im->g);
    const char *name = im->g.at + strlen(CATEGORY);

    name += strspn(name, " \t");
    import_category(im,
                    arena_strndup(im->g.arena, name, (size_t)(im->g.at + n - name)));
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
    title = gift_import_piece(im, "", false);
    whole.failed = im->g.failed;
    im->g = whole;
    gift_advance(&im->g, (size_t)(end + 2 - whole.at));
    return title;
}

static const char *read_stem(struct importing *im, struct gift_item *item)
{
    int line = im->g.line;
    struct gift_picture picture = { 0 };
    const char *stem =
        gift_import_words(im, gift_import_piece(im, "{", false), line, &picture);

    import_stem_picture(im, item, line, &picture);
    return stem;
}

/* "before {…} after": the gap of Moodle's missing word. */
static void read_tail(struct importing *im, struct gift_item *item)
{
    struct gift_picture picture = { 0 };
    int line = im->g.line;
    const char *tail =
        gift_import_words(im, gift_import_piece(im, "", false), line, &picture);

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
    import_stem_picture(im, item, line, &picture);
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

/* One question, unless it failed. */
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
        gift_import_answers(im, item);
    if (im->g.failed)
        return;
    gift_advance(&im->g, 1);
    read_tail(im, item);
    import_item(im, item, title);
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
        if (++im.n_questions > IMPORT_ITEMS_MAX) {
            report_problem(report, file, im.g.line,
                           "more than 5000 questions: the rest was left out");
            break;
        }
        block = im.g;
        length = gift_item_length(&block);
        im.g.at = arena_strndup(arena, block.at, length);
        read_question(&im, &item);
        item = (struct gift_item){ 0 };
        im.g = block;
        gift_advance(&im.g, length);
    }
    import_close(&im);
    return im.n_items;
}
