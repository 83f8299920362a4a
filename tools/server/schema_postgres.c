/* See schema_postgres.h. Never edit a step that was released: add the next. */
#include "schema_postgres.h"

#include "base/check.h"

/* Bytes are compared, as SQLite does: the same order and the same newest month, whatever
 * language the database speaks. */
#define TEXT "text COLLATE \"C\""
#define KEY TEXT " NOT NULL"
#define NUMBER "bigint NOT NULL"

/* clang-format off: SQL reads by its clauses */

/* A day lies in the partition of its month, with the month itself; '.' follows '-'. What
 * has no month – hours of a run, quarters, years, all – stays in the default partition.
 * Nothing refers to another table and nothing counts for itself, so that each table can
 * be distributed by its key. */
static const char schema_1[] =
    "CREATE TABLE schema_version(version integer NOT NULL);"
    "INSERT INTO schema_version VALUES(1);"
    "CREATE TABLE identity(name " TEXT " PRIMARY KEY, value " KEY ");"
    "CREATE TABLE setting(key " TEXT " PRIMARY KEY, value " KEY ");"
    "CREATE TABLE admin(name " TEXT " PRIMARY KEY, hash " KEY ", made_ms " NUMBER ");"
    "CREATE TABLE enrol_code(hash " TEXT " PRIMARY KEY, expires_ms " NUMBER ","
    " tries_left " NUMBER ", kid " TEXT ");"
    "CREATE TABLE kiosk(kid " TEXT " PRIMARY KEY, kiosk " TEXT " UNIQUE,"
    " public_hex " KEY ", number " KEY ", state " KEY
    " CHECK(state IN ('waiting', 'active', 'revoked')), asked_ms " NUMBER ","
    " asked_sha " KEY ", named_ms bigint, seen_ms bigint, version " TEXT ","
    " pack_ver bigint, only_here bigint, free_mb bigint, db " TEXT ", twin_ms bigint);"
    "CREATE TABLE upload(kiosk " KEY ", n " NUMBER ", sha256 " KEY ", at_ms " NUMBER ","
    " PRIMARY KEY(kiosk, n, sha256));"
    "CREATE TABLE run(commune " KEY ", kiosk " KEY ", run " KEY ", ord " NUMBER ","
    " start_ms " NUMBER ", uncertainty_ms " NUMBER ", trust " NUMBER ","
    " held " NUMBER ", top " NUMBER ", PRIMARY KEY(commune, kiosk, run));"
    "CREATE TABLE counter(commune " KEY ", kiosk " KEY ", run " KEY ", stat " KEY ","
    " period " KEY ", unit " KEY ", dims " KEY ", plus " NUMBER ", minus " NUMBER ","
    " PRIMARY KEY(commune, kiosk, run, stat, period, unit, dims))"
    " PARTITION BY RANGE (period);"
    "CREATE TABLE counter_other PARTITION OF counter DEFAULT;"
    "CREATE INDEX counter_by_period ON counter(kiosk, stat, period);"
    "CREATE INDEX counter_hours ON counter(period)"
    " WHERE period >= '?' AND period < '@';"
    "CREATE TABLE gauge(commune " KEY ", kiosk " KEY ", stat " KEY ", period " KEY ","
    " unit " KEY ", dims " KEY ", value " NUMBER ", ord " NUMBER ", rev " NUMBER ","
    " run " KEY ", PRIMARY KEY(commune, kiosk, stat, period, unit, dims))"
    " PARTITION BY RANGE (period);"
    "CREATE TABLE gauge_other PARTITION OF gauge DEFAULT;"
    /* without `value`: a row whose indexed columns stand still is changed in place */
    "CREATE INDEX gauge_by_period ON gauge(period, stat);"
    "CREATE TABLE held(commune " KEY ", kiosk " KEY ", run " KEY ", stat " KEY ","
    " period " KEY ", unit " KEY ", dims " KEY ", plus " NUMBER ", minus " NUMBER ","
    " at_ms " NUMBER ", PRIMARY KEY(commune, kiosk, run, stat, period, unit, dims));"
    "CREATE TABLE admitted(kiosk " KEY ", period " KEY ", at_ms " NUMBER ","
    " PRIMARY KEY(kiosk, period));";

