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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = memchr(data, '\n', size);
    size_t n = end ? (size_t)(end - data) : size;
    struct arena arena = { 0 };
    struct session_events out;
    struct session s;
    int n_complete = 0;

    if (session_resume(&s, &lesson, arena_strndup(&arena, (const char *)data, n), 0))
        session_start(&s, &lesson, 1, 0, &arena, &out);
    n_complete += s.completed;
    for (size_t i = n; i < size; i++) {
        out.n = 0;
        if (data[i] == '>')
            session_next(&s, (int64_t)i, &arena, &out);
        else if (data[i] == '<')
            session_prev(&s, (int64_t)i, &arena, &out);
        else if (data[i] == 'd' && s.phase == SESSION_RESULT)
            session_redo(&s);
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
