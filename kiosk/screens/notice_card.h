/* A notice of the commune on the first page: a calm white card over the whole width, above
 * the doors and never over them. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "app/notices.h"
#include "ui/ui.h"

struct app;

struct notice_card {
    struct rect r;    /* the card */
    struct rect next; /* the button of the next one; no width: there is none */
    struct ui_font text, source;
    bool speaks;
};

/* The card whose foot is at `foot`, as large as its text needs; letters are smaller when it
 * would reach higher than `top`. False: it does not fit. */
bool notice_card_plan(const struct app *app, struct ui *ui, const struct notice *n,
                      float top, float foot, struct notice_card *out);
enum notice_card_tap { NOTICE_CARD_NONE, NOTICE_CARD_LISTEN, NOTICE_CARD_NEXT };
enum notice_card_tap notice_card_draw(struct app *app, struct ui *ui,
                                      const struct notice *n,
                                      const struct notice_card *card);
