/* Reads lesson JSON: everything is bounded and checked here, once, so that screens can
 * trust it. Types of item check their own part. */
#include "lesson/lesson.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/utf8.h"
#include "lesson/event.h"

#define DEPTH_MAX 10 /* a picture of an option of a part of a story */
#define WHY_BYTES 200

struct reader {
    struct arena *arena;
    item_types types;
    char *why;
    size_t n_why;
};

static enum err __attribute__((format(printf, 2, 3)))
refuse(const struct reader *r, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(r->why, r->n_why, format, args);
    va_end(args);
    return ERR_REJECTED;
}

bool lesson_id_valid(const char *id)
{
    size_t n = id ? strlen(id) : 0;

    return n >= 1 && n <= EVENT_UNIT_MAX &&
           strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789._-") == n;
}

bool lesson_object_valid(const char *hex)
{
    return hex && strlen(hex) == LESSON_OBJECT_HEX &&
           strspn(hex, "0123456789abcdef") == LESSON_OBJECT_HEX;
}

/* A member of text: `*out` is a copy, NULL when it is absent and `may_lack`. */
static enum err read_text(const struct reader *r, const json_value *v, const char *key,
                          bool may_lack, const char **out)
{
    const json_value *member = json_get(v, key);
    const char *text = json_text(member);

    *out = NULL;
    if (!member && may_lack)
        return ERR_OK;
    if (!text)
        return refuse(r, "%s is missing", key);
    if (strlen(text) > LESSON_TEXT_MAX || !utf8_valid(text, strlen(text)))
        return refuse(r, "%s is too long or has control characters", key);
    *out = arena_strdup(r->arena, text);
    return ERR_OK;
}

/* The same, and not empty. */
static enum err read_words(const struct reader *r, const json_value *v, const char *key,
                           bool may_lack, const char **out)
{
    enum err err = read_text(r, v, key, may_lack, out);

    if (!err && *out && !**out)
        return refuse(r, "%s is empty", key);
    return err;
}

static enum err read_id(const struct reader *r, const json_value *v, const char **out)
{
    enum err err = read_text(r, v, "id", false, out);

    if (!err && !lesson_id_valid(*out))
        return refuse(r, "id is not 1 to 32 of a-z 0-9 . _ -");
    return err;
}

static enum err read_number(const struct reader *r, const json_value *v,
                            const char *key, int min, int max, int *out)
{
    int64_t n = 0;

    if (json_int(json_get(v, key), min, max, &n))
        return refuse(r, "%s is not a number from %d to %d", key, min, max);
    *out = (int)n;
    return ERR_OK;
}

enum err lesson_read_picture(const json_value *v, struct arena *arena,
                             const struct picture **out)
{
    struct picture *p;
    const char *alt = json_text(json_get(v, "alt"));
    const json_value *objects = json_get(v, "objects");

    *out = NULL;
    if (!v)
        return ERR_OK;
    if (!alt || !*alt || strlen(alt) > LESSON_TEXT_MAX ||
        !utf8_valid(alt, strlen(alt)) || json_count(objects) != PANEL_COUNT)
        return ERR_REJECTED;
    p = arena_alloc(arena, sizeof(*p));
    p->alt = arena_strdup(arena, alt);
    for (size_t i = 0; i < PANEL_COUNT; i++) {
        const char *hex = json_text(json_at(objects, i));

        if (!lesson_object_valid(hex))
            return ERR_REJECTED;
        p->object[i] = arena_strdup(arena, hex);
    }
    *out = p;
    return ERR_OK;
}

static enum err read_picture(const struct reader *r, const json_value *v,
                             const struct picture **out)
{
    if (lesson_read_picture(json_get(v, "picture"), r->arena, out))
        return refuse(r, "picture needs alt and four objects");
    return ERR_OK;
}

static enum err read_rule(const struct reader *r, const json_value *v,
                          struct pass_rule *out)
{
    enum err err = read_number(r, v, "right", 0, 100, &out->right_of[0]);

