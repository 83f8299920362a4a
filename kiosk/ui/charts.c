/* Bars and columns of staff pages (tokens.md §11): one hue, direct labels, from zero. */
#include "ui/controls.h"

#include <string.h>

#include "ui/ui_internal.h"

#define PALE 0xFF8FA6C8
#define BAR_LEAST 8.0F /* dp: a small figure is seen too */
#define MARK 4.0F

static void fill(struct ui *ui, struct rect r, const struct staff_bar *b)
{
    struct ui_box_style style = { .fill = b->nghe   ? NGHE
                                          : b->pale ? PALE
                                                    : INDIGO,
                                  .radius = 6 };

    if (b->nghe) {
        style.border = NGHE_PRESS;
        style.line = LINE_DECORATIVE;
    }
    if (r.w > 0 && r.h > 0)
        ui_box(ui, r, &style);
}

static float longest(struct ui *ui, const struct staff_bar *bars, size_t n,
                     bool figures, struct ui_font font)
{
    float w = 0;

    for (size_t i = 0; i < n; i++) {
        float one = ui_text_width(ui, figures ? bars[i].figure : bars[i].name, font);

        w = one > w ? one : w;
    }
    return w;
}

/* The title above; what is left for the drawing. */
static struct rect head(struct ui *ui, struct rect r, const char *id, const char *title)
{
    struct ui_font font = staff_font(ui, STAFF_BOLD);
    float dx = ui_dim(ui, 24, 14, 14), dy = ui_dim(ui, 14, 8, 10), h;
    struct rect in = rect_inset(r, dx, dy);

    staff_panel(ui, r);
    h = ui_text(ui, in, title, font, INK, UI_LEFT);
    ui_node(ui, UI_ROLE_CHART, id, title, r, 0);
    rect_cut_top(&in, h + ui_dim(ui, 8, 4, 6));
    return in;
}

void staff_bars(struct ui *ui, struct rect r, const char *id, const char *title,
                const struct staff_bar *bars, size_t n)
{
    struct rect in = head(ui, r, id, title);
    float size = ui_dim(ui, n > 6 ? 20 : 18, 16, 16), gap = 14;
    struct ui_font font = { size, size * 1.3F, false },
                   bold = { size, size * 1.3F, true };
    float w_name = longest(ui, bars, n, false, font), limit = in.w * 0.5F;
    float w_figure = longest(ui, bars, n, true, bold) + 4;
    float one = n ? in.h / (float)n : 0, thick = ui_dim(ui, 24, 16, 18);

    w_name = w_name > limit ? limit : w_name;
    thick = thick > one * 0.7F ? one * 0.7F : thick;
    for (size_t i = 0; i < n; i++) {
        const struct staff_bar *b = &bars[i];
        struct rect row = { in.x, in.y + (float)i * one, in.w, one };
        struct rect space = { in.x + w_name + gap, row.y + (one - thick) / 2,
                              in.w - w_name - w_figure - 2 * gap, thick };
        float w = space.w * (float)b->part;

        staff_line(ui, (struct rect){ row.x, row.y, w_name, one }, b->name, font, INK);
        fill(ui,
             (struct rect){ space.x, space.y,
                            b->part > 0 && w < BAR_LEAST ? BAR_LEAST : w, thick },
             b);
        if (b->mark >= 0)
            ui_box(ui,
                   (struct rect){ space.x + space.w * (float)b->mark - MARK / 2,
                                  space.y - 4, MARK, thick + 8 },
                   &(struct ui_box_style){ .fill = INK });
        ui_text_middle(
            ui,
            (struct rect){ row.x + row.w - ui_text_width(ui, b->figure, bold) - 1,
                           row.y, w_figure, one },
            b->figure, bold, INK, UI_LEFT);
        ui_node_value(ui, UI_ROLE_TEXT, arena_printf(ui_arena(ui), "%s#%zu", id, i + 1),
                      b->name, b->figure, row, 0);
    }
}

void staff_columns(struct ui *ui, struct rect r, const char *id, const char *title,
                   const struct staff_bar *bars, size_t n)
{
    struct rect in = head(ui, r, id, title);
    float size = ui_dim(ui, 19, 16, 16), gap = ui_dim(ui, 18, 8, 10);
    struct ui_font font = { size * 0.95F, size * 1.2F, false };
    struct ui_font bold = { size, size * 1.25F, true };
    float one = n ? (in.w - gap * (float)(n - 1)) / (float)n : 0;
    float room = in.h - font.line - bold.line - 4;

    for (size_t i = 0; i < n; i++) {
        const struct staff_bar *b = &bars[i];
        float x = in.x + (float)i * (one + gap), h = room * (float)b->part;
        struct rect bar = { x, 0, one, h };

        bar.h = b->part > 0 && h < BAR_LEAST ? BAR_LEAST : h;
        bar.y = in.y + bold.line + room - bar.h;
        fill(ui, bar, b);
        ui_text(ui,
                (struct rect){ x - gap / 2, bar.y - bold.line, one + gap, bold.line },
                b->figure, bold, INK, UI_CENTRE);
        ui_text(
            ui,
            (struct rect){ x - gap / 2, in.y + in.h - font.line, one + gap, font.line },
            b->name, font, INK, UI_CENTRE);
        ui_node_value(ui, UI_ROLE_TEXT, arena_printf(ui_arena(ui), "%s#%zu", id, i + 1),
                      b->name, b->figure, (struct rect){ x, in.y, one, in.h }, 0);
    }
}
