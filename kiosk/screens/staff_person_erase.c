/* Erasing: a question, the PIN, and the receipt without a name (v14). */
#include <string.h>

#include "app/paper.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/card_paper.h"
#include "screens/person_edit.h"

#define MINUTE_MS 60000
#define ZONE_MINUTES (7 * 60)

static void erase(struct app *app, struct edit_state *s)
{
    memcpy(s->erased_code, s->record.code, sizeof(s->erased_code));
    if (app_person_erase(app, &s->receipt)) {
        edit_say(s, T_ed_er_failed, true);
        return;
    }
    hash_wipe(&s->record, sizeof(s->record));
    s->erased = true;
}

void edit_erase_dialogs(struct app *app, struct ui *ui, struct edit_state *s)
{
    int answer;

    if (s->pin_open) {
        answer = desk_pin(app, ui, &s->pin);
        if (answer)
            s->pin_open = false;
        if (answer > 0)
            erase(app, s);
        return;
    }
    if (!s->asking)
        return;
    answer = desk_ask(ui, "ed.er", text_of(T_ed_er_ask), text_of(T_ed_er_p),
                      text_of(T_find_same_no), text_of(T_ed_er_go), UI_BUTTON_DANGER);
    if (answer)
        s->asking = false;
    if (answer > 0) {
        hash_wipe(&s->pin, sizeof(s->pin));
        s->pin_open = true;
    }
}

/* --- receipt --------------------------------------------------------------------------------- */

static const char *when(struct ui *ui, const struct erase_receipt *r)
{
    int64_t minute = r->wall_ms / MINUTE_MS + ZONE_MINUTES;
    int year, month, day;

    if (!r->wall_ms)
        return text_of(T_rc_unsure);
    clock_day_civil(clock_day(r->wall_ms), &year, &month, &day);
    return arena_printf(ui_arena(ui), "%02d:%02d, %d/%d/%d", (int)(minute / 60 % 24),
                        (int)(minute % 60), day, month, year);
}

struct pair {
    enum text_id label;
    const char *value;
};

static struct ui_font pair_font(const struct ui *ui, bool bold)
{
    return (struct ui_font){ ui_dim(ui, 22, 16, 18), ui_dim(ui, 31, 22, 25), bold };
}

/* Draws it from the top of *r, or only says its height when `measured`. */
static float draw_pair(struct ui *ui, struct rect *r, const struct pair *p,
                       bool measured)
{
    struct rect row = *r;
    float h;

    rect_cut_left(&row, ui_dim(ui, 162, 114, 120));
    h = ui_text(ui, row, p->value, pair_font(ui, true), measured ? 0 : INK, UI_LEFT);
    row.h = h;
    h += ui_dim(ui, 8, 3, 5);
    if (measured)
        return h;
    ui_node(ui, UI_ROLE_TEXT, text_key(p->label), p->value, row, 0);
    ui_text(ui, *r, text_of(p->label), pair_font(ui, false), INK2, UI_LEFT);
    rect_cut_top(r, h);
    return h;
}

