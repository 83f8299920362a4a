/* The texts of the statements. One SQL for SQLite and PostgreSQL: $n parameters,
 * ON CONFLICT … DO UPDATE, CASE in place of two-argument max(), NULLS FIRST said aloud.
 * No statement has needed a second text; test_store_contract.c runs each on both. */
#include "queries.h"

#define COUNT_KEY "commune = $1 AND kiosk = $2 AND run = $3"
/* by the beginning of the keys, which is the commune */
#define OF_KIOSK "kiosk = $1 AND commune IN (SELECT commune FROM run WHERE kiosk = $1)"
#define HOURS "period >= '?' AND period < '@'" /* ?0, ?1, … */
#define A_DAY "period LIKE '____-__-__'"
#define THON "dims >= 'thon=' AND dims < 'thon>'" /* thon=… */
/* 2026-11 and 2026-10, 2026-Q4 and 2026-Q1, …: so that they sort by time */
#define SAME_KIND(a, b)                           \
    "length(" a ") = length(" b ")"               \
    " AND replace(substr(" a ", 6, 1), '1', '0')" \
    " = replace(substr(" b ", 6, 1), '1', '0')"
/* Of each kiosk the newest name of that kind that is not later than $1. Found once for each:
 * without the word PostgreSQL may ask it anew for every row of gauges. */
#define NEWEST_OF(stat)                                                               \
    "WITH newest AS MATERIALIZED (SELECT k.commune, k.kiosk,"                         \
    " (SELECT max(o.period) FROM gauge AS o WHERE o.commune = k.commune"              \
    " AND o.kiosk = k.kiosk AND o.stat = " stat " AND o.period <= $1 AND " SAME_KIND( \
        "o.period", "$1") ") AS period"                                               \
                          " FROM (SELECT DISTINCT commune, kiosk FROM run) AS k)"
#define OF_NEWEST(stat)                                          \
    " FROM newest JOIN gauge AS g ON g.commune = newest.commune" \
    " AND g.kiosk = newest.kiosk AND g.stat = " stat " AND g.period = newest.period"
#define ENTRY_CELLS "seq, root, kind, day, fields, state, who, changed_by, changed_day"
#define GREATER(a, b) "CASE WHEN " a " > " b " THEN " a " ELSE " b " END"

