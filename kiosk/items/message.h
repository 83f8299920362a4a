/* The text of a message, with the blue words of a phone: "[0100 000 123]()" in the
 * author's Markdown. */
#pragma once

#include "ui/ui.h"

/* `text` without the marks. */
const char *message_plain(struct arena *arena, const char *text);
/* Draws it wrapped into the top of `r`, links blue and underlined; returns its height
 * in dp. Draws nothing with colour 0: a measurement. */
float message_draw(struct ui *ui, struct rect r, const char *text, struct ui_font font,
                   uint32_t colour);
