/* What the pages of the first set-up share. One step after the other; what a step wrote
 * stays when somebody walks away. */
#pragma once

#include "app/app.h"
#include "app/provision_stick.h"
#include "screens/clock_set.h"
#include "ui/controls.h"
#include "ui/keyboard.h"
#include "ui/ui.h"

enum setup_step {
    SETUP_RULER,
    SETUP_CLOCK,
    SETUP_NET,
    SETUP_COMMUNE,
    SETUP_THON,
    SETUP_UNITS,
    SETUP_PLACE,
    SETUP_ADMIN,
    SETUP_PIN,
    SETUP_PASSPHRASE,
    SETUP_RECOVERY,
    SETUP_STEPS,
    SETUP_FILE = SETUP_STEPS, /* instead of them, from a stick */
    SETUP_PAGES
};

#define SETUP_PIN_DIGITS 6
#define SETUP_STICK_MAX 256 /* bytes of its mount point */

/* A PIN that is typed a second time; wiped by who has it. */
struct pin_twice {
    char pin[SETUP_PIN_DIGITS + 1], again[SETUP_PIN_DIGITS + 1];
    enum text_id said; /* what is wrong with it */
    bool has_said;
};
/* The keys and both rows of dots. True: `pin` may be taken. */
bool pin_twice_frame(struct ui *ui, struct rect r, struct pin_twice *p);

struct setup_state {
    enum setup_step step;
    struct field field, code;
    struct keyboard keyboard;
    bool
        typing; /* the keys of a list are out: the small panel has room for them or for ideas */
    bool in_code; /* the keys write the enrolment code, not the address */
    enum text_id said;
    bool has_said;
    size_t first; /* of a list */
    int dpi;
    struct clock_set clock;
    char alias[FIELD_MAX];
    int picture;
    struct pin_twice pins;
    int working; /* frames since the last button: the page says so before the key is made */
    char recovery[VAULT_SECRET_CHARS];
    int looked;  /* times 20 s that the recovery code was left on the page */
    bool asking; /* whether it was written down */
    char stick[SETUP_STICK_MAX]; /* that was looked at last; "": none */
    int looking; /* frames of the page of the file: it says first what it does */
    struct provision_offer offer;
    bool from_file;
    bool done; /* set up: no way back */
};

/* The ruler, its buttons and what it says, in `r`; `*dpi` is what it is drawn by. */
void ruler_frame(struct ui *ui, struct rect r, int *dpi);

void setup_goto(struct app *app, struct setup_state *s, enum setup_step step);
void setup_say(struct setup_state *s, enum text_id text);
/* The steps, one function each, in what `setup_frame` leaves of the page. True: done. */
bool setup_net(struct app *app, struct setup_state *s, struct ui *ui, struct rect r);
bool setup_text(struct app *app, struct setup_state *s, struct ui *ui, struct rect r);
bool setup_list(struct app *app, struct setup_state *s, struct ui *ui, struct rect r);
bool setup_place(struct app *app, struct setup_state *s, struct ui *ui, struct rect r);
bool setup_pin(struct app *app, struct setup_state *s, struct ui *ui, struct rect r);
bool setup_recovery(struct app *app, struct setup_state *s, struct ui *ui,
                    struct rect r);
bool setup_file(struct app *app, struct setup_state *s, struct ui *ui, struct rect r);

/* Counts on once s->working was set; the last count sets the machine up. */
void setup_work(struct app *app, struct setup_state *s, struct ui *ui);
/* --- setup_file.c --- */

/* A stick with a set-up file was put in since the last call. */
bool setup_file_came(struct app *app, struct setup_state *s);
NODISCARD enum err setup_file_apply(struct app *app, struct setup_state *s);
/* Something is still to be typed after this step. */
bool setup_file_wants_more(const struct setup_state *s);
/* The file names a server: on to the page where it is joined. False: it does not. */
bool setup_file_joins(struct app *app, struct setup_state *s);
