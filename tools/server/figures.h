/* The reader: turns stored totals into what a page or a table of a period shows. Places
 * hours of runs ("?3") on days by what the run's start is known to be (PROTOCOL §2);
 * nothing is moved in the database. Lượt and người stay apart; what nobody counted is
 * unknown, never 0. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "period.h"
#include "server.h"

#define FIGURES_MONTHS 24

struct figure {
    bool known; /* false: "chưa có số liệu" */
    int64_t value;
    int64_t most; /* of people of free days more than `value`: from … to; else 0 */
};

enum figures_stat {
    FIGURES_STARTS,
    FIGURES_COMPLETIONS,
    FIGURES_PASSES,
    FIGURES_STATS
};

struct figures_lesson {
    const char *id;
    const char *title;                   /* the id when there is none */
    size_t place;                        /* in teaching order */
    struct figure visits[FIGURES_STATS]; /* lượt */
    struct figure firsts;                /* người */
};

struct figures_thon {
    const char *code;
    const char *name;          /* NULL: the commune gave none */
    struct figure completions; /* lượt */
    struct figure registered;  /* người */
    struct figure finished;    /* người */
    struct figure women;       /* of the registered */
    struct figure over60;      /* of the registered */
    struct figure adults;      /* who live there, as the commune entered it */
    char adults_day[11];       /* of that number; "": none */
    struct figure *months;     /* completions, as `months` of all; NULL: none known */
};

struct figures_month {
    int year;
    int month;
    struct figure visits[FIGURES_STATS]; /* lượt */
};

struct figures_other { /* statistics of a newer kiosk, under their raw names */
    const char *stat;
    bool people;
    int64_t value;
    const char *title; /* in words; NULL: nobody knows it here */
    const char *unit;  /* "lượt", "buổi", … */
};

struct figures_machine {
    const char *id;
    const char *name;    /* the id when there is none; of a province with its commune */
    const char *commune; /* of a province; "": the server's own */
    int64_t seen_ms;     /* 0: never */
    int64_t only_here;
    bool revoked;
    bool shared_key;
    const char *number;  /* that it showed when it enrolled */
    const char *version; /* of its program, "": not known */
    const char *system;  /* "bookworm-arm64", "": not known, or takes no updates */
    int64_t pack_ver;    /* 0: not known */
    struct figure free_mb;
    struct figure temp_c;
    struct figure power_cuts;
    bool undervolt;
    const char *db;         /* "ok", …; "": not known */
    struct figure trust;    /* of the clock of its newest run: enum run_trust */
    int64_t uncertainty_ms; /* of that clock */
};

struct figures {
    struct period period;
    int64_t now_ms;
    const char *commune;                 /* its name, or its code */
    struct figure visits[FIGURES_STATS]; /* lượt, in the period */
    struct figure undated;               /* completions that no day is known for */
    struct figure registered;            /* người, known when the period ends */
    bool registered_now; /* the period has none of its own: up to now, with its parts */
    struct figure finished;
    struct figure women;  /* of the registered */
    struct figure over60; /* of the registered */
    struct figures_lesson *lessons;
    size_t n_lessons;
    struct figures_thon *thons;
    size_t n_thons;
    /* the period's year at [12..23] and the year before at [0..11] */
    struct figures_month months[FIGURES_MONTHS];
    struct figures_other *others;
    size_t n_others;
    struct figures_machine *machines;
    size_t n_machines;
    size_t n_waiting; /* others, to be let in */
    int64_t held_rows;
};

/* Reads everything for `period` (NULL or nonsense: this half-year) into `arena`.
 * Errors: of the store. */
NODISCARD enum err figures_read(struct server *s, const char *period,
                                struct arena *arena, struct figures *out);

/* The same of `p` and of the period before; `*compare_out` false: there is none, and
 * `before` is empty. */
NODISCARD enum err figures_read_both(struct server *s, const struct period *p,
                                     struct arena *arena, struct figures *out,
                                     struct figures *before, bool *compare_out);

/* The thôn, lesson or machine of this id, or NULL. */
const struct figures_thon *figures_thon_of(const struct figures *f, const char *code);
const struct figures_lesson *figures_lesson_of(const struct figures *f, const char *id);
const struct figures_machine *figures_machine_of(const struct figures *f,
                                                 const char *id);

/* The machines alone, with their names and the commune's. Errors: of the store. */
NODISCARD enum err figures_machines(struct server *s, struct arena *arena,
                                    struct figures *out);

/* The day on which hour `hours` of a run lies, or false when it is not known well
 * enough. */
bool figures_place(int64_t hours, int64_t start_ms, int64_t uncertainty_ms,
                   int64_t trust, int64_t *day_out);
