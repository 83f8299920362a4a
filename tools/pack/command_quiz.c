/* export, import: the quiz to Moodle and from it. What is carried goes to stdout, what is
 * lost to stderr, one line each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/options.h"
#include "commands.h"
#include "gift_export.h"
#include "gift_import.h"
#include "import_tidy.h"
#include "lesson/lesson.h"
#include "moodlexml_import.h"
#include "report.h"
#include "source.h"

#define EXIT_USAGE 64
#define OUT_BYTES_MAX (16U * 1024U * 1024U)

static void finish(struct report *report)
{
    fputs(buf_text(&report->lines), stderr);
    if (report->lines.overflow)
        fputs("bdhvs-pack: more lines than can be listed: cut the file\n", stderr);
    report_finish(report);
}

/* False when it did not reach stdout whole. */
static bool put_out(const struct options *o, struct buf *out)
{
    bool good =
        !out->overflow && fwrite(buf_text(out), 1, out->len, stdout) == out->len;

    good = fflush(stdout) == 0 && good;
    if (!good)
        options_complain(o, "standard output", "cannot be written whole",
                         "check the disk");
    buf_finish(out);
    return good;
}

/* --- formats ------------------------------------------------------------------------ */

static const struct format {
    const char *name;
    void (*write)(const struct source *s, struct report *losses, struct buf *out);
    bool (*tidy)(struct buf *text, const char *file, struct report *report);
    size_t (*read)(const char *text, const char *file, const char *lesson,
                   struct arena *arena, struct report *report, struct buf *out);
} formats[] = {
    { "gift", gift_export, gift_import_tidy, gift_import },
    { "moodlexml", moodlexml_export, import_tidy, moodlexml_import },
};

static const struct format *format_of(const struct options *o)
{
    const char *name = options_get(o, "format");

    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    }
    options_complain(o, "--format", "not known", "write gift or moodlexml");
    exit(EXIT_USAGE);
}

/* --- export ------------------------------------------------------------------------- */

int command_export(const struct options *o, char **words)
{
    const struct format *format = format_of(o);
    struct report report, losses;
    struct source s;
    struct buf out;
    bool good;

    report_init(&report);
    report_init(&losses);
    buf_init(&out, OUT_BYTES_MAX);
    good = !command_source(o, words[0], command_today(o), &report, &s) &&
           !report.n_problems;
    if (good) {
        format->write(&s, &losses, &out);
        good = put_out(o, &out);
        finish(&losses);
        report_finish(&report); /* only what is due: not of this errand */
    } else {
        finish(&report);
        report_finish(&losses);
        buf_finish(&out);
        options_complain(o, words[0], "not exported", "mend the lines above");
    }
    source_finish(&s);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* --- import ------------------------------------------------------------------------- */

/* What was made of `file`; 0 items: nothing. */
static size_t import_file(const struct options *o, const struct format *format,
                          const char *file, struct report *report, struct buf *out)
{
    struct arena arena = { 0 };
    struct buf text;
    enum err err;
    size_t n = 0;

    buf_init(&text, IMPORT_BYTES_MAX);
    err = file_read(file, &text);
    if (err == ERR_OFFLINE)
        report_problem(report, file, 1, "is not there: nothing was done");
    else if (err)
        report_problem(report, file, 1,
                       "unreadable or larger than 1024 KiB: refused, cut it in two");
    else if (format->tidy(&text, file, report))
        n = format->read(buf_text(&text), file, options_get(o, "lesson"), &arena,
                         report, out);
    buf_finish(&text);
    arena_finish(&arena);
    return n;
}

int command_import(const struct options *o, char **words)
{
    const struct format *format = format_of(o);
    struct report report;
    struct buf out;
    size_t n;

    if (!lesson_id_valid(options_get(o, "lesson"))) {
        options_complain(o, "--lesson", "not an id", "use 1 to 32 of a-z 0-9 . _ -");
        return EXIT_USAGE;
    }
    report_init(&report);
    buf_init(&out, OUT_BYTES_MAX);
    n = import_file(o, format, words[0], &report, &out);
    if (!put_out(o, &out))
        n = 0;
    finish(&report);
    fprintf(stderr, "%zu questions carried\n", n);
    return n ? EXIT_SUCCESS : EXIT_FAILURE;
}
