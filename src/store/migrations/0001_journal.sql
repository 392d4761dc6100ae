-- The journal: everything that ever happened, in order, never changed.
CREATE TABLE entry (
    seq     INTEGER PRIMARY KEY,      -- from 1, without gaps
    device  TEXT    NOT NULL,         -- the tablet that wrote it
    id      TEXT    NOT NULL UNIQUE,  -- UUIDv7
    at      INTEGER NOT NULL,         -- ms since 1970-01-01 UTC
    actor   TEXT,                     -- NULL while nobody is signed in
    topic   TEXT    NOT NULL,         -- incident:<id> …
    kind    TEXT    NOT NULL,
    version INTEGER NOT NULL,         -- of the body
    body    TEXT    NOT NULL,         -- JSON
    prev    BLOB    NOT NULL,         -- digest of the entry before
    digest  BLOB    NOT NULL          -- SHA-256, see store/chain.rs
) STRICT;

-- An index carries the row's seq by itself, so this one is ordered by (topic, seq).
CREATE INDEX entry_topic ON entry (topic);

CREATE TRIGGER entry_never_changed BEFORE UPDATE ON entry
BEGIN
    SELECT RAISE(ABORT, 'a journal entry is never changed');
END;

CREATE TRIGGER entry_never_deleted BEFORE DELETE ON entry
BEGIN
    SELECT RAISE(ABORT, 'a journal entry is never deleted');
END;

-- INSERT OR REPLACE would delete the old row without asking the trigger above.
CREATE TRIGGER entry_never_replaced BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM entry WHERE seq = NEW.seq OR id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'a journal entry is never replaced');
END;

-- One row. `seq` and `digest` are a witness: what the writer last vouched for, kept apart from
-- the entries so that a cut-off tail shows. They are never recomputed from the entries.
-- `projected` and `rules` say how far, and by which rules, the projections below were folded.
CREATE TABLE meta (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    device    TEXT    NOT NULL,
    seq       INTEGER NOT NULL,
    digest    BLOB    NOT NULL,
    projected INTEGER NOT NULL,
    rules     INTEGER NOT NULL
) STRICT;

-- Projection: one row an incident, for lists. Can always be folded again from the journal.
CREATE TABLE incident (
    id      TEXT    NOT NULL PRIMARY KEY,
    started INTEGER NOT NULL,         -- ms UTC
    kept    INTEGER NOT NULL,         -- kept in mind by whoever looks back no further than this
    summary TEXT    NOT NULL          -- JSON of domain::summary::Summary
) STRICT;

CREATE INDEX incident_started ON incident (started);
CREATE INDEX incident_kept ON incident (kept);
