/* The first set-up (a10–a13): who comes first makes the administrator, once. Lessons work
 * meanwhile; "Để sau" leaves, and what was written stays. */
#include <stdio.h>
#include <string.h>

#include "app/health.h"
#include "app/setup.h"
#include "base/check.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/screens.h"
#include "screens/setup.h"
#include "ui/ui_core.h"

static bool step_ruler(struct app *app, struct setup_state *s, struct ui *ui,
                       struct rect r)
{
    s->dpi = s->dpi ? s->dpi : ui_dpi(ui);
    ruler_frame(ui, r, &s->dpi);
    (void)app;
    return false;
}

/* "Tiếp" alone leaves the clock as it is: only who says that it is right answers for it. */
static bool step_clock(struct app *app, struct setup_state *s, struct ui *ui,
                       struct rect r)
{
    return clock_set_draw(app, ui, r, &s->clock);
}

static const struct {
    enum text_id title;
    bool (*frame)(struct app *app, struct setup_state *s, struct ui *ui, struct rect r);
    bool by_itself; /* it says itself when it is done: no "Tiếp" */
} steps[SETUP_PAGES] = {
    [SETUP_RULER] = { T_su_size, step_ruler, false },
    [SETUP_CLOCK] = { T_su_clock, step_clock, false },
    [SETUP_NET] = { T_su_net_title, setup_net, false },
    [SETUP_COMMUNE] = { T_su_commune, setup_text, true },
    [SETUP_THON] = { T_su_thon_list, setup_list, false },
    [SETUP_UNITS] = { T_su_units, setup_list, false },
    [SETUP_PLACE] = { T_su_place, setup_place, false },
    [SETUP_ADMIN] = { T_su_admin, setup_text, true },
    [SETUP_PIN] = { T_su_pin, setup_pin, true },
    [SETUP_PASSPHRASE] = { T_su_passphrase, setup_text, true },
    [SETUP_RECOVERY] = { T_su_recovery, setup_recovery, true },
    [SETUP_FILE] = { T_su_file, setup_file, true },
};

void setup_say(struct setup_state *s, enum text_id text)
{
    s->said = text;
    s->has_said = true;
}

static bool clock_is_sure(const struct app *app)
{
    struct health health;

    health_read(app->db, HEALTH_SYS, &health);
    return health.past.today >= 0;
}

/* The server's lists are not typed again. */
static bool is_skipped(struct app *app, enum setup_step step)
{
    if (step == SETUP_CLOCK) /* a chip or the server knows it */
        return !app->db || clock_is_sure(app);
    if (step == SETUP_NET)
        return !app->uplink;
    return (step == SETUP_COMMUNE || step == SETUP_THON) && commune_is_servers(app->db);
}

void setup_goto(struct app *app, struct setup_state *s, enum setup_step step)
{
    int by = step > s->step ? 1 : -1;

    while (is_skipped(app, step))
        step = (enum setup_step)((int)step + by);
    s->step = step;
    s->has_said = false;
    s->first = 0;
    s->typing = false;
    s->keyboard =
        (struct keyboard){ .plain = step == SETUP_PASSPHRASE, .with_digits = true };
    hash_wipe(&s->field, sizeof(s->field));
    s->field.hidden = step == SETUP_PASSPHRASE;
    if (step == SETUP_CLOCK)
        clock_set_begin(app, &s->clock);
    if (step == SETUP_COMMUNE) {
        struct arena arena = { 0 };

        snprintf(s->field.text, sizeof(s->field.text), "%s",
                 commune_title(app->db, &arena));
        arena_finish(&arena);
    }
    if (step == SETUP_ADMIN)
        snprintf(s->field.text, sizeof(s->field.text), "%s", s->alias);
    if (step == SETUP_PIN)
        hash_wipe(&s->pins, sizeof(s->pins));
}

static void next(struct app *app, struct setup_state *s)
{
    if (s->step == SETUP_RULER && s->dpi && setup_set_dpi(app, s->dpi)) {
        setup_say(s, T_list_unwritten);
        return;
    }
    if (s->done) {
        app_goto(app, "staff_signin", 0);
    } else if (s->from_file && !setup_file_wants_more(s)) {
        setup_goto(app, s, SETUP_FILE);
        s->working = 1;
    } else {
        setup_goto(app, s, s->step + 1);
    }
}

static void back(struct app *app, struct setup_state *s)
{
    bool to_file =
        s->from_file && !(s->step == SETUP_PASSPHRASE && s->offer.holds.wants_pin);

    setup_goto(app, s, to_file ? SETUP_FILE : s->step - 1);
}

