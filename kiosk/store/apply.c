/* Books one event: which projections an event of each kind moves. The projections
 * themselves are in progress.c and recall.c (learners), stats.c (lượt), marks.c and gauge.c
 * (người). */
#include "store/apply.h"

#include <stdio.h>
#include <string.h>

#include "store/clock_apply.h"
#include "store/commune.h"
#include "store/gauge.h"
#include "store/life.h"
#include "store/marks.h"
#include "store/period.h"
#include "store/person_apply.h"
#include "store/private.h"
#include "store/progress_apply.h"
#include "store/recall_apply.h"
#include "store/stats.h"

enum err event_read(struct db *db, int64_t seq, struct event_row *out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT run, mono_ms, ifnull(day, -1), kind, flags,"
                                   " token, ifnull(cohort, 0), unit"
                                   " FROM event WHERE seq = ?1");
    bool row;
    enum err err;

    memset(out, 0, sizeof(*out));
    sqlite3_bind_int64(st, 1, seq);
    err = db_row(db, st, &row);
    if (!row)
        return err ? err : ERR_REJECTED;
    out->seq = seq;
    out->run = sqlite3_column_int64(st, 0);
    out->mono_ms = sqlite3_column_int64(st, 1);
    out->day = sqlite3_column_int64(st, 2);
    out->kind = sqlite3_column_int(st, 3);
    out->flags = (unsigned)sqlite3_column_int(st, 4);
    out->has_token = sqlite3_column_bytes(st, 5) == EVENT_TOKEN_BYTES;
    if (out->has_token)
        memcpy(out->token, sqlite3_column_blob(st, 5), EVENT_TOKEN_BYTES);
    out->cohort = sqlite3_column_int64(st, 6);
    (void)snprintf(out->unit, sizeof(out->unit), "%s", db_column_text(st, 7));
    sqlite3_reset(st);
    return ERR_OK;
}

static enum err apply_person(struct apply *a)
{
    enum err err = marks_apply_person(a);

    return err ? err : gauge_carry_stocks(a);
}

static enum err note_completion(struct apply *a)
{
    sqlite3_stmt *st =
        db_stmt(a->db, "INSERT INTO completion(run, rev, seq) VALUES(?1, ?2, ?3)");

    sqlite3_bind_int64(st, 1, a->ev.run);
    sqlite3_bind_int64(st, 2, a->rev);
    sqlite3_bind_int64(st, 3, a->ev.seq);
    return db_run(a->db, st, "completion");
}

static enum err apply_lesson_event(struct apply *a)
{
    char period[PERIOD_BYTES];
    enum err err = progress_apply(a->db, &a->ev);

    if (!err)
        err = recall_apply(a->db, &a->ev);
    period_of(a->ev.day, a->ev.mono_ms, period);
    if (!err)
        err = stats_book(a, &a->ev, period, false);
    if (!err)
        err = marks_apply(a);
    if (!err && (a->ev.kind == EVENT_START || a->ev.kind == EVENT_COMPLETE))
        err = gauge_carry_stocks(a);
    if (!err && a->ev.kind == EVENT_COMPLETE)
        err = note_completion(a);
    if (!err && a->ev.kind == EVENT_COMPLETE)
        err = commune_note_targets(a->db, a->ev.day);
    return err;
}

/* No lượt, no completion: what a person is known to have learnt, and the people's gauges. */
static enum err apply_credit(struct apply *a)
{
    enum err err = progress_apply(a->db, &a->ev);

    if (!err)
        err = marks_apply(a);
    return err ? err : commune_note_targets(a->db, a->ev.day);
}

enum err apply_read_taken(struct db *db, int64_t seq, struct event_row *out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT CAST(substr(unit, 18) AS INTEGER)"
                                   " FROM event WHERE seq = ?1");
    int64_t taken;
    enum err err;

    sqlite3_bind_int64(st, 1, seq);
    err = db_int(db, st, 0, &taken);
    return err ? err : event_read(db, taken, out);
}

static enum err apply_void(struct apply *a)
{
    struct event_row taken;
    char period[PERIOD_BYTES];
    sqlite3_stmt *st;
    enum err err = apply_read_taken(a->db, a->ev.seq, &taken);

