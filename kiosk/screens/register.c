/* Frame, foot and dialogs of a registration. */
#include "screens/register.h"

#include <string.h>

#include "app/people.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/desk.h"

#define STEPS 4
#define CODE_DIGITS 6

static const char *const pages[] = { "register_name", "register_details",
                                     "register_groups" };

bool register_open(struct app *app)
{
    if (app->registration.open && app_may(app, MAY_CHANGE_PEOPLE))
        return true;
    app_goto(app, app_people_home(app), 0);
    return false;
}

void register_say(struct register_page *p, enum text_id text, bool bad)
{
    p->said = text;
    p->has_said = true;
    p->bad = bad;
}

void register_draw_said(struct ui *ui, struct rect r, const struct register_page *p,
                        const char *fallback)
{
    struct ui_font font = staff_font(ui, STAFF_BODY);
    const char *text = p->has_said ? text_of(p->said) : fallback;
    uint32_t colour = p->has_said && p->bad ? SON : p->has_said ? LUA : INK2;

    if (!text)
        return;
    font.bold = p->has_said;
    staff_line(ui, r, text, font, colour);
    ui_node(ui, UI_ROLE_TEXT, p->has_said ? text_key(p->said) : "reg.note", text, r,
            p->has_said && p->bad ? UI_NOT_YET : 0);
}

struct rect register_frame(struct app *app, struct ui *ui, struct register_page *p,
                           enum text_id title, size_t step)
{
    bool back;
    struct rect body = desk_step(ui, T_reg_cancel, "close", text_key(title),
                                 text_of(title), step, STEPS, &back);

    (void)app;
    if (back && !p->giving_up && !p->claiming)
        p->giving_up = true;
    return body;
}

/* --- foot ----------------------------------------------------------------------------------- */

static float chip(struct ui *ui, const char *id, const char *text, float x, float y,
                  float right)
{
    struct ui_font font = { ui_dim(ui, 18, 16, 16), 0, true };

    if (x + ui_text_width(ui, text, font) + 34 > right)
        return x; /* no room: it stood on its own page */
    return x + staff_chip(ui, id, text, NULL, x, y, CHIP_SAND) + 10;
}

static void draw_chips(struct app *app, struct ui *ui, float x, float y, float right,
                       size_t step)
{
    struct registration *reg = &app->registration;
    const char *sex = !strcmp(reg->cohort.sex, "f")   ? text_of(T_reg_female)
                      : !strcmp(reg->cohort.sex, "m") ? text_of(T_reg_male)
                                                      : "";
    int year = registration_year(app);
    char name[PERSON_NAME_MAX];

    if (registration_name(app, name) == NAME_OK)
        x = chip(ui, "reg.chip#1", arena_strdup(ui_arena(ui), name), x, y, right);
    hash_wipe(name, sizeof(name));
    if (step > 2 && (year > 0 || *sex))
        x = chip(ui, "reg.chip#2",
                 arena_printf(ui_arena(ui), "%s%s%s",
                              year > 0 ? page_number(ui, year) : "",
                              year > 0 && *sex ? " · " : "", sex),
                 x, y, right);
    if (step > 3 && reg->cohort.thon[0])
        chip(ui, "reg.chip#3",
             app_list_name(app, COMMUNE_THON, reg->cohort.thon, ui_arena(ui)), x, y,
             right);
}

static float foot_width(struct ui *ui, enum text_id words, const char *icon)
{
    return staff_button_width(ui, text_of(words), icon) + ui_dim(ui, 44, 74, 10);
}

enum register_foot register_foot(struct app *app, struct ui *ui, struct rect *body,
                                 size_t step, bool last)
{
    float h = ui_dim(ui, 96, 76, 84), gap = ui_dim(ui, 18, 12, 10);
    struct rect r, prev;
    enum register_foot out = FOOT_NONE;

    rect_cut_bottom(body, ui_dim(ui, 14, 10, 6));
    r = rect_cut_bottom(body, h);
    rect_cut_bottom(body, ui_dim(ui, 18, 14, 10));
    prev = rect_cut_left(&r, foot_width(ui, T_reg_prev, "back"));
    rect_cut_left(&r, gap);
    if (staff_button(ui, STR(reg_prev), prev, UI_BUTTON_SECONDARY, "back", 0))
        out = FOOT_PREV;
    if (!last) {
        if (staff_button(ui, STR(reg_next),
                         rect_cut_right(&r, foot_width(ui, T_reg_next, "next")),
                         UI_BUTTON_PRIMARY, "next", 0))
            out = FOOT_NEXT;
        rect_cut_right(&r, gap);
    }
    draw_chips(app, ui, r.x, r.y + r.h / 2, r.x + r.w, step);
    if (out == FOOT_PREV)
        app_goto(app, pages[step >= 2 ? step - 2 : 0], 0);
    return out;
}

/* --- cards without a name ------------------------------------------------------------------ */

static void say_claim(struct register_page *p, enum card_verdict verdict)
{
    switch (verdict) {
    case CARD_BLANK:
        register_say(p, T_reg_claim_yes, false);
        return;
    case CARD_OURS:
        register_say(p, T_reg_claim_taken, true);
        return;
    case CARD_REVOKED:
        register_say(p, T_reg_claim_revoked, true);
        return;
    case CARD_VISITOR:
    case CARD_UNKNOWN:
    case CARD_STAFF:
        break;
    }
    register_say(p, T_reg_claim_unknown, true);
}

void register_claim_button(struct app *app, struct ui *ui, struct register_page *p,
                           struct rect r)
{
    bool has = app->registration.has_claim;

    if (staff_button(ui, STR(reg_claim), r, UI_BUTTON_SECONDARY, has ? "check" : "card",
                     0)) {
        p->claiming = true;
        hash_wipe(p->code, sizeof(p->code));
    }
}