static float foot_width(struct ui *ui, enum text_id words, const char *icon)
{
    return staff_button_width(ui, text_of(words), icon) + ui_dim(ui, 32, 32, 10);
}

/* "Trước", the state of the machine, "Tiếp". */
static void draw_foot(struct app *app, struct setup_state *s, struct ui *ui,
                      struct rect r)
{
    struct rect b = { r.x, r.y, 0, r.h - LIP };

    if (s->step == SETUP_RULER) {
        int w, h;

        ui_size(ui, &w, &h);
        b.w = staff_button_width(ui, text_of(T_su_reset), "retry");
        if (staff_button(ui, STR(su_reset), b, UI_BUTTON_SECONDARY, "retry", 0))
            s->dpi = ui_dpi_guess(w, h);
        if (ui_panel(ui) == PANEL_POR)
            b.y -= r.h + 8; /* a line of its own */
        else
            b.x += b.w + 12;
        b.w = staff_button_width(ui, text_of(T_su_state), "info");
        if (staff_button(ui, STR(su_state), b, UI_BUTTON_SECONDARY, "info", 0))
            app_goto(app, "problem", 0);
        b.y = r.y;
    } else if (!s->done) {
        b.w = foot_width(ui, T_reg_prev, "back");
        if (staff_button(ui, STR(reg_prev), b, UI_BUTTON_SECONDARY, "back", 0)) {
            back(app, s);
            return;
        }
        b.x += b.w + ui_dim(ui, 12, 8, 8);
        b.w = foot_width(ui, T_su_wifi, "wifi");
        if (s->step == SETUP_NET &&
            staff_button(ui, STR(su_wifi), b, UI_BUTTON_SECONDARY, "wifi", 0))
            app_goto(app, "admin_network", 0);
    }
    if (steps[s->step].by_itself)
        return;
    b.w = foot_width(ui, T_reg_next, "next");
    b.x = r.x + r.w - b.w;
    if (staff_button(ui, STR(reg_next), b, UI_BUTTON_PRIMARY, "next", 0))
        next(app, s);
}

/* The stick may be there already, or be put in while the first page stands. */
static enum setup_step offer_file(struct app *app, struct setup_state *s)
{
    if (s->step == SETUP_RULER && setup_file_came(app, s)) {
        setup_goto(app, s, SETUP_FILE);
        s->looking = 0;
    }
    return s->step;
}

static void setup_frame(struct app *app, void *state, struct ui *ui)
{
    struct setup_state *s = state;
    enum setup_step step = offer_file(app, s);
    size_t n = step == SETUP_FILE || s->from_file ? 0 : SETUP_STEPS;
    bool leave;
    struct rect body = desk_step(ui, T_su_later, "close", text_key(steps[step].title),
                                 text_of(steps[step].title), step + 1, n, &leave);
    struct rect foot;

    if (step == SETUP_RECOVERY) {
        s->asking |= leave; /* it is never shown again */
        leave = false;
    } else if (step != SETUP_FILE) {
        rect_cut_bottom(&body, ui_dim(ui, 14, 8, 0));
        foot = rect_cut_bottom(&body, ui_dim(ui, 96, 72, 72));
        rect_cut_bottom(&body, ui_dim(ui, 10, 4, 8));
        draw_foot(app, s, ui, foot);
    }
    if (s->step == step && steps[step].frame(app, s, ui, body))
        next(app, s);
    if (s->step == SETUP_PIN && ui_panel(ui) != PANEL_POR)
        body.w -= ui_dim(ui, 590, 460, 0); /* the keys stand there */
    if (s->has_said && s->step == step && step != SETUP_PASSPHRASE &&
        step != SETUP_ADMIN && step != SETUP_COMMUNE)
        desk_say(ui, body, text_of(s->said), CHIP_NGHE);
    if (leave)
        app_goto(app, "attract", 0);
}

static void setup_enter(struct app *app, void *state, size_t arg)
{
    struct setup_state *s = state;

    s->keyboard.with_digits = true;
    s->dpi = (int)app->settings.value[SETTING_SCREEN_DPI];
    if (!setup_is_due(app))
        app_goto(app, app_staff_door(app), 0);
    else if (arg > SETUP_RULER && arg < SETUP_STEPS)
        setup_goto(app, s, (enum setup_step)arg);
}

const struct screen screen_setup = {
    .name = "setup",
    .state_size = sizeof(struct setup_state),
    .enter = setup_enter,
    .frame = setup_frame,
};
