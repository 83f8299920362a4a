/* Walks the content tree: pack.yaml, modules, lesson folders, facts. What stands inside
 * a lesson.md is read by source_lesson.c. */
#include "source.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "markdown.h"
#include "report.h"
#include "source_lesson.h"
#include "text_tidy.h"

/* Where what stands at `below` in the content is: in the overlay, if that has it. */
static const char *place(struct source *s, const char *below)
{
    const char *over = s->overlay.root
                           ? arena_printf(&s->arena, "%s/%s", s->overlay.root, below)
                           : NULL;

    return over && file_exists(over) ? over
                                     : arena_printf(&s->arena, "%s/%s", s->root, below);
}

/* The part of a path behind the root. */
static const char *below_root(const struct source *s, const char *path)
{
    return path + strlen(s->root) + 1;
}

/* The file `below` as tidy text in the arena, or NULL (reported, unless it is not there and
 * `may_lack`). */
static char *read_text(struct source *s, const char *below, size_t max, bool may_lack,
                       struct report *report)
{
    const char *file = place(s, below);
    struct buf b;
    enum err err;
    char *text = NULL;

    buf_init(&b, max);
    err = file_read(file, &b);
    if (!err)
        overlay_words(&s->overlay, below, &b, &s->arena);
    if (!err && b.overflow)
        err = ERR_FULL;
    if (err == ERR_OFFLINE) {
        if (!may_lack)
            report_problem(report, file, 0, "is not there: write it");
    } else if (err) {
        report_problem(report, file, 0,
                       "unreadable or larger than %zu KiB: make it "
                       "smaller",
                       max / 1024);
    } else if (b.len == 0) {
        report_problem(report, file, 0, "is empty: write it");
    } else if (text_tidy(&b, file, report)) {
        text = arena_strdup(&s->arena, b.data);
    }
    buf_finish(&b);
    return text;
}

static struct yaml_text whole(const char *file, const char *text)
{
    return (struct yaml_text){ file, 1, text, strlen(text) };
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_folder(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

struct names {
    const char *list[SOURCE_LESSONS_MAX];
    size_t n;
};

static bool has_name(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->n; i++) {
        if (strcmp(names->list[i], name) == 0)
            return true;
    }
    return false;
}

static void add_folders(struct source *s, const char *folder, struct names *names)
{
    DIR *dir = opendir(folder);
    struct dirent *e;

    while (dir && names->n < SOURCE_LESSONS_MAX && (e = readdir(dir))) {
        if (e->d_name[0] != '.' && !has_name(names, e->d_name) &&
            is_folder(arena_printf(&s->arena, "%s/%s", folder, e->d_name)))
            names->list[names->n++] = arena_strdup(&s->arena, e->d_name);
    }
    if (dir)
        closedir(dir);
}

/* Names of the folders in `folder`, of the overlay too, sorted: the order of teaching. */
static void list_folders(struct source *s, const char *folder, struct names *names)
{
    names->n = 0;
    add_folders(s, folder, names);
    if (s->overlay.root)
        add_folders(
            s, arena_printf(&s->arena, "%s/%s", s->overlay.root, below_root(s, folder)),
            names);
    qsort(names->list, names->n, sizeof(*names->list), by_name);
}

static void read_lessons(struct source *s, struct source_module *m,
                         struct report *report)
{
    struct names names;

    list_folders(s, m->folder, &names);
    m->lessons = arena_alloc(&s->arena, names.n * sizeof(*m->lessons));
    for (size_t i = 0; i < names.n; i++) {
        struct source_lesson *l = &m->lessons[m->n_lessons];
        const char *below;
        char *text;

        l->folder = arena_printf(&s->arena, "%s/%s", m->folder, names.list[i]);
        below = arena_printf(&s->arena, "%s/lesson.md", below_root(s, l->folder));
        l->file = place(s, below);
        if (!file_exists(l->file)) {
            report_warning(report, l->file, 0,
                           "is not there yet: the lesson is left out");
            continue;
        }
        text = read_text(s, below, MARKDOWN_BYTES_MAX, false, report);
        if (text && !source_lesson_read(l, text, &s->arena, report))
            m->n_lessons++;
    }
    if (m->n_lessons == 0)
        report_warning(report, m->file, 0, "no lesson yet: the module is left out");
}

static void read_module(struct source *s, const char *name, struct report *report)
{
    struct source_module *m = &s->modules[s->n_modules];
    const char *below;
    char *text;

    if (strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-") != strlen(name) ||
        name[0] == '.') {
        report_problem(report, s->file, yaml_line_of(&s->front_text, "modules"),
                       "module “%.40s” is no folder name: use a-z 0-9 . _ -", name);
        return;
    }
    m->folder = arena_printf(&s->arena, "%s/%s", s->root, name);
    below = arena_printf(&s->arena, "%s/module.yaml", name);
    m->file = place(s, below);
    text = read_text(s, below, YAML_BYTES_MAX, false, report);
    if (!text)
        return;
    m->front_text = whole(m->file, text);
    if (yaml_module(&m->front_text, &s->arena, report, &m->front))
        return;
    read_lessons(s, m, report);
    s->n_modules++;
}

enum err source_read(const char *root, int64_t today, struct report *report,
                     struct source *out)
{
    return source_read_over(root, NULL, today, report, out);
}

static void read_overlay(struct source *s, const char *root, struct report *report)
{
    static const char list[] = "replace.csv";
    char *text;

    s->overlay.root = arena_strdup(&s->arena, root);
    if (!is_folder(root)) {
        report_problem(report, root, 0, "is no folder: name the overlay");
        return;
    }
    text = read_text(s, list, OVERLAY_BYTES_MAX, true, report);
    if (text)
        overlay_read(text, place(s, list), &s->arena, report, &s->overlay);
}

static void read_facts(struct source *s, int64_t today, struct report *report)
{
    static const char list[] = "facts.csv";
    char *text = read_text(s, list, FACTS_BYTES_MAX, true, report);

    if (text)
        facts_read(text, place(s, list), today, &s->arena, report, &s->facts);
}

enum err source_read_over(const char *root, const char *overlay, int64_t today,
                          struct report *report, struct source *out)
{
    char *text;
    enum err err;

