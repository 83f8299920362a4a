/* The program itself: what runs, how the last update ended, and a newer one on a stick. An
 * administrator asks for it with the PIN; the machine goes dark for some minutes. */
#include "app/updates.h"

#include <stdio.h>
#include <string.h>

#include "app/upkeep.h"
#include "app/usb.h"
#include "screens/bar.h"
#include "screens/office.h"
#include "screens/screens.h"

#define LOOK_MS 1000 /* at the stick */
#define PATH_BYTES 2048

struct update_page {
    bool asking, entering; /* the question; then the PIN */
    struct desk_pin pin;
    enum text_id said;      /* T_COUNT: nothing */
    char stick[PATH_BYTES]; /* looked at last; "": none */
    enum updates_why found;
    char version[UPDATES_VERSION_BYTES]; /* on it */
};

static void update_enter(struct app *app, void *state, size_t arg)
{
    struct update_page *s = state;

    (void)arg;
    s->said = T_COUNT;
    s->found = UPDATES_NOTHING;
    if (!app_may(app, MAY_SEE_FIGURES)) /* --launch, or signed out meanwhile */
        app_goto(app, "attract", 0);
    else if (!app->updates)
        app_goto(app, "admin_packs", 0);
    else
        updates_seen(app->updates, app->db);
}

static enum text_id why_words(enum updates_why why)
{
    static const enum text_id words[UPDATES_WHYS] = {
        [UPDATES_FINE] = T_up_ready,         [UPDATES_NOTHING] = T_up_t_none,
        [UPDATES_SIGNATURE] = T_up_t_bad,    [UPDATES_OLDER] = T_up_t_older,
        [UPDATES_OTHER_KIND] = T_up_t_other, [UPDATES_BROKEN] = T_up_t_broken,
        [UPDATES_SPACE] = T_up_t_space,      [UPDATES_NEEDS] = T_up_t_packages,
        [UPDATES_NO_WAY_BACK] = T_up_t_back, [UPDATES_DATABASE] = T_up_t_database,
        [UPDATES_FAILED] = T_e_upd_p,
    };

    return words[why];
}

static enum text_id last_words(const struct updates_last *last)
{
    static const enum text_id words[] = { [UPDATES_NEVER] = T_up_never,
                                          [UPDATES_AT_WORK] = T_up_asked,
                                          [UPDATES_KEPT] = T_up_kept,
                                          [UPDATES_BACK] = T_e_upd_p };

    return last->end == UPDATES_REFUSED ? why_words(last->why) : words[last->end];
}

static void draw_runs(struct ui *ui, struct rect r, const struct updates_status *st)
{
    bool nghe = st->last.end == UPDATES_BACK || st->last.end == UPDATES_REFUSED;
    enum text_id words = st->asked ? T_up_asked : last_words(&st->last);

    office_line(ui, r, text_key(T_up_runs), nghe ? "undo" : "shield",
                text_fill(ui_arena(ui), text_of(T_up_runs), "ban", BDHVS_VERSION, NULL),
                text_of(words), 0, nghe);
}

/* A stick is read once, when it is put in. */
static void look(struct app *app, struct update_page *s)
{
    const char *stick = app->usb ? usb_path(app->usb) : NULL;
    char folder[PATH_BYTES];

    if (!strcmp(s->stick, stick ? stick : ""))
        return;
    snprintf(s->stick, sizeof(s->stick), "%s", stick ? stick : "");
    s->found = UPDATES_NOTHING;
    if (stick && snprintf(folder, sizeof(folder), "%s/" USB_FOLDER "/" UPDATES_FOLDER,
                          stick) < (int)sizeof(folder))
        s->found = updates_look(app->updates, folder, s->version);
}

static void draw_stick(struct app *app, struct update_page *s, struct ui *ui,
                       struct rect r, const struct updates_status *st)
{
    bool fine = s->stick[0] && s->found == UPDATES_FINE;
    bool bad = s->stick[0] && !fine && s->found != UPDATES_NOTHING;
    bool may = fine && app_may(app, MAY_ADMINISTER) && !st->asked &&
               st->last.end != UPDATES_AT_WORK;
    float w = may ? staff_button_width(ui, text_of(T_up_go), "down") : 0;
    const char *bold =
        fine ? text_fill(ui_arena(ui), text_of(T_up_new), "ban", s->version, NULL)
             : text_of(s->stick[0] ? T_up_not : T_sy_nousb);
    struct rect at = office_line(
        ui, r, text_key(T_up_new), bad ? "warn" : "usb", bold,
        text_of(s->stick[0] ? why_words(s->found) : T_up_stick_sub), w + 16, bad);

    if (!may)
        return;
    at = rect_centre(at, w, ui_dim(ui, 62, 54, 58));
    if (staff_button(ui, STR(up_go), at, UI_BUTTON_PRIMARY, "down", 0))
        s->asking = true;
}

static void ask(struct update_page *s, struct ui *ui)
{
    int answer = desk_ask(ui, "up.ask", text_of(T_up_q), text_of(T_up_p),
                          text_of(T_of_no), text_of(T_up_go), UI_BUTTON_PRIMARY);

    if (!answer)
        return;
    s->asking = false;
    s->entering = answer > 0;
    memset(&s->pin, 0, sizeof(s->pin));
}

static void enter_pin(struct app *app, struct update_page *s, struct ui *ui)
{
    int answer = desk_pin(app, ui, &s->pin);

    if (!answer)
        return;
    s->entering = false;
    if (answer < 0)
        return;
    upkeep_note(app, AUDIT_PACK, text_key(T_au_e_upd), s->version);
    if (updates_forget_incoming(app->updates) || updates_ask(app->updates))
        s->said = T_of_unsaved;
}

static void update_frame(struct app *app, void *state, struct ui *ui)
{
    struct update_page *s = state;
    struct updates_status st;
    float h = ui_dim(ui, 124, 84, 140);
    bool back;
    struct rect r = desk_step(ui, T_bar_back, "back", text_key(T_up_title),
                              text_of(T_up_title), 0, 0, &back),
                foot;

    if (back || !app->updates) {
        app_goto(app, "admin_packs", 0);
        return;
    }
    look(app, s);
    updates_status(app->updates, &st);
    foot = rect_cut_bottom(&r, ui_dim(ui, 64, 50, 60));
    draw_runs(ui, rect_cut_top(&r, h), &st);
    rect_cut_top(&r, ui_dim(ui, 12, 7, 10));
    draw_stick(app, s, ui, rect_cut_top(&r, h), &st);
    if (s->said != T_COUNT)
        desk_say(ui, foot, text_of(s->said), CHIP_NGHE);
    else
        office_note(ui, foot, text_key(T_up_note), text_of(T_up_note));
    if (s->asking)
        ask(s, ui);
    else if (s->entering)
        enter_pin(app, s, ui);
    ui_wake_in(ui, LOOK_MS);
}

const struct screen screen_admin_update = {
    .name = "admin_update",
    .state_size = sizeof(struct update_page),
    .enter = update_enter,
    .frame = update_frame,
};
