/* Languages that are spoken. They come from the pack's list and from folders of recordings;
 * the program knows two of them by name, and none by behaviour: Vietnamese alone is there
 * always, because what has no clip in another language is read in it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lesson/voice_index.h"

struct app;

#define LANGUAGE_FIRST "vi"

struct language {
    char code[VOICE_LANG_CHARS];
    const char *name; /* borrowed from the pack or the string table; NULL: see below */
};

/* Vietnamese first. */
struct languages {
    struct language list[VOICE_LANGS_MAX];
    size_t n;
};

/* As it is written on pages: its code where nobody wrote down a name. */
const char *language_name(const struct language *l);
/* All that recordings can be made in. */
void languages_known(const struct app *app, struct languages *out);
/* Those of them that have a clip: what learners are offered. */
void languages_heard(const struct app *app, struct languages *out);

/* Of this visit; also chosen on the first page, for the visit that begins there. */
const char *app_voice_language(const struct app *app);
void app_set_voice_language(struct app *app, const char *code);
