/* Is the machine well? Read when the page opens and every minute while it stands. */
#include "app/health.h"
#include "app/voice_make.h"

#include "app/network.h"
#include "app/recordings.h"
#include "app/upkeep.h"
#include "app/uplink.h"
#include "base/check.h"
#include "screens/bar.h"
#include "screens/office.h"
#include "screens/screens.h"

#define LOOK_MS 60000
#define CELLS 8 /* and one more for each thing at fault that has a cell of its own */
#define CELLS_MAX 11
#define DAY_S 86400
#define NO_ACK_DAYS 7 /* a week without a network is nothing unusual here */

struct health_page {
    struct health health;
    int64_t read_ms;  /* monotonic */
    const char *said; /* of the copy for support; NULL: nothing */
    bool bad;
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
    s->said = NULL;
    s->n_spoilt = recordings_check(app->recordings);
    look(app, s);
}

struct cell {
    const char *icon, *bold, *small;
    bool warns;
    enum text_id button; /* 0: none */
};

static const char *fill(struct ui *ui, enum text_id id, int64_t n)
{
    return text_fill(ui_arena(ui), text_of(id), "n", page_number(ui, n), "pt",
                     page_number(ui, n), NULL);
}

static struct cell power_cell(struct ui *ui, const struct health *h)
{
    struct cell c = { .icon = "power",
                      .bold = text_of(T_he_pw_ok),
                      .small = fill(ui, T_he_cuts, h->past.power_cuts) };

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
    bool hot = h->temp_c >= HEALTH_HOT_C;

    return (struct cell){ .icon = "heat",
                          .bold = h->temp_c < 0 ? text_of(T_he_t_none)
                                                : fill(ui, T_he_t, h->temp_c),
                          .small = text_of(hot ? T_he_t_hot : T_he_ts),
                          .warns = hot };
}

static struct cell space_cell(struct app *app, struct ui *ui, const struct health *h)
{
    bool low = h->free_mb >= 0 && h->free_mb < app->settings.value[SETTING_DISK_LOW_MB];

    return (struct cell){ .icon = "disk",
                          .bold = text_fill(ui_arena(ui), text_of(T_he_d), "cho",
                                            office_space(ui, h->free_mb), NULL),
                          .small = low ? text_of(T_he_d_low)
                                   : h->years_left < 0
                                       ? text_of(T_he_ds_early)
                                       : fill(ui, T_he_ds, h->years_left),
                          .warns = low };
}

static struct cell card_cell(struct ui *ui, const struct health *h)
{
    static const enum text_id words[] = { [HEALTH_CARD_UNKNOWN] = T_he_sd_none,
                                          [HEALTH_CARD_GOOD] = T_he_sd,
                                          [HEALTH_CARD_OLD] = T_he_sd_old,
                                          [HEALTH_CARD_WORN] = T_he_sd_worn };
    struct cell c = { .icon = "card",
                      .bold = text_of(words[h->card]),
                      .small = "",
                      .warns =
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
    enum text_id small = bad                          ? T_he_db_do
                         : h->past.begun_anew         ? T_he_anew
                         : h->past.put_back_from_copy ? T_he_copy
                                                      : T_he_dbs;

    bool warns = bad || h->past.begun_anew || h->past.put_back_from_copy;
    struct cell c = { .icon = "check",
                      .bold = text_of(bad ? T_he_db_bad : T_he_db),
                      .small = text_of(small),
                      .warns = warns };

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

    return (struct cell){ .icon = "qr",
                          .bold = text_fill(ui_arena(ui), text_of(T_he_pp), "ngay",
                                            office_day(ui, h->past.passport_day), NULL),
                          .small = text_of(words[h->past.passport]),
                          .warns = true };
}

static struct cell network_cell(struct app *app, struct ui *ui)
{
    struct network_port ports[NETWORK_PORTS_MAX];
    size_t n = network_read(NETWORK_SYS, ports);
    struct uplink_status st = { .words = "sy.o.none" };
    const char *address = NULL;
    int64_t quiet_ms;

    for (size_t i = 0; i < n && !address; i++)
        address = ports[i].address[0] ? ports[i].address : NULL;
    if (app->uplink)
        uplink_status(app->uplink, &st);
    quiet_ms = st.last_ack_ms ? clock_wall_ms(app->clock) - st.last_ack_ms : 0;
    return (struct cell){ .icon = address ? "wifi" : "wifioff",
                          .bold = address ? text_fill(ui_arena(ui), text_of(T_he_net),
                                                      "dia", address, NULL)
                                          : text_of(T_he_net_none),
                          .small = office_words(st.words),
                          .warns = quiet_ms > NO_ACK_DAYS * (int64_t)DAY_S * 1000,
                          .button = T_he_net_b };
}

static struct cell speaker_cell(struct app *app)
{
    bool there = app->voice.out && !app->voice.is_deaf;

