/* The frame of staff pages: woven band, the dark rail with the pages of who is signed in,
 * title. Portrait: the rail lies at the bottom edge. */
#pragma once

#include <stdbool.h>

#include "app/app.h"
#include "app/staff.h"
#include "ui/controls.h"
#include "ui/ui.h"

enum desk_tab {
    DESK_NONE,
    DESK_CLASS,
    DESK_REGISTER,
    DESK_FIND,
    DESK_CARDS,
    DESK_GUIDE,
    DESK_STATS,
    DESK_EXPORT,
    DESK_SYNC,
    DESK_PACKS,
    DESK_STAFF,
    DESK_SETTINGS,
    DESK_AUDIT,
    DESK_TAB_COUNT
};

/* Draws ground, band, rail and title; returns what is left for the page (its margins taken
 * off). Taps on the rail lead there by themselves; "Thoát ra" leaves. Esc does nothing
 * here: pages that lie deeper use desk_back. `title` NULL: the page draws its own and gets
 * the height too. */
struct rect desk_frame(struct app *app, struct ui *ui, enum desk_tab tab,
                       const char *id, const char *title);

/* Pages without a rail (registration, PIN, erasure): a tool at the left ("Hủy", "Trở lại"),
 * title with steps `at` of `n` (n 0: none), "{at} trên {n}". True in `*back_out`: the tool or
 * Esc. Returns what is left. */
struct rect desk_step(struct ui *ui, enum text_id tool, const char *tool_icon,
                      const char *id, const char *title, size_t at, size_t n,
                      bool *back_out);

/* A small dialog over a staff page: "nothing is done yet" questions. Returns the answer:
 * 0 none yet, 1 yes (right), -1 no (left). Call at the end of frame while it is open. */
int desk_ask(struct ui *ui, const char *id, const char *title, const char *text,
             const char *no, const char *yes, enum ui_button_kind yes_kind);
/* Whether two names are one person; the answer as of desk_ask. */
int desk_ask_same(struct ui *ui, const char *a, const char *b);
/* The PIN again, over the page: 1 right, -1 given up, 0 not yet. It is the caller's state,
 * zeroed when the question opens; wiped here when it ends. */
struct desk_pin {
    char typed[STAFF_PIN_MAX + 1];
    enum pin_verdict verdict; /* of the last try; PIN_RIGHT: none yet */
};
int desk_pin(struct app *app, struct ui *ui, struct desk_pin *pin);
/* How the page `card` is entered, together. */
enum card_arg {
    CARD_FRESH = 1, /* just registered: the next one may follow */
    CARD_OFFERS = 2 /* asks whether a guest's lessons are theirs */
};
/* A line that says what was just done or what is wrong, at the bottom of `r`; it stays until
 * the next page. `text` NULL: nothing. */
void desk_say(struct ui *ui, struct rect r, const char *text, enum chip_tone tone);
