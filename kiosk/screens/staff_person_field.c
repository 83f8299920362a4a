/* One line of a person is changed: typed, or chosen from a list. It is stored at once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/lists.h"
#include "base/check.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/person_edit.h"
#include "screens/register.h"
#include "screens/typing.h"

#define COLUMNS 2
#define ROWS 5
#define YEAR_DIGITS 4

static const struct {
    enum text_id label;
    enum list_kind list; /* of those that are chosen */
} fields[EDIT_FIELDS] = {
    [EDIT_NAME] = { T_ed_name, LIST_THON },    [EDIT_YEAR] = { T_f_year, LIST_THON },
    [EDIT_SEX] = { T_f_sex, LIST_SEX },        [EDIT_THON] = { T_f_thon, LIST_THON },
    [EDIT_GROUP] = { T_ed_group, LIST_GROUP }, [EDIT_JOB] = { T_ed_job, LIST_JOB },
    [EDIT_UNIT] = { T_ed_unit, LIST_UNIT },
};

enum text_id edit_label(enum edit_field field)
{
    return fields[field].label;
}

static char *code_of(struct person_cohort *c, enum edit_field field)
{
    switch (field) {
    case EDIT_SEX:
        return c->sex;
    case EDIT_THON:
        return c->thon;
    case EDIT_GROUP:
        return c->group;
    case EDIT_JOB:
        return c->job;
    case EDIT_UNIT:
        return c->unit;
    case EDIT_NONE:
    case EDIT_NAME:
    case EDIT_YEAR:
    case EDIT_FIELDS:
        break;
    }
    return NULL;
}

const char *edit_value(struct app *app, struct ui *ui, const struct edit_state *s,
                       enum edit_field field)
{
    struct person_cohort cohort = s->record.cohort;

    if (field == EDIT_NAME)
        return *s->record.details.name ? s->record.details.name
                                       : text_of(T_card_sealed);
    if (field == EDIT_YEAR)
        return s->record.details.year > 0 ? page_number(ui, s->record.details.year)
                                          : text_of(T_li_none);
    return list_words(app->db, fields[field].list, code_of(&cohort, field),
                      ui_arena(ui));
}

void edit_field_open(struct edit_state *s, enum edit_field field)
{
    s->field = field;
    s->first = 0;
    s->has_said = s->typed.bad = false;
    s->keyboard = (struct keyboard){ .shift = false };
    if (field == EDIT_NAME)
        snprintf(s->typed.text, sizeof(s->typed.text), "%s", s->record.details.name);
    else if (field == EDIT_YEAR && s->record.details.year > 0)
        snprintf(s->typed.text, sizeof(s->typed.text), "%d", s->record.details.year);
}

static void close_field(struct edit_state *s)
{
    hash_wipe(&s->typed, sizeof(s->typed));
    s->field = EDIT_NONE;
}

static void store(struct app *app, struct edit_state *s,
                  const struct person_record *changed)
{
    enum err err = app_person_save(app, changed);

    if (err) {
        edit_say(s, err == ERR_FULL ? T_reg_e_full : T_pe_failed, true);
        return;
    }
    s->known = !app_person_read(app, &s->record);
    close_field(s);
    edit_say(s, T_ed_saved, false);
}

static void store_typed(struct app *app, struct edit_state *s)
{
    struct person_record changed = s->record;
    enum name_trouble trouble = NAME_OK;
    int now = 0, month, day;

    if (s->field == EDIT_NAME) {
        trouble = person_name_clean(s->typed.text, changed.details.name);
        s->typed.bad = trouble != NAME_OK;
        if (s->typed.bad)
            edit_say(s,
                     trouble == NAME_BAD_CHARACTER ? T_reg_e_char
                     : trouble == NAME_TOO_LONG    ? T_reg_e_long
                                                   : T_reg_e_one,
                     true);
    } else {
        changed.details.year = (int)strtol(s->typed.text, NULL, 10);
        clock_day_civil(clock_day(clock_wall_ms(app->clock)), &now, &month, &day);
        s->typed.bad = *s->typed.text &&
                       (strlen(s->typed.text) != YEAR_DIGITS ||
                        changed.details.year < 1900 || changed.details.year > now);
        if (s->typed.bad)
            edit_say(s, T_reg_e_year, true);
    }
    if (!s->typed.bad)
        store(app, s, &changed);
    hash_wipe(&changed, sizeof(changed));
}

/* --- frames --------------------------------------------------------------------------------- */

static void take_digit(struct edit_state *s, char key)
{
    size_t n = strlen(s->typed.text);

    if (key >= '0' && key <= '9' && n < YEAR_DIGITS)
        s->typed.text[n] = key;
    else if (key == '\b' && n)
        s->typed.text[n - 1] = 0;
    if (key)
        s->has_said = s->typed.bad = false;
}

