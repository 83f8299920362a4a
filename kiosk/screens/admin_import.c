/* People from a file on the stick: chosen, opened by its code when it is locked, read, shown
 * as what it would do, and written after the PIN. Nothing is ever deleted. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/helper.h"
#include "app/usb.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/desk.h"
#include "screens/import_plan.h"
#include "screens/office.h"
#include "screens/screens.h"
#include "screens/typing.h"

#define NAME_BYTES 300
#define CODE_DIGITS 16 /* of a code we gave; "4821-9053-7716-2408" on paper */

enum part { PART_CHOOSE, PART_SECRET, PART_WORK, PART_PIN };

struct import_page {
    enum part part;
    bool had_stick;
    const char **files;
    size_t n_files,
        first; /* first: of the files, then of the rows that are not taken */
    bool more;
    char name[NAME_BYTES]; /* in BDHVS/ */
    struct field field;    /* the code of a locked file */
    struct keyboard keyboard;
    struct desk_pin pin;
};

static void look(struct app *app, struct import_page *s)
{
    s->had_stick =
        intake_files(app, &app->nav.page_arena, &s->files, &s->n_files, &s->more);
    s->first = 0;
}

static void import_enter(struct app *app, void *state, size_t arg)
{
    struct import_page *s = state;

    (void)arg;
    intake_forget(&app->intake);
    s->keyboard =
        (struct keyboard){ .plain = true, .with_digits = true, .digits = true };
    if (app_may(app, MAY_ADMINISTER))
        look(app, s);
    else
        app_goto(app, app_staff_door(app), 0);
}

static void leave(struct app *app, struct import_page *s)
{
    intake_forget(&app->intake);
    hash_wipe(&s->field, sizeof(s->field));
    app_goto(app, "admin_export", 0);
}

/* --- the files --------------------------------------------------------------------------- */

static void choose(struct app *app, struct import_page *s, const char *name)
{
    if ((size_t)snprintf(s->name, sizeof(s->name), "%s", name) >= sizeof(s->name))
        return;
    s->first = 0;
    s->part = intake_is_locked(name) ? PART_SECRET : PART_WORK;
    if (s->part == PART_WORK)
        intake_read(app, &app->intake, s->name, NULL);
}

static void draw_file(struct app *app, struct import_page *s, struct ui *ui,
                      struct rect r, size_t i)
{
    bool locked = intake_is_locked(s->files[i]);
    float w = staff_button_width(ui, text_of(T_im_see), "eye");
    struct rect at = office_line(
        ui, r, text_key_n(ui_arena(ui), T_im_sheet, i + 1), locked ? "lock" : "file",
        s->files[i], text_of(locked ? T_im_zip : T_im_sheet), w + 16, false);

    at = rect_centre(at, w, ui_dim(ui, 62, 50, 58));
    if (staff_button(ui, text_key_n(ui_arena(ui), T_im_see, i + 1), text_of(T_im_see),
                     at, UI_BUTTON_SECONDARY, "eye", 0))
        choose(app, s, s->files[i]);
}

static void draw_files(struct app *app, struct import_page *s, struct ui *ui,
                       struct rect r)
{
    float gap = ui_dim(ui, 10, 6, 8), h = ui_dim(ui, 92, 66, 84);
    size_t rows = (size_t)((r.h + gap) / (h + gap)), shown;
    struct rect pager = { 0 };

    if (s->n_files > rows) {
        pager = rect_cut_bottom(&r, ui_dim(ui, 66, 56, 62));
        pager.h -= LIP;
        rows = (size_t)(r.h / (h + gap));
    }
    rows = rows < 1 ? 1 : rows;
    shown = s->n_files - s->first > rows ? rows : s->n_files - s->first;
    for (size_t i = s->first; i < s->first + shown; i++) {
        draw_file(app, s, ui, rect_cut_top(&r, h), i);
        rect_cut_top(&r, gap);
    }
    if (pager.h > 0)
        s->first += (size_t)(staff_pager(ui, pager, s->first, shown, s->n_files, NULL) *
                             (int)rows);
}

