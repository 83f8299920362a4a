/* Registration, 2 of 4: year of birth with "19" already there, or the age; women and men,
 * which may be left blank (v04). */
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/register.h"
#include "screens/screens.h"

#define YEAR_DIGITS 4

struct details_state {
    struct register_page page;
    bool asked; /* without a year: the second "Tiếp" goes on */
};

static void draw_digits(struct app *app, struct ui *ui, struct rect r)
{
    const char *year = app->registration.year;
    float w = ui_dim(ui, 96, 70, 84), gap = ui_dim(ui, 14, 8, 10);
    struct ui_font font = { ui_dim(ui, 56, 40, 46), ui_dim(ui, 62, 44, 52), true };
    size_t n = strlen(year);
    struct rect all = { r.x, r.y, 4 * w + 3 * gap, r.h };

    for (size_t i = 0; i < YEAR_DIGITS; i++) {
        struct rect at = { r.x + (float)i * (w + gap), r.y, w, r.h };
        bool given = i < 2 && !strncmp(year, "19", 2);

        ui_box(ui, at,
               &(struct ui_box_style){ .fill = given ? SAND : SURFACE,
                                       .border = i == n ? INDIGO : LINE2,
                                       .line = 4,
                                       .radius = ui_dim(ui, 20, 16, 18) });
        if (i < n)
            ui_text_middle(ui, at, arena_printf(ui_arena(ui), "%c", year[i]), font,
                           given ? INK2 : INK, UI_CENTRE);
    }
    ui_node(ui, UI_ROLE_FIELD, "reg.year.field", year, all,
            registration_year(app) < 0 && n == YEAR_DIGITS ? UI_NOT_YET : 0);
}

static void draw_age(struct app *app, struct ui *ui, struct rect r)
{
    struct ui_font font = { ui_dim(ui, 25, 20, 22), ui_dim(ui, 34, 27, 29), false };
    int year = registration_year(app);
    char words[32];
    const char *text;

    if (year <= 0)
        return;
    text = text_fill(ui_arena(ui), text_of(T_reg_age), "tuoi",
                     page_number(ui, registration_age(app)), "can_chi",
                     arena_printf(ui_arena(ui), "%s, %s", can_chi(year, words),
                                  animal_of_year(year)),
                     NULL);
    staff_line(ui, r, text, font, INK2);
    ui_node(ui, UI_ROLE_TEXT, text_key(T_reg_age), text, r, 0);
}

/* A second tap takes it back: it may be left blank. */
static void draw_sex(struct app *app, struct ui *ui, struct rect r, enum text_id id,
                     const char *code, const char *art)
{
    struct registration *reg = &app->registration;
    struct ui_font font = { ui_dim(ui, 34, 25, 28), ui_dim(ui, 44, 32, 36), true };
    float w = ui_dim(ui, 100, 60, 76), glyph = ui_dim(ui, 46, 34, 36), dy = 0;
    bool chosen = !strcmp(reg->cohort.sex, code);
    struct rect in;

    if (staff_row(ui, UI_ROLE_CHOICE, text_key(id), text_of(id), r,
                  chosen ? UI_SELECTED : 0, &dy))
        snprintf(reg->cohort.sex, sizeof(reg->cohort.sex), "%s", chosen ? "" : code);
    in = rect_inset(r, ui_dim(ui, 28, 16, 18), 6);
    in.y += dy;
    ui_picture(ui, rect_cut_left(&in, w), art, UI_FIT_CONTAIN, 0, UI_CORNERS_ALL);
    rect_cut_left(&in, ui_dim(ui, 24, 14, 14));
    if (chosen)
        ui_icon(ui, rect_centre(rect_cut_right(&in, glyph), glyph, glyph), "check",
                INDIGO);
    ui_text_middle(ui, in, text_of(id), font, INK, UI_LEFT);
}

