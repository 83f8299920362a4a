/* Registration, 3 of 4: thôn and group stand there already (v05); the occupation follows
 * the group, the own unit is asked of officials only. */
#include <stdio.h>
#include <string.h>

#include "app/people.h"
#include "base/check.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/register.h"
#include "screens/screens.h"

#define THON_CELLS 8
#define PICK_ROWS 5
#define PICK_COLUMNS 2

struct groups_state {
    struct register_page page;
    size_t first; /* thôn shown */
    bool picking_job, picking_unit;
    size_t first_pick;
};

static const struct {
    enum text_id text;
    const char *code, *icon;
} groups[] = {
    { T_reg_g_dan, "g2", "users" },
    { T_reg_g_hs, "g1", "book" },
    { T_reg_g_ld, "g4", "tool" },
    { T_reg_g_cb, "g3", "card" },
};
static const enum text_id jobs[] = { T_li_j1, T_li_j2, T_li_j3, T_li_j4, T_li_j5,
                                     T_li_j6, T_li_j7, T_li_j8, T_li_j9 };

static void set(char out[PERSON_FIELD_MAX + 1], const char *code)
{
    snprintf(out, PERSON_FIELD_MAX + 1, "%s", code);
}

static struct rect cell(struct rect r, size_t i, size_t columns, size_t rows, float gap)
{
    float w = (r.w - gap * (float)(columns - 1)) / (float)columns;
    float h = (r.h - (gap + 4) * (float)(rows - 1)) / (float)rows - 4;

    return (struct rect){ r.x + (float)(i % columns) * (w + gap),
                          r.y + (float)(i / columns) * (h + gap + 8), w, h };
}

/* The thôn of the class comes first wherever its list has it. */
static size_t page_of(const struct commune_entry *list, size_t n, const char *code,
                      size_t one_page)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(list[i].code, code))
            return i / one_page * one_page;
    return 0;
}

/* Seven thôn and "Nơi khác"; with more of them the eighth turns the page. */
static void draw_thon(struct app *app, struct groups_state *s, struct ui *ui,
                      struct rect r)
{
    struct registration *reg = &app->registration;
    struct commune_entry *list;
    size_t n = app_list(app, COMMUNE_THON, ui_arena(ui), &list);
    size_t columns = ui_panel(ui) == PANEL_POR ? 2 : 4, rows = THON_CELLS / columns;
    bool more = n > THON_CELLS - 1;
    size_t one = more ? THON_CELLS - 2 : THON_CELLS - 1, i = 0;
    float gap = ui_dim(ui, 16, 10, 12);

    if (s->first == SIZE_MAX)
        s->first = page_of(list, n, reg->cohort.thon, one);
    for (; i < one && s->first + i < n; i++) {
        const struct commune_entry *e = &list[s->first + i];

        if (register_choice(ui, text_key_n(ui_arena(ui), T_reg_thon, s->first + i + 1),
                            e->name, cell(r, i, columns, rows, gap),
                            !strcmp(e->code, reg->cohort.thon), NULL)) {
            set(reg->cohort.thon, e->code);
            reg->not_alike = false;
        }
    }
    if (register_choice(ui, STR(reg_thon_none), cell(r, i++, columns, rows, gap),
                        !reg->cohort.thon[0], NULL))
        set(reg->cohort.thon, "");
    if (more && register_choice(ui, STR(reg_thon_more), cell(r, i, columns, rows, gap),
                                false, NULL))
        s->first = s->first + one < n ? s->first + one : 0;
}

static void draw_groups(struct app *app, struct ui *ui, struct rect r)
{
    size_t columns = ui_panel(ui) == PANEL_POR ? 2 : 4;
    float gap = ui_dim(ui, 16, 10, 12);

    for (size_t i = 0; i < COUNT(groups); i++)
        if (register_choice(ui, text_key(groups[i].text), text_of(groups[i].text),
                            cell(r, i, columns, COUNT(groups) / columns, gap),
                            !strcmp(app->registration.cohort.group, groups[i].code),
                            groups[i].icon))
            registration_choose_group(app, groups[i].code);
}