    if (!err)
        err = read_number(r, v, "of", 1, 100, &out->right_of[1]);
    if (!err)
        err = read_number(r, v, "tries", 1, 9, &out->tries);
    if (!err && out->right_of[0] > out->right_of[1])
        return refuse(r, "right is more than of");
    return err;
}

static enum err read_card(const struct reader *r, const json_value *v, struct card *out)
{
    enum err err = read_words(r, v, "title", false, &out->title);

    if (!err)
        err = read_words(r, v, "text", false, &out->text);
    if (!err)
        err = read_words(r, v, "note", true, &out->note);
    if (!err)
        err = read_words(r, v, "say", true, &out->say);
    if (!err)
        err = read_picture(r, v, &out->picture);
    if (err)
        return err;
    out->warns = json_bool(json_get(v, "warns"), false);
    /* its page draws the word large and on one line */
    if (out->say && (out->note || strlen(out->title) > LESSON_WORD_MAX ||
                     strlen(out->say) > LESSON_SAY_MAX))
        return refuse(r, "a word has a note, or is longer than %d bytes, said in %d",
                      LESSON_WORD_MAX, LESSON_SAY_MAX);
    return ERR_OK;
}

static enum err read_option(const struct reader *r, const json_value *v,
                            struct item_option *out)
{
    enum err err = read_text(r, v, "text", false, &out->text);

    if (!err)
        err = read_text(r, v, "feedback", false, &out->feedback);
    if (!err)
        err = read_picture(r, v, &out->picture);
    out->right = json_bool(json_get(v, "right"), false);
    return err;
}

enum err lesson_read_options(const json_value *list, struct arena *arena,
                             struct item_option *options, size_t *n_out, char *why,
                             size_t n_why)
{
    struct reader r = { .arena = arena, .why = why, .n_why = n_why };

    *n_out = 0;
    if (json_count(list) > ITEM_OPTIONS_MAX)
        return refuse(&r, "more than %d options", ITEM_OPTIONS_MAX);
    for (; *n_out < json_count(list); (*n_out)++) {
        if (read_option(&r, json_at(list, *n_out), &options[*n_out]))
            return ERR_REJECTED;
    }
    return ERR_OK;
}

const char *lesson_read_text(const json_value *v, struct arena *arena)
{
    const char *text = json_text(v);

    if (!text || !*text || strlen(text) > LESSON_TEXT_MAX ||
        !utf8_valid(text, strlen(text)))
        return NULL;
    return arena_strdup(arena, text);
}

static const struct item_type *find_type(item_types types, const char *name)
{
    for (; name && *types; types++) {
        if (strcmp((*types)->name, name) == 0)
            return *types;
    }
    return NULL;
}

static enum err read_item(const struct reader *r, const json_value *v, struct item *out)
{
    const char *type = json_text(json_get(v, "type"));
    enum err err = read_id(r, v, &out->id);

    if (!err)
        err = read_words(r, v, "stem", false, &out->stem);
    if (!err)
        err = read_words(r, v, "from", true, &out->from);
    if (!err)
        err = read_words(r, v, "why", true, &out->why);
    if (!err)
        err = read_picture(r, v, &out->picture);
    if (!err)
        err = lesson_read_options(json_get(v, "options"), r->arena, out->options,
                                  &out->n_options, r->why, r->n_why);
    if (err)
        return err;
    out->safety = json_bool(json_get(v, "safety"), false);
    out->type = find_type(r->types, type);
    if (!out->type || out->type->state_size > ITEM_STATE_MAX)
        return refuse(r, "type %.32s is not known here", type ? type : "(none)");
    if (out->type->parse)
        return out->type->parse(out, v, r->arena, r->why, r->n_why);
    return ERR_OK;
}

/* Puts where it was before what was wrong: "items 2: stem is missing". */
static enum err located(const struct reader *r, const char *where, size_t i)
{
    char what[WHY_BYTES];

