/* The author's questions. */
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "gift.h"
#include "report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = { 0 };
    struct gift_item items[4];
    struct report report;
    size_t n;

    if (!utf8_valid((const char *)data, size))
        return 0; /* refused before it gets here */
    report_init(&report);
    n = gift_read(arena_strndup(&arena, (const char *)data, size), "f", 1, &arena,
                  &report, items, 4);
    for (size_t i = 0; i < n; i++) {
        if (!items[i].stem || !items[i].id || !items[i].type ||
            items[i].n_options > ITEM_OPTIONS_MAX ||
            (items[i].form == GIFT_SIDES && items[i].n_options != 2))
            __builtin_trap();
    }
    report_finish(&report);
    arena_finish(&arena);
    return 0;
}
