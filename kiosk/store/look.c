/* One row for each learner who chose. */
#include "store/look.h"

#include <stdio.h>

#include "store/private.h"

#define TEXT_STEP_MAX 2

enum err look_read(struct db *db, const unsigned char token[EVENT_TOKEN_BYTES],
                   struct look *out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT text, contrast, still, lang FROM look WHERE token = ?1");
    bool row;
    enum err err;
    int step;

    sqlite3_bind_blob(st, 1, token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    err = db_row(db, st, &row);
    if (!row)
        return err;
    step = sqlite3_column_int(st, 0);
    out->text_step = step < 0 || step > TEXT_STEP_MAX ? 0 : step;
    out->contrast = sqlite3_column_int(st, 1) != 0;
    out->still = sqlite3_column_int(st, 2) != 0;
    (void)snprintf(out->lang, sizeof(out->lang), "%s",
                   (const char *)sqlite3_column_text(st, 3));
    sqlite3_reset(st);
    return ERR_OK;
}

struct write {
    const unsigned char *token;
    const struct look *look;
};

static enum err write_row(struct db *db, void *ctx)
{
    const struct write *w = ctx;
    sqlite3_stmt *st =
        db_stmt(db, "INSERT INTO look(token, text, contrast, still, lang)"
                    " VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET"
                    " text = excluded.text, contrast = excluded.contrast,"
                    " still = excluded.still, lang = excluded.lang");

    sqlite3_bind_blob(st, 1, w->token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    sqlite3_bind_int(st, 2, w->look->text_step);
    sqlite3_bind_int(st, 3, w->look->contrast);
    sqlite3_bind_int(st, 4, w->look->still);
    db_bind_text(st, 5, w->look->lang);
    return db_run(db, st, "look");
}

enum err look_write(struct db *db, const unsigned char token[EVENT_TOKEN_BYTES],
                    const struct look *look)
{
    struct write w = { token, look };

    return db_transact(db, write_row, &w);
}
