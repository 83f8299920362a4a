/* See pg_cluster.h. */
#include "pg_cluster.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"

#define NAME_CHARS 48

static struct {
    pid_t owner; /* a child that was forked off does not end it */
    pid_t keeper;
    FILE *orders;
    FILE *answers;
    char dir[64];
    int n_databases;
} cluster;

static void stop(void)
{
    if (getpid() != cluster.owner)
        return;
    fclose(cluster.orders);
    waitpid(cluster.keeper, NULL, 0);
    fclose(cluster.answers);
}

static void read_answer(char *out, size_t n)
{
    ASSERT(fgets(out, (int)n, cluster.answers));
    out[strcspn(out, "\n")] = 0;
}

static void start(void)
{
    int to[2];
    int from[2];

    if (cluster.owner)
        return;
    ASSERT(!pipe(to) && !pipe(from));
    cluster.owner = getpid();
    cluster.keeper = fork();
    ASSERT(cluster.keeper >= 0);
    if (!cluster.keeper) {
        dup2(to[0], STDIN_FILENO);
        dup2(from[1], STDOUT_FILENO);
        for (int i = 0; i < 2; i++) {
            close(to[i]);
            close(from[i]);
        }
        execl(PG_CLUSTER_SH, PG_CLUSTER_SH, (char *)NULL);
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    fcntl(to[1], F_SETFD, FD_CLOEXEC);
    fcntl(from[0], F_SETFD, FD_CLOEXEC);
    cluster.orders = fdopen(to[1], "w");
    cluster.answers = fdopen(from[0], "r");
    ASSERT(cluster.orders && cluster.answers);
    atexit(stop);
    read_answer(cluster.dir, sizeof(cluster.dir));
}

void pg_cluster_uri(const char *name, char uri[PG_URI_BYTES])
{
    start();
    snprintf(uri, PG_URI_BYTES, "postgresql://bdhvs@/%s?host=%s", name, cluster.dir);
}

static void ignore_notice(void *ctx, const PGresult *result)
{
    (void)ctx;
    (void)result;
}

void pg_cluster_ask(const char *uri, const char *sql, char *out, size_t n)
{
    PGconn *conn = PQconnectdb(uri);
    PGresult *result;
    ExecStatusType status;

    PQsetNoticeReceiver(conn, ignore_notice, NULL);
    result = PQexec(conn, sql);
    status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        fprintf(stderr, "%s", PQerrorMessage(conn));
    ASSERT(status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK);
    snprintf(out, n, "%s", PQntuples(result) ? PQgetvalue(result, 0, 0) : "");
    PQclear(result);
    PQfinish(conn);
}

void pg_cluster_do(const char *uri, const char *sql)
{
    char nothing[8];

    pg_cluster_ask(uri, sql, nothing, sizeof(nothing));
}

/* A statement that no transaction may hold. */
static void in_cluster(const char *verb, const char *names, const char *how)
{
    char uri[PG_URI_BYTES];
    char sql[200];

    pg_cluster_uri("postgres", uri);
    snprintf(sql, sizeof(sql), "%s DATABASE %s %s", verb, names, how);
    pg_cluster_do(uri, sql);
}

void pg_cluster_database(char uri[PG_URI_BYTES])
{
    char name[16];

    snprintf(name, sizeof(name), "t%d", ++cluster.n_databases);
    in_cluster("CREATE", name, "");
    pg_cluster_uri(name, uri);
}

void pg_cluster_name(const char *uri, char *out, size_t n)
{
    const char *from = strchr(uri, '@') + 2;

    snprintf(out, n, "%.*s", (int)strcspn(from, "?"), from);
}

void pg_cluster_drop(const char *uri)
{
    char name[NAME_CHARS];

    pg_cluster_name(uri, name, sizeof(name));
    in_cluster("DROP", name, "WITH (FORCE)");
}

void pg_cluster_copy(const char *from, const char *to)
{
    char to_if_there[NAME_CHARS];
    char template[NAME_CHARS];

    snprintf(to_if_there, sizeof(to_if_there), "IF EXISTS %s", to);
    snprintf(template, sizeof(template), "TEMPLATE %s", from);
    in_cluster("DROP", to_if_there, "WITH (FORCE)");
    in_cluster("CREATE", to, template);
}

void pg_cluster_order(const char *order)
{
    start();
    fprintf(cluster.orders, "%s\n", order);
    fflush(cluster.orders);
}

void pg_cluster_done(void)
{
    char answer[8];

    read_answer(answer, sizeof(answer));
    ASSERT(!strcmp(answer, "ok"));
}
