/* The audit log. */
#include "store/audit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/encoding.h"
#include "base/hash.h"
#include "store/private.h"

#define DAY_MS 86400000

struct line {
    enum audit_kind kind;
    const char *actor, *what, *detail;
};

struct row {
    int64_t seq, run, mono_ms, day;
    const char *actor, *what, *detail;
    int kind;
};

/* Every column, as text, over the chain of the line before. */
static void chain_of_row(const unsigned char before[HASH_CHAIN_BYTES],
                         const struct row *r, unsigned char out[HASH_CHAIN_BYTES])
{
    char numbers[128];
    int n = snprintf(numbers, sizeof(numbers),
                     "%" PRId64 "|%" PRId64 "|%" PRId64 "|%" PRId64 "|%d", r->seq,
                     r->run, r->mono_ms, r->day, r->kind);
    const struct hash_part parts[] = { { before, HASH_CHAIN_BYTES },
                                       { numbers, (size_t)n },
                                       { r->actor, strlen(r->actor) },
                                       { r->what, strlen(r->what) },
                                       { r->detail, strlen(r->detail) } };

    hash_chain(parts, COUNT(parts), out);
}

static enum err last_chain(struct db *db, int64_t *seq_out,
                           unsigned char out[HASH_CHAIN_BYTES])
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT seq, chain FROM audit ORDER BY seq DESC LIMIT 1");
    bool row;
    enum err err = db_row(db, st, &row);

    *seq_out = 0;
    memset(out, 0, HASH_CHAIN_BYTES);
    if (!row)
        return err;
    *seq_out = sqlite3_column_int64(st, 0);
    memcpy(out, sqlite3_column_blob(st, 1), HASH_CHAIN_BYTES);
    sqlite3_reset(st);
    return ERR_OK;
}

/* The last chain stands beside the lines, too, so that lines cut off the end are missed. */
#define HEAD_SETTING "audit.head"
#define HEAD_CHARS (2 * HASH_CHAIN_BYTES + 1)

static enum err write_line(struct db *db, void *ctx)
{
    const struct line *line = ctx;
    unsigned char before[HASH_CHAIN_BYTES], chain[HASH_CHAIN_BYTES];
    struct row r = { .kind = (int)line->kind,
                     .actor = line->actor,
                     .what = line->what,
                     .detail = line->detail ? line->detail : "" };
    char head[HEAD_CHARS];
    sqlite3_stmt *st;
    enum err err = run_need(db);

    if (!err)
        err = last_chain(db, &r.seq, before);
    if (err)
        return err;
    r.seq++;
    r.run = db->run.ord;
    r.mono_ms = run_mono_ms(db);
    r.day = run_day(&db->run, r.mono_ms);
    chain_of_row(before, &r, chain);
    st = db_stmt(db,
                 "INSERT INTO audit(seq, run, mono_ms, day, actor, kind, what, detail,"
                 " chain) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    sqlite3_bind_int64(st, 1, r.seq);
    sqlite3_bind_int64(st, 2, r.run);
    sqlite3_bind_int64(st, 3, r.mono_ms);
    if (r.day >= 0)
        sqlite3_bind_int64(st, 4, r.day);
    db_bind_text(st, 5, r.actor);
    sqlite3_bind_int(st, 6, r.kind);
    db_bind_text(st, 7, r.what);
    db_bind_text(st, 8, r.detail);
    sqlite3_bind_blob(st, 9, chain, sizeof(chain), SQLITE_STATIC);
    err = db_run(db, st, "audit");
    encoding_hex(chain, sizeof(chain), head);
    return err ? err : db_set(db, HEAD_SETTING, head);
}

enum err audit_add(struct db *db, enum audit_kind kind, const char *actor,
                   const char *what, const char *detail)
{
    struct line line = { kind, actor, what, detail };

    if (!actor)
        return ERR_REJECTED; /* nobody did it: then it is not done */
    return db ? db_transact(db, write_line, &line) : ERR_CORRUPT;
}

enum err audit_read(struct db *db, enum audit_kind kind, size_t skip, size_t max,
                    struct arena *arena, struct audit_line **out, size_t *n_out)
{
    sqlite3_stmt *st;
    bool row;
    enum err err;

    *out = arena_alloc(arena, (max ? max : 1) * sizeof(**out));
    *n_out = 0;
    if (!db)
        return ERR_CORRUPT;
    st = db_stmt(db, "SELECT a.seq, ifnull(a.day, -1),"
                     " CASE WHEN a.day IS NULL THEN 0 ELSE r.start_ms + a.mono_ms END,"
                     " a.actor, a.kind, a.what, a.detail FROM audit a"
                     " JOIN run r ON r.ord = a.run WHERE ?1 = 0 OR a.kind = ?1"
                     " ORDER BY a.seq DESC LIMIT ?2 OFFSET ?3");
    sqlite3_bind_int(st, 1, (int)kind);
    sqlite3_bind_int64(st, 2, (int64_t)max);
    sqlite3_bind_int64(st, 3, (int64_t)skip);
    while (!(err = db_row(db, st, &row)) && row)
        (*out)[(*n_out)++] =
            (struct audit_line){ sqlite3_column_int64(st, 0),
                                 sqlite3_column_int64(st, 1),
                                 sqlite3_column_int64(st, 2),
                                 arena_strdup(arena, db_column_text(st, 3)),
                                 (enum audit_kind)sqlite3_column_int(st, 4),
                                 arena_strdup(arena, db_column_text(st, 5)),
                                 arena_strdup(arena, db_column_text(st, 6)) };
    return err;
}

static bool ends_well(struct db *db, const unsigned char last[HASH_CHAIN_BYTES])
{
    char head[HEAD_CHARS];
    const char *kept = db_setting(db, HEAD_SETTING, "");

    encoding_hex(last, HASH_CHAIN_BYTES, head);
    return !*kept || !strcmp(kept, head); /* "": of an older version */
}

enum err audit_verify(struct db *db, struct buf *report)
{
    sqlite3_stmt *st =
        db_stmt(db, "SELECT seq, run, mono_ms, ifnull(day, -1), actor,"
                    " kind, what, detail, chain FROM audit ORDER BY seq");
    unsigned char before[HASH_CHAIN_BYTES] = { 0 }, chain[HASH_CHAIN_BYTES];
    int64_t want = 1;
    bool row, whole = true;
    enum err err;

    while (!(err = db_row(db, st, &row)) && row && whole) {
        struct row r = { sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1),
                         sqlite3_column_int64(st, 2), sqlite3_column_int64(st, 3),
                         db_column_text(st, 4),       db_column_text(st, 6),
                         db_column_text(st, 7),       sqlite3_column_int(st, 5) };

        chain_of_row(before, &r, chain);
        whole = r.seq == want++ && sqlite3_column_bytes(st, 8) == HASH_CHAIN_BYTES &&
                !memcmp(chain, sqlite3_column_blob(st, 8), HASH_CHAIN_BYTES);
        memcpy(before, chain, sizeof(before));
        if (!whole) {
            buf_printf(report, "audit: line %" PRId64 " is not what was written\n",
                       r.seq);
            sqlite3_reset(st);
        }
    }
    if (!err && whole && !ends_well(db, before)) {
        whole = false;
        buf_printf(report, "audit: lines after %" PRId64 " are away\n", want - 1);
    }
    return err ? err : whole ? ERR_OK : ERR_CORRUPT;
}
