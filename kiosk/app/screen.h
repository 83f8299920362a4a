/* What a screen must provide. Screens live in screens/, one file each;
 * screens/screens.c is the table. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct app;
struct ui;

enum screen_kind {
    SCREEN_PAGE,   /* fills the window; app_goto leads to it */
    SCREEN_DIALOG, /* lies over a page, which is drawn first; app_cover leads to it */
    SCREEN_SHEET,  /* covers the page wholly; app_cover leads to it */
};

struct screen {
    /* Name in logs, replay scripts and the semantic log; NULL for a small dialog that
     * counts as part of its page. */
    const char *name;
    enum screen_kind kind;
    bool shows_names; /* of people: staff who walk away are signed out sooner */
    bool rises;       /* comes up from below instead of from aside */
    long quiet_s;     /* without a touch, before anybody is asked; 0: by the settings */
    size_t state_size; /* zeroed, from the screen's arena */
    void (*enter)(struct app *app, void *state, size_t arg); /* may be NULL */
    void (*frame)(struct app *app, void *state, struct ui *ui);
};

/* NULL-terminated (screens/screens.c). */
typedef const struct screen *const *screen_table;
