/* Who of the staff stands at the kiosk, what they may do, and the names that are readable
 * meanwhile. Screens ask here; keys and PINs stay in store/. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "store/audit.h"
#include "store/class.h"
#include "store/commune.h"
#include "store/people_index.h"
#include "store/staff.h"
#include "store/vault.h"

struct app;

enum staff_may {
    MAY_SEE_PEOPLE,    /* volunteer, administrator, inspector */
    MAY_CHANGE_PEOPLE, /* volunteer, administrator */
    MAY_RUN_CLASS,     /* volunteer, administrator */
    MAY_SEE_FIGURES,   /* administrator, inspector */
    MAY_ADMINISTER,    /* administrator: export, packs, staff, settings, backups */
    MAY_EDIT_CONTENT,  /* administrator, editor: notices, recordings */
};

struct staff_desk {
    bool open;           /* somebody is signed in */
    struct staff who;    /* then */
    struct vault *vault; /* always there, absent or locked without a database */
    struct people_index
        *index; /* NULL unless the vault is unlocked and (open or class) */
    struct class_state klass; /* as class_current; refreshed by app_class_refresh */
    int64_t pin_ok_ms;        /* monotonic: last time the PIN was given */
    size_t
        pin_digits; /* of the PIN that let them in: it enters by itself at the last */
    unsigned char person[EVENT_TOKEN_BYTES]; /* the one that card, person, … speak of */
    bool has_person;
    char notice[64]; /* string key of what was just done, shown once on the next page */
};

void staff_desk_open(struct app *app);   /* by app_create */
void staff_desk_finish(struct app *app); /* wipes */

/* The door "Cán bộ" leads to: setup on a new machine, locked, or staff_signin. */
const char *app_staff_door(struct app *app);
/* Tries a secret, see vault_unlock; with ERR_OK names are readable while the rule above lets
 * them, and what waited for it is done (age bands of a new year). Takes up to 2 s. */
NODISCARD enum err app_staff_open_names(struct app *app, enum vault_way way,
                                        const char *secret);
/* Leads to `class`/`class_open` (volunteer) or `admin_stats` (others) when PIN_RIGHT. */
enum pin_verdict app_staff_enter(struct app *app, const char *id, const char *pin);
/* The PIN again, for exports with names and erasure. */
enum pin_verdict app_staff_again(struct app *app, const char *pin);
/* "Thoát ra", and after 60 s without touch (30 s on pages with names: the setting): to the
 * first page; names are wiped unless a class is open. */
void app_staff_leave(struct app *app);
bool app_may(const struct app *app, enum staff_may what);
/* The actor for the journal: the id of who is signed in. */
const char *app_actor(const struct app *app);

/* An administrator's change among the staff, whole with its line of the log. `pin` for a new
 * one and a new PIN. Errors: ERR_REJECTED (not allowed: the last administrator, an easy PIN,
 * a name that is too long), ERR_FULL. */
enum staff_act {
    STAFF_ACT_ADD, /* who->id is given */
    STAFF_ACT_CHANGE,
    STAFF_ACT_PIN,
    STAFF_ACT_UNLOCK,
    STAFF_ACT_DISMISS
};
NODISCARD enum err app_staff_act(struct app *app, enum staff_act what,
                                 struct staff *who, const char *pin);

/* Makes or wipes the index as the rule above says; call after unlock, open, close, leave. */
void app_names_refresh(struct app *app);
void app_class_refresh(struct app *app);
/* After register, edit, merge, erase: index and class. */
void app_person_changed(struct app *app, const unsigned char *token);
void app_people_changed(struct app *app); /* after many at once */
void app_select_person(struct app *app, const unsigned char *token);