    snprintf(what, sizeof(what), "%s", r->why);
    return refuse(r, "%s %zu: %s", where, i + 1, what);
}

static enum err read_cards(const struct reader *r, const json_value *list,
                           struct lesson *out)
{
    size_t n = json_count(list);

    if (json_kind_of(list) != JSON_IS_ARRAY || n < 1 || n > LESSON_CARDS_MAX)
        return refuse(r, "cards are not 1 to %d", LESSON_CARDS_MAX);
    for (; out->n_cards < n; out->n_cards++) {
        if (read_card(r, json_at(list, out->n_cards), &out->cards[out->n_cards]))
            return located(r, "cards", out->n_cards);
    }
    return ERR_OK;
}

static enum err read_items(const struct reader *r, const json_value *list,
                           struct lesson *out)
{
    size_t n = json_count(list);

    if (json_kind_of(list) != JSON_IS_ARRAY || n < 1 || n > LESSON_ITEMS_MAX)
        return refuse(r, "items are not 1 to %d", LESSON_ITEMS_MAX);
    for (; out->n_items < n; out->n_items++) {
        struct item *item = &out->items[out->n_items];

        if (read_item(r, json_at(list, out->n_items), item))
            return located(r, "items", out->n_items);
        for (size_t i = 0; i < out->n_items; i++) {
            if (strcmp(out->items[i].id, item->id) == 0)
                return refuse(r, "items: %s is there twice", item->id);
        }
    }
    return ERR_OK;
}

/* One that cannot be played is left out; who reads the lesson learns of it by n_left_out. */
static enum err read_practices(const struct reader *r, const json_value *list,
                               struct lesson *out)
{
    size_t n = json_count(list);

    if (n > LESSON_PRACTICES_MAX)
        return refuse(r, "practices are more than %d", LESSON_PRACTICES_MAX);
    for (size_t i = 0; i < n; i++) {
        struct practice *p;

        if (practice_read(json_at(list, i), r->arena, &p, r->why, r->n_why))
            out->n_left_out++;
        else
            out->practices[out->n_practices++] = p;
    }
    return ERR_OK;
}

static enum err read_lesson(const struct reader *r, const json_value *v,
                            struct lesson *out)
{
    int schema;
    enum err err = read_number(r, v, "schema", 1, 1, &schema);

    if (!err)
        err = read_id(r, v, &out->id);
    if (!err)
        err = read_words(r, v, "title", false, &out->title);
    if (!err)
        err = read_words(r, v, "outcome", false, &out->outcome);
    if (!err)
        err = read_words(r, v, "remember", false, &out->remember);
    if (!err)
        err = read_number(r, v, "minutes", 1, 60, &out->minutes);
    if (!err)
        err = read_rule(r, json_get(v, "rule"), &out->rule);
    if (!err)
        err = read_cards(r, json_get(v, "cards"), out);
    if (!err)
        err = read_items(r, json_get(v, "items"), out);
    if (!err)
        err = read_words(r, v, "show", true, &out->show);
    if (!err)
        err = read_practices(r, json_get(v, "practices"), out);
    return err;
}

enum err lesson_read(const char *json, size_t n, item_types types, struct arena *arena,
                     struct lesson **out, char *why, size_t n_why)
{
    char unused[WHY_BYTES];
    struct reader r = { arena, types, why, n_why };
    struct lesson *lesson = arena_alloc(arena, sizeof(*lesson));
    json_value *doc;
    enum err err;

    *out = NULL;
    if (n_why == 0) {
        r.why = unused;
        r.n_why = sizeof(unused);
    }
    if (n > LESSON_JSON_MAX)
        return refuse(&r, "larger than %u bytes", LESSON_JSON_MAX);
    err = json_parse(json, n, DEPTH_MAX, &doc, r.why, r.n_why);
    if (err)
        return err;
    err = read_lesson(&r, doc, lesson);
    json_free(doc);
    if (!err)
        *out = lesson;
    return err;
}
