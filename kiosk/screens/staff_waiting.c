/* People who need a look: maybe registered twice while names were locked, or long away.
 * From the search; nothing is done before a question is answered. */
#include "app/people.h"
#include "app/waiting_people.h"
#include "screens/bar.h"
#include "screens/card_paper.h"
#include "screens/desk.h"
#include "screens/office.h"
#include "screens/screens.h"

struct waiting_state {
    struct waiting_person *rows[WAITING_KINDS];
    size_t n[WAITING_KINDS], first;
    enum waiting_kind kind;
    bool asking;
    struct waiting_person asked;
    enum text_id said; /* T_COUNT: nothing */
    bool bad;
};

static void look(struct app *app, struct waiting_state *s)
{
    for (int i = 0; i < WAITING_KINDS; i++)
        s->n[i] = app_waiting_people(app, (enum waiting_kind)i, &app->nav.page_arena,
                                     &s->rows[i]);
}

static void waiting_enter(struct app *app, void *state, size_t arg)
{
    struct waiting_state *s = state;

    (void)arg;
    s->said = T_COUNT;
    look(app, s);
    s->kind = s->n[WAITING_ALIKE] || !s->n[WAITING_AWAY] ? WAITING_ALIKE : WAITING_AWAY;
}

static void done(struct app *app, struct waiting_state *s, enum err err,
                 enum text_id words)
{
    s->bad = err != ERR_OK;
    s->said = err ? T_pe_failed : words;
    look(app, s);
}

/* --- rows ----------------------------------------------------------------------------- */

static bool row_button(struct ui *ui, struct rect *r, enum text_id word, size_t i)
{
    float w = staff_button_width(ui, text_of(word), NULL), h = ui_dim(ui, 62, 58, 60);
    struct rect at = rect_centre(rect_cut_right(r, w), w, h);

    rect_cut_right(r, ui_dim(ui, 12, 8, 10));
    return staff_button(ui, text_key_n(ui_arena(ui), word, i + 1), text_of(word), at,
                        UI_BUTTON_SECONDARY, NULL, 0);
}

/* The name in bold; year, thôn and card below. */
static void draw_words(struct ui *ui, struct rect r, const char *name,
                       const char *about)
{
    struct ui_font bold = staff_font(ui, STAFF_BOLD),
                   small = staff_font(ui, STAFF_SMALL);

    r = rect_centre(r, r.w, bold.line + small.line);
    staff_line(ui, rect_cut_top(&r, bold.line), name, bold, INK);
    staff_line(ui, r, about, small, INK2);
}

static void draw_person(struct app *app, struct waiting_state *s, struct ui *ui,
                        struct rect r, const struct waiting_person *w, size_t i)
{
    const struct people_entry *who = people_entry_of(app->desk.index, w->who);
    const struct people_entry *like =
        s->kind == WAITING_ALIKE ? people_entry_of(app->desk.index, w->like) : NULL;
    bool por = ui_panel(ui) == PANEL_POR, may = app_may(app, MAY_CHANGE_PEOPLE);
    struct rect in = rect_inset(r, ui_dim(ui, 18, 10, 12), 0), keys = in;

    if (!who || (s->kind == WAITING_ALIKE && !like))
        return;
    staff_panel(ui, r);
    ui_node(ui, UI_ROLE_ROW, text_key_n(ui_arena(ui), T_lw_row, i + 1), who->name, r,
            0);
    if (por && may)
        keys = rect_cut_bottom(&in, 76);
    if (may && like && row_button(ui, por ? &keys : &in, T_lw_same, i)) {
        s->asked = *w;
        s->asking = true;
    }
    if (may && like && row_button(ui, por ? &keys : &in, T_lw_other, i))
        done(app, s, app_waiting_other(app, w->who), T_lw_two);
    if (may && !like && row_button(ui, por ? &keys : &in, T_lw_open, i)) {
        app_select_person(app, w->who);
        app_goto(app, "person_edit", 0);
    }
    if (may && !like && row_button(ui, por ? &keys : &in, T_lw_keep, i))
        done(app, s, app_waiting_keep(app, w->who), T_lw_kept);
    draw_words(ui, like ? rect_cut_left(&in, in.w / 2) : in, who->name,
               paper_entry(app, ui, who));
    if (like)
        draw_words(ui, in, like->name, paper_entry(app, ui, like));
}

static void draw_list(struct app *app, struct waiting_state *s, struct ui *ui,
                      struct rect r)
{
    float h = ui_dim(ui, 84, 72, app_may(app, MAY_CHANGE_PEOPLE) ? 150 : 76);
    float gap = ui_dim(ui, 12, 8, 10);
    size_t n = s->n[s->kind], fit = (size_t)((r.h + gap) / (h + gap)), shown;
    int turn;

