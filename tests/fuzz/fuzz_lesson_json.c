/* A lesson of a pack: any bytes are read or refused, within bounds. */
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "lesson/lesson.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct item_type single = { .name = "single", .state_size = 4 };
static const struct item_type *const types[] = { &single, NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = { 0 };
    struct lesson *lesson;
    char why[80];

    if (lesson_read((const char *)data, size, types, &arena, &lesson, why,
                    sizeof(why)) == ERR_OK &&
        (lesson->n_cards < 1 || lesson->n_items < 1))
        __builtin_trap(); /* the session counts on it */
    arena_finish(&arena);
    return 0;
}
