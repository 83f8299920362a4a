/* The tables of a report ("Biểu", DOMAIN §6.3). bieu.c holds THE TABLE: a new Biểu is one
 * row there and one function here; every format has it at once. */
#pragma once

#include "report.h"
#include "server.h"
#include "settings.h"
#include "tally.h"

struct code_name {
    const char *code, *name;
};
struct names {
    struct code_name *rows; /* sorted by code */
    size_t n;
};

struct maker {
    struct server *server;
    struct arena *arena;
    const char *phase1_last, *path; /* settings: last day of P1, path that counts */
    struct span span, before;
    bool has_before;
    struct tally now, past;
    struct code_name *settings; /* all, key and value */
    size_t n_settings;
    struct names thons, units, modules;
    struct report *report;
    enum err err; /* the first */
};

/* What a column is, and where its figure is found. */
struct measure {
    const char *code, *name;
    enum column_kind kind;
    int width;
    const char *stat;     /* NULL: the Biểu fills it in */
    const char *unit;     /* NULL: "-" */
    const char *with;     /* one more dimension: "sex=f" */
    const char *and_stat; /* added to it: people who are not registered */
    bool before;
    const char *part_of, *over;
    const char *meaning;
};

struct bieu {
    const char *id, *sheet, *title, *row_head;
    const struct measure *measures;
    size_t n_measures;
    void (*fill)(struct maker *m, struct report_table *t);
    const char *const *notes; /* with NULL at the end */
};

extern const struct bieu bieus[];
extern const size_t n_bieus;
/* In a measure's `unit`: the path whose end counts as "hoàn thành" (setting report.path). */
extern const char bieu_the_path[];

/* Makes all tables of THE TABLE into m->report. */
void bieu_make(struct maker *m);

/* --- for the functions that fill ----------------------------------------------------- */

/* A row whose measured cells are filled in: of dimension "thon", code "t07"; dimension NULL:
 * of the whole commune. The other cells are VALUE_NONE. */
struct report_row *bieu_row(struct maker *m, struct report_table *t,
                            const char *dimension, const char *code, const char *name);
/* The same, as the whole of all. */
struct report_row *bieu_total(struct maker *m, struct report_table *t);
/* One without any cell filled in. */
struct report_row *bieu_plain_row(struct maker *m, struct report_table *t,
                                  const char *code, const char *name);
struct value *bieu_cell(const struct report_table *t, const struct report_row *row,
                        const char *code);
/* Fills every column of shares from the cells that it names. */
void bieu_rates(struct report_table *t);
/* Adds a column after those of the measures. */
void bieu_column(struct maker *m, struct report_table *t, const struct measure *like);
/* A figure by itself. `past`: of the period before. */
struct value bieu_value(const struct maker *m, bool past, const char *stat,
                        const char *unit, const char *dims);
/* Sum of two; unknown only when both are. */
struct value bieu_sum(struct value a, struct value b);
/* The value of a setting, or NULL. */
const char *bieu_setting(const struct maker *m, const char *key);
const char *bieu_name(const struct names *names, const char *code);

/* --- fixed lists (bieu_words.c) -------------------------------------------------------- */

extern const struct code_name bieu_groups[], bieu_bands[], bieu_sexes[], bieu_helps[],
    bieu_vneids[];
extern const size_t bieu_n_groups, bieu_n_bands, bieu_n_sexes, bieu_n_helps,
    bieu_n_vneids;
/* Definitions that more than one Biểu prints. */
extern const char bieu_says_times[], bieu_says_people[], bieu_says_done[],
    bieu_says_heads[], bieu_says_none[], bieu_says_range[], bieu_says_total[];

/* --- the Biểu ----------------------------------------------------------------------------- */

void bieu_summary(struct maker *m, struct report_table *t);
void bieu_thons(struct maker *m, struct report_table *t);
void bieu_targets(struct maker *m, struct report_table *t);
void bieu_people(struct maker *m, struct report_table *t);
void bieu_modules(struct maker *m, struct report_table *t);
void bieu_units(struct maker *m, struct report_table *t);
void bieu_help(struct maker *m, struct report_table *t);
void bieu_praise(struct maker *m, struct report_table *t);
void bieu_index(struct maker *m, struct report_table *t);
void bieu_assignments(struct maker *m, struct report_table *t);
void bieu_initiatives(struct maker *m, struct report_table *t);
void bieu_highlights(struct maker *m, struct report_table *t);
