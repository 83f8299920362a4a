-- The database, as numbered migrations (PROTOCOL §1). Each runs in one transaction and
-- ends with user_version = its number. Never edit one that was released: add the next.
-- Primary data: setting, run (but rev, start_ms, uncertainty_ms, trust), cohort, event,
-- person (but cohort), bundle, bundle_run, rejected. The rest are projections of event.

-- migration 1

CREATE TABLE setting(
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One life of the program. Only the newest is ever written to.
CREATE TABLE run(
    ord            INTEGER PRIMARY KEY CHECK(ord > 0),
    id             INTEGER NOT NULL UNIQUE,  -- 64 random bits
    boot_id        TEXT NOT NULL,
    mono_ms        INTEGER NOT NULL,         -- monotonic clock at its start
    start_ms       INTEGER NOT NULL CHECK(start_ms >= 0),
    uncertainty_ms INTEGER NOT NULL CHECK(uncertainty_ms >= 0),
    trust          INTEGER NOT NULL CHECK(trust BETWEEN 0 AND 4),
    born_start_ms       INTEGER NOT NULL, -- the three as they were at its start
    born_uncertainty_ms INTEGER NOT NULL,
    born_trust          INTEGER NOT NULL,
    program        TEXT NOT NULL,
    pack           TEXT NOT NULL,
    rev            INTEGER NOT NULL DEFAULT 0 CHECK(rev >= 0),
    acked          INTEGER NOT NULL DEFAULT 0 CHECK(acked >= 0),
    seen           INTEGER NOT NULL DEFAULT 0 CHECK(seen >= 0) -- top the server told of
) STRICT;

-- Codes of a person, as they were when the event happened. '' means not said.
CREATE TABLE cohort(
    id   INTEGER PRIMARY KEY,
    thon TEXT NOT NULL,
    sex  TEXT NOT NULL,
    band TEXT NOT NULL,
    grp  TEXT NOT NULL,
    job  TEXT NOT NULL,
    unit TEXT NOT NULL,
    UNIQUE(thon, sex, band, grp, job, unit)
) STRICT;

CREATE TABLE event(
    seq     INTEGER PRIMARY KEY CHECK(seq > 0),
    run     INTEGER NOT NULL REFERENCES run(ord),
    mono_ms INTEGER NOT NULL CHECK(mono_ms >= 0), -- since the run's start
    day     INTEGER,                              -- since 1970 (UTC+7); NULL: not certain
    kind    INTEGER NOT NULL CHECK(kind > 0),
    token   BLOB CHECK(length(token) = 10),       -- token and salt are nulled by erasure
    salt    BLOB CHECK(length(salt) = 16),
    who     BLOB CHECK(length(who) = 16),         -- BLAKE2b-128 of salt and token
    cohort  INTEGER REFERENCES cohort(id),
    unit    TEXT CHECK(length(unit) BETWEEN 1 AND 40),
    value   INTEGER NOT NULL,
    actor   TEXT CHECK(length(actor) BETWEEN 1 AND 32),
    flags   INTEGER NOT NULL CHECK(flags BETWEEN 0 AND 255),
    body    TEXT,                                 -- a JSON object, checked in C
    chain   BLOB NOT NULL CHECK(length(chain) = 16),
    CHECK((token IS NULL) = (salt IS NULL)),
    CHECK(token IS NULL OR who IS NOT NULL)
) STRICT;
CREATE INDEX event_by_person ON event(token, kind, unit) WHERE token IS NOT NULL;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT raise(ABORT, 'events are append-only'); END;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE OF seq, run, mono_ms, day, kind, who,
    cohort, unit, value, actor, flags, body ON event
BEGIN SELECT raise(ABORT, 'events are append-only'); END;
CREATE TRIGGER event_is_sealed_once BEFORE UPDATE OF chain ON event
WHEN OLD.chain <> zeroblob(16)
BEGIN SELECT raise(ABORT, 'events are append-only'); END;

-- Where a learner stands. token x'' is the guest.
CREATE TABLE progress(
    token     BLOB NOT NULL,
    lesson    TEXT NOT NULL,
    passed    INTEGER NOT NULL CHECK(passed IN (0, 1)),
    best_pct  INTEGER NOT NULL CHECK(best_pct BETWEEN 0 AND 100),
    PRIMARY KEY(token, lesson)
) STRICT, WITHOUT ROWID;
CREATE TABLE place(
    token  BLOB NOT NULL,
    lesson TEXT NOT NULL,
    body   TEXT,
    seq    INTEGER NOT NULL,
    PRIMARY KEY(token, lesson)
) STRICT, WITHOUT ROWID;

-- Lượt (PROTOCOL §3).
CREATE TABLE total(
    run    INTEGER NOT NULL REFERENCES run(ord),
    stat   TEXT NOT NULL,
    period TEXT NOT NULL,
    unit   TEXT NOT NULL,
    dims   TEXT NOT NULL,
    plus   INTEGER NOT NULL CHECK(plus >= 0),
    minus  INTEGER NOT NULL CHECK(minus >= 0),
    rev    INTEGER NOT NULL CHECK(rev > 0),
    PRIMARY KEY(run, stat, period, unit, dims)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX total_by_rev ON total(run, rev);

-- Completions and the rev that carries them, to say how many exist only here.
CREATE TABLE completion(
    run INTEGER NOT NULL REFERENCES run(ord),
    rev INTEGER NOT NULL,
    seq INTEGER NOT NULL UNIQUE,
    PRIMARY KEY(run, rev, seq)
) STRICT, WITHOUT ROWID;

-- Bundles that left: the bytes until they are answered, the revs for a while longer.
CREATE TABLE bundle(
    n      INTEGER PRIMARY KEY CHECK(n > 0),
    sha256 TEXT NOT NULL CHECK(length(sha256) = 64),
    bytes  BLOB,
    explained_ord INTEGER NOT NULL -- runs of ours up to it were left out of `known`
) STRICT;
CREATE TABLE bundle_run(
    n   INTEGER NOT NULL REFERENCES bundle(n) ON DELETE CASCADE,
    run INTEGER NOT NULL REFERENCES run(ord),
    top INTEGER NOT NULL,
    PRIMARY KEY(n, run)
) STRICT, WITHOUT ROWID;

-- People without names (PROTOCOL §6).
CREATE TABLE person(
    token  BLOB PRIMARY KEY CHECK(length(token) = 10),
    code   TEXT NOT NULL UNIQUE CHECK(length(code) = 6),
    cohort INTEGER REFERENCES cohort(id)
) STRICT, WITHOUT ROWID;
CREATE TABLE curriculum(
    kind   TEXT NOT NULL CHECK(kind IN ('module', 'path')),
    id     TEXT NOT NULL,
    lesson TEXT NOT NULL,
    PRIMARY KEY(kind, id, lesson)
) STRICT, WITHOUT ROWID;
CREATE INDEX curriculum_by_lesson ON curriculum(lesson);
CREATE TABLE phase(
    name     TEXT PRIMARY KEY,
    last_day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE voided(
    seq INTEGER PRIMARY KEY,
    by  INTEGER NOT NULL UNIQUE
) STRICT;

-- Người (PROTOCOL §3): who counts in which period, and the gauges made of it.
CREATE TABLE mark(
    token  BLOB NOT NULL,
    stat   TEXT NOT NULL,
    unit   TEXT NOT NULL,
    period TEXT NOT NULL,
    seq    INTEGER NOT NULL, -- the event that made it so
    PRIMARY KEY(token, stat, unit, period)
) STRICT, WITHOUT ROWID;
CREATE TABLE gauge(
    stat   TEXT NOT NULL,
    period TEXT NOT NULL,
    unit   TEXT NOT NULL,
    dims   TEXT NOT NULL,
    value  INTEGER NOT NULL CHECK(value >= 0),
    run    INTEGER NOT NULL REFERENCES run(ord),
    rev    INTEGER NOT NULL CHECK(rev > 0),
    PRIMARY KEY(stat, period, unit, dims)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX gauge_by_rev ON gauge(run, rev);

-- migration 2

-- Rows that the server set aside, until it takes them: for staff to see.
CREATE TABLE rejected(
    stat   TEXT NOT NULL,
    period TEXT NOT NULL,
    unit   TEXT NOT NULL,
    dims   TEXT NOT NULL,
    code   TEXT NOT NULL, -- "grammar", "held"
    PRIMARY KEY(stat, period, unit, dims)
) STRICT, WITHOUT ROWID;

-- migration 3

-- Revs of the run that the server said last to hold. Unlike `acked` it does not fall when
-- everything is said again: what is only on this card does not change by that.
ALTER TABLE run ADD COLUMN held INTEGER NOT NULL DEFAULT 0 CHECK(held >= 0);
UPDATE run SET held = acked;

-- migration 4

-- Staff, the wraps of the data key, and the audit log (store/staff.c, vault.c, audit.c).

-- migration 5

-- Sealed fields of people, cards, merges, requests (store/people.c and its neighbours).

-- migration 6

-- The commune's lists, classes and who was there (store/commune.c, class.c).