/* SQL reads by its clauses, so: */
/* clang-format off */
const char *const queries[QUERY_COUNT] = {
    [Q_IDENTITY_GET] = "SELECT value FROM identity WHERE name = $1",
    [Q_IDENTITY_SET] = "INSERT INTO identity(name, value) VALUES($1, $2)"
                       " ON CONFLICT(name) DO UPDATE SET value = excluded.value",
    [Q_SETTING_GET] = "SELECT value FROM setting WHERE key = $1",
    [Q_SETTING_SET] = "INSERT INTO setting(key, value) VALUES($1, $2)"
                      " ON CONFLICT(key) DO UPDATE SET value = excluded.value",
    [Q_SETTING_DROP] = "DELETE FROM setting WHERE key = $1",
    [Q_SETTING_KNOWN] = "SELECT 1 FROM setting WHERE key = $1",
    [Q_SETTINGS] = "SELECT key, value FROM setting ORDER BY key",
    [Q_ADMIN_ADD] = "INSERT INTO admin(name, hash, made_ms) VALUES($1, $2, $3)",
    [Q_ADMIN_COUNT] = "SELECT count(*) FROM admin WHERE role = 'administrator'",
    [Q_ADMIN_GET] = "SELECT role, hash FROM admin WHERE name = $1",

    [Q_STAFF] = "SELECT name, role, made_ms FROM admin ORDER BY name",
    [Q_STAFF_ADD] = "INSERT INTO admin(name, hash, made_ms, role)"
                    " VALUES($1, $2, $3, $4)",
    [Q_STAFF_PASSWORD] = "UPDATE admin SET hash = $2 WHERE name = $1",
    [Q_STAFF_REMOVE] = "DELETE FROM admin WHERE name = $1",

    [Q_AUDIT_LAST] = "SELECT seq, chain FROM audit ORDER BY seq DESC LIMIT 1",
    [Q_AUDIT_ADD] = "INSERT INTO audit(seq, at_ms, who, what, object, chain)"
                    " VALUES($1, $2, $3, $4, $5, $6)",
    [Q_AUDIT] = "SELECT seq, at_ms, who, what, object, chain FROM audit"
                " WHERE seq >= $1 ORDER BY seq",

    [Q_DIFFICULTY_ADD] =
        "INSERT INTO difficulty(seq, day, place, kind, words, who, state, in_report,"
        " changed_day) VALUES((SELECT coalesce(max(seq), 0) + 1 FROM difficulty),"
        " $1, $2, $3, $4, $5, 'new', $6, $1)",
    [Q_DIFFICULTY_STATE] = "UPDATE difficulty SET state = $2, changed_day = $3"
                           " WHERE seq = $1",
    [Q_DIFFICULTY_KNOWN] = "SELECT 1 FROM difficulty WHERE seq = $1",
    [Q_DIFFICULTIES] =
        "SELECT d.seq, d.day, d.place, coalesce(s.value, d.place), d.kind, d.words,"
        " d.who, d.state, d.in_report, d.changed_day FROM difficulty AS d"
        " LEFT JOIN setting AS s ON s.key = 'thon.' || d.place"
        " ORDER BY d.day DESC, d.seq DESC",

    [Q_ENTRY_LAST] = "SELECT coalesce(max(seq), 0) FROM entry",
    [Q_ENTRY_ADD] = "INSERT INTO entry(seq, root, kind, day, fields, state, who,"
                    " changed_by, changed_day)"
                    " VALUES($1, $2, $3, $4, $5, 'now', $6, $6, $7)",
    [Q_ENTRY] = "SELECT " ENTRY_CELLS " FROM entry WHERE seq = $1",
    [Q_ENTRIES] = "SELECT " ENTRY_CELLS " FROM entry WHERE kind = $1"
                  " ORDER BY day DESC, seq DESC",
    [Q_ENTRY_VERSIONS] = "SELECT " ENTRY_CELLS " FROM entry WHERE root = $1"
                         " ORDER BY seq",
    [Q_ENTRY_STATE] = "UPDATE entry SET state = $2, changed_by = $3, changed_day = $4"
                      " WHERE seq = $1",
    [Q_ENTRY_FIELDS] = "UPDATE entry SET fields = $2 WHERE seq = $1",

    [Q_CODE_ADD] = "INSERT INTO enrol_code(hash, expires_ms, tries_left, commune)"
                   " VALUES($1, $2, 5, $3)",
    [Q_CODE_GET] = "SELECT expires_ms, tries_left, kid, commune FROM enrol_code"
                   " WHERE hash = $1",
    [Q_CODE_BIND] = "UPDATE enrol_code SET kid = $2 WHERE hash = $1 AND kid IS NULL",
    [Q_CODE_MISS] = "UPDATE enrol_code SET tries_left = tries_left - 1"
                    " WHERE expires_ms > $1 AND kid IS NULL AND tries_left > 0",
    [Q_CODE_SWEEP] = "DELETE FROM enrol_code WHERE expires_ms <= $1",

    [Q_KIOSK_ASK] = "INSERT INTO kiosk(kid, public_hex, number, state, asked_ms,"
                    " asked_sha, commune) VALUES($1, $2, $3, 'waiting', $4, $5, $6)"
                    " ON CONFLICT(kid) DO UPDATE SET asked_ms = excluded.asked_ms,"
                    " asked_sha = excluded.asked_sha, commune = excluded.commune WHERE kiosk.state <> 'revoked'",
    [Q_KIOSK_BY_KID] = "SELECT kiosk, public_hex, state, asked_sha, commune FROM kiosk"
                       " WHERE kid = $1",
    [Q_KIOSK_BY_TAG] = "SELECT kiosk, public_hex, state FROM kiosk"
                       " WHERE substr(kid, 1, 8) = $1 AND kiosk IS NOT NULL"
                       " AND state <> 'waiting'",
    [Q_KIOSK_WAITING] = "SELECT kid FROM kiosk WHERE number = $1 AND state = 'waiting'"
                        " AND asked_ms >= $2",
    [Q_KIOSK_NAME] = "UPDATE kiosk SET kiosk = $2, state = 'active', named_ms = $3"
                     " WHERE kid = $1 AND state = 'waiting'",
    [Q_KIOSK_KNOWN] = "SELECT 1 FROM kiosk WHERE kiosk = $1",
    [Q_KIOSK_REVOKED] = "SELECT 1 FROM kiosk WHERE kiosk = $1 AND state = 'revoked'",
    [Q_KIOSK_REVOKE] = "UPDATE kiosk SET state = 'revoked' WHERE kiosk = $1",
    [Q_KIOSK_SWEEP] = "DELETE FROM kiosk WHERE state = 'waiting' AND asked_ms < $1",
    [Q_KIOSK_SEEN] = "UPDATE kiosk SET seen_ms = $2, version = $3, pack_ver = $4,"
                     " only_here = $5, free_mb = $6, db = $7, temp_c = $8, power_cuts = $9,"
                     " undervolt = $10, system = coalesce(nullif($11, ''), system) WHERE kiosk = $1",
    [Q_KIOSK_TWIN] = "UPDATE kiosk SET twin_ms = $2 WHERE kiosk = $1",
    [Q_KIOSKS] = "SELECT kiosk, state, seen_ms, version, pack_ver, only_here, free_mb,"
                 " db, twin_ms, number, coalesce(temp_c, -1), coalesce(power_cuts, -1),"
                 " coalesce(undervolt, 0), commune, coalesce(system, '') FROM kiosk"
                 " ORDER BY named_ms NULLS FIRST, kid",
    [Q_KIOSK_CLOCKS] = "SELECT r.kiosk, r.trust, r.uncertainty_ms FROM run AS r"
                       " WHERE r.ord = (SELECT max(o.ord) FROM run AS o"
                       " WHERE o.commune = r.commune AND o.kiosk = r.kiosk)",
    [Q_KIOSK_UPLOADS] = "SELECT at_ms FROM upload WHERE kiosk = $1 AND at_ms >= $2",

    [Q_UPLOAD_OTHER] = "SELECT count(*) FROM upload WHERE kiosk = $1 AND n = $2"
                       " AND sha256 <> $3",
    [Q_UPLOAD_ADD] = "INSERT INTO upload(kiosk, n, sha256, at_ms)"
                     " VALUES($1, $2, $3, $4)"
                     " ON CONFLICT(kiosk, n, sha256) DO NOTHING",
    [Q_UPLOAD_PRUNE] = "DELETE FROM upload WHERE kiosk = $1 AND n < $2",

    /* Higher trust, then smaller uncertainty; a tie keeps what stands. */
    [Q_RUN_LINE] =
        "INSERT INTO run(commune, kiosk, run, ord, start_ms, uncertainty_ms, trust,"
        " held, top) VALUES($1, $2, $3, $4, $5, $6, $7, 0, 0)"
        " ON CONFLICT(commune, kiosk, run) DO UPDATE SET"
        " start_ms = excluded.start_ms, uncertainty_ms = excluded.uncertainty_ms,"
        " trust = excluded.trust"
        " WHERE excluded.trust > run.trust OR (excluded.trust = run.trust"
        " AND excluded.uncertainty_ms < run.uncertainty_ms)",
    [Q_RUN_SPAN] =
        "UPDATE run SET top = " GREATER("top", "$5") ","
        " held = CASE WHEN $4 <= held + 1 AND held < $5 THEN $5 ELSE held END"
        " WHERE " COUNT_KEY,
    [Q_RUN_HELD] = "SELECT held, top, ord FROM run WHERE " COUNT_KEY,
    [Q_RUN_START] = "SELECT start_ms, uncertainty_ms, trust FROM run WHERE " COUNT_KEY,
    [Q_RUNS_OF] = "SELECT run, ord FROM run WHERE commune = $1 AND kiosk = $2",
    [Q_COUNT_MERGE] =
        "INSERT INTO counter(commune, kiosk, run, stat, period, unit, dims, plus, minus)"
        " VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        " ON CONFLICT(commune, kiosk, run, stat, period, unit, dims) DO UPDATE SET"
        " plus = " GREATER("excluded.plus", "counter.plus") ","
        " minus = " GREATER("excluded.minus", "counter.minus"),
    [Q_COUNT_OTHERS] =
        "SELECT coalesce(sum(plus), 0) FROM counter WHERE kiosk = $2"
        " AND stat = 'completions' AND period = $4 AND dims = $6 AND commune = $1"
        " AND NOT (run = $3 AND unit = $5)"
        " AND (run = $3 OR NOT (" HOURS "))", /* an hour of another run is elsewhere */
    [Q_GAUGE_MERGE] =
        "INSERT INTO gauge(commune, kiosk, stat, period, unit, dims, value, ord, rev,"
        " run) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        " ON CONFLICT(commune, kiosk, stat, period, unit, dims) DO UPDATE SET"
        " value = excluded.value, ord = excluded.ord, rev = excluded.rev,"
        " run = excluded.run"
        " WHERE (gauge.ord, gauge.rev, gauge.run)"
        " < (excluded.ord, excluded.rev, excluded.run)",

    [Q_HELD_ADD] =
        "INSERT INTO held(commune, kiosk, run, stat, period, unit, dims, plus, minus,"
        " at_ms) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        " ON CONFLICT(commune, kiosk, run, stat, period, unit, dims) DO UPDATE SET"
        " plus = " GREATER("excluded.plus", "held.plus") ","
        " minus = " GREATER("excluded.minus", "held.minus"),
    [Q_HELD_LIST] = "SELECT kiosk, period, count(*), sum(plus) FROM held"
                    " GROUP BY kiosk, period ORDER BY kiosk, period",
    [Q_HELD_ROWS] = "SELECT commune, kiosk, run, stat, period, unit, dims, plus, minus"
                    " FROM held WHERE kiosk = $1 AND period = $2",
    [Q_HELD_DROP] = "DELETE FROM held WHERE kiosk = $1 AND period = $2",
    [Q_ADMITTED] = "SELECT 1 FROM admitted WHERE kiosk = $1 AND period = $2",
    [Q_ADMIT] = "INSERT INTO admitted(kiosk, period, at_ms) VALUES($1, $2, $3)"
                " ON CONFLICT(kiosk, period) DO NOTHING",

    [Q_TOTALS] = "SELECT stat, period, unit, dims, value FROM sum_of_all"
                 " WHERE value <> 0 ORDER BY stat, period, unit, dims",
    [Q_TOTALS_OF] =
        "SELECT stat, period, unit, dims, sum(value) AS total FROM ("
        " SELECT stat, period, unit, dims, plus - minus AS value FROM counter"
        "  WHERE " OF_KIOSK
        " UNION ALL SELECT stat, period, unit, dims, value FROM gauge"
        "  WHERE " OF_KIOSK ") AS rows_of_one"
        " GROUP BY stat, period, unit, dims HAVING sum(value) <> 0"
        " ORDER BY stat, period, unit, dims",
    [Q_PAGE_DAYS] =
        "SELECT stat, period, unit, '-', value, 0, 0, 0 FROM sum_of_all"
        " WHERE dims = '-' AND " A_DAY " AND period >= $1 AND period <= $2",
    [Q_PAGE_THONS] =
        "SELECT stat, period, '-', dims, sum(value), 0, 0, 0 FROM sum_of_all"
        " WHERE " THON " AND dims NOT LIKE '%;%' AND stat = 'completions'"
        " AND " A_DAY " AND period >= $1 AND period <= $2 GROUP BY stat, period, dims",
    [Q_PAGE_HOURS] =
        "SELECT c.stat, c.period, c.unit, c.dims, c.plus - c.minus,"
        " r.start_ms, r.uncertainty_ms, r.trust FROM counter AS c JOIN run AS r"
        " ON r.commune = c.commune AND r.kiosk = c.kiosk AND r.run = c.run"
        " WHERE " HOURS " AND (dims = '-' OR (" THON " AND dims NOT LIKE '%;%'))",
    [Q_PAGE_CUBES] =
        "SELECT stat, period, '-', dims, sum(value), 0, 0, 0 FROM sum_of_all"
        " WHERE stat = $1 AND dims <> '-' AND dims NOT LIKE '%;%'"
        " AND " A_DAY " AND period >= $2 AND period <= $3 GROUP BY stat, period, dims",
    [Q_PAGE_CUBE_HOURS] =
        "SELECT c.stat, c.period, '-', c.dims, c.plus - c.minus,"
        " r.start_ms, r.uncertainty_ms, r.trust FROM counter AS c JOIN run AS r"
        " ON r.commune = c.commune AND r.kiosk = c.kiosk AND r.run = c.run"
        " WHERE " HOURS " AND c.stat = $1 AND dims <> '-' AND dims NOT LIKE '%;%'",
    [Q_PAGE_OF_KIOSK] = /* CROSS: SQLite begins with the runs */
        "SELECT c.stat, c.period, '-', '-', sum(c.plus - c.minus),"
        " r.start_ms, r.uncertainty_ms, r.trust FROM run AS r CROSS JOIN counter AS c"
        " WHERE c.commune = r.commune AND c.kiosk = r.kiosk AND c.run = r.run"
        " AND r.kiosk = $1 AND c.stat = $2 AND c.dims = '-'"
        " GROUP BY c.stat, c.period, c.run, r.start_ms, r.uncertainty_ms, r.trust",
    [Q_PAGE_GAUGES] = "SELECT stat, unit, dims, sum(value) FROM gauge WHERE period = $1"
                      " AND stat <> 'registered'"
                      " GROUP BY stat, unit, dims ORDER BY stat, unit, dims",
    [Q_PAGE_STOCK] =
        NEWEST_OF("'registered'") " SELECT g.stat, g.unit, g.dims, sum(g.value)"
        OF_NEWEST("'registered'") " GROUP BY g.stat, g.unit, g.dims ORDER BY g.stat, g.unit, g.dims",
    [Q_REPORT_DAYS] = /* one reading for all statistics: each of its own costs as much */
        "SELECT stat, unit, dims, sum(value) FROM sum_of_all WHERE " A_DAY
        " AND period >= $1 AND period <= $2 AND (stat = $3 OR $3 = '')"
        " GROUP BY stat, unit, dims",
    [Q_REPORT_HOURS] =
        "SELECT c.stat, c.period, c.unit, c.dims, c.plus - c.minus,"
        " r.start_ms, r.uncertainty_ms, r.trust FROM counter AS c JOIN run AS r"
        " ON r.commune = c.commune AND r.kiosk = c.kiosk AND r.run = c.run"
        " WHERE " HOURS,
    [Q_REPORT_STOCK] =
        NEWEST_OF("$2") " SELECT g.stat, g.unit, g.dims, sum(g.value)"
        OF_NEWEST("$2") " GROUP BY g.stat, g.unit, g.dims ORDER BY g.stat, g.unit, g.dims",
    /* days and months: not 2026, 2026-H2, 2026-Q4, P1, all, ?3 */
    [Q_REPORT_FIRST] =
        /* of notices on the first page: notice.h */
        "SELECT CASE WHEN stat = 'notice_plays' AND unit LIKE 'tb%'"
        " THEN 'notice_shown' ELSE stat END AS known, dims,"
        " min(CASE WHEN period >= '1' AND period < ':'"
        " AND length(period) >= 7 AND substr(period, 6, 1) < '2' THEN period END)"
        " FROM sum_of_all GROUP BY known, dims",

    [Q_CHECK_ROWS] =
        "SELECT c.kiosk, c.period, c.unit, c.plus - c.minus, r.start_ms,"
        " r.uncertainty_ms, r.trust, c.run FROM counter AS c JOIN run AS r"
        " ON r.commune = c.commune AND r.kiosk = c.kiosk AND r.run = c.run"
        " WHERE c.stat = 'completions' AND c.dims = '-'"
        " AND ((c.period >= $1 AND c.period <= $2) OR (" HOURS "))"
        " ORDER BY c.kiosk, c.period, c.unit, c.run",
    /* a part of the year before 2025 or after 2030 is of no phase of the plan */
    [Q_OUTSIDE_DAYS] =
        "SELECT stat, month, phase, unit, dims, sum(value) FROM ("
        "SELECT stat, substr(period, 1, 7) AS month, CASE WHEN period < '2025' THEN ''"
        " WHEN period <= $1 THEN 'P1' WHEN period < '2031' THEN 'P2' ELSE '' END AS"
        " phase, unit, dims, value FROM sum_of_all WHERE period LIKE '____-__-__'"
        " AND dims NOT LIKE '%;%') AS by_month GROUP BY stat, month, phase, unit, dims",
    [Q_OUTSIDE_GAUGES] =
        "SELECT stat, period, unit, dims, sum(value) FROM gauge"
        " WHERE dims NOT LIKE '%;%' GROUP BY stat, period, unit, dims",

    [Q_FORWARD_ROWS] = "SELECT stat, period, unit, dims, value FROM forward"
                       " ORDER BY stat, period, unit, dims",
    [Q_FORWARD_SET] =
        "INSERT INTO forward(stat, period, unit, dims, value, rev)"
        " VALUES($1, $2, $3, $4, $5, $6) ON CONFLICT(stat, period, unit, dims)"
        " DO UPDATE SET value = excluded.value, rev = excluded.rev",
    [Q_FORWARD_AFTER] = "SELECT stat, period, unit, dims, value, rev FROM forward"
                        " WHERE rev > $1 ORDER BY rev LIMIT $2",
    [Q_FORWARD_LEFT] = "SELECT count(*) FROM forward WHERE rev > $1",

    [Q_GAUGES_ZERO] = "UPDATE gauge SET value = 0 WHERE kiosk = $1 AND value <> 0",

    [Q_COMMUNES] = "SELECT commune, coalesce(max(seen_ms), 0) FROM kiosk"
                   " WHERE commune IS NOT NULL AND state = 'active'"
                   " GROUP BY commune ORDER BY commune",
    [Q_COMMUNE_GAUGES] =
        "SELECT commune, stat, unit, sum(value) FROM gauge WHERE period = $1"
        " AND dims = '-' AND stat <> 'registered' GROUP BY commune, stat, unit",
    [Q_COMMUNE_STOCK] =
        NEWEST_OF("'registered'") " SELECT g.commune, sum(g.value)"
        OF_NEWEST("'registered'") " AND g.dims = '-' GROUP BY g.commune",
    [Q_COMMUNE_DAYS] =
        "SELECT commune, stat, sum(plus - minus) FROM counter WHERE dims = '-'"
        " AND period >= $1 AND period <= $2 GROUP BY commune, stat",
    [Q_COMMUNE_HOURS] =
        "SELECT c.commune, c.stat, c.period, sum(c.plus - c.minus),"
        " r.start_ms, r.uncertainty_ms, r.trust FROM counter AS c JOIN run AS r"
        " ON r.commune = c.commune AND r.kiosk = c.kiosk AND r.run = c.run"
        " WHERE " HOURS " AND c.dims = '-' GROUP BY c.commune, c.stat, c.period,"
        " c.run, r.start_ms, r.uncertainty_ms, r.trust",

    [Q_FROZEN_ADD] = "INSERT INTO frozen(period, version, made_ms, sha256, document)"
                     " VALUES($1, $2, $3, $4, $5)",
    [Q_FROZEN_LAST] = "SELECT coalesce(max(version), 0) FROM frozen WHERE period = $1",
    [Q_FROZEN_GET] = "SELECT sha256, document FROM frozen WHERE period = $1"
                     " AND version = $2",
    [Q_FROZEN_LIST] = "SELECT period, version, made_ms, sha256 FROM frozen"
                      " ORDER BY period, version",

    [Q_REACHED_ADD] = "INSERT INTO reached(target, day) VALUES($1, $2)"
                      " ON CONFLICT(target) DO NOTHING",
    [Q_REACHED_DROP] = "DELETE FROM reached WHERE target = $1",
    [Q_REACHED_GET] = "SELECT day FROM reached WHERE target = $1",
    [Q_PEOPLE_SUM] = "SELECT coalesce(sum(value), 0) FROM sum_of_all WHERE stat = $1"
                     " AND period = $2 AND dims = $3",

    [Q_COUNT_ROWS] = "SELECT (SELECT count(*) FROM counter),"
                     " (SELECT count(*) FROM gauge), (SELECT count(*) FROM run),"
                     " (SELECT count(*) FROM held)",
};
/* clang-format on */
