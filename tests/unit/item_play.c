#include "item_play.h"

#include <string.h>

#include "cmocka_all.h"

#include "lesson/lesson.h"

#define DPI 150

const struct item_type *play_type(const char *name)
{
    for (size_t i = 0; items_table[i]; i++)
        if (!strcmp(items_table[i]->name, name))
            return items_table[i];
    fail_msg("no type %s", name);
    return NULL;
}

static int letter_width(void *ctx, bool bold, int size, const char *text, size_t n)
{
    (void)ctx;
    (void)bold;
    (void)text;
    return (int)n * size / 2;
}

void play_open(struct play *p, const struct item *item, int w, int h)
{
    const struct ui_metrics metrics = { letter_width, NULL };

    *p = (struct play){ .item = *item, .ui = ui_create(&metrics, w, h, DPI) };
    for (size_t i = 0; i < item->n_options; i++)
        p->order[i] = (unsigned char)(item->n_options - 1 - i);
    assert_false(play_frame(p));
}

void play_open_json(struct play *p, const char *json, int w, int h)
{
    struct arena arena = { 0 };
    struct item item;
    char why[200] = "";

    if (play_read(&arena, json, &item, why, sizeof(why)))
        fail_msg("%s", why);
    play_open(p, &item, w, h);
    p->arena = arena;
}

void play_close(struct play *p)
{
    ui_destroy(p->ui);
    arena_finish(&p->arena);
}

bool play_frame(struct play *p)
{
    bool given = false;

    do {
        ui_begin(p->ui);
        given |= p->item.type->frame(&p->item, p->order, p->answer, p->ui);
        ui_end(p->ui);
    } while (!given && ui_again(p->ui));
    return given;
}

bool play_tap(struct play *p, const char *id)
{
    struct ui_event e = { .kind = UI_EVENT_TAP_ID, .text = id };

    if (!play_node(p, id))
        fail_msg("no node %s", id);
    ui_feed(p->ui, &e);
    return play_frame(p);
}

const struct ui_node *play_node(struct play *p, const char *id)
{
    size_t n;
    const struct ui_node *nodes = ui_nodes(p->ui, &n);

    for (size_t i = 0; i < n; i++)
        if (!strcmp(nodes[i].id, id))
            return &nodes[i];
    return NULL;
}

unsigned play_state(struct play *p, const char *id)
{
    const struct ui_node *node = play_node(p, id);

    if (!node)
        fail_msg("no node %s", id);
    return node->state;
}

int play_grade(struct play *p)
{
    return p->item.type->grade(&p->item, p->answer);
}

const char *play_feedback(struct play *p)
{
    return p->item.type->feedback(&p->item, p->answer);
}

enum err play_read(struct arena *arena, const char *json, struct item *out, char *why,
                   size_t n_why)
{
    struct lesson *lesson;
    const char *text =
        arena_printf(arena,
                     "{\"schema\":1,\"id\":\"a\",\"title\":\"A\",\"outcome\":\"B\","
                     "\"minutes\":5,\"rule\":{\"right\":2,\"of\":3,\"tries\":2},"
                     "\"cards\":[{\"title\":\"A\",\"text\":\"B\"}],\"items\":[%s],"
                     "\"remember\":\"C\"}",
                     json);
    enum err err =
        lesson_read(text, strlen(text), items_table, arena, &lesson, why, n_why);

    if (!err)
        *out = lesson->items[0];
    return err;
}
