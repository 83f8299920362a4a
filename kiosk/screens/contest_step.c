/* Frame and keys of the steps in which a contest is set up. */
#include <string.h>

#include "screens/contest_setup.h"
#include "screens/typing.h"

void contest_step_go(struct contest_setup *s, enum contest_step step)
{
    s->step = step;
    s->first = 0;
    s->say = NULL;
    s->tone = CHIP_SAND;
}

struct rect contest_step_frame(struct ui *ui, struct contest_setup *s,
                               enum text_id title, enum text_id next, const char *say,
                               bool *back_out, bool *next_out)
{
    struct rect body =
        desk_step(ui, T_list_back, "back", text_key(title), text_of(title),
                  (size_t)s->step, CONTEST_STEPS, back_out);
    struct rect foot = rect_cut_bottom(&body, ui_dim(ui, 84, 64, 78)), at;

    foot.h -= 4;
    rect_cut_bottom(&body, ui_dim(ui, 14, 8, 10));
    at = rect_cut_right(&foot, ui_dim(ui, 260, 170, 200));
    *next_out =
        staff_button(ui, text_key(next), text_of(next), at, UI_BUTTON_PRIMARY, NULL, 0);
    foot.w -= 14;
    desk_say(ui, foot, s->say ? s->say : say, s->tone);
    return body;
}

/* Without spaces at the ends; false: nothing, or too long. */
static bool clean(const char *typed, char *out, size_t n_out)
{
    size_t n;

    while (*typed == ' ')
        typed++;
    n = strlen(typed);
    while (n && typed[n - 1] == ' ')
        n--;
    if (!n || n >= n_out)
        return false;
    memcpy(out, typed, n);
    out[n] = 0;
    return true;
}

void contest_keys_open(struct contest_setup *s)
{
    s->typing = true;
    s->say = NULL;
    s->typed = (struct field){ .hidden = false };
    s->keyboard = (struct keyboard){ .shift = true, .with_digits = true };
}

bool contest_typed(const struct app *app, struct ui *ui, struct contest_setup *s,
                   enum text_id title, const char *note, char *out, size_t n)
{
    bool back, done;
    struct rect body = desk_step(ui, T_list_back, "back", text_key(title),
                                 text_of(title), 0, 0, &back);
    struct rect row = rect_cut_top(&body, ui_dim(ui, 92, 60, 92)), save;

    save = rect_cut_right(&row, staff_button_width(ui, text_of(T_list_save), "check"));
    rect_cut_right(&row, 12);
    field_frame(ui, "text.field", text_of(title), row, &s->typed, true);
    done = staff_button(ui, STR(list_save), save, UI_BUTTON_PRIMARY, "check", 0);
    rect_cut_top(&body, 8);
    desk_say(ui, rect_cut_top(&body, ui_dim(ui, 50, 40, 64)), s->say ? s->say : note,
             s->say ? CHIP_NGHE : CHIP_SAND);
    rect_cut_top(&body, ui_dim(ui, 8, 4, 8));
    if (ui_panel(ui) == PANEL_POR)
        body = rect_cut_bottom(&body, keyboard_height(ui, &s->keyboard));
    if (keyboard_frame(ui, body, &s->keyboard, &s->typed, typing_text(app, true)))
        s->say = NULL;
    done = done && clean(s->typed.text, out, n);
    if (!done && strlen(s->typed.text) >= n)
        s->say = text_of(T_ct_too_long);
    if (done || back) {
        s->typing = false;
        s->say = NULL;
    }
    return done;
}
