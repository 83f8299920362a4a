/* A report to the stick: three taps after the PIN. "Ghi xong" stands here only after every
 * file was read back. */
#include "app/export.h"

#include <string.h>

#include "app/board.h"
#include "app/upkeep.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/office.h"
#include "screens/range_pick.h"
#include "screens/screens.h"

enum part { PART_CHOOSE, PART_PICK, PART_PIN, PART_SECRET, PART_WRITE, PART_DONE };

#define SPANS 4
#define SPAN_HALF 2
#define SPAN_PICKED 3
#define KINDS 3

struct export_page {
    enum part part;
    bool told; /* "Đang ghi…" was presented: now it may take its time */
    size_t span;
    struct figure_range range;
    struct range_pick pick;
    enum export_kind kind;
    struct desk_pin pin;
    char secret[EXPORT_SECRET_CHARS];
    enum text_id said; /* T_COUNT: nothing */
    const char *stick_words;
    size_t n_written;
    bool released; /* "Xong": nothing more is written, the stick may go */
};

static void export_enter(struct app *app, void *state, size_t arg)
{
    struct export_page *s = state;

    (void)arg;
    s->said = T_COUNT;
    s->span = SPAN_HALF;
    if (app->db)
        s->range = figure_range_now(app->db, FIGURE_HALF);
}

static void look_at_stick(struct app *app, struct usb_status *out)
{
    *out = (struct usb_status){ .present = false };
    if (app->usb)
        usb_status(app->usb, out);
}

/* --- period -------------------------------------------------------------------------------- */

static const char *short_day(struct ui *ui, int64_t day)
{
    int y, m, d;

    clock_day_civil(day < 0 ? 0 : day, &y, &m, &d);
    return arena_printf(ui_arena(ui), "%d/%d", d, m);
}

static const char *span_words(struct ui *ui, const struct export_page *s, size_t i)
{
    static const enum text_id words[SPANS] = { T_st_month, T_st_quarter, T_ex_half,
                                               T_ex_pick };
    enum text_id id = words[i];

    if (i == SPAN_HALF && s->span != SPAN_HALF)
        return text_of(T_st_half);
    if (i == SPAN_PICKED && s->span == SPAN_PICKED)
        id = s->range.to_day < 0 ? T_of_all : T_ex_picked;
    return text_fill(ui_arena(ui), text_of(id), "tu", short_day(ui, s->range.from_day),
                     "den", short_day(ui, s->range.to_day), NULL);
}

static void draw_spans(struct app *app, struct export_page *s, struct ui *ui,
                       struct rect r)
{
    static const enum figure_now now[] = { FIGURE_MONTH, FIGURE_QUARTER, FIGURE_HALF };
    const char *keys[SPANS] = { text_key(T_st_month), text_key(T_st_quarter),
                                text_key(T_ex_half), text_key(T_ex_pick) };
    const char *labels[SPANS];
    int tapped;

    for (size_t i = 0; i < SPANS; i++)
        labels[i] = span_words(ui, s, i);
    tapped = staff_segments(ui, r, keys, labels, SPANS, s->span);
    if (tapped == SPAN_PICKED) {
        range_pick_begin(&s->pick, &s->range);
        s->part = PART_PICK;
    } else if (tapped >= 0) {
        s->span = (size_t)tapped;
        s->range = figure_range_now(app->db, now[tapped]);
    }
}

/* --- kind ---------------------------------------------------------------------------------- */

static void draw_kind(struct export_page *s, struct ui *ui, struct rect r,
                      enum export_kind kind)
{
    static const struct {
        enum text_id word, sub;
        const char *icon;
    } kinds[KINDS] = { { T_ex_r1, T_ex_r1s, "file" },
                       { T_ex_r2, T_ex_r2s, "chart" },
                       { T_ex_r3, T_ex_r3s, "lock" } };
    bool on = s->kind == kind;
    struct ui_font bold = staff_font(ui, STAFF_BOLD),
                   small = staff_font(ui, STAFF_SMALL);
    float dx = ui_dim(ui, 22, 12, 14), glyph = ui_dim(ui, 40, 30, 34), ring = 38, h, dy;
    struct rect in, at;

