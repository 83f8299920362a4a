/* An author's lesson.md: front matter, Markdown and questions together. */
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "language.h"
#include "markdown.h"
#include "report.h"
#include "source_lesson.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct source_lesson lesson = { .folder = ".", .file = "f" };
    struct arena arena = { 0 };
    struct report report;
    const char *instead;

    if (size > MARKDOWN_BYTES_MAX || !utf8_valid((const char *)data, size))
        return 0; /* refused before it gets here */
    report_init(&report);
    if (!source_lesson_read(&lesson, arena_strndup(&arena, (const char *)data, size),
                            &arena, &report)) {
        for (size_t i = 0; i < lesson.n_cards; i++) {
            const char *title = lesson.cards[i].title.text;

            if (language_longest_sentence(title) > language_syllables(title))
                __builtin_trap();
            (void)language_unwanted(title, &instead);
        }
    }
    report_finish(&report);
    arena_finish(&arena);
    return 0;
}
