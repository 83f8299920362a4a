/* See schema_sqlite.h. Never edit a step that was released: add the next. */
#include "schema_sqlite.h"

#include "base/check.h"

/* Every period, unit and dims is a code; ids are text so that PostgreSQL sorts alike. */
static const char schema_1[] =
    "CREATE TABLE identity(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
    "CREATE TABLE setting(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
    "CREATE TABLE admin(name TEXT PRIMARY KEY, hash TEXT NOT NULL,"
    " made_ms INTEGER NOT NULL) STRICT;"
    "CREATE TABLE enrol_code(hash TEXT PRIMARY KEY, expires_ms INTEGER NOT NULL,"
    " tries_left INTEGER NOT NULL, kid TEXT) STRICT;"
    "CREATE TABLE kiosk(kid TEXT PRIMARY KEY, kiosk TEXT UNIQUE,"
    " public_hex TEXT NOT NULL, number TEXT NOT NULL, state TEXT NOT NULL"
    " CHECK(state IN ('waiting', 'active', 'revoked')), asked_ms INTEGER NOT NULL,"
    " asked_sha TEXT NOT NULL, named_ms INTEGER, seen_ms INTEGER, version TEXT, "
    "pack_ver INTEGER,"
    " only_here INTEGER, free_mb INTEGER, db TEXT, twin_ms INTEGER) STRICT;"
    "CREATE TABLE upload(kiosk TEXT NOT NULL, n INTEGER NOT NULL, sha256 TEXT NOT NULL,"
    " at_ms INTEGER NOT NULL, PRIMARY KEY(kiosk, n, sha256)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE run(commune TEXT NOT NULL, kiosk TEXT NOT NULL, run TEXT NOT NULL,"
    " ord INTEGER NOT NULL, start_ms INTEGER NOT NULL, uncertainty_ms INTEGER NOT NULL,"
    " trust INTEGER NOT NULL, held INTEGER NOT NULL, top INTEGER NOT NULL,"
    " PRIMARY KEY(commune, kiosk, run)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE counter(commune TEXT NOT NULL, kiosk TEXT NOT NULL, run TEXT NOT "
    "NULL,"
    " stat TEXT NOT NULL, period TEXT NOT NULL, unit TEXT NOT NULL, dims TEXT NOT NULL,"
    " plus INTEGER NOT NULL, minus INTEGER NOT NULL,"
    " PRIMARY KEY(commune, kiosk, run, stat, period, unit, dims))"
    " STRICT, WITHOUT ROWID;"
    "CREATE INDEX counter_by_period ON counter(kiosk, stat, period);"
    /* for the page: small, in the order in which it adds up */
    "CREATE INDEX counter_whole ON counter(stat, period, unit, plus, minus)"
    " WHERE dims = '-';"
    "CREATE INDEX counter_thon ON counter(stat, period, dims, plus, minus)"
    " WHERE dims >= 'thon=' AND dims < 'thon>';"
    "CREATE INDEX counter_hours ON counter(period)"
    " WHERE period >= '?' AND period < '@';"
    "CREATE TABLE gauge(commune TEXT NOT NULL, kiosk TEXT NOT NULL, stat TEXT NOT NULL,"
    " period TEXT NOT NULL, unit TEXT NOT NULL, dims TEXT NOT NULL,"
    " value INTEGER NOT NULL, ord INTEGER NOT NULL, rev INTEGER NOT NULL,"
    " run TEXT NOT NULL, PRIMARY KEY(commune, kiosk, stat, period, unit, dims))"
    " STRICT, WITHOUT ROWID;"
    "CREATE INDEX gauge_by_period ON gauge(period, stat, unit, dims, value);"
    "CREATE TABLE held(commune TEXT NOT NULL, kiosk TEXT NOT NULL, run TEXT NOT NULL,"
    " stat TEXT NOT NULL, period TEXT NOT NULL, unit TEXT NOT NULL, dims TEXT NOT NULL,"
    " plus INTEGER NOT NULL, minus INTEGER NOT NULL, at_ms INTEGER NOT NULL,"
    " PRIMARY KEY(commune, kiosk, run, stat, period, unit, dims))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE admitted(kiosk TEXT NOT NULL, period TEXT NOT NULL,"
    " at_ms INTEGER NOT NULL, PRIMARY KEY(kiosk, period)) STRICT, WITHOUT ROWID;"
    "PRAGMA user_version = 1";

/* What all kiosks come to together, moved along by every merge: reading it does not wait
 * for adding up years of counters. */
#define ADD_TO_SUM(value)                                                         \
    " INSERT INTO sum_of_all(stat, period, unit, dims, value) VALUES(new.stat,"   \
    " new.period, new.unit, new.dims, " value ") ON CONFLICT(stat, period, unit," \
    " dims) DO UPDATE SET value = value + excluded.value; END;"

/* SQL reads by its clauses, so: */
/* clang-format off */
static const char schema_2[] =
    "CREATE TABLE sum_of_all(stat TEXT NOT NULL, period TEXT NOT NULL,"
    " unit TEXT NOT NULL, dims TEXT NOT NULL, value INTEGER NOT NULL,"
    " PRIMARY KEY(stat, period, unit, dims)) STRICT, WITHOUT ROWID;"
    "INSERT INTO sum_of_all SELECT stat, period, unit, dims, sum(value) FROM"
    " (SELECT stat, period, unit, dims, plus - minus AS value FROM counter"
    " UNION ALL SELECT stat, period, unit, dims, value FROM gauge)"
    " GROUP BY stat, period, unit, dims;"
    "CREATE TRIGGER counter_is_new AFTER INSERT ON counter BEGIN"
    ADD_TO_SUM("new.plus - new.minus")
    "CREATE TRIGGER counter_grew AFTER UPDATE ON counter"
    " WHEN new.plus <> old.plus OR new.minus <> old.minus BEGIN"
    ADD_TO_SUM("new.plus - old.plus - new.minus + old.minus")
    "CREATE TRIGGER gauge_is_new AFTER INSERT ON gauge BEGIN"
    ADD_TO_SUM("new.value")
    "CREATE TRIGGER gauge_moved AFTER UPDATE ON gauge"
    " WHEN new.value <> old.value BEGIN"
    ADD_TO_SUM("new.value - old.value")
    "PRAGMA user_version = 2";