static void draw_said(struct app *app, struct edit_state *s, struct ui *ui,
                      struct rect r)
{
    int year, month, day;

    if (!s->has_said)
        return;
    clock_day_civil(clock_day(clock_wall_ms(app->clock)), &year, &month, &day);
    ui_label(
        ui, UI_ROLE_TEXT, text_key(s->said),
        text_fill(ui_arena(ui), text_of(s->said), "nam", page_number(ui, year), NULL),
        r, staff_font(ui, STAFF_BODY), s->bad ? SON : LUA, UI_LEFT);
}

static void draw_typed(struct app *app, struct edit_state *s, struct ui *ui,
                       struct rect body)
{
    struct rect row = rect_cut_top(&body, ui_dim(ui, 92, 60, 92));
    struct rect save =
        rect_cut_right(&row, staff_button_width(ui, text_of(T_ed_save), "check"));
    bool done;

    rect_cut_right(&row, 12);
    field_frame(ui, "ed.typed", text_of(edit_label(s->field)), row, &s->typed, true);
    done = staff_button(ui, STR(ed_save), save, UI_BUTTON_PRIMARY, "check", 0);
    rect_cut_top(&body, 8);
    draw_said(app, s, ui, rect_cut_top(&body, ui_dim(ui, 34, 28, 30)));
    rect_cut_top(&body, ui_dim(ui, 8, 4, 8));
    if (s->field == EDIT_YEAR) {
        take_digit(s, staff_keypad(
                          ui, rect_centre(body, ui_dim(ui, 560, 420, 460), body.h - 10),
                          NULL, NULL));
    } else {
        if (ui_panel(ui) == PANEL_POR)
            body = rect_cut_bottom(&body, keyboard_height(ui, &s->keyboard));
        if (keyboard_frame(ui, body, &s->keyboard, &s->typed, typing_names(app, true)))
            s->has_said = s->typed.bad = false;
    }
    if (done)
        store_typed(app, s);
}

static struct rect cell(struct rect r, size_t i, float gap)
{
    float w = (r.w - gap) / COLUMNS, h = (r.h - (gap + 4) * (ROWS - 1)) / ROWS - 4;

    return (struct rect){ r.x + (float)(i % COLUMNS) * (w + gap),
                          r.y + (float)(i / COLUMNS) * (h + gap + 8), w, h };
}

static void draw_list(struct app *app, struct edit_state *s, struct ui *ui,
                      struct rect body)
{
    struct person_record changed = s->record;
    char *code = code_of(&changed.cohort, s->field);
    size_t n = 0, one = (size_t)COLUMNS * ROWS, shown;
    struct rect foot = rect_cut_bottom(&body, ui_dim(ui, 72, 56, 66));
    struct list_entry *list;
    const char *chosen = NULL;
    int turn;

    ASSERT(code);
    if (list_read(app->db, fields[s->field].list, ui_arena(ui), &list, &n))
        n = 0;
    draw_said(app, s, ui, rect_cut_bottom(&body, ui_dim(ui, 34, 28, 30)));
    s->first = s->first < n ? s->first : 0;
    shown = n - s->first < one ? n - s->first : one;
    for (size_t i = 0; i < shown; i++) {
        const struct list_entry *e = &list[s->first + i];

        if (register_choice(
                ui, text_key_n(ui_arena(ui), edit_label(s->field), s->first + i + 1),
                e->words, cell(body, i, ui_dim(ui, 14, 8, 10)), !strcmp(e->code, code),
                NULL))
            chosen = e->code;
    }
    if (staff_button(ui, STR(li_none), rect_cut_left(&foot, foot.w * 0.4F),
                     UI_BUTTON_SECONDARY, NULL, 0))
        chosen = "";
    rect_cut_left(&foot, 12);
    turn = n > one ? staff_pager(ui, foot, s->first, shown, n, NULL) : 0;
    if (turn > 0 && s->first + one < n)
        s->first += one;
    else if (turn < 0)
        s->first = s->first > one ? s->first - one : 0;
    if (chosen) {
        snprintf(code, PERSON_FIELD_MAX + 1, "%s", chosen);
        store(app, s, &changed);
    }
    hash_wipe(&changed, sizeof(changed));
}

void edit_field_frame(struct app *app, struct ui *ui, struct edit_state *s)
{
    enum text_id label = edit_label(s->field);
    bool back;
    struct rect body =
        desk_step(ui, T_reg_prev, "back", text_key(label), text_of(label), 0, 0, &back);

    if (s->field == EDIT_NAME || s->field == EDIT_YEAR)
        draw_typed(app, s, ui, body);
    else
        draw_list(app, s, ui, body);
    if (back) {
        s->has_said = false;
        close_field(s);
    }
}