static const char schema_2[] =
    /* added up when it is read: a row that every merge moves would make writers wait for
     * each other, and would belong to no commune */
    "CREATE VIEW sum_of_all AS SELECT stat, period, unit, dims,"
    " sum(value)::bigint AS value FROM"
    " (SELECT stat, period, unit, dims, plus - minus AS value FROM counter"
    " UNION ALL SELECT stat, period, unit, dims, value FROM gauge) AS every_row"
    " GROUP BY stat, period, unit, dims;"
    /* A kiosk whose clock is wrong must not make tables for centuries: months that are
     * far away wait in the default partition, and move when their time comes. */
    "CREATE FUNCTION make_month(parent text, month text) RETURNS boolean"
    " LANGUAGE plpgsql AS $$"
    " DECLARE part text := parent || '_' || replace(month, '-', '_');"
    " BEGIN"
    "  IF to_regclass(part) IS NOT NULL THEN RETURN true; END IF;"
    "  IF month COLLATE \"C\" < '2025-01' OR month COLLATE \"C\""
    "   > to_char(now() + interval '1 month', 'YYYY-MM') THEN RETURN false; END IF;"
    /* writers go on; who makes a partition, too, waits, and then sees ours */
    "  EXECUTE format('LOCK TABLE ONLY %I IN SHARE UPDATE EXCLUSIVE MODE', parent);"
    "  IF to_regclass(part) IS NOT NULL THEN RETURN true; END IF;"
    "  EXECUTE format('CREATE TABLE %I (LIKE %I)', part, parent);"
    "  EXECUTE format('WITH moved AS (DELETE FROM %I WHERE period >= $1"
    "   AND period < $2 RETURNING *) INSERT INTO %I SELECT * FROM moved',"
    "   parent || '_other', part) USING month, month || '.';"
    "  EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO "
    "(%L)',"
    "   parent, part, month, month || '.');"
    "  RETURN true;"
    " END $$;"
    /* A dump that was loaded has another oid or cluster, a database that was wound back
     * and a standby that took over have another timeline: each may know less than was
     * acknowledged. */
    "CREATE FUNCTION note_origin() RETURNS text LANGUAGE plpgsql AS $$"
    " DECLARE"
    "  here text := (SELECT system_identifier FROM pg_control_system()) || '-'"
    "   || (SELECT oid FROM pg_database WHERE datname = current_database()) || '-'"
    "   || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8);"
    "  known text := (SELECT value FROM identity WHERE name = 'origin');"
    " BEGIN"
    "  IF known = here THEN RETURN here; END IF;"
    "  INSERT INTO identity(name, value) SELECT 'restored', 'yes'"
    "   WHERE known IS NOT NULL ON CONFLICT(name) DO UPDATE SET value = excluded.value;"
    "  INSERT INTO identity(name, value) VALUES('origin', here)"
    "   ON CONFLICT(name) DO UPDATE SET value = excluded.value;"
    "  RETURN here;"
    " END $$;"
    "UPDATE schema_version SET version = 2";

/* Reports that were sent stay as they were: a version is only ever added. And the day on
 * which a target was first seen reached. */
static const char schema_3[] =
    "CREATE TABLE frozen(period " KEY ", version " NUMBER " CHECK(version > 0),"
    " made_ms " NUMBER ", sha256 " KEY ", document " KEY ","
    " PRIMARY KEY(period, version));"
    "CREATE FUNCTION frozen_stays() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN RAISE EXCEPTION 'frozen'; END $$;"
    "CREATE TRIGGER frozen_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON frozen"
    " EXECUTE FUNCTION frozen_stays();"
    "CREATE TABLE reached(target " TEXT " PRIMARY KEY, day " KEY ");"
    "UPDATE schema_version SET version = 3";

