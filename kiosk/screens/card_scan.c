/* The scanner's burst on pages without a visit, and the sheet that says what a card that
 * opens nothing is. */
#include "screens/card_scan.h"

#include "screens/bar.h"
#include "screens/screens.h"

#define SHOWN_MS 8000

/* What the last card was; only one person stands here. */
struct said {
    int64_t since_ms;
};

static enum text_id words_of(enum card_verdict verdict)
{
    return verdict == CARD_REVOKED ? T_scan_revoked : T_scan_unknown;
}

static void refused_enter(struct app *app, void *state, size_t arg)
{
    struct said *s = state;

    (void)arg;
    s->since_ms = clock_mono_ms(app->clock);
}

static void refused_frame(struct app *app, void *state, struct ui *ui)
{
    struct said *s = state;
    int64_t left = SHOWN_MS - (clock_mono_ms(app->clock) - s->since_ms);
    enum text_id words = words_of(app->card_verdict);
    struct ui_font head = { ui_dim(ui, 40, 32, 34), ui_dim(ui, 52, 42, 44), true };
    struct ui_font body = { ui_dim(ui, 30, 24, 26), ui_dim(ui, 43, 34, 37), false };
    struct ui_button_style call = { .kind = UI_BUTTON_SUN, .icon_left = "raise" };
    struct ui_button_style ok = { .kind = UI_BUTTON_PRIMARY };
    float w = ui_dim(ui, 860, 720, 510), pad = ui_dim(ui, 40, 24, 28);
    float gap = ui_dim(ui, 22, 12, 16), h_button = ui_dim(ui, 104, 96, 100);
    bool portrait = ui_panel(ui) == PANEL_POR;
    const char *say = page_say(ui, words), *title = text_of(T_scan_no);
    struct rect in = { 0, 0, w - 2 * pad, 0 }, modal, left_at;
    float h_title = ui_text(ui, in, title, head, 0, UI_CENTRE);
    float h_say = ui_text(ui, in, say, body, 0, UI_CENTRE);

    modal = rect_centre(ui_page(ui), w,
                        2 * pad + h_title + h_say + 2 * gap + h_button + LIP +
                            (portrait ? h_button + LIP + gap : 0));
    ui_fill_page(ui, SCRIM);
    ui_dialog_begin(ui, text_key(T_scan_no), title, modal);
    ui_shadow(ui, modal, 32);
    ui_box(ui, modal, &(struct ui_box_style){ .fill = SURFACE, .radius = 32 });
    in = rect_inset(modal, pad, pad);
    ui_label(ui, UI_ROLE_TITLE, "scan.no.title", title, in, head, NGHE_DEEP, UI_CENTRE);
    in.y += h_title + gap;
    ui_label(ui, UI_ROLE_TEXT, text_key(words), say, in, body, INK, UI_CENTRE);
    in.y += h_say + gap;
    left_at = (struct rect){ in.x, in.y, portrait ? in.w : (in.w - gap) / 2, h_button };
    if (ui_button(ui, "scan.call", text_of(T_sign_call), left_at, &call)) {
        app_uncover(app);
        app_cover_name(app, "help");
    }
    if (portrait)
        left_at.y += h_button + LIP + gap;
    else
        left_at.x += left_at.w + gap;
    if (ui_button(ui, STR(scan_ok), left_at, &ok) || left <= 0)
        app_uncover(app);
    ui_dialog_end(ui);
    if (left > 0)
        ui_wake_in(ui, (int)left);
}

static const struct screen refused = { .kind = SCREEN_DIALOG,
                                       .state_size = sizeof(struct said),
                                       .enter = refused_enter,
                                       .frame = refused_frame };

void card_scan(struct app *app, struct ui *ui)
{
    const char *scanned = app_is_covered(app) ? NULL : ui_scanned(ui);

    if (!scanned)
        return;
    app->card_verdict = app_visit_card(app, scanned);
    if (app->card_verdict == CARD_STAFF)
        app_goto(app, app_staff_door(app), 0);
    else if (app->card_verdict == CARD_REVOKED || app->card_verdict == CARD_UNKNOWN)
        app_cover(app, &refused);
}
