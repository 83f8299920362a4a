/* Classes: who opened one, where, who came, what was learnt. One is open at a time on this
 * kiosk; classes held elsewhere are entered afterwards. All of it is journalled. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "lesson/event.h"
#include "store/commune.h"

struct class_plan {
    char thon[COMMUNE_CODE_MAX + 1];
    char place[COMMUNE_NAME_MAX];
    char unit[COMMUNE_CODE_MAX + 1]; /* organising unit or "" */
    char lesson[33];                 /* or "" */
    bool tap_only;                   /* names without the three pictures */
    bool consent_once; /* the consent lines were read to all at the start */
};
struct class_state {
    int64_t seq; /* of its opening; 0: none is open */
    struct class_plan plan;
    int64_t day;     /* -1: not certain */
    int64_t mono_ms; /* since the run's start, of the opening */
    bool same_run;   /* opened since this start, so its length is known */
    char opened_by[17];
};
/* What the calendar and the kiosk's place suggest for now. False: nothing; then `out` has the
 * kiosk's place alone. */
bool class_propose(struct db *db, struct class_plan *out, int *weekday_out,
                   int *minute_out);
/* Errors: ERR_REJECTED (one is open, bad codes). */
NODISCARD enum err class_open(struct db *db, const struct class_plan *plan,
                              const char *actor);
/* Also found after a power cut: it stays open until closed, or until midnight of its day;
 * then it closes by itself, and its length is not known. */
NODISCARD enum err class_current(struct db *db, struct class_state *out);

/* Everybody who belongs to the open class: came to one of the last three at that place, was
 * added today, or got a name since it was opened. In no order that means something. */
struct class_member {
    unsigned char token[EVENT_TOKEN_BYTES];
    bool present;
    bool finished;      /* completed a lesson since the class opened */
    bool needs_help;    /* marked by the volunteer, or called for help in this class */
    bool is_new;        /* registered in this class */
    int missed;         /* classes in a row before today */
    const char *lesson; /* where they stopped, "" */
};
NODISCARD enum err class_members(struct db *db, struct arena *arena,
                                 struct class_member **out, size_t *n_out);
NODISCARD enum err class_add(struct db *db, const unsigned char *token,
                             const char *actor); /* a walk-in, present */
NODISCARD enum err class_present(struct db *db, const unsigned char *token,
                                 bool present,
                                 const char *actor); /* a second tap takes it back */
NODISCARD enum err class_needs_help(struct db *db, const unsigned char *token,
                                    bool needs, const char *actor);

/* People who do not register: the whole number so far in this class, women and 60+ in it. */
struct head_count {
    int64_t all, women, old;
};
NODISCARD enum err class_head_count(struct db *db, struct head_count *out);
NODISCARD enum err class_set_head_count(struct db *db, const struct head_count *count,
                                        const char *actor);

struct class_summary {
    int64_t minutes; /* -1: not known */
    int64_t present, members, finished, registered, helps, sign_offs;
    struct head_count heads;
    const char *lessons[8]; /* completed most, ids */
    size_t n_lessons;
    const char *hard_item; /* right at first try least often today, or NULL */
};
NODISCARD enum err class_summary(struct db *db, struct arena *arena,
                                 struct class_summary *out);
/* Books the class, its minutes for the volunteers. */
NODISCARD enum err class_close(struct db *db, const char *const *volunteers,
                               size_t n_volunteers, const char *actor);

/* A class held away from the kiosk, entered afterwards. */
struct class_elsewhere {
    struct class_plan plan;
    int64_t day; /* since 1970 */
    int minutes;
    struct head_count heads;
};
NODISCARD enum err class_enter(struct db *db, const struct class_elsewhere *c,
                               const char *actor);

/* --- beside classes --------------------------------------------------------------------- */

/* Kinds of help (DOMAIN §6.2), codes of the unit: h1 digital skill, h2 VNeID, h3 public
 * services, h4 payment and QR, h5 safety, h6 other. `token` NULL: somebody not registered. */
#define HELP_KINDS 6
NODISCARD enum err help_add(struct db *db, const char *kind, const unsigned char *token,
                            const char *thon, const char *actor);
/* Takes the last one of that kind of this run back. */
NODISCARD enum err help_undo(struct db *db, const char *kind, const char *actor);
/* Of today (or of this run while the day is not certain), by kind. */
NODISCARD enum err help_today(struct db *db, int64_t out[HELP_KINDS]);
NODISCARD enum err sign_off(struct db *db, const unsigned char *token,
                            const char *lesson, const char *actor);
/* The commune's loudspeakers played the bulletin of a lesson. */
NODISCARD enum err notice_played(struct db *db, const char *lesson, const char *actor);
/* Takes the last time of this run back. Errors: ERR_REJECTED (there is none). */
NODISCARD enum err notice_undo(struct db *db, const char *lesson, const char *actor);
/* How often so far, here. */
NODISCARD enum err notice_plays(struct db *db, const char *lesson, int64_t *out);
/* v0 no account, v1 level 1, v2 level 2, v3 confirmed as digitally literate. */
enum vneid_source { VNEID_SAID = 1, VNEID_SEEN, VNEID_LIST };
NODISCARD enum err vneid_set(struct db *db, const unsigned char *token,
                             const char *status, enum vneid_source source,
                             const char *actor);
struct vneid {
    char status[5]; /* "" not asked */
    enum vneid_source source;
    int64_t day;
    char who[17];
};
NODISCARD enum err vneid_get(struct db *db, const unsigned char *token,
                             struct vneid *out);
NODISCARD enum err volunteer_add(struct db *db, const char *staff, int minutes,
                                 const char *actor);
