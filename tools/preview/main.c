/* bdhvs-preview: each step of a lesson as a picture, drawn by the pages of the kiosk. Also
 * "bdhvs-pack preview". */
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/options.h"
#include "preview.h"
#include "report.h"
#include "source.h"

#define W_MIN 320
#define H_MIN 240
#define TEXT_STEP_MAX 2

static bool read_window(const struct options *o, struct preview_options *p)
{
    const char *window = options_get(o, "window");
    char rest;

    if (sscanf(window, "%5dx%5d%c", &p->w, &p->h, &rest) == 2 && p->w >= W_MIN &&
        p->h >= H_MIN)
        return true;
    options_complain(o, window, "is no window size", "write e.g. 1280x800");
    return false;
}

static int preview(const struct options *o, const char *root, const char *lesson,
                   const struct preview_options *p)
{
    const char *overlay = options_get(o, "overlay");
    struct report report;
    struct source s;
    enum err err;

    report_init(&report);
    err = source_read_over(root, overlay && *overlay ? overlay : NULL,
                           clock_day(clock_wall_ms(&clock_real)), &report, &s);
    if (!err && !source_keep(&s, lesson)) {
        options_complain(o, lesson, "no lesson has that id, or it cannot be read",
                         "see bdhvs-pack lint");
        err = ERR_OFFLINE;
    } else if (!err) {
        err = preview_lesson(&s, p, &report);
        if (err)
            options_complain(o, p->out, "not every step was drawn",
                             "mend the lines above, or check the folder and the disk");
    }
    fputs(buf_text(&report.lines), stderr);
    report_finish(&report);
    source_finish(&s);
    return err ? EXIT_FAILURE : EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    struct option_def defs[] = {
        { "out", "FOLDER", NULL, "where the pictures go [preview-LESSON]" },
        { "overlay", "FOLDER", NULL, "what a commune says in its own way" },
        { "window", "WxH", "1280x800", "size of the page in pixels" },
        { "text-step", "N", "0", "size of the letters: 0, 1 or 2" },
    };
    struct options o = { .program = "bdhvs-preview",
                         .usage = "SRC LESSON",
                         .defs = defs,
                         .n_defs = COUNT(defs) };
    char **words = argv + options_read(&o, argc, argv, false);
    struct preview_options p = { 0 };
    struct arena arena = { 0 };
    int code = EX_USAGE;

    hash_init();
    log_set_level(LOG_LEVEL_ERR);
    p.text_step = (int)options_number(&o, "text-step", 0, TEXT_STEP_MAX);
    if (!words[0] || !words[1] || words[2]) {
        options_complain(&o, "SRC LESSON", "two words are wanted",
                         "write e.g. bdhvs-preview content m09-b03");
    } else if (read_window(&o, &p)) {
        p.out = options_get(&o, "out");
        if (!p.out)
            p.out = arena_printf(&arena, "preview-%s", words[1]);
        code = preview(&o, words[0], words[1], &p);
    }
    arena_finish(&arena);
    return code;
}
