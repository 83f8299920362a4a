/* libcyaml behind three schemas. */
#include "yaml.h"

#include <cyaml/cyaml.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "report.h"

#define TEXT_MAX 400 /* bytes of one value */
#define LIST_MAX 200

/* What cyaml fills in; its lists need `<name>_count` beside them. */
struct raw_paths {
    char **brief, **citizen, **full, **worker;
    unsigned brief_count, citizen_count, full_count, worker_count;
};

struct raw {
    char *id, *title, *outcome, *picture, *question, *licence, *beside, *until;
    int version, minutes;
    char **languages, **authors, **modules, **framework, **facts, **path;
    unsigned languages_count, authors_count, modules_count, framework_count,
        facts_count, path_count;
    struct raw_paths paths;
};

static const cyaml_schema_value_t text_value = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, TEXT_MAX),
};

#define TEXT(key) \
    CYAML_FIELD_STRING_PTR(#key, CYAML_FLAG_POINTER, struct raw, key, 1, TEXT_MAX)
#define OPTIONAL_TEXT(key)                                                             \
    CYAML_FIELD_STRING_PTR(#key, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct raw, \
                           key, 1, TEXT_MAX)
#define LIST(key, flag)                                                      \
    CYAML_FIELD_SEQUENCE(#key, CYAML_FLAG_POINTER | (flag), struct raw, key, \
                         &text_value, 0, LIST_MAX)
#define PATH(key, member)                                               \
    CYAML_FIELD_SEQUENCE(key, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, \
                         struct raw_paths, member, &text_value, 0, LIST_MAX)

static const cyaml_schema_field_t path_fields[] = {
    PATH("short", brief),   PATH("citizen", citizen), PATH("full", full),
    PATH("worker", worker), CYAML_FIELD_END,
};

static const cyaml_schema_field_t pack_fields[] = {
    TEXT(id),
    CYAML_FIELD_INT("version", CYAML_FLAG_DEFAULT, struct raw, version),
    TEXT(title),
    LIST(languages, CYAML_FLAG_DEFAULT),
    LIST(authors, CYAML_FLAG_DEFAULT),
    TEXT(licence),
    LIST(modules, CYAML_FLAG_DEFAULT),
    OPTIONAL_TEXT(beside),
    CYAML_FIELD_MAPPING("paths", CYAML_FLAG_OPTIONAL, struct raw, paths, path_fields),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t module_fields[] = {
    TEXT(id),
    TEXT(title),
    TEXT(outcome),
    OPTIONAL_TEXT(question),
    OPTIONAL_TEXT(until),
    TEXT(picture),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t lesson_fields[] = {
    TEXT(id),
    TEXT(title),
    TEXT(outcome),
    CYAML_FIELD_INT("minutes", CYAML_FLAG_DEFAULT, struct raw, minutes),
    LIST(framework, CYAML_FLAG_OPTIONAL),
    LIST(facts, CYAML_FLAG_OPTIONAL),
    LIST(path, CYAML_FLAG_OPTIONAL),
    CYAML_FIELD_END,
};

#define SCHEMA(fields)                                              \
    {                                                               \
        CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct raw, fields) \
    }

static const cyaml_schema_value_t pack_schema = SCHEMA(pack_fields);
static const cyaml_schema_value_t module_schema = SCHEMA(module_fields);
static const cyaml_schema_value_t lesson_schema = SCHEMA(lesson_fields);

/* The first complaint and the first place that cyaml names. */
struct complaint {
    char what[200];
    int line;
};

static void __attribute__((format(printf, 3, 0)))
hear(cyaml_log_t level, void *ctx, const char *format, va_list args)
{
    struct complaint *c = ctx;
    char text[300];
    const char *at;

    (void)level;
    vsnprintf(text, sizeof(text), format, args);
    text[strcspn(text, "\n")] = 0;
    at = strstr(text, "(line: ");
    if (at && c->line == 0)
        c->line = (int)strtol(at + strlen("(line: "), NULL, 10);
    at = strstr(text, "at line ");
    if (at && c->line == 0)
        c->line = (int)strtol(at + strlen("at line "), NULL, 10);
    if (!c->what[0] && strncmp(text, "Load: ", 6) == 0 && !strstr(text, "Backtrace"))
        snprintf(c->what, sizeof(c->what), "%.180s", text + 6);
}

/* cyaml names the place where it noticed: for keys, ours is better. */
static int line_of_complaint(const struct yaml_text *t, const struct complaint *c)
{
    static const char unexpected[] = "Unexpected key: ";

    if (strncmp(c->what, unexpected, strlen(unexpected)) == 0)
        return yaml_line_of(t, c->what + strlen(unexpected));
    if (strncmp(c->what, "Missing", strlen("Missing")) == 0 || c->line < 1)
        return t->line;
    return t->line + c->line - 1;
}

static enum err load(const struct yaml_text *t, const cyaml_schema_value_t *schema,
                     struct report *report, struct raw **out)
{
    struct complaint heard = { .what = "" };
    const cyaml_config_t config = {
        .log_fn = hear,
        .log_ctx = &heard,
        .log_level = CYAML_LOG_ERROR,
        .mem_fn = cyaml_mem,
        .flags = CYAML_CFG_NO_ALIAS,
    };
    cyaml_err_t e;

    *out = NULL;
    if (t->n > YAML_BYTES_MAX) {
        report_problem(report, t->file, t->line, "larger than 64 KiB: make it smaller");
        return ERR_REJECTED;
    }
    e = cyaml_load_data((const uint8_t *)t->text, t->n, &config, schema,
                        (cyaml_data_t **)out, NULL);
    if (e == CYAML_OK && *out)
        return ERR_OK;
    report_problem(report, t->file, line_of_complaint(t, &heard),
                   "%s: see the example in content/README.md",
                   heard.what[0]          ? heard.what
                   : e == CYAML_ERR_ALIAS ? "aliases and anchors (* and &) are not read"
                                          : cyaml_strerror(e));
    *out = NULL;
    return ERR_REJECTED;
}

static void unload(const cyaml_schema_value_t *schema, struct raw *raw)
{
    const cyaml_config_t config = { .log_level = CYAML_LOG_ERROR,
                                    .mem_fn = cyaml_mem,
                                    .flags = CYAML_CFG_NO_ALIAS };

    cyaml_free(&config, schema, raw, 0);
}

static struct yaml_list copy_list(struct arena *arena, char **from, unsigned n)
{
    struct yaml_list list = { .n = n };

    list.item = arena_alloc(arena, n * sizeof(*list.item));
    for (size_t i = 0; i < n; i++)
        list.item[i] = arena_strdup(arena, from[i]);
    return list;
}

static const char *copy_text(struct arena *arena, const char *text)
{
    return text ? arena_strdup(arena, text) : NULL;
}

const char *yaml_path_name(size_t path)
{
    static const char *const names[YAML_PATHS] = {
        [PATH_SHORT] = "short",
        [PATH_CITIZEN] = "citizen",
        [PATH_FULL] = "full",
        [PATH_WORKER] = "worker",
    };

    return path < YAML_PATHS ? names[path] : NULL;
}

enum err yaml_pack(const struct yaml_text *t, struct arena *arena,
                   struct report *report, struct pack_yaml *out)
{
    struct raw *raw;
    enum err err = load(t, &pack_schema, report, &raw);

    *out = (struct pack_yaml){ 0 };
    if (err)
        return err;
    out->id = arena_strdup(arena, raw->id);
    out->title = arena_strdup(arena, raw->title);
    out->licence = arena_strdup(arena, raw->licence);
    out->version = raw->version;
    out->spoken = copy_list(arena, raw->languages, raw->languages_count);
    out->languages = copy_list(arena, raw->languages, raw->languages_count);
    for (size_t i = 0; i < out->languages.n; i++)
        out->languages.item[i] = arena_strndup(arena, out->spoken.item[i],
                                               strcspn(out->spoken.item[i], " "));
    out->authors = copy_list(arena, raw->authors, raw->authors_count);
    out->modules = copy_list(arena, raw->modules, raw->modules_count);
    out->paths[PATH_SHORT] = copy_list(arena, raw->paths.brief, raw->paths.brief_count);
    out->paths[PATH_CITIZEN] =
        copy_list(arena, raw->paths.citizen, raw->paths.citizen_count);
    out->paths[PATH_FULL] = copy_list(arena, raw->paths.full, raw->paths.full_count);
    out->paths[PATH_WORKER] =
        copy_list(arena, raw->paths.worker, raw->paths.worker_count);
    out->beside = copy_text(arena, raw->beside);
    unload(&pack_schema, raw);
    return ERR_OK;
}

enum err yaml_module(const struct yaml_text *t, struct arena *arena,
                     struct report *report, struct module_yaml *out)
{
    struct raw *raw;
    enum err err = load(t, &module_schema, report, &raw);

    *out = (struct module_yaml){ 0 };
    if (err)
        return err;
    out->id = arena_strdup(arena, raw->id);
    out->title = arena_strdup(arena, raw->title);
    out->outcome = arena_strdup(arena, raw->outcome);
    out->picture = arena_strdup(arena, raw->picture);
    out->question = copy_text(arena, raw->question);
    out->until = copy_text(arena, raw->until);
    unload(&module_schema, raw);
    return ERR_OK;
}

enum err yaml_lesson(const struct yaml_text *t, struct arena *arena,
                     struct report *report, struct lesson_yaml *out)
{
    struct raw *raw;
    enum err err = load(t, &lesson_schema, report, &raw);

    *out = (struct lesson_yaml){ 0 };
    if (err)
        return err;
    out->id = arena_strdup(arena, raw->id);
    out->title = arena_strdup(arena, raw->title);
    out->outcome = arena_strdup(arena, raw->outcome);
    out->minutes = raw->minutes;
    out->framework = copy_list(arena, raw->framework, raw->framework_count);
    out->facts = copy_list(arena, raw->facts, raw->facts_count);
    out->path = copy_list(arena, raw->path, raw->path_count);
    unload(&lesson_schema, raw);
    return ERR_OK;
}

int yaml_line_of(const struct yaml_text *t, const char *key)
{
    size_t n = strlen(key);
    int line = t->line;

    for (const char *at = t->text; at && at < t->text + t->n; line++) {
        if (strncmp(at, key, n) == 0 && at[n] == ':')
            return line;
        at = strchr(at, '\n');
        at = at ? at + 1 : NULL;
    }
    return t->line;
}
