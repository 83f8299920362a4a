/* Rows of contests. */
#include "store/contests.h"

#include <stdio.h>
#include <string.h>

#include "store/people_seal.h"
#include "store/private.h"

#define LOG_MODULE "contests"
#include "base/log.h"

#define MS_PER_S 1000

/* --- beginning ------------------------------------------------------------------------ */

static bool is_whole(const struct contest_record *r)
{
    const struct contest *g = &r->game;

    if (!*r->name || g->n_teams < CONTEST_TEAMS_LEAST ||
        g->n_teams > CONTEST_TEAMS_MAX || !g->n_main || g->n_main > CONTEST_MAIN_MAX ||
        g->n_questions < g->n_main || g->n_questions > CONTEST_QUESTIONS_MAX ||
        r->seconds < CONTEST_SECONDS_LEAST || r->seconds > CONTEST_SECONDS_MOST ||
        g->n_extra > CONTEST_EXTRA_MAX || g->n_main + g->n_extra > g->n_questions)
        return false;
    for (size_t t = 0; t < g->n_teams; t++)
        if (!*r->teams[t])
            return false;
    for (size_t q = 0; q < g->n_questions; q++)
        if (!*r->questions[q].lesson || !*r->questions[q].item)
            return false;
    return true;
}

static enum err one_runs(struct db *db, bool *out)
{
    int64_t n = 0;
    enum err err =
        db_int(db, db_stmt(db, "SELECT count(*) FROM contest WHERE state = 0"), 0, &n);

    *out = n != 0;
    return err;
}

struct begin {
    struct contest_record *record;
    const char *actor;
};

static enum err insert_contest(struct db *db, const struct begin *b)
{
    const struct contest_record *r = b->record;
    sqlite3_stmt *st = db_stmt(
        db, "INSERT INTO contest(run, mono_ms, name, seed, seconds, main, extra, state,"
            " actor) VALUES(?1, ?2, ?3, ?4, ?5, ?6, 0, 0, ?7)");
    enum err err;

    sqlite3_bind_int64(st, 1, db->run.ord);
    sqlite3_bind_int64(st, 2, run_mono_ms(db));
    db_bind_text(st, 3, r->name);
    sqlite3_bind_int64(st, 4, r->seed);
    sqlite3_bind_int(st, 5, r->seconds);
    sqlite3_bind_int64(st, 6, (int64_t)r->game.n_main);
    db_bind_text(st, 7, b->actor);
    err = db_run(db, st, "contest");
    b->record->id = sqlite3_last_insert_rowid(db->sq);
    return err;
}

static enum err insert_team(struct db *db, const struct contest_record *r, size_t team)
{
    sqlite3_stmt *st =
        db_stmt(db, "INSERT INTO contest_team(contest, team, name) VALUES(?1, ?2, ?3)");

    sqlite3_bind_int64(st, 1, r->id);
    sqlite3_bind_int64(st, 2, (int64_t)team);
    db_bind_text(st, 3, r->teams[team]);
    return db_run(db, st, "contest team");
}

static enum err insert_question(struct db *db, const struct contest_record *r,
                                size_t question)
{
    sqlite3_stmt *st =
        db_stmt(db, "INSERT INTO contest_question(contest, question, lesson, item)"
                    " VALUES(?1, ?2, ?3, ?4)");

    sqlite3_bind_int64(st, 1, r->id);
    sqlite3_bind_int64(st, 2, (int64_t)question);
    db_bind_text(st, 3, r->questions[question].lesson);
    db_bind_text(st, 4, r->questions[question].item);
    return db_run(db, st, "contest question");
}

static enum err drop_old(struct db *db)
{
    sqlite3_stmt *st =
        db_stmt(db, "DELETE FROM contest WHERE id NOT IN"
                    " (SELECT id FROM contest ORDER BY id DESC LIMIT ?1)");

    sqlite3_bind_int(st, 1, CONTEST_KEPT);
    return db_run(db, st, "contest");
}

static enum err write_contest(struct db *db, void *ctx)
{
    struct begin *b = ctx;
    enum err err = run_need(db);

