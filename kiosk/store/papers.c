/* Papers as events: unit = module, value = version of the module. */
#include "store/papers.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "store/journal_private.h"
#include "store/kin.h"
#include "store/private.h"

#define LESSONS_BYTES_MAX (1 << 16)

static void bind_who(sqlite3_stmt *st, const unsigned char *root, const char *module)
{
    sqlite3_bind_blob(st, 1, root, EVENT_TOKEN_BYTES, SQLITE_STATIC);
    db_bind_text(st, 2, module);
}

static enum err passed_all(struct db *db, const unsigned char *root, const char *module,
                           bool *out)
{
    sqlite3_stmt *st = db_stmt(
        db, "SELECT count(*) > 0 AND count(*) = sum(EXISTS("
            "SELECT 1 FROM progress p WHERE p.token = ?1 AND p.lesson = c.lesson"
            " AND p.passed)) FROM curriculum c WHERE c.kind = 'module'"
            " AND c.id = ?2");
    int64_t all = 0;
    enum err err;

    bind_who(st, root, module);
    err = db_int(db, st, 0, &all);
    *out = all != 0;
    return err;
}

/* Another number for another list of lessons, whatever the version of the pack. */
static enum err version_of(struct db *db, const char *module, int64_t *out)
{
    sqlite3_stmt *st = db_stmt(db, "SELECT lesson FROM curriculum WHERE kind = 'module'"
                                   " AND id = ?1 ORDER BY lesson");
    unsigned char sum[HASH_CHAIN_BYTES];
    struct hash_part part;
    struct buf list;
    bool row;
    enum err err;

    buf_init(&list, LESSONS_BYTES_MAX);
    db_bind_text(st, 1, module);
    while (!(err = db_row(db, st, &row)) && row)
        buf_printf(&list, "%s\n", db_column_text(st, 0));
    part = (struct hash_part){ buf_text(&list), list.len };
    hash_chain(&part, 1, sum);
    *out =
        (int64_t)sum[0] << 24 | (int64_t)sum[1] << 16 | (int64_t)sum[2] << 8 | sum[3];
    buf_finish(&list);
    return err;
}

static void take_ref(sqlite3_stmt *st, struct paper_issued *out)
{
    static const char label[] = "paper";
    const struct hash_part parts[] = {
        { label, sizeof(label) },
        { sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0) },
        { sqlite3_column_blob(st, 1), (size_t)sqlite3_column_bytes(st, 1) },
    };
    unsigned char sum[HASH_CHAIN_BYTES];

    hash_chain(parts, COUNT(parts), sum);
    memcpy(out->ref, sum, sizeof(out->ref));
}

static void take_day(sqlite3_stmt *st, struct paper_issued *out)
{
    const struct run run = { .start_ms = sqlite3_column_int64(st, 4),
                             .uncertainty_ms = sqlite3_column_int64(st, 5),
                             .trust = sqlite3_column_int(st, 6) };

    out->day = sqlite3_column_int64(st, 2);
    if (out->day < 0) /* its run may have been dated since */
        out->day = run_day(&run, sqlite3_column_int64(st, 3));
}

/* The newest paper of the module, one of `version` before all others. */
static enum err find(struct db *db, const unsigned char *root, const char *module,
                     int64_t version, struct paper_issued *out, bool *found_out,
                     bool *current_out)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT e.salt, e.token, ifnull(e.day, -1), e.mono_ms, r.start_ms,"
                    " r.uncertainty_ms, r.trust, e.value = ?3"
                    " FROM event e JOIN run r ON r.ord = e.run WHERE e.kind = 23"
                    " AND e.token IN (SELECT token FROM person WHERE root = ?1)"
                    " AND e.unit = ?2 ORDER BY e.value = ?3 DESC, e.seq DESC LIMIT 1");
    enum err err;

    *current_out = false;
    bind_who(st, root, module);
    sqlite3_bind_int64(st, 3, version);
    err = db_row(db, st, found_out);
    if (!*found_out)
        return err;
    memset(out, 0, sizeof(*out));
    (void)snprintf(out->unit, sizeof(out->unit), "%s", module);
    take_ref(st, out);
    take_day(st, out);
    *current_out = sqlite3_column_int(st, 7) != 0;
    sqlite3_reset(st);
    return ERR_OK;
}

enum err papers_earned(struct db *db, const unsigned char *token, const char *module,
                       bool *out)
{
    struct paper_issued paper;
    struct kin kin;
    bool current;
    enum err err = db ? kin_find(db, token, &kin) : ERR_CORRUPT;

    *out = false;
    if (err || !kin.known)
        return err;
    err = passed_all(db, kin.root, module, out);
    if (!err && !*out)
        err = find(db, kin.root, module, 0, &paper, out, &current);
    return err;
}

struct issuing {
    const unsigned char *token;
    const char *module;
    struct paper_issued *out;
};

static enum err write_paper(struct db *db, void *ctx)
{
    const struct issuing *i = ctx;
    struct event ev = { .kind = EVENT_CERTIFICATE, .unit = i->module };
    bool found = false, current = false, all = false;
    struct kin kin;
    enum err err = kin_find(db, i->token, &kin);

    if (!err && !kin.known)
        err = ERR_REJECTED;
    if (!err)
        err = version_of(db, i->module, &ev.value);
    if (!err)
        err = find(db, kin.root, i->module, ev.value, i->out, &found, &current);
    if (!err)
        err = passed_all(db, kin.root, i->module, &all);
    if (err || (found && (current || !all)))
        return err;
    if (!all)
        return ERR_REJECTED;
    ev.token = kin.root;
    err = journal_write(db, &ev, NULL);
    return err ? err
               : find(db, kin.root, i->module, ev.value, i->out, &found, &current);
}

enum err papers_issue(struct db *db, const unsigned char *token, const char *module,
                      struct paper_issued *out)
{
    struct issuing issuing = { .token = token, .module = module, .out = out };
    enum err err = db ? db_transact(db, write_paper, &issuing) : ERR_CORRUPT;

    if (err)
        memset(out, 0, sizeof(*out));
    return err;
}