static void draw_choose(struct app *app, struct import_page *s, struct ui *ui)
{
    struct rect r =
        desk_frame(app, ui, DESK_EXPORT, text_key(T_im_title), text_of(T_im_title));
    struct rect foot = rect_cut_bottom(&r, ui_dim(ui, 76, 60, 66)), say, at;
    bool locked = !vault_is_unlocked(app->desk.vault);
    bool stick = app->usb && usb_path(app->usb);

    if (stick != s->had_stick)
        look(app, s);
    rect_cut_bottom(&r, ui_dim(ui, 12, 7, 8));
    say = rect_cut_bottom(&r, ui_dim(ui, 80, 62, 84));
    rect_cut_bottom(&r, ui_dim(ui, 12, 7, 8));
    if (locked || !s->n_files)
        desk_say(ui, (struct rect){ r.x, r.y, r.w, r.h * 0.5F },
                 text_of(locked  ? T_im_locked
                         : stick ? T_im_none
                                 : T_im_nousb),
                 CHIP_SAND);
    else
        draw_files(app, s, ui, r);
    if (app->intake.state == INTAKE_REFUSED)
        desk_say(ui, say,
                 app->intake.why_row ? text_fill(ui_arena(ui), text_of(T_im_row), "n",
                                                 page_number(ui, app->intake.why_row),
                                                 "vi", app->intake.why, NULL)
                                     : app->intake.why,
                 CHIP_NGHE);
    else if (s->n_files && !locked)
        office_note(ui, say, text_key(T_im_pick),
                    text_of(s->more ? T_im_more : T_im_pick));
    foot.h -= LIP;
    at = rect_cut_right(&foot, staff_button_width(ui, text_of(T_of_back), "back"));
    if (staff_button(ui, STR(of_back), at, UI_BUTTON_SECONDARY, "back", 0))
        leave(app, s);
}

/* --- the code of a locked file -------------------------------------------------------------- */

/* Typed without its strokes it is the same code. */
static void code_of(const char *typed, char out[FIELD_MAX])
{
    if (strlen(typed) == CODE_DIGITS && strspn(typed, "0123456789") == CODE_DIGITS)
        (void)snprintf(out, FIELD_MAX, "%.4s-%.4s-%.4s-%.4s", typed, typed + 4,
                       typed + 8, typed + 12);
    else
        (void)snprintf(out, FIELD_MAX, "%s", typed);
}

static void open_locked(struct app *app, struct import_page *s)
{
    char code[FIELD_MAX];

    code_of(s->field.text, code);
    intake_read(app, &app->intake, s->name, code);
    hash_wipe(code, sizeof(code));
    hash_wipe(&s->field, sizeof(s->field));
    s->part = PART_WORK;
}

static void draw_secret(struct app *app, struct import_page *s, struct ui *ui)
{
    bool back;
    struct rect r = desk_step(ui, T_of_back, "back", text_key(T_im_key_t),
                              text_of(T_im_key_t), 0, 0, &back);
    float h = keyboard_height(ui, &s->keyboard), gap = ui_dim(ui, 12, 6, 10);
    struct rect keys = rect_cut_bottom(&r, h > r.h * 0.6F ? r.h * 0.6F : h);
    struct rect row = rect_cut_top(&r, ui_dim(ui, 76, 54, 68)), go;
    bool can = s->field.text[0] != 0;

    go = rect_cut_right(&row, staff_button_width(ui, text_of(T_im_see), "eye"));
    go.h -= LIP;
    rect_cut_right(&row, gap);
    field_frame(ui, "im.field", text_of(T_im_key_field), row, &s->field, true);
    if (staff_button(ui, STR(im_see), go, UI_BUTTON_PRIMARY, "eye",
                     can ? 0 : UI_DISABLED) &&
        can) {
        open_locked(app, s);
        return;
    }
    rect_cut_top(&r, gap);
    ui_label(ui, UI_ROLE_TEXT, STR(im_key_p), r, staff_font(ui, STAFF_BODY), INK2,
             UI_LEFT);
    (void)keyboard_frame(ui, keys, &s->keyboard, &s->field, typing_secret());
    if (back) {
        hash_wipe(&s->field, sizeof(s->field));
        s->part = PART_CHOOSE;
    }
}

/* --- what it would do, and doing it ---------------------------------------------------------- */

static const char *work_words(struct ui *ui, const struct intake *in,
                              enum chip_tone *tone)
{
    struct people_counts counts = { 0 };
    const char *n;
    enum text_id id = in->state == INTAKE_WRITING   ? T_im_writing
                      : in->state == INTAKE_DONE    ? T_im_done
                      : in->state == INTAKE_STOPPED ? T_im_stopped
                      : in->state == INTAKE_PLANNED ? T_im_pick
                                                    : T_im_reading;

