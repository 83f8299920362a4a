/* The settings of the running kiosk: one row of the table in settings.c each. */
#pragma once

#include "base/err.h"

struct db;

enum setting {
    SETTING_IDLE_S, /* without touch, before the question whether anybody is there */
    SETTING_IDLE_QUIZ_S,  /* the same while a question is open */
    SETTING_IDLE_GRACE_S, /* that the question waits for an answer */
    SETTING_HELP_S,       /* that the raised hand stays */
    SETTING_CODE_TRIES,   /* misses before the wait */
    SETTING_CODE_WAIT_S,
    SETTING_STAFF_S,       /* without touch, before staff are signed out */
    SETTING_STAFF_NAMES_S, /* the same on a page with names */
    SETTING_TEXT_STEP,     /* text size at the start of a visit: 0, 1, 2 */
    SETTING_SCREEN_DPI,    /* as measured with a ruler; 0: nobody did */
    SETTING_VOLUME,        /* tenths; two less after eight in the evening */
    SETTING_BRIGHTNESS,    /* of the panel, in tenths, where it can be dimmed */
    SETTING_STILL,         /* 1: nothing moves on the pages */
    SETTING_BAR_LOW,       /* 1: the tools of learners stand at the lower edge */
    SETTING_GUEST,         /* 1: whoever likes may learn without a card */
    SETTING_DISK_LOW_MB,   /* below it, staff are told */
    SETTING_KEEP_MONTHS, /* without a lesson, before staff are asked to erase a name; 0: never */
    SETTING_TONE_NEW, /* 1: hoà, thuý; 0: hòa, thúy */
    SETTING_COUNT
};

struct settings {
    long value[SETTING_COUNT];
};

/* The table's values, replaced by those of `db` that are whole numbers in range. `db`
 * may be NULL. */
void settings_load(struct settings *s, struct db *db);
/* For good; the running kiosk keeps its own. Errors: ERR_REJECTED (out of range), as db_set. */
NODISCARD enum err settings_write(struct db *db, enum setting which, long value);
/* By its key; SETTING_COUNT: there is none. */
enum setting settings_find(const char *key);
/* "idle_s". Static. */
const char *settings_key(enum setting which);
