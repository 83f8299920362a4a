/* The author's mock phone. */
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "practice_source.h"
#include "report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct source_practice *p)
{
    for (size_t i = 0; i < p->practice.n_screens; i++) {
        const struct practice_screen *s = &p->practice.screens[i];

        if (!s->id || s->n_parts > PRACTICE_PARTS_MAX || (p->whole && !s->say))
            __builtin_trap();
        for (size_t k = 0; k < s->n_parts; k++)
            if (!s->parts[k].text || s->parts[k].to < PRACTICE_TO_BACK ||
                s->parts[k].to >= (int)p->practice.n_screens)
                __builtin_trap();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = { 0 };
    struct source_practice *p;
    struct report report;
    char why[80];
    size_t at;

    if (!utf8_valid((const char *)data, size))
        return 0; /* refused before it gets here */
    report_init(&report);
    p = arena_alloc(&arena, sizeof(*p));
    practice_source_read(arena_strndup(&arena, (const char *)data, size), "f", 1,
                         &arena, &report, p);
    check(p);
    if (p->whole == (report.n_problems > 0))
        __builtin_trap();
    if (p->whole)
        (void)!practice_check(&p->practice, &at, why, sizeof(why));
    report_finish(&report);
    arena_finish(&arena);
    return 0;
}
