/* What the server has not confirmed, made into a bundle, and the bytes that left. The
 * answer is outbox_ack.c's business; both follow the model of PROTOCOL §4. */
#include "store/outbox.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "store/private.h"

#define KNOWN_USUAL 32
#define KNOWN_ALL 1024        /* what leaves room for the rows in BUNDLE_BYTES_MAX */
#define KNOWN_ALL_MS 86400000 /* once a day all are listed */
#define KEPT_BUNDLES 64       /* whose revs are remembered for a late answer */

static enum err next_number(struct db *db, int64_t *out)
{
    sqlite3_stmt *st = db_stmt(
        db, "SELECT 1 + max(ifnull((SELECT max(n) FROM bundle), 0), ifnull((SELECT"
            " CAST(value AS INTEGER) FROM setting WHERE key = 'bundle_floor'), 0))");

    return db_int(db, st, 1, out);
}

static enum err newest_run(struct db *db, uint64_t *out)
{
    int64_t id;
    enum err err =
        db_int(db, db_stmt(db, "SELECT id FROM run ORDER BY ord DESC LIMIT 1"), 0, &id);

    *out = (uint64_t)id;
    return err;
}

/* --- rows --------------------------------------------------------------------------- */

/* Rows of one run after `acked`, counters and gauges by rev. */
static const char rows_sql[] =
    "SELECT rev, 0, stat, period, unit, dims, plus, minus FROM total"
    " WHERE run = ?1 AND rev > ?2"
    " UNION ALL SELECT rev, 1, stat, period, unit, dims, value, 0 FROM gauge"
    " WHERE run = ?1 AND rev > ?2 ORDER BY 1";

static void take_row(sqlite3_stmt *st, struct arena *arena, struct bundle *b)
{
    const char *text[4];
    size_t run = b->n_runs; /* the one being filled */

    for (int i = 0; i < 4; i++)
        text[i] = arena_strdup(arena, db_column_text(st, i + 2));
    if (sqlite3_column_int(st, 1) == 0)
        b->counts[b->n_counts++] =
            (struct bundle_count){ .run = run,
                                   .stat = text[0],
                                   .period = text[1],
                                   .unit = text[2],
                                   .dims = text[3],
                                   .plus = sqlite3_column_int64(st, 6),
                                   .minus = sqlite3_column_int64(st, 7) };
    else
        b->gauges[b->n_gauges++] =
            (struct bundle_gauge){ .run = run,
                                   .stat = text[0],
                                   .period = text[1],
                                   .unit = text[2],
                                   .dims = text[3],
                                   .value = sqlite3_column_int64(st, 6),
                                   .rev = sqlite3_column_int64(st, 0) };
}

/* Adds what fits of `run`; `*fits_out` false when rows were left. `run->to` is its
 * last rev, and 0 when not one row fitted. */
static enum err fill_run(struct db *db, struct bundle_run *run, int64_t ord,
                         size_t room, struct arena *arena, struct bundle *b,
                         bool *fits_out)
{
    sqlite3_stmt *st = db_stmt(db, rows_sql);
    int64_t rev = run->to; /* the run's newest */
    bool row;
    enum err err;

    *fits_out = true;
    run->to = 0;
    sqlite3_bind_int64(st, 1, ord);
    sqlite3_bind_int64(st, 2, run->from - 1);
    while (!(err = db_row(db, st, &row)) && row) {
        if (room-- == 0) {
            *fits_out = false;
            sqlite3_reset(st);
            return ERR_OK;
        }
        take_row(st, arena, b);
        run->to = sqlite3_column_int64(st, 0);
    }
    run->to = rev; /* revs whose rows were changed again later are covered too */
    return err;
}

struct waiting {
    int64_t ord;
    struct bundle_run run;
};

/* Runs with revs that are neither acked nor in a bundle numbered `since_n` or later. */
static enum err list_waiting(struct db *db, int64_t since_n, struct waiting *list,
                             size_t max, size_t *n)
{
    sqlite3_stmt *st = db_stmt(
        db, "SELECT ord, id, start_ms, uncertainty_ms, trust, max(acked, ifnull((SELECT"
            " max(top) FROM bundle_run b WHERE b.run = ord AND b.n >= ?2), 0)) + 1 AS"
            " first, rev FROM run WHERE rev >= first ORDER BY ord LIMIT ?1");
    bool row;
    enum err err;

    *n = 0;
    sqlite3_bind_int64(st, 1, (int64_t)max);
    sqlite3_bind_int64(st, 2, since_n);
    while (!(err = db_row(db, st, &row)) && row)
        list[(*n)++] = (struct waiting){
            .ord = sqlite3_column_int64(st, 0),
            .run = { .id = (uint64_t)sqlite3_column_int64(st, 1),
                     .ord = sqlite3_column_int64(st, 0),
                     .start_ms = sqlite3_column_int64(st, 2),
                     .uncertainty_ms = sqlite3_column_int64(st, 3),
                     .trust = sqlite3_column_int(st, 4),
                     .from = sqlite3_column_int64(st, 5),
                     .to = sqlite3_column_int64(st, 6) },
        };
    return err;
}

