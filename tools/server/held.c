/* See held.h. */
#include "held.h"

#include <inttypes.h>

#include "base/buf.h"

static enum err add_line(void *ctx, const struct cell *cells)
{
    buf_printf(ctx, "%s  %s  %" PRId64 " rows  %" PRId64 "\n", cells[0].text,
               cells[1].text, cells[2].number, cells[3].number);
    return ERR_OK;
}

enum err held_list(struct server *s, struct buf *out)
{
    return server_note(s, store_run_plain(s->store, Q_HELD_LIST, add_line, out));
}

struct admitting {
    struct server *server;
    int n;
};

static enum err merge_row(void *ctx, const struct cell *c)
{
    struct admitting *a = ctx;

    a->n++;
    return store_run(a->server->store, Q_COUNT_MERGE, NULL, NULL, PARAM_TEXT(c[0].text),
                     PARAM_TEXT(c[1].text), PARAM_TEXT(c[2].text),
                     PARAM_TEXT(c[3].text), PARAM_TEXT(c[4].text),
                     PARAM_TEXT(c[5].text), PARAM_TEXT(c[6].text),
                     PARAM_INT(c[7].number), PARAM_INT(c[8].number));
}

enum err held_admit(struct server *s, const char *kiosk, const char *period)
{
    struct admitting a = { .server = s };
    enum err err = store_begin(s->store);

    if (err)
        return server_note(s, err);
    err = store_run(s->store, Q_HELD_ROWS, merge_row, &a, PARAM_TEXT(kiosk),
                    PARAM_TEXT(period));
    if (!err && !a.n)
        err = ERR_REJECTED;
    if (!err)
        err = store_run(s->store, Q_HELD_DROP, NULL, NULL, PARAM_TEXT(kiosk),
                        PARAM_TEXT(period));
    if (!err)
        err = store_run(s->store, Q_ADMIT, NULL, NULL, PARAM_TEXT(kiosk),
                        PARAM_TEXT(period), PARAM_INT(clock_wall_ms(s->clock)));
    if (!err)
        err = store_commit(s->store);
    if (err)
        store_rollback(s->store);
    return server_note(s, err);
}
