/* See store_postgres_link.h. */
#include "store_postgres_link.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "schema_postgres.h"

#define LOG_MODULE "store"
#include "base/log.h"

#define VERSION_MIN 150000
#define RECONNECT_MS 1000 /* while the server is away, at most one try in this time */
#define SLOW_FACTOR 4

/* By class or code (PostgreSQL manual, appendix A); the first that fits. */
static const struct {
    const char *state;
    enum err err;
} grades[] = {
    { "08", ERR_RETRY },   /* connection */
    { "25", ERR_RETRY },   /* state of the transaction; read-only standby */
    { "40", ERR_RETRY },   /* serialization, deadlock */
    { "53100", ERR_FULL }, /* disk */
    { "53", ERR_RETRY },   /* memory, connections */
    { "55", ERR_RETRY },   /* locks, recovery */
    { "57", ERR_RETRY },   /* cancelled, shutting down, starting */
};

/* Logs once and returns the graded code. No details: they may hold values. */
static enum err grade(struct postgres_link *l, const PGresult *result, const char *what)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *said = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);

    if (!state || PQstatus(l->conn) == CONNECTION_BAD) {
        LOG_ERR("%s: the connection was lost (%s)", what,
                said ? said : "no reason given");
        return ERR_RETRY;
    }
    LOG_ERR("%s: %s (%s)", what, said ? said : "no message", state);
    ASSERT(strcmp(state, "42601")); /* our own SQL is wrong */
    for (size_t i = 0; i < COUNT(grades); i++)
        if (!strncmp(state, grades[i].state, strlen(grades[i].state)))
            return grades[i].err;
    return ERR_CORRUPT;
}

enum err link_finish(struct postgres_link *l, PGresult *result, const char *what)
{
    ExecStatusType status = PQresultStatus(result);
    bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    enum err err = done ? ERR_OK : grade(l, result, what);

    PQclear(result);
    return err;
}

enum err link_exec(struct postgres_link *l, const char *sql, const char *what)
{
    return link_finish(l, PQexec(l->conn, sql), what);
}

enum err link_ask(struct postgres_link *l, const char *sql, char *out, size_t n)
{
    PGresult *result = PQexec(l->conn, sql);

    *out = 0;
    if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) &&
        PQnfields(result))
        snprintf(out, n, "%s", PQgetvalue(result, 0, 0));
    return link_finish(l, result, sql);
}

/* What the server says unasked, e.g. that it shuts down. */
static void note(void *ctx, const char *message)
{
    (void)ctx;
    LOG_WARN("%.*s", (int)strcspn(message, "\n"), message);
}

/* What stands before the URI ("dbname") can be said otherwise in it; what follows cannot.
 * A server that falls silent is given up after 20 s. */
static const char *const keywords[] = {
    "fallback_application_name",
    "connect_timeout",
    "keepalives_idle",
    "tcp_user_timeout",
    "dbname",
    "client_encoding",
    NULL,
};

static void values_of(const struct postgres_link *l, const char *out[COUNT(keywords)])
{
    const char *const values[COUNT(keywords)] = {
        "bdhvs-server", "5", "10", "20000", l->uri, "UTF8", NULL,
    };

    memcpy(out, values, sizeof(values));
}

static enum err dial(struct postgres_link *l)
{
    const char *values[COUNT(keywords)];

    values_of(l, values);
    PQfinish(l->conn);
    l->n_dialled++;
    l->conn = PQconnectdbParams(keywords, values, 1);
    PQsetNoticeProcessor(l->conn, note, NULL);
    if (PQstatus(l->conn) == CONNECTION_OK)
        return ERR_OK;
    LOG_ERR("%.*s", (int)strcspn(PQerrorMessage(l->conn), "\n"),
            PQerrorMessage(l->conn));
    return ERR_RETRY;
}

/* Somebody answers there, or the URI is none: waiting would not help. */
static bool is_refused(const struct postgres_link *l)
{
    const char *values[COUNT(keywords)];
    PGPing ping;

    values_of(l, values);
    ping = PQpingParams(keywords, values, 1);
    return ping == PQPING_OK || ping == PQPING_NO_ATTEMPT;
}

static enum err demand(struct postgres_link *l)
{
    static const struct {
        const char *sql;
        const char *want;
    } demands[] = {
        { "SELECT current_setting('fsync')", "on" },
        { "SELECT current_setting('server_encoding')", "UTF8" },
    };
    char got[32];

    if (PQserverVersion(l->conn) < VERSION_MIN) {
        LOG_ERR("PostgreSQL %d is too old", PQserverVersion(l->conn));
        return ERR_REJECTED;
    }
    for (size_t i = 0; i < COUNT(demands); i++) {
        enum err err = link_ask(l, demands[i].sql, got, sizeof(got));

        if (err)
            return err;
        if (strcmp(got, demands[i].want)) {
            LOG_ERR("%s: is %s, must be %s", demands[i].sql, got, demands[i].want);
            return ERR_REJECTED;
        }
    }
    return ERR_OK;
}

static enum err connect_now(struct postgres_link *l)
{
    /* "off" alone would acknowledge what a power cut takes back; with the 4 MB it has of
     * itself, adding up years of counters sorts them on the disk */
    static const char settings[] =
        "SET client_min_messages = error; SET lock_timeout = '2s';"
        "SET work_mem = '32MB';"
        "SET statement_timeout = '60s';"
        "SELECT set_config('synchronous_commit', 'on', false)"
        " WHERE current_setting('synchronous_commit') = 'off'";
    enum err err = dial(l);

    if (!err)
        err = link_exec(l, settings, "settings");
    return err ? err : demand(l);
}

enum err link_check_origin(struct postgres_link *l)
{
    char now[LINK_ORIGIN_CHARS];
    enum err err = link_ask(l, schema_postgres_origin, now, sizeof(now));

    if (err)
        return err;
    if (*l->origin && strcmp(l->origin, now)) {
        LOG_ERR("this database was put back, or another took over: start again");
        return ERR_CORRUPT;
    }
    memcpy(l->origin, now, sizeof(now));
    return ERR_OK;
}

enum err link_open(struct postgres_link *l, const char *uri)
{
    enum err err;

    *l = (struct postgres_link){ .uri = check_strdup(uri) };
    err = connect_now(l);
    return PQstatus(l->conn) != CONNECTION_OK && is_refused(l) ? ERR_REJECTED : err;
}

void link_drop(struct postgres_link *l)
{
    PQfinish(l->conn);
    l->conn = NULL;
}

void link_close(struct postgres_link *l)
{
    link_drop(l);
    free(l->uri);
}

static enum err reconnect(struct postgres_link *l)
{
    int64_t began_ms = clock_mono_ms(&clock_real);
    enum err err = connect_now(l);
    int64_t now_ms = clock_mono_ms(&clock_real);

    /* after a slow try the program has time for others first */
    l->try_at_ms = now_ms + RECONNECT_MS + SLOW_FACTOR * (now_ms - began_ms);
    if (!err)
        err = link_check_origin(l);
    if (!err) {
        LOG_INFO("connected again");
        return ERR_OK;
    }
    link_drop(l);
    return err == ERR_CORRUPT ? err : ERR_RETRY;
}

enum err link_renew(struct postgres_link *l)
{
    /* The first reads the server's farewell, if there is one; the second the end. */
    if (PQstatus(l->conn) == CONNECTION_OK && PQconsumeInput(l->conn) &&
        PQconsumeInput(l->conn))
        return ERR_OK;
    return clock_mono_ms(&clock_real) < l->try_at_ms ? ERR_RETRY : reconnect(l);
}
