/* Names of a practice's screens and parts, and its JSON (lesson/practice.h) into data.
 * Whether it can be played is practice_check.c's. */
#include "lesson/practice.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "lesson/lesson.h"

/* --- names ---------------------------------------------------------------------------- */

#define X(name, text) text,
static const char *const kinds[] = { PRACTICE_KINDS(X) };
static const char *const parts[] = { PRACTICE_PARTS(X) };
static const char *const tones[] = { PRACTICE_TONES(X) };
static const char *const ways[] = { PRACTICE_WAYS(X) };
#undef X
static const char *const acts[] = { "", "right", "wrong", "go" };

const char *practice_kind_name(size_t kind)
{
    return kind < COUNT(kinds) ? kinds[kind] : NULL;
}

const char *practice_part_name(size_t part)
{
    return part < COUNT(parts) ? parts[part] : NULL;
}

const char *practice_tone_name(size_t tone)
{
    return tone < COUNT(tones) ? tones[tone] : NULL;
}

const char *practice_way_name(size_t way)
{
    return way < COUNT(ways) ? ways[way] : NULL;
}

/* --- reading -------------------------------------------------------------------------- */

struct reader {
    struct arena *arena;
    char *why;
    size_t n_why;
};

static enum err refuse(const struct reader *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static enum err refuse(const struct reader *r, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    if (r->n_why)
        (void)vsnprintf(r->why, r->n_why, format, args);
    va_end(args);
    return ERR_REJECTED;
}

/* Absent: `otherwise`. */
static enum err read_name(const struct reader *r, const json_value *v, const char *key,
                          const char *const *names, size_t n, int otherwise, int *out)
{
    const json_value *member = json_get(v, key);
    const char *name = json_text(member);

    *out = otherwise;
    if (!member && otherwise >= 0)
        return ERR_OK;
    for (size_t i = 0; name && i < n; i++) {
        if (!strcmp(names[i], name)) {
            *out = (int)i;
            return ERR_OK;
        }
    }
    return refuse(r, "%s “%.32s” is not known here", key, name ? name : "(none)");
}

static enum err read_text(const struct reader *r, const json_value *v, const char *key,
                          bool may_lack, const char **out)
{
    const json_value *member = json_get(v, key);

    *out = NULL;
    if (!member && may_lack)
        return ERR_OK;
    *out = lesson_read_text(member, r->arena);
    return *out ? ERR_OK : refuse(r, "%s is no text", key);
}

static enum err read_target(const struct reader *r, const json_value *v,
                            struct practice_part *out, const char **to_out)
{
    int act;
    enum err err = read_name(r, v, "act", acts, COUNT(acts), ACT_NONE, &act);

    *to_out = NULL;
    if (err)
        return err;
    out->act = (enum practice_act)act;
    return act == ACT_NONE ? ERR_OK : read_text(r, v, "to", false, to_out);
}

static enum err read_part(const struct reader *r, const json_value *v,
                          struct practice_part *out, const char **to_out)
{
    int kind = 0, tone = 0, way = 0;
    enum err err = read_name(r, v, "part", parts, COUNT(parts), -1, &kind);

    if (!err)
        err = read_name(r, v, "tone", tones, COUNT(tones), TONE_PLAIN, &tone);
    if (!err)
        err = read_name(r, v, "way", ways, COUNT(ways), WAY_NONE, &way);
    if (!err)
        err = read_text(r, v, "text", false, &out->text);
    if (!err)
        err = read_text(r, v, "note", true, &out->note);
    if (!err)
        err = read_text(r, v, "value", true, &out->value);
    if (!err)
        err = read_text(r, v, "icon", true, &out->icon);
    if (!err && lesson_read_picture(json_get(v, "picture"), r->arena, &out->picture))
        err = refuse(r, "picture needs alt and four objects");
    if (err)
        return err;
    out->kind = (enum practice_part_kind)kind;
    out->tone = (enum practice_tone)tone;
    out->way = (enum practice_way)way;
    out->on = json_bool(json_get(v, "on"), false);
    return read_target(r, v, out, to_out);
}

struct targets {
    const char *of[PRACTICE_SCREENS_MAX][PRACTICE_PARTS_MAX];
};

static enum err read_screen(const struct reader *r, const json_value *v,
                            struct practice_screen *out,
                            const char *to[PRACTICE_PARTS_MAX])
{
    const json_value *list = json_get(v, "parts");
    int kind = 0, tone = 0;
    enum err err = read_text(r, v, "id", false, &out->id);

    if (!err)
        err = read_name(r, v, "kind", kinds, COUNT(kinds), -1, &kind);
    if (!err)
        err = read_name(r, v, "tone", tones, COUNT(tones), TONE_PLAIN, &tone);
    if (!err)
        err = read_text(r, v, "say", false, &out->say);
    if (!err)
        err = read_text(r, v, "hint", true, &out->hint);
    if (!err)
        err = read_text(r, v, "top", true, &out->top);
    if (!err)
        err = read_text(r, v, "sub", true, &out->sub);
    if (!err)
        err = read_text(r, v, "face", true, &out->face);
    if (!err)
        err = read_text(r, v, "clock", true, &out->clock);
    if (err)
        return err;
    out->kind = (enum practice_kind)kind;
    out->tone = (enum practice_tone)tone;
    if (json_kind_of(list) != JSON_IS_ARRAY || json_count(list) > PRACTICE_PARTS_MAX)
        return refuse(r, "parts are not at most %d", PRACTICE_PARTS_MAX);
    for (; !err && out->n_parts < json_count(list); out->n_parts++)
        err = read_part(r, json_at(list, out->n_parts), &out->parts[out->n_parts],
                        &to[out->n_parts]);
    return err;
}

static int find_screen(const struct practice *p, const char *id)
{
    for (size_t i = 0; i < p->n_screens; i++)
        if (!strcmp(p->screens[i].id, id))
            return (int)i;
    return PRACTICE_TO_BACK - 1;
}

static enum err resolve(const struct reader *r, struct practice *p,
                        const struct targets *t)
{
    for (size_t i = 0; i < p->n_screens; i++) {
        for (size_t k = 0; k < p->screens[i].n_parts; k++) {
            struct practice_part *part = &p->screens[i].parts[k];
            const char *to = t->of[i][k];

            if (part->act == ACT_NONE)
                continue;
            part->to = !strcmp(to, "done")   ? PRACTICE_TO_DONE
                       : !strcmp(to, "back") ? PRACTICE_TO_BACK
                                             : find_screen(p, to);
            if (part->to < PRACTICE_TO_BACK)
                return refuse(r, "there is no screen %.32s", to);
        }
    }
    return ERR_OK;
}

enum err practice_read(const json_value *v, struct arena *arena, struct practice **out,
                       char *why, size_t n_why)
{
    const struct reader r = { arena, why, n_why };
    struct practice *p = arena_alloc(arena, sizeof(*p));
    struct targets *t = arena_alloc(arena, sizeof(*t));
    const json_value *list = json_get(v, "screens");
    size_t at;
    enum err err = read_text(&r, v, "title", false, &p->title);

    *out = NULL;
    if (err)
        return err;
    if (json_kind_of(list) != JSON_IS_ARRAY || !json_count(list) ||
        json_count(list) > PRACTICE_SCREENS_MAX)
        return refuse(&r, "screens are not 1 to %d", PRACTICE_SCREENS_MAX);
    for (; !err && p->n_screens < json_count(list); p->n_screens++)
        err = read_screen(&r, json_at(list, p->n_screens), &p->screens[p->n_screens],
                          t->of[p->n_screens]);
    if (!err)
        err = resolve(&r, p, t);
    if (!err)
        err = practice_check(p, &at, why, n_why);
    if (!err)
        *out = p;
    return err;
}
