/* What the pages of a registration share: frame in four steps, foot with what is known so
 * far, the question before it is given up, and cards without a name. */
#pragma once

#include "app/app.h"
#include "ui/controls.h"
#include "ui/ui.h"

enum register_foot { FOOT_NONE, FOOT_PREV, FOOT_NEXT };

/* Of a page's state. Zeroed at first. */
struct register_page {
    bool giving_up;     /* the question is open */
    bool claiming;      /* the keys for a card's code are open */
    char code[7];       /* as typed there */
    enum text_id said;  /* what is wrong or was just done */
    bool has_said, bad; /* bad: it is wrong */
};

/* Leads to the class (or back to the search) when there is no draft: false then. */
bool register_open(struct app *app);
/* Frame and title; what is left for the page. */
struct rect register_frame(struct app *app, struct ui *ui, struct register_page *p,
                           enum text_id title, size_t step);
/* "Trước", chips of what is known, "Tiếp" unless `last`. Cuts its height off `body`. */
enum register_foot register_foot(struct app *app, struct ui *ui, struct rect *body,
                                 size_t step, bool last);
/* A card before the scanner, dialogs: at the end of each frame. */
void register_end(struct app *app, struct ui *ui, struct register_page *p);
/* The button that opens the keys for a card's code. */
void register_claim_button(struct app *app, struct ui *ui, struct register_page *p,
                           struct rect r);

void register_say(struct register_page *p, enum text_id text, bool bad);
/* One line of `r` that says it; "" without anything. */
void register_draw_said(struct ui *ui, struct rect r, const struct register_page *p,
                        const char *fallback);
/* "Không. Vẫn học, không ghi tên": nothing is kept, a guest learns. */
void register_refuse(struct app *app);
/* Saves and leads to the card, or says why not. */
void register_finish(struct app *app, struct register_page *p);
/* A line of the consent: panel, icon, text. */
void register_line(struct ui *ui, struct rect r, enum text_id id, const char *icon,
                   uint32_t colour);
/* A choice with a word; true when tapped. */
bool register_choice(struct ui *ui, const char *id, const char *text, struct rect r,
                     bool chosen, const char *icon);
