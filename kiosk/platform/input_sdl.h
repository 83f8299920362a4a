/* What SDL says of fingers, mouse and keys, as events of the toolkit. One finger counts; a
 * scanner's burst of keys becomes one text (burst.h). */
#pragma once

#include <SDL.h>
#include <stdbool.h>

#include "base/clock.h"
#include "platform/burst.h"

struct ui;

struct input_sdl {
    const struct clock *clock; /* borrowed */
    int w, h;                  /* of the window, px */
    struct burst burst;
    bool finger_on; /* the finger that counts is down; others are ignored */
    SDL_FingerID finger;
    SDL_TouchID panel; /* the one it is on */
    bool mouse_on;
    int n_fed; /* events given to the toolkit, and other reasons for a frame */
};

/* True when the event was one of input. Thread: the loop's. */
bool input_sdl_event(struct input_sdl *in, struct ui *ui, const SDL_Event *e);
/* The window lost its focus: what is pressed is no touch. */
void input_sdl_cancel(struct input_sdl *in, struct ui *ui);
