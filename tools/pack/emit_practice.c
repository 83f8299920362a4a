/* The JSON of lesson/practice.h. */
#include "emit.h"

#include "base/json.h"
#include "practice_source.h"

static void put_maybe(struct buf *json, const char *key, const char *text)
{
    if (text)
        json_put_text(json, key, text);
}

static const char *target_of(const struct practice *p, int to)
{
    return to == PRACTICE_TO_DONE   ? "done"
           : to == PRACTICE_TO_BACK ? "back"
                                    : p->screens[to].id;
}

static enum err emit_part(struct emit *e, const struct source_lesson *l,
                          const struct source_practice *p, size_t screen, size_t at,
                          struct buf *json)
{
    static const char *const acts[] = {
        [ACT_RIGHT] = "right", [ACT_WRONG] = "wrong", [ACT_GO] = "go"
    };
    const struct practice_part *part = &p->practice.screens[screen].parts[at];
    const struct gift_picture *picture = &p->pictures[screen][at];
    enum err err = ERR_OK;

    json_open(json, NULL, '{');
    json_put_text(json, "part", practice_part_name(part->kind));
    json_put_text(json, "text", part->text);
    put_maybe(json, "note", part->note);
    put_maybe(json, "value", part->value);
    put_maybe(json, "icon", part->icon);
    if (part->tone != TONE_PLAIN)
        json_put_text(json, "tone", practice_tone_name(part->tone));
    if (part->on)
        json_put_bool(json, "on", true);
    if (part->way != WAY_NONE)
        json_put_text(json, "way", practice_way_name(part->way));
    if (part->act != ACT_NONE) {
        json_put_text(json, "act", acts[part->act]);
        json_put_text(json, "to", target_of(&p->practice, part->to));
    }
    if (picture->file)
        err = emit_picture(e, l->folder, "picture", picture, l->file, json);
    json_close(json, '}');
    return err;
}

enum err emit_practice(struct emit *e, const struct source_lesson *l,
                       const struct source_practice *p, struct buf *json)
{
    enum err err = ERR_OK;

    json_open(json, NULL, '{');
    json_put_text(json, "title", p->practice.title);
    json_open(json, "screens", '[');
    for (size_t i = 0; !err && i < p->practice.n_screens; i++) {
        const struct practice_screen *s = &p->practice.screens[i];

        json_open(json, NULL, '{');
        json_put_text(json, "id", s->id);
        json_put_text(json, "kind", practice_kind_name(s->kind));
        json_put_text(json, "say", s->say);
        put_maybe(json, "hint", s->hint);
        put_maybe(json, "top", s->top);
        put_maybe(json, "sub", s->sub);
        put_maybe(json, "face", s->face);
        put_maybe(json, "clock", s->clock);
        if (s->tone != TONE_PLAIN)
            json_put_text(json, "tone", practice_tone_name(s->tone));
        json_open(json, "parts", '[');
        for (size_t k = 0; !err && k < s->n_parts; k++)
            err = emit_part(e, l, p, i, k, json);
        json_close(json, ']');
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
    return err;
}
