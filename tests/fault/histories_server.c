/* The server's database in a history, of either kind: copied, and read by the oracle
 * without any code of the program. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "histories_world.h"

#define ROWS_MAX (4U << 20) /* bytes of all rows as text */
#define NAME_CHARS 48

/* "server.db" is the one that the rig has open; copies go by their own names. */
static void name_of(struct world *w, const char *name, char out[NAME_CHARS])
{
    if (strcmp(name, SERVER_NOW))
        snprintf(out, NAME_CHARS, "%s", name);
    else
        pg_cluster_name(w->rig->uri, out, NAME_CHARS);
}

void copies_server(struct world *w, const char *from, const char *to)
{
    char from_name[NAME_CHARS];
    char to_name[NAME_CHARS];

    if (!rig_on_postgres()) {
        copies_database(w->dir, from, w->dir, to);
        return;
    }
    name_of(w, from, from_name);
    name_of(w, to, to_name);
    pg_cluster_copy(from_name, to_name);
}

static void exec(sqlite3 *sq, const char *sql)
{
    ASSERT(sqlite3_exec(sq, sql, NULL, NULL, NULL) == SQLITE_OK);
}

/* Each row as a statement of SQLite. */
static void copy_rows(struct world *w, sqlite3 *sq, const char *sql)
{
    char *rows = check_alloc(ROWS_MAX);

    pg_cluster_ask(w->rig->uri, sql, rows, ROWS_MAX);
    ASSERT(strlen(rows) < ROWS_MAX - 1);
    exec(sq, rows);
    free(rows);
}

void copies_attach_server(struct world *w, sqlite3 *sq)
{
    char sql[256];

    if (!rig_on_postgres()) {
        snprintf(sql, sizeof(sql), "ATTACH '%s/server.db' AS s", w->rig->dir);
        exec(sq, sql);
        return;
    }
    exec(sq, "ATTACH ':memory:' AS s;"
             "CREATE TABLE s.counter(run, stat, period, unit, dims, plus, minus);"
             "CREATE TABLE s.gauge(stat, period, unit, dims, value)");
    copy_rows(
        w, sq,
        "SELECT string_agg(format('INSERT INTO s.counter VALUES(%L,%L,%L,%L,%L,"
        "%s,%s)', run, stat, period, unit, dims, plus, minus), ';') FROM counter");
    copy_rows(w, sq,
              "SELECT string_agg(format('INSERT INTO s.gauge VALUES(%L,%L,%L,%L,%s)',"
              " stat, period, unit, dims, value), ';') FROM gauge");
}
