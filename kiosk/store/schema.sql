-- The database, as numbered migrations (PROTOCOL §1). Each runs in one transaction and
-- ends with user_version = its number. Never edit one that was released: add the next.
-- Primary data: setting, run (but rev, start_ms, uncertainty_ms, trust), cohort, event,
-- person (but cohort), bundle, bundle_run, rejected, look, pictures, and all of migration 4. The rest are
-- projections of event.

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
-- All of it is primary data.
CREATE TABLE vault(
    one    INTEGER PRIMARY KEY CHECK(one = 1),
    public BLOB NOT NULL CHECK(length(public) = 32)
) STRICT;
CREATE TABLE vault_wrap(
    way    INTEGER NOT NULL,             -- enum vault_way
    staff  TEXT NOT NULL,                -- of a card, else ''
    salt   BLOB NOT NULL CHECK(length(salt) = 16),
    ops    INTEGER NOT NULL,             -- Argon2id; 0: the secret is random
    mem    INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY(way, staff)
) STRICT, WITHOUT ROWID;
-- Guesses of secrets, counted before they are compared (store/waiting.h).
CREATE TABLE guess(
    key      TEXT PRIMARY KEY,
    misses   INTEGER NOT NULL CHECK(misses > 0),
    boot     TEXT NOT NULL,
    until_ms INTEGER NOT NULL, -- monotonic clock of that boot
    wait_ms  INTEGER NOT NULL  -- the whole of it, for another boot
) STRICT, WITHOUT ROWID;
CREATE TABLE staff(
    id        TEXT PRIMARY KEY CHECK(length(id) BETWEEN 1 AND 16),
    alias     TEXT NOT NULL CHECK(length(alias) BETWEEN 1 AND 40),
    role      INTEGER NOT NULL CHECK(role BETWEEN 1 AND 4),
    picture   INTEGER NOT NULL,
    thon      TEXT NOT NULL,
    pin       TEXT NOT NULL,   -- Argon2id
    digits    INTEGER NOT NULL,
    last_day  INTEGER,
    dismissed INTEGER NOT NULL DEFAULT 0 CHECK(dismissed IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE TABLE audit(
    seq     INTEGER PRIMARY KEY CHECK(seq > 0),
    run     INTEGER NOT NULL REFERENCES run(ord),
    mono_ms INTEGER NOT NULL,
    day     INTEGER,
    actor   TEXT NOT NULL CHECK(length(actor) BETWEEN 1 AND 32),
    kind    INTEGER NOT NULL,
    what    TEXT NOT NULL CHECK(length(what) BETWEEN 1 AND 64),
    detail  TEXT NOT NULL CHECK(length(detail) <= 200),
    chain   BLOB NOT NULL CHECK(length(chain) = 16)
) STRICT;
CREATE INDEX audit_by_kind ON audit(kind, seq);
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;

-- migration 5

-- People with names, cards, merges, requests (store/people.c and its neighbours).
-- Primary: card, spent_code, sealed, request. `person`, `merged` and `consent` are
-- projections of events from here on.

-- One person may have had several cards. `owner` is the token that events carry.
CREATE TABLE card(
    token BLOB PRIMARY KEY CHECK(length(token) = 10),
    code  TEXT NOT NULL UNIQUE CHECK(length(code) = 6),
    owner BLOB NOT NULL CHECK(length(owner) = 10),
    state INTEGER NOT NULL CHECK(state IN (1, 2)), -- 1 valid, 2 revoked
    made  INTEGER NOT NULL                         -- 1, 2, 3 …: the newest is shown
) STRICT, WITHOUT ROWID;
CREATE INDEX card_by_owner ON card(owner);
INSERT INTO card SELECT token, code, token, 1, 0 FROM person;
-- Codes of people who were erased: no card gets one again, lest a paper card that turns
-- up later opens somebody else's lessons.
CREATE TABLE spent_code(
    code TEXT PRIMARY KEY CHECK(length(code) = 6)
) STRICT, WITHOUT ROWID;

-- `cohort` NULL: a blank card, counted for nobody. `root`: the person that this one was
-- merged into, at last; itself when it was not.
CREATE TABLE person_now(
    token  BLOB PRIMARY KEY CHECK(length(token) = 10),
    cohort INTEGER REFERENCES cohort(id),
    root   BLOB NOT NULL CHECK(length(root) = 10)
) STRICT, WITHOUT ROWID;
INSERT INTO person_now SELECT token, cohort, token FROM person;
DROP TABLE person;
ALTER TABLE person_now RENAME TO person;
CREATE INDEX person_by_root ON person(root);
-- Merges in force: the one that `token` went into was nobody's alias then.
CREATE TABLE merged(
    token      BLOB PRIMARY KEY,
    into_token BLOB NOT NULL,
    seq        INTEGER NOT NULL UNIQUE -- of the EVENT_MERGE
) STRICT, WITHOUT ROWID;

-- Name, birth year and guardian's name, sealed (PROTOCOL §6).
CREATE TABLE sealed(
    token     BLOB PRIMARY KEY CHECK(length(token) = 10),
    version   INTEGER NOT NULL CHECK(version > 0), -- part of what the seal covers
    details   BLOB NOT NULL,
    unchecked INTEGER NOT NULL CHECK(unchecked IN (0, 1)) -- written while locked
) STRICT, WITHOUT ROWID;
CREATE TABLE consent(
    token    BLOB PRIMARY KEY CHECK(length(token) = 10),
    text     TEXT NOT NULL,
    day      INTEGER NOT NULL, -- -1: not certain
    method   INTEGER NOT NULL,
    witness  TEXT NOT NULL,
    guardian INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What people asked about their data, by the number of their card; never a name.
CREATE TABLE request(
    id       INTEGER PRIMARY KEY,
    kind     INTEGER NOT NULL,
    card     TEXT NOT NULL CHECK(length(card) <= 24), -- or the receipt, once erased
    received INTEGER NOT NULL, -- days
    reply_by INTEGER NOT NULL,
    done_by  INTEGER NOT NULL,
    replied  INTEGER,
    done     INTEGER,
    outcome  INTEGER NOT NULL DEFAULT 0,
    actor    TEXT NOT NULL
) STRICT;

-- Erasure takes token and salt out of a person's events, and puts the seq of the
-- EVENT_ERASE here, so that rebuild can count them as one person's until that event, with
-- the very revs. Nothing else leads from there to the person (README, Privacy).
ALTER TABLE event ADD COLUMN ghost INTEGER;
CREATE TRIGGER event_ghost_is_for_ever BEFORE UPDATE OF ghost ON event
WHEN OLD.ghost IS NOT NULL AND NEW.ghost IS NOT OLD.ghost
BEGIN SELECT raise(ABORT, 'erased events stay erased'); END;
CREATE INDEX event_of_ghost ON event(ghost) WHERE ghost IS NOT NULL;
CREATE INDEX event_of_curriculum ON event(seq) WHERE kind = 9;

-- migration 6

-- The commune's lists (store/commune.c): primary. Classes and who was there are read out
-- of their events (store/class.c).
CREATE TABLE commune(
    list INTEGER NOT NULL, -- enum commune_list
    code TEXT NOT NULL CHECK(length(code) BETWEEN 1 AND 16),
    name TEXT NOT NULL CHECK(length(name) <= 95),
    gone INTEGER NOT NULL CHECK(gone IN (0, 1)),
    PRIMARY KEY(list, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE commune_base(
    thon       TEXT NOT NULL,
    year       INTEGER NOT NULL,
    households INTEGER NOT NULL, -- -1: not known
    people     INTEGER NOT NULL,
    adults     INTEGER NOT NULL,
    source     TEXT NOT NULL,
    day        INTEGER NOT NULL,
    PRIMARY KEY(thon, year)
) STRICT, WITHOUT ROWID;
CREATE TABLE commune_target(
    grp      TEXT NOT NULL,
    period   TEXT NOT NULL,
    value    INTEGER NOT NULL CHECK(value >= 0),
    due      INTEGER NOT NULL,
    document TEXT NOT NULL,
    reached  INTEGER NOT NULL, -- -1: not yet
    PRIMARY KEY(grp, period)
) STRICT, WITHOUT ROWID;
CREATE TABLE commune_slot(
    id       INTEGER PRIMARY KEY,
    weekday  INTEGER NOT NULL CHECK(weekday BETWEEN 0 AND 6),
    from_min INTEGER NOT NULL CHECK(from_min BETWEEN 0 AND 1439),
    to_min   INTEGER NOT NULL CHECK(to_min BETWEEN 1 AND 1440),
    thon     TEXT NOT NULL,
    place    TEXT NOT NULL,
    unit     TEXT NOT NULL,
    lesson   TEXT NOT NULL
) STRICT;
-- Marked by a volunteer in a class: needs more help. A note for the next class, no figure.
CREATE TABLE class_need(
    class INTEGER NOT NULL, -- seq of its opening
    token BLOB NOT NULL CHECK(length(token) = 10),
    PRIMARY KEY(class, token)
) STRICT, WITHOUT ROWID;
-- The same: a volunteer's hand helps there, so completions say so from then on.
CREATE TABLE class_assist(
    class INTEGER NOT NULL, -- seq of its opening
    token BLOB NOT NULL CHECK(length(token) = 10),
    PRIMARY KEY(class, token)
) STRICT, WITHOUT ROWID;
CREATE INDEX total_by_stat ON total(stat, dims);
CREATE INDEX event_of_class ON event(kind, seq) WHERE kind BETWEEN 15 AND 22;
CREATE INDEX event_of_one_class ON event(value, kind) WHERE kind IN (16, 17, 18);

-- migration 7

-- How a learner likes the pages (store/look.c): primary. Erasure drops the row by its token.
CREATE TABLE look(
    token    BLOB PRIMARY KEY CHECK(length(token) = 10),
    text     INTEGER NOT NULL CHECK(text BETWEEN 0 AND 2),
    contrast INTEGER NOT NULL CHECK(contrast IN (0, 1)),
    still    INTEGER NOT NULL CHECK(still IN (0, 1)),
    lang     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- What learners are asked again, and the path they chose (store/recall.c): projections.
CREATE TABLE recall(
    token BLOB NOT NULL,
    item  TEXT NOT NULL,
    step  INTEGER NOT NULL CHECK(step > 0),
    day   INTEGER NOT NULL, -- when it came to that step; -1: not certain
    visit INTEGER NOT NULL,
    PRIMARY KEY(token, item)
) STRICT, WITHOUT ROWID;
CREATE TABLE visit_count(
    token BLOB PRIMARY KEY,
    n     INTEGER NOT NULL CHECK(n > 0),
    run   INTEGER NOT NULL -- in which the last visit goes on; 0: it has ended
) STRICT, WITHOUT ROWID;
CREATE TABLE path_choice(
    token BLOB PRIMARY KEY,
    path  TEXT, -- NULL: asked, and put off
    start TEXT  -- module to begin with
) STRICT, WITHOUT ROWID;
-- The next opening fills them from the events that are there.
INSERT INTO setting(key, value) VALUES('recall.unfilled', '1');
-- The three pictures that people chose as a second check of their name (store/pictures.c):
-- primary. Erasure drops the row by its token, as everywhere.
CREATE TABLE pictures(
    token BLOB PRIMARY KEY CHECK(length(token) = 10),
    salt  BLOB NOT NULL CHECK(length(salt) = 16),
    sum   BLOB NOT NULL CHECK(length(sum) = 32)
) STRICT, WITHOUT ROWID;
-- What a guest learnt becomes one person's at most (EVENT_CREDIT, store/claim.c).
CREATE UNIQUE INDEX event_of_claim ON event(value) WHERE kind = 25 AND value > 0;

-- migration 8

-- Contests of teams (store/contests.c): primary, and no learning result; nothing of them is
-- sent. Teams have names, people do not.
CREATE TABLE contest(
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    run     INTEGER NOT NULL REFERENCES run(ord), -- with mono_ms: the day, when it is known
    mono_ms INTEGER NOT NULL,
    name    TEXT NOT NULL CHECK(length(name) BETWEEN 1 AND 95),
    seed    INTEGER NOT NULL,
    seconds INTEGER NOT NULL CHECK(seconds BETWEEN 5 AND 600),
    main    INTEGER NOT NULL CHECK(main BETWEEN 1 AND 40),
    extra   INTEGER NOT NULL CHECK(extra BETWEEN 0 AND 5), -- called for so far
    state   INTEGER NOT NULL CHECK(state BETWEEN 0 AND 2), -- enum contest_state
    actor   TEXT NOT NULL
) STRICT;
CREATE TABLE contest_team(
    contest INTEGER NOT NULL REFERENCES contest(id) ON DELETE CASCADE,
    team    INTEGER NOT NULL CHECK(team BETWEEN 0 AND 7),
    name    TEXT NOT NULL CHECK(length(name) BETWEEN 1 AND 63),
    PRIMARY KEY(contest, team)
) STRICT, WITHOUT ROWID;
CREATE TABLE contest_question(
    contest  INTEGER NOT NULL REFERENCES contest(id) ON DELETE CASCADE,
    question INTEGER NOT NULL CHECK(question BETWEEN 0 AND 44),
    lesson   TEXT NOT NULL,
    item     TEXT NOT NULL,
    PRIMARY KEY(contest, question)
) STRICT, WITHOUT ROWID;
CREATE TABLE contest_answer(
    contest  INTEGER NOT NULL,
    question INTEGER NOT NULL,
    team     INTEGER NOT NULL,
    verdict  INTEGER NOT NULL CHECK(verdict BETWEEN 1 AND 3), -- enum contest_verdict
    ms       INTEGER NOT NULL CHECK(ms BETWEEN 0 AND 600000),
    PRIMARY KEY(contest, question, team),
    FOREIGN KEY(contest, question) REFERENCES contest_question ON DELETE CASCADE,
    FOREIGN KEY(contest, team) REFERENCES contest_team ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
