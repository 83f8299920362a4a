/* Settings that do something on this machine, doors to its health, the network, requests,
 * and a copy of the data. */
#include "app/upkeep.h"
#include "base/check.h"
#include "machine/machine.h"
#include "screens/bar.h"
#include "screens/office.h"
#include "screens/screens.h"

struct row {
    enum setting which;
    enum text_id word, sub;
    const char *icon;
    enum text_id unit;           /* "{n} phút"; T_COUNT: text size, or a switch */
    long step, least, most, per; /* per: of the unit */
};

static const struct row rows[] = {
    { SETTING_VOLUME, T_se_vol, T_se_vols, "speaker", T_se_n, 1, 0, 10, 1 },
    { SETTING_BRIGHTNESS, T_se_bri, T_se_bri_sub, "sun", T_se_bris, 1, BACKLIGHT_LEAST,
      BACKLIGHT_STEPS, 1 },
    { SETTING_IDLE_S, T_se_idle, T_se_idles, "clock", T_se_min, 60, 60, 600, 60 },
    { SETTING_TEXT_STEP, T_se_text, T_se_texts, "edit", T_COUNT, 1, 0, 2, 1 },
    { SETTING_GUEST, T_se_guest, T_se_guests, "users", T_COUNT, 1, 0, 1, 1 },
    { SETTING_STAFF_S, T_se_staff, T_se_staffs, "exit", T_se_sec, 30, 30, 600, 1 },
    { SETTING_STAFF_NAMES_S, T_se_names, T_se_namess, "eye", T_se_sec, 15, 15, 300, 1 },
    { SETTING_HELP_S, T_se_help, T_se_helps, "raise", T_se_sec, 10, 10, 120, 1 },
    { SETTING_KEEP_MONTHS, T_se_keep, T_se_keeps, "card", T_se_month, 6, 0, 120, 1 },
    { SETTING_TONE_NEW, T_se_tone, T_se_tones, "keyb", T_COUNT, 1, 0, 1, 1 },
    { SETTING_DISK_LOW_MB, T_se_disk, T_se_disks, "disk", T_se_mb, 100, 100, 2000, 1 },
};

static const struct door {
    enum text_id word;
    const char *screen; /* their arguments are 0 */
} doors[] = {
    { T_se_health, "admin_health" },     { T_se_netb, "admin_network" },
    { T_se_requests, "admin_requests" }, { T_se_ruler, "calibrate" },
    { T_se_backup, "admin_backup" },     { T_po_door, "power" },
};

struct settings_page {
    enum text_id said; /* T_COUNT: nothing */
};

static void settings_enter(struct app *app, void *state, size_t arg)
{
    struct settings_page *s = state;

    (void)app;
    (void)arg;
    s->said = T_COUNT;
}

/* A screen on HDMI is dimmed by its own keys, and to paint it darker would only make the words
 * pale: then there is no such row. */
static bool is_shown(const struct app *app, const struct row *row)
{
    return row->which != SETTING_BRIGHTNESS ||
           (app->machine && *app->machine->backlight.path);
}

static size_t list_rows(const struct app *app, const struct row *out[COUNT(rows)])
{
    size_t n = 0;

    for (size_t i = 0; i < COUNT(rows); i++)
        if (is_shown(app, &rows[i]))
            out[n++] = &rows[i];
    return n;
}

/* What is seen or heard at once. */
static void act(struct app *app, struct settings_page *s, const struct row *row)
{
    if (row->which == SETTING_VOLUME)
        app_cue(app, CUE_SIGN_IN);
    if (row->which == SETTING_BRIGHTNESS &&
        backlight_set(&app->machine->backlight,
                      app->settings.value[SETTING_BRIGHTNESS]))
        s->said = T_se_bri_no;
}

static const char *value_words(struct ui *ui, const struct row *row, long value)
{
    static const enum text_id sizes[] = { T_se_t0, T_se_t1, T_se_t2 };

    if (row->which == SETTING_KEEP_MONTHS && !value)
        return text_of(T_se_never);
    if (row->unit == T_COUNT)
        return text_of(sizes[value < 0 ? 0 : value > 2 ? 2 : value]);
    return text_fill(ui_arena(ui), text_of(row->unit), "n",
                     page_number(ui, value / row->per), "pt",
                     page_number(ui, value * 10), NULL);
}

