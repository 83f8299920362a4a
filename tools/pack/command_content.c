/* build, lint: from a content tree. Problems go to stderr, one a line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/options.h"
#include "build.h"
#include "commands.h"
#include "items/items.h"
#include "lint.h"
#include "report.h"
#include "source.h"
#include "voice.h"

#define EXIT_USAGE 64

int64_t command_today(const struct options *o)
{
    const char *text = options_get(o, "today");
    int64_t day = text ? clock_day_parse(text) : clock_day(clock_wall_ms(&clock_real));

    if (day < 0) {
        options_complain(o, "--today", "not a date", "write YYYY-MM-DD");
        exit(EXIT_USAGE);
    }
    return day;
}

enum err command_source(const struct options *o, const char *root, int64_t today,
                        struct report *report, struct source *out)
{
    return source_read_over(root, options_get(o, "overlay"), today, report, out);
}

/* Reads and lints; the caller finishes both. True when there is no problem. */
static bool read_tree(const struct options *o, const char *root, struct report *report,
                      struct source *s)
{
    report_init(report);
    if (!command_source(o, root, command_today(o), report, s))
        lint_source(s, items_table, report);
    return report->n_problems == 0;
}

static void finish(struct report *report, struct source *s)
{
    fputs(buf_text(&report->lines), stderr);
    if (report->lines.overflow)
        fputs("bdhvs-pack: more problems than can be listed: mend these first\n",
              stderr);
    report_finish(report);
    source_finish(s);
}

int command_lint(const struct options *o, char **words)
{
    struct report report;
    struct source s;
    bool good = read_tree(o, words[0], &report, &s);
    size_t n_problems = report.n_problems, n_warnings = report.n_warnings;

    finish(&report, &s);
    fprintf(stderr, "%zu problems, %zu warnings\n", n_problems, n_warnings);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

int command_build(const struct options *o, char **words)
{
    struct report report;
    struct source s;
    struct build_result result = { 0 };
    struct arena arena = { 0 };
    struct voice voice = command_voice_source(o, words[0], false, &arena);
    enum err err = ERR_REJECTED;

    if (read_tree(o, words[0], &report, &s))
        err = build_pack(&s, words[1], items_table, &voice, &report, &result);
    voice_close(&voice);
    arena_finish(&arena);
    finish(&report, &s);
    if (err == ERR_REJECTED)
        options_complain(o, words[0], "not built", "mend the lines above");
    else if (err)
        options_complain(o, words[1], "cannot be written", "check the disk and folder");
    else
        printf("%zu lessons, %zu objects, %zu clips, %zu drawn, %zu removed%s\n",
               result.n_lessons, result.n_objects, result.n_clips, result.n_drawn,
               result.n_removed, result.changed ? "; to be signed" : "; unchanged");
    return err ? EXIT_FAILURE : EXIT_SUCCESS;
}
