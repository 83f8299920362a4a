/* Where the server keeps its facts, behind "run statement N": a backend prepares the
 * texts of queries.c and runs them, and knows nothing of kiosks. One connection per
 * store; the opener's thread owns it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "queries.h"

struct buf;
struct store_driver;

/* Every backend's own struct begins with it. */
struct store {
    const struct store_driver *driver;
};

struct param {
    const char *text; /* NULL: `number` is meant, unless `null` */
    int64_t number;
    bool null;
};

#define PARAM_TEXT(s) ((struct param){ .text = (s) })
#define PARAM_INT(v) ((struct param){ .number = (v) })

#define STORE_CELLS_MAX 16 /* of a row */

/* One value of a row. Text is valid during the row function only. */
struct cell {
    const char *text; /* NULL for numbers and nulls */
    int64_t number;   /* 0 for text and nulls */
};

/* Called for each row; anything but ERR_OK ends the statement and is handed on. It may
 * run other statements, but not the same one. */
typedef enum err row_fn(void *ctx, const struct cell *cells);

enum tx { TX_BEGIN, TX_COMMIT, TX_ROLLBACK };

enum store_mode {
    STORE_EXISTING, /* ERR_REJECTED when there is none */
    STORE_MAKE,     /* made when there is none */
};

struct store_driver {
    const char *scheme; /* "sqlite": of sqlite:PATH */
    bool is_shared;     /* several processes may have one database open */
    /* Brings the tables up to date. Errors: ERR_RETRY (another process has it),
     * ERR_REJECTED (see the mode; written by a newer program), ERR_FULL, ERR_CORRUPT. */
    enum err (*open)(const char *uri, enum store_mode, struct store **out);
    /* `row` may be NULL. Errors: ERR_RETRY, ERR_FULL, ERR_CORRUPT, and row's own. After
     * one inside a transaction there is nothing to do but TX_ROLLBACK. */
    enum err (*run)(struct store *, enum query, const struct param *, size_t n_params,
                    row_fn *row, void *ctx);
    /* TX_COMMIT: on ERR_OK everything is durable. */
    enum err (*transact)(struct store *, enum tx);
    /* A complete, checked copy in the new file `path`. Errors as open. NULL: the
     * database has tools of its own for it. */
    enum err (*backup)(struct store *, const char *path);
    void (*close)(struct store *);
};

extern const struct store_driver store_sqlite;
extern const struct store_driver store_postgres;

/* Opens "sqlite:PATH" or "postgresql://…". ERR_REJECTED also for an unknown scheme. */
NODISCARD enum err store_open(const char *uri, enum store_mode mode,
                              struct store **out);
void store_close(struct store *s); /* NULL is allowed */

/* May several processes have the database of this URI open at a time? */
bool store_uri_is_shared(const char *uri);
/* Appends the URI for people and logs: without a password. */
void store_uri_show(const char *uri, struct buf *out);

/* store_run(s, QUERY, row, ctx, param…): the parameters stand in the order $1, $2, … */
#define store_run(s, q, row, ctx, ...)                              \
    store_run_array(s, q, (const struct param[]){ __VA_ARGS__ },    \
                    sizeof((const struct param[]){ __VA_ARGS__ }) / \
                        sizeof(struct param),                       \
                    row, ctx)
#define store_run_plain(s, q, row, ctx) store_run_array(s, q, NULL, 0, row, ctx)

NODISCARD enum err store_run_array(struct store *s, enum query q,
                                   const struct param *params, size_t n, row_fn *row,
                                   void *ctx);
NODISCARD enum err store_begin(struct store *s);
NODISCARD enum err store_commit(struct store *s);
void store_rollback(struct store *s);
bool store_can_copy(const struct store *s); /* else its database has tools for it */
NODISCARD enum err store_backup(struct store *s, const char *path);

/* First cell of the first row as a number, `*out` untouched when there is no row. */
enum err store_number(void *out, const struct cell *cells);
