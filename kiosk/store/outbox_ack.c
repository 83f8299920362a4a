/* The server's answer: moving `acked`, and noticing that our copy is not the only one.
 *
 * Invariants (PROTOCOL §4)
 *  1. `acked` moves up only to the `to` of a bundle that this very answer is for.
 *  2. It moves down whenever the server holds less: the rest is sent again.
 *  3. Being told of a longer life of a run of ours (`top`), or of a run that we do not
 *     know (`foreign_ord`), starts a new run above it and says everything again: once
 *     for each news, remembered in run.seen and the setting `foreign_ord`. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/journal_private.h"
#include "store/outbox_rejected.h"
#include "store/private.h"

#define LOG_MODULE "outbox"
#include "base/log.h"

#define ORD_MAX ((int64_t)1 << 40) /* nobody restarts that often: not an ordinal */

struct answer {
    const struct ack *ack;
    int64_t n;             /* of the bundle it answers; 0: not known any more */
    int64_t explained_ord; /* runs of ours that bundle did not list */
    bool is_late;          /* a later bundle was answered already */
    bool odd;
};

static enum err find_bundle(struct db *db, struct answer *a)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT n, explained_ord FROM bundle WHERE sha256 = ?1"
                    " ORDER BY n DESC LIMIT 1");
    bool row;
    enum err err;

    a->explained_ord = INT64_MAX; /* of a bundle we forgot, nothing is known */
    db_bind_text(st, 1, a->ack->request_sha256);
    err = db_row(db, st, &row);
    if (!row)
        return err;
    a->n = sqlite3_column_int64(st, 0);
    a->explained_ord = sqlite3_column_int64(st, 1);
    sqlite3_reset(st);
    return ERR_OK;
}

/* The three rules for one run, as in the model. */
static enum err apply_held(struct db *db, struct answer *a, const struct ack_held *h)
{
    sqlite3_stmt *st = db_stmt(
        db, "SELECT r.ord, r.acked, max(r.rev, r.seen), ifnull(b.top, 0) FROM run r"
            " LEFT JOIN bundle_run b ON b.run = r.ord AND b.n = ?2 WHERE r.id = ?1");
    int64_t ord, acked, seen, to;
    bool row;
    enum err err;

    sqlite3_bind_int64(st, 1, (int64_t)h->run);
    sqlite3_bind_int64(st, 2, a->n);
    err = db_row(db, st, &row);
    if (!row)
        return err;
    ord = sqlite3_column_int64(st, 0);
    acked = sqlite3_column_int64(st, 1);
    seen = sqlite3_column_int64(st, 2);
    to = sqlite3_column_int64(st, 3);
    sqlite3_reset(st);
    if (to && h->held >= to && acked < to)
        acked = to;
    if (h->held < acked)
        acked = h->held;
    if (h->top > seen)
        a->odd = true;
    st = db_stmt(db, "UPDATE run SET acked = ?2, seen = CASE WHEN ?3 > max(rev, seen)"
                     " THEN ?3 ELSE seen END, held = max(min(?4, rev), CASE WHEN ?5"
                     " THEN held ELSE 0 END) WHERE ord = ?1");
    sqlite3_bind_int64(st, 1, ord);
    sqlite3_bind_int64(st, 2, acked);
    sqlite3_bind_int64(st, 3, h->top);
    sqlite3_bind_int64(st, 4, h->held);
    sqlite3_bind_int(st, 5, a->is_late); /* then it cannot say that it forgot */
    return db_run(db, st, "acked");
}

static enum err set_number(struct db *db, const char *key, int64_t value)
{
    char text[24];

    (void)snprintf(text, sizeof(text), "%" PRId64, value);
    return db_set(db, key, text);
}

static int64_t get_number(struct db *db, const char *key)
{
    return strtoll(db_setting(db, key, "0"), NULL, 10);
}

static enum err say_everything(struct db *db)
{
    const struct event restamp = { .kind = EVENT_RESTAMP };
    enum err err = db_run(db, db_stmt(db, "UPDATE run SET acked = 0 WHERE acked <> 0"),
                          "say everything");

    return err ? err : journal_write(db, &restamp, NULL);
}

static enum err check_foreign(struct db *db, struct answer *a)
{
    int64_t foreign = a->ack->foreign_ord;

    if (foreign <= a->explained_ord || foreign <= get_number(db, "foreign_ord"))
        return ERR_OK;
    LOG_WARN("the server knows a run %" PRId64 " of this kiosk that is not here",
             foreign);
    a->odd = true;
    return set_number(db, "foreign_ord", foreign);
}

static enum err apply_ack(struct db *db, void *ctx)
{
    struct answer *a = ctx;
    enum err err = find_bundle(db, a);

    a->is_late = a->n < get_number(db, "last_ack_n");
    for (size_t i = 0; !err && i < a->ack->n_held; i++)
        err = apply_held(db, a, &a->ack->held[i]);
    if (!err)
        err = check_foreign(db, a);
    if (!err && a->odd) {
        err = run_begin(db, a->ack->foreign_ord);
        if (!err)
            err = say_everything(db);
    }
    if (!err && a->n)
        err = outbox_note_rejected(db, a->n, a->ack);
    if (!err && a->n)
        err = outbox_drop(db, a->n);
    if (!err && !a->is_late)
        err = set_number(db, "last_ack_n", a->n);
    if (!err && !a->is_late)
        err = set_number(db, "last_ack_ms", a->ack->time_ms);
    return err;
}

static enum err count_waiting(struct db *db, int64_t *out)
{
    return db_int(db, db_stmt(db, "SELECT count(*) FROM run WHERE rev > acked"), 0,
                  out);
}

enum err outbox_acknowledge(struct db *db, const struct ack *ack, bool *more_out)
{
    struct answer answer = { .ack = ack };
    int64_t runs = 0;
    enum err err =
        ack->foreign_ord > ORD_MAX ? ERR_REJECTED : db_transact(db, apply_ack, &answer);

    if (!err)
        err = count_waiting(db, &runs);
    *more_out = runs > 0;
    return err;
}

static enum err run_say_everything(struct db *db, void *ctx)
{
    (void)ctx;
    return say_everything(db);
}

enum err outbox_say_everything(struct db *db)
{
    return db_transact(db, run_say_everything, NULL);
}

enum err outbox_state(struct db *db, struct outbox_state *out)
{
    enum err err;

    memset(out, 0, sizeof(*out));
    if (!db)
        return ERR_CORRUPT;
    err = db_int(db,
                 db_stmt(db, "SELECT (SELECT count(*) FROM total t JOIN run r"
                             " ON r.ord = t.run WHERE t.rev > r.acked)"
                             " + (SELECT count(*) FROM gauge g JOIN run r"
                             " ON r.ord = g.run WHERE g.rev > r.acked)"),
                 0, &out->rows_waiting);
    if (!err)
        err = db_int(db,
                     db_stmt(db, "SELECT count(*) FROM completion c JOIN run r"
                                 " ON r.ord = c.run WHERE c.rev > r.held"),
                     0, &out->completions_only_here);
    if (!err)
        err =
            db_int(db, db_stmt(db, "SELECT count(*) FROM rejected"), 0, &out->rejected);
    out->last_ack_ms = get_number(db, "last_ack_ms");
    return err;
}
