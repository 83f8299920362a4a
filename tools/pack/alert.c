#include "alert.h"

#include <dirent.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "markdown.h"
#include "report.h"
#include "source_lesson.h"
#include "text_tidy.h"

#define MODULE "canh-bao"
#define LESSON MODULE "/b01"
#define PICTURE_MAX (1024U * 1024U)
/* Minutes since then are the version: each alert that is built is newer than the last. */
#define VERSION_EPOCH_DAY 20454 /* 2026-01-01 */
#define MS_A_MINUTE 60000
#define MINUTES_A_DAY 1440

static enum err put(const char *folder, const char *name, const struct buf *bytes)
{
    struct arena arena = { 0 };
    enum err err = bytes->overflow
                       ? ERR_FULL
                       : file_replace(arena_printf(&arena, "%s/%s", folder, name),
                                      bytes->data, bytes->len, 0644);

    arena_finish(&arena);
    return err;
}

/* "a": what stands in a title stays a text of YAML. */
static void put_quoted(struct buf *b, const char *key, const char *text)
{
    buf_printf(b, "%s: \"", key);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            buf_char(b, '\\');
        buf_char(b, *text);
    }
    buf_str(b, "\"\n");
}

/* "phat-nguoi-b01" is the lesson of the module, and of the pack, "phat-nguoi". */
static int id_chars(const struct source_lesson *l)
{
    const char *dash = strrchr(l->front.id, '-');

    return dash ? (int)(dash - l->front.id) : 0;
}

static enum err write_pack(const struct alert_options *o, const struct source_lesson *l)
{
    long long version =
        (o->now_ms / MS_A_MINUTE) - (long long)VERSION_EPOCH_DAY * MINUTES_A_DAY;
    struct buf b;
    enum err err;

    buf_init(&b, YAML_BYTES_MAX);
    buf_printf(&b, "id: %.*s\nversion: %lld\n", id_chars(l), l->front.id, version);
    put_quoted(&b, "title", l->front.title);
    buf_printf(&b,
               "languages: [vi]\nauthors: [Xã]\nlicence: CC-BY-4.0\n"
               "modules: [" MODULE "]\nbeside: %s\n",
               o->beside);
    err = put(o->folder, "pack.yaml", &b);
    buf_finish(&b);
    return err;
}

static enum err write_module(const struct alert_options *o,
                             const struct source_lesson *l)
{
    char until[11];
    struct buf b;
    enum err err;

    clock_day_text(o->until, until);
    buf_init(&b, YAML_BYTES_MAX);
    buf_printf(&b, "id: %.*s\nuntil: %s\n", id_chars(l), l->front.id, until);
    put_quoted(&b, "title", l->front.title);
    put_quoted(&b, "outcome", l->front.outcome);
    put_quoted(&b, "picture", l->cards[0].picture.file);
    err = put(o->folder, MODULE "/module.yaml", &b);
    buf_finish(&b);
    return err;
}

/* --- the file and its pictures ------------------------------------------------------ */

static bool is_picture(const char *name)
{
    const char *dot = strrchr(name, '.');

    return *name != '.' && dot && (!strcmp(dot, ".svg") || !strcmp(dot, ".png"));
}

/* All that stand beside the file: the lesson says which it uses. */
static enum err copy_pictures(const struct alert_options *o, const char *from)
{
    struct arena arena = { 0 };
    const char *to = arena_printf(&arena, "%s/" LESSON, o->folder);
    DIR *dir = opendir(from);
    struct dirent *e;
    enum err err = ERR_OK;

    while (!err && dir && (e = readdir(dir))) {
        struct buf b;

        if (!is_picture(e->d_name))
            continue;
        buf_init(&b, PICTURE_MAX);
        if (!file_read(arena_printf(&arena, "%s/%s", from, e->d_name), &b))
            err = put(to, e->d_name, &b);
        buf_finish(&b);
    }
    if (dir)
        closedir(dir);
    arena_finish(&arena);
    return err;
}

/* Enough of it to write what stands around it; all else is found when it is built. */
static enum err look_into(const struct alert_options *o, struct buf *text,
                          struct arena *arena, struct report *report,
                          struct source_lesson *l)
{
    enum err err;

    if (!text_tidy(text, o->file, report))
        return ERR_REJECTED;
    l->file = o->file;
    err = source_lesson_read(l, arena_strdup(arena, buf_text(text)), arena, report);
    if (!err && (!l->n_cards || !l->cards[0].picture.file)) {
        report_problem(report, o->file, 1,
                       "no card with a picture: write a heading, ![…](picture.svg), "
                       "and one or two sentences");
        err = ERR_REJECTED;
    }
    if (!err && !id_chars(l))
        report_problem(report, o->file, yaml_line_of(&l->front_text, "id"),
                       "id “%.40s”: write a word for the alert, then -b01",
                       l->front.id);
    return report->n_problems ? ERR_REJECTED : err;
}

static enum err make_folders(const char *folder)
{
    struct arena arena = { 0 };
    enum err err = file_make_folder(folder);

    if (!err)
        err = file_make_folder(arena_printf(&arena, "%s/" MODULE, folder));
    if (!err)
        err = file_make_folder(arena_printf(&arena, "%s/" LESSON, folder));
    arena_finish(&arena);
    return err;
}

enum err alert_make_overlay(const struct alert_options *o, struct report *report)
{
    struct arena arena = { 0 };
    const char *slash = strrchr(o->file, '/');
    const char *from =
        slash ? arena_strndup(&arena, o->file, (size_t)(slash - o->file)) : ".";
    struct source_lesson *l = arena_alloc(&arena, sizeof(*l));
    struct buf text;
    enum err err;

    buf_init(&text, MARKDOWN_BYTES_MAX);
    err = file_read(o->file, &text);
    if (!err)
        err = look_into(o, &text, &arena, report, l);
    if (!err)
        err = make_folders(o->folder);
    if (!err)
        err = write_pack(o, l);
    if (!err)
        err = write_module(o, l);
    if (!err)
        err = put(o->folder, LESSON "/lesson.md", &text);
    if (!err)
        err = copy_pictures(o, from);
    buf_finish(&text);
    arena_finish(&arena);
    return err;
}
