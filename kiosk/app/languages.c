/* Lists of languages, and the chosen one. */
#include "app/languages.h"

#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/recordings.h"
#include "lesson/pack.h"
#include "ui/strings.h"

#define KEY_BYTES (sizeof("lang.") + VOICE_LANG_CHARS)

static const char *own_name(const char *code)
{
    char key[KEY_BYTES];

    (void)snprintf(key, sizeof(key), "lang.%s", code);
    for (int i = 0; i < T_COUNT; i++)
        if (!strcmp(text_key((enum text_id)i), key))
            return text_of((enum text_id)i);
    return NULL;
}

static void add(struct languages *l, const char *code, const char *name)
{
    struct language *next = &l->list[l->n];

    for (size_t i = 0; i < l->n; i++)
        if (!strcmp(l->list[i].code, code))
            return;
    if (l->n == VOICE_LANGS_MAX)
        return;
    (void)snprintf(next->code, sizeof(next->code), "%s", code);
    next->name = name ? name : own_name(code);
    l->n++;
}

void languages_known(const struct app *app, struct languages *out)
{
    const struct pack_info *info = app->pack ? pack_info(app->pack) : NULL;
    const struct recordings *r = app->recordings;

    out->n = 0;
    add(out, LANGUAGE_FIRST, NULL);
    for (size_t i = 0; info && i < info->n_languages; i++)
        add(out, info->languages[i].code, info->languages[i].name);
    for (size_t i = 0; r && i < r->n_langs; i++)
        add(out, r->langs[i], NULL);
}

const char *language_name(const struct language *l)
{
    return l->name ? l->name : l->code;
}

static bool is_heard(const struct app *app, const char *code)
{
    return !strcmp(code, LANGUAGE_FIRST) || recordings_count(app->recordings, code) ||
           (app->pack && pack_speaks(app->pack, code));
}

void languages_heard(const struct app *app, struct languages *out)
{
    size_t n = 0;

    languages_known(app, out);
    for (size_t i = 0; i < out->n; i++)
        if (is_heard(app, out->list[i].code))
            out->list[n++] = out->list[i];
    out->n = n;
}

const char *app_voice_language(const struct app *app)
{
    return *app->visit.look.lang ? app->visit.look.lang : LANGUAGE_FIRST;
}

void app_set_voice_language(struct app *app, const char *code)
{
    (void)snprintf(app->visit.look.lang, sizeof(app->visit.look.lang), "%s", code);
    if (app->visit.open)
        app_look_changed(app);
}