static void draw_row(struct app *app, struct settings_page *s, struct ui *ui,
                     struct rect r, const struct row *row)
{
    long value = app->settings.value[row->which], wish;
    const char *words = value_words(ui, row, value);
    const char *grace = page_number(ui, app->settings.value[SETTING_IDLE_GRACE_S]);
    const char *sub = text_fill(ui_arena(ui), text_of(row->sub), "giay", grace, NULL);
    bool is_switch = row->unit == T_COUNT && row->most == 1;
    float w = is_switch ? 110 : ui_dim(ui, 248, 206, 216), h = ui_dim(ui, 62, 50, 50);
    bool fits = office_line_words(ui, r, text_of(row->word), sub, w) <= r.h - 4;
    struct rect at = office_line(ui, r, text_key(row->word), row->icon,
                                 text_of(row->word), fits ? sub : "", w, false);
    const char *id = arena_printf(ui_arena(ui), "%s.at", text_key(row->word));
    int by;

    if (h > r.h - LIP)
        h = r.h - LIP;
    if (is_switch)
        by = !staff_switch(ui, id, text_of(row->word),
                           rect_centre(rect_cut_right(&at, 110), 104, 58), value)
                 ? 0
             : value ? -1
                     : 1;
    else
        by = staff_stepper(ui, id, text_of(row->word), words, rect_centre(at, w, h));
    wish = value + by * row->step;
    if (!by || wish < row->least || wish > row->most)
        return;
    s->said = upkeep_set(app, row->which, wish) ? T_of_unsaved : T_COUNT;
    if (s->said == T_COUNT)
        act(app, s, row);
}

static void draw_foot(struct app *app, struct ui *ui, struct rect r)
{
    bool upright = ui_panel(ui) == PANEL_POR;
    float gap = ui_dim(ui, 12, 7, 8);
    size_t n = COUNT(doors), columns = upright ? 3 : n;
    float w = (r.w - gap * (float)(columns - 1)) / (float)columns;
    size_t lines = (n + columns - 1) / columns;
    float h = (r.h - LIP - gap * (float)(lines - 1)) / (float)lines;

    for (size_t i = 0; i < n; i++) {
        struct rect at = { r.x + (float)(i % columns) * (w + gap),
                           r.y + (float)(i / columns) * (h + gap), w, h };

        if (staff_button(ui, text_key(doors[i].word), text_of(doors[i].word), at,
                         UI_BUTTON_SECONDARY, NULL, 0))
            app_goto(app, doors[i].screen, 0);
    }
}

static void settings_frame(struct app *app, void *state, struct ui *ui)
{
    struct settings_page *s = state;
    struct rect r =
        desk_frame(app, ui, DESK_SETTINGS, text_key(T_se_title), text_of(T_se_title));
    bool upright = ui_panel(ui) == PANEL_POR;
    struct rect foot = rect_cut_bottom(&r, upright ? 118 : ui_dim(ui, 86, 66, 0));
    const struct row *shown[COUNT(rows)];
    struct rect say;
    size_t n;

    rect_cut_bottom(&r, ui_dim(ui, 12, 6, 8));
    /* upright the rows need its room, so it takes some only while there are words */
    say =
        rect_cut_bottom(&r, upright && s->said == T_COUNT ? 0 : ui_dim(ui, 50, 34, 56));
    rect_cut_bottom(&r, ui_dim(ui, 8, 4, 6));
    n = list_rows(app, shown);
    for (size_t i = 0; i < n; i++)
        draw_row(app, s, ui, office_cell(ui, r, i, n), shown[i]);
    if (s->said != T_COUNT)
        desk_say(ui, say, text_of(s->said), CHIP_NGHE);
    draw_foot(app, ui, foot);
}

const struct screen screen_admin_settings = {
    .name = "admin_settings",
    .state_size = sizeof(struct settings_page),
    .enter = settings_enter,
    .frame = settings_frame,
};
