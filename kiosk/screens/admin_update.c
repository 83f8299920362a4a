/* The program itself: what runs, how the last update ended, and a newer one that came by the
 * network or lies on a stick; of two the newer one counts. An administrator asks for it with the
 * PIN; the machine goes dark for some minutes. */
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
    struct updates_found on_stick;
    struct updates_found wanted; /* while it is asked for */
};

/* Which of two an administrator may take now. */
enum source { SOURCE_NONE, SOURCE_NETWORK, SOURCE_STICK };

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
        s->found = updates_look(app->updates, folder, &s->on_stick);
}

static enum source newest(const struct update_page *s, const struct updates_status *st)
{
    int64_t stick = s->stick[0] && s->found == UPDATES_FINE ? s->on_stick.ver : 0;

    if (!stick && !st->incoming.ver)
        return SOURCE_NONE;
    return stick > st->incoming.ver ? SOURCE_STICK : SOURCE_NETWORK;
}

/* A line, with the button where this one may be taken. */
static bool draw_source(struct app *app, struct ui *ui, struct rect r, const char *key,
                        const char *icon, const char *bold, const char *sub, bool nghe,
                        bool taken)
{
    bool may = taken && app_may(app, MAY_ADMINISTER);
    float w = may ? staff_button_width(ui, text_of(T_up_go), "down") : 0;
    struct rect at = office_line(ui, r, key, icon, bold, sub, w + 16, nghe);

    if (!may)
        return false;
    at = rect_centre(at, w, ui_dim(ui, 62, 54, 58));
    return staff_button(ui, STR(up_go), at, UI_BUTTON_PRIMARY, "down", 0);
}

static enum text_id network_why(enum updates_why why)
{
    return why == UPDATES_BROKEN    ? T_up_net_broken
           : why == UPDATES_NOTHING ? T_up_net_gone
                                    : why_words(why);
}

static bool draw_network(struct app *app, struct ui *ui, struct rect r,
                         const struct updates_status *st, enum source from, bool rests)
{
    bool bad = st->step == UPDATES_FAILED_FETCH;
    enum text_id bold = T_up_net_none, sub = T_up_net_none_sub;
    const char *version = st->coming;

    if (st->incoming.ver) { /* also while a newer one comes */
        bold = T_up_net;
        sub = from != SOURCE_NETWORK ? T_up_stick_newer
              : rests                ? T_up_ready
                                     : T_up_taken;
        version = st->incoming.version;
        bad = false;
    } else if (st->step == UPDATES_FETCHING) {
        bold = T_up_net_coming;
        sub = T_up_net_coming_sub;
    } else if (bad) {
        bold = T_up_net_not;
        sub = network_why(st->why);
    }
    return draw_source(app, ui, r, text_key(T_up_net), bad ? "warn" : "wifi",
                       text_fill(ui_arena(ui), text_of(bold), "ban", version, "n",
                                 arena_printf(ui_arena(ui), "%d", st->percent), NULL),
                       text_of(sub), bad, rests && from == SOURCE_NETWORK);
}

static bool draw_stick(struct app *app, const struct update_page *s, struct ui *ui,
                       struct rect r, enum source from, bool rests)
{
    bool fine = s->stick[0] && s->found == UPDATES_FINE;
    bool bad = s->stick[0] && !fine && s->found != UPDATES_NOTHING;
    enum text_id sub = T_up_stick_sub;

    if (fine && from == SOURCE_STICK && !rests)
        sub = T_up_taken;
    else if (s->stick[0])
        sub = fine && from == SOURCE_NETWORK ? T_up_net_newer : why_words(s->found);
    return draw_source(app, ui, r, text_key(T_up_new), bad ? "warn" : "usb",
                       fine ? text_fill(ui_arena(ui), text_of(T_up_new), "ban",
                                        s->on_stick.version, NULL)
                            : text_of(s->stick[0] ? T_up_not : T_sy_nousb),
                       text_of(sub), bad, rests && from == SOURCE_STICK);
}

/* What there is to be taken, one below the other. */
static void draw_sources(struct app *app, struct update_page *s, struct ui *ui,
                         struct rect *r, const struct updates_status *st)
{
    float h = ui_dim(ui, 124, 84, 140), gap = ui_dim(ui, 12, 7, 10);
    enum source from = newest(s, st);
    bool rests = !st->asked && st->last.end != UPDATES_AT_WORK;

    if (draw_network(app, ui, rect_cut_top(r, h), st, from, rests)) {
        s->asking = true;
        s->wanted = st->incoming;
    }
    rect_cut_top(r, gap);
    if (draw_stick(app, s, ui, rect_cut_top(r, h), from, rests)) {
        s->asking = true;
        s->wanted = s->on_stick;
    }
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
    struct updates_status st;

    if (!answer)
        return;
    s->entering = false;
    if (answer < 0)
        return;
    updates_status(app->updates, &st);
    upkeep_note(app, AUDIT_PACK, text_key(T_au_e_upd), s->wanted.version);
    /* bdhvs-update looks at what came by the network before it looks at sticks */
    if ((s->wanted.ver > st.incoming.ver && updates_forget_incoming(app->updates)) ||
        updates_ask(app->updates))
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
    draw_sources(app, s, ui, &r, &st);
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
