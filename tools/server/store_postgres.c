/* The PostgreSQL backend, from version 15 on: one connection, statements prepared when
 * first run. Several processes may share a database. Invariants:
 * 1. A transaction lives and dies with its connection: a new connection is made between
 *    transactions only, and nothing is sent twice.
 * 2. TX_COMMIT is ERR_OK only if the server said COMMIT: what fails inside a transaction
 *    makes it answer ROLLBACK, without an error.
 * 3. A connection that was lost is ERR_RETRY, whatever it was doing: merges are made so
 *    that sending again is harmless. */
#include "store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "schema_postgres.h"
#include "store_postgres_link.h"

#define LOG_MODULE "store"
#include "base/log.h"

#define PARAMS_MAX 12
#define NUMBER_CHARS 24
#define MONTH_CHARS 7 /* 2026-11 */
#define MONTHS_KNOWN 32
#define TEXT_OID 25       /* pg_type.dat of PostgreSQL; fixed for ever */
#define LOCK "7012031954" /* of ours alone, among the advisory locks of the database */

struct postgres_store {
    struct store base; /* first, see store.h */
    struct postgres_link link;
    unsigned prepared[QUERY_COUNT]; /* at which of the link's connections */
    bool in_tx;                     /* also when the connection was lost meanwhile */
    struct {
        const char *table;
        char month[MONTH_CHARS + 1];
    } months[MONTHS_KNOWN]; /* that have their partitions, a ring */
    size_t n_months;        /* that ever entered the ring */
};

/* A connection is there, or ERR_RETRY: called before anything is sent. */
static enum err ready(struct postgres_store *s)
{
    if (s->in_tx)
        return PQstatus(s->link.conn) == CONNECTION_OK ? ERR_OK : ERR_RETRY;
    return link_renew(&s->link);
}

/* --- tables ----------------------------------------------------------------------- */

static enum err read_version(struct postgres_store *s, enum store_mode mode,
                             size_t *out)
{
    char text[NUMBER_CHARS];
    enum err err =
        link_ask(&s->link, "SELECT to_regclass('schema_version')", text, sizeof(text));

    *out = 0;
    if (err)
        return err;
    if (*text) {
        err = link_ask(&s->link, "SELECT version FROM schema_version", text,
                       sizeof(text));
        *out = (size_t)strtoul(text, NULL, 10);
    } else if (mode == STORE_EXISTING) {
        LOG_ERR("this database has no tables of ours");
        return ERR_REJECTED;
    }
    if (!err && *out > schema_postgres_n) {
        LOG_ERR("written by a newer program (schema %zu)", *out);
        return ERR_REJECTED;
    }
    return err;
}

/* One process at a time; who makes a database keeps the lock while it is open. */
static enum err migrate(struct postgres_store *s, enum store_mode mode)
{
    size_t version = 0;
    enum err err = link_exec(&s->link, "SELECT pg_advisory_lock(" LOCK ")", "lock");

    if (!err)
        err = read_version(s, mode, &version);
    for (size_t i = version; !err && i < schema_postgres_n; i++) {
        err = link_exec(&s->link, "BEGIN; SET LOCAL statement_timeout = 0", "schema");
        if (!err)
            err = link_exec(&s->link, schema_postgres[i], "schema");
        if (!err)
            err = link_exec(&s->link, "COMMIT", "schema");
    }
    if (!err && mode == STORE_EXISTING)
        err = link_exec(&s->link, "SELECT pg_advisory_unlock(" LOCK ")", "lock");
    return err; /* closing rolls back and unlocks */
}

static bool knows_month(const struct postgres_store *s, const char *table,
                        const char *period)
{
    for (size_t i = 0; i < s->n_months && i < MONTHS_KNOWN; i++)
        if (s->months[i].table == table &&
            !strncmp(s->months[i].month, period, MONTH_CHARS))
            return true;
    return false;
}

/* "2026-11" or "2026-11-22"; no quarters, half-years, hours */
static bool has_month(const char *period)
{
    static const char least[] = "0000-00";
    static const char most[] = "9999-19";

    for (size_t i = 0; i < MONTH_CHARS; i++)
        if (period[i] < least[i] || period[i] > most[i])
            return false;
    return strncmp(period + 5, "01", 2) >= 0 && strncmp(period + 5, "12", 2) <= 0;
}

/* The row that `q` writes finds the partition of its month. */
static enum err make_month(struct postgres_store *s, enum query q,
                           const struct param *params)
{
    size_t at = s->n_months % MONTHS_KNOWN;
    const char *table = NULL;
    const char *period = NULL;
    PGresult *result;

    for (size_t i = 0; i < schema_postgres_monthly_n; i++)
        if (schema_postgres_monthly[i].query == q) {
            table = schema_postgres_monthly[i].table;
            period = params[schema_postgres_monthly[i].period].text;
        }
    if (!table || !has_month(period) || knows_month(s, table, period))
        return ERR_OK;
    snprintf(s->months[at].month, sizeof(s->months[at].month), "%s", period);
    s->months[at].table = NULL;
    result = PQexecParams(s->link.conn, schema_postgres_make_month, 2, NULL,
                          (const char *const[]){ table, s->months[at].month }, NULL,
                          NULL, 0);
    if (PQresultStatus(result) == PGRES_TUPLES_OK &&
        !strcmp(PQgetvalue(result, 0, 0), "t")) {
        s->months[at].table = table;
        s->n_months++;
    }
    return link_finish(&s->link, result, "partition");
}

