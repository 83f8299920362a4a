/* A PostgreSQL cluster of the test program's own (pg_cluster.sh), started when first
 * asked for and gone when the program ends, however it ends. */
#pragma once

#include <stddef.h>

#define PG_URI_BYTES 96

/* A new, empty database; its URI. Aborts when there is no PostgreSQL. */
void pg_cluster_database(char uri[PG_URI_BYTES]);
/* The URI of a database of this name in the cluster, there or not. */
void pg_cluster_uri(const char *name, char uri[PG_URI_BYTES]);
void pg_cluster_drop(const char *uri);
/* The database `to` becomes a copy of `from`, whatever it was. Nobody may have them open. */
void pg_cluster_copy(const char *from, const char *to);
/* The database's name in a URI of the functions above. */
void pg_cluster_name(const char *uri, char *out, size_t n);

/* Runs the statements there and gives the first cell of the first row, "" when there is
 * none. Aborts when they fail. */
void pg_cluster_ask(const char *uri, const char *sql, char *out, size_t n);
void pg_cluster_do(const char *uri, const char *sql);

/* Gives an order of pg_cluster.sh; pg_cluster_done waits until it is carried out. */
void pg_cluster_order(const char *order);
void pg_cluster_done(void);
