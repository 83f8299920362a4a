/* A practice of a pack, and after a NUL a state from the journal and touches: any bytes are
 * refused, or can be played to the end. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "lesson/practice.h"

#define DEPTH_MAX 8
#define STEPS_MAX 64 /* back along the trail, and on along all screens */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the hints say leads to the end. */
static void finish(const struct practice *p, struct practice_state s)
{
    size_t at, n;

    practice_progress(p, &s, &at, &n);
    if (at > n)
        __builtin_trap();
    for (int i = 0; i < STEPS_MAX && !s.done; i++)
        (void)practice_gesture(p, &s, practice_meant(&p->screens[s.at]));
    if (!s.done)
        __builtin_trap();
}

static void play(const struct practice *p, const uint8_t *data, size_t size)
{
    struct practice_state s = { 0 };

    if (size >= sizeof(s)) {
        memcpy(&s, data, sizeof(s));
        data += sizeof(s);
        size -= sizeof(s);
    }
    if (!practice_state_holds(p, &s))
        return;
    for (; size; data++, size--) {
        const struct practice_screen *screen = &p->screens[s.at];
        size_t part = *data % screen->n_parts;

        if (screen->parts[part].kind == PART_DIAL)
            (void)practice_digit(p, &s, part, (char)('0' + *data / 16 % 10));
        if (*data & 0x80)
            (void)practice_hint(&s);
        (void)practice_touch(p, &s, part);
        if (!practice_state_holds(p, &s))
            __builtin_trap();
    }
    finish(p, s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = memchr(data, 0, size);
    size_t n = end ? (size_t)(end - data) : size;
    struct arena arena = { 0 };
    struct practice *p;
    json_value *doc;
    char why[80];

    if (json_parse((const char *)data, n, DEPTH_MAX, &doc, NULL, 0))
        return 0;
    if (practice_read(doc, &arena, &p, why, sizeof(why)) == ERR_OK)
        play(p, data + n + (n < size), size - n - (n < size));
    json_free(doc);
    arena_finish(&arena);
    return 0;
}
