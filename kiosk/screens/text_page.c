/* One field over the whole keyboard. */
#include "screens/text_page.h"

#include <stdio.h>
#include <string.h>

#include "screens/desk.h"
#include "screens/typing.h"

void text_page_open(struct text_page *t, const char *text)
{
    *t = (struct text_page){ .keys = { .with_digits = true }, .open = true };
    snprintf(t->field.text, sizeof(t->field.text), "%s", text);
}

int text_page_frame(struct app *app, struct ui *ui, struct text_page *t, const char *id,
                    const char *title, char *out, size_t size)
{
    bool back, full;
    struct rect body = desk_step(ui, T_list_back, "back", id, title, 0, 0, &back), at;
    float gap = ui_dim(ui, 14, 6, 10);

    ui_wants_text(ui);
    at = rect_cut_bottom(&body, keyboard_height(ui, &t->keys));
    keyboard_frame(ui, at, &t->keys, &t->field, typing_text(app, true));
    full = strlen(t->field.text) >= size;
    t->field.bad = full;
    rect_cut_bottom(&body, gap);
    at = rect_cut_right(&body, ui_dim(ui, 220, 150, 150));
    at.h = ui_dim(ui, 76, 58, 68);
    rect_cut_right(&body, gap);
    body.h = at.h;
    field_frame(ui, "text.field", "", body, &t->field, true);
    if (staff_button(ui, STR(list_next), at, UI_BUTTON_PRIMARY, "check",
                     full ? UI_DISABLED : 0) &&
        !full) {
        snprintf(out, size, "%s", t->field.text);
        t->open = false;
        return 1;
    }
    if (back)
        t->open = false;
    return back ? -1 : 0;
}