/* The paper as tall as what stands on it, in the middle of `r`. */
static void draw_paper(struct app *app, struct ui *ui, struct rect r,
                       const struct edit_state *s)
{
    struct ui_font head = { ui_dim(ui, 29, 21, 24), ui_dim(ui, 36, 26, 30), true };
    struct ui_font small = { ui_dim(ui, 19, 14, 16), ui_dim(ui, 26, 19, 22), false };
    const struct pair pairs[] = {
        { T_rc_no, s->receipt.number },
        { T_rc_at, when(ui, &s->receipt) },
        { T_f_card, paper_code(ui, s->erased_code) },
        { T_rc_what, text_of(T_rc_list) },
        { T_rc_keep, text_of(T_rc_kept) },
        { T_rc_by, app->desk.who.alias },
    };
    float dx = ui_dim(ui, 32, 18, 20), dy = ui_dim(ui, 26, 12, 16);
    struct rect in = rect_inset(r, dx, dy);
    float h = 2 * dy + small.line + head.line + 10;

    for (size_t i = 0; i < COUNT(pairs); i++)
        h += draw_pair(ui, &in, &pairs[i], true);
    h += ui_text(ui, in, text_of(T_rc_else), small, 0, UI_LEFT);
    r = rect_centre(r, r.w, h < r.h ? h : r.h);
    ui_shadow(ui, r, 10);
    ui_box(ui, r,
           &(struct ui_box_style){
               .fill = SURFACE, .border = LINE, .line = 2, .radius = 10 });
    in = rect_inset(r, dx, dy);
    staff_line(ui, rect_cut_top(&in, small.line),
               text_fill(ui_arena(ui), text_of(T_pp_org), "noi",
                         app_commune(app, ui_arena(ui)), NULL),
               small, INK2);
    ui_label(ui, UI_ROLE_TITLE, "rc.title", text_of(T_pp_receipt),
             rect_cut_top(&in, head.line + 10), head, INK, UI_LEFT);
    for (size_t i = 0; i < COUNT(pairs); i++)
        draw_pair(ui, &in, &pairs[i], false);
    ui_label(ui, UI_ROLE_TEXT, STR(rc_else), in, small, INK2, UI_LEFT);
}

static void print_receipt(struct app *app, struct ui *ui, const struct edit_state *s)
{
    struct paper_place place = paper_place_here(app, ui, "");
    struct buf json;

    buf_init(&json, PAPER_BYTES);
    paper_receipt(&place, &s->receipt, app->desk.who.alias, &json);
    paper_print(app, &json, "giay-bao-da-xoa.pdf");
}

void edit_receipt_frame(struct app *app, struct ui *ui, struct edit_state *s)
{
    struct rect body = desk_frame(app, ui, DESK_FIND, NULL, NULL), paper, row;
    struct ui_font head = staff_font(ui, STAFF_TITLE),
                   font = staff_font(ui, STAFF_BODY);
    float h = ui_dim(ui, 76, 60, 72), gap = ui_dim(ui, 14, 8, 10);
    float glyph = ui_dim(ui, 60, 40, 48), h_all;

    if (ui_panel(ui) == PANEL_POR) {
        paper = rect_cut_top(&body, body.h * 0.5F);
        rect_cut_top(&body, 20);
    } else {
        paper = rect_cut_left(&body, ui_dim(ui, 560, 430, 0));
        rect_cut_left(&body, ui_dim(ui, 30, 16, 0));
        h_all = glyph + 2 * h + 3 * gap +
                ui_text(ui, body, text_of(T_rc_p), font, 0, UI_LEFT);
        rect_cut_top(&body, (body.h - h_all) / 2);
    }
    draw_paper(app, ui, paper, s);
    row = rect_cut_top(&body, glyph);
    ui_icon(ui, rect_cut_left(&row, glyph), "check", LUA);
    rect_cut_left(&row, 14);
    ui_text_middle(ui, row, text_of(T_rc_done), head, LUA, UI_LEFT);
    ui_node(ui, UI_ROLE_TITLE, STR(rc_done), row, 0);
    rect_cut_top(&body, gap);
    ui_label(ui, UI_ROLE_TEXT, STR(rc_p),
             rect_cut_top(&body, ui_text(ui, body, text_of(T_rc_p), font, 0, UI_LEFT)),
             font, INK, UI_LEFT);
    rect_cut_top(&body, gap);
    if (staff_button(ui, STR(rc_print), rect_cut_top(&body, h), UI_BUTTON_PRIMARY,
                     "print", 0))
        print_receipt(app, ui, s);
    rect_cut_top(&body, gap);
    if (staff_button(ui, STR(rc_ok), rect_cut_top(&body, h), UI_BUTTON_SECONDARY,
                     "check", 0))
        app_goto(app, "search", 0);
    rect_cut_top(&body, gap);
    paper_state(app, ui, body);
}
