/* Measures of the pages with a question: design/src r15 to r22. */
#include "items/quiz_page.h"

#include "items/message.h"

#define RIGHT_PCT 100
#define BODY_TOP 8.0F
#define QUESTION_LINE 1.36F

float page_bar_bottom(const struct ui *ui)
{
    return ui_dim(ui, 114, 100, 155.4F);
}

float page_margin(const struct ui *ui)
{
    return ui_dim(ui, 36, 20, 22);
}

float page_foot_h(const struct ui *ui)
{
    return ui_dim(ui, 138, 118, 132) + ui_group_foot(ui);
}

struct rect page_body(const struct ui *ui, float foot_h)
{
    struct rect page = ui_page(ui);
    float top = page_bar_bottom(ui) + BODY_TOP;
    float margin = page_margin(ui);

    return (struct rect){ margin, top, page.w - 2 * margin,
                          page.h - foot_h - BODY_TOP - top };
}

struct rect page_foot_button(const struct ui *ui, float w)
{
    struct rect page = ui_page(ui);

    return (struct rect){ page.w - page_margin(ui) - w,
                          page.h - page_foot_h(ui) + ui_group_foot(ui) +
                              ui_dim(ui, 10, 6, 8),
                          w, ui_dim(ui, 104, 96, 100) };
}

float quiz_foot_h(const struct ui *ui, enum item_foot foot)
{
    switch (foot) {
    case ITEM_FOOT_BUTTON:
        return page_foot_h(ui);
    case ITEM_FOOT_DOTS:
        return ui_dim(ui, 46, 31, 44);
    case ITEM_FOOT_COUNT:
        return ui_dim(ui, 65, 49, 63);
    }
    return 0;
}

void quiz_question(struct ui *ui, struct rect *area, const char *id, const char *text,
                   bool bold)
{
    float size = ui_dim(ui, 36, 26, 29) * ui_text_scale(ui);
    struct ui_font font = { size, size * QUESTION_LINE, bold };
    float h = ui_label(ui, UI_ROLE_TEXT, id, text, *area, font, INK, UI_LEFT);

    rect_cut_top(area, h + ui_dim(ui, 20, 10, 20));
}

void quiz_hint(struct ui *ui, struct rect *area, enum text_id id)
{
    float size = ui_dim(ui, 28, 22, 25), gap = ui_dim(ui, 12, 6, 12);
    struct ui_font font = { size, size * 1.4F, false };
    float above = ui_dim(ui, 20, 10, 20) - gap;

    area->y -= above;
    area->h += above;
    rect_cut_top(area, ui_label(ui, UI_ROLE_TEXT, text_key(id), text_of(id), *area,
                                font, INK2, UI_LEFT) +
                           gap);
}

const char *quiz_picture_source(struct ui *ui, const struct picture *picture)
{
    return arena_printf(ui_arena(ui), "pack:%s", picture->object[ui_panel(ui)]);
}

struct verdict quiz_verdict(const struct item *item, const void *state, bool show_right)
{
    struct verdict v = { .right = item->type->grade(item, state) >= RIGHT_PCT,
                         .why = item->type->feedback(item, state) };

    if (v.right || !show_right)
        return v;
    v.shown = true;
    for (size_t i = 0; i < item->n_options; i++)
        if (item->options[i].right && *item->options[i].feedback)
            v.why = item->options[i].feedback;
    if (item->why)
        v.why = item->why;
    return v;
}

enum text_id quiz_verdict_title(const struct verdict *v)
{
    if (v->right)
        return T_fb_ok;
    return v->shown ? T_fb_shown : T_fb_no;
}

static struct sheet sheet_measures(struct ui *ui)
{
    float title = ui_dim(ui, 46, 31, 36);
    float why = ui_dim(ui, 31, 24, 27) * ui_text_scale(ui);
    float sign = ui_dim(ui, 150, 84, 92);

