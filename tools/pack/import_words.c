/* One text from elsewhere as words: pictures, HTML, formats and normal form. */
#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "import.h"
#include "report.h"
#include "vietnamese/nfc.h"

void import_note(struct importing *im, unsigned once, int line, const char *what)
{
    if (im->g.failed || (once && (im->said & once)))
        return;
    im->said |= once;
    report_problem(im->g.report, im->g.file, line, "%s", what);
}

/* --- pictures ----------------------------------------------------------------------- */

/* Runs of spaces as one, none at the ends. */
static const char *squeezed(struct arena *arena, const char *text)
{
    char *out = arena_alloc(arena, strlen(text) + 1);
    size_t n = 0;

    for (; *text; text++) {
        if (*text != ' ' || (n && out[n - 1] != ' '))
            out[n++] = *text;
    }
    while (n && out[n - 1] == ' ')
        n--;
    out[n] = 0;
    return out;
}

/* Names that our form cannot hold are left out. */
static void set_picture(struct importing *im, const char *file, const char *alt,
                        int line, struct gift_picture *picture)
{
    file = squeezed(im->g.arena, file);
    alt = squeezed(im->g.arena, alt);
    if (!*file || strpbrk(file, "()[]") || strstr(file, "->")) {
        import_note(im, 0, line, "a picture without a plain name: left out");
        return;
    }
    picture->file = file;
    picture->alt = strstr(alt, "](") ? "" : alt;
    picture->line = line;
}

/* --- HTML --------------------------------------------------------------------------- */

static const struct {
    const char *name, *text;
} entities[] = {
    { "&amp;", "&" },   { "&lt;", "<" },     { "&gt;", ">" },    { "&quot;", "\"" },
    { "&#39;", "'" },   { "&apos;", "'" },   { "&nbsp;", " " },  { "&ndash;", "–" },
    { "&mdash;", "—" }, { "&hellip;", "…" }, { "&ldquo;", "“" }, { "&rdquo;", "”" },
    { "&lsquo;", "‘" }, { "&rsquo;", "’" },
};

/* The value of `name` (as in `src=`) in a tag, or NULL. */
static const char *attribute(struct arena *arena, const char *tag, const char *name)
{
    const char *at = strstr(tag, name), *end;

    if (!at)
        return NULL;
    at += strlen(name);
    if (*at != '"' && *at != '\'')
        return NULL;
    end = strchr(at + 1, *at);
    return end ? arena_strndup(arena, at + 1, (size_t)(end - at - 1)) : NULL;
}

static void take_image(struct importing *im, const char *tag, int line,
                       struct gift_picture *picture)
{
    const char *file = attribute(im->g.arena, tag, "src=");
    const char *alt = attribute(im->g.arena, tag, "alt=");
    const char *slash = file ? strrchr(file, '/') : NULL;

    if (!file || picture->file) {
        import_note(im, 0, line, "a second picture, or one without a file: left out");
        return;
    }
    set_picture(im, slash ? slash + 1 : file, alt ? alt : "", line, picture);
}

static bool is_tag(const char *at)
{
    return *at == '<' &&
           (isalpha((unsigned char)at[1]) || at[1] == '/' || at[1] == '!');
}

/* A tag at `at`: what follows it. Paragraphs and the like part words. */
static const char *skip_tag(struct importing *im, const char *at, int line,
                            struct gift_picture *picture, struct buf *b)
{
    static const char *const parting[] = { "<p", "</p", "<br", "<div", "</div", "<li" };
    const char *end = strchr(at, '>');
    const char *tag;

    if (!end) {
        buf_char(b, '<');
        return at + 1;
    }
    tag = arena_strndup(im->g.arena, at, (size_t)(end - at));
    if (strncmp(tag, "<img", 4) == 0)
        take_image(im, tag, line, picture);
    for (size_t i = 0; i < COUNT(parting); i++) {
        if (strncmp(tag, parting[i], strlen(parting[i])) == 0)
            buf_char(b, ' ');
    }
    return end + 1;
}