    return (struct cell){ .icon = "speaker",
                          .bold = text_of(there ? T_he_sp : T_he_sp_none),
                          .small = text_of(there ? T_he_sps : T_he_sp_do),
                          .warns = !there,
                          .button = T_he_sp_b };
}

static void press(struct app *app, enum text_id button)
{
    if (button == T_he_net_b) {
        app_goto(app, "admin_network", 0);
        return;
    }
    app_cue(app, CUE_DONE);
    voice_say_drafted(app, text_key(T_he_sp_say), text_of(T_he_sp_say));
}

static void draw_cell(struct app *app, struct ui *ui, struct rect r,
                      const struct cell *c, size_t i)
{
    float h = ui_dim(ui, 58, 46, 54), w = 0;
    struct rect at;

    if (c->button)
        w = staff_button_width(ui, text_of(c->button), NULL);
    at = office_line(ui, r, arena_printf(ui_arena(ui), "he.cell#%zu", i + 1), c->icon,
                     c->bold, c->small, w, c->warns);
    if (h > r.h - LIP)
        h = r.h - LIP;
    if (c->button && staff_button(ui, text_key(c->button), text_of(c->button),
                                  rect_centre(at, w, h), UI_BUTTON_SECONDARY, NULL, 0))
        press(app, c->button);
}

/* The program that speaks sentences with values in them. False: nothing is known of it. */
static bool voice_cell(const struct app *app, struct cell *out)
{
    enum err fault = voice_make_fault(app->voice.make);

    *out = (struct cell){ .icon = "speaker",
                          .bold = text_of(T_he_speak),
                          .small = text_of(fault == ERR_OFFLINE ? T_he_speak_none
                                                                : T_he_speak_bad),
                          .warns = true };
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

static size_t list_cells(struct app *app, const struct health_page *s, struct ui *ui,
                         struct cell cells[CELLS_MAX])
{
    const struct health *h = &s->health;
    size_t n = CELLS;

    cells[0] = power_cell(ui, h);
    cells[1] = heat_cell(ui, h);
    cells[2] = space_cell(app, ui, h);
    cells[3] = card_cell(ui, h);
    cells[4] = data_cell(app, ui, s);
    cells[5] = (struct cell){ .icon = "clock",
                              .bold = text_of(h->clock),
                              .small = text_of(T_he_clock_sub),
                              .warns = h->past.today < 0 };
    cells[6] = network_cell(app, ui);
    cells[7] = speaker_cell(app);
    if (h->past.passport > 0 && h->past.passport < PASSPORT_IN_COUNT)
        cells[n++] = passport_cell(ui, h);
    n += voice_cell(app, &cells[n]);
    if (app->left_out) /* learners go on without it, and are told nothing */
        cells[n++] =
            (struct cell){ .icon = "phone",
                           .bold = text_of(T_he_practice),
                           .small = text_fill(ui_arena(ui), text_of(T_he_practice_in),
                                              "bai", app->left_out, NULL),
                           .warns = true };
    return n;
}

static void copy_log(struct app *app, struct health_page *s)
{
    enum usb_verdict verdict = upkeep_support(app);

    s->bad = verdict != USB_DONE;
    s->said = s->bad ? usb_words(verdict) : text_of(T_he_log_done);
}

/* What is there to do, from the right; the words have what is left. */
static struct rect draw_deeds(struct app *app, struct health_page *s, struct ui *ui,
                              struct rect r)
{
    static const struct deed {
        enum text_id word;
        const char *icon;
    } deeds[] = { { T_of_back, "back" }, { T_po_door, "power" }, { T_he_log, "usb" } };
    bool upright = ui_panel(ui) == PANEL_POR;

    for (size_t i = 0; i < COUNT(deeds); i++) {
        const char *words = text_of(deeds[i].word);
        const char *icon = upright ? NULL : deeds[i].icon;
        struct rect at = rect_cut_right(&r, staff_button_width(ui, words, icon));

        rect_cut_right(&r, ui_dim(ui, 12, 7, 8));
        if (!staff_button(ui, text_key(deeds[i].word), words, at, UI_BUTTON_SECONDARY,
                          icon, 0))
            continue;
        if (deeds[i].word == T_of_back)
            app_goto(app, "admin_settings", 0);
        else if (deeds[i].word == T_po_door)
            app_goto(app, "power", POWER_FROM_SETTINGS);
        else
            copy_log(app, s);
    }
    return r;
}

static void health_frame(struct app *app, void *state, struct ui *ui)
{
    struct health_page *s = state;
    const struct health *h = &s->health;
    struct rect r =
        desk_frame(app, ui, DESK_SETTINGS, text_key(T_he_title), text_of(T_he_title));
    struct rect foot = rect_cut_bottom(&r, ui_dim(ui, 66, 56, 62)), say, line;
    bool upright = ui_panel(ui) == PANEL_POR;
    struct cell cells[CELLS_MAX];
    const char *up;
    size_t n;

    if (clock_mono_ms(app->clock) - s->read_ms >= LOOK_MS)
        look(app, s);
    n = list_cells(app, s, ui, cells);
    say = rect_cut_top(&r, ui_dim(ui, 52, 38, 44));
    if (s->said)
        desk_say(ui, say,
                 text_fill(ui_arena(ui), s->said, "tep", UPKEEP_SUPPORT_FILE, NULL),
                 s->bad ? CHIP_SON : CHIP_LUA);
    else
        draw_sum(ui, say, cells, n);
    rect_cut_top(&r, ui_dim(ui, 12, 6, 8));
    rect_cut_bottom(&r, ui_dim(ui, 12, 6, 8));
    line = rect_cut_bottom(&r, upright ? staff_font(ui, STAFF_SMALL).line + 8 : 0);
    for (size_t i = 0; i < n; i++)
        draw_cell(app, ui, office_cell(ui, r, i, n), &cells[i], i);
    foot.h -= LIP;
    foot = draw_deeds(app, s, ui, foot);
    line = upright ? line : foot;
    up = text_fill(ui_arena(ui), text_of(T_he_up), "n",
                   page_number(ui, h->up_s < 0 ? 0 : h->up_s / DAY_S), "m",
                   page_number(ui, h->past.restarts), NULL);
    ui_text_middle(ui, line, up, staff_font(ui, STAFF_SMALL), INK2, UI_LEFT);
    ui_node(ui, UI_ROLE_TEXT, text_key(T_he_up), up, line, 0);
    ui_wake_in(ui, LOOK_MS);
}

const struct screen screen_admin_health = {
    .name = "admin_health",
    .state_size = sizeof(struct health_page),
    .enter = health_enter,
    .frame = health_frame,
};
