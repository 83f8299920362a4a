/* Copies of the figures: made, copied to the stick, and put back after the PIN. The newest three
 * of the machine stand here, and those on the stick. */
#include <string.h>

#include "app/app.h"
#include "app/upkeep.h"
#include "app/usb.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/office.h"
#include "screens/screens.h"

#define ON_STICK_SHOWN 3
#define PATIENCE_FRAMES 3 /* the page says that it takes a moment before it does */
#define MB 1000000

enum step { COPIES, COPIES_ASK, COPIES_PIN, COPIES_WORK };

struct backup_page {
    struct backup_info here[BACKUPS_SHOWN];
    size_t n_here, n_stick;
    const char **stick; /* names in BDHVS/ */
    int64_t events;     /* in the open database */
    enum step step;
    size_t chosen; /* of `here`, then of `stick` */
    int working;   /* frames */
    struct desk_pin pin;
    enum text_id said; /* T_COUNT: nothing */
    bool well;
};

static void look(struct app *app, struct backup_page *s)
{
    static const char *const suffixes[] = { ".db", NULL };
    bool more;

    s->n_here = backup_list(app->db, s->here);
    s->events = backup_events_now(app->db);
    s->n_stick = 0;
    if (app->usb && usb_path(app->usb) &&
        usb_list(app->usb, "", suffixes, &app->nav.page_arena, &s->stick, &s->n_stick,
                 &more))
        s->n_stick = 0;
    s->n_stick = s->n_stick > ON_STICK_SHOWN ? ON_STICK_SHOWN : s->n_stick;
}

static void backup_enter(struct app *app, void *state, size_t arg)
{
    struct backup_page *s = state;

    (void)arg;
    s->said = T_COUNT;
    if (app_may(app, MAY_ADMINISTER))
        look(app, s);
    else
        app_goto(app, app_staff_door(app), 0);
}

static void make(struct app *app, struct backup_page *s)
{
    enum upkeep_kept kept;
    enum err err = upkeep_backup(app, &kept);

    s->well = !err;
    s->said = kept == UPKEEP_KEPT_ON_STICK ? T_se_backup_usb
              : kept == UPKEEP_NOT_KEPT    ? T_se_backup_no
              : err                        ? T_se_backup_half
                                           : T_se_backup_ok;
    look(app, s);
}

static void put_back(struct app *app, struct backup_page *s)
{
    bool of_stick = s->chosen >= s->n_here;
    const char *name =
        of_stick ? s->stick[s->chosen - s->n_here] : s->here[s->chosen].path;
    enum err err = upkeep_put_back(app, name, of_stick);

    s->step = COPIES;
    s->well = false;
    s->said = err == ERR_REJECTED  ? T_bu_not_ours
              : err == ERR_OFFLINE ? T_bu_no_stick
              : err == ERR_FULL    ? T_bu_full
              : err                ? T_bu_broken
                                   : T_bu_restart;
}

/* --- list ------------------------------------------------------------------------------------ */

/* Until when a copy of the machine goes, and how much is in it. */
static void copy_words(struct ui *ui, const struct backup_info *b, const char **bold,
                       const char **small)
{
    *bold = b->events < 0     ? text_of(T_bu_broken_one)
            : b->last_day < 0 ? text_of(T_bu_no_day)
                              : text_fill(ui_arena(ui), text_of(T_bu_until), "ngay",
                                          office_day(ui, b->last_day), NULL);
    *small = text_fill(ui_arena(ui), text_of(T_bu_here), "n",
                       page_number(ui, b->events < 0 ? 0 : b->events), "mb",
                       page_number(ui, (b->bytes + MB - 1) / MB), NULL);
}

static void draw_copy(struct backup_page *s, struct ui *ui, struct rect r, size_t i)
{
    bool of_stick = i >= s->n_here;
    float w = staff_button_width(ui, text_of(T_bu_back), "undo");
    const char *bold = "", *small = text_of(T_bu_on_stick);
    struct rect at;

    if (of_stick)
        bold = s->stick[i - s->n_here];
    else
        copy_words(ui, &s->here[i], &bold, &small);
    at = office_line(ui, r, text_key_n(ui_arena(ui), T_bu_until, i + 1),
                     of_stick ? "usb" : "disk", bold, small, w + 16, false);
    at = rect_centre(at, w, ui_dim(ui, 62, 54, 58));
    if (staff_button(ui, text_key_n(ui_arena(ui), T_bu_back, i + 1), text_of(T_bu_back),
                     at, UI_BUTTON_SECONDARY, "undo", 0)) {
        s->chosen = i;
        s->step = COPIES_ASK;
        s->said = T_COUNT;
    }
}

