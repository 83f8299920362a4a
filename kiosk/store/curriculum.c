/* Which lessons form which module and path, as an event: so that rebuild finishes them
 * at the same moments. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "store/journal_private.h"
#include "store/private.h"

#define BODY_BYTES_MAX (1 << 20)

static void put_groups(struct buf *b, const char *kind,
                       const struct journal_group *groups, size_t n_groups)
{
    json_open(b, kind, '{');
    for (size_t i = 0; i < n_groups; i++) {
        if (strcmp(groups[i].kind, kind) != 0)
            continue;
        json_open(b, groups[i].id, '[');
        for (size_t j = 0; j < groups[i].n_lessons; j++)
            json_put_text(b, NULL, groups[i].lessons[j]);
        json_close(b, ']');
    }
    json_close(b, '}');
}

static enum err is_known(struct db *db, const char *body, bool *out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT body = ?1 FROM event WHERE seq ="
                                   " (SELECT max(seq) FROM event WHERE kind = 9)");
    int64_t same;
    enum err err;

    db_bind_text(st, 1, body);
    err = db_int(db, st, 0, &same);
    *out = same != 0;
    return err;
}

static enum err write_curriculum(struct db *db, void *ctx)
{
    const struct event ev = { .kind = EVENT_CURRICULUM, .body = ctx };
    bool known;
    enum err err = is_known(db, ctx, &known);

    return err || known ? err : journal_write(db, &ev, NULL);
}

enum err journal_set_curriculum(struct db *db, const struct journal_group *groups,
                                size_t n_groups)
{
    struct buf b;
    int64_t last_day;
    enum err err;

    if (!db)
        return ERR_CORRUPT;
    last_day = clock_day_parse(db_setting(db, "phase1_end", "2027-12-31"));
    if (last_day < 0)
        return ERR_REJECTED;
    buf_init(&b, BODY_BYTES_MAX);
    json_open(&b, NULL, '{');
    json_put_int(&b, "phase1_last_day", last_day);
    put_groups(&b, "module", groups, n_groups);
    put_groups(&b, "path", groups, n_groups);
    json_close(&b, '}');
    err = b.overflow ? ERR_REJECTED : db_transact(db, write_curriculum, b.data);
    buf_finish(&b);
    return err;
}
