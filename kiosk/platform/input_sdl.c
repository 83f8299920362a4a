/* Fingers, mouse and keys of SDL. */
#include "platform/input_sdl.h"

#include <string.h>

#include "base/check.h"
#include "base/utf8.h"
#include "ui/ui_core.h"

#define ENDS_MAX 32 /* more fingers than a panel tells apart */

static void feed(struct input_sdl *in, struct ui *ui, struct ui_event e)
{
    burst_flush(&in->burst, ui);
    e.t_ms = clock_mono_ms(in->clock);
    ui_feed(ui, &e);
    in->n_fed++;
}

static void feed_point(struct input_sdl *in, struct ui *ui, enum ui_event_kind kind,
                       int x, int y)
{
    feed(in, ui, (struct ui_event){ .kind = kind, .x = x, .y = y });
}

void input_sdl_cancel(struct input_sdl *in, struct ui *ui)
{
    if (in->finger_on || in->mouse_on)
        feed_point(in, ui, UI_EVENT_CANCEL, 0, 0);
    in->finger_on = in->mouse_on = false;
}

/* Whether the finger that counts is on its panel, or its end is still to be told. A panel that
 * lost its cable or its power tells no end. */
static bool finger_is_there(const struct input_sdl *in)
{
    SDL_Event ends[ENDS_MAX];
    int n = SDL_GetNumTouchFingers(in->panel);
    int n_ends =
        SDL_PeepEvents(ends, ENDS_MAX, SDL_PEEKEVENT, SDL_FINGERUP, SDL_FINGERUP);

    for (int i = 0; i < n; i++) {
        const SDL_Finger *f = SDL_GetTouchFinger(in->panel, i);

        if (f && f->id == in->finger)
            return true;
    }
    for (int i = 0; i < n_ends; i++) {
        if (ends[i].tfinger.fingerId == in->finger)
            return true;
    }
    return false;
}

static void on_finger(struct input_sdl *in, struct ui *ui,
                      const SDL_TouchFingerEvent *e)
{
    int x = (int)(e->x * (float)in->w);
    int y = (int)(e->y * (float)in->h);

    if (e->type == SDL_FINGERDOWN) {
        if (in->mouse_on ||
            (in->finger_on && e->fingerId != in->finger && finger_is_there(in)))
            return;
        input_sdl_cancel(in, ui);
        in->finger_on = true;
        in->finger = e->fingerId;
        in->panel = e->touchId;
        feed_point(in, ui, UI_EVENT_DOWN, x, y);
    } else if (in->finger_on && e->fingerId == in->finger) {
        if (e->type == SDL_FINGERUP)
            in->finger_on = false;
        feed_point(in, ui, e->type == SDL_FINGERUP ? UI_EVENT_UP : UI_EVENT_MOVE, x, y);
    }
}

static void on_mouse_button(struct input_sdl *in, struct ui *ui,
                            const SDL_MouseButtonEvent *e)
{
    bool down = e->type == SDL_MOUSEBUTTONDOWN;

    if (e->button != SDL_BUTTON_LEFT || e->which == SDL_TOUCH_MOUSEID ||
        in->finger_on || down == in->mouse_on)
        return;
    in->mouse_on = down;
    feed_point(in, ui, down ? UI_EVENT_DOWN : UI_EVENT_UP, e->x, e->y);
}

static const struct key_row {
    SDL_Keycode sym;
    enum ui_event_key key;
} key_rows[] = {
    { SDLK_LEFT, UI_EVENT_KEY_LEFT },  { SDLK_RIGHT, UI_EVENT_KEY_RIGHT },
    { SDLK_UP, UI_EVENT_KEY_UP },      { SDLK_DOWN, UI_EVENT_KEY_DOWN },
    { SDLK_ESCAPE, UI_EVENT_KEY_ESC }, { SDLK_F1, UI_EVENT_KEY_F1 },
    { SDLK_F2, UI_EVENT_KEY_F2 },      { SDLK_BACKSPACE, UI_EVENT_KEY_ERASE },
};

static void on_key(struct input_sdl *in, struct ui *ui, const SDL_KeyboardEvent *e)
{
    SDL_Keycode sym = e->keysym.sym;
    bool back = (e->keysym.mod & KMOD_SHIFT) != 0;

    if (e->repeat && sym != SDLK_BACKSPACE)
        return;
    if (sym == SDLK_RETURN || sym == SDLK_KP_ENTER) {
        burst_enter(&in->burst, ui, clock_mono_ms(in->clock));
        in->n_fed++;
        return;
    }
    if (sym == SDLK_TAB) {
        feed(
            in, ui,
            (struct ui_event){ .kind = UI_EVENT_KEY,
                               .key = back ? UI_EVENT_KEY_BACKTAB : UI_EVENT_KEY_TAB });
        return;
    }
    for (size_t i = 0; i < COUNT(key_rows); i++) {
        if (key_rows[i].sym == sym)
            feed(in, ui,
                 (struct ui_event){ .kind = UI_EVENT_KEY, .key = key_rows[i].key });
    }
}

static void on_text(struct input_sdl *in, struct ui *ui, const char *text)
{
    uint32_t ch;

    if (!utf8_valid(text, strlen(text)))
        return;
    for (size_t n; (n = utf8_next(text, &ch)) > 0; text += n) {
        if (ch >= ' ' && ch <= '~') {
            burst_char(&in->burst, ui, (char)ch, clock_mono_ms(in->clock));
        } else { /* of an input method: no scanner sends it */
            burst_flush(&in->burst, ui);
            ui_feed(ui, &(struct ui_event){ .kind = UI_EVENT_CHAR, .ch = ch });
        }
    }
}

bool input_sdl_event(struct input_sdl *in, struct ui *ui, const SDL_Event *e)
{
    switch (e->type) {
    case SDL_FINGERDOWN:
    case SDL_FINGERMOTION:
    case SDL_FINGERUP:
        on_finger(in, ui, &e->tfinger);
        return true;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        on_mouse_button(in, ui, &e->button);
        return true;
    case SDL_MOUSEMOTION:
        if (in->mouse_on)
            feed_point(in, ui, UI_EVENT_MOVE, e->motion.x, e->motion.y);
        return true;
    case SDL_KEYDOWN:
        on_key(in, ui, &e->key);
        return true;
    case SDL_TEXTINPUT:
        on_text(in, ui, e->text.text);
        return true;
    default:
        return false;
    }
}
