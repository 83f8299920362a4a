/* The content tree as it was written, with file and line for every part. Read once,
 * used by lint and by build. Checks form; words and pictures are lint.c's. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "facts.h"
#include "gift.h"
#include "lesson/lesson.h"
#include "overlay.h"
#include "yaml.h"

struct report;
struct source_practice;

#define SOURCE_MODULES_MAX 64
#define SOURCE_LESSONS_MAX 64 /* of one module */

struct source_text {
    const char *text; /* NULL: missing */
    int line;
};

struct source_card {
    struct source_text title, text, note;
    bool warns;             /* the note was written "> ! …" */
    bool is_word;           /* "# Từ: …": `title` is the word alone */
    struct source_text say; /* of a word: what follows "> Đọc là: " */
    struct gift_picture picture;
};

struct source_lesson {
    const char *folder; /* "content/m09-lua-dao/b03-ma-6-so" */
    const char *file;   /* its lesson.md */
    struct lesson_yaml front;
    struct yaml_text front_text;
    struct source_card cards[LESSON_CARDS_MAX];
    size_t n_cards;
    struct gift_item items[LESSON_ITEMS_MAX];
    size_t n_items;
    struct source_text show; /* under # Làm theo; text NULL: none */
    struct source_practice *practices[LESSON_PRACTICES_MAX];
    size_t n_practices;
    struct source_text remember;
};

struct source_module {
    const char *folder;
    const char *file; /* its module.yaml */
    struct module_yaml front;
    struct yaml_text front_text;
    struct source_lesson *lessons;
    size_t n_lessons;
};

struct source {
    struct arena arena; /* everything below lives here */
    const char *root;
    struct overlay overlay; /* root NULL: none */
    const char *file;       /* its pack.yaml */
    struct pack_yaml front;
    struct yaml_text front_text;
    struct source_module *modules;
    size_t n_modules;
    struct facts facts;
};

/* Reads the tree at `root`; what is wrong goes to `report`, and reading goes on, so
 * that one run names everything. `today`: days since 1970, for facts. The caller
 * finishes `out` in any case. Errors: ERR_REJECTED when there is no readable pack.yaml
 * (reported too). */
NODISCARD enum err source_read(const char *root, int64_t today, struct report *report,
                               struct source *out);
/* The same, with what a commune says in its own way (overlay.h); `overlay` NULL: nothing. */
NODISCARD enum err source_read_over(const char *root, const char *overlay,
                                    int64_t today, struct report *report,
                                    struct source *out);
void source_finish(struct source *s); /* NULL is allowed */

/* The lesson of that id, or NULL. */
struct source_lesson *source_find_lesson(const struct source *s, const char *id);
/* Forgets every lesson but that one. False: there is none. */
bool source_keep(struct source *s, const char *lesson_id);

/* The lessons of a path: as pack.yaml lists them, or where it does not, those that name it,
 * in teaching order. Lives in the source. */
struct yaml_list source_path(struct source *s, enum yaml_path path);

/* Path of a picture: in `folder`, its parent, or art/ of the content; NULL when it is
 * nowhere or the name is no plain *.svg or *.png. */
const char *source_find_picture(struct source *s, const char *folder, const char *name);
