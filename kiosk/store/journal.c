/* Appending to the event log: what may be appended, and the row itself. What follows
 * from it is apply.c's business. */
#include "store/journal.h"

#include <string.h>

#include "base/json.h"
#include "store/apply.h"
#include "store/chain.h"
#include "store/cohort.h"
#include "store/journal_private.h"
#include "store/kin.h"
#include "store/private.h"

#define LOG_MODULE "journal"
#include "base/log.h"

#define BODY_BYTES_MAX 65536
#define BODY_DEPTH_MAX 8
#define FLAGS_ALL 15U
#define HINTS_MAX 255

/* --- what may be appended ----------------------------------------------------------- */

static bool id_ok(const char *id, size_t max)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    size_t n = id ? strlen(id) : 0;

    return n > 0 && n <= max && strspn(id, allowed) == n;
}

static bool value_ok(const struct event *ev)
{
    switch (ev->kind) {
    case EVENT_COMPLETE:
        return ev->value >= 0 && ev->value <= 100;
    case EVENT_ITEM:
    case EVENT_REVIEW:
        return ev->value == 0 || ev->value == 1;
    case EVENT_PRACTICE:
        return ev->value >= 0 && ev->value <= HINTS_MAX;
    default:
        return true;
    }
}

static bool unit_ok(const struct event *ev)
{
    switch (ev->kind) {
    case EVENT_START:
    case EVENT_STEP:
    case EVENT_ITEM:
    case EVENT_COMPLETE:
    case EVENT_REVIEW:
    case EVENT_PRACTICE:
    case EVENT_NOTICE:
        return id_ok(ev->unit, EVENT_UNIT_MAX);
    case EVENT_VOID:
        return id_ok(ev->unit, APPLY_UNIT_BYTES - 1);
    default:
        return !ev->unit || id_ok(ev->unit, EVENT_UNIT_MAX);
    }
}

static bool body_ok(const char *body)
{
    size_t n = strlen(body);
    json_value *doc;
    bool ok;

    if (n > BODY_BYTES_MAX || json_parse(body, n, BODY_DEPTH_MAX, &doc, NULL, 0))
        return false;
    ok = json_kind_of(doc) == JSON_IS_OBJECT;
    json_free(doc);
    return ok;
}

static enum err check_event(const struct event *ev)
{
    const char *wrong = NULL;

    if (ev->kind < EVENT_START || ev->kind >= EVENT_KIND_COUNT)
        wrong = "kind";
    else if (!unit_ok(ev))
        wrong = "unit";
    else if (!value_ok(ev))
        wrong = "value";
    else if (ev->flags & ~FLAGS_ALL)
        wrong = "flags";
    else if (ev->actor && !id_ok(ev->actor, EVENT_UNIT_MAX))
        wrong = "actor";
    else if (ev->body && !body_ok(ev->body))
        wrong = "body";
    else if (ev->kind == EVENT_PERSON && (!ev->token || !ev->body))
        wrong = "person";
    else if ((ev->kind == EVENT_REVIEW || ev->kind == EVENT_PATH) && !ev->token)
        wrong = "token";
    if (!wrong)
        return ERR_OK;
    LOG_WARN("event of kind %d refused: bad %s", (int)ev->kind, wrong);
    return ERR_REJECTED;
}

/* --- the row ------------------------------------------------------------------------ */

/* Whether the event says who a token is, and so must keep the very one. */
static bool is_about_a_token(const struct event *ev)
{
    return ev->kind == EVENT_PERSON || ev->kind == EVENT_CARD ||
           (ev->kind >= EVENT_ERASE && ev->kind <= EVENT_UNMERGE);
}

/* The person whose event this is (`who_out`, the root of a merged card) and the cohort it
 * counts for; 0 for guests, visitors and blank cards. */
