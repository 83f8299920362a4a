/* What the machine knows of a person, line by line, each with its own "Sửa" (v12); printing
 * it for them, and erasing. */
#include <stdio.h>
#include <string.h>

#include "app/paper.h"
#include "base/buf.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/card_paper.h"
#include "screens/person_edit.h"
#include "screens/screens.h"

void edit_say(struct edit_state *s, enum text_id text, bool bad)
{
    s->said = text;
    s->has_said = true;
    s->bad = bad;
}

static void edit_enter(struct app *app, void *state, size_t arg)
{
    struct edit_state *s = state;

    (void)arg;
    printing_forget(&app->printing);
    s->known = !app_person_read(app, &s->record);
}

static const char *consent_words(struct ui *ui, const struct edit_state *s)
{
    static const enum text_id ways[] = { T_li_none, T_reg_c_tap, T_reg_c_voice,
                                         T_reg_c_paper };
    const struct person_consent *c = &s->record.consent;
    size_t way = (size_t)c->method < sizeof(ways) / sizeof(ways[0]) ? c->method : 0;
    char day[11] = "";

    if (!c->text_version[0])
        return text_of(T_li_none);
    if (c->day < 0)
        return text_of(ways[way]);
    clock_day_text(c->day, day);
    return text_fill(
        ui_arena(ui), text_of(T_ed_consent_day), "cach", text_of(ways[way]), "ngay",
        arena_printf(ui_arena(ui), "%.2s/%.2s/%.4s", day + 8, day + 5, day), NULL);
}

/* --- lines ----------------------------------------------------------------------------------- */

static void draw_line(struct ui *ui, struct rect r, const char *id, enum text_id label,
                      const char *value, bool *tapped)
{
    struct ui_font small = { ui_dim(ui, 19, 16, 17), ui_dim(ui, 25, 20, 22), false };
    struct ui_font bold = staff_font(ui, STAFF_BOLD);
    float w = staff_button_width(ui, text_of(T_ed_edit), "edit");
    float h = ui_dim(ui, 72, 56, 68);
    struct rect button, text;

    ui_box(ui, (struct rect){ r.x, r.y + r.h - 2, r.w, 2 },
           &(struct ui_box_style){ .fill = SAND });
    text = rect_cut_left(&r, ui_dim(ui, 128, 84, 96));
    staff_line(ui, text, text_of(label), small, INK2);
    if (tapped) {
        button = rect_centre(rect_cut_right(&r, w), w, r.h - 10 < h ? r.h - 10 : h);
        button.y -= 2;
        *tapped = staff_button(ui, id, text_of(T_ed_edit), button, UI_BUTTON_SECONDARY,
                               "edit", 0);
        rect_cut_right(&r, 10);
    }
    staff_line(ui, r, value, bold, INK);
    ui_node(ui, UI_ROLE_TEXT, text_key(label), value, r, 0);
}

static void draw_lines(struct app *app, struct edit_state *s, struct ui *ui,
                       struct rect r)
{
    bool may = app_may(app, MAY_CHANGE_PEOPLE) && *s->record.details.name;
    float h;

    staff_panel(ui, r);
    r = rect_inset(r, ui_dim(ui, 20, 12, 14), 4);
    h = r.h / EDIT_FIELDS;
    for (enum edit_field f = EDIT_NAME; f < EDIT_FIELDS; f++) {
        bool tapped = false;

        draw_line(ui, rect_cut_top(&r, h),
                  arena_printf(ui_arena(ui), "ed.edit#%d", (int)f), edit_label(f),
                  edit_value(app, ui, s, f), may ? &tapped : NULL);
        if (tapped)
            edit_field_open(s, f);
    }
    draw_line(ui, r, "", T_ed_consent, consent_words(ui, s), NULL);
}

/* --- requests -------------------------------------------------------------------------------- */

static void print_person(struct app *app, struct ui *ui, struct edit_state *s)
{
    struct paper_place place = paper_place_here(app, ui, "");
    struct paper_line lines[EDIT_FIELDS + 2];
    char passport[PASSPORT_TEXT_CHARS];
    size_t n = 0;
    struct buf json;

    for (enum edit_field f = EDIT_NAME; f < EDIT_FIELDS; f++)
        lines[n++] =
            (struct paper_line){ text_of(edit_label(f)), edit_value(app, ui, s, f) };
    lines[n++] =
        (struct paper_line){ text_of(T_f_card), paper_code(ui, s->record.code) };
    lines[n++] = (struct paper_line){ text_of(T_ed_consent), consent_words(ui, s) };
    if (app_person_passport(app, passport))
        passport[0] = 0; /* the sheet goes without it */
    buf_init(&json, PAPER_BYTES);
    paper_person(&place, text_of(T_ed_copy), lines, n, passport, &json);
    paper_print(app, &json,
                arena_printf(ui_arena(ui), "thong-tin-%s.pdf", s->record.code));
}

