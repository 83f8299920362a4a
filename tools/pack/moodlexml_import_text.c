/* Words of Moodle XML: which format they are in, in one line, with what they leave behind
 * named. */
#include "moodlexml_import_text.h"

#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/utf8.h"
#include "report.h"

#define SPACE " \t\r\n"

static char *trimmed(struct arena *arena, const char *text)
{
    size_t n;

    text += strspn(text, SPACE);
    n = strlen(text);
    while (n && strchr(SPACE, text[n - 1]))
        n--;
    return arena_strndup(arena, text, n);
}

static bool is_blank(const char *text)
{
    return text && !text[strspn(text, SPACE)];
}

/* --- what stands in an element ------------------------------------------------------ */

/* Its own text and nothing else, or "", with the question given up. */
static char *own_text(struct importing *im, const struct xml_element *e)
{
    const char *wrong = NULL;
    char *text = trimmed(im->g.arena, e->text ? e->text : "");

    for (char *c = text; *c; c++) {
        if (*c == '\r') /* written as a code: those of lines are gone */
            *c = '\n';
    }
    if (e->first)
        wrong = "tags in a text: the question left out, put such a text into "
                "<![CDATA[…]]>";
    else if (!e->text)
        wrong = "a text longer than 16 KiB: the question left out";
    else if (!utf8_valid(text, strlen(text)))
        wrong = "signs that are no text: the question left out";
    if (!wrong)
        return text;
    gift_fail(&im->g, e->line, wrong);
    *text = 0;
    return text;
}

/* The <text> in `e`; NULL where there is none. */
static const struct xml_element *text_of(struct importing *im,
                                         const struct xml_element *e)
{
    if (!is_blank(e->text))
        gift_fail(&im->g, e->line, "words outside of <text>: the question left out");
    return xml_tree_child(e, "text");
}

/* Whatever its format, a text of ours is one line; in HTML it always was. */
static const char *one_line(struct importing *im, const struct xml_element *e,
                            enum text_format format)
{
    char *text = own_text(im, e);

    if (format != FORMAT_HTML && strchr(text, '\n'))
        import_note(im, SAID_BREAKS, e->line,
                    "line breaks in a text: joined into one line");
    for (char *c = text; *c; c++) {
        if (strchr(SPACE, *c))
            *c = ' ';
    }
    return text;
}

/* --- words -------------------------------------------------------------------------- */

static enum text_format format_of(const struct xml_element *e)
{
    static const struct {
        const char *name;
        enum text_format format;
    } formats[] = {
        { "html", FORMAT_HTML },
        { "markdown", FORMAT_MARKDOWN },
        { "moodle_auto_format", FORMAT_MOODLE },
        { "plain_text", FORMAT_PLAIN },
    };
    const char *name = xml_tree_attr(e, "format");

    if (!name || !*name)
        return FORMAT_HTML; /* as Moodle has it */
    for (size_t i = 0; i < COUNT(formats); i++) {
        if (strcmp(formats[i].name, name) == 0)
            return formats[i].format;
    }
    return FORMAT_PLAIN;
}

/* Pictures go by name alone. */
static void name_files(struct importing *im, const struct xml_element *e)
{
    for (e = e->first; e && !im->g.failed; e = e->next) {
        const char *name = xml_tree_attr(e, "name");

        if (strcmp(e->name, "file") == 0)
            report_problem(im->g.report, im->g.file, e->line,
                           "the file “%.80s” itself: left out, put it into the folder "
                           "art",
                           name ? name : "");
    }
}

static const char *words_as(struct importing *im, const struct xml_element *e,
                            enum text_format format, struct gift_picture *picture)
{
    const struct xml_element *text = e ? text_of(im, e) : NULL;
    const char *words;

    if (!text)
        return "";
    words = one_line(im, text, format);
    name_files(im, e);
    if (format == FORMAT_MARKDOWN && strpbrk(words, "*`"))
        import_note(im, SAID_FORMAT, text->line,
                    "markdown: marks of bold and the like stay as text");
    return import_words(im, format, words, text->line, picture);
}

const char *moodlexml_words(struct importing *im, const struct xml_element *e,
                            struct gift_picture *picture)
{
    return words_as(im, e, e ? format_of(e) : FORMAT_NONE, picture);
}

const char *moodlexml_plain(struct importing *im, const struct xml_element *e)
{
    struct gift_picture picture = { 0 };
    const char *words = words_as(im, e, FORMAT_PLAIN, &picture);

    if (picture.file)
        import_note(im, 0, e->line, "a picture where only words can be: left out");
    return words;
}

const char *moodlexml_reason(struct importing *im, const struct xml_element *e,
                             const char *name)
{
    const struct xml_element *reason = xml_tree_child(e, name);
    struct gift_picture picture = { 0 };
    const char *words = moodlexml_words(im, reason, &picture);

    if (picture.file)
        import_note(im, 0, reason->line, "a picture in a reason: left out");
    return words;
}

/* --- settings ----------------------------------------------------------------------- */

const char *moodlexml_value(struct importing *im, const struct xml_element *e,
                            const char *name, const char *otherwise)
{
    const struct xml_element *child = xml_tree_child(e, name);

    return child ? one_line(im, child, FORMAT_PLAIN) : otherwise;
}

bool moodlexml_is_true(const char *value)
{
    return strcmp(value, "true") == 0 || strcmp(value, "1") == 0;
}

bool moodlexml_says(const struct xml_element *e)
{
    if (!is_blank(e->text))
        return true;
    for (const struct xml_element *c = e->first; c; c = c->next) {
        if (moodlexml_says(c)) /* at most XML_DEPTH_MAX deep */
            return true;
    }
    return false;
}