static enum err fill_rows(struct db *db, int64_t since_n, size_t max_rows,
                          struct arena *arena, struct bundle *b)
{
    struct waiting list[COUNT(db->filled.runs)];
    size_t n;
    bool fits = true;
    enum err err = list_waiting(db, since_n, list, COUNT(list), &n);

    b->runs = arena_alloc(arena, COUNT(list) * sizeof(*b->runs));
    b->counts = arena_alloc(arena, (max_rows + 1) * sizeof(*b->counts));
    b->gauges = arena_alloc(arena, (max_rows + 1) * sizeof(*b->gauges));
    for (size_t i = 0; !err && fits && i < n; i++) {
        size_t room = max_rows - b->n_counts - b->n_gauges;

        err = fill_run(db, &list[i].run, list[i].ord, room, arena, b, &fits);
        if (err || list[i].run.to == 0)
            break;
        db->filled.runs[b->n_runs].ord = list[i].ord;
        db->filled.runs[b->n_runs].to = list[i].run.to;
        b->runs[b->n_runs++] = list[i].run;
    }
    db->filled.n_runs = b->n_runs;
    return err;
}

/* --- known runs --------------------------------------------------------------------- */

static enum err fill_known(struct db *db, struct arena *arena, struct bundle *b)
{
    int64_t now = clock_mono_ms(&db->clock);
    bool all = db->all_known_mono_ms < 0 || now - db->all_known_mono_ms > KNOWN_ALL_MS;
    size_t max = all ? KNOWN_ALL : KNOWN_USUAL;
    sqlite3_stmt *st =
        db_stmt(db, "SELECT id, acked, ord FROM run ORDER BY ord DESC LIMIT ?1");
    int64_t oldest = 0;
    bool row;
    enum err err;

    b->known = arena_alloc(arena, max * sizeof(*b->known));
    sqlite3_bind_int64(st, 1, (int64_t)max);
    while (!(err = db_row(db, st, &row)) && row) {
        b->known[b->n_known++] =
            (struct bundle_known){ .run = (uint64_t)sqlite3_column_int64(st, 0),
                                   .acked = sqlite3_column_int64(st, 1) };
        oldest = sqlite3_column_int64(st, 2);
    }
    if (err)
        return err;
    st = db_stmt(db, "SELECT max(ord) FROM run WHERE ord < ?1");
    sqlite3_bind_int64(st, 1, oldest);
    err = db_int(db, st, 0, &db->filled.explained_ord);
    if (!err && all)
        db->all_known_mono_ms = now;
    return err;
}

enum err outbox_fill(struct db *db, size_t max_rows, struct arena *arena,
                     struct bundle *b)
{
    return outbox_fill_beyond(db, INT64_MAX, max_rows, arena, b);
}

enum err outbox_fill_beyond(struct db *db, int64_t since_n, size_t max_rows,
                            struct arena *arena, struct bundle *b)
{
    enum err err;

    if (!db)
        return ERR_CORRUPT;
    if (max_rows > BUNDLE_ROWS_MAX)
        max_rows = BUNDLE_ROWS_MAX;
    b->n_runs = b->n_known = b->n_counts = b->n_gauges = 0;
    err = next_number(db, &b->n);
    if (!err)
        err = newest_run(db, &b->run);
    if (!err)
        err = fill_rows(db, since_n, max_rows, arena, b);
    if (!err)
        err = fill_known(db, arena, b);
    db->filled.n = err ? 0 : b->n;
    db->filled.since_n = since_n;
    return err;
}

/* Of run ?1 (0: of all) up to rev ?2, in no bundle numbered ?3 or later. */
static const char completions_sql[] =
    "SELECT count(*) FROM completion c JOIN run r ON r.ord = c.run"
    " WHERE (?1 = 0 OR c.run = ?1) AND c.rev <= ?2 AND c.rev > max(r.held, ifnull("
    "(SELECT max(top) FROM bundle_run b WHERE b.run = r.ord AND b.n >= ?3), 0))";