    if (staff_row(ui, UI_ROLE_CHOICE, text_key(kinds[kind].word),
                  text_of(kinds[kind].word), r, on ? UI_SELECTED : 0, &dy)) {
        s->kind = kind;
        s->said = T_COUNT;
    }
    in = rect_inset(r, dx, 0);
    in.y += dy;
    at = rect_cut_left(&in, glyph);
    ui_icon(ui, rect_centre(at, glyph, glyph), kinds[kind].icon, INDIGO);
    rect_cut_left(&in, dx);
    at = rect_cut_right(&in, ring);
    staff_radio(ui, rect_centre(at, ring, ring), on);
    rect_cut_right(&in, 10);
    h = ui_text(ui, in, text_of(kinds[kind].word), bold, 0, UI_LEFT);
    at = in;
    at.y +=
        (in.h - h - ui_text(ui, in, text_of(kinds[kind].sub), small, 0, UI_LEFT)) / 2;
    ui_text(ui, at, text_of(kinds[kind].word), bold, INK, UI_LEFT);
    at.y += h;
    ui_text(ui, at, text_of(kinds[kind].sub), small, INK2, UI_LEFT);
}

static void draw_left(struct app *app, struct export_page *s, struct ui *ui,
                      struct rect r)
{
    struct ui_font small = staff_font(ui, STAFF_SMALL);
    float gap = ui_dim(ui, 12, 6, 8), h;

    small.bold = true;
    ui_label(ui, UI_ROLE_TEXT, STR(ex_period), rect_cut_top(&r, small.line + 4), small,
             INK2, UI_LEFT);
    draw_spans(app, s, ui, rect_cut_top(&r, ui_dim(ui, 64, 52, 58)));
    rect_cut_top(&r, gap);
    ui_label(ui, UI_ROLE_TEXT, STR(ex_what), rect_cut_top(&r, small.line + 4), small,
             INK2, UI_LEFT);
    h = (r.h - gap * 2) / KINDS - LIP;
    h = h > 140 ? 140 : h;
    for (int i = 0; i < KINDS; i++) {
        draw_kind(s, ui, rect_cut_top(&r, h), (enum export_kind)i);
        rect_cut_top(&r, gap + LIP);
    }
}

/* --- what will be written -------------------------------------------------------------------- */

static void begin(struct app *app, struct export_page *s)
{
    s->said = T_COUNT;
    s->stick_words = NULL;
    if (s->kind == EXPORT_PEOPLE && !vault_is_unlocked(app->desk.vault)) {
        s->said = T_ex_locked;
        return;
    }
    s->told = false;
    s->part = PART_WRITE;
    if (s->kind == EXPORT_PEOPLE) {
        s->pin = (struct desk_pin){ .verdict = PIN_RIGHT };
        s->part = PART_PIN;
    }
}

static void draw_files(struct app *app, struct export_page *s, struct ui *ui,
                       struct rect r)
{
    char names[EXPORT_FILES_MAX][REPORT_NAME_BYTES];
    size_t n = export_names(app, s->kind, &s->range, names);
    struct rect in = rect_inset(r, ui_dim(ui, 20, 12, 14), ui_dim(ui, 14, 8, 10)), chip;
    struct ui_font body = staff_font(ui, STAFF_BODY);
    bool named = s->kind == EXPORT_PEOPLE;
    enum text_id word = named ? T_ex_named : T_ex_noname;

    staff_panel(ui, r);
    chip = rect_cut_bottom(&in, ui_dim(ui, 40, 32, 36));
    in.y += ui_label(ui, UI_ROLE_TEXT, text_key(T_ex_preview),
                     text_fill(ui_arena(ui), text_of(T_ex_preview), "n",
                               page_number(ui, (long long)n), NULL),
                     in, staff_font(ui, STAFF_BOLD), INK, UI_LEFT);
    body.size = ui_dim(ui, 19, 15, 17);
    for (size_t i = 0; i < n; i++) {
        const char *name = arena_strdup(ui_arena(ui), names[i]);

        in.y +=
            ui_label(ui, UI_ROLE_TEXT, arena_printf(ui_arena(ui), "ex.file#%zu", i + 1),
                     name, in, body, INK, UI_LEFT);
    }
    staff_chip(ui, text_key(word), text_of(word), named ? "lock" : "shield", chip.x,
               chip.y + chip.h / 2, named ? CHIP_NGHE : CHIP_LUA);
}

