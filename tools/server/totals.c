/* Writes what Q_TOTALS and Q_TOTALS_OF find. */
#include "totals.h"

#include <inttypes.h>

#include "base/buf.h"
#include "base/json.h"

static enum err add_json(void *ctx, const struct cell *cells)
{
    json_open(ctx, NULL, '[');
    for (size_t i = 0; i < 4; i++)
        json_put_text(ctx, NULL, cells[i].text);
    json_put_int(ctx, NULL, cells[4].number);
    json_close(ctx, ']');
    return ERR_OK;
}

static enum err read_rows(struct server *s, const char *kiosk, row_fn *row,
                          struct buf *out)
{
    return *kiosk ? store_run(s->store, Q_TOTALS_OF, row, out, PARAM_TEXT(kiosk))
                  : store_run_plain(s->store, Q_TOTALS, row, out);
}

enum err totals_json(struct server *s, const char *kiosk, struct buf *out)
{
    enum err err;

    json_open(out, NULL, '{');
    json_put_int(out, "schema", 1);
    json_open(out, "rows", '[');
    err = read_rows(s, kiosk, add_json, out);
    json_close(out, ']');
    json_close(out, '}');
    if (err)
        return server_note(s, err);
    return out->overflow ? ERR_FULL : ERR_OK;
}

static enum err add_text(void *ctx, const struct cell *cells)
{
    buf_printf(ctx, "%10" PRId64 "  %-18s %-10s %-12s %s\n", cells[4].number,
               cells[0].text, cells[1].text, cells[2].text, cells[3].text);
    return ERR_OK;
}

enum err totals_text(struct server *s, const char *kiosk, struct buf *out)
{
    enum err err = read_rows(s, kiosk, add_text, out);

    if (err)
        return server_note(s, err);
    return out->overflow ? ERR_FULL : ERR_OK;
}
