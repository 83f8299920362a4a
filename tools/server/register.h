/* The registers of the emulation movement: what officials write down that no kiosk counts.
 * One engine, and a register is one row of register_kinds (register_kinds.c). Entries are
 * added, corrected (the old version stays) and taken out (it stays, marked), each with its
 * line in the log. Only names go for good: when consent to publish them is withdrawn. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "gate.h"
#include "server.h"

#define REGISTER_FIELDS_MAX 12
#define REGISTER_CHARS_MAX 2000 /* of one text */
#define REGISTER_VALUE_BYTES (4 * REGISTER_CHARS_MAX + 1)
#define REGISTER_JSON_MAX 32768 /* bytes of all fields of an entry */
#define REGISTER_ROWS_MAX 2000  /* that are read of a register, newest first */
#define REGISTER_YES "co"       /* of REGISTER_CONSENT */
#define REGISTER_GONE "rut"     /* consent was given and withdrawn */
#define REGISTER_EVERYWHERE "-" /* of REGISTER_THON: the whole commune */

enum register_type {
    REGISTER_LINE,
    REGISTER_LONG,
    REGISTER_DAY,     /* 2026-11-22 */
    REGISTER_MONTH,   /* 2026-11 */
    REGISTER_MONTHS,  /* 2026-07..2026-12 */
    REGISTER_UNIT,    /* a code */
    REGISTER_THON,    /* a code, or REGISTER_EVERYWHERE */
    REGISTER_THONS,   /* codes with a space between */
    REGISTER_MODULES, /* the same */
    REGISTER_NUMBER,
    REGISTER_CHOICE,
    REGISTER_CONSENT, /* to publish what is `personal` */
    REGISTER_TYPES
};

struct register_choice {
    const char *code, *word;
};

struct register_field {
    const char *code, *title;
    enum register_type type;
    int64_t max; /* characters of a text, the greatest number */
    const char *hint;
    const struct register_choice *choices; /* with NULL at the end */
    bool required;
    bool dates;      /* the entry belongs to this day or month; else to today */
    bool personal;   /* tells who it is: only with consent, and it goes with it */
    bool of_consent; /* proves it: needed with consent, and only then */
    bool expires;    /* after this day the entry is not shown */
};

struct register_kind {
    const char *code, *path, *title, *line;
    const char *add;  /* "Ghi sáng kiến mới" */
    const char *file; /* its name as a table for spreadsheets */
    const struct register_field *fields;
    size_t n_fields;
    enum access writer;
    bool in_report;         /* of the period it belongs to */
    bool only_with_consent; /* there is nothing to keep without */
    bool has_done;          /* "đã làm / đã nhận" (register_done.h) */
};

extern const struct register_kind register_kinds[];
extern const size_t register_n_kinds;
/* NULL: there is none. */
const struct register_kind *register_kind_of(const char *code);
const struct register_kind *register_kind_at(const char *path);
/* The place of the first field of this type, or n_fields. */
size_t register_field_of(const struct register_kind *k, enum register_type type);
/* The place of this field, or n_fields. */
size_t register_field_at(const struct register_kind *k, const char *code);

enum register_state {
    REGISTER_NOW,
    REGISTER_CORRECTED, /* a later version of the same root took its place */
    REGISTER_WITHDRAWN,
    REGISTER_STATES
};

struct entry {
    int64_t seq;
    int64_t root; /* seq of the first version */
    const struct register_kind *kind;
    const char *day;
    const char *values[REGISTER_FIELDS_MAX]; /* of the kind's fields; "": nothing */
    enum register_state state;
    const char *by;         /* who wrote it */
    const char *changed_by; /* … and changed its state */
    const char *changed_day;
};

struct entries {
    struct entry *rows; /* newest first */
    size_t n;
    size_t n_more; /* older ones that were not read */
};

struct register_fault {
    const struct register_field *field;
    const char *why; /* Vietnamese, for who wrote it */
};

/* Errors: ERR_REJECTED (`*fault` says which field and why). */
NODISCARD enum err register_check(const struct server *s, const struct register_kind *k,
                                  const char *const *values,
                                  struct register_fault *fault);

/* `seq` 0: a new entry; else the next version of that one. Errors: ERR_REJECTED (`*fault`; its
 * field is NULL when there is no such entry to correct any more), of the store. */
NODISCARD enum err register_write(struct server *s, const char *by,
                                  const struct register_kind *k, int64_t seq,
                                  const char *const *values,
                                  struct register_fault *fault);
/* Takes it out of the register. Errors: ERR_REJECTED (no such one), of the store. */
NODISCARD enum err register_withdraw(struct server *s, const char *by,
                                     const struct register_kind *k, int64_t seq);
/* Consent is withdrawn: what is personal leaves every version. Errors: the same. */
NODISCARD enum err register_forget(struct server *s, const char *by,
                                   const struct register_kind *k, int64_t seq);

/* Every version. Errors: of the store. */
NODISCARD enum err register_read(struct server *s, const struct register_kind *k,
                                 struct arena *arena, struct entries *out);
/* `out->seq` 0: there is none of this kind. Errors: of the store. */
NODISCARD enum err register_get(struct server *s, const struct register_kind *k,
                                int64_t seq, struct arena *arena, struct entry *out);

/* Its day has passed; by a clock that cannot be believed, every day has. */
bool register_is_expired(const struct server *s, const struct entry *e);
/* May be shown to everybody who reads the register: current, not expired. */
bool register_is_shown(const struct server *s, const struct entry *e);
/* Does it belong into a report of these days? Months taken on count by themselves. */
bool register_is_of(const struct entry *e, int64_t first_day, int64_t end_day);
/* Months of "2026-07..2026-12": the first day and the day after. False: no such span. */
bool register_months(const char *value, int64_t *first_day, int64_t *end_day);
