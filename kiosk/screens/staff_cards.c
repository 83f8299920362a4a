/* Sheets of ten cards (p02): of the open class, of a thôn, and blank ones ahead. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/class_day.h"
#include "app/lists.h"
#include "app/paper.h"
#include "app/people.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/card_paper.h"
#include "screens/desk.h"
#include "screens/screens.h"

#define ON_SHEET 10
#define CARDS_MAX 500
#define STEP 64 /* people read at once */

struct cards_state {
    size_t thon;   /* of the list */
    size_t sheets; /* blank ones */
    enum text_id said;
    bool has_said;
};

static void cards_enter(struct app *app, void *state, size_t arg)
{
    struct cards_state *s = state;

    (void)arg;
    s->sheets = 1;
    app_class_refresh(app);
    printing_forget(&app->printing);
}

/* --- whose ------------------------------------------------------------------------------------ */

struct sheet {
    struct paper_card *cards; /* CARDS_MAX of them */
    size_t n;
};

static void add(struct app *app, struct ui *ui, struct sheet *sheet,
                const struct people_entry *e)
{
    struct person_record r = { .details = { .year = e->year } };
    struct paper_card *c = &sheet->cards[sheet->n];

    if (sheet->n == CARDS_MAX || app_card_text(app, e->token, c->qr))
        return;
    snprintf(r.cohort.thon, sizeof(r.cohort.thon), "%s", e->thon);
    c->name = e->name;
    c->about = paper_about(app, ui, &r);
    memcpy(c->code, e->code, sizeof(c->code));
    sheet->n++;
}

static void add_class(struct app *app, struct ui *ui, struct sheet *sheet)
{
    struct class_person *list = check_alloc(CLASS_MAX * sizeof(*list));
    const struct people_entry *e;
    size_t n = 0;

    if (!class_people(app, list, &n))
        for (size_t i = 0; i < n; i++) {
            e = class_entry(app, list[i].token);
            if (e)
                add(app, ui, sheet, e);
        }
    free(list);
}

static void add_thon(struct app *app, struct ui *ui, struct sheet *sheet,
                     const char *thon)
{
    const struct people_entry *list[STEP];
    size_t all = people_index_size(app->desk.index);

    for (size_t from = 0; from < all; from += STEP) {
        people_all(app->desk.index, from, list, STEP);
        for (size_t i = 0; i < STEP && from + i < all; i++)
            if (!strcmp(list[i]->thon, thon))
                add(app, ui, sheet, list[i]);
    }
}

static void print(struct app *app, struct ui *ui, struct cards_state *s,
                  const struct sheet *sheet, const char *group, const char *file)
{
    struct paper_place place = paper_place_here(app, ui, group);
    struct buf json;

    s->has_said = !sheet->n;
    s->said = T_sh_failed;
    if (!sheet->n)
        return;
    buf_init(&json, PAPER_BYTES);
    paper_cards(&place, sheet->cards, sheet->n, &json);
    paper_print(app, &json, file);
}

static void print_named(struct app *app, struct ui *ui, struct cards_state *s,
                        const struct list_entry *thon)
{
    struct sheet sheet = { .cards = check_alloc(CARDS_MAX * sizeof(*sheet.cards)) };

    if (thon)
        add_thon(app, ui, &sheet, thon->code);
    else
        add_class(app, ui, &sheet);
    print(app, ui, s, &sheet, thon ? thon->words : app->desk.klass.plan.place,
          thon ? "the-thon.pdf" : "the-lop.pdf");
    hash_wipe(sheet.cards, CARDS_MAX * sizeof(*sheet.cards));
    free(sheet.cards);
}

static void print_blank(struct app *app, struct ui *ui, struct cards_state *s)
{
    size_t n = s->sheets * ON_SHEET;
    struct person_card *blank = check_alloc(BLANK_MAX * sizeof(*blank));
    struct sheet sheet = { .cards = check_alloc(CARDS_MAX * sizeof(*sheet.cards)) };

    if (!app_blank_cards(app, n, blank))
        for (size_t i = 0; i < n; i++) {
            struct paper_card *c = &sheet.cards[sheet.n];

            *c = (struct paper_card){ .name = "", .about = "" };
            memcpy(c->code, blank[i].code, sizeof(c->code));
            if (!app_card_text(app, blank[i].token, c->qr))
                sheet.n++;
        }
    print(app, ui, s, &sheet, "", "the-trang.pdf");
    hash_wipe(blank, BLANK_MAX * sizeof(*blank));
    hash_wipe(sheet.cards, CARDS_MAX * sizeof(*sheet.cards));
    free(sheet.cards);
    free(blank);
}

/* --- panels ----------------------------------------------------------------------------------- */

static struct rect open_panel(struct ui *ui, struct rect r, enum text_id title)
{
    struct ui_font head = staff_font(ui, STAFF_HEAD);

    staff_panel(ui, r);
    r = rect_inset(r, ui_dim(ui, 22, 14, 16), ui_dim(ui, 16, 8, 12));
    ui_label(ui, UI_ROLE_TEXT, text_key(title), text_of(title),
             rect_cut_top(&r, head.line + 4), head, INK, UI_LEFT);
    return r;
}