static void take_key(struct app *app, struct details_state *s, char key)
{
    struct registration *reg = &app->registration;
    size_t n = strlen(reg->year);

    if (!key)
        return;
    s->page.has_said = s->asked = false;
    if (key >= '0' && key <= '9' && n < YEAR_DIGITS)
        reg->year[n] = key;
    else if (key == '\b' && n)
        reg->year[n - 1] = 0;
    else if (key == 'x' && !registration_take_age(app))
        register_say(&s->page, T_reg_e_age, true);
    reg->not_alike = false;
}

static void go_on(struct app *app, struct details_state *s)
{
    int year = registration_year(app);

    if (year < 0) {
        register_say(&s->page, T_reg_e_year, true);
    } else if (year == 0 && !s->asked) {
        s->asked = true;
        register_say(&s->page, T_reg_e_noyear, true);
    } else {
        app->registration.year_unknown = year == 0;
        app_goto(app, "register_groups", 0);
    }
}

static void draw_said(struct app *app, struct details_state *s, struct ui *ui,
                      struct rect r)
{
    struct ui_font font = staff_font(ui, STAFF_BODY);
    bool bad = s->page.has_said && s->page.bad;
    enum text_id id = s->page.has_said ? s->page.said : T_reg_unknownyear;
    const char *text = text_of(id);
    int year, month, day;

    if (id == T_reg_e_year) {
        clock_day_civil(clock_day(clock_wall_ms(app->clock)), &year, &month, &day);
        text = text_fill(ui_arena(ui), text, "nam", page_number(ui, year), NULL);
    } else if (!s->page.has_said) {
        text = arena_printf(ui_arena(ui), "%s %s", text, text_of(T_reg_nosex));
    }
    font.bold = s->page.has_said;
    ui_label(ui, UI_ROLE_TEXT, text_key(id), text, r, font, bad ? SON : INK2, UI_LEFT);
}

static void draw_left(struct app *app, struct details_state *s, struct ui *ui,
                      struct rect r)
{
    float gap = ui_dim(ui, 18, 12, 12), h = ui_dim(ui, 150, 112, 110), h_note, h_room;
    struct ui_font font = staff_font(ui, STAFF_BODY);

    draw_digits(app, ui, rect_cut_top(&r, ui_dim(ui, 112, 70, 84)));
    rect_cut_top(&r, ui_dim(ui, 18, 4, 6));
    draw_age(app, ui, rect_cut_top(&r, ui_dim(ui, 36, 28, 30)));
    rect_cut_top(&r, gap / 2);
    h_note = 3 * font.line;
    h_room = (r.h - h_note - 2 * gap) / 2;
    h = h < h_room ? h : h_room;
    draw_sex(app, ui, rect_cut_top(&r, h), T_reg_female, "f", "art:nguoi-ba");
    rect_cut_top(&r, gap);
    draw_sex(app, ui, rect_cut_top(&r, h), T_reg_male, "m", "art:nguoi-ong");
    rect_cut_top(&r, gap);
    draw_said(app, s, ui, r);
}

static void details_frame(struct app *app, void *state, struct ui *ui)
{
    struct details_state *s = state;
    struct rect body, left;
    enum register_foot foot;

    if (!register_open(app))
        return;
    body = register_frame(app, ui, &s->page, T_reg_year, 2);
    foot = register_foot(app, ui, &body, 2, false);
    if (ui_panel(ui) == PANEL_POR) {
        left = rect_cut_top(&body, body.h * 0.55F);
    } else {
        left = rect_cut_left(&body, body.w - ui_dim(ui, 596, 418, 0));
        rect_cut_left(&body, ui_dim(ui, 36, 18, 0));
    }
    draw_left(app, s, ui, left);
    if (!s->page.claiming)
        take_key(app, s, staff_keypad(ui, body, STR(reg_age_key)));
    if (foot == FOOT_NEXT)
        go_on(app, s);
    register_end(app, ui, &s->page);
}

const struct screen screen_register_details = { .name = "register_details",
                                                .shows_names = true,
                                                .state_size =
                                                    sizeof(struct details_state),
                                                .frame = details_frame };