    return (struct sheet){
        .sign = { ui_dim(ui, 44, 22, 22), 0, sign, sign },
        .title_font = { title, title * 1.28F, true },
        .why_font = { why, why * ui_dim(ui, 1.45F, 1.38F, 1.45F), false },
    };
}

struct sheet quiz_sheet(struct ui *ui, const struct verdict *v)
{
    struct rect page = ui_page(ui);
    struct sheet s = sheet_measures(ui);
    bool portrait = ui_panel(ui) == PANEL_POR;
    float edge = s.sign.x;
    float gap = ui_dim(ui, 34, 18, 16);
    float top = ui_dim(ui, 40, 20, 28), bottom = ui_dim(ui, 30, 12, 16);
    float button_w = portrait ? page.w - 2 * edge : ui_dim(ui, 300, 240, 0);
    float button_h = ui_dim(ui, 104, 96, 100);
    float button_room = button_h + LIP;
    float row_h, title_h, why_h, text_h;

    s.title.x = edge + s.sign.w + gap;
    s.title.w = page.w - s.title.x - edge - (portrait ? 0 : button_w + gap);
    s.why = s.title;
    title_h =
        ui_text(ui, s.title, text_of(quiz_verdict_title(v)), s.title_font, 0, UI_LEFT);
    why_h = *v->why ? ui_text(ui, s.why, v->why, s.why_font, 0, UI_LEFT) : 0;
    text_h = title_h + ui_dim(ui, 6, 0, 6) + why_h;
    row_h = text_h > s.sign.h ? text_h : s.sign.h;
    if (!portrait && row_h < button_room)
        row_h = button_room;
    s.all.w = page.w;
    s.all.h = top + row_h + bottom + (portrait ? gap + button_room : 0);
    s.all.y = page.h - s.all.h;
    s.sign.y = s.all.y + top + (row_h - s.sign.h) / 2;
    s.title.y = s.all.y + top + (row_h - text_h) / 2;
    s.title.h = title_h;
    s.why.y = s.title.y + text_h - why_h;
    s.why.h = why_h;
    s.button = portrait ? (struct rect){ edge, page.h - bottom - button_room, button_w,
                                         button_h }
                        : (struct rect){ page.w - edge - button_w,
                                         s.all.y + top + (row_h - button_room) / 2,
                                         button_w, button_h };
    return s;
}

struct ui_font quiz_asked_font(const struct ui *ui)
{
    float size = ui_dim(ui, 32, 24, 27);

    return (struct ui_font){ size, size * QUESTION_LINE, true };
}

struct rect quiz_asked_area(struct ui *ui, const struct item *item)
{
    struct rect r = { page_margin(ui), page_bar_bottom(ui) + 4,
                      ui_page(ui).w - 2 * page_margin(ui), 0 };

    r.h = ui_text(ui, r, message_plain(ui_arena(ui), item->stem), quiz_asked_font(ui),
                  0, UI_LEFT);
    return r;
}

float quiz_chip(struct ui *ui, enum text_id id, const char *text, struct rect r)
{
    float size = ui_dim(ui, 24, 20, 24), icon = 24, pad = 16, gap = 10;
    struct ui_font font = { size, size * 1.4F, true };
    struct rect in = { r.x + pad + icon + gap, r.y + 7, r.w - icon - gap - 2 * pad, 0 };
    float w = ui_text_width(ui, text, font);

    if (in.w > w)
        in.w = w + 2;
    in.h = ui_text(ui, in, text, font, 0, UI_LEFT);
    r.w = in.w + icon + gap + 2 * pad;
    r.h = in.h + 14;
    ui_box(ui, r, &(struct ui_box_style){ .fill = INDIGO_TINT, .radius = 18 });
    ui_icon(ui, (struct rect){ r.x + pad, r.y + (r.h - icon) / 2, icon, icon }, "hand",
            INDIGO);
    ui_label(ui, UI_ROLE_TEXT, text_key(id), text, in, font, INDIGO, UI_LEFT);
    return r.w;
}
