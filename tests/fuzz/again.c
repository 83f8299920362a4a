#include "again.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "gift.h"
#include "gift_import.h"
#include "report.h"

#define OUT_BYTES_MAX (16U * 1024U * 1024U)

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

void again_imported(const char *blocks, size_t n)
{
    struct arena arena = { 0 };
    struct report report;
    struct buf text, second;

    report_init(&report);
    buf_init(&text, OUT_BYTES_MAX);
    buf_init(&second, OUT_BYTES_MAX);
    as_file(blocks, &text);
    if (n && (!gift_import_tidy(&text, "f", &report) ||
              gift_import(buf_text(&text), "f", "bai", &arena, &report, &second) != n ||
              strcmp(blocks, buf_text(&second)) != 0))
        __builtin_trap();
    report_finish(&report);
    buf_finish(&text);
    buf_finish(&second);
    arena_finish(&arena);
}

void again_in_lessons(const char *blocks, size_t n)
{
    struct gift_item *items = check_alloc((n + 1) * sizeof(*items));
    struct arena arena = { 0 };
    struct report report;
    const char *at = blocks;
    size_t n_read = 0;

    report_init(&report);
    while ((at = strstr(at, "```gift\n"))) {
        const char *end = strstr(at, "\n```\n");

        if (!end)
            __builtin_trap();
        at += strlen("```gift\n");
        n_read += gift_read(arena_strndup(&arena, at, (size_t)(end - at)), "f", 1,
                            &arena, &report, items, n + 1);
        at = end;
    }
    if (n_read != n || report.n_problems)
        __builtin_trap();
    report_finish(&report);
    arena_finish(&arena);
    free(items);
}