static size_t take_entity(const char *at, struct buf *b)
{
    for (size_t i = 0; i < COUNT(entities); i++) {
        if (strncmp(at, entities[i].name, strlen(entities[i].name)) == 0) {
            buf_str(b, entities[i].text);
            return strlen(entities[i].name);
        }
    }
    buf_char(b, *at);
    return 1;
}

static const char *without_tags(struct importing *im, const char *text, int line,
                                struct gift_picture *picture)
{
    struct buf b;
    const char *words;

    if (strpbrk(text, "<&"))
        import_note(im, SAID_TAGS, line,
                    "HTML: tags and codes taken out, the words stay");
    buf_init(&b, strlen(text)); /* words are never longer than their codes */
    while (*text) {
        if (is_tag(text)) {
            text = skip_tag(im, text, line, picture, &b);
        } else if (*text == '&') {
            text += take_entity(text, &b);
        } else {
            buf_char(&b, *text++);
        }
    }
    words = squeezed(im->g.arena, buf_text(&b));
    buf_finish(&b);
    return words;
}

/* --- formats ------------------------------------------------------------------------ */

enum text_format import_take_format(const char **text, enum text_format otherwise)
{
    static const char *const marks[] = {
        [FORMAT_PLAIN] = "[plain]",
        [FORMAT_MOODLE] = "[moodle]",
        [FORMAT_MARKDOWN] = "[markdown]",
        [FORMAT_HTML] = "[html]",
    };

    for (size_t i = FORMAT_PLAIN; i < COUNT(marks); i++) {
        size_t n = strlen(marks[i]);

        if (strncmp(*text, marks[i], n) != 0)
            continue;
        *text += n + strspn(*text + n, " ");
        return (enum text_format)i;
    }
    return otherwise;
}

const char *import_front_picture(struct importing *im, const char *text, int line,
                                 struct gift_picture *picture)
{
    const char *close = strstr(text, "](");
    const char *end = close ? strchr(close, ')') : NULL;

    if (strncmp(text, "![", 2) != 0 || !end || picture->file)
        return text;
    set_picture(im, arena_strndup(im->g.arena, close + 2, (size_t)(end - close - 2)),
                arena_strndup(im->g.arena, text + 2, (size_t)(close - text - 2)), line,
                picture);
    return end + 1 + strspn(end + 1, " ");
}

static const char *composed(struct importing *im, const char *text, int line)
{
    size_t size = 2 * strlen(text) + 1;
    char *out;

    text = squeezed(im->g.arena, text);
    if (nfc_is(text))
        return text;
    out = arena_alloc(im->g.arena, size);
    import_note(im, SAID_NFC, line, "letters and marks apart (not NFC): joined");
    if (nfc_write(text, out, size))
        gift_fail(&im->g, line,
                  "letters and marks apart in a long text: left out, type it again");
    return out;
}

/* Pictures and formats at the front, in whatever order they stand there. */
static const char *bare_words(struct importing *im, const char *text, int line,
                              struct gift_picture *picture)
{
    const char *before;

    do {
        struct gift_picture front = { 0 };

        before = text;
        text = import_front_picture(im, text, line, &front);
        if (front.file && picture->file)
            import_note(im, 0, line,
                        "a second picture, or one without a file: left out");
        else if (front.file)
            *picture = front;
        while (import_take_format(&text, FORMAT_NONE) != FORMAT_NONE)
            import_note(im, 0, line, "a second [format]: taken out");
    } while (text != before);
    return text;
}

const char *import_words(struct importing *im, enum text_format format,
                         const char *text, int line, struct gift_picture *picture)
{
    if (format == FORMAT_HTML)
        text = without_tags(im, text, line, picture);
    else if (strchr(text, '<') && is_tag(strchr(text, '<')))
        import_note(im, SAID_LOOKS, line,
                    "looks like HTML: kept as it stands, write plain words");
    text = bare_words(im, text, line, picture);
    if (strstr(text, "!["))
        import_note(im, 0, line, "a picture inside a text: kept as it stands");
    return composed(im, text, line);
}