static enum err person_of(struct db *db, const struct event *ev,
                          unsigned char who_out[EVENT_TOKEN_BYTES], int64_t *cohort_out)
{
    struct kin kin;
    enum err err;

    *cohort_out = 0;
    if (!ev->token) /* of a class the place, of help the thôn */
        return ev->body && ev->kind >= EVENT_CLASS_OPEN && ev->kind <= EVENT_HELP
                   ? cohort_intern(db, ev->body, cohort_out)
                   : ERR_OK;
    memcpy(who_out, ev->token, EVENT_TOKEN_BYTES);
    if (ev->flags & EVENT_VISITOR || ev->kind == EVENT_CARD)
        return ERR_OK;
    if (ev->kind == EVENT_PERSON)
        return cohort_intern(db, ev->body, cohort_out);
    err = kin_find(db, ev->token, &kin);
    if (!err && !kin.known) {
        LOG_WARN("event of kind %d refused: unknown token", (int)ev->kind);
        return ERR_REJECTED;
    }
    *cohort_out = kin.cohort;
    if (!err && !is_about_a_token(ev))
        memcpy(who_out, kin.root, EVENT_TOKEN_BYTES);
    return err;
}

static enum err seal_row(struct db *db, int64_t seq)
{
    unsigned char chain[HASH_CHAIN_BYTES];
    sqlite3_stmt *st;
    enum err err = chain_of(db, seq, chain);

    if (err)
        return err;
    st = db_stmt(db, "UPDATE event SET chain = ?2 WHERE seq = ?1");
    sqlite3_bind_int64(st, 1, seq);
    sqlite3_bind_blob(st, 2, chain, sizeof(chain), SQLITE_STATIC);
    return db_run(db, st, "chain");
}

/* The place of an event that EVENT_VOID names. Errors: ERR_REJECTED when it is not
 * there, cannot be taken back, or was already. */
static enum err voided_event(struct db *db, const char *unit, struct event_row *out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT e.seq FROM event e JOIN run r ON r.ord = e.run"
                    " WHERE printf('%016x', r.id) || '-' || e.seq = ?1"
                    " AND e.seq = CAST(substr(?1, 18) AS INTEGER) AND e.kind IN (1, 3, "
                    "4, 17, 19, 20, 28, 29)"
                    " AND NOT EXISTS(SELECT 1 FROM voided v WHERE v.seq = e.seq)");
    int64_t seq;
    enum err err;

    db_bind_text(st, 1, unit);
    err = db_int(db, st, 0, &seq);
    if (err)
        return err;
    if (!seq) {
        LOG_WARN("there is no event %s to take back", unit);
        return ERR_REJECTED;
    }
    return event_read(db, seq, out);
}

/* The day on which `taken` is taken back: where it was booked, so that the two meet in
 * one period; and where readers will place it if its run was dated since. -1: undated,
 * in the hour that it had. */
static enum err day_of_taken(struct db *db, const struct event_row *taken, int64_t *out)
{
    sqlite3_stmt *st;
    struct run run = { 0 };
    bool row;
    enum err err;

    *out = taken->day;
    if (taken->day >= 0 || taken->run == db->run.ord)
        return ERR_OK;
    st = db_stmt(db, "SELECT start_ms, uncertainty_ms, trust FROM run WHERE ord = ?1");
    sqlite3_bind_int64(st, 1, taken->run);
    err = db_row(db, st, &row);
    if (!row)
        return err;
    run.start_ms = sqlite3_column_int64(st, 0);
    run.uncertainty_ms = sqlite3_column_int64(st, 1);
    run.trust = sqlite3_column_int(st, 2);
    sqlite3_reset(st);
    *out = run_day(&run, taken->mono_ms);
    return ERR_OK;
}

/* The day an event is booked on, -1 when it is not certain. */
static enum err day_of(struct db *db, const struct event *ev, int64_t mono_ms,
                       int64_t *out)
{
    struct event_row taken;
    enum err err;

    *out = run_day(&db->run, mono_ms);
    if (ev->kind != EVENT_VOID)
        return ERR_OK;
    err = voided_event(db, ev->unit, &taken);
    return err ? err : day_of_taken(db, &taken, out);
}

