/* Cuts the text into items at blank lines, as Moodle does, then reads each by hand; the
 * parts of a story come together in its first item. */
#include "gift.h"

#include <string.h>

#include "base/arena.h"
#include "gift_text.h"

/* --- the // lines above an item ---------------------------------------------------- */

static const char *const keys[] = {
    "type", "safety", "from", "picture", "alt", "unit"
};
enum { KEY_TYPE, KEY_SAFETY, KEY_FROM, KEY_PICTURE, KEY_ALT, KEY_UNIT, N_KEYS };

static void set_key(struct gift *g, struct gift_item *item, size_t key,
                    const char *value)
{
    switch (key) {
    case KEY_TYPE:
        item->type = value;
        break;
    case KEY_SAFETY:
        item->safety = strcmp(value, "yes") == 0;
        if (!item->safety)
            gift_fail(g, g->line,
                      "safety is not 'yes': write '// safety: yes' or remove it");
        break;
    case KEY_FROM:
        item->from = value;
        break;
    case KEY_PICTURE:
        item->picture.file = value;
        item->picture.line = g->line;
        break;
    case KEY_ALT:
        item->picture.alt = value;
        break;
    default:
        item->unit = value;
        break;
    }
}

enum gift_comment gift_comment(struct gift *g, struct gift_item *item)
{
    const char *name;
    size_t n, key = 0;
    const char *value = gift_key(g, &name, &n);

    if (!value)
        return GIFT_REMARK;
    while (key < N_KEYS && (strlen(keys[key]) != n || memcmp(keys[key], name, n) != 0))
        key++;
    if (key == N_KEYS)
        return GIFT_UNKNOWN;
    if (*value)
        set_key(g, item, key, value);
    else
        gift_fail(g, g->line,
                  "a // line without a value: write one or remove the line");
    return GIFT_OURS;
}

static void read_comment(struct gift *g, struct gift_item *item)
{
    if (gift_comment(g, item) == GIFT_UNKNOWN)
        gift_fail(g, g->line,
                  "a // line with an unknown key: use type, safety, from, picture, alt "
                  "or unit; hotspot and go stand above an answer");
    gift_skip_line(g);
}

/* --- items ------------------------------------------------------------------------- */

static void read_id(struct gift *g, struct gift_item *item)
{
    const char *end;

    item->line = g->line;
    item->id = "";
    if (!gift_starts(g, "::")) {
        gift_fail(g, g->line, "an item without its id: start it with ::lesson-q1::");
        return;
    }
    end = strstr(g->at + 2, "::");
    if (!end || memchr(g->at, '\n', (size_t)(end - g->at))) {
        gift_fail(g, g->line, "an id that does not end: write ::lesson-q1::");
        return;
    }
    item->id = arena_strndup(g->arena, g->at + 2, (size_t)(end - g->at - 2));
    gift_advance(g, (size_t)(end + 2 - g->at));
}

const char *gift_type_of_form(enum gift_form form)
{
    static const char *const types[] = {
        [GIFT_CHOICES] = "single",
        [GIFT_SIDES] = "true-false",
        [GIFT_PAIRS] = "match",
        [GIFT_NUMBER] = "numeric",
    };

    return types[form];
}

static void read_item(struct gift *g, struct gift_item *item)
{
    read_id(g, item);
    if (g->failed)
        return;
    item->stem = gift_piece(g, "{}~=");
    if (*g->at != '{') {
        gift_fail(g, g->line,
                  "the question has no {answers}: add them, and put \\ before "
                  "{ } ~ = that are only text");
        return;
    }
    g->pending = (struct gift_option){ 0 };
    g->pending_line = 0;
    gift_answers(g, item);
    if (g->failed)
        return;
    if (g->pending_line)
        gift_fail(g, g->pending_line,
                  "a // line without an answer below it: move it above its answer");
    gift_advance(g, 1);
    if (!gift_line_blank(g))
        gift_fail(g, g->line,
                  "text after the answers: put the whole question before {");
    if (!item->type)
        item->type = gift_type_of_form(item->form);
    if (item->picture.file && !item->picture.alt)
        item->picture.alt = "";
}

/* Puts "<id>.2", "<id>.3" … with the story <id> above them; false: it is none. */
static bool join_story(struct gift *g, struct gift_item *story,
                       const struct gift_item *part)
{
    size_t n = strlen(story->id);

    if (strncmp(part->id, story->id, n) != 0 || part->id[n] != '.' ||
        strcmp(story->type, "scenario") != 0)
        return false;
    if (story->n_parts == GIFT_PARTS_MAX)
        gift_fail(g, part->line, "more than 4 parts in one story: end it sooner");
    else if (part->id[n + 1] != (char)('2' + story->n_parts) || part->id[n + 2])
        gift_fail(g, part->line,
                  "a part of a story out of turn: number them .2, .3, .4");
    if (g->failed)
        return true;
    if (!story->parts)
        story->parts = arena_alloc(g->arena, GIFT_PARTS_MAX * sizeof(*story->parts));
    story->parts[story->n_parts++] = *part;
    return true;
}

size_t gift_item_length(const struct gift *g)
{
    struct gift ahead = *g;

    while (*ahead.at && !gift_line_blank(&ahead))
        gift_skip_line(&ahead);
    return (size_t)(ahead.at - g->at);
}

size_t gift_read(const char *text, const char *file, int line, struct arena *arena,
                 struct report *report, struct gift_item *items, size_t max)
{
    struct gift g = {
        .at = text, .line = line, .file = file, .arena = arena, .report = report
    };
    struct gift_item item = { 0 };
    size_t n = 0;

    while (*g.at) {
        if (gift_line_blank(&g)) {
            gift_skip_line(&g);
        } else if (gift_starts(&g, "//")) {
            read_comment(&g, &item);
        } else {
            size_t length = gift_item_length(&g);
            struct gift one = g;

            one.at = arena_strndup(arena, g.at, length);
            read_item(&one, &item);
            if (!one.failed && n && join_story(&one, &items[n - 1], &item))
                one.failed = true; /* it has its place */
            if (!one.failed && n == max)
                gift_fail(&one, item.line, "too many items in one lesson: keep 3 to 5");
            if (!one.failed)
                items[n++] = item;
            item = (struct gift_item){ 0 };
            g.failed = false;
            gift_advance(&g, length);
        }
    }
    return n;
}
