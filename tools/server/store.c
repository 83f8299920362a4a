/* Chooses the backend and passes calls on. Knows no SQL. */
#include "store.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"

#define LOG_MODULE "store"
#include "base/log.h"

static const struct store_driver *const drivers[] = { &store_sqlite, &store_postgres };

/* The driver of the URI's scheme, or NULL. */
static const struct store_driver *driver_of(const char *uri)
{
    size_t n = strcspn(uri, ":");

    for (size_t i = 0; uri[n] && i < COUNT(drivers); i++)
        if (strlen(drivers[i]->scheme) == n && !memcmp(uri, drivers[i]->scheme, n))
            return drivers[i];
    return NULL;
}

enum err store_open(const char *uri, enum store_mode mode, struct store **out)
{
    const struct store_driver *driver = driver_of(uri);

    *out = NULL;
    if (driver)
        return driver->open(uri, mode, out);
    LOG_ERR("%.*s: unknown kind of database; write sqlite:PATH or postgresql://…",
            (int)strcspn(uri, ":"), uri);
    return ERR_REJECTED;
}

bool store_uri_is_shared(const char *uri)
{
    const struct store_driver *driver = driver_of(uri);

    return driver && driver->is_shared;
}

/* postgresql://user:PASSWORD@host/name?password=PASSWORD */
void store_uri_show(const char *uri, struct buf *out)
{
    const char *from = strstr(uri, "://");
    const char *to = from ? from + 3 + strcspn(from + 3, "/?") : uri;

    for (const char *c = uri; *c; c += *c != 0) {
        if (from && c >= from + 3 && c < to && *c == ':' &&
            memchr(c, '@', (size_t)(to - c)))
            c += strcspn(c, "@");
        else if (from && !strncmp(c, "password=", 9))
            c += strcspn(c, "&");
        if (*c)
            buf_char(out, *c);
    }
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

bool store_can_copy(const struct store *s)
{
    return s->driver->backup != NULL;
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
