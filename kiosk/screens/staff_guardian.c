/* Registration of somebody under 16, 4 of 4: an adult of the family and the young person
 * both say yes (v13). Refusing still lets the person learn. */
#include <math.h>
#include <stdio.h>

#include "base/hash.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/register.h"
#include "screens/screens.h"
#include "screens/typing.h"

struct guardian_state {
    struct register_page page;
    struct keyboard keyboard;
    struct field field;
    bool typing; /* the keys lie over the page */
};

static const struct {
    enum text_id text;
    const char *icon;
    uint32_t colour;
} lines[] = {
    { T_gc_1, "check", LUA },
    { T_gc_2, "users", INDIGO },
    { T_gc_3, "close", SON },
    { T_gc_4, "trash", INDIGO },
};
#define N_LINES (sizeof(lines) / sizeof(lines[0]))

static const enum text_id kin[] = { T_gc_r1, T_gc_r2, T_gc_r3, T_gc_r4 };
#define N_KIN (sizeof(kin) / sizeof(kin[0]))

static void guardian_enter(struct app *app, void *state, size_t arg)
{
    struct guardian_state *s = state;

    (void)arg;
    snprintf(s->field.text, sizeof(s->field.text), "%s",
             app->registration.guardian_typed);
}

static void draw_lines(struct app *app, struct ui *ui, struct rect r)
{
    static const enum text_id aloud[] = { T_gc_1, T_gc_2, T_gc_3, T_gc_4 };
    float gap = ui_dim(ui, 12, 7, 6), h, most = ui_dim(ui, 104, 76, 90);

    register_read_title(app, ui, &r, T_gc_read, aloud, N_LINES);
    rect_cut_top(&r, gap);
    h = (r.h - gap * (float)(N_LINES - 1)) / (float)N_LINES;
    h = h < most ? h : most;
    rect_cut_top(&r, (r.h - (h + gap) * (float)N_LINES) / 2);
    for (size_t i = 0; i < N_LINES; i++) {
        register_line(ui, rect_cut_top(&r, h), lines[i].text, lines[i].icon,
                      lines[i].colour);
        rect_cut_top(&r, gap);
    }
}

/* The first thing that is missing; T_COUNT: nothing. */
static enum text_id missing(const struct registration *reg)
{
    char name[PERSON_NAME_MAX];
    enum name_trouble trouble = person_name_clean(reg->guardian_typed, name);

    hash_wipe(name, sizeof(name));
    if (trouble != NAME_OK)
        return T_gc_e_name;
    if (reg->guardian == GUARDIAN_NONE)
        return T_gc_e_who;
    if (!reg->adult_agrees)
        return T_gc_e_adult;
    return reg->child_agrees ? T_COUNT : T_gc_e_child;
}

static void draw_kin(struct registration *reg, struct guardian_state *s, struct ui *ui,
                     struct rect r)
{
    float gap = ui_dim(ui, 10, 6, 8), w = (r.w - gap * (float)(N_KIN - 1)) / N_KIN;

    for (size_t i = 0; i < N_KIN; i++) {
        struct rect at = { r.x + (float)i * (w + gap), r.y, w, r.h };

        if (register_choice(ui, text_key(kin[i]), text_of(kin[i]), at,
                            reg->guardian == (enum guardian_kind)(i + 1), NULL)) {
            reg->guardian = (enum guardian_kind)(i + 1);
            s->page.has_said = false;
        }
    }
}

static void draw_yes(struct guardian_state *s, struct ui *ui, struct rect r,
                     enum text_id id, const char *art, bool *agrees)
{
    struct ui_font font = { ui_dim(ui, 23, 18, 20), ui_dim(ui, 29, 23, 26), true };
    float w = ui_dim(ui, 64, 44, 50), pad = ui_dim(ui, 14, 8, 10);
    float glyph = ui_dim(ui, 34, 26, 28), dy = 0;
    bool on = *agrees;
    struct rect in;

    if (staff_row(ui, UI_ROLE_CHOICE, text_key(id), text_of(id), r, on ? UI_CORRECT : 0,
                  &dy)) {
        *agrees = !on;
        s->page.has_said = false;
    }
    in = rect_inset(r, pad, 4);
    in.y += dy;
    ui_picture(ui, rect_cut_left(&in, w), art, UI_FIT_CONTAIN, 0, UI_CORNERS_ALL);
    rect_cut_left(&in, pad / 2);
    if (on)
        ui_icon(ui, rect_centre(rect_cut_right(&in, glyph), glyph, glyph), "check",
                LUA);
    ui_text_middle(ui, in, text_of(id), font, INK, UI_LEFT);
}

static void draw_go(struct app *app, struct guardian_state *s, struct ui *ui,
                    struct rect r)
{
    enum text_id lack = missing(&app->registration);