/* clang-format on */

/* Reports that were sent stay as they were: a version is only ever added. And the day on
 * which a target was first seen reached. */
static const char schema_3[] =
    "CREATE TABLE frozen(period TEXT NOT NULL, version INTEGER NOT NULL"
    " CHECK(version > 0), made_ms INTEGER NOT NULL, sha256 TEXT NOT NULL,"
    " document TEXT NOT NULL, PRIMARY KEY(period, version)) STRICT, WITHOUT ROWID;"
    "CREATE TRIGGER frozen_stays BEFORE UPDATE ON frozen"
    " BEGIN SELECT raise(ABORT, 'frozen'); END;"
    "CREATE TRIGGER frozen_is_kept BEFORE DELETE ON frozen"
    " BEGIN SELECT raise(ABORT, 'frozen'); END;"
    "CREATE TABLE reached(target TEXT PRIMARY KEY, day TEXT NOT NULL) STRICT;"
    "PRAGMA user_version = 3";

/* Officials have roles; what they do stands in a log that only grows. */
static const char schema_4[] =
    "ALTER TABLE admin ADD COLUMN role TEXT NOT NULL DEFAULT 'administrator'"
    " CHECK(role IN ('administrator', 'inspector', 'editor'));"
    "CREATE TABLE audit(seq INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL,"
    " who TEXT NOT NULL, what TEXT NOT NULL, object TEXT NOT NULL,"
    " chain TEXT NOT NULL) STRICT;"
    "CREATE TRIGGER audit_stays BEFORE UPDATE ON audit"
    " BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;"
    "CREATE TRIGGER audit_remains BEFORE DELETE ON audit"
    " BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;"
    "ALTER TABLE kiosk ADD COLUMN temp_c INTEGER;"
    "ALTER TABLE kiosk ADD COLUMN power_cuts INTEGER;"
    "ALTER TABLE kiosk ADD COLUMN undervolt INTEGER;"
    "PRAGMA user_version = 4";

static const char schema_5[] =
    "CREATE TABLE difficulty(seq INTEGER PRIMARY KEY, day TEXT NOT NULL,"
    " place TEXT NOT NULL, kind TEXT NOT NULL, words TEXT NOT NULL, who TEXT NOT NULL,"
    " state TEXT NOT NULL CHECK(state IN ('new', 'doing', 'done')),"
    " in_report INTEGER NOT NULL, changed_day TEXT NOT NULL) STRICT;"
    "PRAGMA user_version = 5";

/* What the page adds up stands in sum_of_all by now, and the rows of a kiosk are found by
 * its runs: every merge kept these indexes up for nothing. The new one answers what a merge
 * asks of a day without looking at its rows. */
static const char schema_6[] =
    "DROP INDEX counter_whole;"
    "DROP INDEX counter_thon;"
    "DROP INDEX counter_by_period;"
    "CREATE INDEX counter_of_day ON counter(kiosk, period, dims, plus)"
    " WHERE stat = 'completions';"
    "PRAGMA user_version = 6";

/* Upwards: what the parent was told, and of which commune a province's senders are. */
static const char schema_7[] =
    "CREATE TABLE forward(stat TEXT NOT NULL, period TEXT NOT NULL, unit TEXT NOT NULL,"
    " dims TEXT NOT NULL, value INTEGER NOT NULL, rev INTEGER NOT NULL,"
    " PRIMARY KEY(stat, period, unit, dims)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX forward_by_rev ON forward(rev);"
    "ALTER TABLE enrol_code ADD COLUMN commune TEXT;"
    "ALTER TABLE kiosk ADD COLUMN commune TEXT;"
    "PRAGMA user_version = 7";

/* Registers of the movement: entries are never removed (register.h). */
static const char schema_8[] =
    "CREATE TABLE entry(seq INTEGER PRIMARY KEY, root INTEGER NOT NULL,"
    " kind TEXT NOT NULL, day TEXT NOT NULL,"
    " fields TEXT NOT NULL CHECK(length(fields) <= 32768),"
    " state TEXT NOT NULL CHECK(state IN ('now', 'corrected', 'withdrawn')),"
    " who TEXT NOT NULL, changed_by TEXT NOT NULL, changed_day TEXT NOT NULL) STRICT;"
    "CREATE INDEX entry_by_kind ON entry(kind, day, seq);"
    "CREATE INDEX entry_by_root ON entry(root);"
    "CREATE TRIGGER entry_remains BEFORE DELETE ON entry"
    " BEGIN SELECT RAISE(ABORT, 'entries are withdrawn, not removed'); END;"
    "PRAGMA user_version = 8";

/* What updates of a machine's program must be for. */
static const char schema_9[] = "ALTER TABLE kiosk ADD COLUMN system TEXT;"
                               "PRAGMA user_version = 9";

const char *const schema_sqlite[] = { schema_1, schema_2, schema_3, schema_4, schema_5,
                                      schema_6, schema_7, schema_8, schema_9 };
const size_t schema_sqlite_n = COUNT(schema_sqlite);
