/* From the bits of a passport to what its holder has passed here. */
#include "store/passport_in.h"

#include <string.h>

#include "base/arena.h"
#include "store/journal_private.h"
#include "store/kin.h"
#include "store/private.h"

bool passport_looks_like(const char *scanned)
{
    scanned += strspn(scanned, " \t\r\n-");
    return scanned[0] && strchr("Bb", scanned[0]) && scanned[1] &&
           strchr("Pp", scanned[1]) && scanned[2] && strchr("1IiLl", scanned[2]);
}

struct booking {
    const struct passport *passport;
    size_t n;
};

static enum err is_passed(struct db *db, const unsigned char *token, const char *lesson,
                          bool *out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT passed FROM progress WHERE token = ?1"
                                   " AND lesson = ?2");
    int64_t passed;
    enum err err;

    sqlite3_bind_blob(st, 1, token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    db_bind_text(st, 2, lesson);
    err = db_int(db, st, 0, &passed);
    *out = passed != 0;
    return err;
}

static enum err write_passes(struct db *db, void *ctx)
{
    struct booking *b = ctx;
    const struct passport *p = b->passport;
    enum err err = ERR_OK;

    b->n = 0;
    for (size_t i = 0; !err && i < p->n_passed; i++) {
        struct event ev = { .kind = EVENT_CREDIT,
                            .token = p->token,
                            .unit = p->passed[i],
                            .flags = EVENT_PASSED };
        bool known;

        err = is_passed(db, p->token, ev.unit, &known);
        if (err || known)
            continue;
        err = journal_write(db, &ev, NULL);
        b->n++;
    }
    return err;
}

static bool is_holder(struct db *db, const unsigned char *holder,
                      const struct passport *p)
{
    struct kin kin;

    return !holder || (!kin_find(db, holder, &kin) && kin.known &&
                       !memcmp(kin.root, p->token, EVENT_TOKEN_BYTES));
}

enum passport_in passport_take(struct db *db, const char *scanned,
                               const unsigned char *holder, size_t *n_out)
{
    struct arena arena = { 0 };
    struct passport passport;
    struct booking b = { &passport, 0 };
    enum passport_in out = PASSPORT_IN_UNKNOWN;

    *n_out = 0;
    switch (passport_read(db, scanned, &arena, &passport)) {
    case PASSPORT_OURS:
        if (!is_holder(db, holder, &passport))
            out = PASSPORT_IN_OTHER;
        else if (db_transact(db, write_passes, &b))
            out = PASSPORT_IN_FAILED;
        else
            out = PASSPORT_IN_BOOKED;
        break;
    case PASSPORT_VISITOR:
        out = PASSPORT_IN_VISITOR;
        break;
    case PASSPORT_LESSONS:
        out = PASSPORT_IN_LESSONS;
        break;
    case PASSPORT_UNKNOWN:
        break;
    }
    if (out == PASSPORT_IN_BOOKED)
        *n_out = b.n;
    arena_finish(&arena);
    return out;
}