static const char *job_name(const char *code)
{
    size_t i = code[0] == 'j' ? (size_t)(code[1] - '1') : COUNT(jobs);

    return i < COUNT(jobs) ? text_of(jobs[i]) : text_of(T_li_j9);
}

/* What was preset, and for officials the unit: touched only to change it. */
static void draw_rest(struct app *app, struct groups_state *s, struct ui *ui,
                      struct rect r)
{
    struct registration *reg = &app->registration;
    struct arena *a = ui_arena(ui);
    bool portrait = ui_panel(ui) == PANEL_POR;
    float gap = ui_dim(ui, 16, 10, 8);
    const char *unit = app_list_name(app, COMMUNE_UNIT, reg->cohort.unit, a);
    struct rect row = portrait ? rect_cut_top(&r, (r.h - gap) / 2 - 4) : r, at, claim;

    at = rect_cut_left(&row, (row.w - 2 * gap) * (portrait ? 0.54F : 0.36F));
    rect_cut_left(&row, gap);
    claim = portrait ? row : rect_cut_right(&row, at.w * 0.78F);
    rect_cut_right(&row, gap);
    if (portrait)
        rect_cut_top(&r, gap + 8);
    else
        r = row;

    if (staff_button(
            ui, text_key(T_reg_job),
            text_fill(a, text_of(T_reg_job), "viec", job_name(reg->cohort.job), NULL),
            at, UI_BUTTON_SECONDARY, "edit", 0))
        s->picking_job = true;
    register_claim_button(app, ui, &s->page, claim);
    if (s->page.has_said) {
        register_draw_said(ui, r, &s->page, NULL);
    } else if (!strcmp(reg->cohort.group, "g3")) {
        if (staff_button(ui, text_key(T_reg_unit),
                         text_fill(a, text_of(T_reg_unit), "ten",
                                   *unit ? unit : text_of(T_reg_unit_none), NULL),
                         r, UI_BUTTON_SECONDARY, "edit", 0)) {
            s->picking_unit = true;
            s->first_pick = 0;
        }
    } else {
        ui_label(ui, UI_ROLE_TEXT, STR(reg_auto), r, staff_font(ui, STAFF_SMALL), INK2,
                 UI_LEFT);
    }
}

/* --- lists over the page -------------------------------------------------------------------- */

static struct rect open_list(struct ui *ui, enum text_id title)
{
    struct rect at =
        rect_inset(ui_page(ui), ui_dim(ui, 200, 60, 20), ui_dim(ui, 70, 24, 80));
    struct ui_font head = staff_font(ui, STAFF_HEAD);

    ui_fill_page(ui, SCRIM);
    ui_dialog_begin(ui, text_key(title), text_of(title), at);
    ui_shadow(ui, at, 28);
    ui_box(ui, at, &(struct ui_box_style){ .fill = SURFACE, .radius = 28 });
    at = rect_inset(at, ui_dim(ui, 32, 18, 18), ui_dim(ui, 24, 12, 18));
    ui_text(ui, rect_cut_top(&at, head.line + 8), text_of(title), head, INK, UI_LEFT);
    return at;
}

static void draw_jobs(struct app *app, struct groups_state *s, struct ui *ui)
{
    struct registration *reg = &app->registration;
    struct rect r = open_list(ui, T_reg_job_l);
    size_t rows = (COUNT(jobs) + 1) / PICK_COLUMNS;

    for (size_t i = 0; i < COUNT(jobs); i++) {
        const char *code = arena_printf(ui_arena(ui), "j%zu", i + 1);

        if (!register_choice(ui, text_key(jobs[i]), text_of(jobs[i]),
                             cell(r, i, PICK_COLUMNS, rows, ui_dim(ui, 14, 8, 10)),
                             !strcmp(code, reg->cohort.job), NULL))
            continue;
        set(reg->cohort.job, code);
        reg->job_chosen = true;
        s->picking_job = false;
    }
    if (ui_key(ui, UI_KEY_BACK))
        s->picking_job = false;
    ui_dialog_end(ui);
}

