/* Chooses the backend and passes calls on. Knows no SQL. */
#include "store.h"

#include <string.h>

#include "base/check.h"

#define LOG_MODULE "store"
#include "base/log.h"

static const struct store_driver *const drivers[] = { &store_sqlite };

enum err store_open(const char *uri, enum store_mode mode, struct store **out)
{
    const char *colon = strchr(uri, ':');

    *out = NULL;
    for (size_t i = 0; colon && i < COUNT(drivers); i++) {
        size_t n = strlen(drivers[i]->scheme);

        if ((size_t)(colon - uri) == n && !memcmp(uri, drivers[i]->scheme, n))
            return drivers[i]->open(colon + 1, mode, out);
    }
    LOG_ERR("%s: unknown kind of database; write sqlite:PATH", uri);
    return ERR_REJECTED;
}

void store_close(struct store *s)
{
    if (s)
        s->driver->close(s);
}

enum err store_run_array(struct store *s, enum query q, const struct param *params,
                         size_t n, row_fn *row, void *ctx)
{
    return s->driver->run(s, q, params, n, row, ctx);
}

enum err store_begin(struct store *s)
{
    return s->driver->transact(s, TX_BEGIN);
}

enum err store_commit(struct store *s)
{
    return s->driver->transact(s, TX_COMMIT);
}

void store_rollback(struct store *s)
{
    /* Only undoes; there is nothing a caller could do about its failure. */
    if (s->driver->transact(s, TX_ROLLBACK))
        LOG_WARN("a transaction could not be rolled back");
}

enum err store_backup(struct store *s, const char *path)
{
    return s->driver->backup(s, path);
}

enum err store_number(void *out, const struct cell *cells)
{
    *(int64_t *)out = cells[0].number;
    return ERR_OK;
}
