/* Every text that is spoken: those of the content and those of the program, each once,
 * with the key of its clip. */
#pragma once

#include <stddef.h>

#include "base/arena.h"
#include "lesson/voice_index.h"

struct source;
struct source_lesson;

struct spoken_text {
    char key[VOICE_KEY_CHARS];
    const char *text;  /* as it stands on the screen */
    const char *where; /* "content/…/lesson.md:12", "strings.def: home.continue" */
};

struct spoken {
    struct arena arena;
    struct spoken_text *list; /* content in teaching order, then the program */
    size_t n, cap;
    /* Templates of the program: they are whole only when their {values} are known, so
     * they have no clip. */
    struct spoken_text *dynamic;
    size_t n_dynamic, dynamic_cap;
};

/* The caller finishes `out`. Of a pack that stands beside another one, the content alone. */
void spoken_collect(const struct source *s, struct spoken *out);
/* Those of one lesson alone. */
void spoken_collect_lesson(const struct source_lesson *l, struct spoken *out);
void spoken_finish(struct spoken *s); /* zeroed is allowed */

/* NULL when nothing with that key is spoken. */
const struct spoken_text *spoken_find(const struct spoken *s, const char *key);