static enum err count_completions(struct db *db, int64_t ord, int64_t to, int64_t *out)
{
    sqlite3_stmt *st = db_stmt(db, completions_sql);

    sqlite3_bind_int64(st, 1, ord);
    sqlite3_bind_int64(st, 2, to);
    sqlite3_bind_int64(st, 3, db->filled.since_n);
    return db_int(db, st, 0, out);
}

enum err outbox_left_over(struct db *db, int64_t *out)
{
    int64_t carried;
    enum err err;

    *out = 0;
    if (!db)
        return ERR_CORRUPT;
    err = count_completions(db, 0, INT64_MAX, out);
    for (size_t i = 0; !err && i < db->filled.n_runs; i++) {
        err = count_completions(db, db->filled.runs[i].ord, db->filled.runs[i].to,
                                &carried);
        if (!err)
            *out -= carried;
    }
    return err;
}

/* --- the bytes that left ------------------------------------------------------------ */

struct keep {
    int64_t n;
    const char *bytes;
    size_t size;
};

static enum err insert_bundle(struct db *db, const struct keep *k)
{
    sqlite3_stmt *st = db_stmt(db, "INSERT INTO bundle(n, sha256, bytes, explained_ord)"
                                   " VALUES(?1, ?2, ?3, ?4)");
    char sha256[HASH_SHA256_HEX];

    hash_sha256_hex(k->bytes, k->size, sha256);
    sqlite3_bind_int64(st, 1, k->n);
    db_bind_text(st, 2, sha256);
    sqlite3_bind_blob64(st, 3, k->bytes, k->size, SQLITE_STATIC);
    sqlite3_bind_int64(st, 4, db->filled.explained_ord);
    return db_run(db, st, "bundle");
}

static enum err insert_bundle_run(struct db *db, int64_t n, int64_t ord, int64_t top)
{
    sqlite3_stmt *st =
        db_stmt(db, "INSERT INTO bundle_run(n, run, top) VALUES(?1, ?2, ?3)");

    sqlite3_bind_int64(st, 1, n);
    sqlite3_bind_int64(st, 2, ord);
    sqlite3_bind_int64(st, 3, top);
    return db_run(db, st, "bundle run");
}

static enum err write_bundle(struct db *db, void *ctx)
{
    const struct keep *k = ctx;
    sqlite3_stmt *st;
    enum err err = db_run(
        db, db_stmt(db, "UPDATE bundle SET bytes = NULL WHERE bytes IS NOT NULL"),
        "bundle");

    if (!err)
        err = insert_bundle(db, k);
    for (size_t i = 0; !err && i < db->filled.n_runs; i++)
        err =
            insert_bundle_run(db, k->n, db->filled.runs[i].ord, db->filled.runs[i].to);
    if (err)
        return err;
    st = db_stmt(db, "DELETE FROM bundle WHERE n <= ?1");
    sqlite3_bind_int64(st, 1, k->n - KEPT_BUNDLES);
    return db_run(db, st, "old bundles");
}

enum err outbox_keep(struct db *db, int64_t n, const char *bytes, size_t size)
{
    struct keep k = { n, bytes, size };

    if (!db)
        return ERR_CORRUPT;
    if (db->filled.n != n)
        return ERR_REJECTED;
    return db_transact(db, write_bundle, &k);
}

enum err outbox_kept(struct db *db, int64_t *n_out, struct buf *out)
{
    sqlite3_stmt *st;
    bool row;
    enum err err;

    *n_out = 0;
    if (!db)
        return ERR_CORRUPT;
    st = db_stmt(db, "SELECT n, bytes FROM bundle WHERE bytes IS NOT NULL"
                     " ORDER BY n DESC LIMIT 1");
    err = db_row(db, st, &row);
    if (!row)
        return err;
    *n_out = sqlite3_column_int64(st, 0);
    buf_add(out, sqlite3_column_blob(st, 1), (size_t)sqlite3_column_bytes(st, 1));
    sqlite3_reset(st);
    return out->overflow ? ERR_FULL : ERR_OK;
}

static enum err drop_bytes(struct db *db, void *ctx)
{
    sqlite3_stmt *st = db_stmt(db, "UPDATE bundle SET bytes = NULL WHERE n = ?1");

    sqlite3_bind_int64(st, 1, *(const int64_t *)ctx);
    return db_run(db, st, "bundle");
}

enum err outbox_drop(struct db *db, int64_t n)
{
    return db_transact(db, drop_bytes, &n);
}