/* The same list the other way. */
static void draw_import_door(struct app *app, struct ui *ui, struct rect *r, float gap)
{
    struct rect at = rect_cut_bottom(r, ui_dim(ui, 64, 54, 58) + LIP);

    rect_cut_bottom(r, gap);
    at.h -= LIP;
    if (staff_button(ui, STR(im_door), at, UI_BUTTON_SECONDARY, "users", 0))
        app_goto(app, "admin_import", 0);
}

static void draw_right(struct app *app, struct export_page *s, struct ui *ui,
                       struct rect r)
{
    struct usb_status usb;
    float gap = ui_dim(ui, 16, 8, 10);
    struct rect go = rect_cut_bottom(&r, ui_dim(ui, 110, 72, 84) + LIP);
    const char *sub;

    look_at_stick(app, &usb);
    sub = usb.present ? text_fill(ui_arena(ui), text_of(T_ex_usb_sub), "ten", usb.label,
                                  "cho", office_space(ui, usb.free_mb), NULL)
                      : text_of(T_ex_nousb_sub);
    office_line(ui, rect_cut_top(&r, ui_dim(ui, 106, 72, 84)), text_key(T_ex_usb),
                "usb", text_of(usb.present ? T_ex_usb : T_ex_nousb), sub, 0,
                !usb.present);
    rect_cut_top(&r, gap);
    rect_cut_bottom(&r, gap);
    if (s->kind == EXPORT_PEOPLE)
        draw_import_door(app, ui, &r, gap);
    if (s->said == T_COUNT)
        draw_files(app, s, ui, r);
    else
        desk_say(ui, r, s->stick_words ? s->stick_words : text_of(s->said), CHIP_NGHE);
    go.h -= LIP;
    if (staff_button(ui, text_key(T_ex_go), text_of(usb.present ? T_ex_go : T_ex_nousb),
                     go, UI_BUTTON_PRIMARY, usb.present ? "down" : "usb",
                     usb.present ? 0 : UI_DISABLED) &&
        usb.present && app->db)
        begin(app, s);
}

static void draw_choose(struct app *app, struct export_page *s, struct ui *ui)
{
    struct rect r =
        desk_frame(app, ui, DESK_EXPORT, text_key(T_ex_title), text_of(T_ex_title));
    bool upright = ui_panel(ui) == PANEL_POR;
    struct rect left =
        upright ? rect_cut_top(&r, r.h * 0.48F) : rect_cut_left(&r, r.w * 0.555F);

    if (upright)
        rect_cut_top(&r, 10);
    else
        rect_cut_left(&r, ui_dim(ui, 18, 10, 0));
    draw_left(app, s, ui, left);
    draw_right(app, s, ui, r);
}

/* --- then ------------------------------------------------------------------------------------ */

static void draw_secret(struct app *app, struct export_page *s, struct ui *ui)
{
    bool back;
    struct rect r = desk_step(ui, T_of_back, "back", text_key(T_ex_key_t),
                              text_of(T_ex_key_t), 0, 0, &back);
    struct ui_font big = { ui_dim(ui, 64, 44, 40), ui_dim(ui, 84, 60, 56), true };
    struct rect foot = rect_cut_bottom(&r, ui_dim(ui, 84, 68, 76) + LIP);

    (void)app;
    r.y += ui_label(ui, UI_ROLE_TEXT, STR(ex_key_p), r, staff_font(ui, STAFF_BODY),
                    INK2, UI_LEFT);
    /* a secret is drawn, but stands in no tree and no log */
    ui_text_middle(ui, r, s->secret, big, INDIGO, UI_CENTRE);
    foot.h -= LIP;
    foot = rect_centre(foot, ui_dim(ui, 420, 340, 400), foot.h);
    if (staff_button(ui, STR(ex_key_ok), foot, UI_BUTTON_PRIMARY, "check", 0))
        s->part = PART_WRITE;
    if (back) {
        hash_wipe(s->secret, sizeof(s->secret));
        s->part = PART_CHOOSE;
    }
}

