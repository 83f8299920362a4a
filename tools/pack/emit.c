/* Lesson JSON. */
#include "emit.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/json.h"
#include "pictures.h"
#include "report.h"
#include "svg.h"

/* When a completion is a pass: PROTOCOL's two thirds, within two tries. */
#define RULE_RIGHT 2
#define RULE_OF 3
#define RULE_TRIES 2

/* Raise it when the same bytes would be drawn differently. */
#define DRAWING_VERSION 1

static const char *const panel_names[PANEL_COUNT] = { "reg", "cmp", "wide", "por" };

static enum err draw_panel(struct emit *e, const struct gift_picture *p,
                           const char *file, const struct buf *bytes, enum panel panel,
                           const char **sha256)
{
    char key[HASH_SHA256_HEX], content[HASH_SHA256_HEX], name[100], input[160];
    char why[200];
    struct buf png;
    enum err err;

    hash_sha256_hex(buf_text(bytes), bytes->len, content);
    snprintf(input, sizeof(input), "%d %d %s", DRAWING_VERSION, picture_width[panel],
             content);
    hash_sha256_hex(input, strlen(input), key);
    snprintf(name, sizeof(name), "%.64s %s", p->file, panel_names[panel]);
    if (objects_recall(e->objects, name, "picture", key, sha256))
        return ERR_OK;
    buf_init(&png, PNG_BYTES_MAX);
    err = picture_draw(bytes, panel, &png, why, sizeof(why));
    if (err)
        report_problem(e->report, file, p->line, "picture %.64s: %s", p->file, why);
    else
        err = objects_add(e->objects, name, "picture", key, png.data, png.len, sha256);
    e->n_drawn++;
    buf_finish(&png);
    return err;
}

enum err emit_picture(struct emit *e, const char *folder, const char *key,
                      const struct gift_picture *p, const char *file, struct buf *json)
{
    const char *path = source_find_picture(e->source, folder, p->file);
    struct buf bytes;
    char why[200];
    enum err err;

    buf_init(&bytes, PNG_BYTES_MAX);
    err = path ? picture_load(path, &bytes, why, sizeof(why)) : ERR_REJECTED;
    if (err)
        report_problem(e->report, file, p->line,
                       "picture %.64s cannot be read: put it "
                       "beside the text",
                       p->file);
    json_open(json, key, '{');
    json_put_text(json, "alt", p->alt);
    json_open(json, "objects", '[');
    for (size_t i = 0; !err && i < PANEL_COUNT; i++) {
        const char *sha256 = NULL;

        err = draw_panel(e, p, file, &bytes, (enum panel)i, &sha256);
        if (!err)
            json_put_text(json, NULL, sha256);
    }
    json_close(json, ']');
    json_close(json, '}');
    buf_finish(&bytes);
    return err;
}

static enum err emit_card(struct emit *e, const struct source_lesson *l,
                          const struct source_card *card, struct buf *json)
{
    enum err err;

    json_open(json, NULL, '{');
    json_put_text(json, "title", card->title.text);
    json_put_text(json, "text", card->text.text);
    if (card->note.text)
        json_put_text(json, "note", card->note.text);
    if (card->warns)
        json_put_bool(json, "warns", true);
    if (card->say.text)
        json_put_text(json, "say", card->say.text);
    err = emit_picture(e, l->folder, "picture", &card->picture, l->file, json);
    json_close(json, '}');
    return err;
}

/* Per mille of the picture. */
static void emit_spot(const struct gift_option *o, struct buf *json)
{
    json_open(json, "at", '[');
    for (size_t i = 0; i < 4; i++)
        json_put_int(json, NULL,
                     o->spot[i] * 1000 / (i % 2 ? PICTURE_FRAME_H : PICTURE_FRAME_W));
    json_close(json, ']');
}

