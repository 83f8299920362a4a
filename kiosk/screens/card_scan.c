/* The scanner's burst on pages of residents, and the sheet that says what came of a card that
 * opens nothing, or of a passport. */
#include "screens/card_scan.h"

#include "screens/bar.h"
#include "screens/screens.h"

#define SHOWN_MS 8000

/* What the last one was; only one person stands here. */
struct said {
    int64_t since_ms;
};

static void said_enter(struct app *app, void *state, size_t arg)
{
    struct said *s = state;

    (void)arg;
    s->since_ms = clock_mono_ms(app->clock);
}

/* Title and sentence with one button or two, over the page; goes away by itself. */
static void draw_said(struct app *app, const struct said *s, struct ui *ui,
                      enum text_id title_id, const char *title, enum text_id words,
                      bool good)
{
    int64_t left = SHOWN_MS - (clock_mono_ms(app->clock) - s->since_ms);
    struct ui_font head = { ui_dim(ui, 40, 32, 34), ui_dim(ui, 52, 42, 44), true };
    struct ui_font body = { ui_dim(ui, 30, 24, 26), ui_dim(ui, 43, 34, 37), false };
    struct ui_button_style call = { .kind = UI_BUTTON_SUN, .icon_left = "raise" };
    struct ui_button_style ok = { .kind = UI_BUTTON_PRIMARY };
    float w = ui_dim(ui, 860, 720, 510), pad = ui_dim(ui, 40, 24, 28);
    float gap = ui_dim(ui, 22, 12, 16), h_button = ui_dim(ui, 104, 96, 100);
    bool below = ui_panel(ui) == PANEL_POR && !good;
    const char *say = page_say(ui, words);
    struct rect in = { 0, 0, w - 2 * pad, 0 }, modal, at;
    float h_title = ui_text(ui, in, title, head, 0, UI_CENTRE);
    float h_say = ui_text(ui, in, say, body, 0, UI_CENTRE);

    modal = rect_centre(ui_page(ui), w,
                        2 * pad + h_title + h_say + 2 * gap + h_button + LIP +
                            (below ? h_button + LIP + gap : 0));
    ui_fill_page(ui, SCRIM);
    ui_dialog_begin(ui, text_key(title_id), title, modal);
    ui_shadow(ui, modal, 32);
    ui_box(ui, modal, &(struct ui_box_style){ .fill = SURFACE, .radius = 32 });
    in = rect_inset(modal, pad, pad);
    ui_label(ui, UI_ROLE_TITLE, good ? "pp.title" : "scan.no.title", title, in, head,
             good ? LUA : NGHE_DEEP, UI_CENTRE);
    in.y += h_title + gap;
    ui_label(ui, UI_ROLE_TEXT, text_key(words), say, in, body, INK, UI_CENTRE);
    in.y += h_say + gap;
    at = (struct rect){ in.x, in.y, below || good ? in.w : (in.w - gap) / 2, h_button };
    if (!good && ui_button(ui, "scan.call", text_of(T_sign_call), at, &call)) {
        app_uncover(app);
        app_cover_name(app, "help");
    }
    if (below)
        at.y += h_button + LIP + gap;
    else if (!good)
        at.x += at.w + gap;
    if (ui_button(ui, STR(scan_ok), at, &ok) || left <= 0)
        app_uncover(app);
    ui_dialog_end(ui);
    if (left > 0)
        ui_wake_in(ui, (int)left);
}

static void refused_frame(struct app *app, void *state, struct ui *ui)
{
    draw_said(app, state, ui, T_scan_no, text_of(T_scan_no),
              app->card_verdict == CARD_REVOKED ? T_scan_revoked : T_scan_unknown,
              false);
}

static const struct screen refused = { .kind = SCREEN_DIALOG,
                                       .state_size = sizeof(struct said),
                                       .enter = said_enter,
                                       .frame = refused_frame };

/* --- passports ---------------------------------------------------------------------- */

static void passport_frame(struct app *app, void *state, struct ui *ui)
{
    static const enum text_id words[PASSPORT_IN_COUNT] = {
        [PASSPORT_IN_BOOKED] = T_pp_booked_sub, [PASSPORT_IN_OTHER] = T_pp_other,
        [PASSPORT_IN_VISITOR] = T_pp_visitor,   [PASSPORT_IN_LESSONS] = T_pp_lessons,
        [PASSPORT_IN_UNKNOWN] = T_pp_unknown,   [PASSPORT_IN_FAILED] = T_pp_failed,
    };
    const struct passport_told *told = &app->passport;

    if (told->what != PASSPORT_IN_BOOKED)
        draw_said(app, state, ui, T_pp_no, text_of(T_pp_no), words[told->what], false);
    else if (!told->n)
        draw_said(app, state, ui, T_pp_known, text_of(T_pp_known), T_pp_known_sub,
                  true);
    else
        draw_said(app, state, ui, T_pp_booked,
                  text_fill(ui_arena(ui), text_of(T_pp_booked), "n",
                            page_number(ui, (long long)told->n), NULL),
                  app->visit.open ? T_pp_booked_in : T_pp_booked_sub, true);
}

static const struct screen passport = { .kind = SCREEN_DIALOG,
                                        .state_size = sizeof(struct said),
                                        .enter = said_enter,
                                        .frame = passport_frame };

static void take_passport(struct app *app, const char *scanned)
{
    app_passport(app, scanned);
    app_cover(app, &passport);
}

bool passport_scan(struct app *app, struct ui *ui)
{
    const char *scanned = app_is_covered(app) ? NULL : ui_scanned(ui);

    if (!scanned || !passport_looks_like(scanned))
        return false;
    take_passport(app, scanned);
    return app->passport.n > 0;
}

void card_scan(struct app *app, struct ui *ui)
{
    const char *scanned = app_is_covered(app) ? NULL : ui_scanned(ui);

    if (!scanned)
        return;
    if (passport_looks_like(scanned)) {
        take_passport(app, scanned);
        return;
    }
    app->card_verdict = app_visit_card(app, scanned);
    if (app->card_verdict == CARD_STAFF)
        app_goto(app, app_staff_door(app), 0);
    else if (app->card_verdict == CARD_REVOKED || app->card_verdict == CARD_UNKNOWN)
        app_cover(app, &refused);
}