    *out = (struct source){ 0 };
    out->root = arena_strdup(&out->arena, root);
    if (overlay)
        read_overlay(out, overlay, report);
    out->file = place(out, "pack.yaml");
    out->modules = arena_alloc(&out->arena, SOURCE_MODULES_MAX * sizeof(*out->modules));
    text = read_text(out, "pack.yaml", YAML_BYTES_MAX, false, report);
    if (!text)
        return ERR_REJECTED;
    out->front_text = whole(out->file, text);
    err = yaml_pack(&out->front_text, &out->arena, report, &out->front);
    if (err)
        return err;
    read_facts(out, today, report);
    if (out->front.modules.n > SOURCE_MODULES_MAX) {
        report_problem(report, out->file, yaml_line_of(&out->front_text, "modules"),
                       "more than 64 modules: split the pack");
        return ERR_REJECTED;
    }
    for (size_t i = 0; i < out->front.modules.n; i++)
        read_module(out, out->front.modules.item[i], report);
    overlay_check(&out->overlay, report);
    return ERR_OK;
}

void source_finish(struct source *s)
{
    if (s)
        arena_finish(&s->arena);
}

struct source_lesson *source_find_lesson(const struct source *s, const char *id)
{
    for (size_t i = 0; i < s->n_modules; i++) {
        for (size_t k = 0; k < s->modules[i].n_lessons; k++) {
            struct source_lesson *l = &s->modules[i].lessons[k];

            if (l->front.id && strcmp(l->front.id, id) == 0)
                return l;
        }
    }
    return NULL;
}

bool source_keep(struct source *s, const char *lesson_id)
{
    struct source_lesson *kept = source_find_lesson(s, lesson_id);

    if (!kept)
        return false;
    for (size_t i = 0; i < s->n_modules; i++) {
        struct source_module *m = &s->modules[i];

        if (kept < m->lessons || kept >= m->lessons + m->n_lessons)
            continue;
        m->lessons = kept;
        m->n_lessons = 1;
        s->modules = m;
        s->n_modules = 1;
        break;
    }
    memset(s->front.paths, 0, sizeof(s->front.paths));
    return true;
}

struct yaml_list source_path(struct source *s, enum yaml_path path)
{
    struct yaml_list list = s->front.paths[path];

    if (list.n)
        return list;
    list.item = arena_alloc(&s->arena, SOURCE_MODULES_MAX * SOURCE_LESSONS_MAX *
                                           sizeof(*list.item));
    for (size_t i = 0; i < s->n_modules; i++) {
        for (size_t k = 0; k < s->modules[i].n_lessons; k++) {
            const struct lesson_yaml *front = &s->modules[i].lessons[k].front;

            for (size_t j = 0; j < front->path.n; j++) {
                if (strcmp(front->path.item[j], yaml_path_name(path)) == 0)
                    list.item[list.n++] = front->id;
            }
        }
    }
    return list;
}

static const char *picture_below(struct source *s, const char *folder, const char *up,
                                 const char *name)
{
    const char *below = strcmp(folder, s->root) == 0 ? "." : below_root(s, folder);

    return arena_printf(&s->arena, "%s/%s%s", below, up, name);
}

const char *source_find_picture(struct source *s, const char *folder, const char *name)
{
    size_t n = strlen(name);
    const char *path;

    if (n < 5 || n > 64 || name[0] == '.' || strchr(name, '/') ||
        (strcmp(name + n - 4, ".svg") != 0 && strcmp(name + n - 4, ".png") != 0))
        return NULL;
    path = place(s, picture_below(s, folder, "", name));
    if (file_exists(path))
        return path;
    path = place(s, picture_below(s, folder, "../", name));
    if (file_exists(path) && strcmp(folder, s->root) != 0)
        return path;
    path = place(s, arena_printf(&s->arena, "art/%s", name));
    return file_exists(path) ? path : NULL;
}