static void draw_claim(struct app *app, struct ui *ui, struct register_page *p)
{
    struct rect page = ui_page(ui);
    struct rect at =
        rect_centre(page, ui_dim(ui, 620, 560, 500), ui_dim(ui, 720, 500, 720));
    struct ui_font head = staff_font(ui, STAFF_HEAD),
                   figure = staff_font(ui, STAFF_FIGURE);
    struct rect in, row;
    size_t n = strlen(p->code);
    char key;

    ui_fill_page(ui, SCRIM);
    ui_dialog_begin(ui, text_key(T_reg_claim_title), text_of(T_reg_claim_title), at);
    ui_shadow(ui, at, 28);
    ui_box(ui, at, &(struct ui_box_style){ .fill = SURFACE, .radius = 28 });
    in = rect_inset(at, ui_dim(ui, 32, 20, 24), ui_dim(ui, 26, 14, 20));
    rect_cut_top(&in, ui_text(ui, in, text_of(T_reg_claim_title), head, INK, UI_LEFT));
    row = rect_cut_top(&in, figure.line + 6);
    ui_text_middle(ui, row, *p->code ? p->code : "·····", figure, INK, UI_CENTRE);
    row = rect_cut_bottom(&in, ui_dim(ui, 72, 58, 66));
    rect_cut_bottom(&in, 10);
    key = staff_keypad(ui, in, NULL, NULL);
    if (key >= '0' && key <= '9' && n < CODE_DIGITS)
        p->code[n] = key;
    else if (key == '\b' && n)
        p->code[n - 1] = 0;
    if (staff_button(ui, "reg.claim.close", text_of(T_reg_prev), row,
                     UI_BUTTON_SECONDARY, "back", 0) ||
        ui_key(ui, UI_KEY_BACK))
        p->claiming = false;
    if (strlen(p->code) == CODE_DIGITS) {
        say_claim(p, registration_claim_code(app, p->code));
        hash_wipe(p->code, sizeof(p->code));
        p->claiming = false;
    }
    ui_dialog_end(ui);
}

void register_end(struct app *app, struct ui *ui, struct register_page *p)
{
    const char *scanned = app_is_covered(app) ? NULL : ui_scanned(ui);
    int answer;

    if (scanned) {
        say_claim(p, registration_claim(app, scanned));
        p->claiming = false;
    }
    if (p->claiming)
        draw_claim(app, ui, p);
    if (!p->giving_up)
        return;
    answer =
        desk_ask(ui, "reg.drop", text_of(T_reg_drop), text_of(T_reg_drop_text),
                 text_of(T_reg_drop_no), text_of(T_reg_drop_yes), UI_BUTTON_PRIMARY);
    if (answer)
        p->giving_up = false;
    if (answer > 0) {
        registration_wipe(app);
        app_goto(app, app_people_home(app), 0);
    }
}

/* --- the answer ----------------------------------------------------------------------------- */

void register_refuse(struct app *app)
{
    app_staff_leave(app); /* wipes the draft */
    app_visit_guest(app);
}

void register_finish(struct app *app, struct register_page *p)
{
    switch (registration_save(app)) {
    case ERR_OK:
        app_goto(app, "card", CARD_FRESH | CARD_OFFERS);
        return;
    case ERR_FULL:
        register_say(p, T_reg_e_full, true);
        return;
    case ERR_REJECTED:
        register_say(p, T_reg_e_rejected, true);
        return;
    case ERR_RETRY:
    case ERR_OFFLINE:
    case ERR_CORRUPT:
        break;
    }
    register_say(p, T_reg_e_save, true);
}

void register_line(struct ui *ui, struct rect r, enum text_id id, const char *icon,
                   uint32_t colour)
{
    struct ui_font font = { ui_dim(ui, 27, 20, 22), ui_dim(ui, 37, 26, 29), false };
    float pad = ui_dim(ui, 22, 12, 14), glyph = ui_dim(ui, 56, 38, 42);
    const char *text = page_say(ui, id);
    struct rect in = rect_inset(r, pad, 4);

    staff_panel(ui, r);
    ui_icon(ui, rect_centre(rect_cut_left(&in, glyph), glyph, glyph), icon, colour);
    rect_cut_left(&in, ui_dim(ui, 20, 12, 12));
    ui_text_middle(ui, in, text, font, INK, UI_LEFT);
    ui_node(ui, UI_ROLE_TEXT, text_key(id), text, r, 0);
}

bool register_choice(struct ui *ui, const char *id, const char *text, struct rect r,
                     bool chosen, const char *icon)
{
    struct ui_font font = { ui_dim(ui, icon ? 23 : 28, icon ? 19 : 22, 21),
                            ui_dim(ui, icon ? 29 : 36, icon ? 24 : 29, 27), true };
    float dy = 0, glyph = ui_dim(ui, 40, 30, 32), pad = ui_dim(ui, 14, 10, 10);
    bool tapped =
        staff_row(ui, UI_ROLE_CHOICE, id, text, r, chosen ? UI_SELECTED : 0, &dy);
    struct rect in = rect_inset(r, pad, 4), at;

    in.y += dy;
    if (icon) {
        at = rect_cut_left(&in, glyph);
        ui_icon(ui, rect_centre(at, glyph, glyph), icon, INDIGO);
        rect_cut_left(&in, ui_dim(ui, 12, 8, 8));
        if (chosen) {
            at = rect_cut_right(&in, glyph * 0.8F);
            ui_icon(ui, rect_centre(at, glyph * 0.8F, glyph * 0.8F), "check", INDIGO);
        }
    }
    ui_text_middle(ui, in, text, font, INK, icon ? UI_LEFT : UI_CENTRE);
    return tapped;
}
