/* The page of the three pictures between the names and the lessons, and on the way out of the
 * desk when a learner chooses them. Whose they are is kept here while that page stands. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lesson/event.h"
#include "store/pictures.h"

struct app;

struct pictures_page {
    bool open;
    bool choosing;    /* the selected person chooses; else they show that it is them */
    const char *back; /* the page it came from … */
    size_t back_arg;  /* … and how that is entered */
    unsigned char token[EVENT_TOKEN_BYTES];
};

/* The own name was touched: to the lessons, or first to the pictures, where this class asks
 * for them and the person chose some. Whoever chose none cannot be asked. */
void app_visit_name(struct app *app, const unsigned char token[EVENT_TOKEN_BYTES]);
/* Three pictures were touched. PICTURES_FIT leads to the lessons. What cannot be compared (a
 * full disk) has missed. */
enum pictures_verdict app_pictures_try(struct app *app, unsigned pictures);

/* The selected person, card in hand, chooses: forgotten ones open nothing from now on. Leads
 * to the page, and from there back to `back`. Errors: as pictures_reset. */
NODISCARD enum err app_pictures_begin(struct app *app, const char *back,
                                      size_t back_arg);
/* They touched the same three twice. */
NODISCARD enum err app_pictures_choose(struct app *app, unsigned pictures);
void pictures_page_close(struct app *app);
