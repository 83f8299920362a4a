/* Who speaks, as they want to be called, from where, and that they agree. */
#include <string.h>

#include "app/class_day.h"
#include "app/upkeep.h"
#include "screens/record.h"

static const char *words(const char *typed, enum text_id empty)
{
    return *typed ? typed : text_of(empty);
}

/* A row that is typed into: what is asked, and what stands there. */
static void field_row(struct ui *ui, struct rect r, struct record_speaker *s,
                      enum text_id asked, enum text_id hint, char *typed)
{
    struct ui_font bold = staff_font(ui, STAFF_BOLD), body = staff_font(ui, STAFF_BODY);
    float pad = ui_dim(ui, 20, 12, 14), glyph = ui_dim(ui, 34, 26, 30), dy;
    struct rect in, icon;

    if (staff_row(ui, UI_ROLE_FIELD, text_key(asked), words(typed, hint), r, 0, &dy)) {
        s->typed = typed;
        text_page_open(&s->text, typed);
    }
    in = rect_inset(r, pad, 0);
    in.y += dy;
    icon = rect_cut_right(&in, glyph + pad);
    ui_icon(ui, rect_centre(icon, glyph, glyph), "edit", INDIGO);
    in.y += (in.h - bold.line - body.line) / 2;
    staff_line(ui, (struct rect){ in.x, in.y, in.w, bold.line }, text_of(asked), bold,
               INK);
    staff_line(ui, (struct rect){ in.x, in.y + bold.line, in.w, body.line },
               words(typed, hint), body, *typed ? INK : INK2);
}

static void agree_row(struct ui *ui, struct rect r, struct record_speaker *s)
{
    struct ui_font bold = staff_font(ui, STAFF_BOLD),
                   small = staff_font(ui, STAFF_SMALL);
    float pad = ui_dim(ui, 20, 12, 14), box = ui_dim(ui, 46, 36, 40), h, dy;
    struct rect in, left;

    if (staff_row(ui, UI_ROLE_SWITCH, STR(vo_agree), r,
                  s->agreed ? UI_SELECTED | UI_CORRECT : 0, &dy))
        s->agreed = !s->agreed;
    in = rect_inset(r, pad, 0);
    in.y += dy;
    left = rect_cut_left(&in, box + pad);
    left.w = box;
    staff_check(ui, rect_centre(left, box, box), s->agreed);
    h = ui_text(ui, in, text_of(T_vo_agree_sub), small, 0, UI_LEFT);
    in.y += (in.h - bold.line - h) / 2;
    ui_text(ui, in, text_of(T_vo_agree), bold, INK, UI_LEFT);
    in.y += bold.line;
    ui_label(ui, UI_ROLE_TEXT, STR(vo_agree_sub), in, small, INK2, UI_LEFT);
}

static bool typing_frame(struct app *app, struct ui *ui, struct record_speaker *s)
{
    enum text_id asked = s->typed == s->name ? T_vo_alias : T_vo_place;

    if (!s->typed || !s->text.open)
        return false;
    (void)text_page_frame(app, ui, &s->text, text_key(asked), text_of(asked), s->typed,
                          RECORD_WORDS_MAX);
    return true;
}

/* True: the day is known now. */
static bool clock_frame(struct app *app, struct ui *ui, struct record_speaker *s)
{
    if (!clock_set_frame(app, ui, &s->clock))
        return false;
    s->sets_clock = false;
    return class_today(app) >= 0;
}

static bool begin(struct app *app, struct record_speaker *s)
{
    if (class_today(app) >= 0) {
        upkeep_note(app, AUDIT_PACK, text_key(T_au_e_voice), NULL);
        return true;
    }
    clock_set_begin(app, &s->clock);
    s->sets_clock = true;
    return false;
}

bool record_who_frame(struct app *app, struct ui *ui, struct record_speaker *s)
{
    bool whole = *s->name && *s->place && s->agreed;
    float row = ui_dim(ui, 108, 78, 104), gap = ui_dim(ui, 18, 10, 14);
    struct rect r, foot, go;

    if (s->sets_clock)
        return clock_frame(app, ui, s) && begin(app, s);
    if (typing_frame(app, ui, s))
        return false;
    r = desk_frame(app, ui, DESK_PACKS, text_key(T_vo_title), text_of(T_vo_title));
    foot = rect_cut_bottom(&r, ui_dim(ui, 80, 62, 76));
    foot.h -= LIP;
    field_row(ui, rect_cut_top(&r, row), s, T_vo_alias, T_vo_alias_sub, s->name);
    rect_cut_top(&r, gap);
    field_row(ui, rect_cut_top(&r, row), s, T_vo_place, T_vo_place_sub, s->place);
    rect_cut_top(&r, gap);
    agree_row(ui, rect_cut_top(&r, row + ui_dim(ui, 10, 10, 24)), s);
    go = rect_cut_right(&foot, staff_button_width(ui, text_of(T_vo_go), "mic"));
    foot.w -= gap;
    if (!whole)
        desk_say(ui, foot, text_of(T_vo_need), CHIP_SAND);
    return staff_button(ui, STR(vo_go), go, UI_BUTTON_PRIMARY, "mic",
                        whole ? 0 : UI_DISABLED) &&
           whole && begin(app, s);
}