    if (!err)
        err = insert_contest(db, b);
    for (size_t t = 0; !err && t < b->record->game.n_teams; t++)
        err = insert_team(db, b->record, t);
    for (size_t q = 0; !err && q < b->record->game.n_questions; q++)
        err = insert_question(db, b->record, q);
    return err ? err : drop_old(db);
}

enum err contests_begin(struct db *db, struct contest_record *record, const char *actor)
{
    struct begin b = { record, actor };
    bool runs = false;
    enum err err;

    if (!db)
        return ERR_CORRUPT;
    if (!is_whole(record) || !people_actor_ok(actor))
        return ERR_REJECTED;
    err = one_runs(db, &runs);
    if (!err && runs)
        err = ERR_REJECTED;
    record->game.n_extra = 0;
    memset(record->game.answers, 0, sizeof(record->game.answers));
    if (!err)
        err = db_transact(db, write_contest, &b);
    if (err)
        return err;
    record->state = CONTEST_RUNNING;
    record->day = run_day(&db->run, run_mono_ms(db));
    return ERR_OK;
}

/* --- reading -------------------------------------------------------------------------- */

static enum err read_head(struct db *db, struct contest_record *out, bool *found_out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT c.id, c.state, c.name, c.seed, c.seconds, c.main, c.extra,"
                    " c.mono_ms, r.start_ms, r.uncertainty_ms, r.trust FROM contest c"
                    " JOIN run r ON r.ord = c.run ORDER BY c.id DESC LIMIT 1");
    struct run run;
    enum err err = db_row(db, st, found_out);

    if (err || !*found_out)
        return err;
    out->id = sqlite3_column_int64(st, 0);
    out->state = (enum contest_state)sqlite3_column_int(st, 1);
    (void)snprintf(out->name, sizeof(out->name), "%s", db_column_text(st, 2));
    out->seed = (uint32_t)sqlite3_column_int64(st, 3);
    out->seconds = sqlite3_column_int(st, 4);
    out->game.n_main = (size_t)sqlite3_column_int64(st, 5);
    out->game.n_extra = (size_t)sqlite3_column_int64(st, 6);
    run = (struct run){ .start_ms = sqlite3_column_int64(st, 8),
                        .uncertainty_ms = sqlite3_column_int64(st, 9),
                        .trust = sqlite3_column_int(st, 10) };
    out->day = run_day(&run, sqlite3_column_int64(st, 7));
    sqlite3_reset(st);
    return ERR_OK;
}

static enum err read_teams(struct db *db, struct contest_record *out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT name FROM contest_team WHERE contest = ?1 ORDER BY team");
    bool row;
    enum err err;

    sqlite3_bind_int64(st, 1, out->id);
    while (!(err = db_row(db, st, &row)) && row)
        if (out->game.n_teams < CONTEST_TEAMS_MAX)
            (void)snprintf(out->teams[out->game.n_teams++], CONTEST_TEAM_BYTES, "%s",
                           db_column_text(st, 0));
    return err;
}

static enum err read_questions(struct db *db, struct contest_record *out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT lesson, item FROM contest_question"
                                   " WHERE contest = ?1 ORDER BY question");
    bool row;
    enum err err;

    sqlite3_bind_int64(st, 1, out->id);
    while (!(err = db_row(db, st, &row)) && row) {
        size_t q = out->game.n_questions;

        if (q >= CONTEST_QUESTIONS_MAX)
            continue;
        (void)snprintf(out->questions[q].lesson, CONTEST_ID_BYTES, "%s",
                       db_column_text(st, 0));
        (void)snprintf(out->questions[q].item, CONTEST_ID_BYTES, "%s",
                       db_column_text(st, 1));
        out->game.n_questions++;
    }
    return err;
}

static enum err read_answers(struct db *db, struct contest_record *out)
{
    sqlite3_stmt *st = db_stmt(
        db,
        "SELECT question, team, verdict, ms FROM contest_answer WHERE contest = ?1");
    bool row;
    enum err err;

    sqlite3_bind_int64(st, 1, out->id);
    while (!(err = db_row(db, st, &row)) && row) {
        size_t q = (size_t)sqlite3_column_int64(st, 0);
        size_t t = (size_t)sqlite3_column_int64(st, 1);

        if (q < out->game.n_questions && t < out->game.n_teams)
            out->game.answers[q][t] =
                (struct contest_answer){ (enum contest_verdict)sqlite3_column_int(st,
                                                                                  2),
                                         sqlite3_column_int64(st, 3) };
    }
    return err;
}

