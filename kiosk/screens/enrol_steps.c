/* Code -> number -> the administrator's consent, as app/uplink.h counts the steps. */
#include "screens/enrol_steps.h"

#include <stdio.h>

#include "app/uplink.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "screens/office.h"
#include "screens/typing.h"

#define LOOK_MS 500 /* an answer is awaited */

void enrol_steps_begin(struct enrol_steps *e)
{
    *e = (struct enrol_steps){ .keys = { .plain = true, .with_digits = true } };
    (void)snprintf(e->url.text, sizeof(e->url.text), "https://");
}

void enrol_steps_cancel(struct app *app)
{
    if (app->uplink)
        uplink_enrol_cancel(app->uplink);
}

static void draw_form(struct app *app, struct ui *ui, struct rect r,
                      struct enrol_steps *e)
{
    float h = ui_dim(ui, 76, 56, 66), gap = ui_dim(ui, 12, 6, 8);
    struct rect keys = rect_cut_bottom(&r, keyboard_height(ui, &e->keys)), at, go;

    at = rect_cut_top(&r, h);
    if (field_frame(ui, STR(en_url), at, &e->url, !e->at_code))
        e->at_code = false;
    rect_cut_top(&r, gap);
    at = rect_cut_top(&r, h);
    go = rect_cut_right(&at, ui_dim(ui, 220, 170, 170));
    rect_cut_right(&at, gap);
    go.h -= LIP;
    if (field_frame(ui, STR(en_code), at, &e->code, e->at_code))
        e->at_code = true;
    if (staff_button(ui, STR(en_go), go, UI_BUTTON_PRIMARY, "send", 0)) {
        e->err = uplink_enrol(app->uplink, e->url.text, e->code.text);
        hash_wipe(e->code.text, sizeof(e->code.text));
    }
    if (e->err)
        desk_say(ui, r, text_of(e->err == ERR_RETRY ? T_en_busy : T_en_bad), CHIP_NGHE);
    (void)keyboard_frame(ui, keys, &e->keys, e->at_code ? &e->code : &e->url,
                         typing_secret());
}

static void draw_words(struct ui *ui, struct rect r, const char *id, const char *text)
{
    ui_label(ui, UI_ROLE_TEXT, id, text, r, staff_font(ui, STAFF_HEAD), INK, UI_CENTRE);
}

static void draw_number(struct app *app, struct ui *ui, struct rect r,
                        const char *number)
{
    struct ui_font big = { ui_dim(ui, 96, 64, 72), ui_dim(ui, 120, 80, 92), true };
    float gap = ui_dim(ui, 24, 12, 16), h = ui_dim(ui, 96, 74, 84);
    struct rect buttons = rect_cut_bottom(&r, h + LIP), left;
    const char *shown = arena_printf(ui_arena(ui), "%.4s %s", number, number + 4);

    draw_words(ui, rect_cut_top(&r, ui_dim(ui, 60, 50, 80)), STR(en_number));
    ui_text_middle(ui, r, shown, big, INDIGO, UI_CENTRE);
    ui_node(ui, UI_ROLE_TEXT, "en.number.value", shown, r, 0);
    buttons.h = h;
    left = rect_cut_left(&buttons, (buttons.w - gap) / 2);
    rect_cut_left(&buttons, gap);
    if (staff_button(ui, STR(en_other), left, UI_BUTTON_SECONDARY, "close", 0))
        uplink_enrol_cancel(app->uplink);
    if (staff_button(ui, STR(en_same), buttons, UI_BUTTON_OK, "check", 0))
        uplink_enrol_confirm(app->uplink);
}

bool enrol_steps_frame(struct app *app, struct ui *ui, struct rect r,
                       struct enrol_steps *e)
{
    struct uplink_status status;
    struct rect button = r;

    uplink_status(app->uplink, &status);
    rect_cut_top(&button, ui_dim(ui, 110, 90, 140));
    button = rect_cut_top(&button, ui_dim(ui, 84, 68, 76));
    button = rect_centre(button, ui_dim(ui, 320, 260, 280), button.h);
    switch (status.enrol) {
    case UPLINK_ENROL_NONE:
        draw_form(app, ui, r, e);
        break;
    case UPLINK_ENROL_ASKING:
        draw_words(ui, r, STR(en_ask));
        ui_wake_in(ui, LOOK_MS);
        break;
    case UPLINK_ENROL_NUMBER:
        draw_number(app, ui, r, status.number);
        break;
    case UPLINK_ENROL_CONFIRMING:
        draw_words(ui, r, STR(en_wait));
        ui_wake_in(ui, LOOK_MS);
        break;
    case UPLINK_ENROL_FAILED:
        draw_words(ui, r, "en.failed", office_words(status.words));
        if (staff_button(ui, STR(en_again), button, UI_BUTTON_PRIMARY, "retry", 0))
            uplink_enrol_cancel(app->uplink);
        break;
    case UPLINK_ENROL_DONE:
        draw_words(ui, r, STR(en_done));
        return staff_button(ui, STR(ex_finish), button, UI_BUTTON_OK, "check", 0);
    }
    return false;
}
