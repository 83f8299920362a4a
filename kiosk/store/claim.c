/* A visit of a guest has no number of its own: it lies between two EVENT_LEAVE, because one
 * person learns at a time and every visit ends with one. */
#include "store/claim.h"

#include <stdio.h>
#include <string.h>

#include "store/audit.h"
#include "store/card_row.h"
#include "store/journal_private.h"
#include "store/kin.h"
#include "store/people_seal.h"
#include "store/private.h"

/* Events looked through backwards: more than any visit has. */
#define LOOK_BACK 4000

/* The newest event of any learner in this run. */
static const char last_sql[] =
    "SELECT seq, mono_ms, who IS NULL AND NOT flags & 8 FROM event WHERE run = ?1"
    " AND kind BETWEEN 1 AND 5 AND seq > (SELECT max(seq) FROM event) - ?2"
    " ORDER BY seq DESC LIMIT 1";

/* Completions of a guest, alone before the screen, since the leave before ?2; the best of
 * each lesson, unless that lesson of this visit was given to somebody already. */
static const char offered_sql[] =
    "WITH visit AS (SELECT e.seq, e.unit, e.flags, e.value FROM event e"
    " WHERE e.run = ?1 AND e.kind = 4 AND e.who IS NULL AND NOT e.flags & 12"
    " AND e.seq <= ?2 AND e.seq > ifnull((SELECT max(l.seq) FROM event l"
    " WHERE l.run = ?1 AND l.kind = 5 AND l.seq < ?2 AND l.seq > ?2 - ?3), ?2 - ?3))"
    " SELECT v.unit, v.seq, max((v.flags & 1) * 1000 + v.value) FROM visit v"
    " WHERE v.unit NOT IN (SELECT g.unit FROM visit g JOIN event c"
    " ON c.kind = 25 AND c.value > 0 AND c.value = g.seq)"
    " AND NOT EXISTS(SELECT 1 FROM voided w WHERE w.seq = v.seq)"
    " GROUP BY v.unit ORDER BY v.unit LIMIT 8";

enum err claim_find(struct db *db, struct claim *out)
{
    sqlite3_stmt *st;
    int64_t last, since_ms;
    bool row, guest;
    enum err err;

    memset(out, 0, sizeof(*out));
    if (!db)
        return ERR_CORRUPT;
    st = db_stmt(db, last_sql);
    sqlite3_bind_int64(st, 1, db->run.ord);
    sqlite3_bind_int64(st, 2, LOOK_BACK);
    err = db_row(db, st, &row);
    if (!row)
        return err;
    last = sqlite3_column_int64(st, 0);
    since_ms = run_mono_ms(db) - sqlite3_column_int64(st, 1);
    guest = sqlite3_column_int(st, 2) != 0;
    sqlite3_reset(st);
    if (!guest || since_ms > CLAIM_MS)
        return ERR_OK;
    st = db_stmt(db, offered_sql);
    sqlite3_bind_int64(st, 1, db->run.ord);
    sqlite3_bind_int64(st, 2, last);
    sqlite3_bind_int64(st, 3, LOOK_BACK);
    while (!(err = db_row(db, st, &row)) && row) {
        ASSERT(out->n < CLAIM_MAX);
        (void)snprintf(out->lessons[out->n], sizeof(out->lessons[0]), "%s",
                       db_column_text(st, 0));
        out->seqs[out->n++] = sqlite3_column_int64(st, 1);
    }
    return err;
}

struct taking {
    const struct claim *offer;
    const unsigned char *token;
    const char *actor;
    size_t n;
};

static bool is_offered(const struct claim *offer, int64_t seq)
{
    for (size_t i = 0; i < offer->n; i++)
        if (offer->seqs[i] == seq)
            return true;
    return false;
}

static enum err passed_of(struct db *db, int64_t seq, unsigned *out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT flags & 1 FROM event WHERE seq = ?1");
    int64_t passed;
    enum err err;

    sqlite3_bind_int64(st, 1, seq);
    err = db_int(db, st, 0, &passed);
    *out = passed ? EVENT_PASSED : 0;
    return err;
}

static enum err write_claim(struct db *db, void *ctx)
{
    struct taking *t = ctx;
    struct claim now;
    struct kin kin;
    char code[PERSON_CODE_CHARS];
    enum err err = kin_need(db, t->token, &kin);

    t->n = 0;
    if (!err)
        err = claim_find(db, &now);
    for (size_t i = 0; !err && i < now.n; i++) {
        struct event ev = { .kind = EVENT_CREDIT,
                            .token = kin.root,
                            .unit = now.lessons[i],
                            .value = now.seqs[i],
                            .actor = t->actor };

        if (!is_offered(t->offer, ev.value)) /* learnt since it was asked */
            continue;
        err = passed_of(db, ev.value, &ev.flags);
        if (!err)
            err = journal_write(db, &ev, NULL);
        t->n++;
    }
    if (err || !t->n)
        return err;
    err = card_row_code(db, kin.root, code);
    return err ? err : audit_add(db, AUDIT_PEOPLE, t->actor, "au.e.lesson_claim", code);
}

enum err claim_take(struct db *db, const struct claim *offer,
                    const unsigned char *token, const char *actor, size_t *n_out)
{
    struct taking t = { offer, token, actor, 0 };
    enum err err;

    *n_out = 0;
    if (!db)
        return ERR_CORRUPT;
    if (!people_actor_ok(actor))
        return ERR_REJECTED;
    err = db_transact(db, write_claim, &t);
    if (!err)
        *n_out = t.n;
    return err;
}