enum err contests_newest(struct db *db, struct contest_record *out, bool *found_out)
{
    enum err err;

    *out = (struct contest_record){ .id = 0 };
    *found_out = false;
    if (!db)
        return ERR_CORRUPT;
    err = read_head(db, out, found_out);
    if (err || !*found_out)
        return err;
    err = read_teams(db, out);
    if (!err)
        err = read_questions(db, out);
    if (!err && !is_whole(out)) {
        LOG_ERR("contest %lld is not whole", (long long)out->id);
        err = ERR_REJECTED;
    }
    return err ? err : read_answers(db, out);
}

/* --- going on ------------------------------------------------------------------------- */

struct answering {
    const struct contest_record *record;
    struct contest_turn turn;
    struct contest_answer answer;
};

static enum err write_answer(struct db *db, void *ctx)
{
    const struct answering *a = ctx;
    sqlite3_stmt *st =
        db_stmt(db, "INSERT INTO contest_answer(contest, question, team, verdict, ms)"
                    " VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING");

    sqlite3_bind_int64(st, 1, a->record->id);
    sqlite3_bind_int64(st, 2, (int64_t)a->turn.question);
    sqlite3_bind_int64(st, 3, (int64_t)a->turn.team);
    sqlite3_bind_int(st, 4, (int)a->answer.verdict);
    sqlite3_bind_int64(st, 5, a->answer.ms);
    return db_run(db, st, "contest answer");
}

enum err contests_answer(struct db *db, struct contest_record *record,
                         struct contest_turn turn, struct contest_answer answer)
{
    struct answering a = { record, turn, answer };
    struct contest_turn now;
    int64_t most = (int64_t)record->seconds * MS_PER_S;
    enum err err;

    if (!db)
        return ERR_CORRUPT;
    if (record->state != CONTEST_RUNNING || !contest_turn(&record->game, &now) ||
        now.question != turn.question || now.team != turn.team ||
        answer.verdict <= CONTEST_OPEN || answer.verdict >= CONTEST_VERDICT_COUNT)
        return ERR_REJECTED;
    /* a frame may come late: nobody pays for the machine */
    a.answer.ms = answer.ms < 0 ? 0 : answer.ms > most ? most : answer.ms;
    err = db_transact(db, write_answer, &a);
    if (!err)
        record->game.answers[turn.question][turn.team] = a.answer;
    return err;
}

struct change {
    const struct contest_record *record;
    size_t n_extra;
    enum contest_state state;
};

static enum err write_change(struct db *db, void *ctx)
{
    const struct change *c = ctx;
    sqlite3_stmt *st =
        db_stmt(db, "UPDATE contest SET extra = ?2, state = ?3 WHERE id = ?1");

    sqlite3_bind_int64(st, 1, c->record->id);
    sqlite3_bind_int64(st, 2, (int64_t)c->n_extra);
    sqlite3_bind_int(st, 3, (int)c->state);
    return db_run(db, st, "contest");
}

enum err contests_extra(struct db *db, struct contest_record *record)
{
    struct change c = { record, record->game.n_extra + 1, CONTEST_RUNNING };
    struct contest_turn now;
    enum err err;

    if (!db)
        return ERR_CORRUPT;
    if (record->state != CONTEST_RUNNING || contest_turn(&record->game, &now) ||
        !contest_is_tied(&record->game) || !contest_can_extra(&record->game))
        return ERR_REJECTED;
    err = db_transact(db, write_change, &c);
    if (!err)
        record->game.n_extra = c.n_extra;
    return err;
}

enum err contests_end(struct db *db, struct contest_record *record,
                      enum contest_state state)
{
    struct change c = { record, record->game.n_extra, state };
    struct contest_turn now;
    enum err err;

    if (!db)
        return ERR_CORRUPT;
    if (record->state != CONTEST_RUNNING || state == CONTEST_RUNNING ||
        (state == CONTEST_DONE && contest_turn(&record->game, &now)))
        return ERR_REJECTED;
    err = db_transact(db, write_change, &c);
    if (!err)
        record->state = state;
    return err;
}