static void draw_units(struct app *app, struct groups_state *s, struct ui *ui)
{
    struct rect r = open_list(ui, T_reg_unit_l);
    struct rect foot = rect_cut_bottom(&r, ui_dim(ui, 72, 58, 66)), none;
    size_t one = (size_t)PICK_ROWS * PICK_COLUMNS, shown;
    struct commune_entry *list;
    size_t n = app_list(app, COMMUNE_UNIT, ui_arena(ui), &list);
    int turn;

    rect_cut_bottom(&r, 10);
    shown = s->first_pick + one < n ? one : n - s->first_pick;
    for (size_t i = 0; i < shown; i++) {
        const struct commune_entry *e = &list[s->first_pick + i];

        if (register_choice(
                ui, text_key_n(ui_arena(ui), T_reg_unit_l, s->first_pick + i + 1),
                e->name, cell(r, i, PICK_COLUMNS, PICK_ROWS, ui_dim(ui, 14, 8, 10)),
                !strcmp(e->code, app->registration.cohort.unit), NULL)) {
            set(app->registration.cohort.unit, e->code);
            s->picking_unit = false;
        }
    }
    none = rect_cut_left(&foot, foot.w * 0.4F);
    if (staff_button(ui, STR(reg_unit_none), none, UI_BUTTON_SECONDARY, NULL, 0)) {
        set(app->registration.cohort.unit, "");
        s->picking_unit = false;
    }
    rect_cut_left(&foot, 12);
    turn = n > one ? staff_pager(ui, foot, s->first_pick, shown, n, NULL) : 0;
    if (turn > 0 && s->first_pick + one < n)
        s->first_pick += one;
    else if (turn < 0)
        s->first_pick = s->first_pick > one ? s->first_pick - one : 0;
    if (ui_key(ui, UI_KEY_BACK))
        s->picking_unit = false;
    ui_dialog_end(ui);
}

/* --- page ----------------------------------------------------------------------------------- */

static void groups_enter(struct app *app, void *state, size_t arg)
{
    struct groups_state *s = state;

    (void)arg;
    s->first = SIZE_MAX; /* the page with the thôn that is chosen */
    registration_presets(app);
}

static void draw_body(struct app *app, struct groups_state *s, struct ui *ui,
                      struct rect body)
{
    struct ui_font label = { ui_dim(ui, 21, 18, 19), ui_dim(ui, 29, 22, 26), true };
    float gap = ui_dim(ui, 12, 4, 10), h_rest = ui_dim(ui, 62, 50, 132), h;

    ui_label(ui, UI_ROLE_TEXT, STR(reg_thon_l), rect_cut_top(&body, label.line), label,
             INK2, UI_LEFT);
    rect_cut_top(&body, gap);
    h = body.h - label.line - h_rest - 4 * gap;
    draw_thon(app, s, ui, rect_cut_top(&body, h * 0.63F));
    rect_cut_top(&body, gap);
    ui_label(ui, UI_ROLE_TEXT, STR(reg_group_l), rect_cut_top(&body, label.line), label,
             INK2, UI_LEFT);
    rect_cut_top(&body, gap);
    draw_groups(app, ui, rect_cut_top(&body, h * 0.37F));
    rect_cut_top(&body, gap);
    body.h = h_rest;
    draw_rest(app, s, ui, body);
}

static void groups_frame(struct app *app, void *state, struct ui *ui)
{
    struct groups_state *s = state;
    enum register_foot foot;
    struct rect body;

    if (!register_open(app))
        return;
    body = register_frame(app, ui, &s->page, T_reg_thon, 3);
    foot = register_foot(app, ui, &body, 3, false);
    draw_body(app, s, ui, body);
    if (foot == FOOT_NEXT)
        app_goto(app, registration_after_groups(app), 0);
    if (s->picking_job)
        draw_jobs(app, s, ui);
    else if (s->picking_unit)
        draw_units(app, s, ui);
    register_end(app, ui, &s->page);
}

const struct screen screen_register_groups = { .name = "register_groups",
                                               .shows_names = true,
                                               .state_size =
                                                   sizeof(struct groups_state),
                                               .enter = groups_enter,
                                               .frame = groups_frame };
