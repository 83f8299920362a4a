/* The tables of the PostgreSQL backend, as numbered steps, and which statements write
 * into tables that are partitioned by month. */
#pragma once

#include <stddef.h>

#include "queries.h"

/* Step i brings a database from version i to i + 1 of the table schema_version, inside a
 * transaction. */
extern const char *const schema_postgres[];
extern const size_t schema_postgres_n;

struct schema_monthly {
    enum query query;
    size_t period; /* which of its parameters is the period, from 0 */
    const char *table;
};

extern const struct schema_monthly schema_postgres_monthly[];
extern const size_t schema_postgres_monthly_n;

/* $1 table $2 month, "2026-11" → whether the month has its partition now */
extern const char schema_postgres_make_month[];

/* → which database this is; notes on the way when it is a copy of the one that was open
 * before */
extern const char schema_postgres_origin[];
