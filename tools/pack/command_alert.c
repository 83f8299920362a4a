/* alert: one file becomes a pack, built and signed. */
#include <stdio.h>
#include <stdlib.h>

#include "alert.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/options.h"
#include "build.h"
#include "commands.h"
#include "items/items.h"
#include "lint.h"
#include "report.h"
#include "source.h"
#include "voice.h"

#define EXIT_USAGE 64
#define DAYS_SHOWN 30

static enum err build(const struct options *o, const struct alert_options *a,
                      const char *out, struct arena *arena, struct report *report)
{
    const char *content = options_get(o, "from");
    struct voice voice = command_voice_source(o, out, true, arena);
    struct build_result built;
    struct source s;
    enum err err = source_read_over(content, a->folder, command_today(o), report, &s);

    if (!options_get(o, "drafts"))
        voice.drafts = arena_printf(arena, "%s/.drafts", out);
    if (!err)
        lint_source(&s, items_table, report);
    if (!err && report->n_problems)
        err = ERR_REJECTED;
    if (!err)
        err = build_pack(&s, out, items_table, &voice, report, &built);
    voice_close(&voice);
    source_finish(&s);
    return err;
}

/* The day it ends; the program ends here when it is none. */
static int64_t read_until(const struct options *o)
{
    const char *text = options_get(o, "until");
    int64_t today = command_today(o), day;

    if (!text)
        return today + DAYS_SHOWN;
    day = clock_day_parse(text);
    if (day < today) {
        options_complain(o, "--until", "not a day to come", "write YYYY-MM-DD");
        exit(EXIT_USAGE);
    }
    return day;
}

int command_alert(const struct options *o, char **words)
{
    const char *out = words[1];
    struct arena arena = { 0 };
    struct alert_options a = { .file = words[0],
                               .folder = arena_printf(&arena, "%s/.alert", out),
                               .beside = options_get(o, "beside"),
                               .until = read_until(o),
                               .now_ms = clock_wall_ms(&clock_real) };
    struct report report;
    enum err err;
    int code = EXIT_FAILURE;

    report_init(&report);
    err = file_make_folder(out);
    if (!err)
        err = alert_make_overlay(&a, &report);
    if (!err)
        err = build(o, &a, out, &arena, &report);
    fputs(buf_text(&report.lines), stderr);
    if (err == ERR_OFFLINE)
        options_complain(o, words[0], "is not there", "name the file of the alert");
    else if (err == ERR_REJECTED)
        options_complain(o, words[0], "not built", "mend the lines above");
    else if (err)
        options_complain(o, out, "cannot be written", "check the disk and folder");
    else
        code = command_sign(o, words + 1);
    if (code == EXIT_SUCCESS)
        printf("%s: built and signed; copy it to BDHVS/in/pack of a stick\n", out);
    report_finish(&report);
    arena_finish(&arena);
    return code;
}
