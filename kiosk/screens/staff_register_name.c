/* Registration, 1 of 4: the name, with the family names of this machine at one tap (v03). */
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/register.h"
#include "screens/screens.h"
#include "screens/typing.h"

#define CHIPS_MAX 8

struct name_state {
    struct register_page page;
    struct keyboard keyboard;
    struct field field;
};

static void name_enter(struct app *app, void *state, size_t arg)
{
    struct name_state *s = state;

    (void)arg;
    if (!app_may(app, MAY_CHANGE_PEOPLE)) {
        app_goto(app, "attract", 0);
        return;
    }
    if (!app->registration.open || app->registration.saved)
        registration_begin(app);
    snprintf(s->field.text, sizeof(s->field.text), "%s", app->registration.typed);
}

static enum text_id trouble_text(enum name_trouble trouble)
{
    switch (trouble) {
    case NAME_TOO_LONG:
        return T_reg_e_long;
    case NAME_BAD_CHARACTER:
        return T_reg_e_char;
    case NAME_ONE_LETTER:
        return T_reg_e_one;
    case NAME_OK:
    case NAME_EMPTY:
        break;
    }
    return T_reg_e_empty;
}

static void keep(struct app *app, struct name_state *s)
{
    struct registration *r = &app->registration;

    hash_wipe(r->typed, sizeof(r->typed));
    snprintf(r->typed, sizeof(r->typed), "%s", s->field.text);
    r->not_alike = false;
    s->page.has_said = false;
    s->field.bad = false;
}

static void go_on(struct app *app, struct name_state *s)
{
    char name[PERSON_NAME_MAX];
    enum name_trouble trouble = registration_name(app, name);

    hash_wipe(name, sizeof(name));
    if (trouble == NAME_OK) {
        app_goto(app, "register_details", 0);
        return;
    }
    s->field.bad = true;
    register_say(&s->page, trouble_text(trouble), true);
}

/* Who may be the same already, as a quiet line while typing. */
static const char *quiet_line(struct app *app, struct ui *ui)
{
    struct people_likeness like;

    if (!app->desk.index)
        return text_of(T_reg_sealed);
    if (!registration_alike(app, &like, 1))
        return NULL;
    return text_fill(
        ui_arena(ui), text_of(T_reg_maybe), "ten",
        like.entry->year > 0
            ? arena_printf(ui_arena(ui), "%s, %d", like.entry->name, like.entry->year)
            : like.entry->name,
        NULL);
}

/* --- chips --------------------------------------------------------------------------------- */

/* The family name takes the place of what stood there: it comes first. */
static void take_chip(struct app *app, struct name_state *s, const char *words)
{
    snprintf(s->field.text, sizeof(s->field.text), "%s ", words);
    keep(app, s);
}

static void draw_telex(struct app *app, struct ui *ui, struct rect *row)
{
    struct ui_font font = { ui_dim(ui, 25, 20, 21), ui_dim(ui, 31, 25, 26), true };
    float glyph = ui_dim(ui, 34, 26, 28), pad = ui_dim(ui, 22, 13, 14), dy = 0;
    float w = ui_text_width(ui, text_of(T_kb_telex), font) + glyph + 8 + 2 * pad;
    struct rect r = rect_cut_right(row, w), in;
    bool on = app->registration.telex;

    if (staff_row(ui, UI_ROLE_SWITCH, STR(kb_telex), r, on ? UI_CORRECT : 0, &dy))
        app->registration.telex = !on;
    in = rect_inset(r, pad, 0);
    in.y += dy;
    if (on)
        ui_icon(ui, (struct rect){ in.x, in.y + (in.h - glyph) / 2, glyph, glyph },
                "check", LUA);
    rect_cut_left(&in, glyph + 8);
    ui_text_middle(ui, in, text_of(T_kb_telex), font, on ? LUA : INK2, UI_LEFT);
}

static void draw_chips(struct app *app, struct name_state *s, struct ui *ui,
                       struct rect row, const char *quiet)
{
    struct ui_font font = { ui_dim(ui, 25, 20, 21), ui_dim(ui, 31, 25, 26), true };
    float pad = ui_dim(ui, 22, 13, 14), gap = ui_dim(ui, 12, 8, 10), dy = 0;
    const char *chips[CHIPS_MAX];
    size_t n =
        app->desk.index ? people_family_chips(app->desk.index, chips, CHIPS_MAX) : 0;

    draw_telex(app, ui, &row);
    rect_cut_right(&row, gap);
    if (s->page.has_said || quiet) { /* what is said stands in their place */
        register_draw_said(ui, row, &s->page, quiet);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const char *words = arena_strdup(ui_arena(ui), chips[i]);
        float w = ui_text_width(ui, words, font) + 2 * pad;
        struct rect r;

        if (w > row.w)
            break;
        r = rect_cut_left(&row, w);
        rect_cut_left(&row, gap);
        if (staff_row(ui, UI_ROLE_CHOICE, text_key_n(ui_arena(ui), T_reg_chip, i + 1),
                      words, r, 0, &dy))
            take_chip(app, s, words);
        r.y += dy;
        ui_text_middle(ui, r, words, font, INK, UI_CENTRE);
    }
}

/* --- page ----------------------------------------------------------------------------------- */

static void draw_field(struct app *app, struct name_state *s, struct ui *ui,
                       struct rect *body)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    float h = ui_dim(ui, 92, 84, 92), gap = ui_dim(ui, 16, 10, 12);
    struct rect row = rect_cut_top(body, h), next;

    if (portrait) {
        rect_cut_top(body, gap);
        next = rect_cut_top(body, 84);
        rect_cut_top(body, 18);
    } else {
        next =
            rect_cut_right(&row, staff_button_width(ui, text_of(T_reg_next), "next") +
                                     ui_dim(ui, 0, 42, 0));
        rect_cut_right(&row, gap);
        rect_cut_top(body, ui_dim(ui, 16, 10, 0));
    }
    field_frame(ui, "reg.name.field", text_of(T_reg_name_hint), row, &s->field, true);
    if (staff_button(ui, STR(reg_next), next, UI_BUTTON_PRIMARY, "next", 0))
        go_on(app, s);
}

static void name_frame(struct app *app, void *state, struct ui *ui)
{
    struct name_state *s = state;
    struct rect body, row, keys;

    if (!register_open(app))
        return;
    body = register_frame(app, ui, &s->page, T_reg_name, 1);
    draw_field(app, s, ui, &body);
    row = rect_cut_top(&body, ui_dim(ui, 72, 54, 66));
    draw_chips(app, s, ui, row, quiet_line(app, ui));
    rect_cut_top(&body, ui_dim(ui, 16, 8, 10));
    keys = body;
    if (ui_panel(ui) == PANEL_POR)
        keys = rect_cut_bottom(&body, keyboard_height(ui, &s->keyboard));
    if (!s->page.claiming && keyboard_frame(ui, keys, &s->keyboard, &s->field,
                                            typing_names(app, app->registration.telex)))
        keep(app, s);
    register_end(app, ui, &s->page);
}

const struct screen screen_register_name = { .name = "register_name",
                                             .shows_names = true,
                                             .state_size = sizeof(struct name_state),
                                             .enter = name_enter,
                                             .frame = name_frame };
