/* The answer that was given, or the right one: design/src r20, r21. */
#include "items/quiz_answer.h"

/* The picture or sign at its place; cuts it off `in`. */
static void draw_answer_sign(struct ui *ui, struct rect *in,
                             const struct answer_look *answer, float words_h)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    float sign = ui_dim(ui, 96, 64, 84), gap = ui_dim(ui, 36, 16, 16);
    struct rect at;

    if (portrait) {
        at = rect_cut_top(in, answer->picture ? in->h - words_h
                                              : (in->h - words_h + sign) / 2);
        if (!answer->picture)
            at = rect_cut_bottom(&at, sign);
    } else {
        at = rect_cut_left(in, answer->picture ? ui_dim(ui, 430, 210, 0) : sign);
        rect_cut_left(in, gap);
    }
    if (answer->picture)
        ui_picture(ui, at, quiz_picture_source(ui, answer->picture), UI_FIT_CONTAIN, 20,
                   0);
    else
        ui_icon(ui, rect_centre(at, sign, sign), answer->icon, answer->icon_colour);
}

/* The picture, the words beside (portrait: below) it. */
static void draw_answer(struct ui *ui, struct rect in, const struct answer_look *answer)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    float size = ui_dim(ui, 42, 29, 29);
    struct ui_font font = { size, size * 1.3F, true };

    draw_answer_sign(ui, &in, answer, 2 * font.line);
    if (portrait && !answer->picture)
        ui_text(ui, in, answer->text, font, INK, UI_CENTRE);
    else
        ui_text_middle(ui, in, answer->text, font, INK, portrait ? UI_CENTRE : UI_LEFT);
}

struct rect quiz_answer_box(struct ui *ui, const struct item *item,
                            const struct verdict *v, const char *text)
{
    struct rect asked = quiz_asked_area(ui, item);
    struct sheet sheet = quiz_sheet(ui, v);
    bool portrait = ui_panel(ui) == PANEL_POR, ticked = v->right || v->shown;
    uint32_t edge = ticked ? LUA : NOTYET_LINE;
    struct rect r = { asked.x, asked.y + asked.h + 16, asked.w, 0 };
    float tick = ui_dim(ui, 64, 46, 48);
    struct rect in, at;

    r.h = sheet.all.y - 14 - r.y;
    ui_box(ui, r,
           &(struct ui_box_style){ .fill = ticked ? LUA_TINT : NGHE_TINT,
                                   .border = edge,
                                   .line = LINE_CHOSEN,
                                   .radius = ui_dim(ui, 28, 22, 24),
                                   .lip = edge,
                                   .lip_dy = LIP });
    ui_node(ui, UI_ROLE_TEXT, text_key(T_fb_answer), text, r,
            ticked ? UI_CORRECT : UI_NOT_YET);
    in = rect_inset(r, ui_dim(ui, 38, 20, 12), ui_dim(ui, 12, 8, 6));
    if (!ticked)
        return in;
    at = portrait ? rect_cut_bottom(&in, tick + 8) : rect_cut_right(&in, tick);
    ui_icon(ui, rect_centre(at, tick, tick), "check", LUA);
    return in;
}

void quiz_answer(struct ui *ui, const struct item *item, const struct verdict *v,
                 const struct answer_look *answer)
{
    draw_answer(ui, quiz_answer_box(ui, item, v, answer->text), answer);
}

/* --- several parts ------------------------------------------------------------------ */

static void draw_row(struct ui *ui, struct rect r, const struct answer_row *row)
{
    float size = ui_dim(ui, 36, 24, 29);
    struct ui_font font = { size, size * 1.2F, true };
    float most = ui_dim(ui, 120, 64, 120), side = r.h < most ? r.h : most;
    struct rect at;

    if (row->mark) {
        float w = ui_text_width(ui, row->mark, font) + 12;

        at = rect_cut_left(&r, w);
        ui_text_middle(ui, at, row->mark, font, INK2, UI_LEFT);
    }
    if (row->picture) {
        at = rect_cut_left(&r, side * 1.2F);
        ui_picture(ui, rect_centre(at, at.w, side),
                   quiz_picture_source(ui, row->picture), UI_FIT_CONTAIN, 12, 0);
        rect_cut_left(&r, 14);
    }
    ui_text_middle(ui, r, row->text, font, INK, UI_LEFT);
}

void quiz_answer_rows(struct ui *ui, const struct item *item, const struct verdict *v,
                      const struct answer_row *rows, size_t n)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    size_t n_columns = !portrait && n > 2 ? 2 : 1;
    size_t n_rows = (n + n_columns - 1) / n_columns;
    const char *all = "";
    struct rect in;

    for (size_t i = 0; i < n; i++)
        all = arena_printf(ui_arena(ui), "%s%s%s", all, i ? "; " : "", rows[i].text);
    in = quiz_answer_box(ui, item, v, all);
    for (size_t i = 0; i < n; i++) { /* down the first column, then the second */
        float w = in.w / (float)n_columns, h = in.h / (float)n_rows;

        draw_row(ui,
                 (struct rect){ in.x + (float)(i / n_rows) * w,
                                in.y + (float)(i % n_rows) * h + 2, w - 10, h - 4 },
                 &rows[i]);
    }
}
