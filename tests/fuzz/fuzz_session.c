/* A session put back from any body, then played by any fingers: the invariants, which
 * the session asserts itself, hold. The body ends at the first line end. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "lesson/session.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int pick_grade(const struct item *item, const void *state)
{
    unsigned char chosen = *(const unsigned char *)state;

    return chosen && chosen <= item->n_options && item->options[chosen - 1].right ? 100
                                                                                  : 0;
}

static const struct item_type pick = { .name = "pick", .grade = pick_grade };

#define ITEM(name, is_safety)                                                        \
    {                                                                                \
        .type = &pick, .id = name, .stem = "?", .safety = is_safety, .n_options = 2, \
        .options = {                                                                 \
            { .text = "a", .feedback = "" },                                         \
            { .text = "b", .feedback = "", .right = true }                           \
        }                                                                            \
    }

static const struct lesson lesson = {
    .id = "m01-b01",
    .rule = { { 2, 3 }, 2 },
    .cards = { { .title = "1", .text = "a" }, { .title = "2", .text = "b" } },
    .n_cards = 2,
    .items = { ITEM("q1", false), ITEM("q2", true), ITEM("q3", false) },
    .n_items = 3,
};

#define PART(a, b, c, d)                                \
    {                                                   \
        .kind = (a), .text = (b), .act = (c), .to = (d) \
    }
#define BACK PART(PART_BUTTON, "b", ACT_GO, PRACTICE_TO_BACK)

static struct practice phone = {
    .title = "a",
    .n_screens = 5,
    .screens = {
        { .id = "home", .say = "a", .hint = "b", .n_parts = 3,
          .parts = { PART(PART_APP, "a", ACT_RIGHT, 1), PART(PART_ROW, "a", ACT_WRONG, 3),
                     PART(PART_ROW, "a", ACT_GO, 4) } },
        { .id = "dial", .say = "a", .hint = "b", .n_parts = 1,
          .parts = { PART(PART_DIAL, "1 1", ACT_RIGHT, 2) } },
        { .id = "hold", .say = "a", .n_parts = 1,
          .parts = { PART(PART_HOLD, "a", ACT_RIGHT, PRACTICE_TO_DONE) } },
        { .id = "cheat", .say = "a", .n_parts = 1, .parts = { BACK } },
        { .id = "look", .say = "a", .n_parts = 2,
          .parts = { BACK, PART(PART_ROW, "a", ACT_WRONG, 3) } },
    },
};

/* Touches of the mock phone. */
static void practise(struct session *s, uint8_t touch, int64_t now_ms,
                     struct arena *arena, struct session_events *out)
{
    const struct practice_screen *screen =
        &session_practice_at(s)->screens[s->practice.at];
    size_t part = touch % screen->n_parts;
    bool dials = screen->parts[part].kind == PART_DIAL;

    if (touch == '?')
        (void)session_hint(s, now_ms, arena, out);
    else
        (void)session_practice(s, part, dials && touch & 0x40 ? '1' : 0,
                               !dials && touch & 0x40, now_ms, arena, out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = memchr(data, '\n', size);
    size_t n = end ? (size_t)(end - data) : size;
    struct arena arena = { 0 };
    struct session_events out;
    struct lesson l = lesson;
    struct session s;
    int n_complete = 0;

    if (size && data[size - 1] == 'p') { /* with the mock phone */
        l.show = "a";
        l.practices[0] = l.practices[1] = &phone;
        l.n_practices = 2;
    }
    if (session_resume(&s, &l, arena_strndup(&arena, (const char *)data, n), 0))
        session_start(&s, &l, 1, 0, &arena, &out);
    n_complete += s.completed;
    for (size_t i = n; i < size; i++) {
        out.n = 0;
        if (data[i] == '>')
            session_next(&s, (int64_t)i, &arena, &out);
        else if (data[i] == '<')
            session_prev(&s, (int64_t)i, &arena, &out);
        else if (data[i] == 'd' && s.phase == SESSION_RESULT)
            session_redo(&s);
        else if (s.phase == SESSION_SHOW)
            session_show_on(&s, (int64_t)i, &arena, &out);
        else if (s.phase == SESSION_PRACTICE)
            practise(&s, data[i], (int64_t)i, &arena, &out);
        else if (s.phase == SESSION_ITEM) {
            s.answer[0] = data[i];
            session_answer(&s, (int64_t)i, &arena, &out);
        }
        for (size_t k = 0; k < out.n; k++)
            n_complete += out.list[k].kind == EVENT_COMPLETE;
        if (n_complete > 1)
            __builtin_trap();
    }
    arena_finish(&arena);
    return 0;
}