static void draw_copy(struct app *app, struct edit_state *s, struct ui *ui,
                      struct rect r)
{
    struct ui_font head = staff_font(ui, STAFF_HEAD);
    float gap = 12;
    struct rect left;

    staff_panel(ui, r);
    r = rect_inset(r, ui_dim(ui, 20, 12, 14), ui_dim(ui, 12, 6, 8));
    ui_label(ui, UI_ROLE_TEXT, STR(ed_copy), rect_cut_top(&r, head.line + 4), head, INK,
             UI_LEFT);
    rect_cut_bottom(&r, 4);
    left = rect_cut_left(&r, (r.w - gap) / 2);
    rect_cut_left(&r, gap);
    if (staff_button(ui, STR(ed_print), left, UI_BUTTON_SECONDARY, "print", 0))
        print_person(app, ui, s);
    if (app_may(app, MAY_CHANGE_PEOPLE) &&
        staff_button(ui, STR(ed_ask), r, UI_BUTTON_SECONDARY, "edit", 0)) {
        if (app_person_request(app, REQUEST_CORRECT))
            edit_say(s, T_pe_failed, true);
        else
            edit_say(s, T_ed_asked, false);
    }
}

static void draw_erase(struct app *app, struct edit_state *s, struct ui *ui,
                       struct rect r)
{
    struct ui_font head = staff_font(ui, STAFF_HEAD);
    struct ui_font font = { ui_dim(ui, 21, 17, 19), ui_dim(ui, 30, 22, 26), false };
    float h = ui_dim(ui, 76, 56, 70);
    struct rect button;

    ui_box(ui, r,
           &(struct ui_box_style){
               .fill = 0xFFFFFDFB, .border = SON, .line = 3, .radius = 20 });
    r = rect_inset(r, ui_dim(ui, 20, 12, 14), ui_dim(ui, 14, 8, 10));
    button = rect_cut_bottom(&r, h + 4);
    button.h = h;
    ui_label(ui, UI_ROLE_TEXT, STR(ed_er), rect_cut_top(&r, head.line + 6), head, SON,
             UI_LEFT);
    rect_cut_top(&r,
                 ui_label(ui, UI_ROLE_TEXT, STR(ed_er_p), r, font, INK, UI_LEFT) + 6);
    ui_label(ui, UI_ROLE_TEXT, STR(ed_er_p2), r, font, INK2, UI_LEFT);
    if (app_may(app, MAY_CHANGE_PEOPLE) &&
        staff_button(ui, STR(ed_er_go), button, UI_BUTTON_DANGER, "trash", 0))
        s->asking = true;
}

/* --- page ------------------------------------------------------------------------------------ */

static void draw_right(struct app *app, struct edit_state *s, struct ui *ui,
                       struct rect r)
{
    bool says = app->printing.state != PRINTING_IDLE || s->has_said;
    struct rect said = rect_cut_bottom(&r, says ? ui_dim(ui, 66, 44, 60) : 0);
    float gap = ui_dim(ui, 14, 8, 10);

    draw_copy(app, s, ui, rect_cut_top(&r, ui_dim(ui, 138, 104, 126)));
    rect_cut_top(&r, gap);
    draw_erase(app, s, ui, r);
    rect_cut_top(&said, 8);
    if (app->printing.state != PRINTING_IDLE)
        paper_state(app, ui, said);
    else if (s->has_said)
        ui_label(ui, UI_ROLE_TEXT, text_key(s->said), text_of(s->said), said,
                 staff_font(ui, STAFF_BODY), s->bad ? SON : LUA, UI_LEFT);
}

static void draw_page(struct app *app, struct edit_state *s, struct ui *ui)
{
    struct rect body =
        desk_frame(app, ui, DESK_FIND, "ed.title", edit_value(app, ui, s, EDIT_NAME));
    float gap = ui_dim(ui, 16, 10, 12);
    struct rect left;

    if (ui_panel(ui) == PANEL_POR) {
        left = rect_cut_top(&body, body.h * 0.47F);
        rect_cut_top(&body, gap);
    } else {
        left = rect_cut_left(&body, (body.w - gap) * 0.556F);
        rect_cut_left(&body, gap);
    }
    draw_lines(app, s, ui, left);
    draw_right(app, s, ui, body);
    edit_erase_dialogs(app, ui, s);
}

static void edit_frame(struct app *app, void *state, struct ui *ui)
{
    struct edit_state *s = state;

    if (s->erased)
        edit_receipt_frame(app, ui, s);
    else if (!s->known)
        app_goto(app, app_people_home(app), 0);
    else if (s->field != EDIT_NONE)
        edit_field_frame(app, ui, s);
    else
        draw_page(app, s, ui);
}

const struct screen screen_person_edit = { .name = "person_edit",
                                           .shows_names = true,
                                           .state_size = sizeof(struct edit_state),
                                           .enter = edit_enter,
                                           .frame = edit_frame };
