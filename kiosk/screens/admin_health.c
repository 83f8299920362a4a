/* Is the machine well? Read when the page opens and every minute while it stands. */
#include "app/health.h"
#include "app/voice_make.h"

#include "app/recordings.h"
#include "screens/bar.h"
#include "screens/office.h"
#include "screens/screens.h"

#define LOOK_MS 60000
#define CELLS 6 /* and one more for each thing at fault that has a cell of its own */
#define CELLS_MAX 9
#define DAY_S 86400

struct health_page {
    struct health health;
    int64_t read_ms; /* monotonic */
    size_t n_spoilt; /* of the recordings; looked through when the page opens */
};

static void look(struct app *app, struct health_page *s)
{
    health_read(app->db, HEALTH_SYS, &s->health);
    s->read_ms = clock_mono_ms(app->clock);
}

static void health_enter(struct app *app, void *state, size_t arg)
{
    struct health_page *s = state;

    (void)arg;
    s->n_spoilt = recordings_check(app->recordings);
    look(app, s);
}

struct cell {
    const char *icon, *bold, *small;
    bool warns;
};

static const char *fill(struct ui *ui, enum text_id id, int64_t n)
{
    return text_fill(ui_arena(ui), text_of(id), "n", page_number(ui, n), "pt",
                     page_number(ui, n), NULL);
}

static struct cell power_cell(struct ui *ui, const struct health *h)
{
    struct cell c = { "power", text_of(T_he_pw_ok),
                      fill(ui, T_he_cuts, h->past.power_cuts), false };

    if (h->power_weak < 0)
        c.bold = text_of(T_he_pw_none);
    if (h->power_weak > 0 || h->past.weak_power > 0) {
        c.bold = h->power_weak > 0 ? text_of(T_he_pw_now)
                                   : fill(ui, T_he_pw, h->past.weak_power);
        c.small = text_of(T_he_pws);
        c.warns = true;
    }
    return c;
}

static struct cell heat_cell(struct ui *ui, const struct health *h)
{
    return (struct cell){ "heat",
                          h->temp_c < 0 ? text_of(T_he_t_none)
                                        : fill(ui, T_he_t, h->temp_c),
                          text_of(T_he_ts), h->temp_c >= HEALTH_HOT_C };
}

static struct cell space_cell(struct app *app, struct ui *ui, const struct health *h)
{
    return (struct cell){
        "disk",
        text_fill(ui_arena(ui), text_of(T_he_d), "cho", office_space(ui, h->free_mb),
                  NULL),
        h->years_left < 0 ? text_of(T_he_ds_early) : fill(ui, T_he_ds, h->years_left),
        h->free_mb >= 0 && h->free_mb < app->settings.value[SETTING_DISK_LOW_MB]
    };
}

static struct cell card_cell(struct ui *ui, const struct health *h)
{
    static const enum text_id words[] = { [HEALTH_CARD_UNKNOWN] = T_he_sd_none,
                                          [HEALTH_CARD_GOOD] = T_he_sd,
                                          [HEALTH_CARD_OLD] = T_he_sd_old,
                                          [HEALTH_CARD_WORN] = T_he_sd_worn };
    struct cell c = { "card", text_of(words[h->card]), "",
                      h->card == HEALTH_CARD_OLD || h->card == HEALTH_CARD_WORN };

    if (h->worn_pct >= 0)
        c.small = fill(ui, T_he_sds, h->worn_pct);
    if (h->storage_errors > 0) {
        c.small = fill(ui, T_he_sde, h->storage_errors);
        c.warns = true;
    }
    return c;
}

/* What is to be done about the data; recordings only where all else is well. */
static struct cell data_cell(struct app *app, struct ui *ui,
                             const struct health_page *s)
{
    const struct health *h = &s->health;
    bool bad = h->db != DB_OK;
    enum text_id small = h->past.begun_anew           ? T_he_anew
                         : h->past.put_back_from_copy ? T_he_copy
                                                      : T_he_dbs;

    bool warns = bad || h->past.begun_anew || h->past.put_back_from_copy;
    struct cell c = { "check", text_of(bad ? T_he_db_bad : T_he_db), text_of(small),
                      warns };

    if (!warns && s->n_spoilt) {
        c.small = fill(ui, T_he_voice, (int64_t)s->n_spoilt);
        c.warns = true;
    } else if (!warns && app->recordings && app->recordings->set_aside) {
        c.small = text_of(T_he_voice_list);
        c.warns = true;
    }
    return c;
}

