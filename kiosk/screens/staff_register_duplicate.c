/* Somebody like this one is there already: the same person, or another one (v07)? */
#include <stdio.h>
#include <string.h>

#include "app/people.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/register.h"
#include "screens/screens.h"

#define ALIKE_MAX 8

struct duplicate_state {
    struct register_page page;
    size_t at; /* of those who are like */
};

/* One side: chip, name, four lines; what agrees is lit. */
struct side {
    enum text_id chip;
    const char *name, *year, *sex, *thon, *card;
    bool lit_year, lit_thon;
};

static void draw_pair(struct ui *ui, struct rect *r, enum text_id label,
                      const char *value, bool lit)
{
    struct ui_font plain = { ui_dim(ui, 28, 20, 22), ui_dim(ui, 39, 26, 30), false };
    struct ui_font bold = { plain.size, plain.line, true };
    struct rect row = rect_cut_top(r, plain.line), left;

    left = rect_cut_left(&row, ui_dim(ui, 180, 118, 130));
    staff_line(ui, left, text_of(label), plain, INK2);
    if (lit)
        ui_box(ui,
               (struct rect){ row.x - 8, row.y, ui_text_width(ui, value, bold) + 16,
                              row.h },
               &(struct ui_box_style){ .fill = NGHE_TINT, .radius = 8 });
    staff_line(ui, row, value, bold, INK);
    ui_node(ui, UI_ROLE_TEXT, text_key(label), value, row, 0);
    rect_cut_top(r, ui_dim(ui, 10, 1, 4));
}

static struct rect draw_side(struct ui *ui, struct rect r, const struct side *s,
                             bool old)
{
    struct ui_font name = { ui_dim(ui, 40, 26, 30), ui_dim(ui, 54, 34, 40), true };
    float h_chip = ui_dim(ui, 40, 28, 32), h_button = ui_dim(ui, 80, 70, 76);
    struct rect in = rect_inset(r, ui_dim(ui, 28, 16, 18), ui_dim(ui, 22, 8, 12));
    struct rect button = rect_cut_bottom(&in, h_button + 4), row;

    button.h = h_button;
    ui_box(ui, r,
           &(struct ui_box_style){ .fill = SURFACE,
                                   .border = old ? INDIGO : LINE,
                                   .line = old ? 5 : 3,
                                   .radius = ui_dim(ui, 26, 18, 22) });
    row = rect_cut_top(&in, h_chip);
    staff_chip(ui, text_key(s->chip), text_of(s->chip), NULL, row.x, row.y + row.h / 2,
               CHIP_SAND);
    rect_cut_top(&in, ui_dim(ui, 12, 2, 4));
    row = rect_cut_top(&in, name.line);
    staff_line(ui, row, s->name, name, INK);
    ui_node(ui, UI_ROLE_TEXT, old ? "reg.dup.old.name" : "reg.dup.new.name", s->name,
            row, 0);
    rect_cut_top(&in, ui_dim(ui, 10, 2, 4));
    draw_pair(ui, &in, T_f_year, s->year, s->lit_year);
    draw_pair(ui, &in, T_f_sex, s->sex, false);
    draw_pair(ui, &in, T_f_thon, s->thon, s->lit_thon);
    draw_pair(ui, &in, T_f_card, s->card, false);
    return button;
}

static const char *sex_word(const char *code)
{
    return !strcmp(code, "f")   ? text_of(T_reg_female)
           : !strcmp(code, "m") ? text_of(T_reg_male)
                                : text_of(T_li_none);
}

static const char *or_none(const char *text)
{
    return *text ? text : text_of(T_li_none);
}

static const char *year_word(struct ui *ui, int year)
{
    return year > 0 ? page_number(ui, year) : text_of(T_li_none);
}

static void leave(struct app *app)
{
    app->registration.not_alike = true;
    app_goto(app, registration_after_groups(app), 0);
}

static void draw_new(struct app *app, struct ui *ui, struct rect r,
                     const struct people_likeness *like)
{
    struct registration *reg = &app->registration;
    char name[PERSON_NAME_MAX] = "";
    struct side s = { .chip = T_reg_dup_new,
                      .lit_year = like->year,
                      .lit_thon = like->thon,
                      .card = text_of(T_reg_dup_nocard) };

    (void)registration_name(app, name);
    s.name = arena_strdup(ui_arena(ui), name);
    hash_wipe(name, sizeof(name));
    s.year = year_word(ui, registration_year(app));
    s.sex = sex_word(reg->cohort.sex);
    s.thon = or_none(app_list_name(app, COMMUNE_THON, reg->cohort.thon, ui_arena(ui)));
    if (staff_button(ui, STR(reg_dup_no), draw_side(ui, r, &s, false),
                     UI_BUTTON_SECONDARY, "userplus", 0))
        leave(app);
}

