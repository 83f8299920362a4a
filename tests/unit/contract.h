/* One empty database of either kind and a way to read what a statement gives as text:
 * what every store backend must do alike is tested once, and run on each. */
#pragma once

#include "base/arena.h"
#include "pg_cluster.h"
#include "store.h"

struct contract {
    char dir[64];
    char uri[PG_URI_BYTES];
    struct store *store;
    struct arena arena;
};

#define T(s) PARAM_TEXT(s)
#define N(v) PARAM_INT(v)
#define NONE ((struct param){ .null = true })

int contract_setup(void **state);
int contract_teardown(void **state);
/* Closes the store and opens it again. */
void contract_reopen(struct contract *c);

/* The rows, one a line, with `|` between cells; nulls are 0. Asserts that the statement
 * works. Valid until the teardown. `n_cells` are read of each row. */
const char *contract_rows(struct contract *c, enum query q, size_t n_cells,
                          const struct param *params, size_t n);
#define ROWS(c, q, n_cells, ...)                                        \
    contract_rows(c, q, n_cells, (const struct param[]){ __VA_ARGS__ }, \
                  sizeof((const struct param[]){ __VA_ARGS__ }) /       \
                      sizeof(struct param))
#define ROWS_PLAIN(c, q, n_cells) contract_rows(c, q, n_cells, NULL, 0)
/* The same of a statement that writes. */
#define DO(c, q, ...) assert_string_equal(ROWS(c, q, 0, __VA_ARGS__), "")

/* Whether any test has run the statement. */
bool contract_has_run(enum query q);

/* The part of the suite that is about totals (contract_totals.c). */
int contract_totals(void);
/* … and about reports (contract_reports.c). */
int contract_reports(void);
/* … and about officials (contract_officials.c). */
int contract_officials(void);
/* … and about upwards (contract_upwards.c). */
int contract_upwards(void);
/* … and about the registers of the movement (contract_registers.c). */
int contract_registers(void);