    if (!n)
        ui_label(ui, UI_ROLE_TEXT, STR(lw_none), r, staff_font(ui, STAFF_BODY), INK2,
                 UI_LEFT);
    s->first = s->first < n ? s->first : 0;
    if (n > fit) {
        struct rect foot = rect_cut_bottom(&r, ui_dim(ui, 62, 52, 60));

        rect_cut_bottom(&r, gap);
        fit = (size_t)((r.h + gap) / (h + gap));
        fit = fit < 1 ? 1 : fit;
        shown = n - s->first < fit ? n - s->first : fit;
        turn = staff_pager(ui, foot, s->first, shown, n, NULL);
        if (turn > 0 && s->first + fit < n)
            s->first += fit;
        else if (turn < 0)
            s->first = s->first > fit ? s->first - fit : 0;
    }
    for (size_t i = s->first; i < s->n[s->kind] && i < s->first + fit; i++) {
        draw_person(app, s, ui, rect_cut_top(&r, h), &s->rows[s->kind][i], i);
        rect_cut_top(&r, gap);
    }
}

/* --- page ----------------------------------------------------------------------------- */

static void draw_tabs(struct app *app, struct waiting_state *s, struct ui *ui,
                      struct rect r)
{
    static const enum text_id words[WAITING_KINDS] = { T_lw_alike, T_lw_away };
    const char *ids[WAITING_KINDS], *labels[WAITING_KINDS];
    struct rect back =
        rect_cut_right(&r, staff_button_width(ui, text_of(T_of_back), "back"));
    int tapped;

    for (int i = 0; i < WAITING_KINDS; i++) {
        ids[i] = text_key(words[i]);
        labels[i] = text_fill(ui_arena(ui), text_of(words[i]), "n",
                              page_number(ui, (long long)s->n[i]), NULL);
    }
    back.h -= LIP;
    if (staff_button(ui, STR(of_back), back, UI_BUTTON_SECONDARY, "back", 0))
        app_goto(app, "search", 0);
    r.w = staff_segments_width(ui, labels, WAITING_KINDS);
    tapped = staff_segments(ui, r, ids, labels, WAITING_KINDS, s->kind);
    if (tapped < 0)
        return;
    s->kind = (enum waiting_kind)tapped;
    s->first = 0;
    s->said = T_COUNT;
}

static void draw_foot(struct app *app, struct waiting_state *s, struct ui *ui,
                      struct rect r)
{
    long months = app->settings.value[SETTING_KEEP_MONTHS];

    if (s->said != T_COUNT)
        desk_say(ui, r, text_of(s->said), s->bad ? CHIP_SON : CHIP_LUA);
    else if (s->kind == WAITING_ALIKE)
        office_note(ui, r, STR(lw_alike_note));
    else
        office_note(ui, r, text_key(T_lw_away_note),
                    text_fill(ui_arena(ui), text_of(T_lw_away_note), "n",
                              page_number(ui, months), NULL));
}

static void draw_asking(struct app *app, struct waiting_state *s, struct ui *ui)
{
    const struct people_entry *a = people_entry_of(app->desk.index, s->asked.like);
    const struct people_entry *b = people_entry_of(app->desk.index, s->asked.who);
    int answer;

    if (!a || !b) {
        s->asking = false;
        return;
    }
    answer = desk_ask_same(ui, a->name, b->name);
    if (answer)
        s->asking = false;
    if (answer > 0)
        done(app, s, app_waiting_same(app, &s->asked), T_lw_merged);
}

static void waiting_frame(struct app *app, void *state, struct ui *ui)
{
    struct waiting_state *s = state;
    struct rect r, tabs, foot;

    if (!app_may(app, MAY_SEE_PEOPLE) || !app->desk.index) {
        app_goto(app, app_people_home(app), 0);
        return;
    }
    r = desk_frame(app, ui, DESK_FIND, text_key(T_lw_title), text_of(T_lw_title));
    tabs = rect_cut_top(&r, ui_dim(ui, 60, 50, 56));
    rect_cut_top(&r, ui_dim(ui, 12, 6, 8));
    foot = rect_cut_bottom(&r, ui_dim(ui, 56, 46, 68));
    rect_cut_bottom(&r, 6);
    draw_tabs(app, s, ui, tabs);
    draw_foot(app, s, ui, foot);
    draw_list(app, s, ui, r);
    if (s->asking)
        draw_asking(app, s, ui);
}

const struct screen screen_waiting = { .name = "waiting",
                                       .shows_names = true,
                                       .state_size = sizeof(struct waiting_state),
                                       .enter = waiting_enter,
                                       .frame = waiting_frame };