static void write_now(struct app *app, struct export_page *s)
{
    s->said =
        export_run(app, s->kind, &s->range, s->kind == EXPORT_PEOPLE ? s->secret : NULL,
                   &s->n_written, &s->stick_words);
    hash_wipe(s->secret, sizeof(s->secret));
    s->part = s->said == T_COUNT ? PART_DONE : PART_CHOOSE;
}

static void draw_done(struct app *app, struct export_page *s, struct ui *ui)
{
    struct rect r =
        desk_frame(app, ui, DESK_EXPORT, text_key(T_ex_title), text_of(T_ex_title));
    struct ui_font head = { ui_dim(ui, 34, 26, 28), ui_dim(ui, 46, 34, 36), true };
    float glyph = ui_dim(ui, 130, 80, 100), gap = ui_dim(ui, 20, 10, 14);
    struct rect foot = rect_cut_bottom(&r, ui_dim(ui, 90, 68, 80) + LIP), left;
    enum text_id word = s->released ? T_ex_done : T_ex_done_keep;

    r.y += r.h * 0.15F;
    ui_icon(ui, (struct rect){ r.x + (r.w - glyph) / 2, r.y, glyph, glyph }, "check",
            LUA);
    r.y += glyph + gap;
    r.y += ui_label(ui, UI_ROLE_TITLE, text_key(word), text_of(word), r, head, LUA,
                    UI_CENTRE) +
           gap;
    ui_label(ui, UI_ROLE_TEXT, text_key(T_ex_done_sub),
             text_fill(ui_arena(ui), text_of(T_ex_done_sub), "n",
                       page_number(ui, (long long)s->n_written), NULL),
             r, staff_font(ui, STAFF_BODY), INK2, UI_CENTRE);
    foot.h -= LIP;
    left = rect_cut_left(&foot, (foot.w - gap) / 2);
    rect_cut_left(&foot, gap);
    if (!s->released &&
        staff_button(ui, STR(ex_again), left, UI_BUTTON_SECONDARY, "plus", 0))
        s->part = PART_CHOOSE;
    if (!staff_button(ui, STR(ex_finish), foot, UI_BUTTON_OK, "check", 0))
        return;
    /* the first time lets the stick go and says so; the second one leaves */
    if (!s->released && usb_release(app->usb) == USB_DONE)
        s->released = true;
    else
        app_goto(app, "admin_stats", 0);
    ui_wake_in(ui, 0);
}

static void after_pin(struct export_page *s, int answer)
{
    if (answer < 0)
        s->part = PART_CHOOSE;
    if (answer <= 0)
        return;
    export_secret(s->secret);
    s->part = PART_SECRET;
}

static void export_frame(struct app *app, void *state, struct ui *ui)
{
    struct export_page *s = state;
    enum part part = s->part;
    int picked;

    switch (part) {
    case PART_CHOOSE:
        draw_choose(app, s, ui);
        break;
    case PART_PICK:
        picked = range_pick_frame(app, ui, &s->pick, &s->range);
        s->span = picked == 1 ? SPAN_PICKED : s->span;
        s->part = picked ? PART_CHOOSE : s->part;
        break;
    case PART_PIN:
        draw_choose(app, s, ui);
        after_pin(s, desk_pin(app, ui, &s->pin));
        break;
    case PART_SECRET:
        draw_secret(app, s, ui);
        break;
    case PART_WRITE:
        if (s->told)
            write_now(app, s);
        s->told = true;
        desk_say(
            ui,
            desk_frame(app, ui, DESK_EXPORT, text_key(T_ex_title), text_of(T_ex_title)),
            text_of(T_ex_writing), CHIP_NGHE);
        ui_wake_in(ui, 0);
        break;
    case PART_DONE:
        draw_done(app, s, ui);
        break;
    }
    if (s->part != part)
        ui_wake_in(ui, 0);
}

const struct screen screen_admin_export = {
    .name = "admin_export",
    .state_size = sizeof(struct export_page),
    .enter = export_enter,
    .frame = export_frame,
};