/* Learners were told no more than that it did not work. */
static struct cell passport_cell(struct ui *ui, const struct health *h)
{
    static const enum text_id words[PASSPORT_IN_COUNT] = {
        [PASSPORT_IN_OTHER] = T_he_pp_other,
        [PASSPORT_IN_VISITOR] = T_he_pp_visitor,
        [PASSPORT_IN_LESSONS] = T_he_pp_lessons,
        [PASSPORT_IN_UNKNOWN] = T_he_pp_unknown,
        [PASSPORT_IN_FAILED] = T_he_pp_failed,
    };

    return (struct cell){ "qr",
                          text_fill(ui_arena(ui), text_of(T_he_pp), "ngay",
                                    office_day(ui, h->past.passport_day), NULL),
                          text_of(words[h->past.passport]), true };
}

/* The program that speaks sentences with values in them. False: nothing is known of it. */
static bool voice_cell(const struct app *app, struct cell *out)
{
    enum err fault = voice_make_fault(app->voice.make);

    *out =
        (struct cell){ "speaker", text_of(T_he_speak),
                       text_of(fault == ERR_OFFLINE ? T_he_speak_none : T_he_speak_bad),
                       true };
    return fault != ERR_OK;
}

static void draw_sum(struct ui *ui, struct rect r, const struct cell *cells,
                     size_t n_cells)
{
    int64_t n = 0;

    for (size_t i = 0; i < n_cells; i++)
        n += cells[i].warns;
    desk_say(ui, r, n ? fill(ui, T_he_sum, n) : text_of(T_he_sum0),
             n ? CHIP_NGHE : CHIP_LUA);
}

static void health_frame(struct app *app, void *state, struct ui *ui)
{
    struct health_page *s = state;
    const struct health *h = &s->health;
    struct rect r =
        desk_frame(app, ui, DESK_SETTINGS, text_key(T_he_title), text_of(T_he_title));
    struct rect foot = rect_cut_bottom(&r, ui_dim(ui, 66, 56, 62)), back;
    struct cell cells[CELLS_MAX];
    size_t n = CELLS;
    const char *up;

    if (clock_mono_ms(app->clock) - s->read_ms >= LOOK_MS)
        look(app, s);
    cells[0] = power_cell(ui, h);
    cells[1] = heat_cell(ui, h);
    cells[2] = space_cell(app, ui, h);
    cells[3] = card_cell(ui, h);
    cells[4] = data_cell(app, ui, s);
    cells[5] = (struct cell){ "clock", text_of(h->clock), text_of(T_he_clock_sub),
                              h->past.today < 0 };
    if (h->past.passport > 0 && h->past.passport < PASSPORT_IN_COUNT)
        cells[n++] = passport_cell(ui, h);
    n += voice_cell(app, &cells[n]);
    if (app->left_out) /* learners go on without it, and are told nothing */
        cells[n++] = (struct cell){ "phone", text_of(T_he_practice),
                                    text_fill(ui_arena(ui), text_of(T_he_practice_in),
                                              "bai", app->left_out, NULL),
                                    true };
    draw_sum(ui, rect_cut_top(&r, ui_dim(ui, 52, 38, 44)), cells, n);
    rect_cut_top(&r, ui_dim(ui, 12, 6, 8));
    rect_cut_bottom(&r, ui_dim(ui, 12, 6, 8));
    for (size_t i = 0; i < n; i++)
        office_line(ui, office_cell(ui, r, i, n),
                    arena_printf(ui_arena(ui), "he.cell#%zu", i + 1), cells[i].icon,
                    cells[i].bold, cells[i].small, 0, cells[i].warns);
    foot.h -= LIP;
    back = rect_cut_right(&foot, staff_button_width(ui, text_of(T_of_back), "back"));
    if (staff_button(ui, STR(of_back), back, UI_BUTTON_SECONDARY, "back", 0))
        app_goto(app, "admin_settings", 0);
    up = text_fill(ui_arena(ui), text_of(T_he_up), "n",
                   page_number(ui, h->up_s < 0 ? 0 : h->up_s / DAY_S), "m",
                   page_number(ui, h->past.restarts), NULL);
    ui_text_middle(ui, foot, up, staff_font(ui, STAFF_SMALL), INK2, UI_LEFT);
    ui_node(ui, UI_ROLE_TEXT, text_key(T_he_up), up, foot, 0);
    ui_wake_in(ui, LOOK_MS);
}

const struct screen screen_admin_health = {
    .name = "admin_health",
    .state_size = sizeof(struct health_page),
    .enter = health_enter,
    .frame = health_frame,
};
