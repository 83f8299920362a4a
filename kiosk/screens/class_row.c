/* One person of the class, and where their rows stand. */
#include "screens/class_row.h"

#include "screens/class_words.h"

#define LIP_SMALL 4.0F
#define ROW_MOST 92.0F

struct class_grid class_grid(struct ui *ui, struct rect r)
{
    struct class_grid g = { .r = r,
                            .columns = ui_panel(ui) == PANEL_POR ? 1 : 2,
                            .dx = ui_dim(ui, 16, 10, 10),
                            .dy = ui_dim(ui, 12, 6, 6) + LIP_SMALL };
    float least = ui_dim(ui, 62, 58, 66), n_columns = (float)g.columns;
    size_t rows = (size_t)((r.h + g.dy - LIP_SMALL) / (least + g.dy));

    rows = rows ? rows : 1;
    g.n = rows * g.columns;
    g.w = (r.w - g.dx * (n_columns - 1)) / n_columns;
    g.h = (r.h - LIP_SMALL - g.dy * (float)(rows - 1)) / (float)rows;
    g.h = g.h > ROW_MOST ? ROW_MOST : g.h;
    return g;
}

struct rect class_grid_at(const struct class_grid *g, size_t k)
{
    return (struct rect){ g->r.x + (float)(k % g->columns) * (g->w + g->dx),
                          g->r.y + (float)(k / g->columns) * (g->h + g->dy), g->w,
                          g->h };
}

static const char *line_of(struct app *app, struct ui *ui, const struct class_person *p)
{
    const char *born = class_born(app, ui, p->token);

    if (p->needs_help)
        born = arena_printf(ui_arena(ui), "%s%s%s", born, *born ? " · " : "",
                            text_of(T_ses_needs));
    if (p->assisted)
        born = arena_printf(ui_arena(ui), "%s%s%s", born, *born ? " · " : "",
                            text_of(T_ses_assisted));
    return born;
}

bool class_row(struct app *app, struct ui *ui, struct rect r,
               const struct class_person *p, const struct class_row *row)
{
    float size = ui_dim(ui, 23, 19, 20), box = ui_dim(ui, 58, 44, 48), dy = 0;
    struct ui_font name = { size, size * 1.25F, true },
                   small = staff_font(ui, STAFF_SMALL);
    struct ui_font no = { small.size, small.line, true };
    const char *text = class_name(app, ui, p->token), *line = line_of(app, ui, p);
    bool tapped =
        staff_row(ui, UI_ROLE_ROW, text_key_n(ui_arena(ui), T_ses_person, row->number),
                  text, r, row->state, &dy);
    struct rect in = rect_inset(r, ui_dim(ui, 15, 10, 11), 2), at;

    in.y += dy;
    if (ui_panel(ui) != PANEL_CMP) {
        at = rect_cut_left(&in, 36);
        ui_text_middle(ui, at, class_number(ui, (int64_t)row->number), no, INK2,
                       UI_LEFT);
    }
    box = box > in.h - 4 ? in.h - 4 : box;
    at = rect_cut_right(&in, box);
    if (row->hand)
        ui_icon(ui, rect_centre(at, box * 0.6F, box * 0.6F), "hand", INK2);
    else
        staff_check(ui, rect_centre(at, box, box), row->on);
    rect_cut_right(&in, 10);
    if (!*line) {
        staff_line(ui, in, text, name, INK);
        return tapped;
    }
    in.y += (in.h - name.line - small.line) / 2;
    staff_line(ui, (struct rect){ in.x, in.y, in.w, name.line }, text, name, INK);
    staff_line(ui, (struct rect){ in.x, in.y + name.line, in.w, small.line }, line,
               small, INK2);
    return tapped;
}
