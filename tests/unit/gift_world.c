/* Reads, writes and compares GIFT for the tests. */
#include "gift_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/check.h"
#include "gift.h"
#include "gift_import.h"
#include "gift_write.h"
#include "import_tidy.h"
#include "moodlexml_import.h"

#define ITEMS_MAX 512

void world_begin(struct world *w)
{
    *w = (struct world){ 0 };
    report_init(&w->report);
    buf_init(&w->text, GIFT_OUT_BYTES_MAX);
    buf_init(&w->out, GIFT_OUT_BYTES_MAX);
}

void world_end(struct world *w)
{
    arena_finish(&w->arena);
    report_finish(&w->report);
    buf_finish(&w->text);
    buf_finish(&w->out);
}

void world_import(struct world *w)
{
    if (gift_import_tidy(&w->text, "f", &w->report))
        w->n =
            gift_import(buf_text(&w->text), "f", "bai", &w->arena, &w->report, &w->out);
}

void world_import_xml(struct world *w)
{
    if (import_tidy(&w->text, "f", &w->report))
        w->n = moodlexml_import(buf_text(&w->text), "f", "bai", &w->arena, &w->report,
                                &w->out);
}

const char *world_said(const struct world *w)
{
    return buf_text(&w->report.lines);
}

void text_contains(const char *text, const char *want)
{
    if (!strstr(text, want))
        fail_msg("wanted “%s” in “%s”", want, text);
}

/* The lines of `text` that belong to items alone: no fences, no categories. */
static void items_of(const char *text, struct buf *out)
{
    while (*text) {
        size_t n = strcspn(text, "\n");

        if (n && strncmp(text, "```", 3) != 0 && strncmp(text, "// $", 4) != 0 &&
            text[0] != '$') {
            buf_add(out, text, n);
            buf_char(out, '\n');
        }
        text += n + (text[n] == '\n');
    }
}

void text_same_items(const char *a, const char *b)
{
    struct buf x, y;

    buf_init(&x, GIFT_OUT_BYTES_MAX);
    buf_init(&y, GIFT_OUT_BYTES_MAX);
    items_of(a, &x);
    items_of(b, &y);
    assert_string_equal(buf_text(&x), buf_text(&y));
    buf_finish(&x);
    buf_finish(&y);
}

void text_lessons_read(const char *blocks)
{
    struct gift_item *items = check_alloc(ITEMS_MAX * sizeof(*items));
    const char *at = blocks, *close;
    struct world w;
    size_t n;

    world_begin(&w);
    for (; (at = strstr(at, "```gift\n")); at = close + 4) {
        at += strlen("```gift\n");
        close = strstr(at, "```\n");
        assert_non_null(close);
        n = gift_read(arena_strndup(&w.arena, at, (size_t)(close - at)), "f", 1,
                      &w.arena, &w.report, items, ITEMS_MAX);
        for (size_t i = 0; i < n; i++)
            gift_write_item(&w.out, &items[i]);
    }
    assert_string_equal(world_said(&w), "");
    text_same_items(buf_text(&w.out), blocks);
    world_end(&w);
    free(items);
}
