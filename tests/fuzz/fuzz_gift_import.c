/* Questions from elsewhere: whatever is made of them, lessons can read, and reading it once
 * more changes nothing. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "gift_import.h"
#include "report.h"

#define OUT_BYTES_MAX (16U * 1024U * 1024U)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The lines of `text` but the fences, with categories as a file from Moodle has them. */
static void as_file(const char *text, struct buf *out)
{
    static const char category[] = "// $CATEGORY ";

    while (*text) {
        size_t n = strcspn(text, "\n");

        if (strncmp(text, category, strlen(category)) == 0)
            buf_printf(out, "$CATEGORY: %.*s\n", (int)(n - strlen(category)),
                       text + strlen(category));
        else if (strncmp(text, "```", 3) != 0)
            buf_printf(out, "%.*s\n", (int)n, text);
        text += n + (text[n] == '\n');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = { 0 };
    struct report report, again;
    struct buf text, first, second;

    if (size == 0 || size > GIFT_IMPORT_BYTES_MAX)
        return 0;
    report_init(&report);
    report_init(&again);
    buf_init(&text, OUT_BYTES_MAX);
    buf_init(&first, OUT_BYTES_MAX);
    buf_init(&second, OUT_BYTES_MAX);
    buf_add(&text, data, size);
    if (gift_import_tidy(&text, "f", &report)) {
        size_t n = gift_import(buf_text(&text), "f", "bai", &arena, &report, &first);

        buf_clear(&text);
        as_file(buf_text(&first), &text);
        if (n &&
            (!gift_import_tidy(&text, "f", &again) ||
             gift_import(buf_text(&text), "f", "bai", &arena, &again, &second) != n ||
             strcmp(buf_text(&first), buf_text(&second)) != 0))
            __builtin_trap();
    }
    report_finish(&report);
    report_finish(&again);
    buf_finish(&text);
    buf_finish(&first);
    buf_finish(&second);
    arena_finish(&arena);
    return 0;
}
