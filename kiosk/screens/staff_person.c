/* Beside correcting: VNeID status by word, sight or list; a new card for a lost one; two
 * entries that are one person, and taking that back for 30 days. */
#include <stdio.h>
#include <string.h>

#include "app/lists.h"
#include "app/people.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/card_paper.h"
#include "screens/desk.h"
#include "screens/screens.h"

#define MERGES_SHOWN 2

struct person_state {
    struct person_record record;
    struct vneid vneid;
    bool known, asking_card;
    enum text_id said;
    bool has_said, bad;
};

static const char *const source_ids[] = { "pe.said", "pe.seen", "pe.list" };
static const char *const status_ids[] = { "pe.v0", "pe.v1", "pe.v2", "pe.v3" };
static const char *const status_codes[] = { "v0", "v1", "v2", "v3" };
static const enum text_id statuses[] = { T_li_v0, T_li_v1, T_li_v2, T_li_v3 };
#define N_STATUSES 4

static void load(struct app *app, struct person_state *s)
{
    s->known = !app_person_read(app, &s->record) && !app_person_vneid(app, &s->vneid);
    if (!s->vneid.source)
        s->vneid.source = VNEID_SAID;
}

static void person_enter(struct app *app, void *state, size_t arg)
{
    (void)arg;
    load(app, state);
}

static void said(struct app *app, struct person_state *s, enum err err)
{
    s->has_said = true;
    s->bad = err != ERR_OK;
    s->said = err ? T_pe_failed : T_pe_set;
    load(app, s);
}

static void draw_vneid(struct app *app, struct person_state *s, struct ui *ui,
                       struct rect r)
{
    const char *const sources[] = { text_of(T_pe_said), text_of(T_pe_seen),
                                    text_of(T_pe_list) };
    struct ui_font head = staff_font(ui, STAFF_HEAD),
                   small = staff_font(ui, STAFF_SMALL);
    float h = ui_dim(ui, 62, 48, 58), gap = ui_dim(ui, 12, 6, 8);
    int source;

    staff_panel(ui, r);
    r = rect_inset(r, ui_dim(ui, 20, 12, 14), ui_dim(ui, 14, 6, 10));
    ui_label(ui, UI_ROLE_TEXT, STR(pe_vneid), rect_cut_top(&r, head.line), head, INK,
             UI_LEFT);
    ui_label(ui, UI_ROLE_TEXT, STR(pe_how), rect_cut_top(&r, small.line), small, INK2,
             UI_LEFT);
    source = staff_segments(ui, rect_cut_top(&r, h), source_ids, sources, 3,
                            (size_t)s->vneid.source - VNEID_SAID);
    if (source >= 0)
        s->vneid.source = (enum vneid_source)(VNEID_SAID + source);
    for (size_t i = 0; i < N_STATUSES; i++) {
        float dy = 0;
        bool on = !strcmp(s->vneid.status, status_codes[i]);
        struct rect row;

        rect_cut_top(&r, gap);
        row = rect_cut_top(&r, h);
        if (staff_row(ui, UI_ROLE_CHOICE, status_ids[i], text_of(statuses[i]), row,
                      on ? UI_SELECTED : 0, &dy))
            said(app, s,
                 app_person_set_vneid(app, status_codes[i], (int)s->vneid.source));
        row = rect_inset(row, 18, 0);
        row.y += dy;
        staff_radio(ui, rect_centre(rect_cut_left(&row, 28), 28, 28), on);
        rect_cut_left(&row, 14);
        staff_line(ui, row, text_of(statuses[i]), staff_font(ui, STAFF_BODY), INK);
    }
}

static void draw_merges(struct app *app, struct person_state *s, struct ui *ui,
                        struct rect r)
{
    float h = ui_dim(ui, 66, 52, 62), gap = ui_dim(ui, 12, 8, 8);
    struct people_merged *list;
    size_t n = app_person_merges(app, ui_arena(ui), &list);