    if (err)
        return err;
    st = db_stmt(a->db, "INSERT INTO voided(seq, by) VALUES(?1, ?2)");
    sqlite3_bind_int64(st, 1, taken.seq);
    sqlite3_bind_int64(st, 2, a->ev.seq);
    err = db_run(a->db, st, "voided");
    period_of(a->ev.day, taken.mono_ms, period);
    if (!err)
        err = stats_book(a, &taken, period, true);
    if (!err && taken.kind == EVENT_COMPLETE && (taken.has_token || !taken.cohort))
        err = progress_recount(a->db, &taken); /* of somebody erased there is none */
    if (err || !taken.has_token || taken.flags & EVENT_VISITOR)
        return err;
    err = life_recall(a, taken.token);
    return err ? err : life_recount(a, taken.token, a->ev.seq);
}

/* A class held elsewhere and entered afterwards counts on the day that was entered. */
static enum err day_held(struct apply *a, int64_t *out)
{
    sqlite3_stmt *st =
        db_stmt(a->db, "SELECT body ->> '$.day' FROM event WHERE seq = ?1"
                       " AND kind IN (15, 18)");

    sqlite3_bind_int64(st, 1, a->ev.seq);
    return db_int(a->db, st, a->ev.day, out);
}

/* Classes, help and what stands beside lessons: counters, and the people among them. */
static enum err apply_class_event(struct apply *a)
{
    char period[PERIOD_BYTES];
    int64_t day;
    enum err err = day_held(a, &day);

    if (err)
        return err;
    period_of(day, a->ev.mono_ms, period);
    err = stats_book(a, &a->ev, period, false);
    if (!err)
        err = marks_apply(a);
    return err || a->ev.kind != EVENT_VNEID ? err : gauge_carry_stocks(a);
}

static enum err dispatch(struct apply *a)
{
    switch (a->ev.kind) {
    case EVENT_START:
    case EVENT_STEP:
    case EVENT_ITEM:
    case EVENT_COMPLETE:
    case EVENT_LEAVE:
    case EVENT_PRACTICE:
        return apply_lesson_event(a);
    case EVENT_REVIEW:
    case EVENT_PATH:
        return recall_apply(a->db, &a->ev);
    case EVENT_CREDIT:
        return apply_credit(a);
    case EVENT_PERSON:
        return apply_person(a);
    case EVENT_VOID:
        return apply_void(a);
    case EVENT_RESTAMP:
        return gauge_restamp(a);
    case EVENT_CURRICULUM:
        return life_apply_curriculum(a);
    case EVENT_CLOCK:
        return clock_apply(a);
    case EVENT_CARD:
    case EVENT_CONSENT:
    case EVENT_MERGE:
    case EVENT_UNMERGE:
    case EVENT_ERASE:
        return person_apply(a);
    case EVENT_CLASS_OPEN:
    case EVENT_CLASS_CLOSE:
    case EVENT_PRESENT:
    case EVENT_HEAD_COUNT:
    case EVENT_HELP:
    case EVENT_SIGN_OFF:
    case EVENT_VNEID:
    case EVENT_VOLUNTEER:
    case EVENT_CERTIFICATE:
    case EVENT_NOTICE:
        return apply_class_event(a);
    default:
        return ERR_OK; /* a kind of a later program: kept, not counted */
    }
}

enum err apply_event(struct db *db, int64_t seq)
{
    struct apply a = { .db = db };
    sqlite3_stmt *st;
    int64_t rev_before;
    enum err err = event_read(db, seq, &a.ev);

    if (err)
        return err;
    st = db_stmt(db, "SELECT rev FROM run WHERE ord = ?1");
    sqlite3_bind_int64(st, 1, a.ev.run);
    err = db_int(db, st, 0, &a.rev);
    rev_before = a.rev;
    if (!err)
        err = dispatch(&a);
    if (err || a.rev == rev_before)
        return err;
    st = db_stmt(db, "UPDATE run SET rev = ?2 WHERE ord = ?1");
    sqlite3_bind_int64(st, 1, a.ev.run);
    sqlite3_bind_int64(st, 2, a.rev);
    return db_run(db, st, "rev");
}