/* --- the driver ------------------------------------------------------------------- */

static void close_postgres(struct store *base)
{
    struct postgres_store *s = (struct postgres_store *)base;

    link_close(&s->link);
    free(s);
}

static enum err open_postgres(const char *uri, enum store_mode mode, struct store **out)
{
    struct postgres_store *s = check_alloc(sizeof(*s));
    enum err err;

    *out = NULL;
    *s = (struct postgres_store){ .base.driver = &store_postgres };
    err = link_open(&s->link, uri);
    if (!err)
        err = migrate(s, mode);
    if (!err)
        err = link_check_origin(&s->link);
    if (err)
        close_postgres(&s->base);
    else
        *out = &s->base;
    return err;
}

static void name_of(enum query q, char out[NUMBER_CHARS])
{
    snprintf(out, NUMBER_CHARS, "q%d", (int)q);
}

static enum err prepare(struct postgres_store *s, enum query q)
{
    char name[NUMBER_CHARS];
    enum err err;

    if (s->prepared[q] == s->link.n_dialled)
        return ERR_OK;
    name_of(q, name);
    err = link_finish(&s->link, PQprepare(s->link.conn, name, queries[q], 0, NULL),
                      queries[q]);
    if (!err)
        s->prepared[q] = s->link.n_dialled;
    return err;
}

static PGresult *execute(struct postgres_store *s, enum query q,
                         const struct param *params, size_t n)
{
    const char *values[PARAMS_MAX];
    char numbers[PARAMS_MAX][NUMBER_CHARS];
    char name[NUMBER_CHARS];

    ASSERT(n <= PARAMS_MAX);
    for (size_t i = 0; i < n; i++) {
        values[i] = params[i].null ? NULL : params[i].text;
        if (!params[i].null && !params[i].text) {
            snprintf(numbers[i], NUMBER_CHARS, "%" PRId64, params[i].number);
            values[i] = numbers[i];
        }
    }
    name_of(q, name);
    return PQexecPrepared(s->link.conn, name, (int)n, values, NULL, NULL, 0);
}

static enum err hand_out(const PGresult *result, row_fn *row, void *ctx)
{
    int n_cells = PQnfields(result);
    enum err err = ERR_OK;

    ASSERT(n_cells <= STORE_CELLS_MAX);
    for (int r = 0; !err && r < PQntuples(result); r++) {
        struct cell cells[STORE_CELLS_MAX] = { { 0 } };

        for (int i = 0; i < n_cells; i++) {
            if (PQgetisnull(result, r, i))
                continue;
            if (PQftype(result, i) == TEXT_OID)
                cells[i].text = PQgetvalue(result, r, i);
            else /* counts, sums and bigints, all without a fraction */
                cells[i].number = strtoll(PQgetvalue(result, r, i), NULL, 10);
        }
        err = row(ctx, cells);
    }
    return err;
}

static enum err run_postgres(struct store *base, enum query q,
                             const struct param *params, size_t n, row_fn *row,
                             void *ctx)
{
    struct postgres_store *s = (struct postgres_store *)base;
    PGresult *result;
    enum err err = ready(s);
    enum err row_err = ERR_OK;

    if (!err)
        err = make_month(s, q, params);
    if (!err)
        err = prepare(s, q);
    if (err)
        return err;
    result = execute(s, q, params, n);
    if (row && PQresultStatus(result) == PGRES_TUPLES_OK)
        row_err = hand_out(result, row, ctx);
    err = link_finish(&s->link, result, queries[q]);
    return row_err ? row_err : err;
}

static enum err begin(struct postgres_store *s)
{
    enum err err = ready(s);

    ASSERT(!s->in_tx);
    if (!err)
        err = link_exec(&s->link, "BEGIN", "begin");
    s->in_tx = !err;
    return err;
}

static enum err commit(struct postgres_store *s)
{
    PGresult *result = PQexec(s->link.conn, "COMMIT");
    bool done = result && !strcmp(PQcmdStatus(result), "COMMIT");
    enum err err = link_finish(&s->link, result, "commit");

    s->in_tx = false;
    if (!err && !done) {
        LOG_ERR("commit: the transaction had failed");
        err = ERR_RETRY;
    }
    if (err)
        s->n_months = 0; /* the partitions it made are gone */
    return err;
}

static enum err rollback(struct postgres_store *s)
{
    if (!s->in_tx)
        return ERR_OK; /* a failed COMMIT has ended it */
    s->in_tx = false;
    s->n_months = 0;
    if (PQstatus(s->link.conn) == CONNECTION_OK &&
        !link_exec(&s->link, "ROLLBACK", "rollback"))
        return ERR_OK;
    link_drop(&s->link); /* whatever it was, it ends with its connection */
    return ERR_OK;
}

static enum err transact_postgres(struct store *base, enum tx tx)
{
    struct postgres_store *s = (struct postgres_store *)base;

    switch (tx) {
    case TX_BEGIN:
        return begin(s);
    case TX_COMMIT:
        return commit(s);
    default:
        return rollback(s);
    }
}

const struct store_driver store_postgres = {
    .scheme = "postgresql",
    .is_shared = true,
    .open = open_postgres,
    .run = run_postgres,
    .transact = transact_postgres,
    .close = close_postgres,
};
