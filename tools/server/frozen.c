/* See frozen.h. */
#include "frozen.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "deeds.h"

#define LOG_MODULE "frozen"
#include "base/log.h"

enum err frozen_last(struct server *s, const char *period, int64_t *out)
{
    *out = 0;
    return server_note(
        s, store_run(s->store, Q_FROZEN_LAST, store_number, out, PARAM_TEXT(period)));
}

struct getting {
    struct buf *out;
    size_t before;
    char sha256[HASH_SHA256_HEX];
    bool found;
};

static enum err take_document(void *ctx, const struct cell *c)
{
    struct getting *g = ctx;

    g->found = strlen(c[0].text) + 1 == sizeof(g->sha256);
    if (g->found)
        memcpy(g->sha256, c[0].text, sizeof(g->sha256));
    buf_str(g->out, c[1].text);
    return ERR_OK;
}

enum err frozen_get(struct server *s, const char *period, int64_t version,
                    struct buf *out)
{
    struct getting g = { .out = out, .before = out->len };
    char sha256[HASH_SHA256_HEX];
    enum err err = store_run(s->store, Q_FROZEN_GET, take_document, &g,
                             PARAM_TEXT(period), PARAM_INT(version));

    if (err)
        return server_note(s, err);
    if (!g.found)
        return ERR_REJECTED;
    hash_sha256_hex(buf_text(out) + g.before, out->len - g.before, sha256);
    if (!strcmp(sha256, g.sha256))
        return ERR_OK;
    LOG_ERR("report %s version %" PRId64 ": not the bytes that were frozen", period,
            version);
    return ERR_CORRUPT;
}

enum err frozen_add(struct server *s, const char *by, const char *period,
                    int64_t version, const struct buf *document)
{
    char sha256[HASH_SHA256_HEX];
    enum err err = store_begin(s->store);

    if (err)
        return server_note(s, err);
    hash_sha256_hex(buf_text(document), document->len, sha256);
    err = store_run(s->store, Q_FROZEN_ADD, NULL, NULL, PARAM_TEXT(period),
                    PARAM_INT(version), PARAM_INT(clock_wall_ms(s->clock)),
                    PARAM_TEXT(sha256), PARAM_TEXT(buf_text(document)));
    if (!err)
        err = deeds_add(s, by, DEED_FREEZE, period);
    if (!err)
        err = store_commit(s->store);
    if (err)
        store_rollback(s->store);
    else
        LOG_INFO("report %s frozen as version %" PRId64, period, version);
    return server_note(s, err);
}

static enum err add_line(void *ctx, const struct cell *c)
{
    char day[11];

    clock_day_text(clock_day(c[2].number), day);
    buf_printf(ctx, "%s  %" PRId64 "  %s  %s\n", c[0].text, c[1].number, day,
               c[3].text);
    return ERR_OK;
}

enum err frozen_list(struct server *s, struct buf *out)
{
    return server_note(s, store_run_plain(s->store, Q_FROZEN_LIST, add_line, out));
}