static void draw_list(struct backup_page *s, struct ui *ui, struct rect r)
{
    float gap = ui_dim(ui, 10, 6, 8), h = ui_dim(ui, 92, 66, 84);
    size_t n = s->n_here + s->n_stick;

    for (size_t i = 0; i < n && r.h >= h; i++) {
        draw_copy(s, ui, rect_cut_top(&r, h), i);
        rect_cut_top(&r, gap);
    }
    if (!n)
        ui_label(ui, UI_ROLE_TEXT, STR(bu_none), r, staff_font(ui, STAFF_BODY), INK2,
                 UI_LEFT);
}

/* --- questions ------------------------------------------------------------------------------- */

static void ask(struct backup_page *s, struct ui *ui)
{
    bool here = s->chosen < s->n_here && s->here[s->chosen].events >= 0;
    int64_t lost = here ? s->events - s->here[s->chosen].events : 0;
    const char *words = here ? text_fill(ui_arena(ui), text_of(T_bu_ask_p), "n",
                                         page_number(ui, lost < 0 ? 0 : lost), NULL)
                             : text_of(T_bu_ask_stick);
    int answer = desk_ask(ui, text_key(T_bu_ask), text_of(T_bu_ask), words,
                          text_of(T_of_no), text_of(T_bu_back), UI_BUTTON_DANGER);

    if (!answer)
        return;
    s->step = answer > 0 ? COPIES_PIN : COPIES;
    hash_wipe(&s->pin, sizeof(s->pin));
}

static void go_on(struct app *app, struct backup_page *s, struct ui *ui)
{
    int answer;

    if (s->step == COPIES_ASK) {
        ask(s, ui);
    } else if (s->step == COPIES_PIN) {
        answer = desk_pin(app, ui, &s->pin);
        if (answer)
            s->step = answer > 0 ? COPIES_WORK : COPIES;
        s->working = 0;
    }
    if (s->step != COPIES_WORK)
        return;
    ui_wake_in(ui, 1);
    if (s->working++ > PATIENCE_FRAMES)
        put_back(app, s);
}

static void backup_frame(struct app *app, void *state, struct ui *ui)
{
    struct backup_page *s = state;
    struct rect r =
        desk_frame(app, ui, DESK_SETTINGS, text_key(T_se_backup), text_of(T_se_backup));
    struct rect foot = rect_cut_bottom(&r, ui_dim(ui, 76, 60, 66)), say, at;
    float gap = ui_dim(ui, 12, 7, 8);

    rect_cut_bottom(&r, gap);
    say = rect_cut_bottom(&r, ui_dim(ui, 60, 48, 64));
    rect_cut_bottom(&r, gap);
    draw_list(s, ui, r);
    if (s->step == COPIES_WORK)
        desk_say(ui, say, text_of(T_bu_working), CHIP_SAND);
    else if (s->said == T_COUNT)
        office_note(ui, say, STR(se_backups));
    else
        desk_say(ui, say, text_of(s->said), s->well ? CHIP_LUA : CHIP_NGHE);
    foot.h -= LIP;
    at = rect_cut_left(&foot, staff_button_width(ui, text_of(T_bu_make), "plus"));
    if (staff_button(ui, STR(bu_make), at, UI_BUTTON_PRIMARY, "plus", 0))
        make(app, s);
    at = rect_cut_right(&foot, staff_button_width(ui, text_of(T_of_back), "back"));
    if (staff_button(ui, STR(of_back), at, UI_BUTTON_SECONDARY, "back", 0))
        app_goto(app, "admin_settings", 0);
    go_on(app, s, ui);
}

const struct screen screen_admin_backup = {
    .name = "admin_backup",
    .state_size = sizeof(struct backup_page),
    .enter = backup_enter,
    .frame = backup_frame,
};
