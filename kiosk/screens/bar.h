/* What pages of residents share: ground, woven band, top bar, foot. */
#pragma once

#include <stdbool.h>

#include "app/app.h"
#include "ui/ui.h"

enum bar_left { BAR_NONE, BAR_HOME, BAR_BACK, BAR_EXIT };

struct bar {
    enum bar_left left;
    bool text;              /* with the text sizes */
    bool help;              /* with the call for help, and to listen */
    bool listen;            /* to listen alone */
    const char *id, *title; /* NULL: none */
    float right;            /* dp at the right edge that are somebody else's */
    /* One more tool before those at the right; NULL: none. */
    void (*tool)(struct app *app, struct ui *ui, struct rect at);
};

/* Draws ground and bar. Help and text sizes open by themselves; true: the left tool
 * was touched. */
bool bar_frame(struct app *app, struct ui *ui, const struct bar *bar);

/* How much lower than at the upper edge the bar stands, dp; 0: there. On a stand it is reached
 * from a wheelchair, and by a left hand as by a right one. */
float bar_low(const struct app *app, const struct ui *ui);

/* The tool of the text sizes again, pressed in, for the pop-over that hangs from it. */
bool bar_text_tool(const struct app *app, struct ui *ui);

/* `text` of the string table with the form of address filled in. */
const char *page_say(struct ui *ui, enum text_id id);
/* A number as text in the frame's arena. */
const char *page_number(struct ui *ui, long long n);
/* A small grey label with rounded ends, its left edge and middle given; the icon may
 * be NULL. Returns its width. */
float page_chip(struct ui *ui, enum text_id id, const char *text, const char *icon,
                float x, float y_middle, float font);
/* The note of a card, lacquer when it warns; returns its height. Without `draw`: a measurement. */
float page_note(struct ui *ui, const char *id, const char *text, bool warns,
                struct rect r, bool draw);
/* A page that belongs to a step of the open lesson: false, and on the way to the
 * lessons, when the session stands elsewhere. */
bool page_fits_session(struct app *app, enum session_phase phase);