static void bind_person(sqlite3_stmt *st, const unsigned char *token,
                        unsigned char salt[CHAIN_SALT_BYTES],
                        unsigned char who[HASH_CHAIN_BYTES])
{
    hash_random(salt, CHAIN_SALT_BYTES);
    chain_who(salt, token, who);
    sqlite3_bind_blob(st, 6, token, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    sqlite3_bind_blob(st, 7, salt, CHAIN_SALT_BYTES, SQLITE_STATIC);
    sqlite3_bind_blob(st, 8, who, HASH_CHAIN_BYTES, SQLITE_STATIC);
}

static enum err insert_event(struct db *db, const struct event *ev, int64_t seq)
{
    unsigned char token[EVENT_TOKEN_BYTES];
    unsigned char salt[CHAIN_SALT_BYTES], who[HASH_CHAIN_BYTES];
    int64_t mono_ms = run_mono_ms(db);
    int64_t cohort, day;
    sqlite3_stmt *st;
    enum err err = person_of(db, ev, token, &cohort);

    if (!err)
        err = day_of(db, ev, mono_ms, &day);
    if (err)
        return err;
    st =
        db_stmt(db, "INSERT INTO event(seq, run, mono_ms, day, kind, token, salt, who,"
                    " cohort, unit, value, actor, flags, body, chain)"
                    " VALUES(?1, ?2, ?3, nullif(?4, -1), ?5, ?6, ?7, ?8, nullif(?9, 0),"
                    " ?10, ?11, ?12, ?13, ?14, zeroblob(16))");
    sqlite3_bind_int64(st, 1, seq);
    sqlite3_bind_int64(st, 2, db->run.ord);
    sqlite3_bind_int64(st, 3, mono_ms);
    sqlite3_bind_int64(st, 4, day);
    sqlite3_bind_int(st, 5, (int)ev->kind);
    if (ev->token)
        bind_person(st, token, salt, who);
    sqlite3_bind_int64(st, 9, cohort);
    db_bind_text(st, 10, ev->unit);
    sqlite3_bind_int64(st, 11, ev->value);
    db_bind_text(st, 12, ev->actor);
    sqlite3_bind_int(st, 13, (int)ev->flags);
    db_bind_text(st, 14, ev->body);
    err = db_run(db, st, "event");
    return err ? err : seal_row(db, seq);
}

enum err journal_write(struct db *db, const struct event *ev, struct event_id *out)
{
    int64_t last;
    enum err err = run_need(db);

    if (!err)
        err = db_int(db, db_stmt(db, "SELECT max(seq) FROM event"), 0, &last);
    if (!err)
        err = insert_event(db, ev, last + 1);
    if (!err)
        err = apply_event(db, last + 1);
    if (!err && out)
        *out = (struct event_id){ .run = db->run.id, .seq = last + 1 };
    return err;
}

struct batch {
    const struct event *events;
    size_t n;
    struct event_id last;
};

static enum err write_batch(struct db *db, void *ctx)
{
    struct batch *batch = ctx;
    enum err err = ERR_OK;

    for (size_t i = 0; !err && i < batch->n; i++)
        err = journal_write(db, &batch->events[i], &batch->last);
    return err;
}

enum err journal_append(struct db *db, const struct event *events, size_t n,
                        struct event_id *last_out)
{
    struct batch batch = { .events = events, .n = n };
    enum err err = ERR_OK;

    for (size_t i = 0; !err && i < n; i++) {
        err = check_event(&events[i]);
        /* those between have their own ways in: journal_learn_time, people_erase, … */
        if (!err && events[i].kind >= EVENT_RESTAMP && events[i].kind < EVENT_REVIEW)
            err = ERR_REJECTED;
    }
    if (!err)
        err = db_transact(db, write_batch, &batch);
    if (!err && last_out)
        *last_out = batch.last;
    return err;
}