static void draw_old(struct app *app, struct duplicate_state *st, struct ui *ui,
                     struct rect r, const struct people_likeness *like)
{
    const struct people_entry *e = like->entry;
    struct side s = { .chip = T_reg_dup_old,
                      .name = e->name,
                      .year = year_word(ui, e->year),
                      .sex = sex_word(e->sex),
                      .lit_year = like->year,
                      .lit_thon = like->thon };
    int done = app_person_lessons(app, e->token);
    unsigned char token[EVENT_TOKEN_BYTES];

    s.thon = or_none(app_list_name(app, COMMUNE_THON, e->thon, ui_arena(ui)));
    s.card = text_fill(ui_arena(ui), text_of(T_reg_dup_card), "so",
                       arena_printf(ui_arena(ui), "%.3s %s", e->code, e->code + 3), "n",
                       page_number(ui, done > 0 ? done : 0), NULL);
    memcpy(token, e->token, sizeof(token));
    if (!staff_button(ui, STR(reg_dup_yes), draw_side(ui, r, &s, true),
                      UI_BUTTON_PRIMARY, "check", 0))
        return;
    if (registration_use(app, token))
        register_say(&st->page, T_reg_e_save, true);
    else
        app_goto(app, "card", CARD_OFFERS);
}

static void draw_warning(struct duplicate_state *s, struct ui *ui, struct rect r,
                         size_t n)
{
    struct ui_font font = { ui_dim(ui, 28, 21, 22), ui_dim(ui, 38, 28, 30), true };
    float glyph = ui_dim(ui, 52, 34, 40);
    const char *text = text_of(s->page.has_said ? s->page.said : T_reg_dup_msg);
    struct rect in = rect_inset(r, ui_dim(ui, 26, 16, 14), 4);

    ui_box(ui, r,
           &(struct ui_box_style){ .fill = NGHE_TINT,
                                   .border = NOTYET_LINE,
                                   .line = 3,
                                   .radius = ui_dim(ui, 22, 16, 18) });
    ui_icon(ui, rect_centre(rect_cut_left(&in, glyph), glyph, glyph), "warn",
            NGHE_DEEP);
    rect_cut_left(&in, ui_dim(ui, 20, 12, 12));
    if (n > 1) {
        struct rect b = rect_cut_right(
            &in, staff_button_width(ui, text_of(T_reg_dup_more), "next"));

        if (staff_button(ui, STR(reg_dup_more), rect_inset(b, 0, 4),
                         UI_BUTTON_SECONDARY, "next", 0))
            s->at = (s->at + 1) % n;
        rect_cut_right(&in, 12);
    }
    ui_text_middle(ui, in, text, font, NGHE_DEEP, UI_LEFT);
    ui_node(ui, UI_ROLE_TEXT, text_key(T_reg_dup_msg), text, in, 0);
}

static void duplicate_frame(struct app *app, void *state, struct ui *ui)
{
    struct duplicate_state *s = state;
    struct people_likeness alike[ALIKE_MAX];
    struct rect body, left;
    float gap = ui_dim(ui, 24, 14, 14);
    size_t n;

    if (!register_open(app))
        return;
    n = registration_alike(app, alike, ALIKE_MAX);
    n = n < ALIKE_MAX ? n : ALIKE_MAX;
    if (!n) {
        leave(app);
        return;
    }
    s->at = s->at < n ? s->at : 0;
    body = register_frame(app, ui, &s->page, T_reg_dup, 4);
    draw_warning(s, ui, rect_cut_top(&body, ui_dim(ui, 86, 54, 92)), n);
    rect_cut_top(&body, ui_dim(ui, 12, 6, 10));
    rect_cut_bottom(&body, ui_dim(ui, 20, 14, 10));
    if (ui_panel(ui) == PANEL_POR) {
        left = rect_cut_top(&body, (body.h - gap) / 2);
        rect_cut_top(&body, gap);
    } else {
        left = rect_cut_left(&body, (body.w - gap) / 2);
        rect_cut_left(&body, gap);
    }
    draw_new(app, ui, left, &alike[s->at]);
    draw_old(app, s, ui, body, &alike[s->at]);
    register_end(app, ui, &s->page);
}

const struct screen screen_register_duplicate = { .name = "register_duplicate",
                                                  .shows_names = true,
                                                  .state_size =
                                                      sizeof(struct duplicate_state),
                                                  .frame = duplicate_frame };
