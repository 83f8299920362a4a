/* The commune's lists: thôn, units, groups, occupations, targets, denominators, the calendar
 * of classes. They are the server's once the kiosk is enrolled; before that, and for what the
 * server does not say, they are edited here. Unknown codes are shown raw, never rejected. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct db;

#define COMMUNE_CODE_MAX 16
#define COMMUNE_INST_MAX 32
#define COMMUNE_NAME_MAX 96 /* bytes with the NUL */

enum commune_list {
    COMMUNE_THON, /* t01… : names of places; dated, may merge */
    COMMUNE_UNIT, /* u01… : organising units, and own units of officials (R03, R17) */
    COMMUNE_GROUP, /* g1…g4: fixed, QĐ 757 */
    COMMUNE_JOB,   /* j1…j9: fixed, R01 */
};
struct commune_entry {
    char code[COMMUNE_CODE_MAX + 1];
    char name[COMMUNE_NAME_MAX];
    bool gone; /* not offered any more, still shown */
};
NODISCARD enum err commune_read(struct db *db, enum commune_list list,
                                struct arena *arena, struct commune_entry **out,
                                size_t *n_out);
/* The name, or the raw code; never NULL. In `arena`. */
const char *commune_name(struct db *db, enum commune_list list, const char *code,
                         struct arena *arena);
/* Adds (code "" : a free one is chosen) or renames. Errors: ERR_REJECTED (bad name; the
 * list is fixed; it belongs to the server). */
NODISCARD enum err commune_set(struct db *db, enum commune_list list,
                               struct commune_entry *entry);
/* Whether the server owns the lists. */
bool commune_is_servers(struct db *db);
/* The targets and denominators that the grant carries, into the tables: after enrolment.
 * What is wrong in it is left out and logged. */
NODISCARD enum err commune_take_grant(struct db *db);

/* What the server pushed later than the grant. Versions are counted within one `inst` of the
 * server: a server that was put back to an old copy counts from a smaller number again. */
struct commune_settings {
    const char *json; /* an object */
    int64_t ver;
    const char *inst;
};
/* The version that is held, 0: none; `inst_out` "": not known (of a grant). */
int64_t commune_settings_held(struct db *db, char inst_out[COMMUNE_INST_MAX + 1]);
/* The held settings are of this `inst` of the server. Errors: of the disk. */
NODISCARD enum err commune_settings_are_of(struct db *db, const char *inst);
/* All of it in one transaction, the version with it. What is wrong in single rows is left
 * out and logged. Errors: ERR_REJECTED (not an object), and those of the disk. */
NODISCARD enum err commune_take_settings(struct db *db,
                                         const struct commune_settings *settings);
/* "21520", "xã Đặng Thùy Trâm": of the grant, else of the set-up, else "". */
const char *commune_code(struct db *db, struct arena *arena);
const char *commune_title(struct db *db, struct arena *arena);

/* Denominators per thôn, as entered, with source and date. A missing one is -1. */
struct commune_base {
    char thon[COMMUNE_CODE_MAX + 1];
    int year;
    int64_t households, people, adults;
    char source[COMMUNE_NAME_MAX];
    int64_t day; /* of the source */
};
NODISCARD enum err commune_bases(struct db *db, int year, struct arena *arena,
                                 struct commune_base **out, size_t *n_out);
/* Errors: ERR_REJECTED (numbers that cannot be; the server has its own). */
NODISCARD enum err commune_set_base(struct db *db, const struct commune_base *base);

/* A target of a group (or "" for the whole commune) in a period ("2026-H2"). */
struct commune_target {
    char group[COMMUNE_CODE_MAX + 1];
    char period[11];
    int64_t value;
    int64_t due_day;
    char document[COMMUNE_NAME_MAX]; /* who set it, number of the paper */
    int64_t reached_day;             /* the first day its gauge stood there; -1 */
};
NODISCARD enum err commune_targets(struct db *db, const char *period,
                                   struct arena *arena, struct commune_target **out,
                                   size_t *n_out);
/* Errors: as commune_set_base. A target that was reached before knows the day. */
NODISCARD enum err commune_set_target(struct db *db, const struct commune_target *t);

/* When classes are held: weekday 0 Monday … 6, minutes of the day. */
struct commune_slot {
    int64_t id; /* 0: new */
    int weekday, from_min, to_min;
    char thon[COMMUNE_CODE_MAX + 1];
    char place[COMMUNE_NAME_MAX];
    char unit[COMMUNE_CODE_MAX + 1]; /* who organises */
    char lesson[33];                 /* or "" */
};
NODISCARD enum err commune_calendar(struct db *db, struct arena *arena,
                                    struct commune_slot **out, size_t *n_out);
NODISCARD enum err commune_set_slot(struct db *db, const struct commune_slot *slot);
NODISCARD enum err commune_drop_slot(struct db *db, int64_t id);
/* Targets whose gauge stands there for the first time were reached on `day`. Called where
 * gauges move, inside the same transaction. */
NODISCARD enum err commune_note_targets(struct db *db, int64_t day);
