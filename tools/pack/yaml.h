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

/* Ways through the lessons that pack.yaml and the lessons may name. */
enum yaml_path { PATH_SHORT, PATH_CITIZEN, PATH_FULL, PATH_WORKER, YAML_PATHS };

struct pack_yaml {
    const char *id, *title, *licence;
    int version;
    struct yaml_list languages; /* their codes */
    struct yaml_list spoken;    /* as written: code, or code and name */
    struct yaml_list authors, modules;
    struct yaml_list paths[YAML_PATHS];
    const char *beside; /* id of the pack that it stands beside; NULL: by itself */
};

struct module_yaml {
    const char *id, *title, *outcome, *picture;
    const char *question; /* NULL: none */
    const char *until;    /* of an alert, "YYYY-MM-DD"; NULL: it is none */
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

/* "short", …; of YAML_PATHS and beyond NULL. */
const char *yaml_path_name(size_t path);

/* The line in the file where the top-level `key` stands, else the first line. */
int yaml_line_of(const struct yaml_text *t, const char *key);