static enum err emit_option(struct emit *e, const struct source_lesson *l,
                            const struct gift_option *o, struct buf *json)
{
    enum err err = ERR_OK;

    json_open(json, NULL, '{');
    json_put_text(json, "text", o->pair ? o->pair : o->text);
    json_put_text(json, "feedback", o->feedback);
    if (o->right)
        json_put_bool(json, "right", true);
    if (o->pair && !o->picture.file)
        json_put_text(json, "left", o->text);
    if (o->has_spot)
        emit_spot(o, json);
    if (o->go)
        json_put_int(json, "go", o->go);
    if (o->picture.file)
        err = emit_picture(e, l->folder, "picture", &o->picture, l->file, json);
    json_close(json, '}');
    return err;
}

static enum err emit_options(struct emit *e, const struct source_lesson *l,
                             const struct gift_item *item, struct buf *json)
{
    enum err err = ERR_OK;

    if (item->picture.file)
        err = emit_picture(e, l->folder, "picture", &item->picture, l->file, json);
    json_open(json, "options", '[');
    for (size_t i = 0; !err && i < item->n_options; i++)
        err = emit_option(e, l, &item->options[i], json);
    json_close(json, ']');
    return err;
}

/* What only stories and numbers have. */
static enum err emit_more(struct emit *e, const struct source_lesson *l,
                          const struct gift_item *item, struct buf *json)
{
    enum err err = ERR_OK;

    if (item->form == GIFT_NUMBER) {
        json_put_int(json, "low", item->low);
        json_put_int(json, "high", item->high);
    }
    if (item->unit)
        json_put_text(json, "unit", item->unit);
    if (!item->n_parts)
        return ERR_OK;
    json_open(json, "parts", '[');
    for (size_t i = 0; !err && i < item->n_parts; i++) {
        json_open(json, NULL, '{');
        json_put_text(json, "stem", item->parts[i].stem);
        err = emit_options(e, l, &item->parts[i], json);
        json_close(json, '}');
    }
    json_close(json, ']');
    return err;
}

static enum err emit_item(struct emit *e, const struct source_lesson *l,
                          const struct gift_item *item, struct buf *json)
{
    enum err err;

    json_open(json, NULL, '{');
    json_put_text(json, "type", item->type);
    json_put_text(json, "id", item->id);
    json_put_text(json, "stem", item->stem);
    if (item->from)
        json_put_text(json, "from", item->from);
    if (item->why)
        json_put_text(json, "why", item->why);
    if (item->safety)
        json_put_bool(json, "safety", true);
    err = emit_options(e, l, item, json);
    if (!err)
        err = emit_more(e, l, item, json);
    json_close(json, '}');
    return err;
}

enum err emit_lesson(struct emit *e, const struct source_lesson *l, struct buf *json)
{
    enum err err = ERR_OK;

    json_open(json, NULL, '{');
    json_put_int(json, "schema", 1);
    json_put_text(json, "id", l->front.id);
    json_put_text(json, "title", l->front.title);
    json_put_text(json, "outcome", l->front.outcome);
    json_put_int(json, "minutes", l->front.minutes);
    json_open(json, "rule", '{');
    json_put_int(json, "right", RULE_RIGHT);
    json_put_int(json, "of", RULE_OF);
    json_put_int(json, "tries", RULE_TRIES);
    json_close(json, '}');
    json_open(json, "cards", '[');
    for (size_t i = 0; !err && i < l->n_cards; i++)
        err = emit_card(e, l, &l->cards[i], json);
    json_close(json, ']');
    json_open(json, "items", '[');
    for (size_t i = 0; !err && i < l->n_items; i++)
        err = emit_item(e, l, &l->items[i], json);
    json_close(json, ']');
    if (l->show.text)
        json_put_text(json, "show", l->show.text);
    if (l->n_practices) {
        json_open(json, "practices", '[');
        for (size_t i = 0; !err && i < l->n_practices; i++)
            err = emit_practice(e, l, l->practices[i], json);
        json_close(json, ']');
    }
    json_put_text(json, "remember", l->remember.text);
    json_close(json, '}');
    return err;
}