    if (!staff_button(ui, STR(gc_go), r, UI_BUTTON_OK, NULL,
                      lack == T_COUNT ? 0 : UI_DISABLED))
        return;
    if (lack == T_COUNT)
        register_finish(app, &s->page);
    else
        register_say(&s->page, lack, true);
}

static void draw_answers(struct app *app, struct guardian_state *s, struct ui *ui,
                         struct rect r)
{
    struct registration *reg = &app->registration;
    struct ui_font label = staff_font(ui, STAFF_SMALL), body;
    float gap = ui_dim(ui, 12, 7, 9), h = ui_dim(ui, 76, 66, 70);
    float h_kin = ui_dim(ui, 76, 58, 62), h_yes = ui_dim(ui, 96, 66, 84), h_all;
    float h_field = ui_dim(ui, 76, 56, 70);
    struct rect row, left;

    body = staff_font(ui, STAFF_BODY);
    h_all = label.line + h_field + 2 * h + h_kin + h_yes + 5.5F * gap + 12;
    rect_cut_top(&r, fmaxf(0, fminf((r.h - h_all) / 2, r.h - h_all - gap - body.line)));
    ui_label(ui, UI_ROLE_TEXT, STR(gc_who), rect_cut_top(&r, label.line), label, INK2,
             UI_LEFT);
    rect_cut_top(&r, gap / 2);
    if (field_frame(ui, "gc.name", text_of(T_reg_name), rect_cut_top(&r, h_field),
                    &s->field, false))
        s->typing = true;
    rect_cut_top(&r, gap);
    draw_kin(reg, s, ui, rect_cut_top(&r, h_kin));
    rect_cut_top(&r, gap + 4);
    row = rect_cut_top(&r, h_yes);
    left = rect_cut_left(&row, (row.w - gap) / 2);
    rect_cut_left(&row, gap);
    draw_yes(s, ui, left, T_gc_y1, "art:nguoi-chi", &reg->adult_agrees);
    draw_yes(s, ui, row, T_gc_y2, "art:nguoi-anh", &reg->child_agrees);
    rect_cut_top(&r, gap + 4);
    draw_go(app, s, ui, rect_cut_top(&r, h));
    rect_cut_top(&r, gap + 4);
    if (staff_button(ui, STR(reg_c_no), rect_cut_top(&r, h), UI_BUTTON_SECONDARY, NULL,
                     0))
        register_refuse(app);
    rect_cut_top(&r, gap);
    register_draw_said(ui, rect_cut_top(&r, body.line), &s->page, NULL);
}

/* The name of the adult, with the keys of the first page. */
static void draw_typing(struct app *app, struct guardian_state *s, struct ui *ui)
{
    struct registration *reg = &app->registration;
    bool back;
    struct rect body = desk_step(ui, T_reg_prev, "back", text_key(T_gc_who),
                                 text_of(T_gc_who), 0, 0, &back);
    struct rect row = rect_cut_top(&body, ui_dim(ui, 92, 60, 92));
    struct rect done =
        rect_cut_right(&row, staff_button_width(ui, text_of(T_gc_done), "check"));

    rect_cut_right(&row, 12);
    field_frame(ui, "gc.name", text_of(T_reg_name), row, &s->field, true);
    if (staff_button(ui, STR(gc_done), done, UI_BUTTON_PRIMARY, "check", 0) || back)
        s->typing = false;
    rect_cut_top(&body, ui_dim(ui, 16, 10, 12));
    if (ui_panel(ui) == PANEL_POR)
        body = rect_cut_bottom(&body, keyboard_height(ui, &s->keyboard));
    if (keyboard_frame(ui, body, &s->keyboard, &s->field,
                       typing_names(app, reg->telex))) {
        hash_wipe(reg->guardian_typed, sizeof(reg->guardian_typed));
        snprintf(reg->guardian_typed, sizeof(reg->guardian_typed), "%s", s->field.text);
        s->page.has_said = false;
    }
}

static void guardian_frame(struct app *app, void *state, struct ui *ui)
{
    struct guardian_state *s = state;
    struct rect body, left;

    if (!register_open(app))
        return;
    if (s->typing) {
        draw_typing(app, s, ui);
        return;
    }
    body = register_frame(app, ui, &s->page, T_gc_title, 4);
    register_foot(app, ui, &body, 4, true);
    if (ui_panel(ui) == PANEL_POR) {
        left = rect_cut_top(&body, body.h * 0.44F);
    } else {
        left = rect_cut_left(&body, (body.w - ui_dim(ui, 30, 14, 0)) * 0.524F);
        rect_cut_left(&body, ui_dim(ui, 30, 14, 0));
    }
    draw_lines(app, ui, left);
    draw_answers(app, s, ui, body);
    register_end(app, ui, &s->page);
}

const struct screen screen_guardian = { .name = "guardian",
                                        .shows_names = true,
                                        .state_size = sizeof(struct guardian_state),
                                        .enter = guardian_enter,
                                        .frame = guardian_frame };