/* Officials have roles; what they do stands in a log that only grows. */
static const char schema_4[] =
    "ALTER TABLE admin ADD COLUMN role " KEY " DEFAULT 'administrator'"
    " CHECK(role IN ('administrator', 'inspector', 'editor'));"
    "CREATE TABLE audit(seq bigint PRIMARY KEY, at_ms " NUMBER ", who " KEY ","
    " what " KEY ", object " KEY ", chain " KEY ");"
    "CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN RAISE EXCEPTION 'the log only grows'; END $$;"
    "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit"
    " EXECUTE FUNCTION audit_stays();"
    "ALTER TABLE kiosk ADD COLUMN temp_c bigint, ADD COLUMN power_cuts bigint,"
    " ADD COLUMN undervolt bigint;"
    "UPDATE schema_version SET version = 4";

static const char schema_5[] =
    "CREATE TABLE difficulty(seq bigint PRIMARY KEY, day " KEY ", place " KEY ","
    " kind " KEY ", words " KEY ", who " KEY ", state " KEY
    " CHECK(state IN ('new', 'doing', 'done')), in_report " NUMBER ","
    " changed_day " KEY ");"
    "UPDATE schema_version SET version = 5";

/* Finds the one cube of a day that a merge asks for. */
static const char schema_6[] =
    "DROP INDEX counter_by_period;"
    "CREATE INDEX counter_of_day ON counter(kiosk, stat, dims, period);"
    "UPDATE schema_version SET version = 6";

/* Upwards: what the parent was told, and of which commune a province's senders are. */
static const char schema_7[] =
    "CREATE TABLE forward(stat " KEY ", period " KEY ", unit " KEY ", dims " KEY ","
    " value " NUMBER ", rev " NUMBER ", PRIMARY KEY(stat, period, unit, dims));"
    "CREATE INDEX forward_by_rev ON forward(rev);"
    "ALTER TABLE enrol_code ADD COLUMN commune " TEXT ";"
    "ALTER TABLE kiosk ADD COLUMN commune " TEXT ";"
    "UPDATE schema_version SET version = 7";

/* Registers of the movement: entries are never removed (register.h). */
static const char schema_8[] =
    "CREATE TABLE entry(seq bigint PRIMARY KEY, root " NUMBER ", kind " KEY ","
    " day " KEY ", fields " KEY " CHECK(length(fields) <= 32768), state " KEY
    " CHECK(state IN ('now', 'corrected', 'withdrawn')), who " KEY ","
    " changed_by " KEY ", changed_day " KEY ");"
    "CREATE INDEX entry_by_kind ON entry(kind, day, seq);"
    "CREATE INDEX entry_by_root ON entry(root);"
    "CREATE FUNCTION entry_remains() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN RAISE EXCEPTION 'entries are withdrawn, not removed'; END $$;"
    "CREATE TRIGGER entry_remains BEFORE DELETE OR TRUNCATE ON entry"
    " EXECUTE FUNCTION entry_remains();"
    "UPDATE schema_version SET version = 8";

/* What updates of a machine's program must be for. */
static const char schema_9[] = "ALTER TABLE kiosk ADD COLUMN system " TEXT ";"
                               "UPDATE schema_version SET version = 9";

/* clang-format on */

const char *const schema_postgres[] = { schema_1, schema_2, schema_3,
                                        schema_4, schema_5, schema_6,
                                        schema_7, schema_8, schema_9 };
const size_t schema_postgres_n = COUNT(schema_postgres);

const struct schema_monthly schema_postgres_monthly[] = {
    { Q_COUNT_MERGE, 4, "counter" },
    { Q_GAUGE_MERGE, 3, "gauge" },
};
const size_t schema_postgres_monthly_n = COUNT(schema_postgres_monthly);

const char schema_postgres_make_month[] = "SELECT make_month($1, $2)";
const char schema_postgres_origin[] = "SELECT note_origin()";
