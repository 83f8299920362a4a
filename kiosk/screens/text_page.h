/* A line of text typed on a page of its own: names of places, numbers of papers. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "app/app.h"
#include "ui/keyboard.h"

struct text_page {
    struct field field;
    struct keyboard keys;
    bool open;
};

void text_page_open(struct text_page *t, const char *text);
/* 1: taken, then `out` (size bytes, NFC) has it; -1: given up; 0: not yet. Call instead of the
 * page's own frame while `open`. Longer text than fits is refused while typing. */
int text_page_frame(struct app *app, struct ui *ui, struct text_page *t, const char *id,
                    const char *title, char *out, size_t size);
