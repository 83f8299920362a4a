/* The consent read aloud by the kiosk, for whoever reads little or speaks softly (v06, v13). */
#include <stdio.h>

#include "base/check.h"
#include "screens/bar.h"
#include "screens/register.h"

#define LINES_MAX 8

static void read_aloud(struct app *app, struct ui *ui, const enum text_id *ids,
                       size_t n)
{
    struct voice_line lines[LINES_MAX];

    ASSERT(n <= LINES_MAX);
    for (size_t i = 0; i < n; i++) {
        (void)snprintf(lines[i].id, sizeof(lines[i].id), "%s", text_key(ids[i]));
        lines[i].text = page_say(ui, ids[i]);
    }
    voice_say_lines(app, lines, n);
}

void register_read_title(struct app *app, struct ui *ui, struct rect *r,
                         enum text_id title, const enum text_id *lines, size_t n)
{
    struct ui_font head = { ui_dim(ui, 32, 25, 26), ui_dim(ui, 42, 32, 34), true };
    bool can = n && voice_is_there(app), speaks = can && voice_speaks(app);
    float h = can ? ui_dim(ui, 80, 64, 66) : head.line;
    struct rect row = rect_cut_top(r, can ? h + LIP : h), tool;

    if (speaks)
        app_touched(app); /* they listen: nobody has walked away */
    if (can) {
        tool = rect_cut_right(&row, ui_dim(ui, 112, 92, 100));
        tool.h = h;
        if (ui_tool(ui, "reg.listen", speaks ? "pause" : "speaker",
                    text_of(speaks ? T_bar_pause : T_bar_listen), tool,
                    speaks ? UI_PLAYING : UI_SELECTED) &&
            !voice_just_stopped(app))
            read_aloud(app, ui, lines, n);
        row.y += (h - head.line) / 2;
    }
    ui_label(ui, UI_ROLE_TEXT, text_key(title), page_say(ui, title), row, head, INK,
             UI_LEFT);
}
