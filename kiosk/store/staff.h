/* Staff of this kiosk: shown by alias and picture, let in by a PIN while the vault is
 * unlocked (PROTOCOL §6). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct db;

#define STAFF_ID_MAX 16
#define STAFF_ALIAS_MAX 64 /* bytes with the NUL */
#define STAFF_PIN_MIN 6
#define STAFF_PIN_MAX 12
#define STAFF_PICTURES 6 /* faces to choose from (screens/face.c) */

/* Numbers are stored. */
enum staff_role {
    STAFF_VOLUNTEER = 1,
    STAFF_ADMIN = 2,
    STAFF_INSPECTOR = 3, /* reads, changes nothing */
    STAFF_EDITOR = 4,    /* notices and recordings */
};

struct staff {
    char id[STAFF_ID_MAX + 1]; /* random; the actor of events and audit lines */
    char alias[STAFF_ALIAS_MAX];
    enum staff_role role;
    int picture;
    char thon[17];       /* code, or "" */
    int64_t last_in_day; /* -1: never, or not known */
    int pin_digits;      /* the last of them enters it */
    bool locked;         /* ten misses: an administrator must unlock */
    bool has_card;       /* a staff card opens the vault for them */
};

/* Those who are not dismissed, by alias. Strings live in `arena`. */
NODISCARD enum err staff_list(struct db *db, struct arena *arena, struct staff **out,
                              size_t *n_out);
NODISCARD enum err staff_find(struct db *db, const char *id, struct staff *out);

enum pin_trouble {
    PIN_FINE,
    PIN_SHORT,
    PIN_NO_DIGITS,
    PIN_EASY /* 123456, years, … */
};
enum pin_trouble staff_pin_check(const char *pin);

/* `who->id` is filled in. Errors: ERR_REJECTED (bad alias or PIN, role), ERR_FULL. */
NODISCARD enum err staff_add(struct db *db, struct staff *who, const char *pin);
NODISCARD enum err staff_change(struct db *db,
                                const struct staff *who); /* not the PIN */
NODISCARD enum err staff_set_pin(struct db *db, const char *id, const char *pin);
/* Lets them try again after ten misses. */
NODISCARD enum err staff_unlock(struct db *db, const char *id);
/* They are no longer shown; what they did keeps their id. The last administrator stays:
 * ERR_REJECTED. */
NODISCARD enum err staff_dismiss(struct db *db, const char *id);

enum pin_verdict {
    PIN_RIGHT,
    PIN_MISSED,
    PIN_WAIT,   /* five misses: staff_wait_s */
    PIN_LOCKED, /* ten */
    PIN_UNSURE, /* the counter could not be written, so nothing was compared */
};
/* The miss is counted on the disk before the PIN is compared, so that no power cut gives a
 * guess for free. */
enum pin_verdict staff_try_pin(struct db *db, const char *id, const char *pin);
long staff_wait_s(struct db *db, const char *id);
int staff_misses(struct db *db, const char *id);
