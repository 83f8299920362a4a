/* The YAML of the content: pack.yaml, module.yaml and the front matter of a lesson.
 * The only door to libcyaml. */
#pragma once

#include <stddef.h>

#include "base/err.h"

struct arena;
struct report;

#define YAML_BYTES_MAX (64U * 1024U)

struct yaml_list {
    const char **item;
    size_t n;
};

struct pack_yaml {
    const char *id, *title, *licence;
    int version;
    struct yaml_list languages; /* their codes */
    struct yaml_list spoken;    /* as written: code, or code and name */
    struct yaml_list authors, modules;
    struct yaml_list path_short, path_citizen, path_full;
};

struct module_yaml {
    const char *id, *title, *outcome, *picture;
    const char *question; /* NULL: none */
};

struct lesson_yaml {
    const char *id, *title, *outcome;
    int minutes;
    struct yaml_list framework, facts, path;
};

/* Where the text stands, for messages. */
struct yaml_text {
    const char *file;
    int line; /* of its first line in that file */
    const char *text;
    size_t n;
};

/* Each copies into `arena`. Unknown, missing, doubled and wrong-typed keys, aliases and
 * sizes beyond ours go to `report`. Errors: ERR_REJECTED. */
NODISCARD enum err yaml_pack(const struct yaml_text *t, struct arena *arena,
                             struct report *report, struct pack_yaml *out);
NODISCARD enum err yaml_module(const struct yaml_text *t, struct arena *arena,
                               struct report *report, struct module_yaml *out);
NODISCARD enum err yaml_lesson(const struct yaml_text *t, struct arena *arena,
                               struct report *report, struct lesson_yaml *out);

/* The line in the file where the top-level `key` stands, else the first line. */
int yaml_line_of(const struct yaml_text *t, const char *key);