    if (in->plan)
        people_plan_counts(in->plan, &counts);
    /* what the store refused while it was written is counted no more */
    n = page_number(ui, (long long)(counts.n_new + counts.n_changed - in->left));
    *tone = in->state == INTAKE_DONE      ? CHIP_LUA
            : in->state == INTAKE_STOPPED ? CHIP_NGHE
                                          : CHIP_SAND;
    return text_fill(ui_arena(ui), text_of(id), "n", n, "tat",
                     page_number(ui, (long long)in->n_rows), NULL);
}

static void draw_buttons(struct app *app, struct import_page *s, struct ui *ui,
                         struct rect foot)
{
    struct intake *in = &app->intake;
    bool over = in->state == INTAKE_DONE || in->state == INTAKE_STOPPED;
    enum text_id word = over ? T_ex_finish : T_im_no, go = T_im_go;
    struct rect at =
        rect_cut_right(&foot, staff_button_width(ui, text_of(word), "back"));
    const char *label;

    if (in->state == INTAKE_WRITING)
        return; /* what runs is not torn off */
    if (staff_button(ui, text_key(word), text_of(word), at,
                     over ? UI_BUTTON_OK : UI_BUTTON_SECONDARY, over ? "check" : "back",
                     0)) {
        intake_forget(in);
        look(app, s);
        s->part = PART_CHOOSE;
        return;
    }
    if (in->state != INTAKE_PLANNED)
        return;
    label = in->n_rows ? text_fill(ui_arena(ui), text_of(go), "n",
                                   page_number(ui, (long long)in->n_rows), NULL)
                       : text_of(T_im_nothing);
    at = rect_cut_left(&foot, staff_button_width(ui, label, "check"));
    if (staff_button(ui, text_key(go), label, at, UI_BUTTON_PRIMARY, "check",
                     in->n_rows ? 0 : UI_DISABLED) &&
        in->n_rows) {
        s->pin = (struct desk_pin){ .verdict = PIN_RIGHT };
        s->part = PART_PIN;
    }
}

static void draw_work(struct app *app, struct import_page *s, struct ui *ui)
{
    struct intake *in = &app->intake;
    struct rect r =
        desk_frame(app, ui, DESK_EXPORT, text_key(T_im_title), text_of(T_im_title));
    struct rect foot = rect_cut_bottom(&r, ui_dim(ui, 76, 60, 66)), say;
    enum chip_tone tone;
    const char *words = work_words(ui, in, &tone);
    float high = ui_dim(ui, in->state == INTAKE_STOPPED ? 110 : 60,
                        in->state == INTAKE_STOPPED ? 84 : 44, 64);

    rect_cut_bottom(&r, ui_dim(ui, 12, 7, 8));
    say = rect_cut_bottom(&r, high);
    rect_cut_bottom(&r, ui_dim(ui, 12, 7, 8));
    if (in->plan)
        import_plan_draw(ui, r, in->plan, &s->first);
    desk_say(ui, say, words, tone);
    foot.h -= LIP;
    draw_buttons(app, s, ui, foot);
}

static void go_on(struct app *app, struct import_page *s, struct ui *ui)
{
    struct intake *in = &app->intake;

    if (intake_tick(app, in))
        ui_wake_in(ui, 0);
    else if (intake_busy(in))
        ui_wake_in(ui, HELPER_TICK_MS);
    if (in->state == INTAKE_REFUSED && s->part == PART_WORK) {
        look(app, s);
        s->part = PART_CHOOSE;
    }
}

static void import_frame(struct app *app, void *state, struct ui *ui)
{
    struct import_page *s = state;
    enum part part;
    int answer;

    go_on(app, s, ui);
    part = s->part;
    if (part == PART_CHOOSE) {
        draw_choose(app, s, ui);
    } else if (part == PART_SECRET) {
        draw_secret(app, s, ui);
    } else {
        draw_work(app, s, ui);
    }
    if (part == PART_PIN && s->part == PART_PIN) {
        answer = desk_pin(app, ui, &s->pin);
        if (answer > 0)
            intake_write(&app->intake);
        if (answer)
            s->part = PART_WORK;
    }
    if (s->part != part)
        ui_wake_in(ui, 0);
}

const struct screen screen_admin_import = {
    .name = "admin_import",
    .state_size = sizeof(struct import_page),
    .enter = import_enter,
    .frame = import_frame,
};