static bool print_button(struct app *app, struct ui *ui, struct rect *r, const char *id)
{
    float w = ui_dim(ui, 190, 130, 150), h = ui_dim(ui, 76, 58, 70);
    struct rect at = rect_centre(rect_cut_right(r, w), w, h < r->h - 6 ? h : r->h - 6);
    bool busy = printing_busy(&app->printing);

    rect_cut_right(r, 16);
    return staff_button(ui, id, text_of(T_sh_print), at, UI_BUTTON_PRIMARY, "print",
                        busy ? UI_DISABLED : 0) &&
           !busy;
}

static void draw_class(struct app *app, struct cards_state *s, struct ui *ui,
                       struct rect r)
{
    struct ui_font font = staff_font(ui, STAFF_BODY);
    enum text_id why = !app->desk.klass.seq ? T_sh_no_class : T_sh_locked;

    r = open_panel(ui, r, T_sh_class);
    if (!app->desk.klass.seq || !app->desk.index) {
        ui_label(ui, UI_ROLE_TEXT, text_key(why), text_of(why), r, font, INK2, UI_LEFT);
        return;
    }
    if (print_button(app, ui, &r, "sh.print#1"))
        print_named(app, ui, s, NULL);
    staff_line(ui, r, app->desk.klass.plan.place, font, INK2);
}

static void draw_thon(struct app *app, struct cards_state *s, struct ui *ui,
                      struct rect r)
{
    struct list_entry *list;
    size_t n = 0;
    int step;

    r = open_panel(ui, r, T_sh_thon);
    if (list_read(app->db, LIST_THON, ui_arena(ui), &list, &n) || !n ||
        !app->desk.index) {
        ui_label(ui, UI_ROLE_TEXT, STR(sh_locked), r, staff_font(ui, STAFF_BODY), INK2,
                 UI_LEFT);
        return;
    }
    s->thon = s->thon < n ? s->thon : 0;
    if (print_button(app, ui, &r, "sh.print#2"))
        print_named(app, ui, s, &list[s->thon]);
    step = staff_stepper(ui, "sh.thon.at", text_of(T_sh_thon), list[s->thon].words,
                         rect_inset(r, 0, 4));
    s->thon = (s->thon + n + (size_t)step) % n;
}

static void draw_blank(struct app *app, struct cards_state *s, struct ui *ui,
                       struct rect r)
{
    struct ui_font small = staff_font(ui, STAFF_SMALL);
    const char *value;
    int step;

    r = open_panel(ui, r, T_sh_blank);
    ui_label(ui, UI_ROLE_TEXT, STR(sh_blank_p),
             rect_cut_top(&r, ui_text(ui, r, text_of(T_sh_blank_p), small, 0, UI_LEFT)),
             small, INK2, UI_LEFT);
    if (print_button(app, ui, &r, "sh.print#3"))
        print_blank(app, ui, s);
    value = text_fill(ui_arena(ui), text_of(T_sh_sheets), "to",
                      page_number(ui, (long long)s->sheets), "n",
                      page_number(ui, (long long)(s->sheets * ON_SHEET)), NULL);
    step =
        staff_stepper(ui, "sh.sheets", text_of(T_sh_blank), value, rect_inset(r, 0, 4));
    if (step > 0 && s->sheets < BLANK_MAX / ON_SHEET)
        s->sheets++;
    else if (step < 0 && s->sheets > 1)
        s->sheets--;
}

/* To what lessons give to take home. */
static void draw_door(struct app *app, struct ui *ui, struct rect *foot)
{
    float w = staff_button_width(ui, text_of(T_ts_door), "print");
    struct rect at = rect_cut_right(foot, w);

    rect_cut_right(foot, 16);
    at.y += 8;
    at.h -= 8;
    if (app->pack &&
        staff_button(ui, STR(ts_door), at, UI_BUTTON_SECONDARY, "print", 0))
        app_goto(app, "sheets", 0);
}

static void cards_frame(struct app *app, void *state, struct ui *ui)
{
    struct cards_state *s = state;
    struct rect body = desk_frame(app, ui, DESK_CARDS, STR(sh_title)), said;
    float gap = ui_dim(ui, 16, 8, 12), h;

    if (!app_may(app, MAY_CHANGE_PEOPLE)) {
        app_goto(app, app_people_home(app), 0);
        return;
    }
    said = rect_cut_bottom(&body, ui_dim(ui, 66, 56, 66));
    draw_door(app, ui, &said);
    h = (body.h - 2 * gap) / 3.2F;
    draw_class(app, s, ui, rect_cut_top(&body, h));
    rect_cut_top(&body, gap);
    draw_thon(app, s, ui, rect_cut_top(&body, h));
    rect_cut_top(&body, gap);
    draw_blank(app, s, ui, body);
    rect_cut_top(&said, 8);
    if (s->has_said)
        ui_label(ui, UI_ROLE_TEXT, text_key(s->said), text_of(s->said), said,
                 staff_font(ui, STAFF_BODY), SON, UI_LEFT);
    else
        paper_state(app, ui, said);
}

const struct screen screen_cards = { .name = "cards",
                                     .state_size = sizeof(struct cards_state),
                                     .enter = cards_enter,
                                     .frame = cards_frame };