    for (size_t i = 0; i < n && i < MERGES_SHOWN; i++) {
        const char *days =
            list[i].days_left < 0 ? "?" : page_number(ui, list[i].days_left);

        if (staff_button(ui, text_key_n(ui_arena(ui), T_pe_undo, i + 1),
                         text_fill(ui_arena(ui), text_of(T_pe_undo), "n", days, NULL),
                         rect_cut_top(&r, h), UI_BUTTON_SECONDARY, "undo", 0)) {
            said(app, s, app_person_unmerge(app, list[i].seq));
            return;
        }
        rect_cut_top(&r, gap);
    }
    if (s->has_said)
        ui_label(ui, UI_ROLE_TEXT, text_key(s->said), text_of(s->said), r,
                 staff_font(ui, STAFF_BODY), s->bad ? SON : LUA, UI_LEFT);
}

static void draw_actions(struct app *app, struct person_state *s, struct ui *ui,
                         struct rect r)
{
    float h = ui_dim(ui, 72, 56, 66), gap = ui_dim(ui, 14, 8, 10);
    bool may = app_may(app, MAY_CHANGE_PEOPLE);

    if (staff_button(ui, STR(find_card), rect_cut_top(&r, h), UI_BUTTON_SECONDARY,
                     "print", 0))
        app_goto(app, "card", 0);
    rect_cut_top(&r, gap);
    if (may && staff_button(ui, STR(pe_card), rect_cut_top(&r, h), UI_BUTTON_SECONDARY,
                            "card", 0))
        s->asking_card = true;
    rect_cut_top(&r, gap);
    if (may && staff_button(ui, STR(find_pic), rect_cut_top(&r, h), UI_BUTTON_SECONDARY,
                            "pic", 0)) {
        enum err err = app_pictures_begin(app, "person", 0);

        if (err)
            said(app, s, err);
    }
    rect_cut_top(&r, gap);
    if (may && staff_button(ui, STR(pe_merge), rect_cut_top(&r, h), UI_BUTTON_SECONDARY,
                            "users", 0))
        app_goto(app, "search", 1);
    rect_cut_top(&r, gap);
    if (staff_button(ui, STR(find_edit), rect_cut_top(&r, h), UI_BUTTON_SECONDARY,
                     "edit", 0))
        app_goto(app, "person_edit", 0);
    rect_cut_top(&r, gap);
    draw_merges(app, s, ui, r);
}

static void ask_card(struct app *app, struct person_state *s, struct ui *ui)
{
    int answer =
        desk_ask(ui, "pe.card", text_of(T_pe_card_ask), text_of(T_pe_card_text),
                 text_of(T_find_same_no), text_of(T_pe_card_yes), UI_BUTTON_DANGER);

    if (answer)
        s->asking_card = false;
    if (answer <= 0)
        return;
    if (app_person_reissue(app))
        said(app, s, ERR_CORRUPT);
    else
        app_goto(app, "card", 0);
}

static void person_frame(struct app *app, void *state, struct ui *ui)
{
    struct person_state *s = state;
    const char *name =
        *s->record.details.name ? s->record.details.name : text_of(T_card_sealed);
    struct rect body = desk_frame(app, ui, DESK_FIND, "person.name", name), left;
    float gap = ui_dim(ui, 16, 10, 12);

    if (!s->known) {
        app_goto(app, app_people_home(app), 0);
        return;
    }
    if (ui_panel(ui) == PANEL_POR) {
        left = rect_cut_top(&body, body.h * 0.5F);
        rect_cut_top(&body, gap);
    } else {
        left = rect_cut_left(&body, (body.w - gap) * 0.52F);
        rect_cut_left(&body, gap);
    }
    draw_vneid(app, s, ui, left);
    draw_actions(app, s, ui, body);
    if (s->asking_card)
        ask_card(app, s, ui);
}

const struct screen screen_person = { .name = "person",
                                      .shows_names = true,
                                      .state_size = sizeof(struct person_state),
                                      .enter = person_enter,
                                      .frame = person_frame };
